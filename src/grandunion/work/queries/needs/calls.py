"""The calls to the applicants of closed needs: which turn it is, when the next one is due, and the list of them."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from grandunion.records.needs import CallBack, Need
from grandunion.terms.needs import CLOSED_NEED_STATES, CallbackResult
from grandunion.terms.readers import Reader
from grandunion.work.queries.lists import working_calendar
from grandunion.work.queries.needs.rows import callbacks, visible_to
from grandunion.work.queries.needs.rules import desk_rules

TURNS = 2
CALLS_IN_VAIN = 3  # then the turn is over
ASK_AGAIN = timedelta(days=1)


def call_turn(need: Need) -> int:
    """Which call after the closing comes next: 1, 2, or 2 again where both have been made."""
    calls = _since_closing(need)
    is_over = any(one.round == 1 and one.result != CallbackResult.NOT_REACHED for one in calls)
    return 2 if is_over or calls_in_vain(need, 1) >= CALLS_IN_VAIN else 1


def calls_in_vain(need: Need, turn: int) -> int:
    """How often nobody answered in this turn."""
    return sum(one.round == turn and one.result == CallbackResult.NOT_REACHED for one in _since_closing(need))


def next_call(need: Need, turn: int, at: datetime, *, is_again: bool) -> datetime | None:
    """When the applicant is called next: on the next working day, after some months, or never."""
    if is_again:
        return working_calendar().add(at, working_days=1)
    if turn >= TURNS or need.closed_at is None:
        return None
    due_at = desk_rules().second_call_at(need.closed_at)
    return max(due_at, at + ASK_AGAIN) if due_at else None


def _since_closing(need: Need) -> list[CallBack]:
    return [one for one in callbacks(need) if one.round and need.closed_at and one.at >= need.closed_at]


def to_call(reader: Reader) -> QuerySet[Need]:
    """The closed needs whose applicants are to be called now, as the reader may see them."""
    return visible_to(reader).filter(calls_due(reader.at))


def calls_due(at: datetime) -> Q:
    """Closed, and the call is due."""
    return Q(state__in=CLOSED_NEED_STATES, call_due_at__lte=at)
