"""The small forms of deeds on an achievement: moves, evidence, rights, reviews, rights case, notice."""

from django import forms

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.web.achievements.step_forms import RightRow, listed
from grandunion.terms.achievements import Criterion, Readiness, Recommendation
from grandunion.terms.rights import PriceMethod, RightsScheme
from grandunion.terms.text import Text

UNANSWERED = ("", Text("—", "—"))  # a declaration is made, not preselected
YES_NO = (UNANSWERED, ("no", Text("No, none", "无")), ("yes", Text("Yes", "有")))


class ReasonForm(kit.Form):
    """Why; the inventors read it."""

    reason = kit.lines("Reason (the inventors read it)", "理由（发明人可见）", required=True, longest=300)


class PlainReasonForm(kit.Form):
    """Why."""

    reason = kit.lines("Reason", "理由", required=True, longest=300)


class AgreementForm(kit.Form):
    """Which agreement was signed."""

    agreement = kit.text("Agreement: number, day, where it lies", "协议编号、签署日期及存放处")


class PaperForm(kit.Form):
    """Which paper an inventor has signed."""

    reason = kit.text("Which paper was signed, and when", "签字文件名称及签署日期")


class WaiverForm(kit.Form):
    """Why it may be shown though nothing is filed."""

    waiver = kit.lines(
        "If nothing is filed yet: why protection is waived",
        "如尚未申请知识产权：放弃保护的理由",
        longest=300,
    )


class EvidenceForm(kit.Form):
    """What shows a readiness level."""

    level = kit.choice("Level shown", "证明的等级", Readiness)
    evidence = kit.lines("What shows it", "证明材料", required=True)
    shown_on = kit.day("Shown on", "证明日期")


class RightForm(kit.Form, RightRow):
    """One right of intellectual property with all its days."""

    expires_on = kit.day("Ends on", "届满日")
    annuity_due_on = kit.day("Annuity due on", "年费到期日")


class ReviewerForm(kit.Form):
    """Whom to ask."""

    reviewer = listed("Reviewer's e-mail address", "评审专家邮箱", "reviewers", required=True)


class ConflictForm(kit.Form):
    """What the conflict is."""

    note = kit.text("What the conflict of interest is", "利益冲突情况")


def _score(criterion: Criterion) -> forms.IntegerField:
    return kit.whole(f"{criterion.text.en}, 0 to 10", f"{criterion.text.zh}（0–10 分）", most=10)


class ReviewForm(kit.Form):
    """A reviewer's declaration and opinion."""

    conflict = kit.one_of(
        "Have you a conflict of interest with this achievement, its inventors or its owner?",
        "您与该成果、发明人或权利单位是否存在利益冲突？",
        lambda: YES_NO,
    )
    note = kit.text("If yes: what it is", "如有，请说明", required=False)
    market = _score(Criterion.MARKET)
    novelty = _score(Criterion.NOVELTY)
    team = _score(Criterion.TEAM)
    fit = _score(Criterion.FIT)
    recommendation = kit.choice("Recommendation", "评审建议", Recommendation, required=False)
    comment = kit.lines("Opinion", "评审意见")


class CaseForm(kit.Form):
    """The terms of a rights case."""

    scheme = kit.choice("How rights pass", "赋权/处置方式", RightsScheme)
    acceptor = listed("Acceptor", "受让单位", "organisations", help=Text("Full name or number.", "单位全称或编号。"))
    opinion = kit.lines(
        "Opinion of all inventors: paper and day",
        "全体发明人意见书（文件及日期）",
        help=Text("Needed before the case is submitted.", "提交审核前必填。"),
    )
    price_method = kit.choice("How the price comes about", "定价方式", PriceMethod, required=False)
    price = kit.amount("Price in yuan", "价格（元）")
    inventor_share_percent = kit.amount("Inventors' share in per cent", "发明人所得比例（%）")
    reward_percent = kit.amount("Reward to inventors in per cent", "奖励比例（%）")
    use_right_first_years = kit.whole("First term of use in years", "首期使用年限", most=100)
    use_right_total_years = kit.whole("Total term of use in years", "累计使用年限", most=100)
    agreed_income = kit.text("Agreed income", "约定收益", required=False, longest=200)
    implementation_plan = kit.lines("Plan of implementation", "实施方案")
    duty_exemption_record = kit.lines("Record of due diligence", "勤勉尽责记录")


class NoticeForm(kit.Form):
    """The public notice."""

    text_zh = kit.lines("Notice in Chinese", "公示内容（中文）", required=True)
    text_en = kit.lines("Notice in English", "公示内容（英文）", required=True)
    starts_on = kit.day("First day", "起始日", required=True)
    days = kit.whole("Days", "公示天数", least=1, most=365, required=True)
    objections_to = kit.text("Where objections go", "异议受理方式", longest=200)


class DutiesForm(kit.Form):
    """When the agreed duties were fulfilled."""

    on = kit.day("Duties fulfilled on", "义务履行完毕日", required=True)


class ObjectionForm(kit.Form):
    """An objection to the notice."""

    raised_by = kit.text("Who objects", "异议人", longest=200)
    contact = kit.text("How to reach them", "联系方式", required=False, longest=200)
    text = kit.lines("What is objected to, and why", "异议内容及理由", required=True)


class SettlementForm(kit.Form):
    """How an objection was settled."""

    outcome = kit.one_of(
        "The objection is",
        "处理结论",
        lambda: (
            ("rejected", Text("Not upheld: the notice goes on", "异议不成立，公示继续")),
            ("upheld", Text("Upheld: the case is rejected", "异议成立，事项不予批准")),
        ),
    )
    settlement = kit.lines("How it was settled, and why", "处理结果及理由", required=True)


MOVE_FORMS: dict[str, type[kit.Form]] = {
    "ask_more": ReasonForm,
    "take_in": ReasonForm,
    "set_aside": ReasonForm,
    "release": ReasonForm,
    "reconsider": ReasonForm,
    "withdraw": PlainReasonForm,
}
CASE_FORMS: dict[str, type[kit.Form]] = {
    "send_back": PlainReasonForm,
    "reject": PlainReasonForm,
    "revoke": PlainReasonForm,
    "sign": AgreementForm,
}
