"""What stands beside a reported figure: last period's, and what the hub itself has counted of the same."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from grandunion.engines.indicators.returns import Field, Value, doubts, gaps
from grandunion.engines.indicators.wording import written
from grandunion.records.lists import Term
from grandunion.records.plans import Indicator, Return
from grandunion.terms.plans import IndicatorKind
from grandunion.terms.readers import Reader
from grandunion.terms.returns import FieldType, Span
from grandunion.terms.text import NOTHING, Text, either
from grandunion.work.queries.plans.figures import indicators, series, since
from grandunion.work.queries.plans.returns.forms import fields_of
from grandunion.work.queries.plans.returns.rows import values_of

DAY = timedelta(days=1)
YES, NO = Text("yes", "是"), Text("no", "否")


@dataclass(frozen=True, slots=True)
class Line:
    """One field of a return: what is said, what was said last period, what the hub counts, and what is in doubt."""

    field: Field
    value: Text
    was: Text
    counted: Text
    doubt: Text
    gap: Text
    comment: str


def lines(record: Return, earlier: Return | None, counted: Mapping[str, Decimal]) -> tuple[Line, ...]:
    """Every field of the return beside what it is compared with."""
    fields, before = fields_of(record.form), values_of(earlier)
    doubted = {one.field: one.text for one in doubts(fields, record.values, before)}
    apart = {one.field: one.text for one in gaps(fields, record.values, counted)}
    return tuple(
        Line(
            field,
            said(field, record.values.get(field.code)),
            said(field, before.get(field.code)),
            written(counted[field.code]) if field.code in counted else NOTHING,
            doubted.get(field.code, NOTHING),
            apart.get(field.code, NOTHING),
            record.comments.get(field.code, ""),
        )
        for field in fields
    )


def said(field: Field, value: Value | None) -> Text:
    """A kept value as a person reads it, without its unit."""
    if value is None:
        return NOTHING
    if field.type is FieldType.TEXT:
        return either(value.get("en"), value.get("zh"))
    if field.type is FieldType.YES_NO:
        return YES if value else NO
    return written(Decimal(value))


def counted_by_hub(record: Return, reader: Reader) -> Mapping[str, Decimal]:
    """The hub's own figures for the fields of an area's return over its period; a few queries whatever is asked.

    An organisation's return has none: what the hub counts is dated and placed, not filed by who brought it.
    """
    wanted = {field.code: field.indicator for field in fields_of(record.form) if field.indicator}
    if record.owner_id is not None or record.area is None or not wanted:
        return {}
    figures = _over(record.span, set(wanted.values()), record.area, reader)
    return {code: figures[indicator] for code, indicator in wanted.items() if indicator in figures}


def _over(span: Span, codes: Iterable[str], area: Term, reader: Reader) -> Mapping[str, Decimal]:
    """What was counted in the span itself, by indicator: a flow by its difference, a stock as of the last day."""
    first = span.starts_on - DAY
    known = {one.code: one for one in indicators().filter(code__in=codes)}
    found = {}
    cells = series(list(known), ends=(first, span.last_day), reader=reader, area=area)
    for code, (before, after) in cells.items():
        now, was = after.value, before.value
        if now is None:
            continue
        way = _way(known[code], span, first)
        if way == "whole":
            found[code] = now
        elif way == "difference" and was is not None:
            found[code] = now - was
    return found


def _way(wanted: Indicator, span: Span, first: date) -> str:
    """How an indicator's figure becomes that of the span: as it is, by difference, or not at all."""
    begins = since(wanted, span.last_day)
    if wanted.indicator_kind == IndicatorKind.STOCK or begins == span.starts_on:
        return "whole"
    if wanted.indicator_kind == IndicatorKind.FLOW and begins == since(wanted, first):
        return "difference"
    return ""
