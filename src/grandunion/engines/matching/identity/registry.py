"""The organisations that are known, and which of them a text may mean: an index of the words of all their names."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from grandunion.engines.matching.identity.folding import initials, is_han, is_short_form, phrase, words

OFFICIAL, OTHER, SHORT = "official", "other", "short"
LOOKED_AT = 40
MISSPELT = 85  # percent of likeness from which a word that no name has is read as one that some name has
SPELLED = 4  # words of so many letters or fewer are never taken for misspellings
MOST_MISSPELT = 20
FULL_WEIGHT = 30.0
UNKNOWN = 12.0  # what a word weighs that no name has
SCHOOL = re.compile(r"^(\w+) University$")
# A school of a university is often called without the word: Harvard Medical School.
SCHOOLS = ("{} Medical School", "{} School of Medicine", "{} Business School", "{} Law School")
IN_BRACKETS = re.compile(r"^(.{2,}?)\s*\(([^()]{3,})\)$")


@dataclass(frozen=True, slots=True)
class Called:
    """One name of an organisation; `kind` is official, other (former, translated, alias) or short."""

    text: str
    kind: str = OFFICIAL


@dataclass(frozen=True, slots=True)
class Known:
    """An organisation with all its names, its country (ISO code), its city as each language writes it, and whether
    it is a school, of which addresses speak the most."""

    key: str
    names: tuple[Called, ...]
    country: str = ""
    city: tuple[str, ...] = ()
    is_school: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it is compared."""

    owner: int
    words: tuple[str, ...]
    phrase: str
    kind: str
    said: str


class Registry:
    """An index over what is known, built once and read by many; nothing in it changes afterwards."""

    def __init__(self, known: Iterable[Known]):
        self.known = tuple(known)
        self.names = tuple(self._names())
        self.bearers = defaultdict(Counter)  # how many are called so, by country
        for name in self.names:
            self.bearers[name.words][self.known[name.owner].country] += 1
        self._count_words()
        self._short = defaultdict(list)
        for at, name in enumerate(self.names):
            if is_han(name.said) and name.kind == OFFICIAL:
                self._short[name.said[0]].append(at)

    def _names(self) -> Iterable[Name]:
        for owner, one in enumerate(self.known):
            seen: set[tuple[str, ...]] = set()
            for called in _all_names(one):
                found = words(called.text)
                if found and found not in seen:
                    seen.add(found)
                    yield Name(owner, found, spoken(phrase(called.text)), called.kind, called.text)

    def _count_words(self) -> None:
        postings = defaultdict(list)
        for at, name in enumerate(self.names):
            for word in set(name.words):
                postings[word].append(at)
        count = len(self.names)
        self.postings = {word: np.array(found, np.int64) for word, found in postings.items()}
        most = math.log((count + 1) / 1.5) or 1.0  # a word that one name has weighs the same in any registry
        self.weights = {
            word: UNKNOWN * max(0.05, math.log((count + 1) / (len(found) + 0.5)) / most)
            for word, found in postings.items()
        }
        self.totals = np.array([self.weight(name.words) for name in self.names] or [1.0])
        self._spelled = defaultdict(list)
        for word in self.postings:
            if len(word) > SPELLED:
                self._spelled[word[:2]].append(word)

    def weight(self, some: Iterable[str]) -> float:
        """What these words tell together: rare words more, words no name has the most."""
        return sum(self.weights.get(word, UNKNOWN) for word in dict.fromkeys(some))

    def read(self, text: str) -> tuple[str, ...]:
        """The phrase of a text, misspelt words read as the nearest word that some name has."""
        left = MOST_MISSPELT
        kept = []
        for word in phrase(text):
            if word not in self.weights and len(word) > SPELLED and left and word.isalpha():
                left -= 1
                word = self._nearest(word)
            kept.append(word)
        return tuple(kept)

    def _nearest(self, word: str) -> str:
        near = process.extractOne(word, self._spelled.get(word[:2], ()), scorer=fuzz.ratio, score_cutoff=MISSPELT)
        return near[0] if near else word

    def candidates(self, text: str, limit: int = LOOKED_AT) -> list[tuple[int, float]]:
        """The names (by place in `names`) that may be meant, each with the weight of its words that the text has."""
        if not self.names:
            return []
        held = np.zeros(len(self.names))
        for word in dict.fromkeys(self.read(text)):
            if word in self.postings:
                held[self.postings[word]] += self.weights[word]
        covered = held / np.maximum(self.totals, 1e-9)
        promise = covered * covered * np.minimum(held, FULL_WEIGHT)
        most = min(limit, len(self.names))
        top = np.argpartition(-promise, most - 1)[:most]
        ordered = sorted((at for at in top.tolist() if promise[at] > 0), key=lambda at: (-promise[at], at))
        return [(at, float(held[at])) for at in ordered]

    def shortened(self, text: str) -> list[int]:
        """The Chinese names of which the text is a short form (中科大)."""
        short = text.strip()
        return [at for at in self._short.get(short[:1], ()) if is_short_form(short, self.names[at].said)][:LOOKED_AT]


def spoken(found: tuple[str, ...]) -> str:
    """Words as one string in which a run of words can be looked for."""
    return f" {' '.join(found)} "


def _all_names(one: Known) -> Iterable[Called]:
    """The names given, those without a place in brackets ("IBM (Germany)"), and the initials of the official ones."""
    yield from one.names
    for called in one.names:
        if called.kind == SHORT:
            continue
        bare = IN_BRACKETS.match(called.text)
        if bare:
            yield Called(bare[1], called.kind)
        if one.is_school and (school := SCHOOL.match(called.text)):
            yield from (Called(form.format(school[1]), OTHER) for form in SCHOOLS)
        if called.kind == OFFICIAL and (letters := initials(called.text)):
            yield Called(letters, SHORT)
