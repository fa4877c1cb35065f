"""Everything one project's page shows, cut to the class of fields its reader may read."""

from collections.abc import Iterable
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
from grandunion.work.queries.base.kept import known, of
from grandunion.work.queries.projects import rows, thread
from grandunion.work.queries.projects.facts import Belongings, belongings


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


def page(project: Project, reader: Reader, depth: Secrecy, own: Belongings | None = None) -> ProjectPage:
    """The project with all that belongs to it, in a bounded number of questions; `own` is what was read already."""
    ids, pk, is_inside = [project.pk], project.pk, depth >= Secrecy.S2
    own = own or belongings(ids)
    members = tuple(of(rows.members, ids))
    achievements = tuple(rows.carried(project, reader)) if own.achievements[pk] else ()
    matches = tuple(rows.paired(project, reader)) if own.matches[pk] else ()
    contracts = _readable(own.contracts[pk], reader, depth)
    may_open = known({Organisation: _sides(project, contracts), Person: [m.person_id for m in members]}, reader)
    return ProjectPage(
        project=project,
        depth=depth,
        on=timezone.localtime(reader.at).date(),
        seen=may_open[Organisation],
        achievements=achievements,
        matches=matches,
        members=members,
        persons=may_open[Person],
        milestones=tuple(m for m in of(rows.milestones, ids) if is_inside or m.contract_id is None),
        proofs=tuple(own.proofs[pk]) if is_inside else (),
        contracts=contracts,
        interactions=tuple(of(rows.latest_interactions, ids)) if is_inside else (),
        visits=tuple(own.visits[pk]),
        thread=thread.of(project, achievements, matches, depth),
    )


def readable_contracts(project: Project, reader: Reader, depth: Secrecy) -> tuple[Contract, ...]:
    """The contracts the reader may read: all of them from class S2 on, else those the reader's side has signed."""
    return _readable(of(rows.contracts, [project.pk]), reader, depth)


def _readable(contracts: Iterable[Contract], reader: Reader, depth: Secrecy) -> tuple[Contract, ...]:
    sides = reader.organisation_ids
    return tuple(one for one in contracts if depth >= Secrecy.S2 or {one.seller_id, one.buyer_id} & sides)


def _sides(project: Project, contracts: Iterable[Contract]) -> list[int | None]:
    """The organisations that are named on the page."""
    named = [project.owner_id, project.company_id, project.university_id, project.host_partner_id]
    return named + [side for one in contracts for side in (one.seller_id, one.buyer_id)]
