"""A page of whole records instead of columns, for lists that show tiles."""

from dataclasses import dataclass

from grandunion.terms.readers import Reader
from grandunion.work.queries.base.listing import CAP, Listing, Question, asked


@dataclass(frozen=True, slots=True)
class Tiles:
    """Some records of a list; `total` counts all that the question leaves, up to a thousand."""

    rows: tuple[object, ...]
    total: int
    is_capped: bool
    page: int
    has_next: bool


def tiles(listing: Listing, reader: Reader, question: Question) -> Tiles:
    """One page of the list's records, as the list's scope gives them."""
    rows = asked(listing, reader, question)
    start = (question.page - 1) * question.size
    got = tuple(rows[start : start + question.size + 1])
    total = rows.order_by()[: CAP + 1].count()
    return Tiles(got[: question.size], min(total, CAP), total > CAP, question.page, len(got) > question.size)
