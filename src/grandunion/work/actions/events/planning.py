"""How an event comes about: planned, changed, opened for registration, closed, held, called off."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from grandunion.engines.flows import EVENT_FLOW
from grandunion.records.events import AgendaItem, Event, Registration
from grandunion.records.parties import User
from grandunion.terms.events import EventState, RegistrationState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, invalid, require
from grandunion.work.actions import base, journal, lists
from grandunion.work.actions.base import atomic
from grandunion.work.actions.events.places import fill_places
from grandunion.work.actions.events.values import agenda_values, event_values
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events
from grandunion.work.queries.journal import submitted
from grandunion.work.queries.lists import setting

KEEP_DAYS = 365  # where the hub's pack says nothing else (setting “event_retention_days”)
USUAL = timedelta(hours=2)


@atomic
def plan(values: Mapping[str, object], *, by: Reader, at: datetime, submission: str = "") -> Event:
    """Plan an event; only the desk sees it until it is opened. A second sending answers the first event."""
    require(permissions.may_plan(by), Forbidden)
    if (known := submitted(submission, Event.kind)) is not None:
        return Event.objects.unscoped("the sender of a form gets back what the form has made").get(pk=known)
    given = _complete(event_values({name: value for name, value in values.items() if value not in (None, "")}, by))
    event = Event.objects.create(
        number=lists.next_numbers(EVENT_FLOW.prefix, at.year)[0], level=Level.ORGANISATION, state=EVENT_FLOW.initial,
        state_at=at, created_at=at, updated_at=at, in_charge=User.objects.filter(pk=by.user_id).first(), **given,
    )  # fmt: skip
    journal.step(EVENT_FLOW.code, event, source="", target=EVENT_FLOW.initial, by=by, at=at)
    base.index_words(event)
    journal.note("event.planned", event, by=by, at=at)
    journal.keep_submission(submission, event, at)
    return event


def _complete(given: dict[str, object]) -> dict[str, object]:
    """Refuse at the fields what an event cannot be without; say how long it lasts and until when details are kept."""
    missing = []
    if given.get("starts_at") is not None:
        given.setdefault("ends_at", given["starts_at"] + USUAL)
    if not given.get("title_zh") and not given.get("title_en"):
        missing.append(Problem("title_zh", Text("Write what the event is called.", "请填写活动名称。")))
    missing += [
        Problem(name, Text("Write when it begins and ends.", "请填写起止时间。"))
        for name in ("starts_at", "ends_at") if given.get(name) is None
    ]  # fmt: skip
    if missing:
        raise Invalid(*missing)
    if given.get("retain_until") is None:
        days = int(setting("event_retention_days", KEEP_DAYS))
        given["retain_until"] = timezone.localtime(given["ends_at"]).date() + timedelta(days=days)
    return given


@atomic
def edit(event: Event, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None) -> Event:
    """Change an event; who waits moves up when there are more places now."""
    require(permissions.may_edit(by, event), Forbidden)
    given = event_values(values, by, event)
    for name, (zh, en) in {"title_zh": ("title_zh", "title_en")}.items():
        if not given.get(zh, getattr(event, zh)) and not given.get(en, getattr(event, en)):
            raise invalid(name, "Write what the event is called.", "请填写活动名称。")
    changes = base.change(event, at=at, version=version, **given)
    journal.note("event.edited", event, by=by, at=at, changes=changes)
    if "capacity" in changes:
        fill_places(event, by=by, at=at)
    return event


@atomic
def set_agenda(event: Event, rows: list[Mapping[str, object]], *, by: Reader, at: datetime) -> list[AgendaItem]:
    """Write the whole agenda anew, point by point in its order."""
    require(permissions.may_edit(by, event), Forbidden)
    given = [agenda_values(row, by) for row in rows]
    for place, row in enumerate(given, 1):
        row.pop("organisation_zh", None), row.pop("organisation_en", None)
        if not row.get("topic_zh") and not row.get("topic_en"):
            raise invalid("topic_zh", f"Point {place}: write what it is about.", f"第 {place} 项：请填写议题。")
    AgendaItem.objects.unscoped("the agenda of an event the action has judged").filter(event=event).delete()
    made = AgendaItem.objects.bulk_create(
        [AgendaItem(event=event, place=place, **row) for place, row in enumerate(given, 1)]
    )
    journal.note("event.agenda", event, by=by, at=at, changes={"agenda": (None, len(made))})
    return made


@atomic
def open_registration(
    event: Event, *, level: str = Level.MEMBERS, by: Reader, at: datetime, version: int | None = None
) -> Event:
    """Open registration to members or to everybody; the event is announced from now on."""
    if not Level.has(level):
        raise invalid("level", "Open it to members or to the public.", "请选择对会员或公众开放。")
    require(permissions.may_open_to(by, event, Level(level)), Forbidden)
    code = "open_again" if event.state == EventState.CLOSED else "open"
    return move(event, code, by=by, at=at, version=version, level=Level(level).value)


@atomic
def hold(event: Event, *, by: Reader, at: datetime, version: int | None = None) -> Event:
    """Say that the event was held; where people were checked in, whoever was not did not come."""
    move(event, "hold", by=by, at=at, version=version)
    if events.counted(event)[RegistrationState.ATTENDED]:
        absent = events.registrations(event).filter(state__in=(RegistrationState.COMPLETE, RegistrationState.INVITED))
        for row in absent:
            row.event = event
            _missed(row, by=by, at=at)
    return event


def _missed(row: Registration, *, by: Reader, at: datetime) -> None:
    stand = permissions.registration_standing(by, row)
    base.move(row, permissions.REGISTRATION_FLOW, "miss", stand, by=by, at=at)
    journal.note("event.missed", row.event, by=by, at=at, changes={"registration": (None, row.number)})


DONE = {
    "open": "opened", "open_again": "opened", "close": "closed", "close_list": "closed", "hold": "held",
    "draft": "drafted", "confirm": "confirmed", "correct": "corrected", "track": "tracked", "finish": "done",
    "follow_on": "resumed", "cancel": "cancelled", "plan_anew": "replanned",
}  # fmt: skip


@atomic
def move(event: Event, code: str, *, by: Reader, at: datetime, reason: str = "", **values: object) -> Event:
    """Make a move of the flow that asks nothing but, at most, a reason."""
    said = sound("reason", reason.strip(), 300)
    stand = permissions.standing(by, event)
    if code == "confirm":
        values["confirmed_by"] = User.objects.filter(pk=by.user_id).first()
    if code in ("cancel", "plan_anew") and event.level != Level.NAMED:
        values["level"] = event.level if code == "cancel" else Level.ORGANISATION.value
    changes = base.move(event, EVENT_FLOW, code, stand, by=by, at=at, reason=said, **values)
    changes.pop("confirmed_by", None)
    journal.note(f"event.{DONE[code]}", event, by=by, at=at, changes=changes)
    return event
