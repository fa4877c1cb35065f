"""What the clock does with needs: passes on, reminds, lets expire, raises, tells of what is due, archives."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, Q, QuerySet

from grandunion.engines.calendars import Run, due
from grandunion.records.needs import Assignment, Need
from grandunion.terms.clocks import Clock
from grandunion.terms.needs import CLOSED_NEED_STATES, AssignmentState, NeedState
from grandunion.terms.readers import Reader, house
from grandunion.terms.verdicts import Absent, Refused
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.answering import handle
from grandunion.work.actions.needs.desk import archive, escalate
from grandunion.work.actions.needs.dispatching import BY_ITSELF, dispatch_by_itself
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries import needs
from grandunion.work.queries.base import kept
from grandunion.work.queries.lists import working_calendar
from grandunion.work.queries.needs import DeskRules, Limit, clocks
from grandunion.work.queries.needs.calls import calls_due
from grandunion.work.queries.needs.deadlines import STEPS
from grandunion.work.queries.needs.listing import IMPORTED
from grandunion.work.queries.needs.routing import with_room

# Reasons as they stand in the journal, for readers of either language.
RAISED = "超期未办，自动提级 · overdue, raised by the clock"
LET_GO = "超期未接办 · not taken on in time"
HOUR = timedelta(hours=1)
ALONG = ("owner", "area", "subject", "industry")
ENDED = (*CLOSED_NEED_STATES, NeedState.MERGED, NeedState.SPAM, NeedState.CANCELLED)
MARKS = {"poke": "poked_at", "last_chance": "last_chance_at"}
VERBS = {"poke": "need.poked", "last_chance": "need.last_chance"}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that fell due at a moment; `do` does it if it still is to be done, and says whether it did."""

    moment: datetime
    pk: int
    do: Callable[[int, Reader, datetime], bool]


def run_due(by: Reader, at: datetime, limit: int = 200) -> int:
    """Do what is due at the moment `at`, the oldest first, each in a transaction of its own; answers how many.

    To be called again until it answers less than `limit`: a second call finds nothing that was done already.
    What an action refuses is left for the desk and stops nothing else.
    """
    rules = needs.desk_rules()
    found = [task for gather in GATHER for task in gather(rules, at, limit)]
    done = 0
    for task in sorted(found, key=lambda one: (one.moment, one.pk)):
        if done == limit:
            break
        try:
            done += task.do(task.pk, by, at)
        except Refused:
            continue
    return done


def _rows() -> QuerySet[Need]:
    return Need.objects.unscoped("the house does what is due, for nobody in particular")


def _held(pk: int) -> Need:
    """The need as it is now, held until the deed is kept, with what the actions read of it."""
    found = kept.of(_locked, [pk])
    if not found:
        raise Absent
    return found[0]


def _locked(ids: list[int]) -> QuerySet[Need]:
    return _rows().select_related(*ALONG, "merged_into").select_for_update(of=("self",)).filter(pk__in=ids)


def _mark(need: Need, **values: object) -> None:
    """Keep that something was told; a form somebody has open is not made stale by it."""
    _rows().filter(pk=need.pk).update(**values)


def _by_rule(rules: DeskRules, at: datetime, limit: int) -> Iterator[Task]:
    """Needs the house has not looked at since they changed, and those in the basket."""
    if not rules.is_automatic:
        return
    changed = Q(routed_at=None) | Q(routed_at__lt=F("updated_at"))
    rows = _rows().filter(state__in=BY_ITSELF, in_charge=None, received_at__lte=at)
    rows = rows.exclude(IMPORTED)  # a call published elsewhere waits until an officer takes it up
    for pk, moment in rows.filter(changed).order_by("received_at", "pk").values_list("pk", "received_at")[:limit]:
        yield Task(moment, pk, _pass_on)
    waiting = list(rows.filter(basket_at__lte=at).exclude(changed).select_related(*ALONG).order_by("received_at", "pk"))
    has_room = set(with_room(waiting, house(at)))
    for need in waiting:
        if need.pk in has_room:
            yield Task(need.received_at, need.pk, _pass_on)


@atomic
def _pass_on(pk: int, by: Reader, at: datetime) -> bool:
    need = _held(pk)
    did = dispatch_by_itself(need, by=by, at=at)
    _mark(need, routed_at=at)
    return did


def _reminders(rules: DeskRules, at: datetime, limit: int) -> Iterator[Task]:
    """Assignments nobody has taken on: poke, last chance, and in the end they expire.

    Each gets the last word that is due: after a worker has been down, a last chance is not led by a late poke.
    """
    steps = sorted((_length(one), one.step) for one in rules.reminders if one.step in REMINDERS)
    for place, (length, step) in enumerate(steps):
        after = steps[place + 1][0] if place + 1 < len(steps) else None
        found = _unreminded(step, at - length, at - after if after else None)[:limit]
        for pk, moment in _reminded_at(Clock(hours=length // HOUR), list(found)):
            if moment is not None and moment <= at:
                yield Task(moment, pk, REMINDERS[step])


def _reminded_at(clock: Clock, rows: list[tuple]) -> Iterator[tuple[int, datetime | None]]:
    """When each of the assignments is to be reminded; all that is asked for this is asked once."""
    if rows:
        stood, calendar = clocks.pauses_of([need for _, _, need in rows]), working_calendar()
        for pk, assigned_at, need in rows:
            yield pk, due(Run(clock, assigned_at), stood.get(need, ()), calendar)


def _unreminded(step: str, until: datetime, since: datetime | None) -> QuerySet:
    """Waiting assignments of the days at which a reminder is due, without that reminder: id, moment, need."""
    span = {"assigned_at__lte": until} | ({"assigned_at__gt": since} if since else {})
    mark = {MARKS[step]: None} if step in MARKS else {}
    rows = Assignment.objects.unscoped("the house does what is due, for nobody in particular").filter(
        state=AssignmentState.WAITING, need__state=NeedState.DISPATCHED, need__paused_at=None, **span, **mark
    )
    return rows.order_by("assigned_at", "pk").values_list("pk", "assigned_at", "need")


def _length(limit: Limit) -> timedelta:
    """A reminder counts time as it passes, whatever its unit."""
    return timedelta(hours=limit.clock.hours or 24 * (limit.clock.working_days or 1))


def _waiting(pk: int) -> Assignment | None:
    """The assignment, held, if it still waits."""
    row = (
        Assignment.objects.unscoped("the house does what is due, for nobody in particular")
        .select_for_update(of=("self",))
        .select_related("organisation", "user")
    )
    found = row.filter(pk=pk, state=AssignmentState.WAITING).first()
    if found is not None:
        found.need = _held(found.need_id)
    return found


def _reminding(step: str) -> Callable[[int, Reader, datetime], bool]:
    @atomic
    def remind(pk: int, by: Reader, at: datetime) -> bool:
        row = _waiting(pk)
        if row is None or getattr(row, MARKS[step]) is not None:
            return False
        setattr(row, MARKS[step], at)
        row.save(update_fields=[MARKS[step]])
        told = {"answerer": (row.organisation or row.user).name.zh, "assignment": row.pk}
        journal.note(VERBS[step], row.need, by=by, at=at, changes={name: (None, value) for name, value in told.items()})
        return True

    return remind


@atomic
def _let_go(pk: int, by: Reader, at: datetime) -> bool:
    """Nobody took it on: the assignment expires, and where it was the last the enterprise gets word."""
    row = _waiting(pk)
    if row is None:
        return False
    handle(row, "expire", by=by, at=at, reason=LET_GO)
    if row.need.state == NeedState.TRIAGE:
        journal.note("need.abandoned", row.need, by=by, at=at)
    return True


REMINDERS = {"poke": _reminding("poke"), "last_chance": _reminding("last_chance"), "abandon": _let_go}


def _overdue(rules: DeskRules, at: datetime, limit: int) -> Iterator[Task]:
    """Deadlines that have passed: told once each, and raised one level when the grace is over."""
    rows = _rows().filter(due_at__lte=at).exclude(state__in=ENDED).order_by("due_at", "pk")
    told = rows.filter(Q(due_told_at=None) | ~Q(due_told_at=F("due_at")))
    for pk, moment in told.values_list("pk", "due_at")[:limit]:
        yield Task(moment, pk, _tell_overdue)
    levels = needs.levels()
    if rules.escalate_after is None or len(levels) < 2:
        return
    late = list(
        rows.filter(state__in=tuple(STEPS), escalations__lt=len(levels) - 1).values_list("pk", "due_at")[:limit]
    )
    calendar = working_calendar() if late else None
    for pk, due_at in late:
        moment = calendar.due(due_at, rules.escalate_after.clock)
        if moment is not None and moment <= at:
            yield Task(moment, pk, _raise)


@atomic
def _tell_overdue(pk: int, by: Reader, at: datetime) -> bool:
    need = _held(pk)
    if need.due_at is None or need.due_at > at or need.due_told_at == need.due_at:
        return False
    _mark(need, due_told_at=need.due_at)
    journal.note("need.overdue", need, by=by, at=at, changes={"due_at": (None, need.due_at)})
    return True


@atomic
def _raise(pk: int, by: Reader, at: datetime) -> bool:
    need = _held(pk)
    if need.state not in STEPS or need.due_at is None or need.due_at > at or not permissions.may_be_raised(need):
        return False
    escalate(need, reason=RAISED, by=by, at=at)
    return True


def _calls(rules: DeskRules, at: datetime, limit: int) -> Iterator[Task]:
    """Closed needs whose applicants are to be called now."""
    rows = _rows().filter(calls_due(at)).filter(Q(call_told_at=None) | ~Q(call_told_at=F("call_due_at")))
    for pk, moment in rows.order_by("call_due_at", "pk").values_list("pk", "call_due_at")[:limit]:
        yield Task(moment, pk, _tell_call)


@atomic
def _tell_call(pk: int, by: Reader, at: datetime) -> bool:
    need = _held(pk)
    if need.call_due_at is None or need.call_due_at > at or need.call_told_at == need.call_due_at:
        return False
    _mark(need, call_told_at=need.call_due_at)
    journal.note("need.call_due", need, by=by, at=at)
    return True


def _drafts(rules: DeskRules, at: datetime, limit: int) -> Iterator[Task]:
    """Needs somebody began to write and left: reminded once."""
    if rules.remind_draft_after is None:
        return
    left = at - rules.remind_draft_after
    rows = _rows().filter(state=NeedState.DRAFT, draft_told_at=None, updated_at__lte=left)
    for pk, moment in rows.order_by("updated_at", "pk").values_list("pk", "updated_at")[:limit]:
        yield Task(moment + rules.remind_draft_after, pk, _tell_draft)


@atomic
def _tell_draft(pk: int, by: Reader, at: datetime) -> bool:
    need = _held(pk)
    if need.state != NeedState.DRAFT or need.draft_told_at is not None:
        return False
    _mark(need, draft_told_at=at)
    journal.note("need.unfinished", need, by=by, at=at)
    return True


def _old(rules: DeskRules, at: datetime, limit: int) -> Iterator[Task]:
    """What ended a year ago leaves the lists."""
    if rules.archive_after is None:
        return
    rows = _rows().filter(state__in=ENDED, archived_at=None, closed_at__lte=at - rules.archive_after)
    for pk, moment in rows.order_by("closed_at", "pk").values_list("pk", "closed_at")[:limit]:
        yield Task(moment + rules.archive_after, pk, _archive)


@atomic
def _archive(pk: int, by: Reader, at: datetime) -> bool:
    need = _held(pk)
    if need.archived_at is not None or need.state not in ENDED:
        return False
    archive(need, by=by, at=at)
    return True


GATHER = (_by_rule, _reminders, _overdue, _calls, _drafts, _old)
