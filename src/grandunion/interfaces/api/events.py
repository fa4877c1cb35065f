"""Events through the API: planned, opened, registered for, minuted, followed up; and what was promised there."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from grandunion.interfaces.api import described, resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Body, Day, Moment, Nothing, Reason, term, text
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.interfaces.kit.tags import language
from grandunion.terms.events import ActionState, Attendance, EventKind, EventState, RegistrationState, StatementKind
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import events as actions
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events

MOST = 2000


class EventEdit(Body):
    """What an event says; names and contacts of those who register are kept until `retain_until`."""

    title_zh: text(300) = ""
    title_en: text(300) = ""
    text_zh: text() = ""
    text_en: text() = ""
    place_zh: text(200) = ""
    place_en: text(200) = ""
    event_kind: EventKind = EventKind.MEETING
    ends_at: Moment | None = None
    capacity: Annotated[int, Field(strict=True, ge=1, le=100_000)] | None = None
    needs_approval: bool = False
    registers_until: Moment | None = None
    retain_until: Day = None
    area: term("areas") = ""
    owner: text(200) = ""
    follows: text(40) = ""
    round_number: text(40) = ""


class EventBody(EventEdit):
    """A new event; of which only the beginning is said, it lasts two hours."""

    starts_at: Moment


class Opening(Body):
    """To whom registration is opened: members or public."""

    level: Level = Level.MEMBERS


class RegistrationBody(Body):
    """Who comes; a member who names nobody registers themselves, the desk enters anybody."""

    organisation: text(200) = ""
    name_zh: text(100) = ""
    name_en: text(100) = ""
    position_zh: text(200) = ""
    position_en: text(200) = ""
    attends_as: Attendance = Attendance.GUEST
    email: text(254) = ""
    phone: text(40) = ""
    note: text(300) = ""


class InvitationBody(Body):
    """Whom to invite, by number (ORG-…, PER-…) or name; all of them, or nobody."""

    who: Annotated[list[text(200)], Field(min_length=1, max_length=500)]
    attends_as: Attendance = Attendance.ENTERPRISE


class StatementBody(Body):
    """One thing said; an organisation that is no record here is kept by its name."""

    statement_kind: StatementKind
    organisation: text(200) = ""
    speaker_zh: text(200) = ""
    speaker_en: text(200) = ""
    topic: term("event_topics") = ""
    text_zh: text() = ""
    text_en: text() = ""


class Note(Body):
    """Why nothing follows."""

    note: text(300)


class TakeUp(Body):
    """Who does what was promised and until when; empty: whoever promised, in thirty days."""

    owner: text(200) = ""
    due_on: Day = None


class RegistrationOut(Schema):
    """One registration; once the event's details are forgotten, without names."""

    id: int
    number: str
    state: RegistrationState
    attends_as: Attendance
    organisation: Bilingual
    name: Bilingual
    position: Bilingual
    email: str
    phone: str
    registered_at: datetime
    checked_in_at: datetime | None


class StatementOut(Schema):
    """One statement, with the numbers of what followed from it."""

    id: int
    place: int
    kind: StatementKind
    organisation: Bilingual
    speaker: Bilingual
    topic: str
    text: Bilingual
    need: str
    action: str
    settled_note: str


class ThreadOut(Schema):
    """What became of one difficulty or commitment."""

    number: str
    text: Bilingual
    state: Bilingual
    due: date | None
    is_overdue: bool
    is_loose: bool
    is_settled: bool


class PointOut(Schema):
    """A point of the agenda."""

    starts_at: datetime | None
    topic: Bilingual
    speaker: Bilingual


class EventParts(Schema):
    """What belongs to an event; registrations for its desk, minutes for the desk and, in part, for who spoke."""

    agenda: list[PointOut]
    registrations: list[RegistrationOut] | None
    own_registrations: list[RegistrationOut]
    places_left: int | None
    statements: list[StatementOut]
    follow_up: list[ThreadOut] | None


def _parts(reader: Reader, record: object) -> dict[str, object]:
    is_desk = bool(permissions.may_read_minutes(reader, record))
    reads_people = bool(permissions.may_read_registrations(reader, record))
    found = events.page(record, reader, EVENTS.depth(reader, record), is_desk=is_desk)
    promised = {one.statement_id: one.number for one in events.actions_of(record)} if is_desk else {}
    people = events.registrations(record)[:MOST] if reads_people else None
    return {
        "agenda": [{"starts_at": one.starts_at, "topic": one.topic, "speaker": one.speaker} for one in found.agenda],
        "registrations": None if people is None else [_registration(one) for one in people],
        "own_registrations": [_registration(one) for one in found.own],
        "places_left": found.left,
        "statements": [_statement(row, promised) for row in found.statements],
        "follow_up": [_thread(one) for one in found.follow_up.threads] if found.follow_up else None,
    }


def _registration(row: object) -> dict[str, object]:
    names = ("number", "state", "attends_as", "email", "phone", "registered_at", "checked_in_at", "name", "position")
    return {"id": row.pk, "organisation": row.body, **{name: getattr(row, name) for name in names}}


def _statement(row: object, promised: Mapping[int, str]) -> dict[str, object]:
    return {
        "id": row.pk, "place": row.place, "kind": row.statement_kind, "organisation": row.body, "speaker": row.speaker,
        "topic": row.topic.code if row.topic else "", "text": row.text, "need": row.need.number if row.need else "",
        "action": promised.get(row.pk, ""), "settled_note": row.settled_note,
    }  # fmt: skip


def _thread(one: object) -> dict[str, object]:
    return {
        "number": one.number, "text": one.text, "state": one.state, "due": one.due, "is_overdue": one.is_overdue,
        "is_loose": one.is_loose, "is_settled": one.is_settled,
    }  # fmt: skip


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    return actions.plan(values, by=by, at=at, submission=key)


def _edit(event: object, values: dict, **more: object) -> object:
    return actions.edit(event, values, **more)


def _open(event: object, *, level: str = Level.MEMBERS.value, **more: object) -> object:
    return actions.open_registration(event, level=level, **more)


def _move(code: str) -> object:
    def act(event: object, *, reason: str = "", **more: object) -> object:
        return actions.move(event, code, reason=reason, **more)

    return act


def _register(event: object, *, by: Reader, at: datetime, key: str = "", **values: object) -> dict[str, object]:
    return _registration(actions.register(event, values, by=by, at=at, submission=key))


def _invite(
    event: object, *, who: list[str], attends_as: str = Attendance.ENTERPRISE, by: Reader, at: datetime
) -> dict[str, object]:
    rows = actions.invite_all(event, who, attends_as=attends_as, by=by, at=at)
    return {"items": [_registration(row) for row in rows]}


def _of_registration(act: object) -> object:
    def do(event: object, child: int, **more: object) -> dict[str, object]:
        row = events.registration(event, child)
        if not permissions.registration_parts(more["by"], row):
            raise Absent
        return _registration(act(row, **more))

    return do


def _state(event: object, *, by: Reader, at: datetime, key: str = "", **values: object) -> dict[str, object]:
    return _statement(actions.state(event, values, by=by, at=at, submission=key), {})


def _raise(event: object, child: int, *, by: Reader, at: datetime) -> dict[str, object]:
    require(permissions.may_run(by, event), Forbidden)
    return {"need": actions.raise_need(events.statement(event, child), by=by, at=at).number}


def _take_up(event: object, child: int, *, by: Reader, at: datetime, **values: object) -> dict[str, object]:
    require(permissions.may_run(by, event), Forbidden)
    return {"action": actions.take_up(events.statement(event, child), values, by=by, at=at).number}


def _settle(event: object, child: int, *, note: str, by: Reader, at: datetime) -> dict[str, object]:
    require(permissions.may_run(by, event), Forbidden)
    return _statement(actions.settle(events.statement(event, child), note=note, by=by, at=at), {})


FORMS = {
    "open": (_open, Opening, Text("Open registration", "开放报名")),
    "open_again": (_open, Opening, Text("Open registration again", "重新开放报名")),
    "close": (_move("close"), Nothing, Text("Close registration", "截止报名")),
    "close_list": (_move("close_list"), Nothing, Text("Invited guests only", "仅限受邀参加")),
    "hold": (actions.hold, Nothing, Text("It was held", "确认已举办")),
    "confirm": (_move("confirm"), Nothing, Text("Confirm the minutes", "确认纪要")),
    "correct": (_move("correct"), Reason, Text("Correct the minutes", "更正纪要")),
    "track": (_move("track"), Nothing, Text("Follow up", "转入事项跟踪")),
    "finish": (_move("finish"), Nothing, Text("All is settled", "全部办结")),
    "follow_on": (_move("follow_on"), Reason, Text("Follow up again", "恢复跟踪")),
    "cancel": (_move("cancel"), Reason, Text("Call off", "取消活动")),
    "plan_anew": (_move("plan_anew"), Reason, Text("Plan anew", "重新筹备")),
}
MOVES: Mapping[str, Deed] = {
    code: Deed(f"moves/{code}", label, act, body, has_version=True) for code, (act, body, label) in FORMS.items()
}
DEEDS = (
    Deed("registrations", Text("Register", "报名"), _register, RegistrationBody, has_key=True),
    Deed("invitations", Text("Invite", "邀请"), _invite, InvitationBody),
    *(
        Deed(f"registrations/{{int:child}}/{code}", label, _of_registration(act), body)
        for code, act, body, label in (
            ("approve", actions.approve, Nothing, Text("Admit", "通过")),
            ("queue", actions.queue, Nothing, Text("Put on the waiting list", "列入候补")),
            ("reject", actions.reject, Reason, Text("Do not admit", "不予通过")),
            ("withdraw", actions.withdraw, Nothing, Text("Withdraw", "退出")),
            ("check-in", actions.check_in, Nothing, Text("Check in", "签到")),
        )
    ),
    Deed("statements", Text("Write a statement down", "录入发言"), _state, StatementBody, has_key=True),
    Deed("statements/{int:child}/need", Text("Make it a need", "转为需求"), _raise),
    Deed("statements/{int:child}/action", Text("Make it an action", "列为事项"), _take_up, TakeUp),
    Deed("statements/{int:child}/settle", Text("Nothing follows", "无需跟进"), _settle, Note),
)
EVENTS = Resource(
    Text("Event", "活动"), events.LISTING, events.get,
    words={"state": EventState, "event_kind": EventKind, "level": Level}, offers=permissions.offers,
)  # fmt: skip
router = resources.router_of(EVENTS, MOVES)
resources.creates(router, EVENTS, EventBody, _create)
resources.edits(router, EVENTS, EventEdit, _edit)
resources.reads_parts(router, EVENTS, _parts, EventParts)
for deed in (*MOVES.values(), *DEEDS):
    resources.does(router, EVENTS, deed)


@router.get(
    "/{number}/event.ics", operation_id="ics_of_event", summary="Calendar entry · 日历条目",
    openapi_extra=described.beside(described.READ_ERRORS),
)  # fmt: skip
def ics(request: HttpRequest, number: str) -> HttpResponse:
    """The event as an entry for somebody's calendar (RFC 5545)."""
    event = events.get(number, request.reader)
    address = request.build_absolute_uri(f"/w/events/{number}/")
    content = events.ics_of(event, language(), request.at, lambda _: address)
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


class ActionEdit(Body):
    """What was promised, by whom, until when."""

    title_zh: text(300) = ""
    title_en: text(300) = ""
    owner: text(200) = ""
    due_on: Day = None


class Result(Body):
    """What came of it."""

    result: text()


def _move_action(code: str) -> object:
    def act(action: object, *, reason: str = "", **more: object) -> object:
        return actions.move_action(action, code, reason=reason, **more)

    return act


ACTION_FORMS = {
    "finish": (actions.finish_action, Result, Text("Done", "办结")),
    "drop": (_move_action("drop"), Reason, Text("Drop", "终止")),
    "take_up": (_move_action("take_up"), Reason, Text("Take up again", "恢复办理")),
}
ACTION_MOVES: Mapping[str, Deed] = {
    code: Deed(f"moves/{code}", label, act, body, has_version=True) for code, (act, body, label) in ACTION_FORMS.items()
}
ACTIONS = Resource(
    Text("Action", "承诺事项"), events.ACTIONS, events.get_action, words={"state": ActionState, "level": Level},
    offers=permissions.action_offers,
)  # fmt: skip
actions_router = resources.router_of(ACTIONS, ACTION_MOVES)
resources.edits(actions_router, ACTIONS, ActionEdit, actions.change_action)
for deed in ACTION_MOVES.values():
    resources.does(actions_router, ACTIONS, deed)
