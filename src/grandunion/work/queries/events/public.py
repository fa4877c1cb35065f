"""Events as anybody may read them: what is public of those that are announced; never who comes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import QuerySet

from grandunion.engines.flows import EVENT_FLOW, REGISTRATION_FLOW
from grandunion.records.events import AgendaItem, Event, Registration
from grandunion.terms.events import EventKind, EventState
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.text import Text, either
from grandunion.work.queries.base import one, visible
from grandunion.work.queries.events.listing import LISTING
from grandunion.work.queries.events.rows import agenda, followed, places_left


@dataclass(frozen=True, slots=True)
class PublicEvent:
    """A public event; fields that are not public are not here."""

    number: str
    title: Text
    state: Text
    kind: EventKind
    text: Text
    place: Text
    starts_at: datetime
    ends_at: datetime
    registers_until: datetime
    is_open: bool  # whether one can still register
    needs_approval: bool
    capacity: int | None
    left: int | None
    is_over: bool
    agenda: tuple[AgendaItem, ...] = ()

    @property
    def is_full(self) -> bool:
        return self.left == 0


def _public(reader: Reader) -> QuerySet[Event]:
    return visible(Event, visitor(reader.at))


# Only public columns may be asked about: whose event it is, or who is registered, is nobody's business.
PUBLIC_EVENTS = replace(
    LISTING,
    name=Text("Meetings and roadshows", "会议与路演"),
    filters=tuple(known for known in LISTING.filters if known.code in ("when", "kind")),
    scope=_public,
)


def public_event(number: str, at: datetime) -> PublicEvent:
    """The public event with this number, with its agenda; Absent if there is none, or it is not public."""
    row = one(_public(visitor(at)), number=number)
    return replace(_told(row, at), left=places_left(row), agenda=tuple(agenda(row)))


def public_record(number: str, at: datetime) -> Event:
    """The record of a public event, for an action at its public door."""
    return one(_public(visitor(at)), number=number)


def public_events(rows: Iterable[Event], at: datetime) -> tuple[PublicEvent, ...]:
    """Rows of `PUBLIC_EVENTS` as anybody may read them."""
    return tuple(_told(row, at) for row in rows)


def coming(at: datetime, limit: int) -> tuple[PublicEvent, ...]:
    """The public events that are not over, the next first."""
    rows = _public(visitor(at)).filter(ends_at__gte=at).order_by("starts_at", "pk")
    return public_events(rows[:limit], at)


def is_open_to_register(event: Event, at: datetime) -> bool:
    """Whether somebody can register now."""
    return event.state == EventState.REGISTRATION_OPEN and at < (event.registers_until or event.starts_at)


def _told(row: Event, at: datetime) -> PublicEvent:
    return PublicEvent(
        number=row.number,
        title=row.title,
        state=EVENT_FLOW.state(row.state).public_name,
        kind=EventKind(row.event_kind),
        text=either(row.text_en, row.text_zh),
        place=row.place,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        registers_until=row.registers_until or row.starts_at,
        is_open=is_open_to_register(row, at),
        needs_approval=row.needs_approval,
        capacity=row.capacity,
        left=None,
        is_over=row.ends_at < at,
    )


@dataclass(frozen=True, slots=True)
class Ticket:
    """A registration as the holder of its key follows it."""

    row: Registration
    event: PublicEvent
    state: Text
    may_withdraw: bool


def ticket(key: str, at: datetime) -> Ticket:
    """The registration whose key somebody holds; Absent without it."""
    row = followed(key)
    codes = {move.code for move in REGISTRATION_FLOW.moves_from(row.state)}
    return Ticket(row, _told(row.event, at), REGISTRATION_FLOW.state(row.state).public_name, "withdraw" in codes)
