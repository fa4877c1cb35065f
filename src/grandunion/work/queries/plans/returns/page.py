"""Everything a return's page and its form show, in a bounded number of questions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.utils import timezone

from grandunion.engines.indicators.returns import Field
from grandunion.records.plans import Return
from grandunion.terms.readers import Reader
from grandunion.terms.returns import OPEN, FieldType, FieldUse, Lateness
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.work.queries.plans.returns import rows
from grandunion.work.queries.plans.returns.comparing import Line, counted_by_hub, lines
from grandunion.work.queries.plans.returns.forms import fields_of, instructions_of

DAYS = (Text("Mon", "周一"), Text("Tue", "周二"), Text("Wed", "周三"), Text("Thu", "周四"), Text("Fri", "周五"),
        Text("Sat", "周六"), Text("Sun", "周日"))  # fmt: skip
SOON = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class ReturnPage:
    """One return as deep as its reader reads it; `lines` is empty for whoever may not read what was reported."""

    lines: tuple[Line, ...]
    earlier: Return | None
    instructions: Text
    due: Text
    lateness: Lateness | None
    is_open: bool


def page(record: Return, reader: Reader, depth: Secrecy) -> ReturnPage:
    """A return the reader has opened, beside last period's and the hub's own count."""
    is_deep = depth >= Secrecy.S2
    earlier = rows.before(record) if is_deep else None
    return ReturnPage(
        lines=lines(record, earlier, counted_by_hub(record, reader)) if is_deep else (),
        earlier=earlier,
        instructions=instructions_of(record.form),
        due=due_said(record.due_at, reader.at),
        lateness=lateness(record),
        is_open=record.state in OPEN,
    )


@dataclass(frozen=True, slots=True)
class Sheet:
    """A return as a form to fill in: its fields, what each begins with, and what stands beside it."""

    fields: tuple[Field, ...]
    initial: Mapping[str, object]
    lines: Mapping[str, Line]
    is_prefilled: bool


def sheet(record: Return, reader: Reader) -> Sheet:
    """The form of a return its reporter has opened. One not begun yet starts from what is known already: the hub's
    own count where the field is one of its figures, else what was reported last period."""
    fields, earlier, counted = fields_of(record.form), rows.before(record), counted_by_hub(record, reader)
    is_fresh = not record.values
    kept = {**_begun(fields, earlier, counted)} if is_fresh else record.values
    return Sheet(
        fields=fields,
        initial={key: value for field in fields for key, value in spread(field, kept.get(field.code)).items()},
        lines={line.field.code: line for line in lines(record, earlier, counted)},
        is_prefilled=is_fresh and bool(kept),
    )


def _begun(fields: tuple[Field, ...], earlier: Return | None, counted: Mapping[str, Decimal]) -> dict[str, object]:
    was = rows.values_of(earlier)
    figures = {field.code: was[field.code] for field in fields
               if field.code in was and field.type is not FieldType.TEXT}  # fmt: skip
    known = {field.code: f"{counted[field.code]:f}" for field in fields
             if field.code in counted and field.use is FieldUse.CHECKS}  # fmt: skip
    return {**figures, **known}


def spread(field: Field, value: object) -> dict[str, object]:
    """A kept value under the names a form sends it by."""
    if field.type is FieldType.TEXT:
        words = value or {}
        return {f"{field.code}_{one}": words.get(one, "") for one in ("zh", "en")}
    if field.type is FieldType.YES_NO:
        return {field.code: "" if value is None else ("yes" if value else "no")}
    digits = "" if value is None else str(value)
    return {field.code: digits.rstrip("0").rstrip(".") if "." in digits else digits}


def lateness(record: Return) -> Lateness | None:
    """How a return that is with its reporter stands to its deadline."""
    if record.state not in OPEN:
        return None
    if record.escalated_at:
        return Lateness.ESCALATED
    return Lateness.OVERDUE if record.overdue_at else Lateness.ON_TIME


def due_said(due_at: datetime, at: datetime) -> Text:
    """A deadline as a person says it: “Tue 14:00” within a week, else the day and the time."""
    due = timezone.localtime(due_at)
    if timedelta() <= due_at - at < SOON:
        day = DAYS[due.weekday()]
        return Text(f"{day.en} {due:%H:%M}", f"{day.zh} {due:%H:%M}")
    return Text(f"{due:%Y-%m-%d %H:%M}", f"{due:%Y-%m-%d %H:%M}")
