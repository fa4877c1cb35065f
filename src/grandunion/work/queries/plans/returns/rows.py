"""Rows of periodic returns: which a reader may see, one by its number, and what their flow reads."""

from collections.abc import Mapping
from datetime import date

from django.db.models import QuerySet

from grandunion.engines.indicators.returns import Value, doubts, missing
from grandunion.records.plans import Return
from grandunion.terms.readers import Reader
from grandunion.terms.returns import ReturnState
from grandunion.work.queries.base import opened, visible
from grandunion.work.queries.base.kept import asked, stand_in
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
    own = {stand_in(0): record.owner_id, stand_in(1): record.area_id}
    owner, area = (None if pk is None else place for place, pk in own.items())
    found = asked(_said, (record.form_code, starts_on, owner, area if owner is None else None), own)
    return found[0] if found else None


def _said(form_code: str, starts_on: date, owner: int | None, area: int | None) -> QuerySet[Return]:
    rows = Return.objects.unscoped("the same reporter's own return about another period").filter(
        form_code=form_code, starts_on=starts_on, owner=owner, state__in=SAID
    )
    if owner is None:
        rows = rows.filter(area=area)
    return rows.select_related("form").order_by("pk")[:1]


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
