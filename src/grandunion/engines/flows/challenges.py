"""The life of an open challenge (揭榜挂帅) from the need to the last instalment, and of a bid for it.

Facts they read: see `CHALLENGE_FACTS` and `BID_FACTS`. Bidding cannot be closed before its last moment, so that no bid
is opened early. Who wins is worked out from the reviewers' points; nothing is signed while the notice stands, while an
objection is open, or while a bidder who did not win has no feedback. Acceptance is worked out from the evidence.
"""

from grandunion.engines.flows.guards import at_least, at_most, given, is_true
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.clocks import Clock
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import BidState as B
from grandunion.terms.scenarios import ChallengeState as S
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
SIDE = STAFF | {Part.OWNER}
HOUSE = STAFF | {Part.SYSTEM}

CHALLENGE_FACTS = (
    Fact("title", Text("title", "名称")),
    Fact("demand_unit", Text("enterprise that has the need", "需求企业"), "anything that names it"),
    Fact("text", Text("description", "需求内容")),
    Fact("conditions", Text("conditions for bidders", "揭榜条件")),
    Fact("indicators", Text("indicators required", "必达指标数"), "int"),
    Fact("is_split_right", Text("shares add up to the total", "出资合计是否等于总额"), "bool"),
    Fact("is_second_person", Text("somebody else than who screened it", "是否由筛选人以外的人发榜"), "bool"),
    Fact("bids_until", Text("last moment for bids", "揭榜截止时间"), "moment"),
    Fact("is_bidding_over", Text("bidding is over", "揭榜期是否已满"), "bool"),
    Fact("bids", Text("bids handed in", "已提交的揭榜申请数"), "int"),
    Fact("unjudged_bids", Text("bids not yet admitted or refused", "未完成资格审查的申请数"), "int"),
    Fact("admitted_bids", Text("bids admitted", "通过资格审查的申请数"), "int"),
    Fact("reviewers_missing", Text("reviewers still missing", "尚缺评审专家数"), "int"),
    Fact("scores_missing", Text("reviews still missing", "尚缺评分数"), "int"),
    Fact("winner", Text("winner by the ranking", "排序第一的揭榜方"), "bid"),
    Fact("notice", Text("public notice", "公示内容"), "anything that names it"),
    Fact("notice_days_left", Text("days of notice left", "公示剩余天数"), "int"),
    Fact("open_objections", Text("open objections", "未处理异议数"), "int"),
    Fact("unanswered_bids", Text("bidders without feedback", "未反馈的揭榜方数"), "int"),
    Fact("contract_number", Text("contract number", "合同编号")),
    Fact("contract_value", Text("contract value", "合同金额"), "Decimal"),
    Fact("signed_on", Text("day of signing", "签约日期"), "day"),
    Fact("is_paid_in_parts", Text("instalments add up to the contract value", "分期合计是否等于合同金额"), "bool"),
    Fact("unmet_milestones", Text("milestones not met", "未完成的里程碑数"), "int"),
    Fact("unpaid_instalments", Text("instalments not paid", "未拨付的分期数"), "int"),
    Fact("is_passed", Text("acceptance by the evidence", "验收是否达标"), "bool"),
)
MEASURABLE = at_least(
    "indicators",
    1,
    "Write at least one required indicator with its threshold: it decides the acceptance.",
    "请至少填写一项必达指标及阈值，作为验收依据。",
)
SPLIT = is_true(
    "is_split_right",
    "The enterprise's share and the fiscal share must add up to the total budget.",
    "企业出资与财政出资之和须等于总金额。",
)
SECOND = is_true(
    "is_second_person",
    "A second person publishes: ask a colleague, for you screened this need yourself.",
    "发榜须由第二人办理：该需求由您筛选，请由同事发榜。",
)
BIDDING_OVER = is_true(
    "is_bidding_over",
    "Bids stay sealed until the last moment for bids has come.",
    "揭榜截止时间未到，申请材料保持密封。",
)
HAS_BIDS = at_least("bids", 1, "Nobody has bid.", "尚无揭榜申请。")
ALL_JUDGED = at_most("unjudged_bids", 0, "Admit or refuse every bid first.", "请先完成全部揭榜申请的资格审查。")
SOME_ADMITTED = at_least("admitted_bids", 1, "No bid was admitted.", "没有通过资格审查的揭榜申请。")
ENOUGH_REVIEWERS = at_most(
    "reviewers_missing",
    0,
    "More reviewers without a conflict of interest are needed.",
    "无利益冲突的评审专家人数不足，请继续邀请。",
)
ALL_SCORED = at_most(
    "scores_missing", 0, "Every reviewer scores every bid admitted: reviews are missing.", "评审专家尚未完成全部评分。"
)
HAS_WINNER = given("winner", "The ranking names no winner.", "评审排序尚未产生中榜方。")
NOTICE_OVER = at_most("notice_days_left", 0, "The public notice is still running.", "公示期未满，请等待公示期结束。")
NO_OBJECTIONS = at_most(
    "open_objections", 0, "Objections are open: settle each of them first.", "尚有未处理的异议，请先逐一处理。"
)
ALL_ANSWERED = at_most(
    "unanswered_bids",
    0,
    "Every bidder who did not win gets feedback: write it first.",
    "须向每一家未中榜的揭榜方反馈意见，请逐一填写。",
)
IN_PARTS = is_true(
    "is_paid_in_parts",
    "The instalments must add up to the contract value: write them first.",
    "各期金额合计须等于合同金额，请先填写分期计划。",
)
ONLY_LAST_OPEN = at_most(
    "unmet_milestones",
    1,
    "Only the last milestone may still be open when acceptance begins.",
    "除最后一个里程碑外，其余均须完成后方可申请验收。",
)
ALL_PAID = at_most("unpaid_instalments", 0, "An instalment is not paid yet.", "尚有分期款项未拨付。")
PASSED = is_true(
    "is_passed",
    "The evidence does not show it: each required indicator must be met with a report, or waived by a second person.",
    "现有证据不足以验收：每项必达指标须有检测报告证明达标，或经第二人批准豁免。",
)

PREPARING = Text("In preparation", "筹备中")
CHALLENGE_STATES = (
    state(S.NEED_COLLECTED, PREPARING, Clock(working_days=10), is_private=True),
    state(S.SCREENED, PREPARING, Clock(working_days=10), ("title", "demand_unit", "text"), is_private=True),
    state(S.LIST_PUBLISHED, Text("Announced", "已发榜"), requires=("conditions", "bids_until")),
    state(S.BIDS_OPEN),
    state(S.BIDS_CLOSED, clock=Clock(working_days=10)),
    state(S.REVIEW, clock=Clock(working_days=20)),
    state(S.NOTICE, requires=("notice",)),
    state(S.SIGNED, requires=("contract_number", "contract_value", "signed_on")),
    state(S.IN_PROGRESS),
    state(S.ACCEPTANCE, clock=Clock(working_days=20)),
    state(S.SETTLED, is_final=True),
    state(S.FAILED, is_final=True, is_private=True),
    state(S.TERMINATED, is_final=True, is_private=True),
)
BEFORE_SIGNING = (
    S.NEED_COLLECTED, S.SCREENED, S.LIST_PUBLISHED, S.BIDS_OPEN, S.BIDS_CLOSED, S.REVIEW, S.NOTICE,
)  # fmt: skip
CHALLENGE_MOVES = (
    Move("screen", Text("Take into the list", "筛选入榜"), (S.NEED_COLLECTED,), S.SCREENED, STAFF,
         (MEASURABLE, SPLIT)),
    Move("send_back", Text("Send back", "退回完善"), (S.SCREENED,), S.NEED_COLLECTED, STAFF, needs_reason=True),
    Move("publish_list", Text("Publish the list", "发榜"), (S.SCREENED,), S.LIST_PUBLISHED, STAFF,
         (SECOND, MEASURABLE, SPLIT), ("bids_until",)),
    Move("open_bids", Text("Open for bids", "开放揭榜"), (S.LIST_PUBLISHED,), S.BIDS_OPEN, HOUSE),
    Move("close_bids", Text("Close bidding", "揭榜截止"), (S.BIDS_OPEN,), S.BIDS_CLOSED, HOUSE, (BIDDING_OVER,)),
    Move("begin_review", Text("Begin the review", "开始评榜"), (S.BIDS_CLOSED,), S.REVIEW, STAFF,
         (HAS_BIDS, ALL_JUDGED, SOME_ADMITTED, ENOUGH_REVIEWERS)),
    Move("give_notice", Text("Give public notice", "发布公示"), (S.REVIEW,), S.NOTICE, STAFF,
         (ENOUGH_REVIEWERS, ALL_SCORED, HAS_WINNER), ("notice",)),
    Move("announce_again", Text("Announce it again", "重新发榜"), (S.BIDS_CLOSED, S.REVIEW), S.SCREENED, STAFF,
         (ALL_ANSWERED,), needs_reason=True),
    Move("sign", Text("Record the contract", "登记签约"), (S.NOTICE,), S.SIGNED, SIDE,
         (NOTICE_OVER, NO_OBJECTIONS, ALL_ANSWERED), ("contract_number", "contract_value", "signed_on")),
    Move("return_to_review", Text("Return to review", "退回评榜"), (S.NOTICE,), S.REVIEW, STAFF, needs_reason=True),
    Move("begin_work", Text("Begin the work", "开始实施"), (S.SIGNED,), S.IN_PROGRESS, SIDE, (IN_PARTS,)),
    Move("begin_acceptance", Text("Begin acceptance", "申请验收"), (S.IN_PROGRESS,), S.ACCEPTANCE, SIDE,
         (ONLY_LAST_OPEN,)),
    Move("settle", Text("Settle", "结清"), (S.ACCEPTANCE,), S.SETTLED, STAFF, (PASSED, ALL_PAID)),
    Move("rework", Text("Back to work", "退回整改"), (S.ACCEPTANCE,), S.IN_PROGRESS, SIDE, needs_reason=True),
    Move("fail", Text("End without success", "认定未完成"),
         (S.BIDS_CLOSED, S.REVIEW, S.IN_PROGRESS, S.ACCEPTANCE), S.FAILED, STAFF, (ALL_ANSWERED,), needs_reason=True),
    Move("terminate", Text("Terminate", "终止"), (*BEFORE_SIGNING, S.SIGNED, S.IN_PROGRESS), S.TERMINATED, STAFF,
         needs_reason=True),
)  # fmt: skip
CHALLENGE_FLOW = Flow(
    "challenge",
    Text("Open challenge", "揭榜挂帅"),
    "CHL",
    S.NEED_COLLECTED,
    CHALLENGE_STATES,
    CHALLENGE_MOVES,
    CHALLENGE_FACTS,
)

BID_FACTS = (
    Fact("heading", Text("title", "标题")),
    Fact("solution", Text("technical route", "技术方案")),
    Fact("rationale", Text("why it will work", "可行依据")),
    Fact("plan", Text("plan of the work", "实施计划")),
    Fact("price", Text("price", "报价"), "Decimal"),
    Fact("is_open", Text("open for bids", "是否在揭榜期内"), "bool"),
    Fact("is_judging", Text("bidding is over, review not begun", "是否处于资格审查阶段"), "bool"),
    Fact("feedback", Text("feedback to the bidder", "给揭榜方的反馈")),
)
STILL_OPEN = is_true("is_open", "Bids are not taken now.", "当前不在揭榜期内。")
JUDGING = is_true(
    "is_judging",
    "Bids are admitted once bidding is over and before the review.",
    "资格审查须在揭榜截止后、评榜前进行。",
)
BIDDER = frozenset({Part.OWNER})
JUDGES = STAFF | {Part.NEEDING}
BID_STATES = (
    state(B.DRAFT, is_private=True),
    state(B.SUBMITTED, is_private=True, requires=("heading", "solution", "rationale", "plan", "price")),
    state(B.QUALIFIED, is_private=True),
    state(B.DISQUALIFIED, is_private=True, is_final=True, requires=("feedback",)),
    state(B.AWARDED, is_private=True, is_final=True),
    state(B.DECLINED, is_private=True, is_final=True, requires=("feedback",)),
    state(B.WITHDRAWN, is_private=True, is_final=True),
)
BID_MOVES = (
    Move("hand_in", Text("Hand in, sealed", "密封提交"), (B.DRAFT,), B.SUBMITTED, BIDDER, (STILL_OPEN,)),
    Move("take_back", Text("Take back to change it", "撤回修改"), (B.SUBMITTED,), B.DRAFT, BIDDER, (STILL_OPEN,)),
    Move("admit", Text("Admit to the review", "通过资格审查"), (B.SUBMITTED,), B.QUALIFIED, STAFF, (JUDGING,)),
    Move("refuse", Text("Do not admit", "资格审查不通过"), (B.SUBMITTED,), B.DISQUALIFIED, STAFF, (JUDGING,),
         ("feedback",)),
    Move("award", Text("Award", "确定中榜"), (B.QUALIFIED,), B.AWARDED, HOUSE),
    Move("lose_award", Text("Back to the ranking", "取消中榜"), (B.AWARDED,), B.QUALIFIED, HOUSE, needs_reason=True),
    Move("decline", Text("Decline with feedback", "未中榜并反馈"), (B.SUBMITTED, B.QUALIFIED), B.DECLINED,
         JUDGES | {Part.SYSTEM}, asks=("feedback",)),
    Move("withdraw", Text("Withdraw", "撤回"), (B.DRAFT, B.SUBMITTED, B.QUALIFIED, B.AWARDED), B.WITHDRAWN, BIDDER,
         needs_reason=True),
)  # fmt: skip
BID_FLOW = Flow("bid", Text("Bid for an open challenge", "揭榜申请"), "BID", B.DRAFT, BID_STATES, BID_MOVES, BID_FACTS)
