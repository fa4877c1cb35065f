"""When a limit of the service level runs out, with pauses and corrections, as of any moment."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from grandunion.engines.calendars.working import WorkingCalendar
from grandunion.terms.clocks import Clock, Interval


@dataclass(frozen=True, slots=True)
class Run:
    """That a clock runs from a moment on; what it does after a pause is its own (`Clock.on_correction`)."""

    clock: Clock
    starts_at: datetime


def due(run: Run, pauses: Iterable[Interval], calendar: WorkingCalendar) -> datetime | None:
    """The moment, in the calendar's zone, at which the run is over; None while a pause without end keeps it open.

    `pauses` are half-open intervals of moments, in any order, in which the applicant owed an answer. A clock that
    continues stands still in them. One that is reset starts anew at the end of each pause that began before the
    clock had run out; a pause that began later changes nothing, for what is late stays late.
    """
    if run.clock.on_correction != "reset":
        return calendar.due(run.starts_at, run.clock, pauses)
    start = run.starts_at
    for pause in sorted(pauses, key=lambda one: one.starts_at):
        found = calendar.due(start, run.clock)
        if found is not None and found <= pause.starts_at:
            return found
        if pause.ends_at is None:
            return None
        start = max(start, pause.ends_at)
    return calendar.due(start, run.clock)


def as_known(pauses: Iterable[Interval], at: datetime) -> tuple[Interval, ...]:
    """The pauses as they stood at the moment `at`: later ones are not there, one that still ran has no end."""
    return tuple(
        Interval(pause.starts_at, pause.ends_at if pause.ends_at is not None and pause.ends_at <= at else None)
        for pause in pauses
        if pause.starts_at <= at
    )
