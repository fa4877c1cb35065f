"""Words for published figures: what they count, at what stage, how they were entered, and why two of them differ."""

from grandunion.terms.text import Word


class ClaimState(Word):
    """How far an entered claim is checked."""

    ENTERED = "entered", "Entered, to be confirmed", "已录入，待复核"
    CONFIRMED = "confirmed", "Confirmed", "已复核"
    REJECTED = "rejected", "Rejected", "已退回"


class Language(Word):
    """Which language of a saying is the source's own; the other is a translation."""

    ZH = "zh", "Chinese", "中文"
    EN = "en", "English", "英文"
    BOTH = "both", "Both", "中英文"


class Thing(Word):
    """What a figure counts."""

    PERSON = "person", "persons", "人数"
    ORGANISATION = "organisation", "organisations", "组织数"
    UNIVERSITY = "university", "universities", "高校数"
    ENTERPRISE = "enterprise", "enterprises", "企业数"
    PROJECT = "project", "projects", "项目数"
    PARTNER = "partner", "partners", "合伙人数"
    UNIT = "unit", "innovation units", "创新单元数"
    CENTRE = "centre", "centres", "中心数"
    MONEY = "money", "money", "金额"


class ClaimStage(Word):
    """How far what is counted has come: money from plan to investment, partners from recruited to signed."""

    PLANNED = "planned", "planned", "计划"
    REGISTERED = "registered", "registered", "注册"
    SUBSCRIBED = "subscribed", "subscribed", "认缴"
    PAID_IN = "paid_in", "paid in", "实缴"
    INVESTED = "invested", "invested", "已投"
    TOTAL = "total", "total, not said of what", "总规模（口径未说明）"
    REACHED = "reached", "reported as reached", "报道为已达到"
    RECRUITED = "recruited", "recruited", "招募"
    SIGNED = "signed", "signed", "签约"


MONEY_STAGES = (
    ClaimStage.PLANNED, ClaimStage.REGISTERED, ClaimStage.SUBSCRIBED, ClaimStage.PAID_IN, ClaimStage.INVESTED,
    ClaimStage.TOTAL, ClaimStage.REACHED,
)  # fmt: skip
PARTNER_STAGES = (ClaimStage.RECRUITED, ClaimStage.SIGNED)


class Medium(Word):
    """Of what an area is measured."""

    FLOOR = "floor", "floor area", "建筑面积"
    LAND = "land", "land", "土地面积"


class Abroad(Word):
    """Where what is counted lies."""

    HOME = "home", "at home", "国内"
    ABROAD = "abroad", "overseas", "海外"
    BOTH = "both", "at home and abroad", "海内外"


class Cause(Word):
    """Why two figures that are taken for one differ."""

    ENTERPRISE_OR_PROJECT = "enterprise_or_project", "Enterprise or project", "企业与项目"
    PERSON_OR_ORGANISATION = "person_or_organisation", "Person or organisation", "人数与组织数"
    PARTNER_OR_UNIT = "partner_or_unit", "Partner or unit", "合伙人与创新单元"
    FLOOR_OR_LAND = "floor_or_land", "Floor or land", "建筑面积与土地面积"
    RECRUITED_OR_SIGNED = "recruited_or_signed", "Recruited or signed", "招募与签约"
    PLANNED_OR_PAID_IN = "planned_or_paid_in", "Planned or paid in", "计划与到位"
    TRANSLATION = "translation", "Translation", "翻译"
    FLOW_OR_STOCK = "flow_or_stock", "Flow or stock", "流量与存量"
    SCOPE = "scope", "Scope", "统计范围"
    AS_OF = "as_of", "As of another day", "截至时点"
    QUALIFIER = "qualifier", "Qualifier", "限定词"
    RECORDS = "records", "Not all recorded here", "系统未全部登记"
    UNEXPLAINED = "unexplained", "No cause found", "原因待查"
