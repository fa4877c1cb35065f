"""Who gets a place when one is free: whoever has waited longest."""

from datetime import datetime

from grandunion.engines.flows import REGISTRATION_FLOW
from grandunion.records.events import Event
from grandunion.terms.events import EventState, RegistrationState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.work.actions import base, journal
from grandunion.work.permissions.base import Standing
from grandunion.work.queries import events

TAKES_PEOPLE = (EventState.REGISTRATION_OPEN, EventState.CLOSED)


def fill_places(event: Event, *, by: Reader, at: datetime) -> int:
    """Move people up from the waiting list into free places, in the order of their coming; answers how many.

    The house does this by its rule, whoever made the place free.
    """
    if event.state not in TAKES_PEOPLE:
        return 0
    moved = 0
    for row in events.registrations(event).filter(state=RegistrationState.WAITLISTED):
        if not events.has_place(event):
            break
        row.event = event
        stand = Standing(events.registration_facts(row, at), frozenset({Part.SYSTEM}))
        base.move(row, REGISTRATION_FLOW, "approve", stand, by=by, at=at)
        journal.note("event.promoted", event, by=by, at=at, changes={"registration": (None, row.number)})
        moved += 1
    return moved
