"""When the report on a period opens, falls due, is reminded of and is raised one level, all in working days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from grandunion.engines.calendars.working import WorkingCalendar

DAY = timedelta(days=1)
MOST_REMINDERS = 60  # after the deadline; whoever has not answered by then is not moved by another letter


@dataclass(frozen=True, slots=True)
class Schedule:
    """A form's rule: `due_after` and `opens_after` count from the last day of the period, `due_by` is a time of day.

    Reminders go out so many working days before the deadline (`remind_before`) and every so many after it; a report
    is raised one level `escalate_after` working days after its deadline, and one sent back is corrected within
    `correct_within`.
    """

    opens_after: int
    due_after: int
    due_by: time | None = None
    remind_before: tuple[int, ...] = ()
    remind_every: int = 2
    escalate_after: int = 5
    correct_within: int = 3


def opens_at(calendar: WorkingCalendar, rule: Schedule, last_day: date) -> datetime:
    """The moment a period's report opens: the day after it, or that many working days later, as the day begins."""
    day = last_day + DAY
    if rule.opens_after:
        day = calendar.add(_noon(calendar, last_day), working_days=rule.opens_after).date()
    return _at(calendar, day, time())


def due_at(calendar: WorkingCalendar, rule: Schedule, last_day: date, opened_at: datetime) -> datetime:
    """When the report on a period is due. One opened after its deadline gets the whole time from that day on."""
    found = _due(calendar, rule, last_day, rule.due_after)
    if found > opened_at:
        return found
    return _due(calendar, rule, opened_at.astimezone(ZoneInfo(calendar.zone)).date(), rule.due_after - rule.opens_after)


def corrected_by(calendar: WorkingCalendar, rule: Schedule, sent_back_at: datetime) -> datetime:
    """When a report that was sent back is due again."""
    day = sent_back_at.astimezone(ZoneInfo(calendar.zone)).date()
    return _due(calendar, rule, day, rule.correct_within)


def raised_at(calendar: WorkingCalendar, rule: Schedule, due: datetime) -> datetime:
    """When a report that has not come is raised one level."""
    return calendar.add(due, working_days=rule.escalate_after)


def next_reminder(calendar: WorkingCalendar, rule: Schedule, due: datetime, after: datetime) -> datetime | None:
    """The first reminder after a moment; None when there is none any more."""
    return next((moment for moment in _reminders(calendar, rule, due) if moment > after), None)


def _reminders(calendar: WorkingCalendar, rule: Schedule, due: datetime) -> Iterator[datetime]:
    """All reminders in their order, each as the hub opens on its day."""
    due_on = due.astimezone(ZoneInfo(calendar.zone)).date()
    for days in sorted(rule.remind_before, reverse=True):
        yield _at(calendar, _working_days_before(calendar, due_on, days), calendar.opens)
    for count in range(1, MOST_REMINDERS + 1):
        day = calendar.add(due, working_days=rule.remind_every * count).date()
        yield _at(calendar, day, calendar.opens)


def _working_days_before(calendar: WorkingCalendar, day: date, days: int) -> date:
    while days:
        day -= DAY
        days -= calendar.is_working_day(day)
    return day


def _due(calendar: WorkingCalendar, rule: Schedule, day: date, days: int) -> datetime:
    found = calendar.add(_noon(calendar, day), working_days=days)
    return found if rule.due_by is None else _at(calendar, found.date(), rule.due_by)


def _noon(calendar: WorkingCalendar, day: date) -> datetime:
    return _at(calendar, day, time(12))


def _at(calendar: WorkingCalendar, day: date, moment: time) -> datetime:
    return datetime.combine(day, moment, ZoneInfo(calendar.zone))
