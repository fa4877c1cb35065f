"""How likely two records are one organisation, by their names in both languages and by where they are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import islice, product

from rapidfuzz import fuzz

from grandunion.engines.matching.identity.folding import folded, initials, is_han, is_short_form, words
from grandunion.engines.matching.identity.registry import SHORT, Called, Known
from grandunion.engines.matching.pieces import STEP, Met, Part, Score, confidence_of, value_of
from grandunion.terms.text import Text

NAME, PLACE = Decimal("0.85"), Decimal("0.15")
ALIKE = Decimal("0.80")  # from here on two records are shown as one that may stand twice
MOST_PAIRS = 144
SHORT_FORM = 0.9  # a short form or the initials say so much, where nothing says more
COMMON = frozenset({
    "university", "institute", "college", "school", "hospital", "center", "laboratory", "technology", "science",
    "national", "company", "research", "china", "大学", "学院", "研究", "究院", "究所", "科技", "技术", "医院", "中心",
    "实验", "验室", "集团", "国家", "中国",
})  # fmt: skip
TELL_APART = frozenset({
    "first", "second", "third", "fourth", "fifth", "north", "south", "east", "west", "northern", "southern", "eastern",
    "western",
})  # fmt: skip
ORDINALS = frozenset(f"第{sign}" for sign in "一二三四五六七八九十")
APART = 0.6
FEW, MANY = 0.35, 1.0  # what a common word and any other weigh where no registry has counted them
Weigh = Callable[[str], float]


@dataclass(frozen=True, slots=True)
class Fit:
    """How well two names fit, 0 to 1, and what makes one think so."""

    value: float
    one: str
    other: str
    reason: Text


def usual(word: str) -> float:
    """What a word weighs where nobody has counted."""
    return FEW if word in COMMON else MANY


def alike(one: Known, other: Known, weigh: Weigh = usual) -> Score:
    """The likeness of two records as a score of two parts, name and place; the same both ways round.

    The best fitting pair of names counts (at most 144 pairs are looked at). Names are compared in the script they
    share by the weight of their words in common, whatever the order, and by their letters; short forms and initials
    across both. A record against itself is 1. Country and city count where both sides have them.
    """
    pairs = islice(product(_names(one), _names(other)), MOST_PAIRS)
    fits = [fit(mine.text, yours.text, weigh) for mine, yours in pairs]
    best = max(fits, key=lambda found: (found.value, *sorted((found.one, found.other))), default=None)
    if best is None:
        name = Part("name", NAME, None, Text("a name is missing", "缺少名称"))
    else:
        name = Part("name", NAME, _exact(best.value), best.reason, (), (Met(best.one, best.other),))
    parts = (name, _place(one, other))
    return Score(value_of(parts), confidence_of(parts), parts)


def _names(known: Known) -> Iterable[Called]:
    return sorted(known.names, key=lambda called: (called.kind == SHORT, called.text))[:24]


@lru_cache(maxsize=50_000)
def fit(one: str, other: str, weigh: Weigh = usual) -> Fit:
    """How well two names fit, the same both ways round."""
    if folded(one) == folded(other):
        return Fit(1.0, one, other, Text("the same name", "名称相同"))
    mine, yours = frozenset(words(one)), frozenset(words(other))
    if mine and mine == yours:
        return Fit(1.0, one, other, Text("the same words in another order or form", "去除组织形式、语序后名称相同"))
    if _is_short(one, other) or _is_short(other, one):
        return Fit(SHORT_FORM, one, other, Text("one is the short form of the other", "一方为另一方的简称"))
    if is_han(one) != is_han(other):
        return Fit(0.0, one, other, Text("names in different scripts", "文字不同，无法比较"))
    shared = _weight(mine & yours, weigh) * 2 / max(_weight(mine, weigh) + _weight(yours, weigh), 1e-9)
    letters = fuzz.ratio(" ".join(sorted(mine)), " ".join(sorted(yours))) / 100
    value = (shared + letters) / 2 * _same_core(mine ^ yours)
    return Fit(value, one, other, Text(f"names alike to {value:.0%}", f"名称相似度 {value:.0%}"))


def _same_core(apart: frozenset[str]) -> float:
    """Names apart in a number or a cardinal word are two houses: 第一医院 and 第二医院, Factory 3 and Factory 5."""
    return APART if any(word.isdigit() or word in TELL_APART or word[:2] in ORDINALS for word in apart) else 1.0


def _is_short(short: str, full: str) -> bool:
    return is_short_form(short, full) or (3 <= len(short) <= 10 and initials(full) == folded(short).strip())


def _weight(some: Iterable[str], weigh: Weigh) -> float:
    return sum(sorted(map(weigh, some)))


def _place(one: Known, other: Known) -> Part:
    if one.country and other.country and one.country != other.country:
        return Part("place", PLACE, Decimal(0), Text("in different countries", "所在国家不同"))
    if one.city and other.city:
        is_same = bool({folded(city) for city in one.city} & {folded(city) for city in other.city})
        said = Text("in the same city", "所在城市相同") if is_same else Text("in different cities", "所在城市不同")
        return Part("place", PLACE, Decimal(int(is_same)), said)
    return Part("place", PLACE, None, Text("place not known on one side", "一方所在地未知"))


def _exact(value: float) -> Decimal:
    return Decimal(str(round(value, 4))).quantize(STEP)
