"""Events: meetings and roadshows, who registers, what is on, what was said, and what was promised."""

from grandunion.records.events.actions import Action
from grandunion.records.events.calendars import CalendarKey
from grandunion.records.events.events import AgendaItem, Event
from grandunion.records.events.minutes import Statement
from grandunion.records.events.registrations import Registration

__all__ = ["Action", "AgendaItem", "CalendarKey", "Event", "Registration", "Statement"]
