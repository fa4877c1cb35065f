"""What the pages of offers call things: the kinds and what each is for, fields, and deeds in the time line."""

from collections.abc import Mapping
from dataclasses import dataclass

from grandunion.terms.offers import OfferKind
from grandunion.terms.roles import Role
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Sort:
    """A kind of offer as a person chooses it: its picture, who writes it, and what the fields are called for it."""

    icon: str
    about: Text
    title: Text
    text: Text


KINDS: Mapping[OfferKind, Sort] = {
    OfferKind.MANDATE: Sort(
        "coins",
        Text("What an investor, a bank or a fund looks for: rounds, amounts, fields.",
             "投资机构、银行或基金的投资方向、轮次与金额。"),
        Text("What you invest in, in one line", "一句话说明投资方向"),
        Text("What you look for, and what you bring beside money", "投资偏好，以及资金之外能提供的资源"),
    ),
    OfferKind.PRODUCT: Sort(
        "factory",
        Text("What a company makes or does for others: parts, tests, contract making.",
             "企业可供应的产品或可承接的加工、测试等配套能力。"),
        Text("The product or capability, in one line", "一句话说明产品或能力"),
        Text("What it does, in which quantities, and to which standards", "性能、产能与执行标准"),
    ),
    OfferKind.EXPERTISE: Sort(
        "graduation-cap",
        Text("What an expert answers, reviews or advises on.", "专家可提供的咨询、评审与技术服务。"),
        Text("What the expert is asked about, in one line", "一句话说明专长"),
        Text("Questions the expert answers, and in which form", "可解答的问题与服务方式"),
    ),
    OfferKind.SCENARIO_CAPABILITY: Sort(
        "map-pin",
        Text("A place, line or service where something new can be tried or put to use.",
             "可供新技术试验或应用的场地、线路与服务能力。"),
        Text("The scenario or capability, in one line", "一句话说明场景或能力"),
        Text("What can be tried there, and under which conditions", "可开展的试验与条件"),
    ),
    OfferKind.SPACE: Sort(
        "building",
        Text("Laboratories, clean rooms, halls and offices to move into.", "可入驻的实验室、洁净室、厂房与办公用房。"),
        Text("The space, in one line", "一句话说明空间"),
        Text("Where it is, how it is fitted out, from when", "位置、配套条件与可入驻时间"),
    ),
    OfferKind.COURSE: Sort(
        "users",
        Text("Courses, mentors and internships for teams and companies.", "面向团队和企业的课程、导师与联合培养。"),
        Text("The course or mentoring, in one line", "一句话说明课程或导师服务"),
        Text("What it covers, for whom, and how it runs", "内容、适合对象与安排"),
    ),
}  # fmt: skip
# What each role writes most; the others are one click away.
USUAL: Mapping[Role, OfferKind] = {
    Role.INVESTOR: OfferKind.MANDATE, Role.ENTERPRISE: OfferKind.PRODUCT, Role.INVENTOR: OfferKind.EXPERTISE,
}  # fmt: skip
AMOUNTS: Mapping[OfferKind, Text] = {
    OfferKind.MANDATE: Text("Money for one company", "单笔金额"),
    OfferKind.SPACE: Text("Rent a month", "月租金"),
    OfferKind.COURSE: Text("Fee", "费用"),
}
PRICE = Text("Price", "价格")
FIELDS: Mapping[str, Text] = {
    "offer_kind": Text("Kind", "类型"),
    "owner": Text("Offered by", "供给单位"),
    "person": Text("Expert", "专家"),
    "title_zh": Text("Title in Chinese", "中文标题"),
    "title_en": Text("Title in English", "英文标题"),
    "text_zh": Text("Description in Chinese", "中文说明"),
    "text_en": Text("Description in English", "英文说明"),
    "keywords": Text("Keywords", "关键词"),
    "field": Text("Field", "领域"),
    "industry": Text("Industry", "行业"),
    "area": Text("Area", "片区"),
    "trl": Text("Maturity", "技术成熟度"),
    "trl_min": Text("Maturity from", "技术成熟度（最低）"),
    "trl_max": Text("Maturity to", "技术成熟度（最高）"),
    "amount": PRICE,
    "amount_min": Text("Amount from", "金额下限"),
    "amount_max": Text("Amount up to", "金额上限"),
    "currency": Text("Currency", "币种"),
    "instruments": Text("Form of finance", "融资方式"),
    "stages": Text("Rounds", "投资轮次"),
    "licence_kinds": Text("Form of transfer", "转化方式"),
    "regions": Text("For companies in", "面向地区"),
    "space_kind": Text("Kind of space", "空间类型"),
    "square_metres": Text("Size", "面积"),
    "starts_on": Text("Begins on", "开始日期"),
    "ends_on": Text("Ends on", "结束日期"),
    "valid_until": Text("Valid until", "有效期至"),
    "level": Text("Open to", "公开范围"),
    "public_asked_at": Text("To be opened to the public by a second person", "待第二人公开"),
    "in_charge": Text("In charge", "经办人"),
    "quota": Text("Introductions open at once", "同时对接名额"),
    "under_way": Text("Under way now", "当前在办对接"),
    "partners_excluded": Text("Not to be introduced to", "不愿对接的单位"),
    "terms": Text("Terms", "合作条件"),
    "source_note": Text("Source", "来源"),
    "reason": Text("Reason", "原因"),
}
VERBS: Mapping[str, Text] = {
    "offer.created": Text("wrote the offer", "填写供给"),
    "offer.imported": Text("imported the offer", "导入供给"),
    "offer.import_changed": Text("changed it by an import", "导入更新"),
    "offer.import_taken_back": Text("took the import back", "撤销导入"),
    "offer.opened_to": Text("said who may read it", "调整公开范围"),
    "offer.edited": Text("changed the offer", "修改供给"),
    "offer.published": Text("published it", "发布"),
    "offer.paused": Text("paused it", "暂停"),
    "offer.resumed": Text("published it again", "恢复发布"),
    "offer.withdrawn": Text("withdrew it", "撤回"),
    "offer.reopened": Text("wrote it anew", "重新起草"),
}
