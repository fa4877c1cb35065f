"""Everything one project's page shows, cut to the class of fields its reader may read."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match
from grandunion.records.parties import Organisation, Person
from grandunion.records.projects import (
    Contract,
    Interaction,
    Member,
    Milestone,
    Project,
    ProofOfConcept,
    Visit,
)
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.work.queries.base import visible
from grandunion.work.queries.base.kept import of
from grandunion.work.queries.projects import rows, thread


@dataclass(frozen=True, slots=True)
class ProjectPage:
    """A project as one reader sees it; what is deeper than `depth` is not here at all."""

    project: Project
    depth: Secrecy
    on: date
    seen: frozenset[int]  # organisations named on the page whose own page the reader may open
    achievements: tuple[Achievement, ...]
    matches: tuple[Match, ...]
    members: tuple[Member, ...]
    persons: frozenset[int]  # persons of the team whose own page the reader may open
    milestones: tuple[Milestone, ...]
    proofs: tuple[ProofOfConcept, ...]
    contracts: tuple[Contract, ...]
    interactions: tuple[Interaction, ...]
    visits: tuple[Visit, ...]
    thread: tuple[thread.Happened, ...]

    def reads(self, field: str) -> bool:
        """Whether the reader may read this field of the project."""
        return self.project.secrecy[field] <= self.depth


def page(project: Project, reader: Reader, depth: Secrecy) -> ProjectPage:
    """The project with all that belongs to it, in a bounded number of questions."""
    ids, is_inside = [project.pk], depth >= Secrecy.S2
    members = tuple(of(rows.members, ids))
    achievements = tuple(rows.carried(project, reader).order_by("pk"))
    matches = tuple(rows.paired(project, reader).select_related("need", "achievement", "offering").order_by("pk"))
    contracts = readable_contracts(project, reader, depth)
    return ProjectPage(
        project=project,
        depth=depth,
        on=timezone.localtime(reader.at).date(),
        seen=_seen(project, contracts, reader),
        achievements=achievements,
        matches=matches,
        members=members,
        persons=frozenset(
            visible(Person, reader).filter(pk__in=[m.person_id for m in members]).values_list("pk", flat=True)
        ),
        milestones=tuple(m for m in of(rows.milestones, ids) if is_inside or m.contract_id is None),
        proofs=tuple(of(rows.proofs, ids)) if is_inside else (),
        contracts=contracts,
        interactions=tuple(of(rows.interactions, ids)[:20]) if is_inside else (),
        visits=tuple(of(rows.visits, ids)),
        thread=thread.of(project, achievements, matches, depth),
    )


def readable_contracts(project: Project, reader: Reader, depth: Secrecy) -> tuple[Contract, ...]:
    """The contracts the reader may read: all of them from class S2 on, else those the reader's side has signed."""
    contracts = tuple(of(rows.contracts, [project.pk]))
    if depth >= Secrecy.S2:
        return contracts
    return tuple(one for one in contracts if {one.seller_id, one.buyer_id} & reader.organisation_ids)


def _seen(project: Project, contracts: tuple[Contract, ...], reader: Reader) -> frozenset[int]:
    named = {project.owner_id, project.company_id, project.university_id, project.host_partner_id}
    named |= {side for one in contracts for side in (one.seller_id, one.buyer_id)}
    return frozenset(visible(Organisation, reader).filter(pk__in=named - {None}).values_list("pk", flat=True))
