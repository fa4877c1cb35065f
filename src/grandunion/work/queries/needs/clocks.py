"""The clocks of a need: which runs, what stood still when, and any deadline as it stood at any moment."""

from datetime import datetime

from django.db.models import QuerySet

from grandunion.engines.calendars import as_known
from grandunion.records.needs import ClockRun, Need, Question
from grandunion.terms.clocks import Interval
from grandunion.terms.needs import Correction, LimitUnit
from grandunion.work.queries.base import kept
from grandunion.work.queries.needs.deadlines import Deadlines, Limit


def questions(need: Need) -> list[Question]:
    """What the applicant of a need the reader has opened was asked, in the order of asking."""
    return kept.of(_questions, [need.pk])


def _questions(ids: list[int]) -> QuerySet[Question]:
    rows = Question.objects.unscoped("questions to the applicant of a need the reader has opened").filter(need__in=ids)
    return rows.select_related("asked_by").order_by("asked_at", "pk")


def pauses(need: Need) -> tuple[Interval, ...]:
    """When the applicant owed an answer; a question answered in the moment of asking is no pause."""
    return pauses_of([need.pk]).get(need.pk, ())


def pauses_of(ids: list[int]) -> dict[int, tuple[Interval, ...]]:
    """The same of several needs in one question, by the need's id."""
    found: dict[int, tuple[Interval, ...]] = {}
    for pk, start, end in kept.of(_spans, ids):
        if end is None or end > start:
            found[pk] = (*found.get(pk, ()), Interval(start, end))
    return found


def _spans(ids: list[int]) -> QuerySet:
    rows = Question.objects.unscoped("the clocks of a need the reader has opened, or the house counts")
    return rows.filter(need__in=ids).order_by("asked_at", "pk").values_list("need", "asked_at", "answered_at")


def runs(need: Need) -> list[ClockRun]:
    """Every limit that ran or runs for the need and its assignments, in the order of time."""
    return list(
        ClockRun.objects.unscoped("the clocks of a need the reader has opened, or the house counts")
        .filter(need=need)
        .order_by("starts_at", "pk")
    )


def running(need: Need) -> list[ClockRun]:
    """The limits that run now: the need's own and those of its assignments."""
    return kept.of(_running, [need.pk])


def _running(ids: list[int]) -> QuerySet[ClockRun]:
    rows = ClockRun.objects.unscoped("the clocks of a need the reader has opened, or the house counts")
    found = rows.filter(need__in=ids, ends_at=None).select_related("assignment")
    return found.order_by("starts_at", "pk")


def limit(run: ClockRun) -> Limit:
    """The limit that a run is of."""
    return Limit(run.step, run.within, LimitUnit(run.unit), Correction(run.on_correction))


def due_as_of(need: Need, at: datetime, known: Deadlines) -> datetime | None:
    """When the need was due as anybody could know at the moment `at`: by its limit, and the answers till then."""
    own = [run for run in runs(need) if run.assignment_id is None and run.starts_at <= at]
    current = next((run for run in own if run.ends_at is None or run.ends_at > at), None)
    if current is None:
        return None
    return known.due(limit(current), current.starts_at, as_known(pauses(need), at))
