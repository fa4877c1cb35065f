"""Texts that say the same: achievements and needs that were entered twice, in Chinese, English or both."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from rapidfuzz import fuzz

from grandunion.engines.matching.identity.folding import HAN_RUN, WORD, folded
from grandunion.engines.matching.pieces import STEP, Met, Part, Score, confidence_of, value_of
from grandunion.terms.text import Text

TITLE, BODY = Decimal("0.6"), Decimal("0.4")
TWICE = Decimal("0.72")  # from here on two texts are shown as one that may stand twice
LONGEST = {"title": 300, "body": 6000}
RUN = 3  # words or characters of a shingle
SHORT_BODY = 40  # characters below which a text has too little to be compared


@dataclass(frozen=True, slots=True)
class Writing:
    """A record as it is compared: title and text in each language; what is empty is left aside."""

    title_zh: str = ""
    title_en: str = ""
    body_zh: str = ""
    body_en: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """One that may be the same, with its score."""

    key: str
    score: Score


def likeness(one: Writing, other: Writing) -> Score:
    """How much two records say the same, 0 to 1, as two parts; the same both ways round, a record against itself 1.

    Titles are compared by their words whatever the order and by their letters, texts by the runs of three words
    (characters in Chinese) they share against those of the shorter one, so that an abridged text is still known.
    The better of the two languages counts.
    """
    titles = [_title(a, b) for a, b in ((one.title_zh, other.title_zh), (one.title_en, other.title_en)) if a and b]
    bodies = [_body(a, b) for a, b in ((one.body_zh, other.body_zh), (one.body_en, other.body_en))
              if min(len(a), len(b)) >= SHORT_BODY]  # fmt: skip
    parts = (
        _part("title", TITLE, titles, Text("titles alike to {n}%", "标题相似度 {n}%")),
        _part("body", BODY, bodies, Text("texts alike to {n}%", "正文相似度 {n}%")),
    )
    return Score(value_of(parts), confidence_of(parts), parts)


def twins(asked: Writing, others: Iterable[tuple[str, Writing]], least: Decimal = TWICE) -> tuple[Twin, ...]:
    """Those of the others that may be the same, the likeliest first, then by key."""
    found = (Twin(key, likeness(asked, other)) for key, other in others)
    return tuple(sorted((twin for twin in found if twin.score.value >= least), key=lambda t: (-t.score.value, t.key)))


def _part(code: str, weight: Decimal, found: list[tuple[float, Met]], said: Text) -> Part:
    if not found:
        return Part(code, weight, None, Text("not given in one language on both sides", "双方没有同一语言的内容"))
    value, met = max(found, key=lambda one: one[0])
    exact = Decimal(str(round(value, 4))).quantize(STEP)
    return Part(code, weight, exact, said.fill(n=round(value * 100)), (), (met,))


def _title(one: str, other: str) -> tuple[float, Met]:
    mine, yours = (folded(text[: LONGEST["title"]]) for text in (one, other))
    met = Met(one, other)
    if mine == yours:
        return 1.0, met
    sets = [frozenset(_tokens(text)) for text in (mine, yours)]
    if not all(sets):
        return 0.0, met
    shared = 2 * len(sets[0] & sets[1]) / (len(sets[0]) + len(sets[1]))
    return (shared + fuzz.ratio(*(" ".join(sorted(s)) for s in sets)) / 100) / 2, met


def _body(one: str, other: str) -> tuple[float, Met]:
    mine, yours = (shingles(text) for text in (one, other))
    least = min(len(mine), len(yours))
    common = mine & yours
    return (len(common) / least if least else 0.0), Met(_first(common), _first(common))


def _first(common: frozenset[str]) -> str:
    return min(common, default="")


def shingles(text: str) -> frozenset[str]:
    """The runs of three words (characters in Chinese) of a text's first 6,000 signs."""
    tokens = _tokens(folded(text[: LONGEST["body"]]))
    if len(tokens) < RUN:
        return frozenset({" ".join(tokens)} if tokens else ())
    return frozenset(" ".join(tokens[at : at + RUN]) for at in range(len(tokens) - RUN + 1))


def _tokens(plain: str) -> list[str]:
    return [piece for word in WORD.findall(plain) for piece in (word if HAN_RUN.match(word) else (word,))]
