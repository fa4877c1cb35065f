"""How a figure stands to a target: how far, whether it is met, and what that means on a day."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from grandunion.terms.plans import Operator, TargetState

THOUSANDTH = Decimal("0.001")


def met(value: Decimal | None, operator: str, target: Decimal | None) -> bool | None:
    """Whether the value satisfies the target; None where either is not known.

    A plan's "=" is a number to be reached ("cultivate 1,000 enterprises"): more than that meets it too.
    """
    if value is None or target is None or not Operator.has(operator):
        return None
    return {
        Operator.AT_LEAST: value >= target,
        Operator.OVER: value > target,
        Operator.EXACTLY: value >= target,
        Operator.AT_MOST: value <= target,
    }[Operator(operator)]


def progress(value: Decimal | None, operator: str, target: Decimal | None) -> Decimal | None:
    """The part of the target that is reached: 0.700 is seventy percent, above 1 is more than was asked.

    For "at most" it is 1 while the limit is kept, and the limit over the value beyond it. None where either figure
    is not known. Rounded to a thousandth, but never up to 1 while the target is not met.
    """
    if value is None or target is None or not Operator.has(operator):
        return None
    if operator == Operator.AT_MOST:
        part = Decimal(1) if value <= target else target / value
    else:
        part = value / target if target else Decimal(1)
    rounded = part.quantize(THOUSANDTH, ROUND_HALF_UP)
    return min(rounded, 1 - THOUSANDTH) if rounded >= 1 and not met(value, operator, target) else rounded


def standing(
    value: Decimal | None, operator: str, target: Decimal | None, deadline: date | None, on: date
) -> TargetState:
    """How the target stands on a day: met, not yet, missed after its deadline, or unknown."""
    is_met = met(value, operator, target)
    if is_met is None:
        return TargetState.UNKNOWN
    if is_met:
        return TargetState.MET
    return TargetState.MISSED if deadline is not None and deadline < on else TargetState.SHORT
