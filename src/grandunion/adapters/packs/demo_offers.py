"""The offers of a demonstration set, and whether they make sense."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.facts import code, number, one_of, pair, refers, refers_all, some_of, text, whole
from grandunion.terms.achievements import Mode
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind, OfferState, SpaceKind
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text

LOWEST, HIGHEST = 1, 9


@dataclass(frozen=True, slots=True)
class DemoOffer:
    """An offer: written on `written_day`, in its present state since `moved_day`."""

    code: Annotated[str, code()]
    kind: Annotated[OfferKind, one_of(OfferKind)]
    title: Annotated[Text, pair()]
    text: Annotated[Text, pair()]
    keywords: Annotated[Text | None, pair(required=False)]
    state: Annotated[OfferState, one_of(OfferState)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.MEMBERS)]
    owner: Annotated[str, refers("demo_organisations", required=False)]
    person: Annotated[str, refers("demo_persons", required=False)]
    area: Annotated[str, refers("areas", required=False)]
    field: Annotated[str, refers("list:fields", required=False)]
    industry: Annotated[str, refers("list:industries", required=False)]
    trl_min: Annotated[int | None, whole()]
    trl_max: Annotated[int | None, whole()]
    amount_min: Annotated[Decimal | None, number()]
    amount_max: Annotated[Decimal | None, number()]
    currency: Annotated[str, text(required=False)]
    instruments: Annotated[tuple[Instrument, ...], some_of(Instrument)]
    stages: Annotated[tuple[FinanceRound, ...], some_of(FinanceRound)]
    licence_kinds: Annotated[tuple[Mode, ...], some_of(Mode)]
    regions: Annotated[tuple[str, ...], refers_all("list:regions")]
    quota: Annotated[int | None, whole()]
    partners_excluded: Annotated[Text | None, pair(required=False)]
    terms: Annotated[Text | None, pair(required=False)]
    space_kind: Annotated[SpaceKind | None, one_of(SpaceKind, required=False)]
    square_metres: Annotated[int | None, whole()]
    starts_day: Annotated[int | None, whole()]
    ends_day: Annotated[int | None, whole()]
    valid_day: Annotated[int | None, whole()]
    written_day: Annotated[int, whole(required=True)]
    moved_day: Annotated[int, whole(required=True)]
    reason: Annotated[Text | None, pair(required=False)]


def offer_faults(offer: DemoOffer) -> list[Text]:
    """What does not fit together in an offer."""
    faults = []
    if (offer.kind is OfferKind.EXPERTISE) and not offer.person:
        faults.append(Text("Expertise is a person's: name `person`.", "专家服务应填写 person。"))
    if offer.kind is not OfferKind.EXPERTISE and not offer.owner:
        faults.append(Text("Name the `owner` of the offer.", "请填写供给单位 owner。"))
    if offer.state in (OfferState.PAUSED, OfferState.WITHDRAWN) and offer.reason is None:
        faults.append(Text("Say the `reason` for which it stopped.", "请填写暂停或撤回的原因 reason。"))
    for low, high in (
        (offer.trl_min, offer.trl_max),
        (offer.amount_min, offer.amount_max),
        (offer.starts_day, offer.ends_day),
    ):
        if low is not None and high is not None and high < low:
            faults.append(Text("The upper end lies below the lower one.", "上限低于下限。"))
    if any(end is not None and not LOWEST <= end <= HIGHEST for end in (offer.trl_min, offer.trl_max)):
        faults.append(Text("Maturity is a level from 1 to 9.", "技术成熟度为 1 至 9 级。"))
    if not offer.written_day <= offer.moved_day <= 0:
        faults.append(Text("It moved before it was written, or in the future.", "状态变更早于填写，或在未来。"))
    return faults
