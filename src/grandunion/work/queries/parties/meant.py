"""Which organisation a name or an address line means: its full name in either language, 中科大, USTC, a letterhead."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from grandunion.adapters import index
from grandunion.engines.matching.identity import OTHER, SHORT, Answer, Called, Known, Registry, answer
from grandunion.records.parties import Organisation, OrganisationName
from grandunion.terms.parties import NameKind, OrganisationKind
from grandunion.terms.readers import Reader
from grandunion.work.queries.parties.rows import present

LOOKED_AT, SHORTEST = 80, 6


@dataclass(frozen=True, slots=True)
class MeantOrganisation:
    """The organisation that is meant, or None where nobody is for sure; the nearest ones; why, in a sentence."""

    organisation: Organisation | None
    nearest: tuple[Organisation, ...]
    answer: Answer


def meant(text: str, reader: Reader) -> MeantOrganisation:
    """Find among the organisations the reader may see the one a text speaks of."""
    rows = {str(row.pk): row for row in _near(text.strip(), reader)}
    found = answer(text, Registry(_known(rows.values())))
    nearest = tuple(rows[one.key] for one in found.ranked)
    return MeantOrganisation(rows[found.best.key] if found.best else None, nearest, found)


def _near(text: str, reader: Reader) -> list[Organisation]:
    """A net: organisations that share a word with the text, and those that begin as a short Chinese name does."""
    rows = present(reader)
    shared = [pk for pk, _ in index.any_of("organisation", text, LOOKED_AT)]
    found = list(rows.filter(pk__in=shared).order_by("pk"))
    if text and len(text) <= SHORTEST and not text.isascii():
        found += rows.filter(name_zh__startswith=text[0]).exclude(pk__in=shared).order_by("pk")[:LOOKED_AT]
    return found


def _known(rows: Iterable[Organisation]) -> list[Known]:
    rows = list(rows)
    further: dict[int, list[Called]] = defaultdict(list)
    names = OrganisationName.objects.unscoped("further names of organisations the reader may see")
    for name in names.filter(organisation__in=rows).order_by("pk"):
        kind = SHORT if name.name_kind == NameKind.ABBREVIATION else OTHER
        further[name.organisation_id].append(Called(name.name, kind))
    return [
        Known(
            str(row.pk), (*_own(row), *further[row.pk]), row.country, (row.city,) if row.city else (), _is_school(row)
        )
        for row in rows
    ]


def _own(row: Organisation) -> list[Called]:
    official = [Called(name) for name in (row.name_zh, row.name_en) if name]
    return official + [Called(name, SHORT) for name in (row.short_name_zh, row.short_name_en) if name]


def _is_school(row: Organisation) -> bool:
    return row.organisation_kind in (OrganisationKind.UNIVERSITY, OrganisationKind.INSTITUTE)
