"""Half-open periods of days: the first day counts, the last does not."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From `starts_on` up to, not including, `ends_on`; no end means it goes on."""

    starts_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        if self.ends_on is not None and self.ends_on <= self.starts_on:
            raise ValueError("a period ends after it starts")

    def holds(self, day: date) -> bool:
        """Whether the day lies inside."""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)

    def overlaps(self, other: "Period") -> bool:
        """Whether the two share a day."""
        return (other.ends_on is None or self.starts_on < other.ends_on) and (
            self.ends_on is None or other.starts_on < self.ends_on
        )


def year(number: int) -> Period:
    """The calendar year."""
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def months_after(day: date, months: int) -> date:
    """The same day `months` later, or the last day of that month."""
    total = day.month - 1 + months
    first = date(day.year + total // 12, total % 12 + 1, 1)
    last = (date(first.year + first.month // 12, first.month % 12 + 1, 1) - timedelta(days=1)).day
    return first.replace(day=min(day.day, last))
