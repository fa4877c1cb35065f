"""What of one area's figures is kept from who reads aggregates: each is a cell of the table of all areas."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from grandunion.engines.indicators import LEAST, masked
from grandunion.records.lists import Term
from grandunion.records.plans import Definition
from grandunion.terms.readers import Reader
from grandunion.work.queries.lists import terms
from grandunion.work.queries.plans.tally import Worth

Told = Callable[[Definition, int, date, int | None], Worth | None]


@dataclass(frozen=True, slots=True)
class Shield:
    """Hides a figure of one to four records, and that of an area by which another's could be worked out.

    `beside` tells the same figure of each area (by `ids`, in their order); None where no area was asked for.
    """

    reader: Reader
    area: Term | None = None
    ids: tuple[int | None, ...] = ()
    beside: Told | None = None

    def hides(self, worth: Worth | None, definition: Definition, place: int, day: date) -> bool:
        """Whether the reader is not told what a definition comes to in a slot."""
        if self.reader.reads_rows or worth is None or not worth.records:
            return False
        if worth.records < LEAST or self.beside is None:
            return worth.records < LEAST
        told = [self.beside(definition, place, day, pk) for pk in self.ids]
        return is_withheld(self.area, self.ids, [one.records if one else 0 for one in told])


def shield(reader: Reader, area: Term | None, beside: Callable[[], Told]) -> Shield:
    """The shield of what is asked; the table of all areas is read only for who reads aggregates of one of them."""
    if reader.reads_rows or area is None:
        return Shield(reader)
    return Shield(reader, area, area_ids(), beside())


def area_ids() -> tuple[int | None, ...]:
    """The areas in the order of their table, and what has none."""
    return (*terms("areas").values_list("pk", flat=True), None)


def is_withheld(area: Term, ids: Sequence[int | None], counts: Sequence[int]) -> bool:
    """Whether the area's cell is hidden in the table of all areas."""
    return ids.index(area.pk) in masked(counts)
