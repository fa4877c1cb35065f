"""Partners and centres as anybody may read them: the public fields of public organisations, whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet

from grandunion.records.parties import Organisation
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.text import Text, either
from grandunion.work.queries.base import Filter, one, visible
from grandunion.work.queries.parties.listings import ORGANISATION_LISTING

GONE = (OrganisationStatus.MERGED, OrganisationStatus.CLOSED)
# Companies and teams are the hub's guests, not its partners; they are shown by what they ask and offer.
GUESTS = (OrganisationKind.ENTERPRISE, OrganisationKind.TEAM)


@dataclass(frozen=True, slots=True)
class Partner:
    """A public organisation; fields that are not public are not here."""

    number: str
    name: Text
    kind: OrganisationKind
    summary: Text
    area: Text | None
    industry: Text | None
    place: Text | None
    website: str
    ror: str
    founded_on: date | None


def _public(at: datetime) -> QuerySet[Organisation]:
    rows = visible(Organisation, visitor(at)).exclude(status__in=GONE).exclude(organisation_kind__in=GUESTS)
    return rows.select_related("area", "industry", "region")


def _kind(value: str, reader: Reader) -> Q:
    return Q(organisation_kind__in=[code for code in value.split(",") if OrganisationKind.has(code)])


PARTNERS = replace(
    ORGANISATION_LISTING,
    code="partners",
    name=Text("Partners and centres", "合作伙伴与机构"),
    filters=(
        Filter("kind", Text("Kind", "类型"), "organisation_kind", OrganisationKind, condition=_kind),
        *(known for known in ORGANISATION_LISTING.filters if known.code == "industry"),
    ),
    scope=lambda reader: _public(reader.at),
)


def partner(number: str, at: datetime) -> Partner:
    """The public partner with this number; Absent if there is none, or it is not public."""
    return partners([one(_public(at), number=number)])[0]


def partners(rows: Iterable[Organisation]) -> tuple[Partner, ...]:
    """Rows of `PARTNERS` as anybody may read them."""
    return tuple(_partner(row) for row in rows)


def _partner(row: Organisation) -> Partner:
    return Partner(
        number=row.number,
        name=either(row.name_en, row.name_zh),
        kind=OrganisationKind(row.organisation_kind),
        summary=either(row.summary_en, row.summary_zh),
        area=row.area.name if row.area else None,
        industry=row.industry.name if row.industry else None,
        place=row.region.name if row.region else (either(row.city, row.city) if row.city else None),
        website=row.website,
        ror=row.ror,
        founded_on=row.founded_on,
    )


def in_area(code: str, at: datetime, limit: int) -> tuple[Partner, ...]:
    """The public partners that stand in an area, in the order of their names."""
    return partners(_public(at).filter(area__code=code).order_by("sort_key", "pk")[:limit])


def partner_numbers(at: datetime, limit: int) -> list[str]:
    """The numbers of the public partners, for the map of the site."""
    return list(_public(at).order_by("-pk").values_list("number", flat=True)[:limit])
