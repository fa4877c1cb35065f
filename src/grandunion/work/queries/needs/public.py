"""Needs as anybody may read them: the public fields of public needs, whoever asks; never who states them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet

from grandunion.engines.flows import NEED_FLOW
from grandunion.records.documents import Draft
from grandunion.records.needs import Need
from grandunion.terms.achievements import Mode
from grandunion.terms.money import Money
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.offers import FinanceRound, Instrument
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.text import Text, either
from grandunion.work.queries.base import one, visible
from grandunion.work.queries.documents import Tracked, tracked
from grandunion.work.queries.needs.listing import LISTING


@dataclass(frozen=True, slots=True)
class Wanted:
    """A public need; fields that are not public are not here."""

    number: str
    title: Text
    state: Text
    category: Text
    text: Text
    subject: Text | None
    field: Text | None
    industry: Text | None
    budget: Text | None
    wanted_by: date | None
    trl_wanted: int | None
    modes_wanted: tuple[Mode, ...]
    finance_round: Text | None
    instruments_wanted: tuple[Instrument, ...]
    acceptance_criteria: str


def _public(reader: Reader) -> QuerySet[Need]:
    return visible(Need, visitor(reader.at)).select_related("subject", "field", "industry")


# Only public columns may be asked about: a filter by organisation would tell who states a need.
OPEN = replace(
    LISTING,
    name=Text("Open needs", "公开需求"),
    filters=tuple(known for known in LISTING.filters if known.code in ("category", "field")),
    scope=_public,
)


def wanted(number: str, at: datetime) -> Wanted:
    """The public need with this number; Absent if there is none, or it is not public."""
    return all_wanted([one(_public(visitor(at)), number=number)])[0]


def all_wanted(rows: Iterable[Need]) -> tuple[Wanted, ...]:
    """Rows of `OPEN` as anybody may read them."""
    return tuple(_wanted(row) for row in rows)


def _wanted(row: Need) -> Wanted:
    terms = {name: getattr(row, name) for name in ("subject", "field", "industry")}
    return Wanted(
        number=row.number,
        title=row.title,
        state=NEED_FLOW.state(row.state).public_name,
        category=Category(row.category).text,
        text=either(row.text_en, row.text_zh),
        budget=None if row.budget is None else Money(row.budget, row.currency).said(),
        wanted_by=row.wanted_by,
        trl_wanted=row.trl_wanted,
        modes_wanted=tuple(Mode(code) for code in row.modes_wanted),
        finance_round=FinanceRound(row.finance_round).text if row.finance_round else None,
        instruments_wanted=tuple(Instrument(code) for code in row.instruments_wanted),
        acceptance_criteria=row.acceptance_criteria,
        **{name: term.name if term else None for name, term in terms.items()},
    )


def newest(at: datetime, limit: int) -> tuple[Wanted, ...]:
    """The public needs that changed last."""
    return all_wanted(_public(visitor(at)).order_by("-updated_at", "-pk")[:limit])


def tracked_need(draft: Draft) -> Tracked:
    """Where the need stands that a public form became; for the holder of the form's key."""
    rows = Need.objects.unscoped("the holder of a form's key follows what it became, by its public state")
    return tracked(NEED_FLOW, one(rows, number=draft.became), {NeedState.DRAFT: None})
