"""The matches and projects of a demonstration set."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.facts import (
    code,
    flag,
    number,
    one,
    one_of,
    pair,
    refers,
    refers_all,
    rows,
    text,
    whole,
)
from grandunion.terms.contracts import (
    ContractKind,
    ContractPerformance,
    ContractState,
    ContractSubkind,
    Payment,
)
from grandunion.terms.matches import (
    DeclineReason,
    FailReason,
    Market,
    MatchState,
    Side,
    SuccessKind,
)
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
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class DemoMeeting:
    """A meeting of the two sides of a match."""

    day: Annotated[int, whole(required=True)]
    place: Annotated[Text, pair()]
    note: Annotated[Text, pair()]


@dataclass(frozen=True, slots=True)
class DemoDecline:
    """Who declined, and why."""

    side: Annotated[Side, one_of(Side)]
    reason: Annotated[DeclineReason, one_of(DeclineReason)]
    comment: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoMatch:
    """An offer (achievement, written offer, organisation or expert) for a need."""

    code: Annotated[str, code()]
    market: Annotated[Market, one_of(Market)]
    state: Annotated[MatchState, one_of(MatchState)]
    need: Annotated[str, refers("demo_needs")]
    achievement: Annotated[str, refers("demo_achievements", required=False)]
    offer: Annotated[str, refers("demo_offers", required=False)]
    offering: Annotated[str, refers("demo_organisations", required=False)]
    expert: Annotated[str, refers("demo_persons", required=False)]
    note: Annotated[Text, pair()]
    suggested_day: Annotated[int, whole(required=True)]
    moved_day: Annotated[int, whole(required=True)]
    needing_accepted_day: Annotated[int | None, whole()]
    offering_accepted_day: Annotated[int | None, whole()]
    decline: Annotated[DemoDecline | None, one(DemoDecline)]
    meetings: Annotated[tuple[DemoMeeting, ...], rows(DemoMeeting)]
    outcome: Annotated[SuccessKind | None, one_of(SuccessKind, required=False)]
    fail_reason: Annotated[FailReason | None, one_of(FailReason, required=False)]


@dataclass(frozen=True, slots=True)
class DemoMember:
    """A person in the project's team."""

    person: Annotated[str, refers("demo_persons")]
    role: Annotated[Text, pair()]
    is_full_time: Annotated[bool | None, flag(empty=None)]
    share_percent: Annotated[Decimal | None, number()]


@dataclass(frozen=True, slots=True)
class DemoMilestone:
    """Something to be reached by a day."""

    name: Annotated[Text, pair()]
    due_day: Annotated[int, whole(required=True)]
    done_day: Annotated[int | None, whole()]
    evidence: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoProofOfConcept:
    """A proof of concept."""

    centre: Annotated[str, refers("demo_organisations")]
    budget: Annotated[Decimal, number(required=True)]
    technical_question: Annotated[Text, pair()]
    scene_question: Annotated[Text, pair()]
    starts_day: Annotated[int, whole(required=True)]
    ended_day: Annotated[int | None, whole()]
    result: Annotated[PocResult | None, one_of(PocResult, required=False)]
    finding: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoInteraction:
    """A call, visit or message."""

    day: Annotated[int, whole(required=True)]
    kind: Annotated[InteractionKind, one_of(InteractionKind)]
    person: Annotated[str, refers("demo_persons", required=False)]
    note: Annotated[Text, pair()]


@dataclass(frozen=True, slots=True)
class DemoContract:
    """A technology contract."""

    kind: Annotated[ContractKind, one_of(ContractKind)]
    subkind: Annotated[ContractSubkind | None, one_of(ContractSubkind, required=False)]
    title: Annotated[Text, pair()]
    state: Annotated[ContractState, one_of(ContractState)]
    performance: Annotated[ContractPerformance | None, one_of(ContractPerformance, required=False)]
    seller: Annotated[str, refers("demo_organisations")]
    buyer: Annotated[str, refers("demo_organisations")]
    is_import: Annotated[bool, flag()]
    currency: Annotated[str, text(required=False)]
    value_total: Annotated[Decimal, number(required=True)]
    value_technical: Annotated[Decimal, number(required=True)]
    payment: Annotated[Payment, one_of(Payment)]
    ip_clause: Annotated[Text | None, pair(required=False)]
    signed_day: Annotated[int | None, whole()]
    effective_from_day: Annotated[int | None, whole()]
    effective_to_day: Annotated[int | None, whole()]
    accepted_day: Annotated[int | None, whole()]
    decided_day: Annotated[int | None, whole()]
    registration_number: Annotated[str, text(required=False)]
    decision_reason: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoLanding:
    """The company the team became, and where it sits."""

    company: Annotated[str, refers("demo_organisations")]
    area: Annotated[str, refers("areas")]
    building: Annotated[Text, pair()]
    agreement: Annotated[Text, pair()]
    registered_day: Annotated[int, whole(required=True)]
    first_funding: Annotated[Decimal | None, number()]
    landed_day: Annotated[int | None, whole()]


@dataclass(frozen=True, slots=True)
class DemoVisit:
    """A follow-up visit that was made, with the figures it brought home."""

    label: Annotated[ProjectState, one_of(ProjectState)]
    visited_day: Annotated[int, whole(required=True)]
    staff_count: Annotated[int | None, whole()]
    revenue: Annotated[Decimal | None, number()]
    rd_spending: Annotated[Decimal | None, number()]
    note: Annotated[Text, pair()]


@dataclass(frozen=True, slots=True)
class DemoProject:
    """A transfer project: begun on `started_day`, in its present state since `moved_day`."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    summary: Annotated[Text, pair()]
    state: Annotated[ProjectState, one_of(ProjectState)]
    state_before: Annotated[ProjectState | None, one_of(ProjectState, required=False)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.ORGANISATION)]
    owner: Annotated[str, refers("demo_organisations")]
    in_charge: Annotated[str, refers("demo_accounts")]
    university: Annotated[str, refers("demo_organisations", required=False)]
    host_partner: Annotated[str, refers("demo_organisations", required=False)]
    achievements: Annotated[tuple[str, ...], refers_all("demo_achievements")]
    matches: Annotated[tuple[str, ...], refers_all("demo_matches")]
    area: Annotated[str, refers("areas", required=False)]
    field: Annotated[str, refers("list:fields")]
    industry: Annotated[str, refers("list:industries", required=False)]
    route: Annotated[Route | None, one_of(Route, required=False)]
    founder_type: Annotated[FounderType | None, one_of(FounderType, required=False)]
    manager_type: Annotated[ManagerType | None, one_of(ManagerType, required=False)]
    source_region: Annotated[SourceRegion, one_of(SourceRegion, required=False, empty=SourceRegion.DOMESTIC)]
    started_day: Annotated[int, whole(required=True)]
    moved_day: Annotated[int, whole(required=True)]
    trl_at_entry: Annotated[int | None, whole()]
    trl_now: Annotated[int | None, whole()]
    market_note: Annotated[Text | None, pair(required=False)]
    conflict_check: Annotated[Text | None, pair(required=False)]
    why_hefei: Annotated[Text | None, pair(required=False)]
    risk_level: Annotated[RiskLevel | None, one_of(RiskLevel, required=False)]
    risk_reason: Annotated[Text | None, pair(required=False)]
    next_step: Annotated[Text | None, pair(required=False)]
    next_step_day: Annotated[int | None, whole()]
    members: Annotated[tuple[DemoMember, ...], rows(DemoMember)]
    milestones: Annotated[tuple[DemoMilestone, ...], rows(DemoMilestone)]
    poc: Annotated[DemoProofOfConcept | None, one(DemoProofOfConcept)]
    interactions: Annotated[tuple[DemoInteraction, ...], rows(DemoInteraction)]
    contracts: Annotated[tuple[DemoContract, ...], rows(DemoContract)]
    landing: Annotated[DemoLanding | None, one(DemoLanding)]
    visits: Annotated[tuple[DemoVisit, ...], rows(DemoVisit)]
    lost_reason: Annotated[LossReason | None, one_of(LossReason, required=False)]
    lost_note: Annotated[Text | None, pair(required=False)]
