"""The offers a reader may see, those that can be introduced now, and their list."""

from datetime import date

from django.db.models import Q, QuerySet

from grandunion.engines.matching import PLANS
from grandunion.records.matches import Match, Offer
from grandunion.terms.matches import Market, MatchState
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import Column, Filter, Listing, opened, visible

DRAWN = ("owner", "person", "field__parent", "industry", "area", "in_charge")
OPEN = frozenset({MatchState.SENT, MatchState.VIEWED, MatchState.INTERESTED, MatchState.INTRODUCED, MatchState.MEETING,
                  MatchState.NEGOTIATING})  # fmt: skip


def offers_visible_to(reader: Reader) -> QuerySet[Offer]:
    """The offers the reader may see."""
    return visible(Offer, reader)


def get_offer(number: str, reader: Reader) -> Offer:
    """The offer with this number, if the reader may see it."""
    return opened(Offer, reader, *DRAWN, number=number)


def offers_now(reader: Reader) -> QuerySet[Offer]:
    """The offers that the reader may see and that can be introduced to somebody today."""
    return open_on(offers_visible_to(reader), reader.at.date()).select_related(*DRAWN)


def open_on(rows: QuerySet[Offer], day: date) -> QuerySet[Offer]:
    """Those that can be introduced to somebody on a day."""
    return rows.filter(Q(valid_until=None) | Q(valid_until__gte=day), state=OfferState.PUBLISHED)


def open_introductions(offer: Offer) -> int:
    """How many introductions of an offer are under way, seen or unseen."""
    rows = Match.objects.unscoped("an offer's quota counts every introduction that is open")
    return rows.filter(offer=offer, state__in=OPEN).count()


def offer_facts(offer: Offer) -> dict:
    """What the flow of offers reads; see `engines.flows.offers.FACTS`."""
    return {
        "title": offer.title.zh,
        "text": offer.text_zh or offer.text_en,
        "owner": offer.owner_id,
        "person": offer.person_id,
        "offer_kind": offer.offer_kind,
    }


class Whose(Word):
    """Whose offers a list is narrowed to."""

    OURS = "ours", "Ours", "我方的"
    MINE = "mine", "In my charge", "我经办的"
    PAST = "past", "Past their last day", "已过有效期"
    TO_OPEN = "to_open", "To be opened to the public", "待公开"


def _on_market(value: str, reader: Reader) -> Q:
    """Offers of the kinds that are looked through on a market."""
    if not all(Market.has(code) for code in value.split(",")):
        raise _unknown("market", value, Market)
    kinds = {kind for code in value.split(",") for kind in PLANS[Market(code)].kinds}
    return Q(offer_kind__in=sorted(kind for kind in kinds if OfferKind.has(kind)))


def _whose(value: str, reader: Reader) -> Q:
    """Offers of the reader's own side, in their charge, or past their day."""
    if not Whose.has(value):
        raise _unknown("whose", value, Whose)
    ours = Q(owner__in=reader.organisation_ids)
    if reader.person_id is not None:
        ours |= Q(person=reader.person_id)
    return {
        Whose.OURS: ours,
        Whose.MINE: Q(in_charge=reader.user_id),
        Whose.TO_OPEN: ~Q(public_asked_at=None),
        Whose.PAST: Q(state=OfferState.PUBLISHED, valid_until__lt=reader.at.date()),
    }[Whose(value)]


def _unknown(code: str, value: str, words: type[Word]) -> Exception:
    codes = words.codes()
    return invalid(
        code, f"“{value}” is not one of: {', '.join(codes)}.", f"“{value}”不在可选范围：{'、'.join(codes)}。"
    )


OFFERS = Listing(
    code="offers",
    name=Text("Offers", "供给"),
    record=Offer,
    columns=(
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",)),
        Column("title", Text("Title", "名称"), ("title_zh", "title_en"), "title", sort=("title_zh",)),
        Column("kind", Text("Kind", "类型"), ("offer_kind",), "word", OfferKind, ("offer_kind",)),
        Column("owner", Text("Owner", "供给方"), ("owner__name_zh", "owner__name_en"), "term"),
        Column("field", Text("Field", "领域"), ("field__name_zh", "field__name_en"), "term"),
        Column("state", Text("State", "状态"), ("state",), "word", OfferState, ("state",)),
        Column("valid_until", Text("Valid until", "有效期至"), ("valid_until",), "day"),
        Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term", is_shown=False),
        Column("updated", Text("Changed", "更新"), ("updated_at",), "day", sort=("updated_at",)),
    ),
    filters=(
        Filter("kind", Text("Kind", "类型"), "offer_kind", OfferKind),
        Filter("market", Text("Market", "撮合类型"), "", Market, condition=_on_market),
        Filter("state", Text("State", "状态"), "state", OfferState),
        Filter("field", Text("Field", "领域"), "field", list_code="fields", kind="term"),
        Filter("area", Text("Area", "片区"), "area", list_code="areas", kind="term"),
        Filter("whose", Text("Whose", "范围"), "", Whose, condition=_whose),
        Filter("owner", Text("Owner's number", "供给方编号"), "owner__number", kind="link"),
    ),
)
