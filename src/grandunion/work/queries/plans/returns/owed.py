"""What a reporter owes: their open returns, the most urgent first."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from grandunion.records.plans import Return
from grandunion.terms.readers import Reader
from grandunion.terms.returns import OPEN, Lateness, ReturnState
from grandunion.terms.text import Text
from grandunion.work.queries.plans.returns.page import due_said, lateness
from grandunion.work.queries.plans.returns.rows import visible_to

MOST = 50


@dataclass(frozen=True, slots=True)
class Owed:
    """One return that waits for its reporter."""

    number: str
    title: Text
    reporter: Text
    state: ReturnState
    due: Text
    lateness: Lateness | None
    comments: int


def owed_by(reader: Reader) -> tuple[Owed, ...]:
    """What the reader is to fill in: for their organisations, and as an officer of an area for that area."""
    found = owing(reader).select_related("form", "owner", "area").order_by("due_at", "pk")[:MOST]
    return tuple(
        Owed(
            row.number, row.title, row.owner.name if row.owner else row.area.name, ReturnState(row.state),
            due_said(row.due_at, reader.at), lateness(row), len(row.comments),
        )
        for row in found
    )  # fmt: skip


def owing(reader: Reader) -> QuerySet[Return]:
    """The open returns the reader is to fill in."""
    mine = Q(owner__in=reader.organisation_ids)
    if reader.is_officer and reader.areas:
        mine |= Q(owner=None, area__in=reader.areas)
    return visible_to(reader).filter(mine, state__in=OPEN)
