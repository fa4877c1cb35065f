"""Everything an offer's page shows, read in a bounded number of queries and only as deep as the reader reads."""

from collections.abc import Mapping
from dataclasses import dataclass

from grandunion.records.lists import Term
from grandunion.records.matches import Match, Offer
from grandunion.terms.offers import OfferState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.work.queries import parties
from grandunion.work.queries.matches.offers import open_introductions
from grandunion.work.queries.matches.rows import visible_to

MATCHES = 12


@dataclass(frozen=True, slots=True)
class OfferPage:
    """What an offer's page shows; what is deeper than the reader's class is not there at all."""

    fields: Mapping[str, object]
    regions: tuple[Text, ...]
    opens_owner: bool
    opens_person: bool
    matches: tuple[Match, ...]  # the latest the reader may see
    under_way: int | None  # introductions that are open; for the owner and the desk
    is_past: bool


def offer_page(offer: Offer, reader: Reader, depth: Secrecy) -> OfferPage:
    """The page of an offer that the reader has opened, up to the class of fields the reader may read."""
    rows = visible_to(reader).filter(offer=offer).select_related("need").order_by("-updated_at", "-pk")
    day = offer.valid_until
    opens_person = bool(offer.person_id and parties.persons(reader).filter(pk=offer.person_id).exists())
    fields = {name: getattr(offer, name) for name, secrecy in offer.secrecy.items() if secrecy <= depth}
    if not opens_person:  # whose record is closed to the reader is not named here either
        fields.pop("person", None)
    return OfferPage(
        fields=fields,
        regions=regions_of(offer),
        opens_owner=bool(offer.owner_id and parties.organisations(reader).filter(pk=offer.owner_id).exists()),
        opens_person=opens_person,
        matches=tuple(rows[:MATCHES]),
        under_way=open_introductions(offer) if depth >= Secrecy.S2 else None,
        is_past=offer.state == OfferState.PUBLISHED and day is not None and day < reader.at.date(),
    )


def regions_of(offer: Offer) -> tuple[Text, ...]:
    """The regions an offer is for, by name; none where it is for everywhere."""
    if not offer.regions:
        return ()
    rows = Term.objects.filter(list="regions", code__in=offer.regions).order_by("position", "code")
    return tuple(row.name for row in rows)
