"""What became of all that an event set going: needs with their public state, actions, what is overdue first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.events import Action, Event, Statement
from grandunion.terms.events import ActionState, StatementKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text, either
from grandunion.work.queries import needs
from grandunion.work.queries.base import visible
from grandunion.work.queries.events.rows import actions_of, is_loose, statements

OVERDUE, LOOSE, OPEN, SETTLED = range(4)  # in this order they are shown


@dataclass(frozen=True, slots=True)
class Thread:
    """One statement that asks for something, or one action, with what became of it."""

    statement: Statement | None
    action: Action | None
    text: Text
    body: Text
    state: Text
    standing: int  # OVERDUE, LOOSE, OPEN or SETTLED
    number: str  # of the need or action
    is_open_to_reader: bool  # whether the reader may open that record
    due: date | None
    days_over: int
    result: Text

    @property
    def is_overdue(self) -> bool:
        return self.standing == OVERDUE

    @property
    def is_loose(self) -> bool:
        return self.standing == LOOSE

    @property
    def is_settled(self) -> bool:
        return self.standing == SETTLED


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Everything an event set going; overdue first, then what nobody took up, what is open, what is settled."""

    event: Event
    needs: tuple[Thread, ...]
    actions: tuple[Thread, ...]

    @property
    def threads(self) -> tuple[Thread, ...]:
        return _ordered((*self.needs, *self.actions))

    @property
    def is_complete(self) -> bool:
        """Whether everything that was raised or promised is under way or settled: nothing was forgotten."""
        return not any(one.is_loose for one in (*self.needs, *self.actions))

    @property
    def overdue(self) -> int:
        return sum(one.is_overdue for one in (*self.needs, *self.actions))

    @property
    def settled(self) -> int:
        return sum(one.is_settled for one in (*self.needs, *self.actions))


def follow_up(
    event: Event, reader: Reader, said: Sequence[Statement] | None = None, promised: Sequence[Action] | None = None
) -> FollowUp:
    """What became of an event that the reader has opened and whose minutes they may read."""
    said = statements(event) if said is None else said
    promised = actions_of(event) if promised is None else promised
    asked = [row for row in said if row.statement_kind == StatementKind.DIFFICULTY or row.need_id is not None]
    open_needs = set(
        needs.visible_to(reader).filter(pk__in=[row.need_id for row in asked]).values_list("pk", flat=True)
    )
    own = set(visible(Action, reader).filter(pk__in=[one.pk for one in promised]).values_list("pk", flat=True))
    taken = {one.statement_id for one in promised}
    loose = [row for row in said if row.statement_kind == StatementKind.COMMITMENT and row.pk not in taken]
    return FollowUp(
        event,
        _ordered(_of_need(row, reader.at, open_needs) for row in asked),
        _ordered([*(_of_action(one, reader.at, own) for one in promised), *map(_left, loose)]),
    )


def _pks(rows: QuerySet, wanted: list[int]) -> set[int]:
    """Which of these records the reader may open."""
    return set(rows.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


def _ordered(threads: Iterable[Thread]) -> tuple[Thread, ...]:
    return tuple(sorted(threads, key=lambda one: (one.standing, one.due or date.max)))


def _of_need(row: Statement, at: datetime, seen: set[int]) -> Thread:
    need = row.need
    if need is None:
        return _left(row)
    state = NEED_FLOW.state(need.state)
    due = timezone.localtime(need.due_at).date() if need.due_at and not state.is_final else None
    is_late = bool(due and need.due_at < at)
    return Thread(
        row, None, row.text, row.body, state.public_name,
        SETTLED if state.is_final else OVERDUE if is_late else OPEN,
        need.number, need.pk in seen, due, (timezone.localtime(at).date() - due).days if is_late else 0,
        NOTHING,
    )  # fmt: skip


def _of_action(one: Action, at: datetime, seen: set[int]) -> Thread:
    today, is_open = timezone.localtime(at).date(), one.state == ActionState.OPEN
    is_late = is_open and one.due_on < today
    return Thread(
        one.statement, one, one.title, called(one), ActionState(one.state).text,
        OVERDUE if is_late else OPEN if is_open else SETTLED,
        one.number, one.pk in seen, one.due_on if is_open else None, (today - one.due_on).days if is_late else 0,
        Text(one.result, one.result),
    )  # fmt: skip


def _left(row: Statement) -> Thread:
    """A statement that led to nothing: said why, or not yet looked at."""
    is_open = is_loose(row, ())
    state = Text("Not taken up yet", "尚未处理") if is_open else Text("Nothing follows", "无需跟进")
    note = Text(row.settled_note, row.settled_note)
    return Thread(row, None, row.text, row.body, state, LOOSE if is_open else SETTLED, "", False, None, 0, note)


def called(one: Action) -> Text:
    """Who does what was promised: the organisation, else as told, else the officer in charge."""
    if one.owner is not None:
        return one.owner.name
    if one.owner_zh or one.owner_en:
        return either(one.owner_en, one.owner_zh)
    return one.in_charge.name if one.in_charge else NOTHING


def next_after(event: Event, reader: Reader) -> Event | None:
    """The first event that follows this one, of those the reader may see."""
    return visible(Event, reader).filter(follows=event).order_by("starts_at", "pk").first()
