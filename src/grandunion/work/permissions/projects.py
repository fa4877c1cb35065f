"""Who may do what to a transfer project and its contracts, and what still stands in the way."""

from dataclasses import dataclass

from django.utils import timezone

from grandunion.engines.flows.contracts import CONTRACT_FLOW, PERFORMANCE_FLOW
from grandunion.engines.flows.pieces import Facts, Move
from grandunion.engines.flows.projects import EXIT_GUARDS, PROJECT_FLOW
from grandunion.records.projects import Contract, Project
from grandunion.terms.contracts import ContractState
from grandunion.terms.projects import SIDE_STATES, Phase
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import YES, Verdict, no
from grandunion.work.permissions.base import Rows, Standing, access_rows, clearance, managing, parts, staff_only
from grandunion.work.queries import projects

Offers = tuple[tuple[Move, Verdict], ...]


def standing(reader: Reader, project: Project, **given: object) -> Standing:
    """What the project's flow judges by: its facts with what a form brought, and what the reader is to it."""
    return Standing({**projects.facts(project), **given}, parts(reader, project))


def offers(reader: Reader, project: Project) -> Offers:
    """The moves the flow offers the reader now, each with what still stops it."""
    now = standing(reader, project)
    return PROJECT_FLOW.offers(project.state, now.facts, now.parts)


def board_offers(reader: Reader, project: Project, facts: Facts, rows: Rows) -> Offers:
    """As `offers`, for a card whose facts and access rows were read with the whole board."""
    return PROJECT_FLOW.offers(project.state, facts, parts(reader, project, rows))


@dataclass(frozen=True, slots=True)
class Condition:
    """Something the present phase asks before it is left: the fact it reads, what to do, whether it is there."""

    fact: str
    text: Text
    is_there: bool


def conditions(project: Project, facts: Facts) -> tuple[Condition, ...]:
    """What the project's phase asks before it is left, in the order of the table."""
    guards = EXIT_GUARDS[Phase(project.phase)]
    return tuple(Condition(guard.reads[0], guard.says, guard.holds(facts)) for guard in guards)


@dataclass(frozen=True, slots=True)
class Desk:
    """What one reader finds on the page of one project: how deep they read, and what they may do."""

    depth: Secrecy
    parts: frozenset[Part]
    offers: Offers
    conditions: tuple[Condition, ...]
    may_edit: bool
    may_record: bool
    may_report: bool
    may_open: bool  # the confidential part, which is journaled


def desk(reader: Reader, project: Project, own: projects.Belongings | None = None) -> Desk:
    """All the page asks of the rules, in one reading of the facts; `own` is what was read of them already."""
    rows = access_rows(reader, project)
    facts, mine = projects.facts_of([project], own)[project.pk], parts(reader, project, rows)
    depth = clearance(reader, project, rows)
    is_closed = depth >= Secrecy.S3 and not (Part.OWNER in mine or projects.opened_today(project, reader))
    return Desk(
        depth=Secrecy.S2 if is_closed else depth,
        parts=mine,
        offers=PROJECT_FLOW.offers(project.state, facts, mine),
        conditions=conditions(project, facts) if mine & {Part.IN_CHARGE, Part.OFFICER, Part.OWNER} else (),
        may_edit=bool(mine & {Part.IN_CHARGE, Part.OFFICER}),
        may_record=bool(mine & {Part.IN_CHARGE, Part.OFFICER}) and project.state not in SIDE_STATES,
        may_report=bool(mine & {Part.IN_CHARGE, Part.OFFICER, Part.OWNER}),
        may_open=is_closed,
    )


def may_read_confidential(reader: Reader, project: Project) -> Verdict:
    """Whether the reader may open what only the owner, named persons and the officer in charge read."""
    if clearance(reader, project) >= Secrecy.S3:
        return YES
    return no(
        "The confidential part is for the officer in charge and the team. Ask the officer in charge.",
        "保密内容仅限经办人和项目团队查阅，请联系经办人。",
    )


def may_create(reader: Reader) -> Verdict:
    """Whether the reader may open a project."""
    return staff_only(reader)


def may_edit(reader: Reader, project: Project) -> Verdict:
    """Whether the reader may change what is written of the project."""
    return managing(reader, project)


def may_record(reader: Reader, project: Project) -> Verdict:
    """Whether the reader may write down interactions, milestones, visits, team and links."""
    if project.state in SIDE_STATES:
        return no(
            "The project rests. Resume it or take it up again, then write down what happened.",
            "该项目已暂缓或流失，请先恢复或重新启动，再登记进展。",
        )
    return managing(reader, project)


def may_report(reader: Reader, project: Project) -> Verdict:
    """Whether the reader may hand in the company's figures: those who run the case and the company itself."""
    if parts(reader, project) & {Part.IN_CHARGE, Part.OFFICER, Part.OWNER}:
        return YES
    return no(
        "Only the company itself or an officer of the area hands in these figures.",
        "经营数据仅限企业本身或该片区的服务专员报送。",
    )


def may_see_reports(reader: Reader) -> Verdict:
    """Whether the reader may see the funnel: those who read rows; others would count what they cannot open."""
    return YES if reader.reads_rows else staff_only(reader)


def contract_parts(reader: Reader, project: Project, contract: Contract) -> frozenset[Part]:
    """What the reader is to one contract: a side of it only by being seller or buyer, not by the project."""
    mine = parts(reader, project) & {Part.IN_CHARGE, Part.OFFICER, Part.SYSTEM}
    if contract.seller_id in reader.organisation_ids:
        mine |= {Part.OFFERING}
    if contract.buyer_id in reader.organisation_ids:
        mine |= {Part.NEEDING}
    return mine


def registrar_parts(mine: frozenset[Part], contract: Contract) -> frozenset[Part]:
    """The seller hands in the registration; for an import contract the domestic buyer does."""
    if not contract.is_import:
        return mine
    swapped = {Part.OFFERING: Part.NEEDING, Part.NEEDING: Part.OFFERING}
    return frozenset(swapped.get(part, part) for part in mine)


def contract_standing(reader: Reader, project: Project, contract: Contract, **given: object) -> Standing:
    """What the flows of a contract judge by."""
    on = timezone.localtime(reader.at).date()
    mine = contract_parts(reader, project, contract)
    if contract.state != ContractState.DRAFT:
        mine = registrar_parts(mine, contract)
    return Standing({**projects.contract_facts(contract, on), **given}, mine)


def contract_offers(reader: Reader, project: Project, contract: Contract) -> Offers:
    """The moves of registration, and of performance once the contract is signed."""
    now = contract_standing(reader, project, contract)
    found = CONTRACT_FLOW.offers(contract.state, now.facts, now.parts)
    if contract.performance:
        sides = contract_parts(reader, project, contract)
        found += PERFORMANCE_FLOW.offers(contract.performance, now.facts, sides)
    return found


def may_draft_contract(reader: Reader, project: Project) -> Verdict:
    """Whether the reader may add a technology contract to the project."""
    return may_record(reader, project)
