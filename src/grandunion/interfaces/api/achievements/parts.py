"""Everything that belongs to an achievement, as far as the caller may read it."""

from datetime import date, datetime

from ninja import Schema

from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.resources import told
from grandunion.terms.achievements import DisclosureKind, IpType, PatentStatus, Recommendation
from grandunion.terms.readers import Reader
from grandunion.terms.rights import RightsScheme, RightsState
from grandunion.work.permissions import achievements as permissions


class InventorOut(Schema):
    """An inventor's share."""

    person: str
    name: Bilingual
    organisation: str | None
    share_percent: str
    role: str
    is_representative: bool
    confirmed_at: datetime | None


class PublicationOut(Schema):
    """Something made public, or planned to be."""

    disclosure_kind: DisclosureKind
    on: date | None
    place: str
    is_planned: bool


class FundingOut(Schema):
    """Public money that paid for the work."""

    programme: str
    number: str
    amount: str | None
    obligations: str


class RightOut(Schema):
    """A right of intellectual property."""

    id: int
    ip_type: IpType
    number: str
    office: str
    status: PatentStatus
    filed_on: date | None
    granted_on: date | None
    expires_on: date | None
    annuity_due_on: date | None


class EvidenceOut(Schema):
    """What shows a readiness level."""

    id: int
    level: int
    evidence: str
    shown_on: date | None


class OpinionOut(Schema):
    """A review that is in and open to the caller."""

    market: int | None
    novelty: int | None
    team: int | None
    fit: int | None
    recommendation: Recommendation | None
    comment: str


class ReviewOut(Schema):
    """A review as this caller may see it: without a name it is anonymous, without an opinion it is closed."""

    reviewer: str
    is_own: bool
    is_in: bool
    has_conflict: bool | None
    opinion: OpinionOut | None


class CaseOut(Schema):
    """A rights case."""

    number: str
    state: RightsState
    scheme: RightsScheme
    acceptor: str | None
    inventor_share_percent: str | None
    use_right_first_years: int | None
    use_right_total_years: int | None
    opinion: str
    price: str | None
    price_method: str
    agreed_income: str
    reward_percent: str | None
    agreement: str
    duties_ended_on: date | None


class NoticeOut(Schema):
    """A public notice; `ends_on` is the first day on which it no longer stands."""

    id: int
    text_zh: str
    text_en: str
    starts_on: date
    ends_on: date
    objections_to: str


class ObjectionOut(Schema):
    """An objection to a notice."""

    id: int
    raised_by: str
    text: str
    received_at: datetime
    settled_at: datetime | None
    is_upheld: bool | None
    settlement: str


class AchievementParts(Schema):
    """What belongs to an achievement; `is_sealed`: a confidential part waits for `open-confidential`."""

    is_sealed: bool
    inventors: list[InventorOut]
    publications: list[PublicationOut]
    fundings: list[FundingOut]
    rights: list[RightOut]
    evidence: list[EvidenceOut]
    reviews: list[ReviewOut]
    rights_cases: list[CaseOut]
    notices: list[NoticeOut]
    objections: list[ObjectionOut]


def parts(reader: Reader, record: object) -> dict[str, object]:
    """What belongs to an achievement the caller has opened."""
    page = permissions.page(reader, record)
    rows = page.rows
    return {
        "is_sealed": page.is_sealed,
        "inventors": [_inventor(row) for row in rows.inventors],
        "publications": [told(row, PublicationOut) for row in rows.publications],
        "fundings": [told(row, FundingOut) for row in rows.fundings],
        "rights": [told(row, RightOut) for row in rows.rights],
        "evidence": [told(row, EvidenceOut) for row in rows.evidence],
        "reviews": [_review(line) for line in page.reviews],
        "rights_cases": [_case(row) for row in rows.cases],
        "notices": [told(row, NoticeOut) for row in rows.notices],
        "objections": [told(row, ObjectionOut) for row in rows.objections],
    }


def _inventor(row: object) -> dict[str, object]:
    organisation = row.organisation.number if row.organisation else None
    linked = {"person": row.person.number, "name": row.person.name, "organisation": organisation}
    return {**told(row, InventorOut, but=tuple(linked)), **linked}


def _review(line: object) -> dict[str, object]:
    opinion = told(line.review, OpinionOut) if line.review is not None and line.is_in else None
    return {**told(line, ReviewOut, but=("opinion",)), "opinion": opinion}


def _case(row: object) -> dict[str, object]:
    return {**told(row, CaseOut, but=("acceptor",)), "acceptor": row.acceptor.number if row.acceptor else None}
