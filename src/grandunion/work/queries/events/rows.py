"""The events and actions a reader may see, what belongs to each, and the facts their flows read."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.events import Action, AgendaItem, Event, Registration, Statement
from grandunion.terms.events import SEATED, ActionState, CameBy, EventState, RegistrationState, StatementKind
from grandunion.terms.readers import Reader
from grandunion.work.queries.base import one, opened, visible
from grandunion.work.queries.base.kept import of

DRAWN = ("owner", "area", "in_charge", "follows", "minutes_by", "confirmed_by")
DRAWN_OF_ACTION = ("owner", "area", "in_charge", "event", "statement")
DOOR_STATES = (EventState.REGISTRATION_OPEN, EventState.CLOSED, EventState.HELD, EventState.MINUTES_DRAFT)
BY_DESK = (CameBy.DESK, CameBy.FILE)  # an enterprise may be on the list without saying who comes
RS, K = RegistrationState, StatementKind


def visible_to(reader: Reader) -> QuerySet[Event]:
    """The events the reader may see."""
    return visible(Event, reader)


def get(number: str, reader: Reader) -> Event:
    """The event with this number, if the reader may see it."""
    return opened(Event, reader, *DRAWN, number=number)


def actions_visible_to(reader: Reader) -> QuerySet[Action]:
    """The promised actions the reader may see."""
    return visible(Action, reader)


def get_action(number: str, reader: Reader) -> Action:
    """The action with this number, if the reader may see it."""
    return opened(Action, reader, *DRAWN_OF_ACTION, number=number)


def agenda(event: Event) -> list[AgendaItem]:
    """What is on at an event that was opened, in its order."""
    return of(_agenda, [event.pk])


def _agenda(ids: list[int]) -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.unscoped("the agenda of an event the reader has opened").filter(event__in=ids)
    return rows.select_related("organisation").order_by("place")


def agenda_item(event: Event, pk: int) -> AgendaItem:
    """One point of the agenda of an event that was opened."""
    return one(AgendaItem.objects.unscoped("a point of an event the reader has opened").filter(event=event), pk=pk)


def registrations(event: Event) -> QuerySet[Registration]:
    """Everybody registered for an event that was opened, those who came first, first."""
    rows = Registration.objects.unscoped("registrations of an event the reader has opened").filter(event=event)
    return rows.select_related("organisation", "user").order_by("registered_at", "pk")


def registration(event: Event, pk: int) -> Registration:
    """One registration for an event that was opened."""
    found = one(registrations(event), pk=pk)
    found.event = event
    return found


def came_to(event: Event) -> list[str]:
    """The numbers of the organisations that came to an event that was opened, to be invited to the next."""
    here = registrations(event).filter(state__in=(RS.ATTENDED, RS.COMPLETE)).exclude(organisation=None)
    return list(dict.fromkeys(here.values_list("organisation__number", flat=True)))


def own_registrations(event: Event, reader: Reader) -> list[Registration]:
    """The reader's own registrations for an event, and those of the organisations whose affairs they manage."""
    if not reader.is_signed_in:
        return []
    mine = Q(user=reader.user_id) | Q(organisation__in=reader.organisation_ids)
    if reader.person_id is not None:
        mine |= Q(person=reader.person_id)
    return list(registrations(event).filter(mine))


def fingerprint(key: str) -> str:
    """What is kept of the key by which somebody without an account follows a registration."""
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def followed(key: str) -> Registration:
    """The registration whose key somebody holds."""
    rows = Registration.objects.unscoped("the holder of a registration's key follows it without an account")
    rows = rows.select_related("event", "organisation").exclude(tracking="")
    return one(rows, tracking=fingerprint(key))


def counted(event: Event) -> Counter[str]:
    """How many registrations stand in each state; of a purged event what was kept of them."""
    if event.purged_at:
        return Counter(event.counts.get("states", {}))
    rows = Registration.objects.unscoped("how many are registered for an event the reader has opened")
    return Counter(rows.filter(event=event).values_list("state", flat=True))


def places_left(event: Event, counts: Counter[str] | None = None) -> int | None:
    """How many places are free; None where as many may come as like."""
    if event.capacity is None:
        return None
    counts = counted(event) if counts is None else counts
    return max(0, event.capacity - sum(counts[state] for state in SEATED))


def statements(event: Event) -> list[Statement]:
    """What was said at an event that was opened, in its order."""
    return of(_statements, [event.pk])


def _statements(ids: list[int]) -> QuerySet[Statement]:
    rows = Statement.objects.unscoped("the minutes of an event the reader has opened").filter(event__in=ids)
    return rows.select_related("organisation", "topic", "need").order_by("place")


def statement(event: Event, pk: int) -> Statement:
    """One statement of an event that was opened."""
    rows = Statement.objects.unscoped("a statement of an event the reader has opened").filter(event=event)
    found = one(rows.select_related("organisation", "topic", "need"), pk=pk)
    found.event = event
    return found


def actions_of(event: Event) -> list[Action]:
    """What was promised at an event that was opened; those due first, first."""
    return of(_actions, [event.pk])


def _actions(ids: list[int]) -> QuerySet[Action]:
    rows = Action.objects.unscoped("what was promised at an event the reader has opened").filter(event__in=ids)
    return rows.select_related("owner", "in_charge", "statement").order_by("due_on", "pk")


def is_loose(row: Statement, taken_up: Iterable[int]) -> bool:
    """Whether a difficulty or a commitment has led to nothing, and nobody has said why."""
    if row.settled_note:
        return False
    if row.statement_kind == K.DIFFICULTY:
        return row.need_id is None
    return row.statement_kind == K.COMMITMENT and row.pk not in taken_up


def has_open_need(row: Statement) -> bool:
    """Whether the need that a statement led to is still under way."""
    return row.need is not None and not NEED_FLOW.state(row.need.state).is_final


def facts(
    event: Event, at: datetime, said: Sequence[Statement] | None = None, promised: Sequence[Action] | None = None
) -> dict:
    """What the flow of events reads about this event; see `engines.flows.events.EVENT_FACTS`."""
    said = statements(event) if said is None else said
    promised = actions_of(event) if promised is None else promised
    taken_up = {one.statement_id for one in promised}
    loose = Counter(row.statement_kind for row in said if is_loose(row, taken_up))
    return {
        "place": event.place_zh or event.place_en,
        "retain_until": event.retain_until,
        "has_begun": event.starts_at <= at,
        "statements": len(said),
        "loose_difficulties": loose[K.DIFFICULTY],
        "loose_commitments": loose[K.COMMITMENT],
        "open_actions": sum(one.state == ActionState.OPEN for one in promised),
        "open_needs": sum(has_open_need(row) for row in said),
    }


def registration_facts(row: Registration, at: datetime, *, is_free: bool | None = None) -> dict:
    """What the flow of registrations reads; see `engines.flows.events.REGISTRATION_FACTS`.

    Whether a place `is_free` is counted, unless somebody who reads many registrations has counted it.
    """
    return {
        "name": row.name_zh or row.name_en or (row.body.zh if row.came_by in BY_DESK else ""),
        "has_place": has_place(row.event) if is_free is None else is_free,
        "has_begun": row.event.starts_at <= at,
        "is_door_open": row.event.state in DOOR_STATES and row.event.starts_at.date() <= at.date(),
    }


def has_place(event: Event) -> bool:
    """Whether somebody more may come."""
    left = places_left(event)
    return left is None or left > 0
