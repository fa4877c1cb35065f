"""The forms of scenarios and challenges: what is written, what each move asks, and the one page of a proposal."""

import re
from collections.abc import Mapping

from django import forms

from grandunion.interfaces.kit.forms import (
    Form,
    amount,
    choice,
    day,
    email,
    lines,
    one_of,
    several_of,
    whole,
    yes_no,
)
from grandunion.interfaces.kit.forms import text as line
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import (
    ONE_PAGE,
    DemandType,
    Openness,
    ProcurementRoute,
    SafetyPermit,
)
from grandunion.terms.text import Text
from grandunion.work.queries import lists, parties

HAN = re.compile(r"[\u3400-\u9fff]")
INDICATORS = Text(
    "One a line: accuracy ≥ 95 % | how it is tested. Chinese and English on either side of “ / ”. "
    "“(optional)” before a line that does not decide.",
    "每行一项：识别准确率 ≥ 95 % | 检测方法。中英文名称用“ / ”隔开，非必达项在行首写“（参考）”。",
)
WHOSE = Text("Number or full name of the organisation.", "填写单位编号或全称。")
BOTH = Text("Chinese or English; the other language can be added later.", "中英文均可，之后可补充另一语言。")
A_LINE = Text("One a line.", "每行一项。")
MORE = Text("More, if known", "补充信息（选填）")
Groups = tuple[tuple[Text, tuple[str, ...]], ...]


def term(en: str, zh: str, list_code: str, *, required: bool = False) -> forms.ChoiceField:
    """One term of a list."""
    return one_of(en, zh, lambda: [(one.code, one.name) for one in lists.terms(list_code)], required=required)


def in_languages(values: Mapping[str, object], *names: str) -> dict[str, object]:
    """What was typed once goes to the language it is written in."""
    given = dict(values)
    for name in names:
        if name in given:
            written = str(given.pop(name) or "")
            given[f"{name}_{'zh' if HAN.search(written) else 'en'}"] = written
    return given


class Grouped(Form):
    """A form in groups; what may be left out stays closed until something is wrong."""

    GROUPS: Groups = ()

    @property
    def groups(self) -> list[tuple[Text, list, bool]]:
        """The fields in their groups: title, fields, whether it may stay closed."""
        found = [(title, [self[n] for n in names if n in self.fields]) for title, names in self.GROUPS]
        return [(title, fields, title is MORE and not self.errors) for title, fields in found if fields]

    def written_by(self, reader: Reader) -> "Grouped":
        """Whose it is, is known or chosen among the own organisations; an officer writes it."""
        if reader.is_officer or "owner" not in self.fields:
            return self
        if len(reader.organisation_ids) > 1:
            self.fields["owner"] = one_of("Organisation", "单位", lambda: own(reader))
        else:
            del self.fields["owner"]
        return self


def own(reader: Reader) -> list[tuple[str, Text]]:
    """The organisations somebody acts for, as choices."""
    rows = parties.organisations(reader).filter(pk__in=reader.organisation_ids).order_by("sort_key")
    return [(row.number, row.name) for row in rows]


class Contact(Form):
    """Whom to call."""

    contact_name = line("Contact", "联系人", required=False, longest=100)
    contact_phone = line("Phone", "联系电话", required=False, longest=40)
    contact_email = email("E-mail", "联系邮箱")


class OpportunityForm(Grouped, Contact):
    """A scenario opportunity as it is taken down."""

    owner = line("Demand unit", "需求单位", longest=200, help=WHOSE)
    title = line("The scenario, in one line", "一句话说明场景", help=BOTH)
    pain = lines("The problem to be solved", "痛点问题", required=True)
    wanted = lines("What must be reached", "验收指标", help=INDICATORS)
    domain = term("Domain", "场景领域", "scenario_domains", required=True)
    demand_type = choice("Kind of unit", "单位类型", DemandType)
    safety_permit = choice("Safety permit", "安全许可", SafetyPermit)
    field = term("Field", "技术领域", "fields")
    area = term("Area", "片区", "areas")
    budget = amount("Budget (CNY)", "预算（元）")
    procurement_route = choice("Procurement", "采购方式", ProcurementRoute)
    starts_on = day("From", "开始日期")
    ends_on = day("To", "结束日期")
    openness = several_of("Opened for the trial", "开放资源", lambda: [(one.value, one.text) for one in Openness])
    base_data = lines("Data there is", "数据基础")
    base_site = lines("Site there is", "场地基础")
    base_permits = lines("Permits there are", "许可基础")
    permit_note = line("On the permit", "许可说明", required=False)
    is_first_use = yes_no("It would be its first use anywhere", "首用（首次应用）")

    GROUPS = (
        (Text("The scenario", "场景"), ("owner", "title", "pain", "domain", "demand_type", "title_zh", "title_en",
                                       "pain_zh", "pain_en")),
        (Text("What decides the trial", "验收依据"), ("wanted", "safety_permit")),
        (MORE, ("field", "area", "budget", "procurement_route", "starts_on", "ends_on", "openness", "base_data",
                "base_site", "base_permits", "permit_note", "is_first_use", "contact_name", "contact_phone",
                "contact_email")),
    )  # fmt: skip


class OpportunityEdit(OpportunityForm):
    """An opportunity in both languages."""

    title = None
    pain = None
    title_zh = line("Title in Chinese", "中文名称", required=False)
    title_en = line("Title in English", "英文名称", required=False)
    pain_zh = lines("Problem in Chinese", "痛点问题（中文）")
    pain_en = lines("Problem in English", "痛点问题（英文）")
    owner = line("Demand unit", "需求单位", required=False, longest=200, help=WHOSE)


class CapabilityForm(Grouped, Contact):
    """What a firm can do."""

    owner = line("Supplier", "供应方", longest=200, help=WHOSE)
    title = line("The capability, in one line", "一句话说明能力", help=BOTH)
    text = lines("What it does", "能力说明", required=True)
    references = lines("Where it runs already", "应用案例")
    domain = term("Domain", "场景领域", "scenario_domains", required=True)
    trl = whole("Maturity (TRL 1–9)", "技术成熟度（1–9 级）", least=1, most=9)
    weeks = whole("Weeks until it can be tried", "可开展验证所需周数", most=520)
    price_min = amount("Price from (CNY)", "报价下限（元）")
    price_max = amount("Price up to (CNY)", "报价上限（元）")
    conditions = lines("What it needs of the site", "应用条件")
    field = term("Field", "技术领域", "fields")
    area = term("Area", "片区", "areas")
    valid_until = day("Valid until", "有效期至")

    GROUPS = (
        (Text("The capability", "能力"), ("owner", "title", "text", "references", "domain", "trl", "title_zh",
                                         "title_en", "text_zh", "text_en", "references_zh", "references_en")),
        (MORE, ("weeks", "price_min", "price_max", "conditions", "field", "area", "valid_until", "contact_name",
                "contact_phone", "contact_email")),
    )  # fmt: skip


class CapabilityEdit(CapabilityForm):
    """A capability in both languages."""

    title = None
    text = None
    references = None
    title_zh = line("Title in Chinese", "中文名称", required=False)
    title_en = line("Title in English", "英文名称", required=False)
    text_zh = lines("What it does, in Chinese", "能力说明（中文）")
    text_en = lines("What it does, in English", "能力说明（英文）")
    references_zh = lines("Where it runs, in Chinese", "应用案例（中文）")
    references_en = lines("Where it runs, in English", "应用案例（英文）")


class ChallengeForm(Grouped, Contact):
    """The need of an open challenge."""

    owner = line("Enterprise that has the need", "需求企业", longest=200, help=WHOSE)
    title = line("The challenge, in one line", "一句话说明榜单", help=BOTH)
    text = lines("What has to be solved", "技术需求", required=True)
    wanted = lines("What must be reached", "考核指标", help=INDICATORS)
    total_budget = amount("Total budget (CNY)", "总金额（元）")
    enterprise_share = amount("The enterprise pays", "企业出资")
    fiscal_share = amount("Public money", "财政出资")
    months = whole("Months for the work", "实施周期（月）", least=1, most=120)
    conditions = lines("Conditions for bidders", "揭榜条件")
    exemption = lines("What is excused if diligent", "尽职免责约定")
    field = term("Field", "技术领域", "fields")
    industry = term("Industry", "行业", "industries")
    area = term("Area", "片区", "areas")

    GROUPS = (
        (Text("The need", "需求"), ("owner", "title", "text", "wanted", "title_zh", "title_en", "text_zh", "text_en")),
        (Text("Money and conditions", "资金与条件"), ("total_budget", "enterprise_share", "fiscal_share", "months",
                                               "conditions", "conditions_zh", "conditions_en")),
        (MORE, ("exemption", "field", "industry", "area", "contact_name", "contact_phone", "contact_email")),
    )  # fmt: skip


class ChallengeEdit(ChallengeForm):
    """A challenge in both languages."""

    title = None
    text = None
    conditions = None
    title_zh = line("Title in Chinese", "中文名称", required=False)
    title_en = line("Title in English", "英文名称", required=False)
    text_zh = lines("What has to be solved, in Chinese", "技术需求（中文）")
    text_en = lines("What has to be solved, in English", "技术需求（英文）")
    conditions_zh = lines("Conditions in Chinese", "揭榜条件（中文）")
    conditions_en = lines("Conditions in English", "揭榜条件（英文）")
    owner = line("Enterprise that has the need", "需求企业", required=False, longest=200, help=WHOSE)


def paged(name: str, en: str, zh: str) -> forms.CharField:
    """One part of the one page, with the number of characters that fit."""
    most = ONE_PAGE[name]
    help = Text(f"At most {most} characters.", f"最多 {most} 个字符。")
    return lines(en, zh, longest=most, help=help)


class PageForm(Grouped, Contact):
    """The one page of a proposal or a bid."""

    heading = line("Title", "标题", required=False, longest=ONE_PAGE["heading"],
                   help=Text("At most 80 characters.", "最多 80 个字符。"))  # fmt: skip
    solution = paged("solution", "What you propose", "解决方案")
    rationale = paged("rationale", "Why it will work", "可行依据")
    validation = paged("validation", "What shows it already", "已有验证")
    plan = paged("plan", "Plan", "实施计划")
    needs = paged("needs", "What you need of the other side", "需要对方提供的支持")
    trl = whole("Maturity (TRL 1–9)", "技术成熟度（1–9 级）", least=1, most=9)
    price = amount("Price (CNY)", "报价（元）")
    weeks = whole("Weeks", "所需周数", most=520)
    expertise = lines("Expertise, at most 5", "专业能力（最多 5 项）", help=A_LINE)
    techniques = lines("Techniques, at most 10", "技术手段（最多 10 项）", help=A_LINE)
    references = lines("Publications, patents, references, at most 10", "论文、专利与案例（最多 10 项）", help=A_LINE)

    GROUPS = (
        (Text("Your page", "方案正文"), ("heading", "solution", "rationale", "validation", "plan", "needs", "trl",
                                    "price", "weeks")),
        (MORE, ("team", "milestones", "expertise", "techniques", "references", "contact_name", "contact_phone",
                "contact_email")),
    )  # fmt: skip


class BidForm(PageForm):
    """The one page of a bid, with team and milestones."""

    team = lines("Team", "团队")
    milestones = lines("Milestones", "里程碑")
