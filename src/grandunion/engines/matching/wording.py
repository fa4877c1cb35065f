"""How much two texts have in common: words weighed by how rarely the candidates use them, and names of one thing."""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import lru_cache

from grandunion.engines.matching.fusing import fused, share_of_words, terms_of, value_fused
from grandunion.engines.matching.pieces import NOTHING, STEP, Concept, Ground, Meant, Met, Offer, Part, Wanted
from grandunion.engines.matching.terms import HAN
from grandunion.terms.text import Text

FULL = 0.4  # a text that has four tenths of the wanted words' weight answers the need as well as texts do
SHOWN = 5
LITTLE = Decimal("0.4")
NEAR = Decimal("0.5")  # from here on the meaning is said to be close
PASSAGE = 90  # characters of a passage that are shown
CHINESE = re.compile(f"[{HAN}]")
UNTOLD = Text("not told in words", "未作文字说明")


@dataclass(frozen=True, slots=True)
class Corpus:
    """In how many of the candidates each word stands."""

    counts: Counter
    size: int
    weighed: dict[str, float] = field(default_factory=dict, compare=False, repr=False)
    summed: dict[tuple[str, ...], float] = field(default_factory=dict, compare=False, repr=False)

    def weight(self, word: str) -> float:
        """A word that few candidates use tells more (inverse document frequency, smoothed)."""
        found = self.weighed.get(word)
        if found is None:
            found = self.weighed[word] = 1 + math.log((self.size + 1) / (self.counts[word] + 1))
        return found

    def whole(self, words: tuple[str, ...]) -> float:
        """What all these words weigh; the same words are asked of every candidate."""
        found = self.summed.get(words)
        if found is None:
            found = self.summed[words] = sum(map(self.weight, words))
        return found


def corpus_of(offers: Iterable[Offer]) -> Corpus:
    """The word counts of a set of candidates."""
    counts: Counter = Counter()
    size = 0
    for offer in offers:
        counts.update(set(offer.words))
        size += 1
    return Corpus(counts, size)


def spoken_of(words: Iterable[str], concepts: Iterable[Concept]) -> tuple[Concept, ...]:
    """Those of the concepts that a text speaks of under any of their names."""
    has = set(words)
    return tuple(one for one in concepts if any(form and has.issuperset(form) for form in one.forms))


@dataclass(frozen=True, slots=True)
class _Shared:
    """What a text has of the wanted words: those it says itself, and those under another name."""

    words: list[str]
    renamed: dict[str, Met]
    value: Decimal | None
    grounds: tuple[Ground, ...]


def text_figures(wanted: Wanted, offer: Offer, corpus: Corpus, weight: Decimal) -> Part:
    """The text part as `text_part` has it, without what it would say: for the many that are not shown."""
    if offer.text is not None:
        return replace(offer.text, weight=weight)
    shared = _shared(wanted, offer, corpus)
    return Part("text", weight, shared.value, UNTOLD, shared.grounds)


class Texts:
    """What the text parts of many offers for one need are worth, without their figures: as `text_figures` has it."""

    def __init__(self, wanted: Wanted, corpus: Corpus) -> None:
        self._wanted, asked = wanted, _once(wanted.words)
        self._weights = list(map(corpus.weight, asked))
        self._places = {word: place for place, word in enumerate(asked)}
        self._whole = corpus.whole(asked)
        terms = _terms_of(asked)
        self._shares = [share_of_words(terms, is_one_language=is_one) for is_one in (False, True)]
        self._known: dict[tuple[str, ...], Decimal] = {}

    def judge(self, weight: Decimal) -> Callable[[Offer], tuple[Decimal, Decimal]]:
        """What the text of an offer adds to its score: the weight of the part and its share; nothing if not known."""

        def judged(offer: Offer) -> tuple[Decimal, Decimal]:
            value = self.value(offer) if offer.text is None else offer.text.value
            return (NOTHING, NOTHING) if value is None else (weight, weight * value)

        return judged

    def value(self, offer: Offer) -> Decimal | None:
        """How much of what is wanted the offer speaks of, 0 to 1; None where there is no text to compare."""
        meant, words = offer.meant, None
        if self._weights and offer.words:
            words = self._known.get(offer.words)  # many offers have the same few of the words
            if words is None:
                words = self._known[offer.words] = self._met(offer.words)
        if meant is None:
            return words
        return value_fused(words, meant.closeness, self._shares[meant.is_one_language])

    def _met(self, words: tuple[str, ...]) -> Decimal:
        """How much of what is wanted these words speak of."""
        met = self._places.keys() & words
        if self._wanted.concepts:
            met |= self._places.keys() & _renamed(self._wanted, set(words))
        places = sorted(map(self._places.__getitem__, met))  # floats: in one order
        return _met_of(sum([self._weights[place] for place in places]), self._whole)


def text_part(wanted: Wanted, offer: Offer, corpus: Corpus, weight: Decimal) -> Part:
    """How much of what is wanted the offer speaks of, in the same words, under another name, or in meaning."""
    if offer.text is not None:
        return replace(offer.text, weight=weight)
    shared = _shared(wanted, offer, corpus)
    if shared.value is None:
        return Part("text", weight, None, Text("no text to compare", "没有可比较的文本"))
    runs = _runs(shared.words, corpus)
    met = (*(Met(run, run) for run in runs), *dict.fromkeys(shared.renamed.values()), *_passage(offer.meant))
    return Part("text", weight, shared.value, _evidence(met, shared.value, offer.meant), shared.grounds, met)


def _shared(wanted: Wanted, offer: Offer, corpus: Corpus) -> _Shared:
    asked, has = _once(wanted.words), set(offer.words)
    renamed = _renamed(wanted, has) if wanted.concepts else {}
    met = [word for word in asked if word in has or word in renamed]
    covered = covered_of(asked, met, corpus) if asked and has else None
    meaning = offer.meant.closeness if offer.meant else None
    is_one_language = offer.meant is not None and offer.meant.is_one_language
    value, grounds = fused(covered, meaning, _terms_of(asked), is_one_language=is_one_language)
    return _Shared([word for word in met if word in has], renamed, value, grounds)


@lru_cache(maxsize=64)
def _once(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


_terms_of = lru_cache(maxsize=64)(terms_of)


def covered_of(asked: tuple[str, ...], met: Iterable[str], corpus: Corpus) -> Decimal:
    """The part of the asked words' weight that is met, against what a full answer has; 0 to 1, four places."""
    return _met_of(sum(map(corpus.weight, met)), corpus.whole(asked))


def _met_of(met: float, whole: float) -> Decimal:
    return _fourth(round(min(1.0, met / whole / FULL), 4))


@lru_cache(maxsize=10_001)
def _fourth(value: float) -> Decimal:
    """A figure with four places; there are no more of them than are kept."""
    return Decimal(str(value)).quantize(STEP)


def _renamed(wanted: Wanted, has: set[str]) -> dict[str, Met]:
    """The asked words whose concept the offer has under another name, with the two names."""
    asked = set(wanted.words)
    found: dict[str, Met] = {}
    for concept in wanted.concepts:
        pairs = list(zip(concept.forms, concept.written, strict=True))
        mine = next(((form, said) for form, said in pairs if form and asked.issuperset(form)), None)
        yours = next((said for form, said in pairs if form and has.issuperset(form)), None)
        if mine and yours and not has.issuperset(mine[0]):
            found |= dict.fromkeys(mine[0], Met(mine[1], yours))
    return found


def _runs(shared: list[str], corpus: Corpus) -> list[str]:
    """The shared words as they are read, the most telling first."""
    runs = sorted(joined(shared), key=lambda run: -max(map(corpus.weight, run[1])))
    return [text for text, _ in runs]


def _passage(meant: Meant | None) -> tuple[Met, ...]:
    if meant is None or not meant.passage or meant.closeness < NEAR:
        return ()
    return (Met("", _opening(meant.passage), is_meaning=True),)


def _opening(text: str) -> str:
    said = " ".join(text.split())
    return said if len(said) <= PASSAGE else said[:PASSAGE].rstrip() + "…"


def _close(passage: str, meant: Meant) -> Text:
    """A passage that means the same, to readers of the other language in what the record says in theirs, if it does."""
    is_chinese = bool(CHINESE.search(passage))
    other = _opening(meant.said[is_chinese])
    if not other or bool(CHINESE.search(other)) == is_chinese:
        other = passage
    zh, en = (passage, other) if is_chinese else (other, passage)
    return Text(f"close in meaning: “{en}”", f"含义相近：“{zh}”")


def _evidence(met: tuple[Met, ...], value: Decimal, meant: Meant | None) -> Text:
    """What was met, as each language says it: its own words first."""
    words = [one.found for one in met if not one.is_meaning and one.asked == one.found]
    said = []
    if words:
        en = ", ".join(f"“{word}”" for word in sorted(words, key=lambda word: not word.isascii())[:SHOWN])
        zh = "".join(f"“{word}”" for word in sorted(words, key=str.isascii)[:SHOWN])
        is_little = value < LITTLE
        said.append(Text(f"they share little more than {en}", f"共同之处仅有{zh}等") if is_little
                    else Text(f"both speak of {en}", f"都提到{zh}"))  # fmt: skip
    names = [one for one in met if not one.is_meaning and one.asked != one.found][:SHOWN]
    said += [Text(f"“{one.asked}” is “{one.found}”", f"“{one.asked}”即“{one.found}”") for one in names]
    said += [_close(one.found, meant) for one in met if one.is_meaning]
    if not said:
        return Text("no telling word in common", "没有共同的关键词")
    return Text("; ".join(one.en for one in said), "；".join(one.zh for one in said))


def joined(words: list[str]) -> list[tuple[str, list[str]]]:
    """Neighbouring pairs of Chinese characters put together again: 超导 and 导磁 and 磁体 read 超导磁体.

    Answers each reading with the words it is made of.
    """
    runs: list[tuple[str, list[str]]] = []
    for word in words:
        if runs and _goes_on(runs[-1][1][-1], word):
            text, pieces = runs[-1]
            runs[-1] = (text + word[-1], [*pieces, word])
        else:
            runs.append((word, [word]))
    return runs


def _goes_on(before: str, word: str) -> bool:
    return len(before) == len(word) == 2 and not word.isascii() and before[-1] == word[0]
