"""The clocks of a need: which runs, what stood still when, and any deadline as it stood at any moment."""

from datetime import datetime

from grandunion.engines.calendars import as_known
from grandunion.records.needs import ClockRun, Need, Question
from grandunion.terms.clocks import Interval
from grandunion.terms.needs import Correction, LimitUnit
from grandunion.work.queries.needs.deadlines import Deadlines, Limit


def questions(need: Need) -> list[Question]:
    """What the applicant of a need the reader has opened was asked, in the order of asking."""
    rows = Question.objects.unscoped("questions to the applicant of a need the reader has opened").filter(need=need)
    return list(rows.select_related("asked_by").order_by("asked_at", "pk"))


def pauses(need: Need) -> tuple[Interval, ...]:
    """When the applicant owed an answer; a question answered in the moment of asking is no pause."""
    rows = (
        Question.objects.unscoped("the clocks of a need the reader has opened, or the house counts")
        .filter(need=need)
        .order_by("asked_at", "pk")
    )
    spans = rows.values_list("asked_at", "answered_at")
    return tuple(Interval(start, end) for start, end in spans if end is None or end > start)


def runs(need: Need) -> list[ClockRun]:
    """Every limit that ran or runs for the need and its assignments, in the order of time."""
    return list(
        ClockRun.objects.unscoped("the clocks of a need the reader has opened, or the house counts")
        .filter(need=need)
        .order_by("starts_at", "pk")
    )


def running(need: Need) -> list[ClockRun]:
    """The limits that run now: the need's own and those of its assignments."""
    rows = ClockRun.objects.unscoped("the clocks of a need the reader has opened, or the house counts").filter(
        need=need, ends_at=None
    )
    return list(rows.select_related("assignment").order_by("starts_at", "pk"))


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
