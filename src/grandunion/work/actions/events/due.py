"""What the clock does to events: registration closes, people are reminded, promises fall due, names are forgotten."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from grandunion.records.events import Action, Event, Registration
from grandunion.records.parties import Access
from grandunion.terms.events import ActionState, EventState
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import YES, Forbidden, Verdict, no, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.events.planning import move
from grandunion.work.actions.events.registering import INVITED
from grandunion.work.queries import events

DAY_BEFORE = timedelta(days=1)
DAYS_BEFORE = timedelta(days=3)
STANDING = (EventState.REGISTRATION_OPEN, EventState.CLOSED)
Deed = Callable[[object, Reader, datetime], None]
FORGOTTEN = {
    "name_zh": "", "name_en": "", "position_zh": "", "position_en": "", "email": "", "phone": "", "note": "",
    "tracking": "", "user": None, "person": None, "reason": "",
}  # fmt: skip


def run_due(*, by: Reader, at: datetime, limit: int = 200) -> int:
    """Do what is due, oldest first, each record in a transaction of its own; answers how much was done.

    Run twice it does nothing twice: each deed changes what made it due. A worker that was down catches up in order.
    """
    require(_only_house(by), Forbidden)
    done = 0
    for deed, rows in _due(at):
        for row in list(rows[: limit - done]):
            deed(row, by, at)
            done += 1
        if done >= limit:
            break
    return done


def _only_house(by: Reader) -> Verdict:
    return YES if by.is_house else no("Only the house itself runs what is due.", "仅系统可执行到期任务。")


def _due(at: datetime) -> Iterator[tuple[Deed, QuerySet]]:
    today = timezone.localtime(at).date()
    known = Event.objects.unscoped("the clock looks at every event").select_related("area", "owner", "in_charge")
    promised = Action.objects.unscoped("the clock looks at everything promised").select_related("event")
    ends = Coalesce("registers_until", "starts_at")
    taking = known.filter(state=EventState.REGISTRATION_OPEN).annotate(ends=ends)
    soon = known.filter(state__in=STANDING, starts_at__gt=at, starts_at__lte=at + DAY_BEFORE)
    yield _close, taking.filter(ends__lte=at).order_by("ends", "pk")
    yield _remind, soon.filter(reminded_at=None).order_by("starts_at", "pk")
    still = promised.filter(state=ActionState.OPEN).order_by("due_on", "pk")
    yield _poke, still.filter(reminded_at=None, due_on__lte=today + DAYS_BEFORE, due_on__gte=today)
    yield _warn, still.filter(warned_at=None, due_on__lt=today)
    yield _purge, known.filter(purged_at=None, retain_until__lt=today).order_by("retain_until", "pk")


@atomic
def _close(event: Event, by: Reader, at: datetime) -> None:
    move(event, "close", by=by, at=at)


@atomic
def _remind(event: Event, by: Reader, at: datetime) -> None:
    """Whoever is registered hears of it a day before."""
    base.change(event, at=at, reminded_at=at)
    journal.note("event.reminded", event, by=by, at=at)


@atomic
def _poke(action: Action, by: Reader, at: datetime) -> None:
    base.change(action, at=at, reminded_at=at)
    journal.note("action.reminded", action, by=by, at=at, changes={"due_on": (None, action.due_on)})


@atomic
def _warn(action: Action, by: Reader, at: datetime) -> None:
    base.change(action, at=at, warned_at=at)
    journal.note("action.overdue", action, by=by, at=at, changes={"due_on": (None, action.due_on)})


@atomic
def _purge(event: Event, by: Reader, at: datetime) -> None:
    """Forget who was registered and how to reach them; how many came, and of what kind, stays."""
    rows = events.registrations(event)
    kept = rows.values_list("state", "attends_as", "came_by", "organisation__number")
    counts = {
        "states": dict(Counter(state for state, *_ in kept)),
        "attends_as": dict(Counter(part for _, part, *_ in kept)),
        "came_by": dict(Counter(way for *_, way, _ in kept)),
        "organisations": len({number for *_, number in kept if number}),
    }
    Registration.objects.unscoped("names and contacts of an event past its day are forgotten").filter(
        event=event
    ).update(**FORGOTTEN, version=F("version") + 1)
    invited = Access.objects.unscoped("that a person was invited is forgotten with the event's names")
    invited.filter(subject_kind=event.kind, subject_id=event.pk, reason=INVITED).exclude(user=None).delete()
    base.change(event, at=at, purged_at=at, counts=counts)
    journal.note("event.purged", event, by=by, at=at, changes={"registrations": (sum(counts["states"].values()), 0)})
