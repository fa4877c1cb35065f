"""Whether published figures for the same thing can be true together."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from grandunion.terms.plans import Agreement, Qualifier

# "Nearly" is read as above nine tenths; no source defines it.
NEARLY_FROM = Decimal("0.9")
WITHOUT_END = Decimal("Infinity")


@dataclass(frozen=True, slots=True)
class Said:
    """A published figure: its value and how exact it claims to be (a code of `Qualifier`)."""

    value: Decimal
    qualifier: str


def agreement(one: Said, other: Said) -> Agreement:
    """How two figures for the same indicator and time stand to each other.

    Each stands for a span: exactly 846 for that number alone, over 800 for all above, nearly 10,000 for 9,000 up to
    but not including 10,000. Spans that share no number contradict.
    """
    if one == other:
        return Agreement.SAME
    low = max(_span(one), _span(other), key=lambda span: (span[0], not span[1]))
    high = min(_span(one), _span(other), key=lambda span: (span[2], span[3]))
    is_shared = low[0] < high[2] or (low[0] == high[2] and low[1] and high[3])
    return Agreement.COMPATIBLE if is_shared else Agreement.CONTRADICT


def worst(figures: Iterable[Said]) -> Agreement:
    """The worst that can be said of any two of these figures; a single one agrees with itself."""
    found = {agreement(one, other) for one, other in combinations(tuple(figures), 2)}
    ranked = (Agreement.CONTRADICT, Agreement.COMPATIBLE)
    return next((kind for kind in ranked if kind in found), Agreement.SAME)


def _span(said: Said) -> tuple[Decimal, bool, Decimal, bool]:
    """From, whether that number itself belongs, up to, whether that one belongs."""
    value = Decimal(said.value)
    return {
        Qualifier.EXACTLY: (value, True, value, True),
        Qualifier.OVER: (value, False, WITHOUT_END, False),
        Qualifier.AT_LEAST: (value, True, WITHOUT_END, False),
        Qualifier.NEARLY: (value * NEARLY_FROM, True, value, False),
    }[Qualifier(said.qualifier)]
