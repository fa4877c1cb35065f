"""How long something may take, and half-open intervals of moments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Clock:
    """How long a state may last: exactly one of working days, working minutes or hours round the clock.

    The clock stands still in the states `pauses_in`; when the record comes back from one of them, it goes on
    (`continue`) or starts anew (`reset`).
    """

    working_days: int | None = None
    working_minutes: int | None = None
    hours: int | None = None
    on_correction: Literal["continue", "reset"] = "continue"
    pauses_in: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        given = [n for n in (self.working_days, self.working_minutes, self.hours) if n is not None]
        if len(given) != 1 or given[0] <= 0:
            raise ValueError("a clock has one length above zero: working days, working minutes or hours")
        if self.on_correction not in ("continue", "reset"):
            raise ValueError("on correction a clock continues or is reset")

    def said(self) -> Text:
        """The length as a person says it."""
        if self.working_days is not None:
            return Text(f"{self.working_days} working day{_s(self.working_days)}", f"{self.working_days} 个工作日")
        if self.working_minutes is not None:
            number = self.working_minutes
            return Text(f"{number} working minute{_s(number)}", f"{number} 分钟（工作时间）")
        return Text(f"{self.hours} hour{_s(self.hours or 0)}", f"{self.hours} 小时")


@dataclass(frozen=True, slots=True)
class Interval:
    """From the moment `starts_at` up to, not including, `ends_at`; no end means it goes on."""

    starts_at: datetime
    ends_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.starts_at.tzinfo is None or (self.ends_at is not None and self.ends_at.tzinfo is None):
            raise ValueError("an interval's moments know their time zone")
        if self.ends_at is not None and self.ends_at <= self.starts_at:
            raise ValueError("an interval ends after it starts")

    def holds(self, at: datetime) -> bool:
        """Whether the moment lies inside."""
        return self.starts_at <= at and (self.ends_at is None or at < self.ends_at)


def _s(number: int) -> str:
    return "" if number == 1 else "s"
