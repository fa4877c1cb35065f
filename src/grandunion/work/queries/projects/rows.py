"""The projects a reader may see, and the rows that belong to one."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match
from grandunion.records.projects import (
    Contract,
    Interaction,
    Member,
    Milestone,
    Project,
    ProjectAchievement,
    ProjectMatch,
    ProofOfConcept,
    Visit,
)
from grandunion.terms.projects import ProjectState
from grandunion.terms.readers import Reader
from grandunion.work.queries.base import one, visible

WHOLE = (
    "owner", "company", "area", "field", "industry", "university", "host_partner", "in_charge"
)  # fmt: skip


def visible_to(reader: Reader) -> QuerySet[Project]:
    """The projects the reader may see now."""
    return visible(Project, reader)


def get(number: str, reader: Reader) -> Project:
    """The project of this number; Absent if there is none or it is not for the reader."""
    return one(visible_to(reader).select_related(*WHOLE), number=number)


def carried(project: Project, reader: Reader) -> QuerySet[Achievement]:
    """The achievements the project carries, as far as the reader may see them."""
    return visible(Achievement, reader).filter(pk__in=achievement_links([project.pk]).values("achievement"))


def paired(project: Project, reader: Reader) -> QuerySet[Match]:
    """The matches that belong to the project, as far as the reader may see them."""
    return visible(Match, reader).filter(pk__in=match_links([project.pk]).values("match"))


def achievement_links(ids: list[int]) -> QuerySet[ProjectAchievement]:
    """Which achievements some opened projects carry."""
    return ProjectAchievement.objects.unscoped("links of projects the reader has opened").filter(project__in=ids)


def match_links(ids: list[int]) -> QuerySet[ProjectMatch]:
    """Which matches belong to some opened projects."""
    return ProjectMatch.objects.unscoped("links of projects the reader has opened").filter(project__in=ids)


def members(ids: list[int]) -> QuerySet[Member]:
    """The teams of some opened projects, in the order they joined."""
    rows = Member.objects.unscoped("team of a project the reader has opened").filter(project__in=ids)
    return rows.select_related("person").order_by("pk")


def milestones(ids: list[int]) -> QuerySet[Milestone]:
    """The milestones of some opened projects, the next one first."""
    rows = Milestone.objects.unscoped("milestones of a project the reader has opened").filter(project__in=ids)
    return rows.select_related("contract").order_by("due_on", "pk")


def proofs(ids: list[int]) -> QuerySet[ProofOfConcept]:
    """The proofs of concept of some opened projects, the latest first."""
    rows = ProofOfConcept.objects.unscoped("proofs of a project the reader has opened").filter(project__in=ids)
    return rows.select_related("centre").order_by("-starts_on", "-pk")


def contracts(ids: list[int]) -> QuerySet[Contract]:
    """The technology contracts of some opened projects, the latest first."""
    rows = Contract.objects.unscoped("contracts of a project the reader has opened").filter(project__in=ids)
    return rows.select_related("seller", "buyer").order_by("-pk")


def interactions(ids: list[int]) -> QuerySet[Interaction]:
    """The calls, visits and messages of some opened projects, the latest first."""
    rows = Interaction.objects.unscoped("interactions of a project the reader has opened").filter(project__in=ids)
    return rows.select_related("noted_by").order_by("-on", "-pk")


def visits(ids: list[int]) -> QuerySet[Visit]:
    """The follow-up visits of some opened projects, in the order they fall due."""
    rows = Visit.objects.unscoped("visits of a project the reader has opened").filter(project__in=ids)
    return rows.select_related("visited_by").order_by("due_on", "pk")


def contract(project: Project, number: str) -> Contract:
    """The contract of this number in a project the reader has opened; Absent if it is not there."""
    return one(contracts([project.pk]), number=number)


def is_match_taken(match: Match) -> bool:
    """Whether the match belongs to a project already, whoever may see that one."""
    return ProjectMatch.objects.unscoped("a match belongs to one project in all").filter(match=match).exists()


def active_of(achievement: Achievement) -> int:
    """How many projects that are neither lost nor over carry the achievement, whoever may see them."""
    links = ProjectAchievement.objects.unscoped("an achievement is free when no open project is left").filter(
        achievement=achievement
    )
    return links.exclude(project__state__in=[ProjectState.LOST, ProjectState.FAILED, ProjectState.EXITED]).count()


def day_of(at: datetime) -> date:
    """The hub's day at a moment."""
    return timezone.localtime(at).date()


def child(rows: QuerySet, pk: int) -> object:
    """One row out of a project's rows; Absent if it belongs to another project."""
    return one(rows, pk=pk)
