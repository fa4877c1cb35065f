"""Open challenges and bids through the API: listed, sealed, reviewed, noticed, signed, paid in parts."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from ninja import Schema
from pydantic import Field

from grandunion.interfaces.api import resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Amount, Body, Day, Moment, Nothing, Reason, YesNo, numbered, term, text
from grandunion.interfaces.api.proposals import PAGE_FORMS, Feedback, PageBody, declining
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.interfaces.api.scenarios import (
    ForWhom,
    IndicatorOut,
    Lines,
    Made,
    creating,
    editing,
    indicator_out,
    moves_of,
    moving,
    of_evidence,
    with_reason,
)
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import BidState, ChallengeState
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.actions import matches
from grandunion.work.actions import scenarios as actions
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import clearance, parts
from grandunion.work.queries import parties as people
from grandunion.work.queries import scenarios

Points = Annotated[int, Field(strict=True, ge=0, le=10)]
Child = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
IN_PARTS = "One a line: milestone | amount | due day. · 每行一期：里程碑 | 金额 | 应付日期。"


class ChallengeEdit(Body):
    """What a challenge says, until its list is published."""

    owner: numbered(Text("the enterprise that has the need", "需求企业"), "ORG-2026-0007") = ""
    area: term("areas") = ""
    title_zh: text(300) = ""
    title_en: text(300) = ""
    field: term("fields") = ""
    industry: term("industries") = ""
    text_zh: text() = ""
    text_en: text() = ""
    total_budget: Amount | None = None
    enterprise_share: Amount | None = None
    fiscal_share: Amount | None = None
    currency: text(3) = "CNY"
    conditions_zh: text() = ""
    conditions_en: text() = ""
    exemption: text() = ""
    months: Annotated[int, Field(strict=True, ge=1, le=120)] | None = None
    contact_name: text(100) = ""
    contact_email: text(254) = ""
    contact_phone: text(40) = ""
    indicators: Lines = ""
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class ChallengeBody(ChallengeEdit):
    """A new challenge."""


class ListPublishing(Body):
    """When bids are taken, and who finds it."""

    bids_until: Moment
    bids_from: Moment | None = None
    level: Level = Level.PUBLIC


class Extended(Body):
    """Until when bids are taken, and why longer."""

    bids_until: Moment
    reason: text(300)


class NoticeBody(Body):
    """What is announced, and where objections go."""

    objections_to: text(200)
    text_zh: text() = ""
    text_en: text() = ""


class Signed(Body):
    """The contract."""

    contract_number: text(100)
    contract_value: Amount
    signed_on: Day


class InParts(Body):
    """The contract's money in parts."""

    instalments: Annotated[text(), Field(description=IN_PARTS)]


class Shown(Body):
    """What shows that a milestone is met."""

    note: text(500)


class Paid(Body):
    """A payment."""

    paid_on: Day
    payment: text(200)


class Declared(Body):
    """A reviewer's own declaration."""

    has_conflict: YesNo
    note: text(300) = ""


class AskedReviewer(Body):
    """Who is asked to review the bids, by the address of the account."""

    email: text(254)


class Settled(Body):
    """How an objection is settled."""

    is_upheld: YesNo
    settlement: text()


class Scored(Body):
    """A reviewer's points for a bid."""

    technical: Points
    feasibility: Points
    team: Points
    value: Points
    comment: text() = ""


class InstalmentOut(Schema):
    """An instalment."""

    id: int
    milestone: Bilingual
    amount: Decimal
    due_on: date
    met_at: datetime | None
    paid_on: date | None


class RankOut(Schema):
    """A place in the ranking."""

    place: int
    bid: str
    score: Decimal
    because: Bilingual


class ChallengeParts(Schema):
    """What belongs to a challenge, as far as the caller may read it; sealed bids are not there."""

    indicators: list[IndicatorOut]
    bids: list[str]
    ranking: list[RankOut]
    instalments: list[InstalmentOut]
    is_passed: bool | None


def _parts(reader: Reader, record: object) -> dict[str, object]:
    mine = parts(reader, record)
    runs, owns = bool(mine & permissions.STAFF), bool(mine & permissions.SIDE)
    page = scenarios.challenge_page(record, reader, clearance(reader, record), runs=runs, owns=owns)
    return {
        "indicators": [indicator_out(one) for one in page.indicators],
        "bids": [one.number for one in page.bids],
        "ranking": [
            {"place": one.ranked.place, "bid": one.ranked.entrant.number, "score": one.ranked.score,
             "because": one.ranked.because}
            for one in page.ranking
        ],
        "instalments": [
            {"id": one.pk, "milestone": one.milestone, "amount": one.amount, "due_on": one.due_on,
             "met_at": one.met_at, "paid_on": one.paid_on}
            for one in page.instalments
        ],
        "is_passed": page.is_passed if owns else None,
    }  # fmt: skip


def _notice(record: object, *, text_zh: str = "", text_en: str = "", **more: object) -> object:
    return actions.give_notice(record, text=Text(text_en, text_zh), **more)


def _bid(record: object, *, organisation: str = "", **more: object) -> Mapping[str, str]:
    return {"number": actions.begin_bid(record, organisation=organisation, **more).number}


def _declare(record: object, *, by: Reader, **more: object) -> object:
    return matches.declare(record, by.user_id or 0, by=by, **more)


def _ask(record: object, *, email: str, **more: object) -> object:
    user = people.user_by_email(email)
    if user is None:
        raise invalid("email", "Nobody here has this address.", "没有使用该邮箱的账户。")
    return matches.ask_reviewer(record, user, **more)


def _plan(record: object, *, instalments: str, **more: object) -> object:
    return actions.plan_instalments(record, scenarios.instalments_of(instalments), **more)


def _meet(record: object, child: int, **more: object) -> object:
    return actions.meet_milestone(record, scenarios.instalment(record, child), **more)


def _pay(record: object, child: int, **more: object) -> object:
    return actions.pay(record, scenarios.instalment(record, child), **more)


def _settle(record: object, child: int, **more: object) -> object:
    return actions.settle_objection(record, scenarios.objection(record, child), **more)


def _score(record: object, *, by: Reader, at: datetime, comment: str = "", **points: int) -> object:
    return matches.score(record, points=points, comment=comment, by=by, at=at)


PLAIN = {
    "screen": Text("Take into the list", "筛选入榜"), "open_bids": Text("Open for bids", "开放揭榜"),
    "begin_work": Text("Begin the work", "开始实施"), "begin_acceptance": Text("Begin acceptance", "申请验收"),
    "settle": Text("Settle", "结清"),
}  # fmt: skip
WHY = {
    "send_back": Text("Send back", "退回完善"), "announce_again": Text("Announce it again", "重新发榜"),
    "rework": Text("Back to work", "退回整改"), "fail": Text("End without success", "认定未完成"),
    "terminate": Text("Terminate", "终止"),
}  # fmt: skip
MOVES = moves_of({
    **{code: (moving(actions.move_challenge, code), Nothing, label) for code, label in PLAIN.items()},
    **{code: (moving(actions.move_challenge, code), Reason, label) for code, label in WHY.items()},
    "publish_list": (actions.publish_list, ListPublishing, Text("Publish the list", "发榜")),
    "close_bids": (actions.close_bids, Nothing, Text("Close bidding", "揭榜截止")),
    "begin_review": (actions.begin_review, Nothing, Text("Begin the review", "开始评榜")),
    "give_notice": (_notice, NoticeBody, Text("Give public notice", "发布公示")),
    "return_to_review": (with_reason(actions.return_to_review), Reason, Text("Return to review", "退回评榜")),
    "sign": (actions.sign, Signed, Text("Record the contract", "登记签约")),
})  # fmt: skip
CHALLENGES = Resource(
    Text("Open challenge", "揭榜挂帅榜单"), scenarios.CHALLENGES, scenarios.challenge,
    words={"state": ChallengeState, "level": Level}, offers=permissions.challenge_offers,
)  # fmt: skip
router = resources.router_of(CHALLENGES, MOVES)
resources.creates(router, CHALLENGES, ChallengeBody, creating(actions.create_challenge))
resources.edits(router, CHALLENGES, ChallengeEdit, editing(actions.edit_challenge))
resources.reads_parts(router, CHALLENGES, _parts, ChallengeParts)
for deed in (
    *MOVES.values(), *of_evidence(), Deed("take", Text("Take charge", "由我经办"), actions.take),
    Deed("extend", Text("Extend bidding", "延长揭榜期"), actions.extend_bidding, Extended, has_version=True),
    Deed("reviewers", Text("Ask a reviewer", "邀请评审专家"), _ask, AskedReviewer),
    Deed("declaration", Text("Declare a conflict or none", "声明利益冲突情况"), _declare, Declared),
    Deed("objections/{int:child}", Text("Settle an objection", "处理异议"), _settle, Settled),
    Deed("instalments", Text("Plan the instalments", "制定分期计划"), _plan, InParts, has_version=True),
    Deed("instalments/{int:child}/met", Text("Record a milestone as met", "登记里程碑完成"), _meet, Shown),
    Deed("instalments/{int:child}/paid", Text("Record a payment", "登记拨付"), _pay, Paid),
):  # fmt: skip
    resources.does(router, CHALLENGES, deed)
resources.does(router, CHALLENGES, Deed("bids", Text("Begin a bid", "新建揭榜申请"), _bid, ForWhom), Made)


class BidBody(PageBody):
    """The one page of a bid, with team and milestones."""

    team: text() = ""
    milestones: text() = ""


BID_MOVES = moves_of({
    **PAGE_FORMS, "admit": (actions.admit, Nothing, Text("Admit to the review", "通过资格审查")),
    "refuse": (declining(actions.refuse), Feedback, Text("Do not admit", "资格审查不通过")),
})  # fmt: skip
BIDS = Resource(
    Text("Bid for an open challenge", "揭榜申请"), scenarios.BIDS, scenarios.bid,
    words={"state": BidState, "level": Level}, offers=permissions.bid_offers,
)  # fmt: skip
bid_router = resources.router_of(BIDS, BID_MOVES)
resources.edits(bid_router, BIDS, BidBody, actions.save_page)
for deed in (*BID_MOVES.values(), Deed("score", Text("Give points", "评分"), _score, Scored)):
    resources.does(bid_router, BIDS, deed)
