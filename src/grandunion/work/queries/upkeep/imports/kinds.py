"""The kinds of rows that can be imported: which columns they fill, what identifies them, what is worked out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from grandunion.engines.flows import PHASE_STATES
from grandunion.records.achievements import Achievement
from grandunion.records.events import Event
from grandunion.records.matches import Offer
from grandunion.records.needs import Issue, Need
from grandunion.records.parties import Confidential, Organisation, Person
from grandunion.records.projects import Project
from grandunion.records.scenarios import Capability, Challenge, Opportunity
from grandunion.terms import identifiers
from grandunion.terms.achievements import AchievementKind, AchievementState, Channel, Mode
from grandunion.terms.events import EventKind, EventState
from grandunion.terms.money import CURRENCIES
from grandunion.terms.needs import CLOSED_NEED_STATES, ApplicantType, Category, IssueState, NeedState, Urgency
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind, OfferState, SpaceKind
from grandunion.terms.parties import OrganisationKind, OrganisationStatus, Size
from grandunion.terms.projects import Phase, ProjectState, Route
from grandunion.terms.scenarios import (
    CapabilityState,
    ChallengeState,
    DemandType,
    Openness,
    OpportunityState,
    ProcurementRoute,
    SafetyPermit,
)
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Problem, Refused
from grandunion.work.queries.parties import names
from grandunion.work.queries.upkeep.imports import fields as f
from grandunion.work.queries.upkeep.imports.answers import answered
from grandunion.work.queries.upkeep.imports.converting import Unfit
from grandunion.work.queries.upkeep.imports.fields import Field
from grandunion.work.queries.upkeep.imports.references import References

Values = Mapping[str, object]
Record = type[Organisation] | type[Person] | type[Confidential]


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of row. `settled` columns are set when a record is made and never changed by an import."""

    code: str
    name: Text
    record: Record
    prefix: str
    fields: Mapping[str, Field]
    named: tuple[str, str]  # one of these columns must be filled
    unique: tuple[str, ...] = ()  # official identifiers by which a row is found again
    defaults: tuple[tuple[str, object], ...] = ()
    settled: tuple[str, ...] = ("level", "state")
    derive: Callable[[Values], dict[str, object]] = lambda values: {}
    born: Callable[[Values, datetime], dict[str, object]] = lambda values, at: {}
    flow: str = ""
    needs_owners: bool = False
    disagrees: Callable[[Values], tuple[str, Text] | None] = lambda values: None  # what does not fit together in a row
    # What is wrong in a row once its values are known, and what it lacks if it is new and of an asker's own file.
    answered: Callable[[dict[str, object], References], tuple[list[Problem], list[Problem]]] = lambda values, refers: (
        [],
        [],
    )


def a_currency(value: object, _: References) -> str:
    code = str(value).strip().upper()
    if code not in CURRENCIES:
        raise Unfit(f"“{value}” is not a currency used here.", f"不支持货币“{value}”。")
    return code


def a_country(value: object, _: References) -> str:
    code = str(value).strip().upper()
    if len(code) != 2 or not code.isalpha():
        raise Unfit(f"“{value}” is not a country code of two letters.", f"“{value}”不是两位国家代码。")
    return code


def plain(**columns: int) -> dict[str, Field]:
    """Text columns with their lengths (0: any)."""
    return {name: Field(name, f.text(length)) for name, length in columns.items()}


def words(**columns: type[Word]) -> dict[str, Field]:
    return {name: Field(name, f.word(one)) for name, one in columns.items()}


def _keys_of_names(values: Values, *, is_person: bool = False) -> str:
    zh, en = str(values.get("name_zh") or ""), str(values.get("name_en") or "")
    return names.sort_key(names.reading(zh, en, is_person=is_person))


def _organisation_keys(values: Values) -> dict[str, object]:
    return {
        "sort_key": _keys_of_names(values),
        "core_zh": names.core(str(values.get("name_zh") or "")),
        "core_en": names.core(str(values.get("name_en") or "")),
    }


def _phase(values: Values) -> dict[str, object]:
    state = values.get("state")
    return {"phase": next(str(phase) for phase, states in PHASE_STATES.items() if state in states)}


def states(words: type[Word], *codes: Word) -> dict[str, Field]:
    """The states in which a record may come in: those that rest on no case of this hub."""
    return {"state": Field("state", f.word(words, codes))}


EARLY = (Phase.DISCOVERY, Phase.EVALUATION, Phase.MATCHING)
LEADS = tuple(state for phase in EARLY for state in PHASE_STATES[phase])
COMMON = {"source_ref": Field("source_ref", f.text(200)), **words(level=Level)}
ORGANISATIONS = Kind(
    "organisations", Text("Organisations", "单位"), Organisation, "ORG",
    {
        **COMMON,
        **plain(name_zh=200, name_en=200, short_name_zh=100, short_name_en=100, stock_symbol=20, city=100,
                summary_zh=0, summary_en=0),
        **words(status=OrganisationStatus, size=Size),
        "kind": Field("organisation_kind", f.word(OrganisationKind)),
        "aliases": Field("aliases", f.texts(200)), "labels": Field("labels", f.terms("labels")),
        "credit_code": Field("credit_code", f.official(identifiers.credit_code)),
        "ror": Field("ror", f.official(identifiers.ror)),
        "country": Field("country", a_country), "website": Field("website", f.address),
        "region": Field("region_id", f.term("regions")), "area": Field("area_id", f.term("areas")),
        "industry": Field("industry_id", f.term("industries")), "founded_on": Field("founded_on", f.a_day),
        "registered_capital": Field("registered_capital", f.an_amount),
        "staff_count": Field("staff_count", f.whole(0, 10**7)),
    },
    named=("name_zh", "name_en"), unique=("credit_code", "ror"),
    defaults=(("organisation_kind", "enterprise"), ("level", "members")), settled=("level", "status"),
    derive=_organisation_keys,
)  # fmt: skip
PERSONS = Kind(
    "persons", Text("Persons", "人员"), Person, "PER",
    {
        **COMMON,
        **plain(name_zh=100, name_en=100, title_zh=100, title_en=100, affiliation=200, expertise=500, phone=40),
        "orcid": Field("orcid", f.official(identifiers.orcid)), "email": Field("email", f.mail),
    },
    named=("name_zh", "name_en"), unique=("orcid",), defaults=(("level", "members"),),
    derive=lambda values: {"sort_key": _keys_of_names(values, is_person=True)},
)  # fmt: skip
ACHIEVEMENTS = Kind(
    "achievements", Text("Achievements", "成果"), Achievement, "ACH",
    {
        **COMMON,
        **plain(title_zh=300, title_en=300, abstract_public_zh=0, abstract_public_en=0, keywords=500, owner_name=200),
        **words(channel=Channel),
        **states(AchievementState, AchievementState.DRAFT, AchievementState.SUBMITTED, AchievementState.IN_LIBRARY),
        "kind": Field("achievement_kind", f.word(AchievementKind)), "trl": Field("trl", f.whole(1, 9)),
        "industry": Field("industry_id", f.term("industries")), "field": Field("field_id", f.term("fields")),
    },
    named=("title_zh", "title_en"), flow="achievement",
    defaults=(("level", "organisation"), ("state", "submitted"), ("channel", "import")),
    born=lambda values, at: {"state_at": at},
)  # fmt: skip
NEEDS = Kind(
    "needs", Text("Needs", "需求"), Need, "NED",
    {
        **COMMON,
        **plain(title_zh=300, title_en=300, text_zh=0, text_en=0, contact_name=100, contact_phone=40,
                acceptance_criteria=0, attempts_so_far=0),
        **words(category=Category, applicant_type=ApplicantType, urgency=Urgency),
        "contact_email": Field("contact_email", f.mail), "area": Field("area_id", f.term("areas")),
        "headcount": Field("headcount", f.whole(0, 100_000)),
        **states(NeedState, NeedState.RECEIVED, *sorted(CLOSED_NEED_STATES)),
        "org_name": Field("applicant_name", f.text(200)), "subject": Field("subject_id", f.term("need_subjects")),
        "budget": Field("budget", f.an_amount), "currency": Field("currency", a_currency),
        "due_on": Field("wanted_by", f.a_day), "field": Field("field_id", f.term("fields")),
        "industry": Field("industry_id", f.term("industries")), "trl_wanted": Field("trl_wanted", f.whole(1, 9)),
        "modes_wanted": Field("modes_wanted", f.several(Mode)), **words(finance_round=FinanceRound),
        "instruments_wanted": Field("instruments_wanted", f.several(Instrument)),
        "details": Field("details", f.as_told),
    },
    named=("title_zh", "title_en"), flow="need", answered=answered,
    defaults=(("level", "organisation"), ("state", "received"), ("category", "other")),
    # An import brings other people's needs in bulk: no clock of the desk starts for them.
    born=lambda values, at: {
        "state_at": at, "received_at": at, "closed_at": at if values["state"] in CLOSED_NEED_STATES else None,
    },
)  # fmt: skip
ISSUES = Kind(
    "problems", Text("Common problems", "共性问题"), Issue, "CMI",
    {
        **COMMON,
        **plain(title_zh=300, title_en=300, text_zh=0, text_en=0),
        **words(category=Category),
        **states(IssueState, IssueState.OPEN, IssueState.IN_HAND),
        "subject": Field("subject_id", f.term("need_subjects")), "area": Field("area_id", f.term("areas")),
        "industry": Field("industry_id", f.term("industries")),
    },
    named=("title_zh", "title_en"), flow="issue",
    defaults=(("level", "organisation"), ("state", "open"), ("category", "other")),
    born=lambda values, at: {"state_at": at},
)  # fmt: skip
PROJECTS = Kind(
    "projects", Text("Projects", "项目"), Project, "PRJ",
    {
        **COMMON,
        **plain(title_zh=300, title_en=300, summary_zh=0, summary_en=0),
        **words(route=Route),
        **states(ProjectState, *LEADS),
        "owner_name": Field("owner_id", f.owner), "university": Field("university_id", f.owner),
        "field": Field("field_id", f.term("fields")), "area": Field("area_id", f.term("areas")),
        "trl_at_entry": Field("trl_at_entry", f.whole(1, 9)), "trl_now": Field("trl_now", f.whole(1, 9)),
    },
    named=("title_zh", "title_en"), flow="project", needs_owners=True,
    defaults=(("level", "organisation"), ("state", "lead")),
    born=lambda values, at: {"state_at": at, **_phase(values)},
)  # fmt: skip
EXPERTS_NAME = Text("Expertise is a person's: write the number or the name of the expert.",
                    "专家服务应填写专家编号或姓名。")  # fmt: skip
SOMEBODYS = Text("A published offer says whose it is: write its owner.", "已发布的供给应填写供给单位。")
NO_TEXT = Text("A published offer has a description.", "已发布的供给应填写说明。")
OPENED = Text("A published offer is open to members or to the public; a draft to its own organisation.",
              "已发布的供给公开范围为会员或公众，草稿为本单位。")  # fmt: skip
TURNED = Text("The upper end lies below the lower one.", "上限低于下限。")
SPANS = (("trl_min", "trl_max"), ("amount_min", "amount_max"), ("starts_on", "ends_on"))


def _offer_disagrees(values: Values) -> tuple[str, Text] | None:
    """What an offer is not kept without, and what it cannot be at once."""
    is_expertise = values.get("offer_kind") == OfferKind.EXPERTISE
    is_open = values.get("state") == OfferState.PUBLISHED
    level = values.get("level") or Level.ORGANISATION
    found = (
        ("person", EXPERTS_NAME, is_expertise and not values.get("person_id")),
        ("offered_by", SOMEBODYS, is_open and not is_expertise and not values.get("owner_id")),
        ("text_zh", NO_TEXT, is_open and not values.get("text_zh") and not values.get("text_en")),
        ("level", OPENED, is_open != (level in (Level.MEMBERS, Level.PUBLIC))),
        *((high, TURNED, _is_turned(values.get(low), values.get(high))) for low, high in SPANS),
    )
    return next(((field, text) for field, text, is_so in found if is_so), None)


def _is_turned(low: object, high: object) -> bool:
    return low is not None and high is not None and high < low


OFFERS = Kind(
    "offers", Text("Offers", "供给"), Offer, "OFR",
    {
        **COMMON,
        **plain(title_zh=300, title_en=300, text_zh=0, text_en=0, keywords=500, terms=0, partners_excluded=0),
        **words(space_kind=SpaceKind),
        **states(OfferState, OfferState.DRAFT, OfferState.PUBLISHED),
        "kind": Field("offer_kind", f.word(OfferKind)), "offered_by": Field("owner_id", f.owner),
        "person": Field("person_id", f.person), "field": Field("field_id", f.term("fields")),
        "industry": Field("industry_id", f.term("industries")), "area": Field("area_id", f.term("areas")),
        "trl_min": Field("trl_min", f.whole(1, 9)), "trl_max": Field("trl_max", f.whole(1, 9)),
        "amount_min": Field("amount_min", f.an_amount), "amount_max": Field("amount_max", f.an_amount),
        "currency": Field("currency", a_currency), "stages": Field("stages", f.several(FinanceRound)),
        "instruments": Field("instruments", f.several(Instrument)),
        "licence_kinds": Field("licence_kinds", f.several(Mode)), "regions": Field("regions", f.codes("regions")),
        "square_metres": Field("square_metres", f.whole(1, 10**7)), "starts_on": Field("starts_on", f.a_day),
        "ends_on": Field("ends_on", f.a_day), "quota": Field("quota", f.whole(1, 10**4)),
        "valid_until": Field("valid_until", f.a_day),
    },
    named=("title_zh", "title_en"), flow="offer", needs_owners=True, disagrees=_offer_disagrees,
    defaults=(("level", "organisation"), ("state", "draft"), ("offer_kind", "product")),
    born=lambda values, at: {"state_at": at},
)  # fmt: skip
ENDS_WHEN = Text("Write when it ends: after it begins.", "请填写结束时间，须晚于开始时间。")
BEGINS_WHEN = Text("Write when it begins.", "请填写开始时间。")
YEAR = timedelta(days=365)


def _event_disagrees(values: Values) -> tuple[str, Text] | None:
    """An event begins and ends."""
    starts, ends = values.get("starts_at"), values.get("ends_at")
    if starts is None:
        return "starts_at", BEGINS_WHEN
    return ("ends_at", ENDS_WHEN) if ends is None or ends <= starts else None


EVENTS = Kind(
    "events", Text("Events", "活动"), Event, "EVT",
    {
        **COMMON,
        **plain(title_zh=300, title_en=300, text_zh=0, text_en=0, place_zh=200, place_en=200),
        **states(EventState, EventState.PLANNED, EventState.HELD),
        "kind": Field("event_kind", f.word(EventKind)), "starts_at": Field("starts_at", f.a_moment),
        "ends_at": Field("ends_at", f.a_moment), "organiser": Field("owner_id", f.owner),
        "area": Field("area_id", f.term("areas")), "capacity": Field("capacity", f.whole(1, 10**5)),
        "keep_until": Field("retain_until", f.a_day),
    },
    named=("title_zh", "title_en"), flow="event", needs_owners=True, disagrees=_event_disagrees,
    defaults=(("level", "organisation"), ("state", "planned"), ("event_kind", "meeting")),
    born=lambda values, at: {
        "state_at": at, "retain_until": values.get("retain_until") or (values["ends_at"] + YEAR).date(),
    },
)  # fmt: skip
SCENARIO = {
    **COMMON, **plain(title_zh=300, title_en=300), "domain": Field("domain_id", f.term("scenario_domains")),
    "field": Field("field_id", f.term("fields")), "area": Field("area_id", f.term("areas")),
    "currency": Field("currency", a_currency),
}  # fmt: skip
OPPORTUNITIES = Kind(
    "scenarios", Text("Scenario opportunities", "场景机会"), Opportunity, "SCO",
    {
        **SCENARIO,
        **plain(pain_zh=0, pain_en=0, base_data=0, base_site=0, base_permits=0, permit_note=300),
        **words(demand_type=DemandType, procurement_route=ProcurementRoute, safety_permit=SafetyPermit),
        **states(OpportunityState, OpportunityState.COLLECTED),
        "offered_by": Field("owner_id", f.owner), "org_name": Field("demand_name", f.text(200)),
        "budget": Field("budget", f.an_amount), "openness": Field("openness", f.several(Openness)),
        "starts_on": Field("starts_on", f.a_day), "ends_on": Field("ends_on", f.a_day),
        "indicators": Field("wanted", f.indicators),
    },
    named=("title_zh", "title_en"), flow="opportunity", needs_owners=True,
    disagrees=lambda values: ("ends_on", TURNED) if _is_turned(
        values.get("starts_on"), values.get("ends_on")) else None,
    defaults=(("level", "organisation"), ("state", "collected"), ("demand_type", "government")),
    born=lambda values, at: {"state_at": at},
)  # fmt: skip
CAPABILITIES = Kind(
    "capabilities", Text("Scenario capabilities", "场景能力"), Capability, "SCP",
    {
        **SCENARIO,
        **plain(text_zh=0, text_en=0, references_zh=0, references_en=0, conditions=0),
        **states(CapabilityState, CapabilityState.SUBMITTED),
        "offered_by": Field("owner_id", f.owner), "trl": Field("trl", f.whole(1, 9)),
        "amount_min": Field("price_min", f.an_amount), "amount_max": Field("price_max", f.an_amount),
        "weeks": Field("weeks", f.whole(0, 520)), "valid_until": Field("valid_until", f.a_day),
    },
    named=("title_zh", "title_en"), flow="capability", needs_owners=True,
    disagrees=lambda values: ("amount_max", TURNED) if _is_turned(
        values.get("price_min"), values.get("price_max")) else None,
    defaults=(("level", "organisation"), ("state", "submitted")), born=lambda values, at: {"state_at": at},
)  # fmt: skip
CHALLENGES = Kind(
    "challenges", Text("Open challenges", "揭榜挂帅"), Challenge, "CHL",
    {
        **{name: one for name, one in SCENARIO.items() if name != "domain"},
        **plain(text_zh=0, text_en=0, conditions_zh=0, conditions_en=0, exemption=0),
        **states(ChallengeState, ChallengeState.NEED_COLLECTED),
        "offered_by": Field("owner_id", f.owner), "org_name": Field("demand_name", f.text(200)),
        "industry": Field("industry_id", f.term("industries")), "budget": Field("total_budget", f.an_amount),
        "enterprise_share": Field("enterprise_share", f.an_amount),
        "fiscal_share": Field("fiscal_share", f.an_amount), "months": Field("months", f.whole(1, 120)),
        "indicators": Field("wanted", f.indicators),
    },
    named=("title_zh", "title_en"), flow="challenge", needs_owners=True,
    defaults=(("level", "organisation"), ("state", "need_collected")), born=lambda values, at: {"state_at": at},
)  # fmt: skip
# The words a column takes, for drop-downs.
CHOICES: dict[tuple[str, str], tuple[Word, ...]] = {
    ("organisations", "kind"): tuple(OrganisationKind), ("organisations", "status"): tuple(OrganisationStatus),
    ("organisations", "size"): tuple(Size), ("achievements", "kind"): tuple(AchievementKind),
    ("achievements", "channel"): tuple(Channel), ("needs", "category"): tuple(Category),
    ("problems", "category"): tuple(Category),
    ("needs", "applicant_type"): tuple(ApplicantType), ("projects", "route"): tuple(Route),
    ("projects", "state"): LEADS, ("offers", "kind"): tuple(OfferKind), ("offers", "space_kind"): tuple(SpaceKind),
    ("offers", "state"): (OfferState.DRAFT, OfferState.PUBLISHED), ("events", "kind"): tuple(EventKind),
    ("events", "state"): (EventState.PLANNED, EventState.HELD), ("scenarios", "demand_type"): tuple(DemandType),
    ("scenarios", "procurement_route"): tuple(ProcurementRoute), ("scenarios", "safety_permit"): tuple(SafetyPermit),
    **{
        (code, "level"): tuple(Level)
        for code in ("organisations", "persons", "achievements", "needs", "problems", "offers", "events", "projects",
                     "scenarios", "capabilities", "challenges")
    },
}  # fmt: skip
KINDS = {
    kind.code: kind
    for kind in (ORGANISATIONS, PERSONS, ACHIEVEMENTS, NEEDS, ISSUES, OPPORTUNITIES, CAPABILITIES, CHALLENGES, OFFERS,
                 EVENTS, PROJECTS)
}  # fmt: skip


def kind_of(code: str) -> Kind:
    """The kind of this name; refuses another with those there are."""
    if code not in KINDS:
        known = ", ".join(KINDS)
        raise Refused(
            Text(f"“{code}” cannot be imported. Write one of: {known}.", f"不能导入“{code}”，可选：{known}。")
        )
    return KINDS[code]
