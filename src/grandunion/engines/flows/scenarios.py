"""The life of a scenario opportunity, of a capability, and of a supplier's proposal for an opportunity.

Facts they read: see `OPPORTUNITY_FACTS`, `CAPABILITY_FACTS` and `PROPOSAL_FACTS`. Whether a trial is passed is worked
out from its evidence (`engines.trials.evidence`) and never typed; no trial begins before everybody who proposed and
was not chosen has an answer; nobody approves alone what they refined themselves.
"""

from grandunion.engines.flows.guards import at_least, at_most, is_true, one_of
from grandunion.engines.flows.pieces import Fact, Facts, Guard, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.clocks import Clock
from grandunion.terms.roles import Part
from grandunion.terms.scenarios import CapabilityState as C
from grandunion.terms.scenarios import OpportunityState as S
from grandunion.terms.scenarios import ProposalState as P
from grandunion.terms.scenarios import SafetyPermit
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
SIDE = STAFF | {Part.OWNER}
HOUSE = STAFF | {Part.SYSTEM}

OPPORTUNITY_FACTS = (
    Fact("title", Text("title", "名称")),
    Fact("demand_unit", Text("demand unit", "需求单位"), "anything that names it"),
    Fact("domain", Text("domain", "场景领域"), "anything that names it"),
    Fact("pain_point", Text("pain point", "痛点问题")),
    Fact("indicators", Text("indicators required", "必达指标数"), "int"),
    Fact("is_second_person", Text("somebody else than who refined it", "是否由凝练人以外的人审定"), "bool"),
    Fact("proposals_until", Text("last day for proposals", "方案征集截止日"), "day"),
    Fact("proposals", Text("proposals handed in", "已提交方案数"), "int"),
    Fact("open_proposals", Text("proposals without an answer", "未反馈的方案数"), "int"),
    Fact("selected", Text("proposal selected", "选定的方案"), "proposal"),
    Fact("safety_permit", Text("safety permit", "安全许可"), "SafetyPermit"),
    Fact("trial", Text("site and days of the trial", "验证地点与时间"), "anything that names it"),
    Fact("is_passed", Text("trial passed by its evidence", "验证是否达标"), "bool"),
    Fact("test_report", Text("test report", "检测报告"), "document"),
    Fact("follow_on_value", Text("value of the follow-on contract", "后续合同金额"), "Decimal"),
    Fact("replications", Text("places it is carried over to", "推广应用地点数"), "int"),
)
MEASURABLE = at_least(
    "indicators",
    1,
    "Write at least one required indicator with its threshold: it decides the trial.",
    "请至少填写一项必达指标及阈值，作为验收依据。",
)
SECOND = is_true(
    "is_second_person",
    "A second person approves: ask a colleague, for you refined this opportunity yourself.",
    "审定须由第二人办理：该机会由您凝练，请由同事审定。",
)
PROPOSED = at_least("proposals", 1, "No proposal has been handed in yet.", "尚无供应方提交方案。")
ANSWERED = at_most(
    "open_proposals",
    0,
    "Everybody who proposed gets an answer: write feedback to each that was not chosen.",
    "须向每一家未选中的供应方反馈意见，请逐一填写。",
)
PERMITTED = one_of(
    "safety_permit",
    (SafetyPermit.NOT_NEEDED, SafetyPermit.GRANTED),
    "Nothing is tried before the safety permit is there: record that it is granted, or not needed.",
    "取得安全许可前不得开展验证：请登记许可已取得或无需许可。",
)
PASSED = is_true(
    "is_passed",
    "The evidence does not show it: each required indicator must be met with a report, or waived by a second person.",
    "现有证据不足以验收：每项必达指标须有检测报告证明达标，或经第二人批准豁免。",
)


def _is_missed(facts: Facts) -> bool:
    return facts.get("is_passed") is False


NOT_PASSED = Guard(
    "trial_not_passed",
    Text(
        "The evidence shows that the trial is passed: accept it instead.",
        "证据显示验证已达标，请办理验收。",
    ),
    _is_missed,
    ("is_passed",),
)
CARRIED_OVER = at_least(
    "replications", 1, "Name at least one place it has been carried over to.", "请至少登记一处推广应用地点。"
)

PREPARING = Text("In preparation", "筹备中")
OPPORTUNITY_STATES = (
    state(S.COLLECTED, PREPARING, Clock(working_days=10), is_private=True),
    state(
        S.REFINED,
        PREPARING,
        Clock(working_days=5),
        ("title", "demand_unit", "domain", "pain_point"),
        is_private=True,
    ),
    state(S.APPROVED, PREPARING, Clock(working_days=5), is_private=True),
    state(S.PUBLISHED, Text("Open for proposals", "征集方案"), requires=("proposals_until",)),
    state(S.MATCHING, Text("Proposals under review", "方案评选中"), Clock(working_days=20)),
    state(S.SELECTED, requires=("selected",), clock=Clock(working_days=20)),
    state(S.TESTING, requires=("trial",)),
    state(S.ACCEPTED),
    state(S.DEMONSTRATION, requires=("test_report",)),
    state(S.SCALED, requires=("follow_on_value",), is_final=True),
    state(S.CLOSED_NO_SUPPLIER, is_final=True, is_private=True),
    state(S.FAILED, is_final=True, is_private=True),
)
EARLY = (S.COLLECTED, S.REFINED, S.APPROVED)
OPPORTUNITY_MOVES = (
    Move("refine", Text("Refine", "凝练"), (S.COLLECTED,), S.REFINED, SIDE, (MEASURABLE,)),
    Move("approve", Text("Approve", "审定"), (S.REFINED,), S.APPROVED, STAFF, (MEASURABLE, SECOND)),
    Move(
        "send_back",
        Text("Send back", "退回完善"),
        (S.REFINED, S.APPROVED),
        S.COLLECTED,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "publish",
        Text("Put on the opportunity list", "列入机会清单"),
        (S.APPROVED,),
        S.PUBLISHED,
        STAFF,
        asks=("proposals_until",),
    ),
    Move("begin_matching", Text("Begin the selection", "开始评选"), (S.PUBLISHED,), S.MATCHING, HOUSE, (PROPOSED,)),
    Move("select", Text("Select a supplier", "选定供应方"), (S.MATCHING,), S.SELECTED, SIDE, asks=("selected",)),
    Move(
        "choose_again",
        Text("Choose again", "重新评选"),
        (S.SELECTED,),
        S.MATCHING,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "begin_trial",
        Text("Begin the trial", "开始应用验证"),
        (S.SELECTED,),
        S.TESTING,
        SIDE,
        (ANSWERED, PERMITTED),
        ("trial",),
    ),
    Move("accept", Text("Accept the trial", "验收通过"), (S.TESTING,), S.ACCEPTED, SIDE, (PASSED,)),
    Move(
        "demonstrate",
        Text("Make it a demonstration", "列为示范"),
        (S.ACCEPTED,),
        S.DEMONSTRATION,
        STAFF,
        asks=("test_report",),
    ),
    Move(
        "scale",
        Text("Record the scaling up", "登记规模推广"),
        (S.DEMONSTRATION,),
        S.SCALED,
        SIDE,
        (CARRIED_OVER,),
        ("follow_on_value",),
    ),
    Move(
        "close",
        Text("Close: no supplier fits", "关闭（无合适供应方）"),
        (S.PUBLISHED, S.MATCHING),
        S.CLOSED_NO_SUPPLIER,
        STAFF,
        (ANSWERED,),
        needs_reason=True,
    ),
    Move("give_up", Text("Give it up", "终止"), EARLY, S.FAILED, STAFF, needs_reason=True),
    Move(
        "fail",
        Text("End the trial: not passed", "验证未通过"),
        (S.TESTING,),
        S.FAILED,
        SIDE,
        (NOT_PASSED,),
        needs_reason=True,
    ),
    Move(
        "collect_again",
        Text("Take it up again", "重新征集"),
        (S.CLOSED_NO_SUPPLIER, S.FAILED),
        S.COLLECTED,
        STAFF,
        needs_reason=True,
    ),
)
OPPORTUNITY_FLOW = Flow(
    "opportunity",
    Text("Scenario opportunity", "场景机会"),
    "SCO",
    S.COLLECTED,
    OPPORTUNITY_STATES,
    OPPORTUNITY_MOVES,
    OPPORTUNITY_FACTS,
)

CAPABILITY_FACTS = (
    Fact("owner", Text("supplier", "供应方"), "organisation"),
    Fact("text", Text("description", "能力说明")),
    Fact("domain", Text("domain", "场景领域"), "anything that names it"),
    Fact("verified_note", Text("what was looked at", "核实情况")),
    Fact("is_of_another", Text("verified by somebody outside the firm", "是否由供应方以外的人核实"), "bool"),
)
OTHERS = is_true(
    "is_of_another",
    "Nobody verifies their own firm's capability: ask another officer.",
    "不得核实本单位的能力，请由其他服务专员办理。",
)
CAPABILITY_STATES = (
    state(C.SUBMITTED, clock=Clock(working_days=10), is_private=True),
    state(C.VERIFIED, requires=("owner", "text", "domain", "verified_note"), is_private=True),
    state(C.PUBLISHED),
    state(C.WITHDRAWN, is_final=True, is_private=True),
)
CAPABILITY_MOVES = (
    Move(
        "verify",
        Text("Verify", "核实"),
        (C.SUBMITTED,),
        C.VERIFIED,
        STAFF,
        (OTHERS,),
        ("verified_note",),
    ),
    Move("publish", Text("Put on the capability list", "列入能力清单"), (C.VERIFIED,), C.PUBLISHED, STAFF),
    Move(
        "doubt",
        Text("Verify again", "退回重新核实"),
        (C.VERIFIED, C.PUBLISHED),
        C.SUBMITTED,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "withdraw",
        Text("Take off the list", "撤下"),
        (C.SUBMITTED, C.VERIFIED, C.PUBLISHED),
        C.WITHDRAWN,
        SIDE,
        needs_reason=True,
    ),
    Move("hand_in_again", Text("Hand in again", "重新提交"), (C.WITHDRAWN,), C.SUBMITTED, SIDE),
)
CAPABILITY_FLOW = Flow(
    "capability",
    Text("Scenario capability", "场景能力"),
    "SCP",
    C.SUBMITTED,
    CAPABILITY_STATES,
    CAPABILITY_MOVES,
    CAPABILITY_FACTS,
)

PROPOSAL_FACTS = (
    Fact("heading", Text("title", "标题")),
    Fact("solution", Text("what is proposed", "解决方案")),
    Fact("rationale", Text("why it will work", "可行依据")),
    Fact("plan", Text("plan of the trial", "验证计划")),
    Fact("trl", Text("technology readiness level", "技术成熟度等级"), "int 1–9"),
    Fact("is_open", Text("open for proposals", "是否在征集期内"), "bool"),
    Fact("feedback", Text("feedback to the supplier", "给供应方的反馈")),
)
STILL_OPEN = is_true(
    "is_open", "Proposals are not taken now: the last day has passed.", "当前不在方案征集期内，无法提交。"
)
# The demand unit stands to a supplier's proposal as the needing side; the supplier owns it.
JUDGES = STAFF | {Part.NEEDING}
PROPOSER = frozenset({Part.OWNER})
PROPOSAL_STATES = (
    state(P.DRAFT, is_private=True),
    state(P.SUBMITTED, is_private=True, requires=("heading", "solution", "rationale", "plan", "trl")),
    state(P.SHORTLISTED, is_private=True, is_optional=True),
    state(P.SELECTED, is_private=True, is_final=True),
    state(P.DECLINED, is_private=True, is_final=True, requires=("feedback",)),
    state(P.WITHDRAWN, is_private=True, is_final=True),
)
PROPOSAL_MOVES = (
    Move("hand_in", Text("Hand in", "提交"), (P.DRAFT,), P.SUBMITTED, PROPOSER, (STILL_OPEN,)),
    Move("take_back", Text("Take back to change it", "撤回修改"), (P.SUBMITTED,), P.DRAFT, PROPOSER, (STILL_OPEN,)),
    Move("shortlist", Text("Shortlist", "列入入围名单"), (P.SUBMITTED,), P.SHORTLISTED, JUDGES),
    Move("choose", Text("Select", "选定"), (P.SUBMITTED, P.SHORTLISTED), P.SELECTED, JUDGES | {Part.SYSTEM}),
    Move(
        "decline",
        Text("Decline with feedback", "不选并反馈"),
        (P.SUBMITTED, P.SHORTLISTED, P.SELECTED),
        P.DECLINED,
        JUDGES | {Part.SYSTEM},
        asks=("feedback",),
    ),
    Move(
        "withdraw",
        Text("Withdraw", "撤回"),
        (P.DRAFT, P.SUBMITTED, P.SHORTLISTED),
        P.WITHDRAWN,
        PROPOSER,
        needs_reason=True,
    ),
)
PROPOSAL_FLOW = Flow(
    "proposal",
    Text("Proposal for a scenario", "场景应用方案"),
    "SPR",
    P.DRAFT,
    PROPOSAL_STATES,
    PROPOSAL_MOVES,
    PROPOSAL_FACTS,
)
