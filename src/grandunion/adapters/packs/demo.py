"""The demonstration set of a pack: its rows; every `…_day` counts days from today, −120 is 120 days ago."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated

from grandunion.adapters.packs.demo_events import DemoEvent
from grandunion.adapters.packs.demo_needs import DemoInstitution, DemoIssue, DemoNeed
from grandunion.adapters.packs.demo_offers import DemoOffer
from grandunion.adapters.packs.demo_projects import DemoMatch, DemoProject
from grandunion.adapters.packs.demo_reports import DemoWorkReport
from grandunion.adapters.packs.demo_returns import DemoAgreement, DemoReturn
from grandunion.adapters.packs.demo_rounds import DemoRound
from grandunion.adapters.packs.demo_scenarios import DemoCapability, DemoChallenge, DemoOpportunity
from grandunion.adapters.packs.demo_targets import DemoPlan, DemoTarget, DemoView
from grandunion.adapters.packs.demo_ties import DemoTie
from grandunion.adapters.packs.desk import Desk, nearest
from grandunion.adapters.packs.facts import (
    Rows,
    code,
    flag,
    number,
    one,
    one_of,
    pair,
    refers,
    rows,
    some_of,
    text,
    whole,
)
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.achievements import (
    AchievementKind,
    AchievementState,
    Channel,
    DisclosureKind,
    InventorRole,
    IpType,
    Mode,
    PatentStatus,
    PriorPublication,
    Recommendation,
)
from grandunion.terms.parties import OrganisationKind, PersonRole, Size
from grandunion.terms.rights import PriceMethod, RightsScheme, RightsState
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """Somebody who signs in; `is_shown` puts the log-in on the first page of the demonstration."""

    code: Annotated[str, code()]
    email: Annotated[str, text()]
    role: Annotated[Role, one_of(Role)]
    person: Annotated[str, refers("demo_persons")]
    organisation: Annotated[str, refers("demo_organisations", required=False)]
    area: Annotated[str, refers("areas", required=False)]
    is_shown: Annotated[bool, flag()]


@dataclass(frozen=True, slots=True)
class DemoLabel:
    """A recognition of an organisation in a year."""

    label: Annotated[str, refers("list:labels")]
    year: Annotated[int, whole(required=True)]


@dataclass(frozen=True, slots=True)
class DemoOrganisation:
    """An organisation; `named` takes its names from the pack, `team_name` is what it was as a team."""

    code: Annotated[str, code()]
    named: Annotated[str, refers("organisations", required=False)]
    name: Annotated[Text | None, pair(required=False)]
    short_name: Annotated[Text | None, pair(required=False)]
    team_name: Annotated[Text | None, pair(required=False)]
    kind: Annotated[OrganisationKind, one_of(OrganisationKind)]
    level: Annotated[Level, one_of(Level, required=False, empty=Level.MEMBERS)]
    area: Annotated[str, refers("areas", required=False)]
    region: Annotated[str, refers("list:regions", required=False)]
    country: Annotated[str, refers("list:countries", required=False)]
    industry: Annotated[str, refers("list:industries", required=False)]
    field: Annotated[str, refers("list:fields", required=False)]
    size: Annotated[Size | None, one_of(Size, required=False)]
    credit_code: Annotated[str, text(required=False)]
    founded_day: Annotated[int | None, whole()]
    incorporated_day: Annotated[int | None, whole()]
    landed_day: Annotated[int | None, whole()]
    registered_capital: Annotated[Decimal | None, number()]
    staff_count: Annotated[int | None, whole()]
    labels: Annotated[tuple[DemoLabel, ...], rows(DemoLabel)]
    summary: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoPosition:
    """What a person is at an organisation, from a day on."""

    organisation: Annotated[str, refers("demo_organisations")]
    role: Annotated[PersonRole, one_of(PersonRole)]
    from_day: Annotated[int, whole(required=True)]
    to_day: Annotated[int | None, whole()]
    share_percent: Annotated[Decimal | None, number()]
    is_full_time: Annotated[bool | None, flag(empty=None)]


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """A person of the demonstration; nobody real."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    title: Annotated[Text | None, pair(required=False)]
    expertise: Annotated[Text | None, pair(required=False)]
    email: Annotated[str, text(required=False)]
    positions: Annotated[tuple[DemoPosition, ...], rows(DemoPosition)]


@dataclass(frozen=True, slots=True)
class DemoInventor:
    """An inventor's share in percent."""

    person: Annotated[str, refers("demo_persons")]
    organisation: Annotated[str, refers("demo_organisations", required=False)]
    share_percent: Annotated[Decimal, number(required=True)]
    role: Annotated[InventorRole, one_of(InventorRole)]
    is_representative: Annotated[bool, flag()]
    is_confirmed: Annotated[bool, flag(empty=True)]


@dataclass(frozen=True, slots=True)
class DemoEvidence:
    """What shows that a maturity level is reached."""

    level: Annotated[int, whole(required=True)]
    evidence: Annotated[Text, pair()]
    shown_day: Annotated[int | None, whole()]


@dataclass(frozen=True, slots=True)
class DemoPublication:
    """A publication that bears on novelty."""

    kind: Annotated[DisclosureKind, one_of(DisclosureKind)]
    day: Annotated[int, whole(required=True)]
    place: Annotated[Text, pair()]
    is_planned: Annotated[bool, flag()]


@dataclass(frozen=True, slots=True)
class DemoFunding:
    """Public money that paid for the work."""

    programme: Annotated[Text, pair()]
    number: Annotated[str, text(required=False)]
    amount: Annotated[Decimal | None, number()]
    obligations: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoRight:
    """A patent or other right."""

    type: Annotated[IpType, one_of(IpType)]
    number: Annotated[str, text(required=False)]
    office: Annotated[str, refers("list:ip_offices")]
    status: Annotated[PatentStatus, one_of(PatentStatus)]
    filed_day: Annotated[int | None, whole()]
    granted_day: Annotated[int | None, whole()]


@dataclass(frozen=True, slots=True)
class DemoReview:
    """A reviewer's scores 1 to 5, or the conflict that keeps the reviewer out."""

    reviewer: Annotated[str, refers("demo_accounts")]
    has_conflict: Annotated[bool, flag()]
    conflict: Annotated[Text | None, pair(required=False)]
    market: Annotated[int | None, whole()]
    novelty: Annotated[int | None, whole()]
    team: Annotated[int | None, whole()]
    fit: Annotated[int | None, whole()]
    recommendation: Annotated[Recommendation | None, one_of(Recommendation, required=False)]
    comment: Annotated[Text | None, pair(required=False)]
    submitted_day: Annotated[int | None, whole()]


@dataclass(frozen=True, slots=True)
class DemoRights:
    """How the rights in an achievement are granted or disposed of."""

    scheme: Annotated[RightsScheme, one_of(RightsScheme)]
    state: Annotated[RightsState, one_of(RightsState)]
    inventor_share_percent: Annotated[Decimal | None, number()]
    use_right_first_years: Annotated[int | None, whole()]
    use_right_total_years: Annotated[int | None, whole()]
    acceptor: Annotated[str, refers("demo_organisations")]
    price: Annotated[Decimal | None, number()]
    price_method: Annotated[PriceMethod | None, one_of(PriceMethod, required=False)]
    agreed_income: Annotated[Text | None, pair(required=False)]
    reward_percent: Annotated[Decimal | None, number()]
    opinion: Annotated[Text, pair()]
    implementation_plan: Annotated[Text, pair()]
    started_day: Annotated[int, whole(required=True)]


@dataclass(frozen=True, slots=True)
class DemoObjection:
    """An objection to a public notice."""

    raised_by: Annotated[Text, pair()]
    text: Annotated[Text, pair()]
    received_day: Annotated[int, whole(required=True)]
    settled_day: Annotated[int | None, whole()]
    is_upheld: Annotated[bool | None, flag(empty=None)]
    settlement: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class DemoNotice:
    """A public notice."""

    text: Annotated[Text, pair()]
    starts_day: Annotated[int, whole(required=True)]
    ends_day: Annotated[int, whole(required=True)]
    objections: Annotated[tuple[DemoObjection, ...], rows(DemoObjection)]


@dataclass(frozen=True, slots=True)
class DemoAchievement:
    """An achievement: disclosed on `disclosed_day`, in its present state since `moved_day`."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    kind: Annotated[AchievementKind, one_of(AchievementKind)]
    state: Annotated[AchievementState, one_of(AchievementState)]
    level: Annotated[Level, one_of(Level)]
    owner: Annotated[str, refers("demo_organisations")]
    area: Annotated[str, refers("areas", required=False)]
    disclosed_day: Annotated[int, whole(required=True)]
    moved_day: Annotated[int, whole(required=True)]
    keywords: Annotated[Text, pair()]
    abstract_public: Annotated[Text, pair()]
    abstract_confidential: Annotated[Text | None, pair(required=False)]
    advantages: Annotated[Text | None, pair(required=False)]
    limitations: Annotated[Text | None, pair(required=False)]
    applications: Annotated[Text | None, pair(required=False)]
    inventors: Annotated[tuple[DemoInventor, ...], rows(DemoInventor, required=True)]
    is_service_achievement: Annotated[bool, flag(empty=True)]
    prior_publication: Annotated[PriorPublication | None, one_of(PriorPublication, required=False)]
    publications: Annotated[tuple[DemoPublication, ...], rows(DemoPublication)]
    funding: Annotated[tuple[DemoFunding, ...], rows(DemoFunding)]
    ip: Annotated[tuple[DemoRight, ...], rows(DemoRight)]
    trl: Annotated[int | None, whole()]
    trl_evidence: Annotated[tuple[DemoEvidence, ...], rows(DemoEvidence)]
    industry: Annotated[str, refers("list:industries", required=False)]
    emerging_industry: Annotated[str, refers("list:emerging_industries", required=False)]
    field: Annotated[str, refers("list:fields", required=False)]
    modes_wanted: Annotated[tuple[Mode, ...], some_of(Mode)]
    price_min: Annotated[Decimal | None, number()]
    price_max: Annotated[Decimal | None, number()]
    channel: Annotated[Channel, one_of(Channel)]
    found_by: Annotated[str, refers("demo_accounts", required=False)]
    reviews: Annotated[tuple[DemoReview, ...], rows(DemoReview)]
    decision_reason: Annotated[Text | None, pair(required=False)]
    rights: Annotated[DemoRights | None, one(DemoRights)]
    notice: Annotated[DemoNotice | None, one(DemoNotice)]


@dataclass(frozen=True, slots=True)
class Demo:
    """The demonstration set."""

    password: str
    accounts: tuple[DemoAccount, ...]
    organisations: tuple[DemoOrganisation, ...]
    persons: tuple[DemoPerson, ...]
    achievements: tuple[DemoAchievement, ...]
    issues: tuple[DemoIssue, ...]
    institutions: tuple[DemoInstitution, ...]
    needs: tuple[DemoNeed, ...]
    capabilities: tuple[DemoCapability, ...]
    opportunities: tuple[DemoOpportunity, ...]
    challenges: tuple[DemoChallenge, ...]
    offers: tuple[DemoOffer, ...]
    ties: tuple[DemoTie, ...]
    matches: tuple[DemoMatch, ...]
    rounds: tuple[DemoRound, ...]
    events: tuple[DemoEvent, ...]
    projects: tuple[DemoProject, ...]
    agreements: tuple[DemoAgreement, ...]
    returns: tuple[DemoReturn, ...]
    work_reports: tuple[DemoWorkReport, ...]
    plans: tuple[DemoPlan, ...]
    targets: tuple[DemoTarget, ...]
    views: tuple[DemoView, ...]


PARTS: dict[str, type] = {
    "accounts": DemoAccount,
    "organisations": DemoOrganisation,
    "persons": DemoPerson,
    "achievements": DemoAchievement,
    "issues": DemoIssue,
    "institutions": DemoInstitution,
    "needs": DemoNeed,
    "capabilities": DemoCapability,
    "opportunities": DemoOpportunity,
    "challenges": DemoChallenge,
    "offers": DemoOffer,
    "ties": DemoTie,
    "matches": DemoMatch,
    "rounds": DemoRound,
    "events": DemoEvent,
    "projects": DemoProject,
    "agreements": DemoAgreement,
    "returns": DemoReturn,
    "work_reports": DemoWorkReport,
    "plans": DemoPlan,
    "targets": DemoTarget,
    "views": DemoView,
}


def read_demo_sections(sheets: list[Node], desk: Desk) -> Demo:
    """The rows of all files of the set, in the order of the files; any file may hold any part."""
    found: dict[str, list] = {part: [] for part in PARTS}
    password = ""
    for sheet in sheets:
        for key, node in sheet.value.items() if isinstance(sheet.value, dict) else ():
            if key == "password":
                password = str(node.value)
            elif key in PARTS:
                kind = Rows(row=PARTS[key], section=f"demo_{key}", empty=())
                found[key].extend(kind.convert(key, node, desk))
            else:
                en, zh = nearest(key, [*PARTS, "password"])
                desk.complain(
                    node,
                    f"“{key}” is no part of a demonstration set. {en}",
                    f"演示数据没有“{key}”这一部分。{zh}",
                )
    return Demo(password, **{part: tuple(rows_found) for part, rows_found in found.items()})
