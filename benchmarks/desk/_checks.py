"""What must hold after the quarter: deadlines to the minute, nothing lost, nothing twice, nobody overloaded."""

import random
from collections import Counter
from datetime import datetime, timedelta

from grandunion.engines.calendars import Run, WorkingCalendar, as_known, due
from grandunion.engines.calendars.reference import due_by_ticking
from grandunion.engines.flows import derived_state
from grandunion.records.journal import Entry
from grandunion.records.needs import Assignment, ClockRun, Need, Question
from grandunion.terms.clocks import Interval
from grandunion.terms.needs import NeedState
from grandunion.terms.readers import house
from grandunion.work.actions.needs.due import run_due
from grandunion.work.queries import journal
from grandunion.work.queries.needs import clocks, of_this_round
from grandunion.work.queries.needs.deadlines import STEPS

FAR = timedelta(days=45)


def against_the_ticking_clock(calendar: WorkingCalendar, now: datetime, sample: int) -> tuple[int, int, list[str]]:
    """Limits that ran, each as of three moments, counted again by the clock that ticks minute by minute.

    All moments are rounded down to the minute first, for the slow clock knows no seconds. Answers how many deadlines
    were compared, how many had a pause in them, and those that differ.
    """
    dice = random.Random(20260401)  # noqa: S311 - a sample, not a secret
    rows = list(ClockRun.objects.unscoped("after the quarter everything is counted").order_by("pk"))
    compared = with_pause = 0
    wrong: list[str] = []
    for row in dice.sample(rows, min(sample, len(rows))):
        pauses = _pauses(row.need_id)
        run = Run(clocks.limit(row).clock, _whole(row.starts_at))
        ends_at = row.ends_at or now
        for share in (0.1, 0.6, 1.0):
            at = run.starts_at + (ends_at - run.starts_at) * share
            known = as_known(pauses, at)
            fast, until = due(run, known, calendar), run.starts_at + FAR
            slow = due_by_ticking(run, known, calendar, until)
            compared, with_pause = compared + 1, with_pause + bool(known)
            if slow != (fast if fast is not None and fast <= until else None):
                wrong.append(f"{row.pk}: {fast} against {slow}")
    return compared, with_pause, wrong


def _pauses(need_id: int) -> list[Interval]:
    rows = Question.objects.unscoped("after the quarter everything is counted").filter(need=need_id)
    spans = [(_whole(one.asked_at), _whole(one.answered_at) if one.answered_at else None) for one in rows]
    return [Interval(start, end) for start, end in spans if end is None or end > start]


def _whole(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def kept_deadlines(calendar: WorkingCalendar) -> tuple[int, list[str]]:
    """Every deadline a need or an open assignment shows, counted anew from its runs and pauses."""
    wrong, count = [], 0
    for need in Need.objects.unscoped("after the quarter everything is counted").filter(state__in=tuple(STEPS)):
        pauses = clocks.pauses(need)
        for run in clocks.running(need):
            shown = run.assignment.due_at if run.assignment else need.due_at
            if run.assignment and run.assignment.state not in ("waiting", "taking_care"):
                continue
            count += 1
            if due(Run(clocks.limit(run).clock, run.starts_at), pauses, calendar) != shown:
                wrong.append(f"{need.number} {run.step}: shows {shown}")
    return count, wrong


def faults(now: datetime, capacity: int) -> dict[str, int]:
    """How often each promise is broken; every number must be zero."""
    rows = list(Assignment.objects.unscoped("after the quarter everything is counted").order_by("assigned_at", "pk"))
    by_need: dict[int, list[Assignment]] = {}
    for row in rows:
        by_need.setdefault(row.need_id, []).append(row)
    needs = Need.objects.unscoped("after the quarter everything is counted")
    dispatched = {need.pk: need for need in needs.filter(state=NeedState.DISPATCHED)}
    told = Counter(Entry.objects.filter(verb__in=("need.poked", "need.last_chance")).values_list("verb", "subject_id"))
    marks = sum((row.poked_at is not None) + (row.last_chance_at is not None) for row in rows)
    return {
        "needs that are dispatched to nobody": sum(
            derived_state(row.state for row in of_this_round(need, by_need.get(pk, ()))) != NeedState.DISPATCHED
            for pk, need in dispatched.items()
        ),
        "reminders told twice": sum(told.values()) - marks,
        "waiting longer than 45 days": sum(
            row.state == "waiting" and row.assigned_at < now - timedelta(days=46) for row in rows
            if row.need_id in dispatched
        ),
        "passed on by rule to a full office": _overloads(rows, capacity),
        "done again by a second run of the clock": run_due(house(now), now),
        "links of the journal's chain that do not hold": int(journal.first_broken() is not None),
    }  # fmt: skip


def _overloads(rows: list[Assignment], capacity: int) -> int:
    """Assignments the house made by itself when the office had as much open as it takes at once."""
    by_itself = set(Entry.objects.filter(verb="need.passed_on_by_rule").values_list("subject_id", "at"))
    by_office: dict[int, list[Assignment]] = {}
    for row in rows:
        by_office.setdefault(row.organisation_id, []).append(row)
    return sum(
        sum(one.assigned_at < row.assigned_at and (one.answered_at is None or one.answered_at > row.assigned_at)
            for one in by_office[row.organisation_id]) >= capacity
        for row in rows
        if (row.need_id, row.assigned_at) in by_itself
    )  # fmt: skip
