"""What stands above every score: −1 keeps a pair apart, +1 brings it together, each named and with its reason.

What rests on data that nobody has confirmed keeps apart too, and asks for the confirmation.
"""

from collections.abc import Callable, Iterable

from grandunion.engines.matching.pieces import Bond, Offer, Ruling, Wanted
from grandunion.terms.achievements import Mode
from grandunion.terms.matches import TieKind
from grandunion.terms.text import Text, listed

FORBIDS, FORCES = -1, 1
SAID = {
    TieKind.SAME_ORGANISATION: Text("both sides belong to one organisation", "双方属于同一单位"),
    TieKind.CONTROL: Text("one side controls the other", "双方存在控制关系"),
    TieKind.CO_AUTHOR: Text("they have worked together as inventors or authors", "双方存在共同发明或合作发表关系"),
    TieKind.FAMILY: Text("they are close relatives", "双方存在近亲属关系"),
    TieKind.COMPETITOR: Text("they are competitors", "双方存在竞争关系"),
    TieKind.DECLARED: Text("a conflict of interest is declared between them", "双方已申报利益冲突"),
}


def same_organisation(wanted: Wanted, offer: Offer) -> Ruling | None:
    """Nobody is introduced to itself."""
    if offer.organisation is None or offer.organisation != wanted.organisation:
        return None
    return _no("same_organisation", "Both sides are the same organisation.", "供需双方为同一单位。")


def officer(wanted: Wanted, offer: Offer) -> Ruling | None:
    """Whoever runs the case has declared a conflict with the owner."""
    if offer.organisation is None or offer.organisation not in wanted.conflicts:
        return None
    return _no(
        "officer", "A conflict of interest with the owner is declared for this case.",
        "本事项已申报与权利单位的利益冲突。",
    )  # fmt: skip


def ties(wanted: Wanted, offer: Offer) -> tuple[Ruling, ...]:
    """Ties between the two sides; one that was looked into and does not stand says nothing."""
    return tuple(_tie(bond) for bond in offer.bonds if bond.is_confirmed is not False)


def _tie(bond: Bond) -> Ruling:
    said = SAID[bond.tie_kind]
    if bond.is_confirmed:
        reason = Text("{parties}: {said}.", "{parties}：{said}。").fill(parties=bond.parties, said=said)
        return Ruling(bond.tie_kind.value, FORBIDS, reason)
    reason = Text("{parties}: perhaps {said}; not confirmed.", "{parties}：据称{said}，尚未核实。").fill(
        parties=bond.parties, said=said
    )
    asks = Text(
        "Confirm whether {said} ({parties}; known from: {source}).",
        "请核实是否属实：{parties}，{said}（来源：{source}）。",
    ).fill(parties=bond.parties, said=said, source=bond.source or "–")
    return Ruling(bond.tie_kind.value, FORBIDS, reason, asks)


def excluded_partner(wanted: Wanted, offer: Offer) -> Ruling | None:
    """The owner's own words leave the needing side out."""
    written = offer.excluded_partners.casefold()
    if not written or not any(name and name.casefold() in written for name in wanted.names):
        return None
    return _no(
        "excluded_partner", "The owner's conditions leave this partner out: ask the owner first.",
        "权利单位的合作条件不含该单位，请先征询权利单位。",
    )  # fmt: skip


def opted_out(wanted: Wanted, offer: Offer) -> Ruling | None:
    """One of the two sides does not want to be suggested."""
    if offer.has_opted_out:
        return _no("opted_out", "The offering side has opted out of suggestions.", "供给方已选择不接受推荐。")
    if wanted.has_opted_out:
        return _no("opted_out", "The needing side has opted out of suggestions.", "需求方已选择不接受推荐。")
    return None


def quota(wanted: Wanted, offer: Offer) -> Ruling | None:
    """All the introductions that may be open at once are open."""
    if offer.quota is None or offer.open_now is None or offer.open_now < offer.quota:
        return None
    return _no(
        "quota", f"Its quota is used up: {offer.open_now} of {offer.quota} introductions are open.",
        f"对接名额已满：可同时对接 {offer.quota} 项，在办 {offer.open_now} 项。",
    )  # fmt: skip


def confidentiality(wanted: Wanted, offer: Offer) -> Ruling | None:
    """What is secret is not brought before strangers; a need open to named persons only asks its owner first."""
    if offer.is_secret:
        return _no("confidentiality", "The offer is classified as secret and is not introduced.",
                   "该供给列为机密，不对外推荐。")  # fmt: skip
    if not wanted.is_confidential:
        return None
    return Ruling(
        "confidentiality", FORBIDS,
        Text("The need is open to named persons only.", "该需求仅对指定人员开放。"),
        Text("Ask the needing side whether others may learn of the need.", "请向需求方确认该需求可否告知他人。"),
    )  # fmt: skip


def region(wanted: Wanted, offer: Offer) -> Ruling | None:
    """The offer is only for some regions, and the need comes from another."""
    if not offer.regions or not wanted.region or {one.code for one in offer.regions} & set(wanted.region):
        return None
    names = listed(one.name for one in offer.regions)
    return Ruling("region", FORBIDS, Text("Only for {names}.", "仅面向{names}。").fill(names=names))


def budget_floor(wanted: Wanted, offer: Offer) -> Ruling | None:
    """The money lies below the least the offering side deals in."""
    floor = offer.ticket[0] if offer.ticket else None
    if floor is None or wanted.budget is None or wanted.budget.currency != floor.currency:
        return None
    if wanted.budget.amount >= floor.amount:
        return None
    return Ruling(
        "budget_floor", FORBIDS,
        Text("The amount lies below the least it deals in, {floor}.", "金额低于其最低要求 {floor}。").fill(
            floor=floor.said()),
    )  # fmt: skip


def licence_kind(wanted: Wanted, offer: Offer) -> Ruling | None:
    """No way of transfer suits both."""
    if not wanted.modes or not offer.modes or set(wanted.modes) & set(offer.modes):
        return None
    theirs = listed(Mode(code).text for code in offer.modes if Mode.has(code))
    return Ruling(
        "licence_kind", FORBIDS,
        Text("No form of transfer suits both; offered: {theirs}.", "双方转化方式不一致，对方仅接受：{theirs}。").fill(
            theirs=theirs),
    )  # fmt: skip


def tried_before(wanted: Wanted, offer: Offer) -> Ruling | None:
    """The pair was tried and turned down."""
    said = dict(wanted.declined).get(offer.key)
    return None if said is None else Ruling("tried_before", FORBIDS, said)


def forced(wanted: Wanted, offer: Offer) -> Ruling | None:
    """Somebody with the right to it wants the two together."""
    said = dict(wanted.forced).get(offer.key)
    return None if said is None else Ruling("forced", FORCES, said)


Constraint = Callable[[Wanted, Offer], Ruling | None]
BEFORE: tuple[Constraint, ...] = (same_organisation, officer)
AFTER: tuple[Constraint, ...] = (
    excluded_partner, opted_out, confidentiality, licence_kind, region, budget_floor, quota, tried_before, forced,
)  # fmt: skip


def rulings(wanted: Wanted, offer: Offer) -> tuple[Ruling, ...]:
    """Everything the constraints say of a pair, the gravest first; empty where none speaks."""
    before = [found for one in BEFORE if (found := one(wanted, offer))]
    after = [found for one in AFTER if (found := one(wanted, offer))]
    return (*before, *ties(wanted, offer), *after)


class Rulings:
    """What the constraints say of many offers for one need, as `rulings` has it; most offers give them no cause."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._keys = frozenset(key for key, _ in (*wanted.declined, *wanted.forced))
        self._owners = wanted.conflicts | ({wanted.organisation} - {None})
        self._is_for_all = wanted.has_opted_out or wanted.is_confidential
        self._is_paid = wanted.budget is not None

    def of(self, offers: Iterable[Offer]) -> list[tuple[Ruling, ...]]:
        """Everything the constraints say of the need with each of the offers."""
        return [rulings(self._wanted, one) if self._is_for_all or self._has_cause(one) else () for one in offers]

    def _has_cause(self, offer: Offer) -> object:
        """Whether the offer has anything that a constraint could speak of."""
        wanted = self._wanted
        return (
            offer.organisation in self._owners or offer.key in self._keys or offer.bonds or offer.has_opted_out
            or offer.is_secret or (offer.excluded_partners and wanted.names) or (offer.modes and wanted.modes)
            or (offer.regions and wanted.region) or (self._is_paid and offer.ticket and offer.ticket[0] is not None)
            or (offer.open_now and offer.quota is not None) or offer.quota == 0
        )  # fmt: skip


def exclusion(found: tuple[Ruling, ...]) -> Text | None:
    """Why the two are not brought together, or None; to forbid beats to force."""
    return next((one.reason for one in found if one.sign == FORBIDS), None)


def sign(found: tuple[Ruling, ...]) -> int:
    """What the constraints come to: −1, 0 or +1."""
    signs = {one.sign for one in found}
    return FORBIDS if FORBIDS in signs else FORCES if FORCES in signs else 0


def _no(code: str, en: str, zh: str) -> Ruling:
    return Ruling(code, FORBIDS, Text(en, zh))
