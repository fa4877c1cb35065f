"""Rounds through the API: planned, filled, worked out, assigned, published, and everybody's own meetings."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from grandunion.interfaces.api import answers, described, resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Body, Moment, Nothing, Reason, term, text
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.terms.matches import Market, Side
from grandunion.terms.readers import Reader
from grandunion.terms.rounds import AppointmentState, FairTo, Objective, RoundState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.round_files import tables_of
from grandunion.work.queries.matches.round_page import round_page
from grandunion.work.queries.matches.rounds import name_of

Load = Annotated[int, Field(strict=True, ge=0, le=1000)]


class SlotBody(Body):
    """A time at which meetings are held side by side; `tables` at most (null: as the round says)."""

    code: text(40)
    starts_at: Moment | None = None
    ends_at: Moment | None = None
    tables: Load | None = None


class RoundEdit(Body):
    """What a round says; loads are those of a participant that has none of its own."""

    title_zh: text(300) = ""
    title_en: text(300) = ""
    objective: Objective = Objective.TOTAL
    fair_to: FairTo = FairTo.FIRSTS
    place: text(200) = ""
    area: term("areas") = ""
    slots: Annotated[list[SlotBody], Field(max_length=200)] = []
    tables: Load | None = None
    needing_min: Load = 0
    needing_max: Load = 1
    offering_min: Load = 0
    offering_max: Load = 1
    note: text() = ""


class RoundBody(RoundEdit):
    """A new round: its market does not change any more."""

    market: Market


class Joining(Body):
    """Who takes part on a side, by their numbers; all or none."""

    side: Side
    numbers: Annotated[list[text(40)], Field(min_length=1, max_length=500)]


class ParticipantOut(Schema):
    """One who takes part, with the number of what it brings."""

    id: int
    side: Side
    number: str
    name: Bilingual
    min_load: int | None
    max_load: int | None
    not_free: list[str]
    cancelled_at: datetime | None


class AppointmentOut(Schema):
    """Two that meet, at a time where the round has times."""

    slot: str
    table: str
    state: AppointmentState
    needing: Bilingual
    offering: Bilingual


class RoundParts(Schema):
    """What belongs to a round: the desk reads everything, everybody else their own meetings once it is published."""

    participants: list[ParticipantOut] | None
    pairs: int | None
    kept_apart: int | None
    meetings: list[AppointmentOut]


Rows = Annotated[list[dict[text(40), text(1000)]], Field(max_length=100_000)]


class Sheets(Body):
    """A round's tables as its workbook has them, everybody by the number of what they bring; what comes is taken.

    `members`: side (a needs, b offers), key, name_zh, name_en, min_load, max_load, not_free, body; `pairs`: key_a,
    key_b, value, constraint, reason; `meetings`: slot, key_a, key_b. As the export writes them. · 与导出的工作表相同。
    """

    members: Rows | None = None
    pairs: Rows | None = None
    meetings: Rows | None = None


class SheetsOut(Schema):
    """The tables of a round, row by row, every value as the workbook writes it."""

    members: list[dict[str, str]]
    slots: list[dict[str, str]]
    pairs: list[dict[str, str]]
    meetings: list[dict[str, str]]


class Taken(Schema):
    """How many rows of each table were taken in."""

    members: int = 0
    pairs: int = 0
    meetings: int = 0


def _parts(reader: Reader, record: object) -> dict[str, object]:
    is_desk = bool(permissions.may_read_all_meetings(reader, record))
    meetings = matches.appointments(record, reader, is_desk=is_desk)
    pairs = matches.pairings(record) if is_desk else []
    return {
        "participants": [_participant(one) for one in matches.participants(record)] if is_desk else None,
        "pairs": len(pairs) if is_desk else None,
        "kept_apart": sum(one.ruling < 0 for one in pairs) if is_desk else None,
        "meetings": [
            {"slot": one.slot, "table": one.table, "state": one.state, "needing": name_of(one.needing),
             "offering": name_of(one.offering)}
            for one in meetings
        ],
    }  # fmt: skip


def _participant(one: object) -> dict[str, object]:
    brought = one.need or one.offer or one.achievement or one.organisation or one.person
    return {
        "id": one.pk, "side": one.side, "number": brought.number, "name": name_of(one), "min_load": one.min_load,
        "max_load": one.max_load, "not_free": one.not_free, "cancelled_at": one.cancelled_at,
    }  # fmt: skip


def _values(given: Mapping[str, object]) -> dict[str, object]:
    """The fields as the action takes them: times as plain mappings."""
    slots = given.get("slots")
    return dict(given) if slots is None else {**given, "slots": [one.given() for one in slots]}


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    return actions.create_round(_values(values), by=by, at=at, submission=key)


def _edit(round_: object, values: dict, **more: object) -> object:
    return actions.edit_round(round_, _values(values), **more)


def _join(round_: object, *, side: str, numbers: list[str], by: Reader, at: datetime) -> object:
    return actions.add_numbers(round_, Side(side), numbers, by=by, at=at)


def _work_out(round_: object, *, by: Reader, at: datetime) -> object:
    return actions.compute_pairs(round_, by=by, at=at)


def _leave(round_: object, child: int, *, by: Reader, at: datetime, reason: str = "") -> object:
    found = next((one for one in matches.participants(round_) if one.pk == child), None)
    if found is None:
        raise Absent
    return actions.cancel_participant(found, reason=reason, by=by, at=at)


def _cancel(round_: object, *, reason: str = "", **more: object) -> object:
    return actions.cancel_round(round_, reason=reason, **more)


def _take_in(round_: object, *, by: Reader, at: datetime, **tables: list | None) -> dict[str, int]:
    given = {name: rows for name, rows in tables.items() if rows is not None}
    return actions.import_round(round_, given, by=by, at=at)


def _sheets(request: HttpRequest, number: str) -> HttpResponse:
    """The whole round, for whoever reads all its meetings."""
    round_ = ROUNDS.get(number, request.reader)
    require(permissions.may_read_all_meetings(request.reader, round_), Forbidden)
    tables = tables_of(round_page(round_, request.reader, is_desk=True))
    return answers.answer({name: [_row(row) for row in rows] for name, (_, rows) in tables.items()})


def _row(row: Mapping[str, object]) -> dict[str, str]:
    return {column: "" if value is None else str(value) for column, value in row.items()}


def _reopen(round_: object, *, reason: str = "", **more: object) -> object:
    return actions.reopen_round(round_, reason=reason, **more)


FORMS = {
    "assign": (actions.assign_round, Nothing, Text("Assign", "编排")),
    "assign_anew": (actions.assign_round, Nothing, Text("Assign anew", "重新编排")),
    "publish": (actions.publish_round, Nothing, Text("Publish", "发布")),
    "finish": (actions.finish_round, Nothing, Text("Finish", "结束")),
    "cancel": (_cancel, Reason, Text("Call off", "取消")),
    "reopen": (_reopen, Reason, Text("Plan anew", "重新策划")),
}
MOVES: Mapping[str, Deed] = {
    code: Deed(f"moves/{code}", label, act, body, has_version=True) for code, (act, body, label) in FORMS.items()
}
DEEDS = (
    Deed("participants", Text("Let take part", "添加参与者"), _join, Joining),
    Deed("participants/{int:child}/cancel", Text("Somebody does not come", "参与者取消"), _leave, Reason),
    Deed("pairs", Text("Work the pairs out", "计算配对"), _work_out),
)
ROUNDS = Resource(
    Text("Round", "专场撮合"), matches.ROUNDS, matches.get_round,
    words={"state": RoundState, "market": Market, "objective": Objective, "fair_to": FairTo, "level": Level},
    offers=permissions.moves_of_round,
)  # fmt: skip
router = resources.router_of(ROUNDS, MOVES)
resources.creates(router, ROUNDS, RoundBody, _create)
resources.edits(router, ROUNDS, RoundEdit, _edit)
resources.reads_parts(router, ROUNDS, _parts, RoundParts)
for deed in (*MOVES.values(), *DEEDS):
    resources.does(router, ROUNDS, deed)
resources.does(router, ROUNDS, Deed("tables", Text("Take tables in", "导入表格"), _take_in, Sheets), Taken)
router.get(
    "/{number}/tables", operation_id="tables_of_round", summary="The round as tables · 专场表格", response=SheetsOut,
    openapi_extra=described.beside(described.READ_ERRORS),
)(_sheets)  # fmt: skip
