"""Everything that can be done to events, registrations, minutes and what follows from them."""

from grandunion.work.actions.events.calendars import close_calendar, open_calendar
from grandunion.work.actions.events.door import check_in, check_in_by_code, undo_check_in, walk_in
from grandunion.work.actions.events.following import (
    change_action,
    finish_action,
    follow_everything,
    move_action,
    need_values,
    raise_need,
    settle,
    take_up,
)
from grandunion.work.actions.events.importing import import_people, import_statements
from grandunion.work.actions.events.minutes import correct_statement, state, strike, summarise
from grandunion.work.actions.events.planning import edit, hold, move, open_registration, plan, set_agenda
from grandunion.work.actions.events.registering import (
    accept,
    approve,
    invite,
    invite_all,
    new_key,
    queue,
    register,
    reject,
    withdraw,
)

__all__ = [
    "accept",
    "approve",
    "change_action",
    "check_in",
    "check_in_by_code",
    "close_calendar",
    "correct_statement",
    "edit",
    "finish_action",
    "follow_everything",
    "hold",
    "import_people",
    "import_statements",
    "invite",
    "invite_all",
    "move",
    "move_action",
    "need_values",
    "new_key",
    "open_calendar",
    "open_registration",
    "plan",
    "queue",
    "raise_need",
    "register",
    "reject",
    "set_agenda",
    "settle",
    "state",
    "strike",
    "summarise",
    "take_up",
    "undo_check_in",
    "walk_in",
    "withdraw",
]
