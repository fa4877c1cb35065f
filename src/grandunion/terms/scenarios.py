"""Words for scenarios and open challenges: states, who demands, what is opened, thresholds, and one-page limits."""

from collections.abc import Mapping
from types import MappingProxyType

from grandunion.terms.text import Word


class OpportunityState(Word):
    """Where a scenario opportunity stands."""

    COLLECTED = "collected", "Collected", "已征集"
    REFINED = "refined", "Refined", "已凝练"
    APPROVED = "approved", "Approved", "已审定"
    PUBLISHED = "published", "On the opportunity list", "已列入机会清单"
    MATCHING = "matching", "Matching", "对接中"
    SELECTED = "selected", "Supplier selected", "已选定供应方"
    TESTING = "testing", "On trial", "应用验证中"
    ACCEPTED = "accepted", "Trial accepted", "已验收"
    DEMONSTRATION = "demonstration", "Demonstration", "示范应用"
    SCALED = "scaled", "Scaled up", "规模推广"
    CLOSED_NO_SUPPLIER = "closed_no_supplier", "Closed: no supplier", "关闭（无合适供应方）"
    FAILED = "failed", "Ended without success", "未成功"


class CapabilityState(Word):
    """Where a scenario capability stands."""

    SUBMITTED = "submitted", "Submitted", "已提交"
    VERIFIED = "verified", "Verified", "已核实"
    PUBLISHED = "published", "On the capability list", "已列入能力清单"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤下"


class ProposalState(Word):
    """Where a supplier's proposal for an opportunity stands."""

    DRAFT = "draft", "Draft", "草稿"
    SUBMITTED = "submitted", "Handed in", "已提交"
    SHORTLISTED = "shortlisted", "Shortlisted", "已入围"
    SELECTED = "selected", "Selected", "已选定"
    DECLINED = "declined", "Not selected", "未选中"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤回"


class ChallengeState(Word):
    """Where an open challenge stands."""

    NEED_COLLECTED = "need_collected", "Need collected", "已征集需求"
    SCREENED = "screened", "Screened", "已筛选"
    LIST_PUBLISHED = "list_published", "List published", "已发榜"
    BIDS_OPEN = "bids_open", "Open for bids", "揭榜中"
    BIDS_CLOSED = "bids_closed", "Bids closed", "揭榜截止"
    REVIEW = "review", "Under review", "评榜中"
    NOTICE = "notice", "Public notice", "公示中"
    SIGNED = "signed", "Signed", "已签约"
    IN_PROGRESS = "in_progress", "In progress", "实施中"
    ACCEPTANCE = "acceptance", "Acceptance", "验收中"
    SETTLED = "settled", "Settled", "已结清"
    FAILED = "failed", "Failed", "未完成"
    TERMINATED = "terminated", "Terminated", "已终止"


class BidState(Word):
    """Where a bid for an open challenge stands."""

    DRAFT = "draft", "Draft", "草稿"
    SUBMITTED = "submitted", "Handed in", "已提交"
    QUALIFIED = "qualified", "Admitted to review", "通过资格审查"
    DISQUALIFIED = "disqualified", "Not admitted", "未通过资格审查"
    AWARDED = "awarded", "Awarded", "已中榜"
    DECLINED = "declined", "Not awarded", "未中榜"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤回"


class DemandType(Word):
    """What kind of body offers the scenario."""

    GOVERNMENT = "government", "Government", "政府部门"
    SOE = "soe", "State-owned enterprise", "国有企业"
    PRIVATE = "private", "Private enterprise", "民营企业"
    PUBLIC_SERVICE = "public_service", "Public service (hospital, school, transport)", "公共服务机构"
    PARK = "park", "Park", "园区"


class Openness(Word):
    """What the demand unit opens for a trial."""

    DATA = "data", "Data", "数据"
    SITE = "site", "Site", "场地"
    TRAFFIC = "traffic", "Users and traffic", "用户与流量"


class ProcurementRoute(Word):
    """How the demand unit may buy after the trial."""

    UNDECIDED = "undecided", "Not decided", "未定"
    OPEN_TENDER = "open_tender", "Open tender", "公开招标"
    INVITED_TENDER = "invited_tender", "Invited tender", "邀请招标"
    NEGOTIATION = "negotiation", "Competitive negotiation", "竞争性谈判"
    CONSULTATION = "consultation", "Competitive consultation", "竞争性磋商"
    INQUIRY = "inquiry", "Request for quotation", "询价"
    SINGLE_SOURCE = "single_source", "Single source", "单一来源采购"
    COOPERATIVE_INNOVATION = "cooperative_innovation", "Cooperative innovation procurement", "合作创新采购"
    OWN_RULES = "own_rules", "By the unit's own rules", "单位自行采购"


class SafetyPermit(Word):
    """Whether a permit is needed before anything is tried, and how far it is."""

    UNKNOWN = "unknown", "Not clarified", "待明确"
    NOT_NEEDED = "not_needed", "Not needed", "无需许可"
    APPLIED = "applied", "Applied for", "已申请"
    GRANTED = "granted", "Granted", "已取得"


class Operator(Word):
    """How a measured value is held against a threshold."""

    AT_LEAST = "at_least", "≥", "≥"
    MORE_THAN = "more_than", ">", ">"
    AT_MOST = "at_most", "≤", "≤"
    LESS_THAN = "less_than", "<", "<"
    EQUAL = "equal", "=", "="


class Finding(Word):
    """What the evidence says of one indicator; worked out, never typed."""

    MET = "met", "Met", "达标"
    NOT_MET = "not_met", "Not met", "未达标"
    UNMEASURED = "unmeasured", "Not measured", "未检测"
    NO_REPORT = "no_report", "Measured, test report missing", "已检测，缺检测报告"
    WAIVER_ASKED = "waiver_asked", "Waiver asked for", "已申请豁免"
    WAIVED = "waived", "Waived", "已豁免"


class BidCriterion(Word):
    """What a reviewer gives a bid points for, 0 to 10 each."""

    TECHNICAL = "technical", "Technical route", "技术路线"
    FEASIBILITY = "feasibility", "Feasibility", "可行性"
    TEAM = "team", "Team and record", "团队与基础"
    VALUE = "value", "Value for money", "投入产出"


PUBLIC_OPPORTUNITY_STATES = (
    OpportunityState.PUBLISHED,
    OpportunityState.MATCHING,
    OpportunityState.SELECTED,
    OpportunityState.TESTING,
    OpportunityState.ACCEPTED,
    OpportunityState.DEMONSTRATION,
    OpportunityState.SCALED,
)
PUBLIC_CHALLENGE_STATES = (
    ChallengeState.LIST_PUBLISHED,
    ChallengeState.BIDS_OPEN,
    ChallengeState.BIDS_CLOSED,
    ChallengeState.REVIEW,
    ChallengeState.NOTICE,
    ChallengeState.SIGNED,
    ChallengeState.IN_PROGRESS,
    ChallengeState.ACCEPTANCE,
    ChallengeState.SETTLED,
)

# One page, in characters with spaces: the limits of Halo's standard proposal, as published at
# https://knowledge.halo.science/what-is-the-proposal-process (read 2026-11-22). Its hypothesis is here what is
# proposed, its research plan the plan of the trial; `needs` (what the supplier needs of the demand unit) is ours.
ONE_PAGE: Mapping[str, int] = MappingProxyType(
    {"heading": 80, "solution": 825, "rationale": 825, "validation": 500, "plan": 1025, "needs": 500}
)
MOST_EXPERTISE = 5
MOST_TECHNIQUES = 10
MOST_REFERENCES = 10
