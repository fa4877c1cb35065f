"""What a caller sends about a transfer project."""

from typing import Annotated

from pydantic import Field

from grandunion.interfaces.api.fields import (
    Amount,
    Body,
    Count,
    Day,
    Readiness,
    Share,
    YesNo,
    numbered,
    term,
    text,
)
from grandunion.terms.contracts import ContractKind, ContractSubkind, Payment
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
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text

ORGANISATION = "ORG-2026-0007"


class ProjectEdit(Body):
    """What of a project can be written; `in_charge` is an officer's e-mail address."""

    title_zh: text(300) = ""
    title_en: text(300) = ""
    summary_zh: text() = ""
    summary_en: text() = ""
    founder_type: FounderType | None = None
    manager_type: ManagerType | None = None
    route: Route | None = None
    field: term("fields") = ""
    industry: term("industries") = ""
    area: term("areas") = ""
    university: numbered(Text("the university", "高校"), ORGANISATION) = ""
    host_partner: numbered(Text("the partner that hosts it", "承接的合伙人"), ORGANISATION) = ""
    trl_at_entry: Readiness | None = None
    trl_now: Readiness | None = None
    market_note: text() = ""
    conflict_check: text() = ""
    risk_level: RiskLevel | None = None
    risk_reason: text() = ""
    why_hefei: text() = ""
    source_region: SourceRegion | None = None
    next_step: text(300) = ""
    next_step_on: Day = None
    building: text(200) = ""
    space_agreement: text(200) = ""
    in_charge: text(254) = ""
    level: Level = Level.ORGANISATION


class ProjectCreate(ProjectEdit):
    """A new project; what is left open is taken from the achievement, and a team is made where no owner is named."""

    achievement: numbered(Text("the achievement it carries", "所依托成果"), "ACH-2026-0007") = ""
    owner: numbered(Text("the team or company that owns it", "权利团队或企业"), ORGANISATION) = ""
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class OwnWay(Body):
    """The route of a team that goes its own way."""

    route: Route


class PocBegin(Body):
    """The questions and the money of a proof of concept."""

    technical_question: text()
    scene_question: text() = ""
    centre: numbered(Text("the proof-of-concept centre", "概念验证中心"), ORGANISATION) = ""
    budget: Amount | None = None
    starts_on: Day = None


class PocEnd(Body):
    """What a proof of concept showed."""

    result: PocResult
    finding: text()
    ended_on: Day = None


class Company(Body):
    """The company a team became, or a company known here by its credit code."""

    credit_code: text(18)
    name_zh: text(200) = ""
    name_en: text(200) = ""
    registered_on: Day = None
    registered_capital: Amount | None = None
    area_code: term("areas") = ""


class Space(Body):
    """Where it sits."""

    area_code: term("areas")
    space_agreement: text(200)
    building: text(200) = ""


class FirstFunding(Body):
    """The first money the company received."""

    first_funding: Amount


class Landing(Body):
    """The day of landing; without one, today."""

    area_code: term("areas") = ""
    space_agreement: text(200) = ""
    landed_on: Day = None


class Loss(Body):
    """Why it was lost: the reasons are counted."""

    lost_reason: LossReason
    lost_note: text() = ""


class Deduction(Body):
    """A part of the price that is not technical."""

    what: text(200)
    amount: Amount


class ContractBody(Body):
    """A technology contract; `effective_to` is the first day on which it no longer holds."""

    contract_kind: ContractKind
    contract_subkind: ContractSubkind | None = None
    title: text(300)
    seller: numbered(Text("the seller or licensor", "卖方（许可方）"), ORGANISATION)
    buyer: numbered(Text("the buyer or licensee", "买方（被许可方）"), ORGANISATION)
    is_import: YesNo = False
    currency: text(3) = "CNY"
    value_total: Amount
    deductions: Annotated[list[Deduction], Field(max_length=50)] = []
    payment: Payment | None = None
    ip_clause: text() = ""
    effective_from: Day = None
    effective_to: Day = None


class ContractEdit(ContractBody):
    """All of a contract that is not signed yet, with the version that was seen."""

    version: Count


class ContractMove(Body):
    """What a move of a contract brings."""

    reason: text(300) = ""
    signed_on: Day = None
    registration_no: text(60) = ""
    ended_on: Day = None
    version: Count | None = None


class MilestoneBody(Body):
    """Something to be reached by a day; under a contract it is a delivery or payment owed."""

    name: text(200)
    due_on: Day
    contract: numbered(Text("the contract that owes it", "对应合同"), "TCT-2026-0007") = ""


class MilestoneDone(Body):
    """What shows that it was reached."""

    done_on: Day
    evidence: text()


class MilestoneLater(Body):
    """Another day."""

    due_on: Day


class VisitBody(Body):
    """A visit that was made and the figures it brought."""

    visited_on: Day
    staff_count: Count | None = None
    revenue: Amount | None = None
    rd_spending: Amount | None = None
    note: text() = ""


class Figures(Body):
    """The company's figures of a period."""

    staff_count: Count | None = None
    revenue: Amount | None = None
    rd_spending: Amount | None = None


class MemberBody(Body):
    """A person of the team."""

    person: numbered(Text("the person", "人员"), "PER-2026-0007")
    role: text(100) = ""
    is_full_time: YesNo | None = None
    share_percent: Share | None = None


class InteractionBody(Body):
    """A call, visit or message, and the next step it leaves."""

    on: Day
    interaction_kind: InteractionKind
    note: text()
    who: text(200) = ""
    next_step: text(300) = ""
    next_step_on: Day = None


class NextStep(Body):
    """What comes next and by when."""

    next_step: text(300)
    next_step_on: Day


class Risk(Body):
    """How endangered it is, and why."""

    risk_level: RiskLevel
    risk_reason: text() = ""


class LinkedAchievement(Body):
    """An achievement the project carries."""

    achievement: numbered(Text("the achievement", "成果"), "ACH-2026-0007")


class LinkedMatch(Body):
    """A match that belongs to the project."""

    match: numbered(Text("the match", "撮合"), "MAT-2026-0007")
