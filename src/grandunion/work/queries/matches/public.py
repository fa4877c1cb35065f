"""Offers as anybody may read them: the public fields of published offers, whoever asks; never whose they are."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from grandunion.engines.flows import OFFER_FLOW
from grandunion.engines.matching import categories_of
from grandunion.records.lists import Term
from grandunion.records.matches import Offer
from grandunion.records.parties import Person
from grandunion.terms.achievements import Mode
from grandunion.terms.needs import Category
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind, OfferState, SpaceKind
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.text import Text, Word, either
from grandunion.work.queries.base import one, visible
from grandunion.work.queries.matches.offers import OFFERS


@dataclass(frozen=True, slots=True)
class PublicOffer:
    """A public offer; fields that are not public are not here."""

    number: str
    title: Text
    state: Text
    is_on_offer: bool
    kind: OfferKind
    text: Text
    keywords: str
    field: Text | None
    industry: Text | None
    expert: Text | None  # only where the expert's own record is public
    levels: tuple[int, ...]
    least: Decimal | None
    most: Decimal | None
    currency: str
    stages: tuple[Text, ...]
    instruments: tuple[Text, ...]
    modes: tuple[Text, ...]
    regions: tuple[Text, ...]
    space_kind: Text | None
    square_metres: int | None
    starts_on: date | None
    ends_on: date | None
    valid_until: date | None

    @property
    def category(self) -> Category:
        """The category of the need that somebody states who is interested."""
        return next(iter(categories_of(self.kind)), Category.OTHER)


def _public(at: datetime) -> QuerySet[Offer]:
    return visible(Offer, visitor(at)).select_related("field", "industry", "person")


def _now(reader: Reader) -> QuerySet[Offer]:
    lasting = Q(valid_until=None) | Q(valid_until__gte=reader.at.date())
    return _public(reader.at).filter(lasting, state=OfferState.PUBLISHED)


# Only public columns may be asked about: a filter by owner or area would tell whose an offer is.
PUBLIC_OFFERS = replace(
    OFFERS,
    name=Text("Money, experts, spaces and more", "资金、专家、空间与更多供给"),
    filters=tuple(known for known in OFFERS.filters if known.code in ("kind", "market", "field")),
    scope=_now,
)


def public_offer(number: str, at: datetime) -> PublicOffer:
    """The public offer with this number; Absent if there is none, or it is not public."""
    return public_offers([one(_public(at), number=number)], at)[0]


def public_offers(rows: Iterable[Offer], at: datetime) -> tuple[PublicOffer, ...]:
    """Rows of `PUBLIC_OFFERS` as anybody may read them."""
    rows = list(rows)
    people = [row.person_id for row in rows if row.person_id]
    named = set(visible(Person, visitor(at)).filter(pk__in=people).values_list("pk", flat=True)) if people else set()
    codes = {code for row in rows for code in row.regions}
    terms = Term.objects.filter(list="regions", code__in=codes) if codes else ()
    regions = {term.code: term.name for term in terms}
    return tuple(_offer(row, row.person_id in named, regions, at) for row in rows)


def _offer(row: Offer, names_expert: bool, regions: dict[str, Text], at: datetime) -> PublicOffer:
    is_past = row.valid_until is not None and row.valid_until < at.date()
    return PublicOffer(
        number=row.number,
        title=row.title,
        state=OFFER_FLOW.state(row.state).public_name,
        is_on_offer=row.state == OfferState.PUBLISHED and not is_past,
        kind=OfferKind(row.offer_kind),
        text=either(row.text_en, row.text_zh),
        keywords=row.keywords,
        field=row.field.name if row.field else None,
        industry=row.industry.name if row.industry else None,
        expert=row.person.name if names_expert else None,
        levels=tuple(sorted({level for level in (row.trl_min, row.trl_max) if level})),
        least=row.amount_min,
        most=row.amount_max,
        currency=row.currency,
        stages=_said(FinanceRound, row.stages),
        instruments=_said(Instrument, row.instruments),
        modes=_said(Mode, row.licence_kinds),
        regions=tuple(regions[code] for code in row.regions if code in regions),
        space_kind=SpaceKind(row.space_kind).text if row.space_kind else None,
        square_metres=row.square_metres,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        valid_until=row.valid_until,
    )


def _said(words: type[Word], codes: Iterable[str]) -> tuple[Text, ...]:
    return tuple(words(code).text for code in codes if words.has(code))


def public_offer_numbers(at: datetime, limit: int) -> list[str]:
    """The numbers of the public offers, newest first, for the map of the site."""
    return list(_now(visitor(at)).order_by("-pk").values_list("number", flat=True)[:limit])
