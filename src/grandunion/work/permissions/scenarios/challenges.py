"""Who may do what with open challenges, their bids, reviews, notices and instalments."""

from grandunion.engines.flows import BID_FLOW, CHALLENGE_FLOW, Move
from grandunion.records.parties import User
from grandunion.records.scenarios import Bid, Challenge, ChallengeReviewer
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import BidState, ChallengeState
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Standing, parts
from grandunion.work.queries import scenarios

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
SIDE = STAFF | {Part.OWNER}
S = ChallengeState
UNSIGNED = (S.NEED_COLLECTED, S.SCREENED)
OVER = (S.SETTLED, S.FAILED, S.TERMINATED)
SEALED = (S.NEED_COLLECTED, S.SCREENED, S.LIST_PUBLISHED, S.BIDS_OPEN)
Offers = tuple[tuple[Move, Verdict], ...]


def challenge_standing(reader: Reader, record: Challenge, **given: object) -> Standing:
    """The facts of the challenge with what a form brought, and what the reader is to it."""
    screened_by = scenarios.last_mover(CHALLENGE_FLOW.code, record.pk, S.SCREENED)
    is_second = reader.is_house or screened_by is None or screened_by != reader.user_id
    facts = {**scenarios.challenge_facts(record, reader.at), "is_second_person": is_second, **given}
    return Standing(facts, parts(reader, record) - {Part.REVIEWER})


def challenge_offers(reader: Reader, record: Challenge) -> Offers:
    """The moves the flow offers the reader on this challenge."""
    stand = challenge_standing(reader, record)
    return CHALLENGE_FLOW.offers(record.state, stand.facts, stand.parts)


def may_state_challenge(reader: Reader) -> Verdict:
    """Officers collect challenges for anybody; members state those of their own organisation."""
    if reader.is_officer or reader.organisation_ids:
        return YES
    return no(
        "Challenges are stated by officers and by members who act for an enterprise.",
        "揭榜挂帅需求由服务专员或已关联单位的会员提出。",
    )


def may_edit_challenge(reader: Reader, record: Challenge) -> Verdict:
    """The enterprise edits until it is screened, the desk until the list is published: bidders answer to it."""
    mine = parts(reader, record)
    if record.state not in UNSIGNED:
        return no(
            "What bidders answer to stands still once the list is published.",
            "发榜后榜单内容不得变更，揭榜方据此应答。",
        )
    if mine & STAFF or (Part.OWNER in mine and record.state == S.NEED_COLLECTED):
        return YES
    return no("Only the enterprise and the desk change a challenge.", "仅需求企业和服务专员可以修改。")


def may_take_challenge(reader: Reader, record: Challenge) -> Verdict:
    """An officer of the area takes charge."""
    if record.state in OVER:
        return no("This challenge is over.", "该榜单已结束。")
    if parts(reader, record) & STAFF:
        return YES
    return no("Only officers of its area take charge.", "仅该片区的服务专员可以承接。")


def may_extend(reader: Reader, record: Challenge) -> Verdict:
    """Bidding may be made longer while it runs, never shorter."""
    if record.state != S.BIDS_OPEN:
        return no("Bidding is extended while it is open.", "仅在揭榜期内可以延期。")
    if parts(reader, record) & STAFF:
        return YES
    return no("Only the desk extends bidding.", "仅服务专员可以延长揭榜期。")


def may_bid(reader: Reader, record: Challenge) -> Verdict:
    """A member who acts for an organisation bids while bidding is open; not the enterprise for its own need."""
    if not reader.organisation_ids:
        return no("Sign in with an account that acts for an organisation to bid.", "请使用已关联单位的账户登录后揭榜。")
    if not scenarios.is_taking_bids(record, reader.at):
        return no("Bids are not taken now.", "当前不在揭榜期内。")
    if record.owner_id is not None and reader.organisation_ids <= {record.owner_id}:
        return no("The enterprise does not bid for its own need.", "需求企业不能揭自己的榜。")
    return YES


def bid_parts(reader: Reader, record: Bid) -> frozenset[Part]:
    """What the reader is to a bid; while bids are sealed nobody is anything to it but the bidder."""
    found = parts(reader, record)
    if reader.is_house:
        return found
    if record.challenge.state in SEALED:
        return found & {Part.OWNER}
    if reader.is_signed_in and record.challenge.owner_id in reader.organisation_ids:
        found |= {Part.NEEDING}
    if parts(reader, record.challenge) & STAFF:
        found |= {Part.OFFICER}
    return found


def bid_standing(reader: Reader, record: Bid, **given: object) -> Standing:
    """The facts of the bid with what a form brought, and what the reader is to it."""
    return Standing({**scenarios.bid_facts(record, reader.at), **given}, bid_parts(reader, record))


def bid_offers(reader: Reader, record: Bid) -> Offers:
    """The moves offered on a bid; the award follows from the ranking when the notice is given."""
    stand = bid_standing(reader, record)
    found = BID_FLOW.offers(record.state, stand.facts, stand.parts)
    return tuple((move, verdict) for move, verdict in found if move.code not in ("award", "lose_award"))


def may_write_bid(reader: Reader, record: Bid) -> Verdict:
    """The bidder writes its draft."""
    if Part.OWNER not in bid_parts(reader, record):
        return no("Only the bidder writes its bid.", "仅揭榜方可以填写本申请。")
    if record.state != BidState.DRAFT:
        return no("It is handed in: take it back to change it.", "申请已提交，如需修改请先撤回。")
    return YES


def may_ask_reviewer(reader: Reader, record: Challenge) -> Verdict:
    """The desk asks reviewers once the bidders are known, so that none of them has a tie to one."""
    if record.state not in (S.BIDS_CLOSED, S.REVIEW):
        return no("Reviewers are asked once bidding is over.", "揭榜截止后方可邀请评审专家。")
    if parts(reader, record) & STAFF:
        return YES
    return no("Only the desk asks reviewers.", "仅服务专员可以邀请评审专家。")


def may_be_reviewer(record: Challenge, user: User, reader: Reader) -> Verdict:
    """Whether the account stands to no side of the challenge."""
    if not user.is_active:
        return no("This account is closed.", "该账户已停用。")
    if scenarios.is_tied(record, scenarios.challenge_rows(record), user, reader.at):
        return no(
            "They belong to the enterprise or to a bidder, or declared a conflict with one: ask somebody else.",
            "该专家与需求企业或揭榜方存在关联或已申报利益冲突，请另行邀请。",
        )
    return YES


def may_declare(reader: Reader, record: Challenge, row: ChallengeReviewer) -> Verdict:
    """A reviewer says whether there is a conflict; the desk records one for somebody else."""
    if record.state not in (S.BIDS_CLOSED, S.REVIEW):
        return no("The review is over.", "评榜已结束。")
    if row.reviewer_id == reader.user_id or parts(reader, record) & STAFF:
        return YES
    return no("The reviewer or the desk records a conflict.", "利益冲突由评审专家本人或服务专员登记。")


def may_score(reader: Reader, record: Challenge, row: ChallengeReviewer) -> Verdict:
    """Whether the reviewer may give points now."""
    if row.reviewer_id != reader.user_id:
        return no("Only the reviewer who was asked gives points.", "仅受邀评审专家本人可评分。")
    if record.state != S.REVIEW:
        return no("Points are given during the review.", "仅在评榜期间可以评分。")
    if row.has_conflict is None:
        return no("Declare first that you have no conflict of interest.", "请先声明无利益冲突。")
    if row.has_conflict:
        return no("You declared a conflict of interest.", "您已申报利益冲突。")
    return YES


def may_run(reader: Reader, record: Challenge) -> Verdict:
    """Whether the reader runs the challenge: objections, payments."""
    if parts(reader, record) & STAFF:
        return YES
    return no("Only the desk does this.", "此操作仅限服务专员。")


def may_plan_money(reader: Reader, record: Challenge) -> Verdict:
    """The instalments are written before the work begins."""
    if record.state not in (S.NOTICE, S.SIGNED):
        return no("Instalments are written when the contract is signed.", "分期计划须在签约阶段填写。")
    return may_run(reader, record)


def may_show_milestone(reader: Reader, record: Challenge) -> Verdict:
    """The enterprise and the desk record that a milestone is met."""
    if record.state not in (S.IN_PROGRESS, S.ACCEPTANCE):
        return no("Milestones are met while the work goes on.", "里程碑须在实施期间登记。")
    if parts(reader, record) & SIDE:
        return YES
    return no("Only the enterprise and the desk record milestones.", "仅需求企业和服务专员可以登记里程碑。")


def may_measure_challenge(reader: Reader, record: Challenge) -> Verdict:
    """Values for the acceptance are recorded by the enterprise and the desk, never by the bidder."""
    if record.state not in (S.IN_PROGRESS, S.ACCEPTANCE):
        return no("Values are recorded while the work goes on and at acceptance.", "检测值须在实施或验收期间登记。")
    if parts(reader, record) & SIDE:
        return YES
    return no("Only the enterprise and the desk record measured values.", "检测值由需求企业或服务专员登记。")
