"""Everything an event's page shows, read in a bounded number of queries and only as deep as the reader reads."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from grandunion.records.events import Action, AgendaItem, Event, Registration, Statement
from grandunion.records.matches import Round
from grandunion.terms.events import MINUTED_STATES, EventState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.work.queries.base import visible
from grandunion.work.queries.events.follow_up import FollowUp, follow_up, next_after
from grandunion.work.queries.events.rows import (
    actions_of,
    agenda,
    counted,
    own_registrations,
    places_left,
    statements,
    visible_to,
)

CONFIRMED = MINUTED_STATES - {EventState.MINUTES_DRAFT}


@dataclass(frozen=True, slots=True)
class EventPage:
    """What an event's page shows; what is deeper than the reader's class is not there at all."""

    fields: Mapping[str, object]
    agenda: tuple[AgendaItem, ...]
    counts: Counter[str]
    left: int | None  # places; None: as many as come
    own: tuple[Registration, ...]
    statements: tuple[Statement, ...]
    follow_up: FollowUp | None
    before: FollowUp | None  # what the event that this one follows set going
    follows: Event | None
    next: Event | None
    leads_to_round: bool = False  # whether the reader may open the match round that it belongs to


def page(event: Event, reader: Reader, depth: Secrecy, *, is_desk: bool) -> EventPage:
    """The page of an event that the reader has opened; minutes whole for the desk, for others their own words."""
    said, promised = statements(event), actions_of(event) if is_desk else []
    counts = counted(event)
    knows = depth >= Secrecy.S1 and event.follows_id
    follows = visible_to(reader).filter(pk=event.follows_id).first() if knows else None
    return EventPage(
        fields={name: getattr(event, name) for name, secrecy in event.secrecy.items() if secrecy <= depth},
        agenda=tuple(agenda(event)),
        counts=counts,
        left=places_left(event, counts),
        own=tuple(own_registrations(event, reader)),
        statements=tuple(said if is_desk else _own(event, said, reader)),
        follow_up=follow_up(event, reader, said, promised) if is_desk and said else None,
        before=follow_up(follows, reader) if follows is not None and is_desk else None,
        follows=follows,
        next=next_after(event, reader) if depth >= Secrecy.S1 else None,
        leads_to_round=bool(event.round_number) and _opens_round(event.round_number, reader),
    )


def _opens_round(number: str, reader: Reader) -> bool:
    return visible(Round, reader).filter(number=number).exists()


def _own(event: Event, said: list[Statement], reader: Reader) -> list[Statement]:
    """What was said for the reader's own organisations, once the minutes are confirmed."""
    if event.state not in CONFIRMED:
        return []
    return [row for row in said if row.organisation_id in reader.organisation_ids]


@dataclass(frozen=True, slots=True)
class ActionPage:
    """What an action's page shows; the event only where the reader may open it."""

    fields: Mapping[str, object]
    event: Event | None
    statement: Statement | None


def action_page(action: Action, reader: Reader, depth: Secrecy) -> ActionPage:
    """The page of an action that the reader has opened."""
    fields = {name: getattr(action, name) for name, secrecy in action.secrecy.items() if secrecy <= depth}
    event = visible(Event, reader).filter(pk=action.event_id).first()
    return ActionPage(fields, event, action.statement if depth >= Secrecy.S2 else None)
