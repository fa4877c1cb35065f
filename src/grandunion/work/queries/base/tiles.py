"""A page of whole records instead of columns, for lists that show tiles."""

from collections.abc import Sequence
from dataclasses import dataclass

from grandunion.terms.readers import Reader
from grandunion.work.queries.base.listing import CAP, Listing, Question, asked
from grandunion.work.queries.base.posed import Passing


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
    rows = Passing(asked(listing, reader, question))
    start = (question.page - 1) * question.size
    got = tuple(rows.first(question.size + 1, start))
    total = rows.number(CAP)
    return Tiles(got[: question.size], min(total, CAP), total > CAP, question.page, len(got) > question.size)


def tiles_of(listing: Listing, reader: Reader, question: Question, ids: Sequence[int], *, is_capped: bool) -> Tiles:
    """One page of the list's records in the order of their ids, best first, as a search gives them."""
    start = (question.page - 1) * question.size
    wanted = ids[start : start + question.size]
    kept = {row.pk: row for row in listing.rows(reader).filter(pk__in=wanted)}
    rows = tuple(kept[pk] for pk in wanted if pk in kept)
    return Tiles(rows, len(ids), is_capped, question.page, len(ids) > start + question.size)
