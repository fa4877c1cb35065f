"""The events of a demonstration set, and whether they make sense."""

from dataclasses import dataclass
from datetime import date, time
from typing import Annotated

from grandunion.adapters.packs.facts import (
    Clock,
    code,
    day,
    flag,
    one_of,
    pair,
    refers,
    rows,
    text,
    whole,
)
from grandunion.terms.events import ActionState, Attendance, EventKind, EventState, RegistrationState, StatementKind
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text

FOLLOWED = frozenset({EventState.ACTIONS_TRACKED, EventState.DONE})
MINUTED = FOLLOWED | {EventState.MINUTES_DRAFT, EventState.MINUTES_CONFIRMED}
OVER = MINUTED | {EventState.HELD}


@dataclass(frozen=True, slots=True)
class DemoGuest:
    """Who comes: a record of the set, or as told; `count` such people where nobody is named."""

    organisation: Annotated[str, refers("demo_organisations", required=False)]
    body: Annotated[Text | None, pair(required=False)]
    name: Annotated[Text | None, pair(required=False)]
    position: Annotated[Text | None, pair(required=False)]
    attends_as: Annotated[Attendance, one_of(Attendance, required=False, empty=Attendance.ENTERPRISE)]
    state: Annotated[RegistrationState, one_of(RegistrationState, required=False, empty=RegistrationState.COMPLETE)]
    email: Annotated[str, text(required=False)]
    phone: Annotated[str, text(required=False)]
    count: Annotated[int, whole(empty=1)]


@dataclass(frozen=True, slots=True)
class DemoPoint:
    """A point of the agenda."""

    at: Annotated[time | None, Clock(is_required=False)]
    topic: Annotated[Text, pair()]
    speaker: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoStatement:
    """One thing said; what follows from a difficulty or a commitment, and what came of an action."""

    organisation: Annotated[str, refers("demo_organisations", required=False)]
    body: Annotated[Text | None, pair(required=False)]
    speaker: Annotated[Text | None, pair(required=False)]
    topic: Annotated[str, refers("list:event_topics", required=False)]
    kind: Annotated[StatementKind, one_of(StatementKind)]
    text: Annotated[Text, pair()]
    due_day: Annotated[int | None, whole()]
    action_state: Annotated[ActionState | None, one_of(ActionState, required=False)]
    action_day: Annotated[int | None, whole()]
    result: Annotated[Text | None, pair(required=False)]
    why_nothing: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoEvent:
    """An event held on `held_day`, or on a day of the calendar; planned on `written_day`, all deeds on their days."""

    code: Annotated[str, code()]
    kind: Annotated[EventKind, one_of(EventKind)]
    title: Annotated[Text, pair()]
    text: Annotated[Text | None, pair(required=False)]
    place: Annotated[Text, pair()]
    area: Annotated[str, refers("areas", required=False)]
    organiser: Annotated[str, refers("demo_organisations", required=False)]
    state: Annotated[EventState, one_of(EventState)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.MEMBERS)]
    held_day: Annotated[int | None, whole()]
    held_on: Annotated[date | None, day()]
    starts: Annotated[time, Clock()]
    minutes: Annotated[int, whole(required=True)]
    capacity: Annotated[int | None, whole()]
    needs_approval: Annotated[bool, flag()]
    follows: Annotated[str, refers("demo_events", required=False)]
    round: Annotated[str, refers("demo_rounds", required=False)]
    written_day: Annotated[int | None, whole()]
    moved_day: Annotated[int | None, whole()]
    keeps_until: Annotated[date | None, day()]
    source: Annotated[str, refers("sources", required=False)]
    summary: Annotated[Text | None, pair(required=False)]
    guests: Annotated[tuple[DemoGuest, ...], rows(DemoGuest)]
    agenda: Annotated[tuple[DemoPoint, ...], rows(DemoPoint)]
    statements: Annotated[tuple[DemoStatement, ...], rows(DemoStatement)]


def event_faults(event: DemoEvent) -> list[Text]:
    """What does not fit together in an event."""
    faults = []
    if (event.held_day is None) == (event.held_on is None):
        faults.append(Text("Write `held_day` or `held_on`, one of them.", "held_day 与 held_on 应填写其一。"))
    if event.state in MINUTED and not event.statements:
        faults.append(Text("Minutes have statements.", "该状态应有发言记录 statements。"))
    if event.state in OVER and event.held_day is not None and event.held_day > 0:
        faults.append(Text("It was held in the future.", "已举办的活动不应在未来。"))
    if event.held_day is not None and (event.written_day is None or event.written_day > min(event.held_day, 0)):
        faults.append(Text("It was planned after it was held, or in the future.", "筹备日晚于举办日，或在未来。"))
    for one in event.statements:
        if event.state in FOLLOWED and one.kind is StatementKind.COMMITMENT and one.due_day is None:
            faults.append(Text("A commitment that is followed up has a `due_day`.", "跟踪中的承诺应填写 due_day。"))
        if one.action_state is ActionState.DONE and (one.result is None or one.action_day is None):
            faults.append(
                Text("A done action has a `result` and an `action_day`.", "已完成事项应填写 result 与 action_day。")
            )
    return faults
