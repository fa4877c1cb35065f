"""Winds the clocks of a need: a limit begins with a state, stands still with a question, ends with the next state."""

from datetime import datetime

from grandunion.records.needs import Assignment, ClockRun, Need
from grandunion.terms.needs import OPEN_ASSIGNMENT_STATES, NeedState
from grandunion.work.queries import needs
from grandunion.work.queries.needs import Deadlines, Limit, clocks
from grandunion.work.queries.needs.deadlines import STEPS

# Each of these begins its own time, even where the limit has the same name as before.
ANEW = frozenset({NeedState.REOPENED, NeedState.ESCALATED})


def turn(need: Need, target: str, at: datetime, *, category: str = "", is_complex: bool | None = None) -> dict:
    """The clock of the state a need comes into; answers the columns that change: when it is due, whether it waits.

    Where the same limit binds both states its clock goes on; an answer that is still owed keeps it standing, unless
    the need leaves the desk.
    """
    known = needs.deadlines()
    raised = need.escalations > 0 if is_complex is None else is_complex
    wanted = known.limit(target, category or need.category, is_complex=raised)
    if target not in STEPS and need.paused_at is not None:
        settle(need, at)
    current = next((run for run in clocks.running(need) if run.assignment_id is None), None)
    if current is not None and (wanted != clocks.limit(current) or target in ANEW):
        stop(current, at)
        current = None
    if wanted is None:
        return {"due_at": None, "paused_at": None}
    start = current.starts_at if current else begin(need, wanted, at).starts_at
    due_at = known.due(wanted, start, clocks.pauses(need))
    return {"due_at": due_at, "paused_at": need.paused_at if target in STEPS else None}


def rewind(need: Need, at: datetime) -> None:
    """The need has another category: the limit of its service level is counted from where the old one began."""
    known = needs.deadlines()
    wanted = known.limit(need.state, need.category, is_complex=need.escalations > 0)
    current = next((run for run in clocks.running(need) if run.assignment_id is None), None)
    if wanted is None or current is None or wanted == clocks.limit(current):
        return
    stop(current, at)
    begin(need, wanted, current.starts_at)
    need.due_at = known.due(wanted, current.starts_at, clocks.pauses(need))
    need.save(update_fields=["due_at"])


def begin(need: Need, wanted: Limit, at: datetime, assignment: Assignment | None = None) -> ClockRun:
    """A limit begins to run."""
    return ClockRun.objects.create(
        need=need, assignment=assignment, step=wanted.step, within=wanted.within, unit=wanted.unit.value,
        on_correction=wanted.on_correction.value, starts_at=at,
    )  # fmt: skip


def stop(run: ClockRun, at: datetime) -> None:
    """A limit runs no longer."""
    run.ends_at = max(at, run.starts_at)
    run.save(update_fields=["ends_at"])


def settle(need: Need, at: datetime) -> None:
    """Nobody waits for the applicant's answer any more."""
    for question in clocks.questions(need):
        if question.answered_at is None:
            question.answered_at = max(at, question.asked_at)
            question.save(update_fields=["answered_at"])


def assigned(row: Assignment, known: Deadlines, at: datetime) -> datetime | None:
    """The clock of an assignment begins; answers when it is due."""
    wanted = known.assignment_limit(row.need.category)
    begin(row.need, wanted, at, row)
    return known.due(wanted, at, clocks.pauses(row.need))


def done(row: Assignment, at: datetime) -> None:
    """The clock of an assignment ends with it."""
    for run in clocks.running(row.need):
        if run.assignment_id == row.pk:
            stop(run, at)


def recount(need: Need) -> datetime | None:
    """Count all that runs again, after a question or its answer; answers when the need itself is due."""
    known, stood, own = needs.deadlines(), clocks.pauses(need), None
    for run in clocks.running(need):
        due_at = known.due(clocks.limit(run), run.starts_at, stood)
        if run.assignment is None:
            own = due_at
        elif run.assignment.state in OPEN_ASSIGNMENT_STATES:
            run.assignment.due_at = due_at
            run.assignment.save(update_fields=["due_at"])
    return own
