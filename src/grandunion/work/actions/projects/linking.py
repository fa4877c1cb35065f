"""Tying a project to the achievements it carries and to the people of its team."""

from datetime import datetime

from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.parties import Person, User
from grandunion.records.projects import Member, Project, ProjectAchievement
from grandunion.terms.achievements import AchievementState
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import achievements, journal
from grandunion.work.actions.base import atomic, change
from grandunion.work.actions.parties import let_in, shut_out
from grandunion.work.actions.projects.values import cleaned
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import projects

MEMBER = frozenset({"role", "is_full_time", "share_percent"})
FINISHED = frozenset({AchievementState.WITHDRAWN, AchievementState.ARCHIVED})


@atomic
def link_achievement(project: Project, achievement: Achievement, *, by: Reader, at: datetime) -> ProjectAchievement:
    """Let the project carry an achievement; its owner and inventors may open the project from now on.

    An achievement that is free to be used moves on with it; one that is still being evaluated follows later.
    """
    require(permissions.may_record(by, project), Forbidden)
    if achievement.state in FINISHED:
        raise invalid(
            "achievement",
            "This achievement was withdrawn or archived: choose another.",
            "该成果已撤回或归档，请选择其他成果。",
        )
    if projects.achievement_links([project.pk]).filter(achievement=achievement).exists():
        raise invalid("achievement", "The project carries this achievement already.", "该项目已关联此成果。")
    link = ProjectAchievement.objects.create(project=project, achievement=achievement)
    _share_with_origin(project, achievement, by, at)
    if project.university_id is None and achievement.owner_id is not None:
        change(project, at=at, university=achievement.owner, trl_now=project.trl_now or achievement.trl)
    carry_on([achievement], by=by, at=at)
    journal.note("project.achievement_linked", project, by=by, at=at,
                 changes={"achievement": (None, achievement.number)})  # fmt: skip
    return link


def _share_with_origin(project: Project, achievement: Achievement, by: Reader, at: datetime) -> None:
    """Owner and inventors see where their achievement went (class S1), not what was agreed about it."""
    reason = f"{achievement.number}"
    if achievement.owner is not None:
        let_in(project, achievement.owner, Part.OFFERING, by=by, at=at, reason=reason)
    inventors = Inventor.objects.unscoped("inventors of an achievement the action links").filter(
        achievement=achievement
    )
    for user in User.objects.filter(person__in=inventors.values("person")).order_by("pk"):
        let_in(project, user, Part.OFFERING, by=by, at=at, reason=reason)


def carry_on(carried: list[Achievement], *, by: Reader, at: datetime) -> None:
    """Let those achievements that are free for use enter the project in their own flow too."""
    for achievement in carried:
        if achievement.state == AchievementState.DISPOSABLE:
            achievements.link_to_project(achievement, by=by, at=at)


def free(project: Project, *, by: Reader, at: datetime) -> None:
    """Let the achievements of a lost project be free again, unless another open project carries them."""
    for achievement in projects.carried(project, by):
        if achievement.state == AchievementState.LINKED_TO_PROJECT:
            active = projects.active_of(achievement)
            if not active:
                achievements.unlink_from_project(achievement, by=by, at=at, active_projects=active)


def complete(carried: list[Achievement], *, by: Reader, at: datetime) -> None:
    """Let the achievements of a landed project be transformed in their own flow, where it has come so far."""
    carry_on(carried, by=by, at=at)
    for achievement in carried:
        if achievement.state == AchievementState.LINKED_TO_PROJECT:
            achievements.transform(achievement, by=by, at=at)


@atomic
def add_member(project: Project, person: Person, *, by: Reader, at: datetime, **facts: object) -> Member:
    """Add a person to the team; if the person has an account, it opens the project.

    `facts`: role, is_full_time, share_percent.
    """
    require(permissions.may_record(by, project), Forbidden)
    given = cleaned(Member, facts, MEMBER, by)
    if projects.members([project.pk]).filter(person=person).exists():
        raise invalid("person", "This person is in the team already.", "此人已在团队中。")
    if given.get("share_percent") is not None and given["share_percent"] > 100:
        raise invalid("share_percent", "A share is at most 100 percent.", "持股比例不能超过 100%。")
    given["role"] = given.get("role") or ""
    member = Member.objects.create(project=project, person=person, **given)
    user = User.objects.filter(person=person).first()
    if user is not None:
        let_in(project, user, Part.OWNER, by=by, at=at, reason=person.number, secrecy=Secrecy.S3)
    journal.note("project.member_added", project, by=by, at=at, changes={"member": (None, person.number)})
    return member


@atomic
def remove_member(project: Project, member: Member, *, by: Reader, at: datetime) -> None:
    """Take a person out of the team, and out of the project's readers."""
    require(permissions.may_record(by, project), Forbidden)
    user = User.objects.filter(person=member.person_id).first()
    if user is not None:
        shut_out(project, Part.OWNER, by=by, at=at, user=user)
    journal.note("project.member_removed", project, by=by, at=at, changes={"member": (member.person.number, None)})
    projects.child(projects.members([project.pk]), member.pk).delete()
