"""How a target's value is divided among those who carry it, and whether the parts still come to the whole."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from grandunion.terms.targets import SplitMethod
from grandunion.terms.verdicts import invalid

WHOLE = Decimal(1)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Sum:
    """The parts of a target against the whole: `missing` is what they lack (below zero: what they exceed it by)."""

    whole: Decimal
    parts: Decimal
    count: int

    @property
    def missing(self) -> Decimal:
        return self.whole - self.parts

    @property
    def is_whole(self) -> bool:
        return not self.count or not self.missing


def split(value: Decimal, weights: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The value divided by the weights into parts that come to it exactly, whole numbers for a whole value.

    By the method of the largest remainder (Hamilton): each part is rounded down, and what is left goes, one step
    each, to the parts that lost most; between equals to the earlier. Raises Invalid without a positive weight.
    """
    total = sum(weights, Decimal(0))
    if total <= 0 or min(weights) < 0:
        raise invalid("weights", "Give weights of zero or more, one of them above zero.",
                      "权重不得为负，且至少有一项大于零。")  # fmt: skip
    step = WHOLE if value == value.to_integral_value() else CENT
    exact = [value * weight / total for weight in weights]
    parts = [one.quantize(step, ROUND_DOWN) for one in exact]
    left = int((value - sum(parts)) / step)
    by_loss = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in by_loss[:left]:
        parts[place] += step
    return tuple(parts)


def divided(value: Decimal, method: str, given: Sequence[Decimal | None], count: int) -> tuple[Decimal, ...]:
    """The parts of a split by a code of `SplitMethod`: `given` has the weights, or the parts written by hand.

    Raises Invalid where as many are not given as there are parts, or an amount is below zero.
    """
    if method == SplitMethod.EQUAL:
        return split(value, [WHOLE] * count)
    if len(given) != count or any(one is None or one < 0 for one in given):
        raise invalid("weights", "Give a number of zero or more for each part.", "请为每一项填写不小于零的数值。")
    known = [Decimal(one) for one in given if one is not None]
    return split(value, known) if method == SplitMethod.WEIGHTED else tuple(known)


def steps(start: Decimal, value: Decimal, count: int) -> tuple[Decimal, ...]:
    """Interim values of a stock on the way from where it stands to the target, the last being the target."""
    grain = WHOLE if value == value.to_integral_value() else CENT
    parts = [(start + (value - start) * (place + 1) / count).quantize(grain, ROUND_DOWN) for place in range(count)]
    return (*parts[:-1], value)


def summed(whole: Decimal, parts: Sequence[Decimal]) -> Sum:
    """The parts against the whole."""
    return Sum(whole, sum(parts, Decimal(0)), len(parts))
