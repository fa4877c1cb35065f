"""Periodic returns through the API: what is owed, filling in, review, the forms, and what was reported in sum."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import BeforeValidator, Field

from grandunion.interfaces.api import answers, described, reports, resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Body, Nothing, Reason, exact, text
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.terms.readers import Reader
from grandunion.terms.returns import ReturnState
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, invalid, require
from grandunion.work.actions.plans import returns as actions
from grandunion.work.permissions.base import clearance
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries.plans import returns

MOST_FIELDS = 200
Code = Annotated[str, Field(max_length=63)]


def _exact(value: object) -> object:
    return value if isinstance(value, bool) else exact(value)


Written = Annotated[str | int | bool | None, BeforeValidator(_exact)]
# By a field's code; of a text, by its code with _zh or _en. Amounts as text: a JSON fraction is not exact.
Values = Annotated[dict[Code, Written], Field(max_length=MOST_FIELDS)]


class ReturnBody(Body):
    """What is reported, field by field; what is not sent stays as it is."""

    values: Values = {}
    remark: text(4000) = ""


class CommentsBody(Body):
    """What is to be corrected, by the code of the field; “whole” for the return itself."""

    comments: Annotated[dict[Code, text(1000)], Field(max_length=MOST_FIELDS)]


class LineShape(Schema):
    """One field beside what it is compared with."""

    code: str
    name: Bilingual
    unit: Bilingual | None
    type: str
    is_required: bool
    value: object | None
    last_period: object | None
    counted_by_hub: str | None
    doubt: Bilingual | None
    gap: Bilingual | None
    comment: str


class LinesShape(Schema):
    """Every field of a return; none for whoever may not read what was reported."""

    form: str
    period: str
    lines: list[LineShape]


def _edit(record: object, values: dict, *, by: Reader, at: datetime, version: int | None) -> object:
    return actions.save(record, _sent(values), by=by, at=at, version=version)


def _sent(values: Mapping[str, object]) -> dict[str, object]:
    """The fields as a form sends them; nothing and false are kept apart."""
    found = dict(values.get("values") or {})
    if "remark" in values:
        found["remark"] = values["remark"]
    return found


def _parts(reader: Reader, record: object) -> dict[str, object]:
    depth = clearance(reader, record)
    if depth < Secrecy.S1:
        raise Absent
    shown = returns.page(record, reader, depth)
    kept = record.values if depth >= Secrecy.S2 else {}
    was = returns.values_of(shown.earlier)
    lines = [_line(line, kept.get(line.field.code), was.get(line.field.code)) for line in shown.lines]
    return {"form": record.form_code, "period": record.span.code, "lines": lines}


def _line(line: returns.Line, value: object, was: object) -> dict[str, object]:
    field = line.field
    return {
        "code": field.code, "name": field.name, "unit": field.unit, "type": field.type.value,
        "is_required": field.is_required, "value": value, "last_period": was,
        "counted_by_hub": line.counted.en or None, "doubt": _some(line.doubt), "gap": _some(line.gap),
        "comment": line.comment,
    }  # fmt: skip


def _some(saying: Text | None) -> Text | None:
    return saying if saying is not None and saying.zh else None


def _remind(record: object, *, by: Reader, at: datetime) -> object:
    return actions.remind(record, by=by, at=at)


def _send_back(record: object, *, comments: Mapping[str, str], **more: object) -> object:
    return actions.send_back(record, comments, **more)


PLAIN: Mapping[str, tuple[Callable[..., object], type[Body]]] = {
    "submit": (actions.submit, Nothing),
    "take_back": (actions.take_back, Nothing),
    "review": (actions.review, Nothing),
    "accept": (actions.accept, Nothing),
    "send_back": (_send_back, CommentsBody),
    "reopen": (actions.reopen, Reason),
    "waive": (actions.waive, Reason),
    "ask_again": (actions.ask_again, Reason),
}
LABELS = {move.code: move.label for move in permissions.RETURN_FLOW.moves}
MOVES: Mapping[str, Deed] = {
    code: Deed(f"moves/{code}", LABELS[code], act, body, has_version=True) for code, (act, body) in PLAIN.items()
}
REMIND = Deed("remind", Text("Remind the reporter", "提醒填报单位"), _remind)
RETURNS = Resource(
    Text("Periodic return", "定期报表"), returns.RETURNS, returns.get, words={"state": ReturnState, "level": Level},
    offers=permissions.offers,
)  # fmt: skip
router = resources.router_of(RETURNS, MOVES)
resources.edits(router, RETURNS, ReturnBody, _edit)
resources.reads_parts(router, RETURNS, _parts, LinesShape)
for deed in (*MOVES.values(), REMIND):
    resources.does(router, RETURNS, deed)


class SumShape(Schema):
    """One field over all accepted returns of a period; hidden from whoever reads sums only where few reported."""

    code: str
    name: Bilingual
    indicator: str
    value: str | None
    reporters: int | None
    is_hidden: bool


class SummaryShape(Schema):
    """A form and a period as reported; never mixed with what the hub has counted."""

    form: str
    period: str
    asked: int
    accepted: int
    waiting: int
    open: int
    overdue: int
    sums: list[SumShape]


def _reported(request: HttpRequest, form: str, period: str = "") -> HttpResponse:
    """The sums of accepted returns of a form, of its newest period or of the one asked for (2026-Q3)."""
    require(permissions.may_see_reported(request.reader), Forbidden)
    found = returns.form(form)
    known = returns.spans(found)
    span = next((one for one in known if period in ("", one.code)), None)
    if span is None:
        raise invalid("period", f"“{period}” was not asked for.", f"“{period}”没有开启过填报。")
    told = returns.summary(found, span, reader=request.reader)
    sums = [{"code": one.field.code, "name": one.field.name, "indicator": one.field.indicator,
             "value": None if one.value is None else str(one.value), "reporters": one.reporters,
             "is_hidden": one.is_hidden} for one in told.sums]  # fmt: skip
    return answers.answer({
        "form": found.code, "period": span.code, "asked": told.asked, "accepted": told.accepted,
        "waiting": told.waiting, "open": told.open, "overdue": told.overdue, "sums": sums,
    })  # fmt: skip


reports.router.get(
    "/returns", operation_id="reported", summary="Sums as reported · 报送汇总", response=SummaryShape,
    openapi_extra=described.beside(described.READ_ERRORS),
)(_reported)  # fmt: skip
