"""The forms of projects: opening, editing, each move with what it asks, and the small deeds of every day."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone

from grandunion.interfaces.kit import forms as kit
from grandunion.terms.projects import (
    FounderType,
    InteractionKind,
    LossReason,
    ManagerType,
    PocResult,
    RiskLevel,
    Route,
    SourceRegion,
)
from grandunion.terms.text import Text
from grandunion.work.queries import lists

BY_NAME = Text("Full name or number, like ORG-2026-0007.", "填写单位全称或编号，如 ORG-2026-0007。")


def terms_of(list_code: str) -> Iterable[tuple[str, Text]]:
    """The terms of a list as choices."""
    return ((term.code, term.name) for term in lists.terms(list_code))


def area(*, required: bool = False) -> forms.ChoiceField:
    """One of the hub's areas."""
    return kit.one_of("Area", "片区", lambda: terms_of("areas"), required=required)


def today(field: forms.DateField) -> forms.DateField:
    """The day field, today unless somebody writes another."""
    field.initial = timezone.localdate
    return field


class ProjectForm(kit.Form):
    """What is written of a project: the few words a lead needs first, the rest as it becomes known."""

    title_zh = kit.text("Title in Chinese", "中文名称", required=False)
    title_en = kit.text("Title in English", "英文名称", required=False)
    summary_zh = kit.lines("Summary in Chinese", "中文简介")
    summary_en = kit.lines("Summary in English", "英文简介")
    area = area()
    field = kit.one_of("Field", "领域", lambda: terms_of("fields"), required=False)
    industry = kit.one_of("Industry", "行业", lambda: terms_of("industries"), required=False)
    route = kit.choice("Route", "转化路径", Route, required=False)
    university = kit.text("University of origin", "来源高校", required=False, help=BY_NAME)
    source_region = kit.choice("Comes from", "来源地", SourceRegion, required=False)
    founder_type = kit.choice("Who leads the team", "团队负责人类型", FounderType, required=False)
    manager_type = kit.choice("Technology manager works at", "技术经理人所属", ManagerType, required=False)
    trl_now = kit.whole("Readiness level now", "当前技术成熟度", least=1, most=9)
    next_step = kit.text("Next step", "下一步", required=False)
    next_step_on = kit.day("Next step by", "下一步日期")


class OpenForm(ProjectForm):
    """Opening a project: the owner may be left open, then a team is made that owns it."""

    field_order = (
        "achievement",
        "owner",
        "title_zh",
        "title_en",
        "next_step",
        "next_step_on",
        "area",
        "field",
        "route",
    )

    owner = kit.text(
        "Team or company that owns it", "项目所属团队或企业", required=False,
        help=Text("Leave empty to make a team for this project.", "留空则为本项目新建团队。"),
    )  # fmt: skip
    achievement = kit.text(
        "Achievement", "关联成果", required=False,
        help=Text("Its number, like ACH-2026-0003; a lead may come without one.",
                  "填写成果编号，如 ACH-2026-0003；仅为线索时可留空。"),
    )  # fmt: skip


class EditForm(ProjectForm):
    """Everything an officer keeps up to date, with the assessment that opens the way out of evaluation."""

    conflict_check = kit.text("Conflict check", "利益冲突核查", required=False)
    market_note = kit.lines("Market note (confidential)", "市场分析（保密）")
    why_hefei = kit.lines("Why here", "为何选择落户")
    host_partner = kit.text("Host partner", "承接合伙人", required=False, help=BY_NAME)
    building = kit.text("Building", "楼宇", required=False, longest=200)
    space_agreement = kit.text("Lease or agreement", "租约或入驻协议", required=False, longest=200)
    in_charge = forms.ChoiceField(label=kit.saying(Text("Officer in charge", "经办人")), required=False)


class Plain(kit.Form):
    """A move that asks nothing."""


class Reason(kit.Form):
    """A move that asks why."""

    reason = kit.lines("Reason", "原因", required=True, longest=300)


class BeginProof(kit.Form):
    """Begin a proof of concept."""

    technical_question = kit.lines("Technical question", "要验证的技术问题", required=True)
    scene_question = kit.lines("Question about the use", "要验证的场景问题")
    centre = kit.text("Centre", "概念验证中心", required=False, help=BY_NAME)
    budget = kit.amount("Budget", "预算")


class EndProof(kit.Form):
    """End it with its result."""

    result = kit.choice("Result", "验证结论", PocResult)
    finding = kit.lines("What was found", "验证发现", required=True)


class OwnWay(kit.Form):
    """The own-company route."""

    route = kit.choice("Route", "转化路径", Route, only=(Route.START_UP,))


class Company(kit.Form):
    """The company the team became, or one that is known here by its code."""

    credit_code = kit.text("Unified social credit code", "统一社会信用代码", longest=40, help=Text(
        "A company with this code that is here already is linked; else the team becomes it.",
        "平台已有该代码的企业将直接关联；否则由团队转为企业。"))  # fmt: skip
    name_zh = kit.text("Registered name in Chinese", "企业中文注册名称", required=False, longest=200)
    name_en = kit.text("Name in English", "企业英文名称", required=False, longest=200)
    registered_on = kit.day("Registered on", "注册日期")
    registered_capital = kit.amount("Registered capital", "注册资本")
    area_code = area()


class Space(kit.Form):
    """Where the company sits."""

    area_code = area(required=True)
    space_agreement = kit.text("Lease or agreement", "租约或入驻协议", longest=200)
    building = kit.text("Building", "楼宇", required=False, longest=200)


class Money(kit.Form):
    """The first money it received."""

    first_funding = kit.amount("First funding", "首笔资金", required=True)


class Land(kit.Form):
    """What landing still needs."""

    area_code = area()
    space_agreement = kit.text("Lease or agreement", "租约或入驻协议", required=False, longest=200, help=Text(
        "Leave empty what is recorded already.", "已登记的内容可留空。"))  # fmt: skip
    landed_on = today(kit.day("Landed on", "落地日期"))


class Lose(kit.Form):
    """Why it was lost; the reasons are counted."""

    lost_reason = kit.choice("Reason", "流失原因", LossReason)
    lost_note = kit.lines("In words", "情况说明")


MOVES: dict[str, type[kit.Form]] = {
    **dict.fromkeys(
        ("reassess", "match_again", "fall_through", "find_at_risk", "find_stalled", "exit", "fail", "hold", "win_back"),
        Reason,
    ),
    "begin_poc": BeginProof,
    "end_poc": EndProof,
    "go_own_way": OwnWay,
    "register_company": Company,
    "assign_space": Space,
    "record_funding": Money,
    "land": Land,
    "lose": Lose,
}


class Interaction(kit.Form):
    """A call, visit or message, and what comes next."""

    on = today(kit.day("Day", "日期", required=True))
    interaction_kind = kit.choice("Kind", "方式", InteractionKind)
    who = kit.text("With whom", "对象", required=False, longest=200)
    note = kit.lines("What was said", "沟通内容", required=True)
    next_step = kit.text("Next step", "下一步", required=False)
    next_step_on = kit.day("Next step by", "下一步日期")


class NextStep(kit.Form):
    """What comes next and by when."""

    next_step = kit.text("Next step", "下一步")
    next_step_on = kit.day("By", "日期", required=True)


class Risk(kit.Form):
    """How endangered it is."""

    risk_level = kit.choice("Risk", "风险等级", RiskLevel)
    risk_reason = kit.text("Why", "原因", required=False)


class Milestone(kit.Form):
    """Something to be reached by a day."""

    name = kit.text("What is to be reached", "里程碑内容", longest=200)
    due_on = kit.day("By", "完成期限", required=True)


class Reached(kit.Form):
    """A milestone that was reached."""

    done_on = today(kit.day("Reached on", "完成日期", required=True))
    evidence = kit.lines("What shows it", "证明材料", required=True)


class Postponed(kit.Form):
    """Another day for a milestone."""

    due_on = kit.day("New day", "新的期限", required=True)


class Numbered(kit.Form):
    """One record by its number."""

    number = kit.text("Number", "编号", longest=40)


class Member(kit.Form):
    """A person of the team."""

    number = kit.text("Person's number", "人员编号", longest=40, help=Text("Like PER-2026-0012.", "如 PER-2026-0012。"))
    role = kit.text("Role", "团队角色", required=False, longest=100)
    is_full_time = kit.yes_no("Full time", "全职")
    share_percent = kit.amount("Share in percent", "持股比例（%）")


class Visit(kit.Form):
    """A visit and the figures it brought home."""

    visited_on = today(kit.day("Visited on", "走访日期", required=True))
    staff_count = kit.whole("Staff", "员工人数")
    revenue = kit.amount("Revenue of the period", "本期营业收入")
    rd_spending = kit.amount("Research and development of the period", "本期研发投入")
    note = kit.lines("Note", "走访记录")


class Figures(kit.Form):
    """The company's own figures of a period."""

    staff_count = kit.whole("Staff", "员工人数")
    revenue = kit.amount("Revenue of the period", "本期营业收入")
    rd_spending = kit.amount("Research and development of the period", "本期研发投入")
