"""What the journal's verbs and fields are called on the pages of projects."""

from collections.abc import Mapping

from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import MatchState
from grandunion.terms.projects import (
    FounderType,
    InteractionKind,
    LossReason,
    ManagerType,
    PocResult,
    ProjectState,
    RiskLevel,
    Route,
    SourceRegion,
)
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, Word
from grandunion.work.queries.projects import MOVES

VERBS: Mapping[str, Text] = {
    **MOVES,
    "project.opened": Text("opened the project", "新建项目"),
    "project.imported": Text("imported the project", "导入项目"),
    "project.edited": Text("changed what is written", "修改项目信息"),
    "project.opened_confidential": Text("opened the confidential part", "查阅保密内容"),
    "project.achievement_linked": Text("linked an achievement", "关联成果"),
    "project.match_linked": Text("linked a match", "关联对接"),
    "project.member_added": Text("added a member of the team", "新增团队成员"),
    "project.member_removed": Text("took a member out of the team", "移除团队成员"),
    "project.milestone_added": Text("set a milestone", "设定里程碑"),
    "project.milestone_reached": Text("reached a milestone", "完成里程碑"),
    "project.milestone_postponed": Text("postponed a milestone", "调整里程碑期限"),
    "project.interaction": Text("was in touch", "记录沟通"),
    "project.next_step": Text("planned the next step", "安排下一步"),
    "project.risk": Text("assessed the risk", "评估风险"),
    "project.contract_drafted": Text("wrote down a contract", "登记合同草稿"),
    "project.contract_edited": Text("changed a contract", "修改合同"),
    "project.visited": Text("visited the company", "走访企业"),
    "project.figures": Text("handed in figures", "报送经营数据"),
    "access.given": Text("gave access", "开放查阅权限"),
    "access.ended": Text("ended access", "终止查阅权限"),
    "document.added": Text("added a file", "上传文件"),
    "document.removed": Text("removed a file", "移除文件"),
}
FIELDS: Mapping[str, Text] = {
    "title_zh": Text("Title in Chinese", "中文名称"),
    "title_en": Text("Title in English", "英文名称"),
    "summary_zh": Text("Summary in Chinese", "中文简介"),
    "summary_en": Text("Summary in English", "英文简介"),
    "state": Text("State", "状态"),
    "reason": Text("Reason", "原因"),
    "route": Text("Route", "转化路径"),
    "founder_type": Text("Who leads the team", "团队负责人类型"),
    "manager_type": Text("Technology manager works at", "技术经理人所属"),
    "source_region": Text("Comes from", "来源地"),
    "level": Text("Open to", "公开范围"),
    "trl_now": Text("Readiness level", "技术成熟度"),
    "risk_level": Text("Risk", "风险等级"),
    "risk_reason": Text("Why at risk", "风险原因"),
    "conflict_check": Text("Conflict check", "利益冲突核查"),
    "market_note": Text("Market note", "市场分析"),
    "why_hefei": Text("Why here", "为何选择落户"),
    "next_step": Text("Next step", "下一步"),
    "next_step_on": Text("Next step by", "下一步日期"),
    "landed_on": Text("Landed on", "落地日期"),
    "company": Text("Company", "落地企业"),
    "area": Text("Area", "片区"),
    "building": Text("Building", "楼宇"),
    "space_agreement": Text("Lease or agreement", "租约或入驻协议"),
    "first_funding": Text("First funding", "首笔资金"),
    "lost_reason": Text("Why lost", "流失原因"),
    "lost_note": Text("In words", "流失说明"),
    "achievement": Text("Achievement", "成果"),
    "match": Text("Match", "对接"),
    "member": Text("Person", "人员"),
    "milestone": Text("Milestone", "里程碑"),
    "due_on": Text("By", "期限"),
    "evidence": Text("What shows it", "证明材料"),
    "interaction_kind": Text("Kind", "方式"),
    "note": Text("Note", "内容"),
    "contract": Text("Contract", "合同"),
    "value_total": Text("Contract value", "合同成交额"),
    "ended_on": Text("Ended on", "终止日期"),
    "visit": Text("Visit", "回访"),
    "visited_on": Text("Visited on", "走访日期"),
    "staff_count": Text("Staff", "员工人数"),
    "revenue": Text("Revenue", "营业收入"),
    "rd_spending": Text("Research and development", "研发投入"),
    "result": Text("Result", "验证结论"),
    "finding": Text("What was found", "验证发现"),
}
CODES: Mapping[str, type[Word]] = {
    "state": ProjectState,
    "visit": ProjectState,
    "route": Route,
    "founder_type": FounderType,
    "manager_type": ManagerType,
    "source_region": SourceRegion,
    "level": Level,
    "risk_level": RiskLevel,
    "lost_reason": LossReason,
    "interaction_kind": InteractionKind,
    "result": PocResult,
}
KINDS: Mapping[str, tuple[Text, str, type[Word]]] = {
    "achievement": (Text("Achievement", "成果"), "/w/achievements/", AchievementState),
    "match": (Text("Match", "对接"), "/w/matches/", MatchState),
}
TONES: Mapping[str, str] = {
    **dict.fromkeys((ProjectState.LANDED, ProjectState.GROWING, ProjectState.GRADUATED), "good"),
    **dict.fromkeys((ProjectState.AT_RISK, ProjectState.STALLED, ProjectState.ON_HOLD), "warn"),
    **dict.fromkeys((ProjectState.LOST, ProjectState.FAILED), "bad"),
    ProjectState.EXITED: "neutral",
}


def tone(state: str) -> str:
    """The colour of a state: most are simply on their way."""
    return TONES.get(state, "progress")
