"""The projects a reader may see, and the rows that belong to one."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match
from grandunion.records.parties import Membership, Person, User
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
from grandunion.terms.roles import Role
from grandunion.work.queries import journal
from grandunion.work.queries.base import along, one, opened, visible
from grandunion.work.queries.base.kept import seen

OPEN_VERB = "project.opened_confidential"
TITLES = ("title_zh", "title_en")
NAMED, BY = ("number", "name_zh", "name_en"), ("name_zh", "name_en", "email")
WHOLE = (
    "owner", "company", "area", "field", "industry", "university", "host_partner", "in_charge"
)  # fmt: skip


def visible_to(reader: Reader) -> QuerySet[Project]:
    """The projects the reader may see now."""
    return visible(Project, reader)


def get(number: str, reader: Reader) -> Project:
    """The project of this number; Absent if there is none or it is not for the reader."""
    return opened(Project, reader, *WHOLE, number=number)


def carried(project: Project, reader: Reader) -> list[Achievement]:
    """The achievements the project carries, as far as the reader may see them."""
    return seen(Achievement, _carried, project.pk, reader)


def _carried(rows: QuerySet[Achievement], ids: list[int]) -> QuerySet[Achievement]:
    return rows.filter(pk__in=achievement_links(ids).values("achievement")).order_by("pk")


def paired(project: Project, reader: Reader) -> list[Match]:
    """The matches that belong to the project, as far as the reader may see them."""
    return seen(Match, _paired, project.pk, reader)


def _paired(rows: QuerySet[Match], ids: list[int]) -> QuerySet[Match]:
    found = rows.filter(pk__in=match_links(ids).values("match"))
    return along(found, need=TITLES, opportunity=TITLES).order_by("pk")


def achievement_links(ids: list[int]) -> QuerySet[ProjectAchievement]:
    """Which achievements some opened projects carry."""
    return ProjectAchievement.objects.unscoped("links of projects the reader has opened").filter(project__in=ids)


def match_links(ids: list[int]) -> QuerySet[ProjectMatch]:
    """Which matches belong to some opened projects."""
    return ProjectMatch.objects.unscoped("links of projects the reader has opened").filter(project__in=ids)


def members(ids: list[int]) -> QuerySet[Member]:
    """The teams of some opened projects, in the order they joined."""
    rows = Member.objects.unscoped("team of a project the reader has opened").filter(project__in=ids)
    return along(rows, person=NAMED).order_by("pk")


def milestones(ids: list[int]) -> QuerySet[Milestone]:
    """The milestones of some opened projects, the next one first."""
    rows = Milestone.objects.unscoped("milestones of a project the reader has opened").filter(project__in=ids)
    return along(rows, contract=("number",)).order_by("due_on", "pk")


def proofs(ids: list[int]) -> QuerySet[ProofOfConcept]:
    """The proofs of concept of some opened projects, the latest first."""
    rows = ProofOfConcept.objects.unscoped("proofs of a project the reader has opened").filter(project__in=ids)
    return along(rows, centre=NAMED).order_by("-starts_on", "-pk")


def contracts(ids: list[int]) -> QuerySet[Contract]:
    """The technology contracts of some opened projects, the latest first."""
    rows = Contract.objects.unscoped("contracts of a project the reader has opened").filter(project__in=ids)
    return along(rows, seller=NAMED, buyer=NAMED).order_by("-pk")


def interactions(ids: list[int]) -> QuerySet[Interaction]:
    """The calls, visits and messages of some opened projects, the latest first."""
    rows = Interaction.objects.unscoped("interactions of a project the reader has opened").filter(project__in=ids)
    return along(rows, noted_by=BY).order_by("-on", "-pk")


def latest_interactions(ids: list[int]) -> QuerySet[Interaction]:
    """The latest of them, as many as a page shows."""
    return interactions(ids)[:20]


def visits(ids: list[int]) -> QuerySet[Visit]:
    """The follow-up visits of some opened projects, in the order they fall due."""
    rows = Visit.objects.unscoped("visits of a project the reader has opened").filter(project__in=ids)
    return along(rows, visited_by=BY).order_by("due_on", "pk")


def contract(project: Project, number: str) -> Contract:
    """The contract of this number in a project the reader has opened; Absent if it is not there."""
    return one(contracts([project.pk]), number=number)


def an_achievement(number: str, reader: Reader) -> Achievement:
    """An achievement the reader may see, by its number."""
    return opened(Achievement, reader, number=number.strip())


def a_match(number: str, reader: Reader) -> Match:
    """A match the reader may see, by its number."""
    return opened(Match, reader, number=number.strip())


def a_person(number: str, reader: Reader) -> Person:
    """A person the reader may see, by the number."""
    return opened(Person, reader, number=number.strip())


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


def opened_today(project: Project, reader: Reader) -> bool:
    """Whether the reader has opened the confidential part on this day of the hub; that opening is journaled."""
    midnight = timezone.localtime(reader.at).replace(hour=0, minute=0, second=0, microsecond=0)
    return reader.user_id is not None and journal.has_done(project, OPEN_VERB, reader.user_id, since=midnight)


def officers(reader: Reader) -> QuerySet[User]:
    """The people who may be put in charge of a project."""
    on = timezone.localtime(reader.at).date()
    serving = Membership.objects.unscoped("who serves the hub as an officer is known to its staff").filter(
        Q(ends_on=None) | Q(ends_on__gt=on), role=Role.OFFICER, organisation=None, starts_on__lte=on
    )
    return User.objects.filter(pk__in=serving.values("user"), is_active=True).order_by("name_zh", "name_en", "pk")


def child(rows: QuerySet, pk: int) -> object:
    """One row out of a project's rows; Absent if it belongs to another project."""
    return one(rows, pk=pk)
