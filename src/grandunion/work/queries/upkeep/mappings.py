"""Mapping files, and the mapping of our own templates: a column for every field, headed in both languages."""

from pathlib import Path

from grandunion.adapters.packs import find_mapping, read_mapping
from grandunion.adapters.packs.finding import places
from grandunion.adapters.packs.mappings import FieldRule, Mapping, MappingSource
from grandunion.adapters.tables import TableFile, open_table
from grandunion.adapters.tables.opening import FORMATS
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.queries.upkeep.imports.kinds import kind_of

TEMPLATE = "template"
LABELS: dict[str, Text] = {
    "name_zh": Text("Chinese name", "中文名称"), "name_en": Text("English name", "英文名称"),
    "short_name_zh": Text("Chinese short name", "中文简称"), "short_name_en": Text("English short name", "英文简称"),
    "aliases": Text("Further names (;)", "其他名称（用;分隔）"), "kind": Text("Kind", "类型"),
    "status": Text("Status", "状态"), "credit_code": Text("Credit code", "统一社会信用代码"),
    "ror": Text("ROR identifier", "ROR 标识"), "stock_symbol": Text("Stock symbol", "股票代码"),
    "country": Text("Country code", "国家代码"), "region": Text("Region code", "地区代码"),
    "city": Text("City", "城市"), "area": Text("Area code", "片区代码"), "website": Text("Website", "网址"),
    "industry": Text("Industry code", "行业代码"), "summary_zh": Text("Chinese summary", "中文简介"),
    "summary_en": Text("English summary", "英文简介"), "founded_on": Text("Founded on", "成立日期"),
    "size": Text("Size", "规模"), "registered_capital": Text("Registered capital", "注册资本"),
    "staff_count": Text("Staff", "员工人数"), "labels": Text("Recognitions (;)", "资质代码（用;分隔）"),
    "level": Text("Open to", "公开范围"), "source_ref": Text("Own reference", "自编号"),
    "title_zh": Text("Chinese title", "中文标题"), "title_en": Text("English title", "英文标题"),
    "affiliation": Text("Affiliation", "所在单位"), "orcid": Text("ORCID identifier", "ORCID 标识"),
    "expertise": Text("Expertise", "专长"), "email": Text("E-mail", "电子邮箱"), "phone": Text("Telephone", "电话"),
    "abstract_public_zh": Text("Chinese public abstract", "中文公开摘要"),
    "abstract_public_en": Text("English public abstract", "英文公开摘要"), "keywords": Text("Keywords", "关键词"),
    "owner_name": Text("Owner", "权利单位"), "state": Text("State", "状态"), "trl": Text("Maturity", "技术成熟度"),
    "field": Text("Field code", "领域代码"), "channel": Text("Channel", "来源渠道"),
    "text_zh": Text("Chinese description", "中文描述"), "text_en": Text("English description", "英文描述"),
    "category": Text("Category", "类别"), "subject": Text("Subject code", "事项代码"),
    "org_name": Text("Applicant", "提出单位"), "applicant_type": Text("Applicant type", "提出方类型"),
    "budget": Text("Budget", "预算"), "currency": Text("Currency", "币种"), "due_on": Text("Wanted by", "期望日期"),
    "contact_name": Text("Contact", "联系人"), "contact_phone": Text("Contact's telephone", "联系电话"),
    "contact_email": Text("Contact's e-mail", "联系邮箱"), "urgency": Text("Urgency", "紧急程度"),
    "headcount": Text("People wanted", "需求人数"), "acceptance_criteria": Text("When it is solved", "验收标准"),
    "attempts_so_far": Text("Tried so far", "已做过的尝试"),
    "details": Text("Answers to the subject's questions (;)", "补充问题回答（问题：回答，用;分隔）"),
    "modes_wanted": Text("Ways of transfer (;)", "转化方式（用;分隔）"),
    "finance_round": Text("Round of financing", "融资轮次"),
    "instruments_wanted": Text("Forms of money (;)", "资金形式（用;分隔）"),
    "trl_wanted": Text("Maturity wanted", "期望成熟度"), "university": Text("University", "高校院所"),
    "route": Text("Route", "转化路径"), "trl_at_entry": Text("Maturity at entry", "入库成熟度"),
    "trl_now": Text("Maturity now", "当前成熟度"), "offered_by": Text("Offered by", "供给单位"),
    "person": Text("Expert", "专家编号或姓名"), "terms": Text("Terms", "合作条件"),
    "partners_excluded": Text("Not to be introduced to", "不愿对接的单位"),
    "space_kind": Text("Kind of space", "空间类型"), "square_metres": Text("Square metres", "面积（平方米）"),
    "trl_min": Text("Maturity from", "最低成熟度"), "trl_max": Text("Maturity to", "最高成熟度"),
    "amount_min": Text("Amount from", "金额下限"), "amount_max": Text("Amount up to", "金额上限"),
    "stages": Text("Rounds (;)", "投资轮次（用;分隔）"),
    "instruments": Text("Forms of finance (;)", "融资方式（用;分隔）"),
    "licence_kinds": Text("Forms of transfer (;)", "转化方式代码（用;分隔）"),
    "regions": Text("Region codes (;)", "面向地区代码（用;分隔）"), "starts_on": Text("Begins on", "开始日期"),
    "ends_on": Text("Ends on", "结束日期"), "quota": Text("Introductions at once", "同时对接名额"),
    "valid_until": Text("Valid until", "有效期至"), "place_zh": Text("Place in Chinese", "地点（中文）"),
    "place_en": Text("Place in English", "地点（英文）"), "starts_at": Text("Begins at", "开始时间"),
    "ends_at": Text("Ends at", "结束时间"), "organiser": Text("Organiser", "主办单位"),
    "capacity": Text("Places", "名额"), "keep_until": Text("Details kept until", "个人信息保存至"),
    "domain": Text("Domain of the scenario", "场景领域代码"), "demand_type": Text("Kind of unit", "单位类型"),
    "pain_zh": Text("Problem in Chinese", "痛点问题（中文）"),
    "pain_en": Text("Problem in English", "痛点问题（英文）"),
    "base_data": Text("Data there is", "数据基础"), "base_site": Text("Site there is", "场地基础"),
    "base_permits": Text("Permits there are", "许可基础"), "permit_note": Text("Permit", "许可说明"),
    "procurement_route": Text("Procurement", "采购方式"), "safety_permit": Text("Safety permit", "安全许可"),
    "openness": Text("Opened for the trial (;)", "开放资源（用;分隔）"),
    "indicators": Text("Indicators (;): accuracy ≥ 95 %", "指标（用;分隔）：识别准确率 ≥ 95 %"),
    "references_zh": Text("Where it runs, in Chinese", "应用案例（中文）"),
    "references_en": Text("Where it runs, in English", "应用案例（英文）"),
    "conditions": Text("What it needs", "应用条件"), "weeks": Text("Weeks until it can be tried", "可验证周期（周）"),
    "conditions_zh": Text("Conditions in Chinese", "揭榜条件（中文）"),
    "conditions_en": Text("Conditions in English", "揭榜条件（英文）"),
    "exemption": Text("Excused if diligent", "尽职免责"), "enterprise_share": Text("The enterprise pays", "企业出资"),
    "fiscal_share": Text("Public money", "财政出资"), "months": Text("Months", "实施周期（月）"),
}  # fmt: skip


def heads(kind_code: str) -> list[tuple[str, str]]:
    """The targets of a kind with the header of our template."""
    return [(target, f"{LABELS[target].zh} {LABELS[target].en}") for target in kind_of(kind_code).fields]


def template_mapping(kind_code: str) -> Mapping:
    """The mapping of our own template: a header in both languages, in one, or the field's bare name."""
    rules = tuple(
        FieldRule(target, (head, target, LABELS[target].zh, LABELS[target].en)) for target, head in heads(kind_code)
    )
    source = MappingSource(
        kind="file", licence="as given by the importing officer", as_of="", publishable=True,
        name=Text("File of the hub", "平台模板文件"),
    )  # fmt: skip
    return Mapping(TEMPLATE, kind_code, "", ("source_ref",), source, {}, rules, (), (), {})


def mapping_of(name: str, kind_code: str) -> Mapping:
    """The mapping of this name or in this file, or the template's; refuses one that is for another kind."""
    kind_of(kind_code)
    if name in ("", TEMPLATE):
        return template_mapping(kind_code)
    mapping = read_mapping(find_mapping(name))
    if mapping.kind != kind_code:
        raise Refused(Text(
            f"The mapping “{mapping.name}” is for {mapping.kind}, not for {kind_code}.",
            f"映射“{mapping.name}”用于 {mapping.kind}，而不是 {kind_code}。",
        ))  # fmt: skip
    return mapping


def shipped(kind_code: str) -> list[Mapping]:
    """The mappings that ship with the house for a kind."""
    found = (read_mapping(path) for place in places("mappings") for path in sorted(place.glob("*.yaml")))
    return list({mapping.name: mapping for mapping in found if mapping.kind == kind_code}.values())


def table_of(path: Path, mapping: Mapping, name: str = "") -> TableFile:
    """The file as a table: its ending says the format, or the mapping where the ending says nothing."""
    known = Path((name or path.name).removesuffix(".gz")).suffix.lower() in FORMATS
    return open_table(path, format="" if known else mapping.format, name=name)
