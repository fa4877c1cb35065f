"""What follows from what was said: a difficulty becomes a need, a commitment an action, or it is said why not."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.utils import timezone

from grandunion.engines.flows import ACTION_FLOW
from grandunion.records.events import Action, Registration, Statement
from grandunion.records.needs import Need
from grandunion.records.parties import User
from grandunion.terms.events import StatementKind
from grandunion.terms.needs import ApplicantType, Category
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import base, journal, lists, needs
from grandunion.work.actions.base import atomic
from grandunion.work.actions.events.values import action_values
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events
from grandunion.work.queries.lists import setting

SHORT = 60  # a title out of what was said
DUE_DAYS = 30  # where the hub's pack says nothing else (setting “event_action_days”)
ENDS = "。！？；!?;\n"


@atomic
def raise_need(row: Statement, values: Mapping[str, object] | None = None, *, by: Reader, at: datetime) -> Need:
    """Turn a difficulty into a need at the desk, everything filled in from what was said.

    `values` (fields of `needs.register`) replace what would be filled in. Raised twice, it answers the first need.
    """
    event = row.event
    require(permissions.may_follow_up(by, event), Forbidden)
    _is(row, StatementKind.DIFFICULTY, StatementKind.SUGGESTION)
    if row.need is not None:
        return row.need
    need = needs.register({**need_values(row), **(values or {})}, by=by, at=at)
    base.change(need, at=at, raised_at=event.number)
    base.change(row, at=at, need=need, settled_note="")
    journal.note("need.raised", need, by=by, at=at, changes={"raised_at": (None, event.number)})
    journal.note("event.raised", event, by=by, at=at, changes={"statement": (None, row.place), "need": (None, need)})
    return need


def need_values(row: Statement) -> dict[str, object]:
    """What a need says that comes out of a statement: whose it is, what about, whom to call back, in what words."""
    body = row.organisation
    topic = row.topic.code if row.topic else ""
    given = {
        "applicant_type": ApplicantType.COMPANY.value,
        "organisation": body.number if body else row.organisation_zh or row.organisation_en,
        "category": topic if Category.has(topic) else Category.OTHER.value,
        "title_zh": _title(row.text_zh),
        "title_en": _title(row.text_en),
        "text_zh": row.text_zh,
        "text_en": row.text_en,
        "area": row.event.area.code if row.event.area else "",
        **_contact(row),
    }
    return {name: value for name, value in given.items() if value not in (None, "")}


def _title(text: str) -> str:
    """The first sentence, or as much of it as a title holds."""
    first = text.strip()
    ends = [first.find(sign) for sign in ENDS if first.find(sign) > 0] + [first.find(". ")]
    cut = min((end for end in ends if end > 0), default=len(first))
    first = first[:cut].rstrip(".")
    return first if len(first) <= SHORT * (1 + first.isascii()) else f"{first[: SHORT * (1 + first.isascii())]}…"


def _contact(row: Statement) -> dict[str, str]:
    """Whom to call back: who was registered for the organisation, else who spoke, else the desk."""
    there = None
    if row.organisation_id is not None:
        there = events.registrations(row.event).filter(organisation=row.organisation_id).first()
    desk = row.event.in_charge.name.zh if row.event.in_charge else row.event.number
    spoke = row.speaker_zh or row.speaker_en or row.body.zh or desk
    if there is None:
        return {"contact_name": spoke}
    return {"contact_name": _called(there) or spoke, "contact_email": there.email, "contact_phone": there.phone}


def _called(there: Registration) -> str:
    return there.name_zh or there.name_en


@atomic
def take_up(row: Statement, values: Mapping[str, object] | None = None, *, by: Reader, at: datetime) -> Action:
    """Make a commitment (or a suggestion) an action with an owner and a day; taken up twice, it answers the first.

    Whoever promised does it, and the officer who takes it up sees to it; `values` (title_zh, title_en, owner, due_on)
    say otherwise.
    """
    event = row.event
    require(permissions.may_follow_up(by, event), Forbidden)
    _is(row, StatementKind.COMMITMENT, StatementKind.SUGGESTION, StatementKind.DIFFICULTY)
    if (known := next((one for one in events.actions_of(event) if one.statement_id == row.pk), None)) is not None:
        return known
    given = {"title_zh": _title(row.text_zh), "title_en": _title(row.text_en), **_promised_by(row),
             "due_on": _due(at), **action_values(_given(values), by)}  # fmt: skip
    _sound_day(given["due_on"], event.starts_at)
    action = Action.objects.create(
        number=lists.next_numbers(ACTION_FLOW.prefix, at.year)[0], event=event, statement=row, area=event.area,
        level=Level.ORGANISATION, state=ACTION_FLOW.initial, state_at=at, created_at=at, updated_at=at,
        in_charge=User.objects.filter(pk=by.user_id).first() or event.in_charge, **given,
    )  # fmt: skip
    journal.step(ACTION_FLOW.code, action, source="", target=ACTION_FLOW.initial, by=by, at=at)
    if row.settled_note:
        base.change(row, at=at, settled_note="")
    journal.note("action.opened", action, by=by, at=at, changes={"due_on": (None, action.due_on)})
    changes = {"statement": (None, row.place), "action": (None, action.number)}
    journal.note("event.promised", event, by=by, at=at, changes=changes)
    return action


def _given(values: Mapping[str, object] | None) -> dict[str, object]:
    return {name: value for name, value in (values or {}).items() if value not in (None, "")}


def _promised_by(row: Statement) -> dict[str, object]:
    return {"owner": row.organisation, "owner_zh": row.organisation_zh, "owner_en": row.organisation_en}


def _due(at: datetime) -> date:
    return timezone.localtime(at).date() + timedelta(days=int(setting("event_action_days", DUE_DAYS)))


def _sound_day(due_on: date | None, since: datetime) -> None:
    if due_on is None or due_on < timezone.localtime(since).date():
        raise invalid("due_on", "Write a day after the event.", "期限须在活动之后。")


def _is(row: Statement, *kinds: StatementKind) -> None:
    if row.statement_kind not in kinds:
        raise Refused(
            Text("Progress is only recorded: nothing follows from it.", "进展类发言仅作记录，不转后续事项。")
            if row.statement_kind == StatementKind.PROGRESS
            else Text("A commitment becomes an action, not a need.", "承诺应列为办理事项，不转为需求。")
        )


@atomic
def settle(row: Statement, *, note: str, by: Reader, at: datetime) -> Statement:
    """Say why nothing follows from a difficulty or a commitment."""
    require(permissions.may_follow_up(by, row.event), Forbidden)
    said = sound("note", note.strip(), 300)
    if not said:
        raise invalid("note", "Say why nothing follows.", "请说明无需跟进的理由。")
    if row.need_id is not None or any(one.statement_id == row.pk for one in events.actions_of(row.event)):
        raise Refused(Text("Something has followed from it already.", "该条已有后续事项。"))
    base.change(row, at=at, settled_note=said)
    journal.note("event.settled", row.event, by=by, at=at, changes={"statement": (None, row.place)})
    return row


@atomic
def follow_everything(rows: list[Statement], *, by: Reader, at: datetime) -> tuple[list[Need], list[Action]]:
    """Turn every loose difficulty into a need and every loose commitment into an action, in one go."""
    taken = {one.statement_id for row in rows[:1] for one in events.actions_of(row.event)}
    raised, promised = [], []
    for row in rows:
        if row.settled_note or row.need_id is not None or row.pk in taken:
            continue
        if row.statement_kind == StatementKind.DIFFICULTY:
            raised.append(raise_need(row, by=by, at=at))
        elif row.statement_kind == StatementKind.COMMITMENT:
            promised.append(take_up(row, by=by, at=at))
    return raised, promised


@atomic
def change_action(
    action: Action, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Action:
    """Say who does it and until when."""
    require(permissions.may_change_action(by, action), Forbidden)
    given = action_values(values, by)
    if "due_on" in given:
        _sound_day(given["due_on"], action.event.starts_at)
        given |= {"reminded_at": None, "warned_at": None} if given["due_on"] != action.due_on else {}
    changes = base.change(action, at=at, version=version, **given)
    journal.note("action.edited", action, by=by, at=at, changes=changes)
    return action


@atomic
def finish_action(action: Action, *, result: str, by: Reader, at: datetime, version: int | None = None) -> Action:
    """Say that what was promised is done, and what came of it."""
    said = sound("result", result.strip())
    stand = permissions.action_standing(by, action, result=said)
    changes = base.move(
        action, ACTION_FLOW, "finish", stand, by=by, at=at, version=version, result=said, done_at=at
    )  # fmt: skip
    journal.note("action.done", action, by=by, at=at, changes=changes)
    return action


@atomic
def move_action(
    action: Action, code: str, *, reason: str, by: Reader, at: datetime, version: int | None = None
) -> Action:
    """Drop what was promised, or take it up again, with a reason."""
    said = sound("reason", reason.strip(), 300)
    stand = permissions.action_standing(by, action)
    values = {"done_at": None} if code == "take_up" else {"done_at": at}
    changes = base.move(action, ACTION_FLOW, code, stand, by=by, at=at, reason=said, version=version, **values)
    journal.note(f"action.{'resumed' if code == 'take_up' else 'dropped'}", action, by=by, at=at, changes=changes)
    return action
