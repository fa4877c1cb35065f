"""Figures rolled up: areas into the districts they lie in, districts into the city, the city into the province."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from grandunion.records.lists import Term
from grandunion.records.plans import Indicator
from grandunion.records.spaces import Area
from grandunion.terms.counting import Dimension
from grandunion.terms.readers import Reader
from grandunion.work.queries.plans.figures import Cell, Figure, by, value

NO_CELL = Cell(Decimal(0), 0)


@dataclass(frozen=True, slots=True)
class Rolled:
    """A region or an area with its figure; `depth` is how deep it lies in the tree, from 0."""

    term: Term
    cell: Cell
    depth: int
    is_area: bool

    @property
    def indent(self) -> str:
        """Spaces as deep as it lies, for a list that is read from above."""
        return "\u2003" * self.depth


def regions_of_areas() -> dict[int, tuple[Term, ...]]:
    """For each area (by its term) the regions it lies in, the innermost first: district, city, province."""
    regions = {term.pk: term for term in Term.objects.filter(list="regions")}
    return {
        area.term_id: tuple(_upwards(regions.get(area.district_id), regions)) for area in Area.objects.order_by("pk")
    }


def _upwards(region: Term | None, regions: Mapping[int, Term]) -> Iterable[Term]:
    while region is not None:
        yield region
        region = regions.get(region.parent_id)


def areas_in(region: Term) -> frozenset[int]:
    """The areas (terms) that lie in a region."""
    return frozenset(area for area, chain in regions_of_areas().items() if region.pk in {one.pk for one in chain})


def rollup(wanted: Indicator, *, as_of: date, reader: Reader) -> tuple[Rolled, ...]:
    """The figure of every region that holds areas, and of its areas below it, as a tree in the order of reading.

    Each area counts in one district, so that sums are exact; an area whose district is not known stands in none.
    """
    cells = _by_area(wanted, as_of=as_of, reader=reader)
    chains = regions_of_areas()
    held: dict[int, list[Cell]] = {}
    below: dict[int | None, dict[int, Term]] = {}
    areas = {term.pk: term for term in Term.objects.filter(list="areas").order_by("position", "pk")}
    for area, chain in chains.items():
        for place, region in enumerate(chain):
            held.setdefault(region.pk, []).append(cells.get(area, NO_CELL))
            outer = chain[place + 1].pk if place + 1 < len(chain) else None
            below.setdefault(outer, {})[region.pk] = region
        if chain and area in areas:
            below.setdefault(chain[0].pk, {})[area] = areas[area]
    return tuple(_tree(None, 0, below, held, cells))


def _tree(outer: int | None, depth: int, below: Mapping, held: Mapping, cells: Mapping) -> Iterable[Rolled]:
    for pk, term in sorted(below.get(outer, {}).items(), key=lambda item: (item[1].position, item[0])):
        if term.list == "areas":
            yield Rolled(term, cells.get(pk, NO_CELL), depth, is_area=True)
        else:
            yield Rolled(term, summed_cells(held[pk]), depth, is_area=False)
            yield from _tree(pk, depth + 1, below, held, cells)


def summed_cells(cells: Iterable[Cell]) -> Cell:
    """Several cells as one; hidden where one of them is."""
    cells = tuple(cells)
    if any(cell.is_hidden or cell.value is None for cell in cells):
        is_amount = any(cell.is_amount for cell in cells)
        return Cell(None, None, is_hidden=any(cell.is_hidden for cell in cells), is_amount=is_amount)
    return Cell(sum((cell.value for cell in cells), Decimal(0)), sum(cell.records or 0 for cell in cells))


def _by_area(wanted: Indicator, *, as_of: date, reader: Reader) -> dict[int, Cell]:
    found = by(wanted, Dimension.AREA, as_of=as_of, reader=reader)
    return {area.pk: cell for area, cell in found if area is not None}


def in_region(wanted: Indicator, region: Term, *, as_of: date, reader: Reader) -> Figure:
    """The indicator of a region: the sum of the areas that lie in it."""
    cells, areas = _by_area(wanted, as_of=as_of, reader=reader), areas_in(region)
    whole = value(wanted, as_of=as_of, reader=reader)
    if not whole.is_counted:
        return whole
    cell = summed_cells(cells.get(area, NO_CELL) for area in areas)
    return replace(whole, cell=cell)


def of_partner(wanted: Indicator, partner: int, *, as_of: date, reader: Reader) -> Figure:
    """The indicator of one partner."""
    whole = value(wanted, as_of=as_of, reader=reader)
    if not whole.is_counted:
        return whole
    cells = {one.pk: cell for one, cell in by(wanted, Dimension.PARTNER, as_of=as_of, reader=reader) if one}
    return replace(whole, cell=cells.get(partner, NO_CELL))
