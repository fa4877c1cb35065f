"""The vocabulary of counting rules: which records can be counted, by which of their fields, and in what units."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from grandunion.terms.achievements import AchievementKind, AchievementState, Channel, IpType, PatentStatus
from grandunion.terms.contracts import ContractKind, ContractPerformance, ContractState, ContractSubkind
from grandunion.terms.events import Attendance, EventKind, EventState, RegistrationState
from grandunion.terms.matches import Market, MatchState, SuccessKind
from grandunion.terms.needs import ApplicantType, AssignmentState, Category, NeedState, Outcome, Urgency
from grandunion.terms.parties import OrganisationKind, OrganisationStatus, PersonRole
from grandunion.terms.projects import FounderType, LossReason, PocResult, ProjectState, Route, SourceRegion
from grandunion.terms.rights import RightsScheme, RightsState
from grandunion.terms.scenarios import ChallengeState, DemandType, OpportunityState
from grandunion.terms.text import Text, Word


class FieldKind(Word):
    """What a field of a record is, as a counting rule sees it."""

    DAY = "day", "Day", "日期"
    MOMENT = "moment", "Moment", "时刻"
    NUMBER = "number", "Number", "数值"
    MONEY = "money", "Amount of money", "金额"
    CODE = "code", "Code", "代码"
    TEXT = "text", "Text", "文字"
    FLAG = "flag", "Yes or no", "是否"
    RECORD = "record", "Another record", "关联记录"
    SPANS = "spans", "Codes in time", "分时段代码"


class Measure(Word):
    """What a figure's unit measures, so that money is not called persons."""

    MONEY = "money", "Money", "金额"
    SHARE = "share", "Share of a hundred", "占比"
    DAYS = "days", "Days", "天数"
    PERSONS = "persons", "Persons", "人数"
    AREA = "area", "Floor or land", "面积"
    POINTS = "points", "Points", "评分"
    COUNT = "count", "A number of things", "数量"


class Statistic(Word):
    """What is made of the records that count."""

    COUNT = "count", "How many", "计数"
    SUM = "sum", "Sum", "合计"
    MEDIAN = "median", "Median", "中位数"
    MEAN = "mean", "Mean", "平均值"


class Operator(Word):
    """How a condition holds a field against its values."""

    IS = "is", "is", "为"
    IS_NOT = "is_not", "is not", "不为"
    ONE_OF = "one_of", "is one of", "属于"
    NONE_OF = "none_of", "is none of", "不属于"
    KNOWN = "known", "is recorded", "已登记"
    AT_LEAST = "at_least", "is at least", "不少于"
    AT_MOST = "at_most", "is at most", "不多于"
    COME = "come", "has come", "已到"


class Dimension(Word):
    """By what a figure can be cut."""

    AREA = "area", "Area", "片区"
    PARTNER = "partner", "Partner", "合伙人"
    UNIVERSITY = "university", "Source university", "来源高校"
    FIELD = "field", "Field of technology", "技术领域"
    INDUSTRY = "industry", "Industry", "产业"


class Subject(Word):
    """What a figure is about, as the pages group figures."""

    PARTIES = "parties", "Organisations and people", "单位与人员"
    THREAD = "thread", "The thread from lead to landing", "转化链条"
    TRANSFER = "transfer", "Achievements, rights and contracts", "成果、权利与合同"
    DESK = "desk", "The service desk", "企业服务"
    MATCHING = "matching", "Matching", "供需撮合"
    EVENTS = "events", "Events", "活动"
    SCENARIOS = "scenarios", "Scenarios and open challenges", "场景与揭榜挂帅"


class WhyNot(Word):
    """Why a record does not count in a figure."""

    CONDITION = "condition", "A condition does not hold: {what}.", "不满足条件：{what}。"
    NO_DATE = "no_date", "It has no date to count by: {what}.", "缺少计入日期：{what}。"
    NOT_REACHED = "not_reached", "It has not come to “{what}”.", "尚未进入“{what}”。"
    NO_AMOUNT = "no_amount", "It has no amount: {what}.", "缺少数值：{what}。"
    NOT_YET = "not_yet", "It counts only from {day} on.", "自 {day} 起方可计入。"
    NO_LONGER = "no_longer", "It counted until {day}.", "计入至 {day} 止。"
    OUTSIDE = "outside", "Its day, {day}, lies outside the period.", "其日期 {day} 不在统计期内。"
    OTHER_AREA = "other_area", "It belongs to another area.", "属于其他片区。"
    SAME_KEY = "same_key", "The same one is counted already.", "同一主体已计入一次。"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record: `words` are its codes, `list` the list of reference terms whose codes it has."""

    name: Text
    kind: FieldKind
    words: type[Word] | None = None
    list: str = ""
    of: str = ""  # the record class it leads to

    @property
    def is_date(self) -> bool:
        return self.kind in (FieldKind.DAY, FieldKind.MOMENT)

    @property
    def is_number(self) -> bool:
        return self.kind in (FieldKind.NUMBER, FieldKind.MONEY)


@dataclass(frozen=True, slots=True)
class RecordClass:
    """A kind of record that can be counted; `states` are those its steps lead to, where it has a flow."""

    name: Text
    fields: Mapping[str, Field]
    states: type[Word] | None = None
    measure: Measure = Measure.COUNT
    dimensions: frozenset[Dimension] = field(default_factory=frozenset)


def _day(en: str, zh: str) -> Field:
    return Field(Text(en, zh), FieldKind.DAY)


def _moment(en: str, zh: str) -> Field:
    return Field(Text(en, zh), FieldKind.MOMENT)


def _code(en: str, zh: str, words: type[Word]) -> Field:
    return Field(Text(en, zh), FieldKind.CODE, words)


def _record(en: str, zh: str, of: str) -> Field:
    return Field(Text(en, zh), FieldKind.RECORD, of=of)


def _number(en: str, zh: str) -> Field:
    return Field(Text(en, zh), FieldKind.NUMBER)


def _money(en: str, zh: str) -> Field:
    return Field(Text(en, zh), FieldKind.MONEY)


def _flag(en: str, zh: str) -> Field:
    return Field(Text(en, zh), FieldKind.FLAG)


def _text(en: str, zh: str) -> Field:
    return Field(Text(en, zh), FieldKind.TEXT)


def _spans(en: str, zh: str, words: type[Word] | None = None, listed: str = "") -> Field:
    return Field(Text(en, zh), FieldKind.SPANS, words, listed)


D = Dimension
ALL, PLACED = frozenset(Dimension), frozenset({D.AREA})
SORTED = frozenset({D.AREA, D.FIELD, D.INDUSTRY})
AREA = {"area": _record("area", "片区", "area")}

CLASSES: Mapping[str, RecordClass] = MappingProxyType({
    "organisation": RecordClass(Text("Organisations", "单位"), {
        **AREA,
        "organisation_kind": _spans("kind", "类型", OrganisationKind),
        "status": _code("status", "状态", OrganisationStatus),
        "country": _text("country", "国家"),
        "stock_symbol": _text("stock symbol", "股票代码"),
        "labels": _spans("recognition", "资质", listed="labels"),
        "merged_into": _record("merging into another record", "合并去向", "organisation"),
        "founded_on": _day("founding", "成立日期"),
        "incorporated_on": _day("incorporation", "注册日期"),
        "landed_on": _day("landing", "入驻日期"),
        "created_at": _moment("entry here", "录入时间"),
        "closed_on": _day("closing", "注销日期"),
        "first_landing_on": _day("first landing of a project of its own", "首个项目落地日期"),
        "registered_capital": _money("registered capital", "注册资本"),
        "staff_count": _number("staff", "员工数"),
    }, dimensions=frozenset({D.AREA, D.INDUSTRY})),
    "recognition": RecordClass(Text("Recognitions", "资质认定"), {
        **AREA,
        "label": Field(Text("recognition", "资质"), FieldKind.TEXT, list="labels"),
        "organisation": _record("organisation", "单位", "organisation"),
        "starts_on": _day("first day", "起始日期"),
        "ends_on": _day("end", "到期日期"),
    }, dimensions=frozenset({D.AREA, D.INDUSTRY})),
    "position": RecordClass(Text("Positions of persons", "人员任职"), {
        **AREA,
        "role": _code("role", "角色", PersonRole),
        "person": _record("person", "人员", "person"),
        "organisation": _record("organisation", "单位", "organisation"),
        "is_full_time": _flag("full time", "全职"),
        "starts_on": _day("beginning", "起始日期"),
        "ends_on": _day("end", "结束日期"),
    }, measure=Measure.PERSONS, dimensions=frozenset({D.AREA, D.INDUSTRY})),
    "project": RecordClass(Text("Transfer projects", "转化项目"), {
        **AREA,
        "state": _spans("state", "状态", ProjectState),
        "route": _code("route", "转化路径", Route),
        "founder_type": _code("founder", "创始人类型", FounderType),
        "source_region": _code("source region", "来源地", SourceRegion),
        "lost_reason": _code("reason for loss", "流失原因", LossReason),
        "company": _record("company", "企业", "organisation"),
        "university": _record("source university", "来源高校", "organisation"),
        "host_partner": _record("host partner", "承接合伙人", "organisation"),
        "landed_on": _day("landing", "落地日期"),
        "created_at": _moment("opening", "立项时间"),
        "first_funding": _money("first funding", "首笔资金"),
        "trl_now": _number("TRL now", "当前 TRL"),
    }, ProjectState, dimensions=ALL),
    "proof_of_concept": RecordClass(Text("Proofs of concept", "概念验证"), {
        **AREA,
        "project": _record("project", "项目", "project"),
        "result": _code("result", "结果", PocResult),
        "budget": _money("budget", "预算"),
        "starts_on": _day("beginning", "启动日期"),
        "ended_on": _day("end", "结束日期"),
    }, dimensions=ALL),
    "visit": RecordClass(Text("Follow-up visits", "跟踪回访"), {
        **AREA,
        "company": _record("company", "企业", "organisation"),
        "visited_on": _day("visit", "回访日期"),
        "staff_count": _number("staff", "员工数"),
        "revenue": _money("revenue", "营业收入"),
        "rd_spending": _money("research spending", "研发投入"),
    }, dimensions=ALL),
    "contract": RecordClass(Text("Technology contracts", "技术合同"), {
        **AREA,
        "state": _spans("registration", "登记状态", ContractState),
        "contract_kind": _code("kind", "类别", ContractKind),
        "contract_subkind": _code("sub-kind", "子类", ContractSubkind),
        "performance": _code("performance", "履行", ContractPerformance),
        "currency": _text("currency", "币种"),
        "is_import": _flag("import of technology", "技术进口"),
        "project": _record("project", "项目", "project"),
        "seller": _record("seller", "卖方", "organisation"),
        "buyer": _record("buyer", "买方", "organisation"),
        "signed_on": _day("signing", "签订日期"),
        "decided_on": _day("decision on registration", "登记决定日期"),
        "value_total": _money("total price", "合同总额"),
        "value_technical": _money("technical value", "技术交易额"),
    }, ContractState, dimensions=ALL),
    "achievement": RecordClass(Text("Achievements", "科技成果"), {
        **AREA,
        "state": _spans("state", "状态", AchievementState),
        "achievement_kind": _code("kind", "类别", AchievementKind),
        "channel": _code("channel", "来源渠道", Channel),
        "owner": _record("owner", "权利单位", "organisation"),
        "found_on": _day("discovery", "发现日期"),
        "created_at": _moment("entry here", "录入时间"),
        "trl": _number("TRL", "TRL"),
    }, AchievementState, dimensions=frozenset({D.AREA, D.UNIVERSITY, D.FIELD, D.INDUSTRY})),
    "intellectual_property": RecordClass(Text("Rights of intellectual property", "知识产权"), {
        **AREA,
        "ip_type": _code("kind", "类型", IpType),
        "status": _code("status", "状态", PatentStatus),
        "office": _text("office", "受理局"),
        "achievement": _record("achievement", "成果", "achievement"),
        "filed_on": _day("filing", "申请日期"),
        "granted_on": _day("grant", "授权日期"),
        "expires_on": _day("expiry", "届满日期"),
    }, dimensions=frozenset({D.AREA, D.UNIVERSITY, D.FIELD, D.INDUSTRY})),
    "rights_case": RecordClass(Text("Cases of rights and disposal", "赋权与处置"), {
        **AREA,
        "state": _spans("state", "状态", RightsState),
        "scheme": _code("scheme", "方式", RightsScheme),
        "achievement": _record("achievement", "成果", "achievement"),
        "price": _money("price", "价格"),
        "created_at": _moment("opening", "立案时间"),
    }, RightsState, dimensions=frozenset({D.AREA, D.UNIVERSITY, D.FIELD, D.INDUSTRY})),
    "need": RecordClass(Text("Needs", "需求"), {
        **AREA,
        "state": _spans("state", "状态", NeedState),
        "category": _code("category", "类别", Category),
        "applicant_type": _code("applicant", "申请人类型", ApplicantType),
        "urgency": _code("urgency", "紧急程度", Urgency),
        "outcome": _code("outcome", "成效", Outcome),
        "owner": _record("organisation", "单位", "organisation"),
        "raised_at": _text("event at which it was raised", "提出会议"),
        "received_at": _moment("receipt", "登记时间"),
        "closed_at": _moment("closing", "办结时间"),
        "satisfaction": _number("satisfaction", "满意度"),
        "escalations": _number("escalations", "提级次数"),
    }, NeedState, dimensions=SORTED),
    "assignment": RecordClass(Text("Assignments of needs", "需求分派"), {
        **AREA,
        "state": _code("state", "状态", AssignmentState),
        "category": _code("category", "类别", Category),
        "need": _record("need", "需求", "need"),
        "organisation": _record("office", "承办单位", "organisation"),
        "assigned_at": _moment("assignment", "分派时间"),
        "taken_at": _moment("taking on", "接办时间"),
        "answered_at": _moment("answer", "答复时间"),
        "due_at": _moment("deadline", "办理时限"),
        "is_in_time": _flag("answered in time", "按期答复"),
    }, dimensions=SORTED),
    "match": RecordClass(Text("Matches", "撮合"), {
        **AREA,
        "state": _spans("state", "状态", MatchState),
        "market": _code("market", "撮合类型", Market),
        "outcome": _code("outcome", "结果", SuccessKind),
        "need": _record("need", "需求", "need"),
        "offering": _record("offering side", "供给方", "organisation"),
        "both_accepted_at": _moment("second consent", "双方同意时间"),
        "created_at": _moment("suggestion", "推荐时间"),
    }, MatchState, dimensions=SORTED),
    "event": RecordClass(Text("Events", "活动"), {
        **AREA,
        "state": _spans("state", "状态", EventState),
        "event_kind": _code("kind", "类型", EventKind),
        "starts_at": _moment("beginning", "开始时间"),
        "owner": _record("organiser", "主办单位", "organisation"),
    }, EventState, dimensions=PLACED),
    "registration": RecordClass(Text("Registrations for events", "活动报名"), {
        **AREA,
        "state": _code("state", "状态", RegistrationState),
        "attends_as": _code("part", "身份", Attendance),
        "organisation": _record("organisation", "单位", "organisation"),
        "organisation_zh": _text("organisation as told", "单位名称（自填）"),
        "organisation_en": _text("organisation as told in English", "单位英文名称（自填）"),
        "person": _record("person", "人员", "person"),
        "event": _record("event", "活动", "event"),
        "event_kind": _code("kind of event", "活动类型", EventKind),
        "event_state": _code("state of the event", "活动状态", EventState),
        "held_at": _moment("event", "活动时间"),
        "registered_at": _moment("registration", "报名时间"),
        "checked_in_at": _moment("arrival", "签到时间"),
    }, measure=Measure.PERSONS, dimensions=PLACED),
    "opportunity": RecordClass(Text("Scenario opportunities", "场景机会"), {
        **AREA,
        "state": _spans("state", "状态", OpportunityState),
        "demand_type": _code("demand unit", "需求方类型", DemandType),
        "is_first_use": _flag("first use", "首用"),
        "owner": _record("demand unit", "需求单位", "organisation"),
        "created_at": _moment("collection", "征集时间"),
        "budget": _money("budget", "预算"),
        "follow_on_value": _money("follow-on contract", "后续合同额"),
    }, OpportunityState, dimensions=frozenset({D.AREA, D.FIELD})),
    "trial": RecordClass(Text("Trials", "应用验证"), {
        **AREA,
        "supplier": _record("supplier", "供应方", "organisation"),
        "opportunity": _record("opportunity", "场景机会", "opportunity"),
        "starts_on": _day("first day", "起始日期"),
        "began_at": _moment("beginning", "启动时间"),
        "ended_at": _moment("end", "结束时间"),
        "is_passed": _flag("passed", "通过"),
    }, dimensions=frozenset({D.AREA, D.FIELD})),
    "challenge": RecordClass(Text("Open challenges", "揭榜挂帅榜单"), {
        **AREA,
        "state": _spans("state", "状态", ChallengeState),
        "owner": _record("enterprise", "需求企业", "organisation"),
        "currency": _text("currency", "币种"),
        "signed_on": _day("signing", "签约日期"),
        "created_at": _moment("collection", "征集时间"),
        "total_budget": _money("total budget", "总预算"),
        "contract_value": _money("contract value", "签约金额"),
    }, ChallengeState, dimensions=SORTED),
})  # fmt: skip
# Units as indicators write them; what is not here is a number of things.
UNITS: Mapping[str, Measure] = MappingProxyType({
    "CNY": Measure.MONEY, "percent": Measure.SHARE, "days": Measure.DAYS, "persons": Measure.PERSONS,
    "square metres": Measure.AREA, "square kilometres": Measure.AREA, "points": Measure.POINTS,
})  # fmt: skip
# How claims write their units: what they begin with.
WRITTEN_UNITS: Mapping[str, Measure] = MappingProxyType({
    "元": Measure.MONEY, "%": Measure.SHARE, "天": Measure.DAYS, "人": Measure.PERSONS, "名": Measure.PERSONS,
    "平方": Measure.AREA, "分": Measure.POINTS,
})  # fmt: skip


def measure_of(unit: Text) -> Measure:
    """What an indicator's unit measures."""
    return UNITS.get(unit.en, Measure.COUNT)


def measure_written(unit_zh: str) -> Measure:
    """What the unit of a published figure measures."""
    return next((one for start, one in WRITTEN_UNITS.items() if unit_zh.startswith(start)), Measure.COUNT)


SUBJECTS: Mapping[str, Subject] = MappingProxyType({
    "organisation": Subject.PARTIES, "recognition": Subject.PARTIES, "position": Subject.PARTIES,
    "project": Subject.THREAD, "proof_of_concept": Subject.THREAD, "visit": Subject.THREAD,
    "contract": Subject.TRANSFER, "achievement": Subject.TRANSFER, "intellectual_property": Subject.TRANSFER,
    "rights_case": Subject.TRANSFER, "need": Subject.DESK, "assignment": Subject.DESK, "match": Subject.MATCHING,
    "event": Subject.EVENTS, "registration": Subject.EVENTS, "opportunity": Subject.SCENARIOS,
    "trial": Subject.SCENARIOS, "challenge": Subject.SCENARIOS,
})  # fmt: skip
