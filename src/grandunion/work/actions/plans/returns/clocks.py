"""What the clock does to returns: periods open, reporters are reminded, what is late is marked and raised one level."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from grandunion.engines.calendars import WorkingCalendar
from grandunion.engines.calendars.reporting import next_reminder, opens_at
from grandunion.records.plans import Return, ReturnCycle
from grandunion.terms.readers import Reader
from grandunion.terms.returns import OPEN, ReturnPeriod, spans_since
from grandunion.terms.verdicts import Refused
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic, lock
from grandunion.work.actions.plans.returns.opening import open_cycle
from grandunion.work.queries.lists import working_calendar
from grandunion.work.queries.plans import returns

Deed = tuple[datetime, Callable[[], object]]


def run_due(by: Reader, at: datetime, limit: int = 200) -> int:
    """Do what is due, the oldest first, each in its own transaction; answers how many deeds were done.

    Nothing is done twice: each deed leaves its mark. After days on which nobody ran, periods open in their order, and
    of several reminders that went by only one is sent.
    """
    by, done = replace(by, at=at), 0
    for due in (_periods(by, at), _returns(by, at, limit)):
        for _, deed in sorted(due, key=lambda one: one[0])[: limit - done]:
            try:
                deed()
            except Refused:  # somebody else was quicker
                continue
            done += 1
    return done


def _periods(by: Reader, at: datetime) -> Iterator[Deed]:
    """Periods that are over, whose returns are to be opened, and are not."""
    forms = list(returns.forms())
    if not forms:
        return
    calendar = working_calendar()
    today = timezone.localtime(at).date()
    opened = set(ReturnCycle.objects.values_list("form_code", "starts_on"))
    for form in forms:
        rule = returns.schedule_of(form)
        for span in spans_since(ReturnPeriod(form.period), form.starts_on, today):
            is_asked = form.ends_on is None or span.starts_on < form.ends_on
            moment = opens_at(calendar, rule, span.last_day)
            if is_asked and moment <= at and (form.code, span.starts_on) not in opened:
                yield moment, lambda form=form, span=span: open_cycle(form, span, by=by, at=at)


def _returns(by: Reader, at: datetime, limit: int) -> Iterator[Deed]:
    """Returns of which somebody is to be reminded, that have become overdue, or that are to be raised."""
    calendar = working_calendar()
    for row in _waiting(Q(remind_at__lte=at)).order_by("remind_at", "pk")[:limit]:
        yield row.remind_at, lambda row=row: _remind(row, calendar, by=by, at=at)
    for row in _waiting(Q(due_at__lte=at, overdue_at=None)).order_by("due_at", "pk")[:limit]:
        yield row.due_at, lambda row=row: _mark_overdue(row, by=by, at=at)
    for row in _waiting(Q(escalate_at__lte=at, escalated_at=None)).order_by("escalate_at", "pk")[:limit]:
        yield row.escalate_at, lambda row=row: _raise(row, by=by, at=at)


def _waiting(which: Q) -> QuerySet[Return]:
    return (
        Return.objects.unscoped("the clock looks at every return that is with its reporter")
        .filter(which, state__in=OPEN)
        .select_related("form")
    )


@atomic
def _remind(row: Return, calendar: WorkingCalendar, *, by: Reader, at: datetime) -> None:
    held = lock(row)
    if held.state not in OPEN or held.remind_at is None or held.remind_at > at:
        raise Refused(returns.due_said(held.due_at, at))
    following = next_reminder(calendar, returns.schedule_of(row.form), held.due_at, at)
    changes = base.change(held, at=at, remind_at=following, reminded_at=at, reminders=held.reminders + 1)
    journal.note("return.reminded", held, by=by, at=at, changes=changes)


@atomic
def _mark_overdue(row: Return, *, by: Reader, at: datetime) -> None:
    held = lock(row)
    if held.state not in OPEN or held.overdue_at is not None or held.due_at > at:
        raise Refused(returns.due_said(held.due_at, at))
    changes = base.change(held, at=at, overdue_at=held.due_at)
    journal.note("return.overdue", held, by=by, at=at, changes=changes)


@atomic
def _raise(row: Return, *, by: Reader, at: datetime) -> None:
    held = lock(row)
    if held.state not in OPEN or held.escalated_at is not None or held.escalate_at is None or held.escalate_at > at:
        raise Refused(returns.due_said(held.due_at, at))
    changes = base.change(held, at=at, escalated_at=at)
    journal.note("return.escalated", held, by=by, at=at, changes=changes)
