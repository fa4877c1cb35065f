"""Which part a reason for declining or failing speaks of, and where people and figures contradict each other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from grandunion.terms.matches import DeclineReason as D
from grandunion.terms.matches import FailReason as F
from grandunion.terms.text import Text

PART_OF: Mapping[str | None, str] = {
    D.NOT_RELEVANT.value: "text",
    D.WRONG_FIELD.value: "classification",
    D.TOO_IMMATURE.value: "maturity",
    D.PRICE_TOO_HIGH.value: "budget",
    D.BUDGET_TOO_LOW.value: "budget",
    D.TOO_FAR.value: "place",
    D.WRONG_SIZE.value: "stage",
    D.NO_CAPACITY.value: "capacity",
    F.PRICE.value: "budget",
    F.NO_MONEY.value: "budget",
    F.IP_POSITION.value: "licence",
    F.IMMATURE.value: "maturity",
}
# These say nothing about how well the two fit: they are left aside.
NEUTRAL = frozenset(
    word.value
    for word in (
        D.BAD_TIMING, D.COMPETITOR, D.CONFLICT_OF_INTEREST, D.ALREADY_IN_TOUCH, D.ALREADY_SOLVED, D.NO_ANSWER,
        F.NO_REPLY, F.NEED_GONE, F.WENT_ELSEWHERE,
    )
)  # fmt: skip
FITS = Decimal("0.5")
OFTEN, MANY = 0.5, 5  # half of those who named a part, and at least five


class Ended(Protocol):
    """What is read of a decision."""

    values: Mapping[str, Decimal | None]
    outcome: str
    reason: str | None


def is_spoken_for(decision: Ended, code: str) -> bool:
    """Whether somebody declined or failed because of this part, and its value had not said that it fits."""
    if decision.outcome not in ("declined", "failed") or PART_OF.get(decision.reason) != code:
        return False
    value = decision.values.get(code)
    return value is not None and value < FITS


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A part that said it fits where people said it does not: its measure wants looking at, not its weight."""

    code: str
    named: int
    fitting: int
    text: Text

    @classmethod
    def of(cls, code: str, ended: Iterable[Ended]) -> "Contradiction | None":
        """The contradiction of a part among bad ends, if it is frequent."""
        values = [one.values.get(code) for one in ended if PART_OF.get(one.reason) == code]
        fitting = sum(value is not None and value >= FITS for value in values)
        if fitting < MANY or fitting < len(values) * OFTEN:
            return None
        return cls(
            code,
            len(values),
            fitting,
            Text(
                f"In {fitting} of {len(values)} cases the figure said it fits: look at how it is worked out.",
                f"{len(values)} 次提及中有 {fitting} 次系统判断为符合：请检查该项的计算口径。",
            ),
        )
