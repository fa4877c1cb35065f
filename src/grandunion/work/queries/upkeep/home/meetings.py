"""The cards of meetings: what was promised and falls due, and which events are coming."""

from collections.abc import Iterator
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from grandunion.records.events import Registration
from grandunion.terms.events import GONE, ActionState, EventState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries import events
from grandunion.work.queries.upkeep.home.pieces import Card, Face, Line, card, on, today

WEEK = timedelta(days=7)
MONTH = timedelta(days=31)
PROMISED = Face("promised", Text("Promised at meetings: due", "会上承诺：到期"), "flag", "actions/?state=open",
                Text("Nothing that was promised falls due within seven days.", "七日内没有到期的承诺。"))  # fmt: skip
COMING = Face("coming", Text("Events ahead", "近期活动"), "calendar", "events/?when=coming",
              Text("No event of yours lies ahead.", "近期没有与您相关的活动。"), is_duty=False)  # fmt: skip
OFF = (EventState.CANCELLED,)


def meetings(reader: Reader) -> Iterator[Card]:
    """What was promised by the reader's side or is in their charge, and the events that concern them."""
    day = today(reader.at)
    mine = Q(in_charge=reader.user_id) | Q(owner__in=reader.organisation_ids)
    due = events.actions_visible_to(reader).filter(mine, state=ActionState.OPEN, due_on__lte=day + WEEK)
    yield card(PROMISED, due.order_by("due_on", "pk"), lambda row: _promise(row, day))
    rows = Registration.objects.unscoped("which events the reader is registered for").exclude(state__in=sorted(GONE))
    own = rows.filter(Q(user=reader.user_id) | Q(organisation__in=reader.organisation_ids)).values("event")
    ahead = events.visible_to(reader).filter(ends_at__gte=reader.at, starts_at__lte=reader.at + MONTH)
    ahead = ahead.exclude(state__in=OFF).filter(Q(in_charge=reader.user_id) | Q(pk__in=own))
    yield card(COMING, ahead.order_by("starts_at", "pk"), _event)


def _promise(row: object, day: object) -> Line:
    late = row.due_on < day
    return Line("actions", row.number, row.title, ActionState(row.state).text, on(row.due_on), late, code=row.state)


def _event(row: object) -> Line:
    begins = timezone.localtime(row.starts_at).strftime("%Y-%m-%d %H:%M")
    return Line("events", row.number, row.title, EventState(row.state).text, Text(begins, begins), code=row.state)
