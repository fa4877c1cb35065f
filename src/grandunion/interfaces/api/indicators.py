"""Indicators through the API: figures as of any day, and the records behind each."""

from dataclasses import replace
from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.kit import figures
from grandunion.terms.counting import Dimension
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.queries import lists, plans

AS_OF = described.parameter(
    "as_of", Text("The day as of which it is counted; without one, today.", "统计截止日，缺省为今天。"), described.DAY
)
AREA = described.parameter("area", Text("A code of GET /lists/areas; else the hub.", "片区代码，缺省为全平台。"))
ASKED = frozenset({"as_of", "area"})
OPENED = ASKED | {"cursor", "limit", "columns"}


class FigureOut(Schema):
    """A figure: `value` is null where nothing counts it, or where it is too small to be told (`is_hidden`)."""

    code: str
    name: Bilingual
    unit: Bilingual
    kind: str
    period: str
    as_of: date
    since: date | None
    area: str | None
    value: str | None
    is_hidden: bool
    is_counted: bool
    records: int | None
    rule: Bilingual | None
    definition: Bilingual
    why_uncounted: Bilingual | None


class FiguresOut(Schema):
    """Every indicator as of one day."""

    as_of: date
    area: str | None
    items: list[FigureOut]


class CellOut(Schema):
    """A figure's part."""

    value: str | None
    is_hidden: bool


class MonthOut(CellOut):
    """A month, by its first day."""

    month: date


class AreaOut(CellOut):
    """An area by its code; null: without one."""

    area: str | None


class HistoryOut(Schema):
    """A figure over the last twelve months, and by area."""

    months: list[MonthOut]
    areas: list[AreaOut]


class CutOut(CellOut):
    """One part of a cut: by its code or number; null: what has none."""

    code: str | None
    name: Bilingual | None


class CutOut(Schema):
    """A figure cut by area, partner, university, field or industry."""

    dimension: str
    items: list[CutOut]


class CorrectionOut(Schema):
    """A record by which a figure differs from what was known when its day was over."""

    number: str
    title: Bilingual
    late: str
    known_at: datetime
    before: str | None
    after: str | None


class CorrectionsOut(Schema):
    """What was entered or changed after the day; `hidden` is null where it is not told."""

    items: list[CorrectionOut]
    hidden: int | None


class UncountedOut(Schema):
    """The rows the caller may open that do not count, each with why."""

    items: list[dict]
    next: str | None


class RecordsOut(Schema):
    """The rows counted that the caller may open, and how many more there are (null: not told)."""

    items: list[dict]
    next: str | None
    hidden: int | None
    figure: FigureOut


def _list(request: HttpRequest) -> HttpResponse:
    asked = _asked(request)
    figures = plans.values(reader=request.reader, **asked)
    area = asked["area"].code if asked["area"] else None
    return answers.answer({"as_of": asked["as_of"], "area": area, "items": [_figure(one) for one in figures]})


def _one(request: HttpRequest, code: str) -> HttpResponse:
    return answers.answer(_figure(plans.value(plans.indicator(code), reader=request.reader, **_asked(request))))


def _history(request: HttpRequest, code: str) -> HttpResponse:
    found = plans.history(plans.indicator(code), reader=request.reader, **_asked(request))
    months = [{"month": month, **_cell(cell)} for month, cell in found.months] if found else []
    areas = [{"area": area.code if area else None, **_cell(cell)} for area, cell in found.areas] if found else []
    return answers.answer({"months": months, "areas": areas})


def _records(request: HttpRequest, code: str) -> HttpResponse:
    opened = plans.records(plans.indicator(code), reader=request.reader, **_asked(request, OPENED))
    # A cursor follows the record's own columns only; the day a row was counted on is worked out.
    listing = replace(opened.listing, order=("-pk",))
    return answers.listed(request, listing, also=ASKED, hidden=opened.hidden, figure=_figure(opened.figure))


def _asked(request: HttpRequest, known: frozenset[str] = ASKED) -> dict[str, object]:
    """The day and the area asked for; the figures are brought up to date."""
    figures.kept(request)
    given = request.GET.dict()
    if strange := sorted(given.keys() - known):
        raise answers.unknown(strange[0], sorted(known))
    written, code = given.get("as_of", ""), given.get("area", "")
    if "\x00" in code:
        raise invalid("area", "There is no such area.", "没有该片区。")
    return {"as_of": _day(written, request), "area": lists.term("areas", code, "area")}


def _day(written: str, request: HttpRequest) -> date:
    if not written:
        return timezone.localtime(request.at).date()
    try:
        day = date.fromisoformat(written)
    except ValueError:
        day = None
    if day is None or not 1900 <= day.year <= 2999:
        raise invalid("as_of", "Write a day like 2026-03-31.", "请填写日期，例如 2026-03-31。")
    return day


def _figure(figure: object) -> dict[str, object]:
    wanted = figure.indicator
    why: Text | None = None if figure.is_counted else wanted.why_uncounted
    return {
        "code": wanted.code,
        "name": wanted.name,
        "unit": wanted.unit,
        "kind": wanted.indicator_kind,
        "period": wanted.period,
        "as_of": figure.as_of,
        "since": figure.since,
        "area": figure.area.code if figure.area else None,
        **_cell(figure.cell),
        "is_counted": figure.is_counted,
        "records": figure.cell.records,
        "rule": figure.rule,
        "definition": wanted.definition,
        "why_uncounted": why,
    }


def _cell(cell: object) -> dict[str, object]:
    return {"value": cell.value, "is_hidden": cell.is_hidden}


def _by(request: HttpRequest, code: str, dimension: str) -> HttpResponse:
    if not Dimension.has(dimension):
        raise answers.unknown(dimension, Dimension.codes())
    rows = plans.by(plans.indicator(code), Dimension(dimension), reader=request.reader, **_asked(request))
    items = [{"code": _named(one), "name": one.name if one else None, **_cell(cell)} for one, cell in rows]
    return answers.answer({"dimension": dimension, "items": items})


def _named(one: object | None) -> str | None:
    return (getattr(one, "code", None) or one.number) if one else None


def _corrections(request: HttpRequest, code: str) -> HttpResponse:
    found = plans.corrections(plans.indicator(code), reader=request.reader, **_asked(request))
    items = [
        {"number": one.number, "title": one.title, "late": one.late.value, "known_at": one.known_at,
         "before": one.before, "after": one.after}
        for one in found.rows
    ]  # fmt: skip
    return answers.answer({"items": items, "hidden": found.hidden})


def _uncounted(request: HttpRequest, code: str) -> HttpResponse:
    listing = plans.uncounted(plans.indicator(code), reader=request.reader, **_asked(request, OPENED))
    return answers.listed(request, listing, also=ASKED)


router = Router(tags=["Indicators · 指标"])
for address, name, view, summary, shape in (
    ("", "list_indicators", _list, "Indicators · 指标", FiguresOut),
    ("/{code}", "get_indicator", _one, "Indicator · 单项指标", FigureOut),
    ("/{code}/history", "history_of_indicator", _history, "By month and area · 按月份和片区", HistoryOut),
    ("/{code}/records", "records_of_indicator", _records, "The records counted · 计入的记录", RecordsOut),
    ("/{code}/uncounted", "uncounted_of_indicator", _uncounted, "Not counted, and why · 未计入的记录", UncountedOut),
    ("/{code}/corrections", "corrections_of_indicator", _corrections, "Entered later · 补录与修改", CorrectionsOut),
    ("/{code}/by/{dimension}", "cut_of_indicator", _by, "Cut by a dimension · 分类统计", CutOut),
):
    pages = described.paging() if view in (_records, _uncounted) else []
    router.get(
        address, operation_id=name, summary=summary, response=shape,
        openapi_extra=described.beside(described.READ_ERRORS, AS_OF, AREA, *pages),
    )(view)  # fmt: skip
