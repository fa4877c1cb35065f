"""How an offer's facts are shown: of each kind what it has, as deep as the reader reads."""

from collections.abc import Iterable

from grandunion.interfaces.kit import tags
from grandunion.interfaces.kit.pages import Deed
from grandunion.interfaces.kit.records import word
from grandunion.interfaces.web.offers.words import AMOUNTS, FIELDS, PRICE
from grandunion.terms.achievements import Mode
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind, OfferState, SpaceKind
from grandunion.terms.secrecy import Level
from grandunion.terms.text import NOTHING, Text, Word, listed
from grandunion.terms.verdicts import Verdict
from grandunion.work.queries.matches import OfferPage

CODES = {"state": OfferState, "offer_kind": OfferKind, "level": Level, "space_kind": SpaceKind}
SEVERAL: dict[str, type[Word]] = {"instruments": Instrument, "stages": FinanceRound, "licence_kinds": Mode}
GROUPS = (
    (None, ("offer_kind", "owner", "person", "stages", "instruments", "space_kind", "square_metres", "starts_on",
            "ends_on", "amount", "field", "industry", "area", "trl", "licence_kinds", "regions", "keywords",
            "valid_until")),
    (Text("For members", "会员可见"), ("level", "in_charge", "quota", "source_note")),
    (Text("For the desk and this side only", "仅服务台与本方可见"), ("under_way", "partners_excluded", "terms")),
)  # fmt: skip
SQUARE_METRES = Text("{n} m²", "{n} 平方米")
EVERYWHERE = Text("everywhere", "不限地区")


def facts_of(offer: object, found: OfferPage) -> list[tuple]:
    """The facts of an offer in their groups: label, value, and the address where it leads on."""
    shown = []
    for title, names in GROUPS:
        rows = [(_label(name, offer), _value(name, offer, found), _link(name, offer, found)) for name in names]
        rows = [row for row in rows if row[1] not in (None, "", NOTHING)]
        if rows:
            shown.append((title, rows))
    return shown


def _label(name: str, offer: object) -> Text:
    return AMOUNTS.get(OfferKind(offer.offer_kind), PRICE) if name == "amount" else FIELDS[name]


def _value(name: str, offer: object, found: OfferPage) -> object:
    """One fact in words; nothing where it is not recorded or not the reader's."""
    if name in DERIVED:
        return DERIVED[name](offer, found)
    value = found.fields.get(name)
    if name in SEVERAL:
        return listed(SEVERAL[name](code).text for code in value or () if SEVERAL[name].has(code))
    if name in CODES:
        return word(CODES[name], str(value or ""))
    if name in ("starts_on", "ends_on", "valid_until"):
        return tags.day(value)
    return getattr(value, "name", value)


def _regions(offer: object, found: OfferPage) -> Text | None:
    if found.regions:
        return listed(found.regions)
    return EVERYWHERE if offer.offer_kind == OfferKind.MANDATE else None


def _trl(offer: object, found: OfferPage) -> str:
    ends = dict.fromkeys(str(end) for end in (offer.trl_min, offer.trl_max) if end)
    return f"TRL {'–'.join(ends)}" if ends else ""


DERIVED = {
    "regions": _regions,
    "trl": _trl,
    "amount": lambda offer, found: tags.span(offer.amount_min, offer.amount_max, offer.currency),
    "square_metres": lambda offer, found: (
        SQUARE_METRES.fill(n=f"{offer.square_metres:,}") if offer.square_metres else None
    ),
    "under_way": lambda offer, found: found.under_way or None,
}


def _link(name: str, offer: object, found: OfferPage) -> str:
    if name == "owner" and found.opens_owner:
        return f"/w/organisations/{offer.owner.number}/"
    if name == "person" and found.opens_person:
        return f"/w/persons/{offer.person.number}/"
    return ""


def head_deeds(base: str, offer: object, offered: Iterable[tuple[object, Verdict]], may_edit: bool) -> list[Deed]:
    """What is done most at the head of the page: changing it, and publishing it."""
    allowed = {found.code: found for found, verdict in offered if verdict}
    deeds = []
    if may_edit and offer.state != OfferState.WITHDRAWN:
        deeds.append(Deed(f"{base}edit/", Text("Edit", "编辑"), "pencil"))
    if code := next((code for code in ("publish", "resume") if code in allowed), None):
        deeds.append(Deed(f"{base}moves/{code}/", allowed[code].label, "send", is_primary=True))
    return deeds
