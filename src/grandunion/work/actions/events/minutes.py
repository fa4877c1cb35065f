"""How the minutes come about: statement by statement, read by a second person, corrected with a reason."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Max

from grandunion.engines.flows import EVENT_FLOW
from grandunion.records.events import Event, Statement
from grandunion.records.parties import User
from grandunion.terms.events import EventState, StatementKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.events.values import statement_values
from grandunion.work.actions.parties.values import kept_once, sound
from grandunion.work.permissions import events as permissions
from grandunion.work.queries import events
from grandunion.work.queries.journal import submitted


@atomic
def state(event: Event, values: Mapping[str, object], *, by: Reader, at: datetime, submission: str = "") -> Statement:
    """Write down one thing said; the first one after the event begins the draft of its minutes."""
    require(permissions.may_minute(by, event), Forbidden)
    if (known := submitted(submission, Statement.kind)) is not None:
        return events.statement(event, known)
    base.lock(event)
    given = _complete(statement_values(values, by))
    last = Statement.objects.unscoped("the last place in the minutes of an event the action has judged")
    place = (last.filter(event=event).aggregate(last=Max("place"))["last"] or 0) + 1
    with kept_once():
        row = Statement.objects.create(
            event=event, place=place, created_at=at, created_by_id=by.user_id, **given
        )  # fmt: skip
    journal.note("event.minuted", event, by=by, at=at, changes={
        "statement": (None, place), "statement_kind": (None, row.statement_kind),
    })  # fmt: skip
    journal.keep_submission(submission, row, at)
    _draft(event, by=by, at=at)
    return row


def _complete(given: dict[str, object], row: Statement | None = None) -> dict[str, object]:
    missing = []

    def now(name: str) -> object:
        return given.get(name, getattr(row, name, ""))

    if not now("text_zh") and not now("text_en"):
        missing.append(Problem("text_zh", Text("Write what was said.", "请填写发言内容。")))
    if not now("statement_kind"):
        kinds = Text("Say what it is: difficulty, suggestion, progress, commitment.", "请选择困难、建议、进展或承诺。")
        missing.append(Problem("statement_kind", kinds))
    if missing:
        raise Invalid(*missing)
    return given


def _draft(event: Event, *, by: Reader, at: datetime) -> None:
    """Whoever writes into the minutes last has drafted them, and does not confirm them."""
    author = User.objects.filter(pk=by.user_id).first()
    if event.state == EventState.HELD and events.statements(event):
        stand = permissions.standing(by, event)
        changes = base.move(event, EVENT_FLOW, "draft", stand, by=by, at=at, minutes_by=author)
        journal.note("event.drafted", event, by=by, at=at, changes={"state": changes["state"]})
    elif author is not None and event.minutes_by_id != author.pk:
        base.change(event, at=at, minutes_by=author)


@atomic
def correct_statement(
    row: Statement, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Statement:
    """Change what the draft says was said."""
    require(permissions.may_minute(by, row.event), Forbidden)
    given = _complete(statement_values(values, by), row)
    if row.need_id and given.get("statement_kind", StatementKind.DIFFICULTY) != StatementKind.DIFFICULTY:
        raise Refused(Text("It has become a need: it stays a difficulty.", "该条已转为需求，类型须保持为困难。"))
    changes = base.change(row, at=at, version=version, **given)
    journal.note("event.reworded", row.event, by=by, at=at, changes={
        "statement": (None, row.place), "fields": (None, ", ".join(sorted(changes))),
    })  # fmt: skip
    _draft(row.event, by=by, at=at)
    return row


@atomic
def strike(row: Statement, *, by: Reader, at: datetime) -> None:
    """Take a statement out of the draft; what has become a need or an action stays."""
    require(permissions.may_minute(by, row.event), Forbidden)
    if row.need_id or any(one.statement_id == row.pk for one in events.actions_of(row.event)):
        raise Refused(
            Text(
                "Something has followed from it already: it stays in the minutes.", "该条已有后续事项，须保留在纪要中。"
            )
        )
    event, place = row.event, row.place
    row.delete()
    journal.note("event.struck", event, by=by, at=at, changes={"statement": (place, None)})
    _draft(event, by=by, at=at)


@atomic
def summarise(event: Event, *, zh: str, en: str, by: Reader, at: datetime, version: int | None = None) -> Event:
    """Write what stands in the minutes before the statements."""
    require(permissions.may_minute(by, event), Forbidden)
    values = {"summary_zh": sound("summary_zh", zh.strip()), "summary_en": sound("summary_en", en.strip())}
    changes = base.change(event, at=at, version=version, **values)
    journal.note("event.summarised", event, by=by, at=at, changes={"fields": (None, ", ".join(sorted(changes)))})
    _draft(event, by=by, at=at)
    return event
