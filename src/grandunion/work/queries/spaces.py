"""Reads the areas of the hub and how many organisations stand in each."""

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
NOT_RECORDED, OTHERS = Text("Not recorded", "未填写"), Text("Others", "其他")
Counted = tuple[Text, str, int]


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
    return AreaPage(row, _shown(_by_kind(rows), reader), _shown(_by_section(rows), reader))


def _by_kind(rows: QuerySet) -> list[Counted]:
    counts = rows.values_list("organisation_kind").annotate(times=Count("pk"))
    return [(OrganisationKind(code).text, code, count) for code, count in counts]


def _by_section(rows: QuerySet) -> list[Counted]:
    """Counted by section: the division of an industry counts for the section above it."""
    counts: dict[int | None, int] = {}
    for own, above, count in rows.values_list("industry", "industry__parent").annotate(times=Count("pk")):
        counts[above or own] = counts.get(above or own, 0) + count
    terms = Term.objects.in_bulk([key for key in counts if key])
    named = [(terms[key].name, terms[key].code, count) for key, count in counts.items() if key]
    return named + ([(NOT_RECORDED, "", counts[None])] if None in counts else [])


def _shown(counted: list[Counted], reader: Reader) -> tuple[tuple[Text, str, Cell], ...]:
    """The cells, the largest first; for a bureau the small ones go together as "others".

    Hiding one small cell beside the sum would let anybody work it out: the others take in the next smallest
    cell until they are five or more.
    """
    rows = sorted(counted, key=lambda row: (-row[2], row[1]))
    if not adds_up(reader):
        return tuple((name, code, Cell(count)) for name, code, count in rows)
    small = [row for row in rows if row[2] < LEAST]
    while small and sum(row[2] for row in small) < LEAST and len(small) < len(rows):
        small.append(rows[len(rows) - len(small) - 1])
    kept = [(name, code, Cell(count)) for name, code, count in rows[: len(rows) - len(small)]]
    others = [(OTHERS, "", _cell(sum(row[2] for row in small), reader))] if small else []
    return tuple(kept + others)


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
