"""Offers through the API: written, changed, published, paused, withdrawn."""

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import (
    Amount,
    Body,
    Count,
    Day,
    Nothing,
    Readiness,
    Reason,
    numbered,
    term,
    text,
)
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.terms.achievements import Mode
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind, OfferState, SpaceKind
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches

SOME = "Codes of GET /lists/regions; none: everywhere. · 地区代码，空为不限。"
Regions = Annotated[list[text(60)], Field(max_length=40, description=SOME)]


class OfferEdit(Body):
    """What an offer says; which fields it needs follows from its kind."""

    title_zh: text(300) = ""
    title_en: text(300) = ""
    text_zh: text() = ""
    text_en: text() = ""
    keywords: text(500) = ""
    owner: numbered(Text("the organisation that offers it", "供给单位"), "ORG-2026-0007") = ""
    person: numbered(Text("the expert whose expertise it is", "专家"), "PER-2026-0007") = ""
    industry: term("industries") = ""
    field: term("fields") = ""
    area: term("areas") = ""
    trl_min: Readiness | None = None
    trl_max: Readiness | None = None
    amount_min: Amount | None = None
    amount_max: Amount | None = None
    currency: text(3) = "CNY"
    instruments: Annotated[list[Instrument], Field(max_length=40)] = []
    stages: Annotated[list[FinanceRound], Field(max_length=40)] = []
    licence_kinds: Annotated[list[Mode], Field(max_length=40)] = []
    regions: Regions = []
    quota: Annotated[int, Field(strict=True, ge=0, le=32_767)] | None = None
    partners_excluded: text() = ""
    terms: text() = ""
    space_kind: SpaceKind | None = None
    square_metres: Count | None = None
    starts_on: Day = None
    ends_on: Day = None
    valid_until: Day = None
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class OfferBody(OfferEdit):
    """A new offer: its kind does not change any more."""

    offer_kind: OfferKind


class OfferPublishing(Body):
    """To whom it is opened: members, or everybody.

    To the public it takes a second person: from whoever wrote it the offer is open to members and `public_asked_at`
    says since when it waits. · 公开须由第二人办理：由填写人提交的，先对会员发布，并以 public_asked_at 记录申请时间。
    """

    level: Level = Level.MEMBERS


class MatchOfOffer(Schema):
    """A match the offer takes part in, as far as the caller may see it."""

    number: str
    state: str
    title: Bilingual


class OfferParts(Schema):
    """What belongs to an offer: its regions, its latest matches, introductions under way (null: not told)."""

    regions: list[Bilingual]
    matches: list[MatchOfOffer]
    under_way: int | None


def _parts(reader: Reader, record: object) -> dict[str, object]:
    page = matches.offer_page(record, reader, OFFERS.depth(reader, record))
    return {
        "regions": page.regions,
        "matches": [{"number": one.number, "state": one.state, "title": one.need.title} for one in page.matches],
        "under_way": page.under_way,
    }


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    return actions.create_offer(values, by=by, at=at, submission=key)


def _publish(offer: object, *, level: str = Level.MEMBERS.value, **more: object) -> object:
    return actions.publish_offer(offer, level=level, **more)


def _pause(offer: object, *, reason: str = "", **more: object) -> object:
    return actions.pause_offer(offer, reason=reason, **more)


def _withdraw(offer: object, *, reason: str = "", **more: object) -> object:
    return actions.withdraw_offer(offer, reason=reason, **more)


FORMS = {
    "publish": (_publish, OfferPublishing, Text("Publish", "发布")),
    "pause": (_pause, Reason, Text("Pause", "暂停")),
    "resume": (_publish, OfferPublishing, Text("Resume", "恢复发布")),
    "withdraw": (_withdraw, Reason, Text("Withdraw", "撤回")),
    "reopen": (actions.reopen_offer, Nothing, Text("Write anew", "重新起草")),
}
MOVES: Mapping[str, Deed] = {
    code: Deed(f"moves/{code}", label, act, body, has_version=True) for code, (act, body, label) in FORMS.items()
}


def _open_to(offer: object, *, level: str = Level.MEMBERS.value, **more: object) -> object:
    return actions.open_offer(offer, level, **more)


OFFERS = Resource(
    Text("Offer", "供给"), matches.OFFERS, matches.get_offer,
    words={"state": OfferState, "offer_kind": OfferKind, "level": Level}, offers=permissions.moves_of_offer,
)  # fmt: skip
router = resources.router_of(OFFERS, MOVES)
resources.creates(router, OFFERS, OfferBody, _create)
resources.edits(router, OFFERS, OfferEdit, actions.edit_offer)
resources.reads_parts(router, OFFERS, _parts, OfferParts)
OPEN_TO = Deed("open-to", Text("Say who may read it", "设定公开范围"), _open_to, OfferPublishing, has_version=True)
for deed in (*MOVES.values(), OPEN_TO):
    resources.does(router, OFFERS, deed)
