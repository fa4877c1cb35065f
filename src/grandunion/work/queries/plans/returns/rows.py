"""Rows of periodic returns: which a reader may see, one by its number, and what their flow reads."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from grandunion.engines.indicators.returns import Value, doubts, missing
from grandunion.records.plans import Return
from grandunion.terms.readers import Reader
from grandunion.terms.returns import ReturnState
from grandunion.work.queries.base import opened, visible
from grandunion.work.queries.plans.returns.forms import fields_of

ALONG = ("form", "owner", "area", "in_charge", "submitted_by")
SAID = (ReturnState.SUBMITTED, ReturnState.IN_REVIEW, ReturnState.ACCEPTED)  # what the reporter has put their name to


def visible_to(reader: Reader) -> QuerySet[Return]:
    """The returns the reader may see."""
    return visible(Return, reader)


def get(number: str, reader: Reader) -> Return:
    """The return with this number, if the reader may see it."""
    return opened(Return, reader, *ALONG, number=number)


def before(record: Return) -> Return | None:
    """What the same reporter said about the period before, as far as it was submitted."""
    return of_period(record, record.span.before.starts_on)


def of_period(record: Return, starts_on: date) -> Return | None:
    """The same reporter's submitted return in the same form about another period."""
    rows = Return.objects.unscoped("the same reporter's own return about another period").filter(
        form_code=record.form_code, starts_on=starts_on, owner=record.owner_id, state__in=SAID
    )
    if record.owner_id is None:
        rows = rows.filter(area=record.area_id)
    return rows.select_related("form").first()


def facts(record: Return, *, user_id: int | None = None, earlier: Return | None = None) -> dict[str, object]:
    """What the flow of returns reads; `earlier` is the return about the period before."""
    fields = fields_of(record.form)
    asked = doubts(fields, record.values, values_of(earlier))
    return {
        "is_complete": not missing(fields, record.values),
        "is_explained": not asked or bool(record.remark.strip()),
        "is_own": user_id is not None and record.submitted_by_id == user_id,
        "comments": len(record.comments),
    }


def values_of(record: Return | None) -> Mapping[str, Value]:
    """What a return says; nothing for none."""
    return record.values if record is not None else {}
