"""What a caller sends about an achievement."""

from typing import Annotated

from pydantic import Field

from grandunion.interfaces.api.fields import (
    Amount,
    Body,
    Day,
    Readiness,
    Share,
    YesNo,
    numbered,
    term,
    text,
)
from grandunion.terms.achievements import (
    AchievementKind,
    Channel,
    Confidentiality,
    DisclosureKind,
    IpType,
    Mode,
    PatentStatus,
    PriorPublication,
    Recommendation,
    ValueDimension,
)
from grandunion.terms.rights import PriceMethod, RightsScheme
from grandunion.terms.text import Text

Points = Annotated[int, Field(strict=True, ge=0, le=10)]
Years = Annotated[int, Field(strict=True, ge=0, le=200)]


class AchievementBody(Body):
    """What of an achievement can be written."""

    title_zh: text(300) = ""
    title_en: text(300) = ""
    achievement_kind: AchievementKind = AchievementKind.INVENTION
    keywords: text(500) = ""
    abstract_public_zh: text() = ""
    abstract_public_en: text() = ""
    abstract_confidential: text() = ""
    problem: text() = ""
    solution: text() = ""
    advantages: text() = ""
    limitations: text() = ""
    applications: text() = ""
    is_service_achievement: YesNo = True
    third_party_material: text() = ""
    prior_publication: PriorPublication | None = None
    confidentiality: Confidentiality = Confidentiality.RESTRICTED
    export_control_check: text(200) = ""
    trl: Readiness | None = None
    innovation_degree: Readiness | None = None
    advancement_degree: Readiness | None = None
    five_values: Annotated[dict[ValueDimension, text(2000)], Field(max_length=5)] = {}
    industry: term("industries") = ""
    emerging_industry: term("emerging_industries") = ""
    field: term("fields") = ""
    area: term("areas") = ""
    modes_wanted: Annotated[list[Mode], Field(max_length=len(Mode))] = []
    price_min: Amount | None = None
    price_max: Amount | None = None
    partners_excluded: text() = ""
    found_on: Day = None
    channel: Channel = Channel.DISCLOSURE
    owner: numbered(Text("the owning organisation", "权利单位"), "ORG-2026-0007") = ""
    owner_name: text(200) = ""
    source_kind: text(60) = ""
    source_ref: text(200) = ""
    source_note: text(300) = ""


class Inventor(Body):
    """One inventor: a person by number, or by name where nobody has recorded them yet."""

    person: numbered(Text("the person", "人员"), "PER-2026-0007") = ""
    name: text(100) = ""
    percent: Share
    organisation: numbered(Text("the inventor's organisation", "发明人所在单位"), "ORG-2026-0007") = ""
    role: text(100) = ""
    is_representative: YesNo = False


class Inventors(Body):
    """All inventors; a share that changes has to be confirmed again."""

    inventors: Annotated[list[Inventor], Field(max_length=50)]
    is_own_confirmed: YesNo = False


class OnPaper(Body):
    """Which paper was signed, and when."""

    reason: text(300)


class Publication(Body):
    """Something that was made public, or is going to be."""

    disclosure_kind: DisclosureKind
    on: Day = None
    place: text(200) = ""
    is_planned: YesNo = False


class Publications(Body):
    """All that was made public of it."""

    publications: Annotated[list[Publication], Field(max_length=50)]


class Funding(Body):
    """Public money that paid for the work."""

    programme: text(200)
    number: text(100) = ""
    amount: Amount | None = None
    obligations: text() = ""


class Fundings(Body):
    """All public money that paid for it."""

    fundings: Annotated[list[Funding], Field(max_length=50)]


class RightEdit(Body):
    """A right of intellectual property."""

    ip_type: IpType = IpType.INVENTION_PATENT
    number: text(60) = ""
    office: text(10) = "CN"
    status: PatentStatus = PatentStatus.FILED
    filed_on: Day = None
    granted_on: Day = None
    expires_on: Day = None
    annuity_due_on: Day = None


class Right(RightEdit):
    """A new right of intellectual property."""

    ip_type: IpType
    status: PatentStatus


class Evidence(Body):
    """What shows a readiness level."""

    level: Readiness
    evidence: text()
    shown_on: Day = None


class Reviewer(Body):
    """Who is asked for a review, by the address of the account."""

    email: text(254)


class ReviewerConflict(Reviewer):
    """That somebody asked for a review has a conflict of interest."""

    note: text(300)


class ReviewBody(Body):
    """The reviewer's own review, or the conflict of interest that keeps them from it."""

    has_conflict: YesNo
    note: text(300) = ""
    market: Points | None = None
    novelty: Points | None = None
    team: Points | None = None
    fit: Points | None = None
    recommendation: Recommendation | None = None
    comment: text() = ""


class CaseBody(Body):
    """The terms of a rights case."""

    scheme: RightsScheme = RightsScheme.OWNERSHIP
    inventor_share_percent: Share | None = None
    use_right_first_years: Years | None = None
    use_right_total_years: Years | None = None
    acceptor: numbered(Text("the accepting organisation", "受让单位"), "ORG-2026-0007") = ""
    opinion: text() = ""
    implementation_plan: text() = ""
    price: Amount | None = None
    price_method: PriceMethod | None = None
    agreed_income: text(200) = ""
    reward_percent: Share | None = None
    duty_exemption_record: text() = ""


class CaseOpening(CaseBody):
    """A new rights case."""

    scheme: RightsScheme


class Signing(Body):
    """The signed agreement: its number, its day, where it lies."""

    agreement: text(300)
    reason: text(300) = ""


class Notice(Body):
    """A public notice; without days it begins today and stands as long as the hub's rule says."""

    text_zh: text()
    text_en: text()
    objections_to: text(200)
    starts_on: Day = None
    ends_on: Annotated[Day, Field(description="The first day on which it no longer stands.")] = None


class DutiesEnd(Body):
    """The day on which the agreed duties were fulfilled."""

    on: Annotated[Day, Field()]


class Settlement(Body):
    """How an objection was settled and why."""

    is_upheld: YesNo
    settlement: text()


class Waiver(Body):
    """Why it may be shown where no right protects it."""

    waiver: text(300) = ""
