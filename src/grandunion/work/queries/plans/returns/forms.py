"""Forms of periodic returns: which there are, what each asks, and by what schedule."""

from collections.abc import Mapping
from datetime import time
from decimal import Decimal

from django.db.models import QuerySet

from grandunion.engines.calendars.reporting import Schedule
from grandunion.engines.indicators.returns import Field
from grandunion.records.plans import ReturnForm
from grandunion.terms.returns import FieldType, FieldUse
from grandunion.terms.text import Text
from grandunion.work.queries.base import by_code


def forms() -> QuerySet[ReturnForm]:
    """The forms in force, in the order of the pack."""
    return ReturnForm.objects.filter(is_current=True).order_by("position", "pk")


def form(code: str) -> ReturnForm:
    """The edition of this form that is in force, or Absent."""
    return by_code(_coded, code)


def _coded(code: str) -> QuerySet[ReturnForm]:
    return forms().filter(code=code)


def fields_of(wanted: ReturnForm) -> tuple[Field, ...]:
    """What the form asks, in its order."""
    return tuple(_field(row) for row in wanted.definition["fields"])


def schedule_of(wanted: ReturnForm) -> Schedule:
    """When the form opens, falls due, is reminded of and is raised."""
    given = wanted.definition
    return Schedule(
        opens_after=given["opens_after"],
        due_after=given["due_after"],
        due_by=time.fromisoformat(given["due_by"]) if given.get("due_by") else None,
        remind_before=tuple(given["remind_before"]),
        remind_every=given["remind_every"],
        escalate_after=given["escalate_after"],
        correct_within=given["correct_within"],
    )


def instructions_of(wanted: ReturnForm) -> Text:
    """How the form is filled in."""
    return Text(wanted.definition["instructions_en"], wanted.definition["instructions_zh"])


def _field(row: Mapping) -> Field:
    return Field(
        code=row["code"],
        name=Text(row["name_en"], row["name_zh"]),
        type=FieldType(row["type"]),
        unit=_pair(row, "unit"),
        places=row["places"],
        least=_number(row["least"]),
        most=_number(row["most"]),
        is_required=row["is_required"],
        indicator=row["indicator"],
        use=FieldUse(row["use"]) if row["use"] else None,
        change_at_most=_number(row["change_at_most"]),
        help=_pair(row, "help"),
    )


def _pair(row: Mapping, name: str) -> Text | None:
    return Text(row[f"{name}_en"], row[f"{name}_zh"]) if row.get(f"{name}_zh") else None


def _number(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)
