"""Events as a calendar: one of them, or all that concern somebody, under a secret address of their own."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import Q

from grandunion.adapters.calendars import Appointment, as_ics
from grandunion.records.events import CalendarKey, Event, Registration
from grandunion.terms.events import GONE, EventState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, either
from grandunion.work.queries import lists
from grandunion.work.queries.base import one
from grandunion.work.queries.events.rows import fingerprint, visible_to
from grandunion.work.queries.parties import reader_of

BACK = timedelta(days=90)
MOST = 500
MINE = Text("My events", "我的活动")
Address = Callable[[Event], str]


def ics_of(event: Event, language: str, at: datetime, address: Address) -> bytes:
    """One event that was opened as a calendar file; only what everybody reads who reads the event at all."""
    return as_ics([_entry(event, language, address)], name=event.title.in_(language), at=at)


def feed(key: str, language: str, at: datetime, address: Address) -> bytes:
    """The calendar of whoever holds a secret address; Absent where the address is not (or no longer) one.

    What it holds is judged anew at each reading: the events the person may see today and has to do with.
    """
    rows = CalendarKey.objects.unscoped("the holder of a calendar's secret address reads that calendar")
    kept = one(rows.select_related("user"), fingerprint=fingerprint(key), revoked_at=None)
    reader = reader_of(kept.user, at)
    name = Text("{mine} · {hub}", "{mine} · {hub}").fill(mine=MINE, hub=lists.hub().name).in_(language)
    return as_ics((_entry(row, language, address) for row in events_of(reader)), name=name, at=at)


def events_of(reader: Reader) -> list[Event]:
    """The events a person has to do with: registered, in charge, or of the areas an officer serves."""
    if not reader.is_signed_in:
        return []
    rows = Registration.objects.unscoped("which events the reader is registered for").exclude(state__in=sorted(GONE))
    own = rows.filter(Q(user=reader.user_id) | Q(organisation__in=reader.organisation_ids)).values("event")
    mine = Q(in_charge=reader.user_id) | Q(pk__in=own)
    if reader.is_officer:  # an officer of all areas has to do with every event
        mine = mine | Q(area__in=reader.areas) if reader.areas is not None else Q()
    found = visible_to(reader).filter(mine, ends_at__gte=reader.at - BACK)
    return list(found.order_by("starts_at", "pk")[:MOST])


def has_feed(reader: Reader) -> bool:
    """Whether the person has a calendar address that works."""
    rows = CalendarKey.objects.unscoped("whether the reader's own calendar address works")
    return rows.filter(user=reader.user_id, revoked_at=None).exists()


def _entry(event: Event, language: str, address: Address) -> Appointment:
    return Appointment(
        uid=f"{event.number}@grandunion",
        title=event.title.in_(language),
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        changed_at=event.updated_at,
        version=event.version,
        place=event.place.in_(language),
        text=either(event.text_en, event.text_zh).in_(language),
        url=address(event),
        is_cancelled=event.state == EventState.CANCELLED,
    )
