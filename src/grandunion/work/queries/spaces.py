"""Reads the areas of the hub and how many organisations stand in each."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.records.spaces import Area
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import lists
from grandunion.work.queries.parties.rows import present

LEAST = 5  # a bureau sees no cell of fewer


@dataclass(frozen=True, slots=True)
class Cell:
    """A count that may be too small to be shown: `said` is what is printed, `number` None when it is hidden."""

    number: int | None

    @property
    def said(self) -> str:
        return f"<{LEAST}" if self.number is None else f"{self.number:,}"


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area with its district, its land and its organisations."""

    term: Term
    area: Area | None
    organisations: Cell

    @property
    def district(self) -> Text | None:
        return self.area.district.name if self.area and self.area.district else None


@dataclass(frozen=True, slots=True)
class AreaPage:
    """One area with its organisations counted by kind and by industry section: (name, code, count)."""

    row: AreaRow
    kinds: tuple[tuple[Text, str, Cell], ...]
    industries: tuple[tuple[Text, str, Cell], ...]


def areas(reader: Reader) -> tuple[AreaRow, ...]:
    """All areas in their order; organisations are counted as far as the reader may see or add up."""
    facts = {area.term_id: area for area in Area.objects.select_related("district")}
    counts = dict(_counted(reader).values_list("area").annotate(times=Count("pk")).order_by())
    return tuple(
        AreaRow(term, facts.get(term.pk), _cell(counts.get(term.pk, 0), reader)) for term in lists.terms("areas")
    )


def area_page(code: str, reader: Reader) -> AreaPage:
    """One area; raises Absent for an unknown code."""
    row = next((row for row in areas(reader) if row.term.code == code), None)
    if row is None:
        raise Absent
    rows = _counted(reader).filter(area=row.term).order_by()
    kinds = rows.values_list("organisation_kind").annotate(times=Count("pk"))
    return AreaPage(
        row,
        tuple((OrganisationKind(code).text, code, _cell(count, reader)) for code, count in _most(kinds)),
        tuple(_by_section(rows, reader)),
    )


def _by_section(rows: QuerySet, reader: Reader) -> Iterable[tuple[Text, str, Cell]]:
    """Counted by section: the division of an industry counts for the section above it."""
    counts: dict[int, int] = {}
    for own, above, count in (
        rows.exclude(industry=None).values_list("industry", "industry__parent").annotate(times=Count("pk"))
    ):
        counts[above or own] = counts.get(above or own, 0) + count
    terms = Term.objects.in_bulk(counts)
    for key, count in _most(counts.items()):
        yield terms[key].name, terms[key].code, _cell(count, reader)


def _counted(reader: Reader) -> QuerySet[Organisation]:
    """The living organisations the reader counts: a bureau adds up all of them, everybody else what they see."""
    if adds_up(reader):
        rows = Organisation.objects.unscoped("a bureau sees sums over all organisations, in cells of five or more")
        rows = rows.exclude(status=OrganisationStatus.MERGED)
    else:
        rows = present(reader)
    return rows.exclude(status=OrganisationStatus.CLOSED)


def adds_up(reader: Reader) -> bool:
    """Whether the reader sees sums only."""
    return reader.has(Role.BUREAU) and not reader.is_member


def _cell(count: int, reader: Reader) -> Cell:
    return Cell(None if adds_up(reader) and 0 < count < LEAST else count)


def _most(counts: Iterable[tuple[object, int]]) -> list[tuple[object, int]]:
    return sorted(counts, key=lambda pair: (-pair[1], str(pair[0])))
