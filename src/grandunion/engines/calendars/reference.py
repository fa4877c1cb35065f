"""The slow obvious clock that referees the fast one: it ticks through every minute and knows no shortcut."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from grandunion.engines.calendars.limits import Run
from grandunion.engines.calendars.working import WorkingCalendar
from grandunion.terms.clocks import Clock, Interval

TICK = timedelta(minutes=1)


def due_by_ticking(run: Run, pauses: Iterable[Interval], calendar: WorkingCalendar, until: datetime) -> datetime | None:
    """What `limits.due` answers if that lies not after `until`, else None; all moments are whole minutes.

    Each minute is looked at alone: is the hub open, does somebody wait for the applicant? A clock that is reset
    forgets, at the end of a pause, what it has counted and on which day it began.
    """
    stops, is_reset = list(pauses), run.clock.on_correction == "reset"
    moment = began = run.starts_at
    counted, was_paused = 0, False
    while moment < until:
        is_paused = any(stop.holds(moment) for stop in stops)
        if is_reset and was_paused and not is_paused:
            counted, began = 0, moment
        if not is_paused and _counts(run.clock, calendar, moment, began):
            counted += 1
        moment, was_paused = moment + TICK, is_paused
        if counted == _length(run.clock):
            return moment
    return None


def _length(clock: Clock) -> int:
    """How many ticks the clock has: days, working minutes, or minutes round the clock."""
    return clock.working_days or clock.working_minutes or (clock.hours or 0) * 60


def _counts(clock: Clock, calendar: WorkingCalendar, moment: datetime, began: datetime) -> bool:
    """Whether the minute from `moment` on is one tick of the clock; a day ticks in the last minute it is open."""
    if clock.hours:
        return True
    if not calendar.is_working(moment):
        return False
    if clock.working_minutes:
        return True
    zone = ZoneInfo(calendar.zone)
    is_last = (moment + TICK).astimezone(zone).time() == calendar.closes
    return is_last and moment.astimezone(zone).date() > began.astimezone(zone).date()
