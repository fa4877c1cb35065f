"""Writes events as a calendar that any programme reads (RFC 5545), for one event or as a feed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Calendar
from icalendar import Event as Entry

MAKER = "-//Grand Union//Events//EN"
SEEN_AGAIN = timedelta(hours=4)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event in somebody's calendar; all sayings are in the language of its reader."""

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    version: int
    place: str = ""
    text: str = ""
    url: str = ""
    is_cancelled: bool = False


def as_ics(appointments: Iterable[Appointment], *, name: str, at: datetime) -> bytes:
    """The appointments as one calendar, in UTF-8; the same version of an event is always written the same."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", SEEN_AGAIN, parameters={"VALUE": "DURATION"})
    for one in appointments:
        calendar.add_component(_entry(one, at))
    return calendar.to_ical()


def _entry(one: Appointment, at: datetime) -> Entry:
    entry = Entry()
    entry.add("uid", one.uid)
    entry.add("dtstamp", at.astimezone(UTC))
    entry.add("last-modified", one.changed_at.astimezone(UTC))
    entry.add("sequence", one.version)
    entry.add("summary", one.title)
    entry.add("dtstart", one.starts_at.astimezone(UTC))
    entry.add("dtend", one.ends_at.astimezone(UTC))
    entry.add("status", "CANCELLED" if one.is_cancelled else "CONFIRMED")
    for name, value in (("location", one.place), ("description", one.text), ("url", one.url)):
        if value:
            entry.add(name, value)
    return entry
