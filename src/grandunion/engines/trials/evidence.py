"""Whether the evidence of a trial shows what was asked for: each indicator's finding, and all of them together."""

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from grandunion.terms.scenarios import Finding, Operator

COMPARES: Mapping[Operator, Callable[[Decimal, Decimal], bool]] = {
    Operator.AT_LEAST: operator.ge,
    Operator.MORE_THAN: operator.gt,
    Operator.AT_MOST: operator.le,
    Operator.LESS_THAN: operator.lt,
    Operator.EQUAL: operator.eq,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """One indicator: its key, the comparison with its threshold, whether it must be met, who asked for and granted
    a waiver (user keys; a waiver granted by whoever asked for it is none)."""

    key: int
    operator: Operator
    threshold: Decimal
    is_required: bool = True
    waiver_asked_by: int | None = None
    waived_by: int | None = None

    @property
    def is_waived(self) -> bool:
        """Whether a second person granted a waiver."""
        return (
            self.waived_by is not None and self.waiver_asked_by is not None and self.waived_by != self.waiver_asked_by
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """One value measured for an indicator, and whether a report shows it."""

    key: int
    value: Decimal
    measured_on: date
    recorded_at: datetime
    has_report: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What is found for one indicator, with the reading that stands (None where nothing was measured)."""

    key: int
    finding: Finding
    reading: Reading | None
    is_required: bool

    @property
    def is_enough(self) -> bool:
        """Whether nothing more is asked of this indicator."""
        return self.finding in (Finding.MET, Finding.WAIVED) or not self.is_required


def findings(wanted: Iterable[Wanted], readings: Iterable[Reading]) -> tuple[Found, ...]:
    """The finding of each indicator, in their order.

    The reading that stands is the one measured last (of one day: recorded last), whatever it says: a good value does
    not outlive a later bad one. Without a report a reading shows nothing. A value that meets the threshold needs no
    waiver, so it is said to be met even where one was granted.
    """
    standing: dict[int, Reading] = {}
    for reading in sorted(readings, key=lambda one: (one.measured_on, one.recorded_at)):
        standing[reading.key] = reading
    return tuple(Found(one.key, _finding(one, standing.get(one.key)), standing.get(one.key), one.is_required)
                 for one in wanted)  # fmt: skip


def _finding(wanted: Wanted, reading: Reading | None) -> Finding:
    is_reached = reading is not None and COMPARES[wanted.operator](reading.value, wanted.threshold)
    if reading is not None and reading.has_report and is_reached:
        return Finding.MET
    if wanted.is_waived:
        return Finding.WAIVED
    if wanted.waiver_asked_by is not None:
        return Finding.WAIVER_ASKED
    if reading is None:
        return Finding.UNMEASURED
    return Finding.NOT_MET if reading.has_report or not is_reached else Finding.NO_REPORT


def is_passed(found: Iterable[Found]) -> bool:
    """Whether the trial is passed: there is a required indicator, and each required one is met or waived."""
    required = [one for one in found if one.is_required]
    return bool(required) and all(one.is_enough for one in required)
