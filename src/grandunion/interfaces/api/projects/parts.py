"""Everything that belongs to a transfer project, as far as the caller may read it."""

from datetime import date

from ninja import Schema

from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.resources import told
from grandunion.terms.contracts import ContractKind, ContractState
from grandunion.terms.projects import InteractionKind, PocResult
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.work.queries import projects


class MemberOut(Schema):
    """A person of the team; without a number if the caller may not open the person."""

    id: int
    person: str | None
    name: Bilingual
    role: str
    is_full_time: bool | None
    share_percent: str | None


class MilestoneOut(Schema):
    """A milestone."""

    id: int
    name: str
    due_on: date
    done_on: date | None
    evidence: str
    contract: str | None


class ProofOut(Schema):
    """A proof of concept."""

    id: int
    centre: str | None
    budget: str | None
    technical_question: str
    scene_question: str
    starts_on: date
    ended_on: date | None
    result: PocResult | None
    finding: str


class DeductionOut(Schema):
    """A part of the price that is not technical."""

    what: str
    amount: str


class ContractOut(Schema):
    """A technology contract."""

    number: str
    version: int
    state: ContractState
    performance: str
    contract_kind: ContractKind
    contract_subkind: str
    title: str
    seller: str
    buyer: str
    is_import: bool
    currency: str
    value_total: str
    value_technical: str
    deductions: list[DeductionOut]
    payment: str
    effective_from: date | None
    effective_to: date | None
    signed_on: date | None
    registration_number: str
    accepted_on: date | None
    decided_on: date | None
    decision_reason: str


class InteractionOut(Schema):
    """A call, visit or message."""

    id: int
    on: date
    interaction_kind: InteractionKind
    who: str
    note: str


class VisitOut(Schema):
    """A follow-up visit, due or made."""

    id: int
    label: str
    due_on: date
    visited_on: date | None
    staff_count: int | None = None
    revenue: str | None = None
    rd_spending: str | None = None
    note: str = ""


class ProjectParts(Schema):
    """What belongs to a project."""

    achievements: list[str]
    matches: list[str]
    members: list[MemberOut]
    milestones: list[MilestoneOut]
    proofs: list[ProofOut]
    contracts: list[ContractOut]
    interactions: list[InteractionOut]
    visits: list[VisitOut]


def parts(reader: Reader, record: object, depth: Secrecy) -> dict[str, object]:
    """What belongs to a project the caller has opened, up to the caller's class of fields."""
    page = projects.page(record, reader, depth)
    if depth < Secrecy.S1:
        return {name: [] for name in ProjectParts.model_fields}
    return {
        "achievements": [row.number for row in page.achievements],
        "matches": [row.number for row in page.matches],
        "members": [_member(row, page.persons) for row in page.members],
        "milestones": [
            {**told(row, MilestoneOut, but=("contract",)), "contract": row.contract.number if row.contract else None}
            for row in page.milestones
        ],
        "proofs": [
            {**told(row, ProofOut, but=("centre",)), "centre": row.centre.number if row.centre else None}
            for row in page.proofs
        ],
        "contracts": [contract(row) for row in page.contracts],
        "interactions": [told(row, InteractionOut) for row in page.interactions],
        "visits": [_visit(row, depth) for row in page.visits],
    }


def _member(row: object, persons: frozenset[int]) -> dict[str, object]:
    number = row.person.number if row.person_id in persons else None
    return {**told(row, MemberOut, but=("person", "name")), "person": number, "name": row.person.name}


def contract(row: object) -> dict[str, object]:
    """A contract as both of its sides read it."""
    sides = {"seller": row.seller.number, "buyer": row.buyer.number}
    return {**told(row, ContractOut, but=tuple(sides)), **sides}


def _visit(row: object, depth: Secrecy) -> dict[str, object]:
    """The figures a visit brought are the company's own: class S2."""
    inner = ("staff_count", "revenue", "rd_spending", "note") if depth < Secrecy.S2 else ()
    return told(row, VisitOut, but=inner)
