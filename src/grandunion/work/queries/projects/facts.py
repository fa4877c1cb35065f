"""The facts about projects that their flow reads, for one record or for a whole board in few queries."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from grandunion.engines.flows.projects import ENDS
from grandunion.records.achievements import TrlEvidence
from grandunion.records.projects import Contract, Project, ProofOfConcept, Visit
from grandunion.terms.contracts import ContractPerformance, ContractState
from grandunion.terms.periods import Period
from grandunion.terms.projects import SIDE_STATES, ProjectState
from grandunion.work.queries.base.kept import of
from grandunion.work.queries.projects import rows

REGISTERED = frozenset({ContractState.REGISTERED, ContractState.CHANGED})
PERIODS = frozenset({ProjectState.MONTH_3, ProjectState.MONTH_6, ProjectState.MONTH_12})
CHECK_WINDOW = timedelta(days=90)  # a visit this long before the check began still counts for the check


@dataclass(frozen=True, slots=True)
class Belongings:
    """What belongs to some projects and both their flow and their pages read; each by the project's id."""

    achievements: Mapping[int, list[tuple]]  # project, owner, owner's name, how much evidence of readiness
    matches: Mapping[int, list[tuple]]  # project, when each side accepted
    contracts: Mapping[int, list[Contract]]
    visits: Mapping[int, list[Visit]]
    proofs: Mapping[int, list[ProofOfConcept]]


def belongings(ids: list[int]) -> Belongings:
    """Read once for several projects; for one, its SQL is kept."""
    return Belongings(
        achievements=_grouped(of(_achievements, ids), lambda row: row[0]),
        matches=_grouped(of(_matches, ids), lambda row: row[0]),
        **{
            name: _grouped(of(read, ids), lambda row: row.project_id)
            for name, read in (("contracts", rows.contracts), ("visits", rows.visits), ("proofs", rows.proofs))
        },
    )


def facts(project: Project) -> dict[str, object]:
    """The facts the project's flow reads, by their names in the flow's table."""
    return facts_of([project])[project.pk]


def facts_of(projects: Iterable[Project], own: Belongings | None = None) -> dict[int, dict[str, object]]:
    """The facts of several projects by id, in as many queries as for one."""
    projects = list(projects)
    own = own or belongings([project.pk for project in projects])
    return {
        project.pk: {
            **_own(project),
            **_carried(own.achievements[project.pk]),
            "accepted_matches": sum(None not in row[1:] for row in own.matches[project.pk]),
            "poc_result": next((poc.result for poc in own.proofs[project.pk] if poc.result), None),
            **_contracted(own.contracts[project.pk]),
            **_visited(project, own.visits[project.pk]),
        }
        for project in projects
    }


def _own(project: Project) -> dict[str, object]:
    company = project.company
    return {
        "title": project.title.en,
        "has_market_note": bool(project.market_note.strip()),
        "is_conflict_checked": bool(project.conflict_check.strip()),
        "route": project.route or None,
        "company": company.number if company else None,
        "credit_code": company.credit_code if company else None,
        "area": project.area_id,
        "has_lease_or_agreement": bool(project.space_agreement.strip()),
        "first_funding": project.first_funding,
        "has_landed": project.landed_on is not None,
        "loss_reason": project.lost_reason or None,
        "came_from": project.state_before_hold or None,
    }


def _achievements(ids: list[int]) -> QuerySet:
    shown = TrlEvidence.objects.unscoped("how much evidence the achievements of opened projects have")
    count = shown.filter(achievement=OuterRef("achievement")).values("achievement").values_list(Count("pk"))
    return (
        rows.achievement_links(ids)
        .annotate(shown=Subquery(count))
        .values_list("project", "achievement__owner", "achievement__owner_name", "shown")
    )


def _matches(ids: list[int]) -> QuerySet:
    return rows.match_links(ids).values_list("project", "match__needing_accepted_at", "match__offering_accepted_at")


def _carried(links: list[tuple]) -> dict[str, object]:
    if not links:
        return {"achievements": 0}
    return {
        "achievements": len(links),
        "is_owner_known": all(owner or owner_name for _, owner, owner_name, _ in links),
        "trl_evidence": sum(shown or 0 for _, _, _, shown in links),
    }


def _grouped(found: Iterable, whose: Callable[[object], int]) -> Mapping[int, list]:
    groups = defaultdict(list)
    for row in found:
        groups[whose(row)].append(row)
    return groups


def _contracted(contracts: list[Contract]) -> dict[str, object]:
    live = [one for one in contracts if one.performance != ContractPerformance.TERMINATED]
    return {
        "contracts": sum(one.state not in (ContractState.DRAFT, ContractState.CANCELLED) for one in live),
        "registered_contracts": sum(one.state in REGISTERED for one in live),
    }


def _visited(project: Project, visits: list[Visit]) -> dict[str, object]:
    made = [visit for visit in visits if visit.visited_on and _is_of_period(project, visit)]
    return {
        "has_visit": bool(made),
        "has_metrics": any(visit.staff_count is not None and visit.revenue is not None for visit in made),
    }


def _is_of_period(project: Project, visit: Visit) -> bool:
    """Whether a visit that was made counts for the period in which the project stands."""
    if project.state in PERIODS:
        return visit.label == project.state
    if project.state == ProjectState.CHECK:
        since = timezone.localtime(project.state_at).date() - CHECK_WINDOW
        return visit.label == ProjectState.CHECK and visit.visited_on >= since
    return True


def contract_facts(contract: Contract, on: date) -> dict[str, object]:
    """The facts the registration and the performance of a contract read, as of a day."""
    is_dated = contract.effective_from is not None
    return {
        "kind": contract.contract_kind,
        "seller": contract.seller_id,
        "buyer": contract.buyer_id,
        "value_total": contract.value_total,
        "value_technical": contract.value_technical,
        "signed_on": contract.signed_on,
        "is_inside_validity": Period(contract.effective_from, contract.effective_to).holds(on) if is_dated else None,
        "registration_no": contract.registration_number,
        "open_duties": rows.milestones([contract.project_id]).filter(contract=contract, done_on=None).count(),
    }


def due_visits(reader_rows: QuerySet, until: date) -> QuerySet[Visit]:
    """The visits that are due by a day among visible projects: the due list is this question, no job."""
    open_visits = Visit.objects.unscoped("visits of projects the reader may see").filter(
        visited_on=None, due_on__lt=until, project__in=reader_rows.exclude(state__in=[*SIDE_STATES, *ENDS])
    )
    return open_visits.select_related("project").order_by("due_on", "pk")
