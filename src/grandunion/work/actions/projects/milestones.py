"""What keeps a project going between its moves: milestones, interactions, the next step and the risk."""

from datetime import date, datetime

from grandunion.records.parties import User
from grandunion.records.projects import Contract, Interaction, Milestone, Project
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, Refused, invalid, no, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic, change
from grandunion.work.actions.projects.values import cleaned
from grandunion.work.permissions import projects as permissions

INTERACTION = frozenset({"on", "interaction_kind", "who", "note"})
NEXT = frozenset({"next_step", "next_step_on"})


@atomic
def add_milestone(
    project: Project, name: str, *, due_on: date, by: Reader, at: datetime, contract: Contract | None = None
) -> Milestone:
    """Set something to be reached by a day; with a contract it is a delivery or payment owed under it."""
    require(permissions.may_record(by, project), Forbidden)
    given = cleaned(Milestone, {"name": name, "due_on": due_on}, {"name", "due_on"}, by)
    if not given["name"] or given["due_on"] is None:
        raise invalid("name", "Write what is to be reached and by when.", "请填写里程碑内容和完成期限。")
    milestone = Milestone.objects.create(project=project, contract=contract, **given)
    journal.note("project.milestone_added", project, by=by, at=at,
                 changes={"milestone": (None, milestone.name), "due_on": (None, milestone.due_on)})  # fmt: skip
    return milestone


@atomic
def finish_milestone(
    project: Project, milestone: Milestone, *, done_on: date, evidence: str, by: Reader, at: datetime
) -> Milestone:
    """Record that a milestone was reached, with what shows it."""
    require(permissions.may_record(by, project), Forbidden)
    if milestone.done_on is not None:
        raise Refused(no("This milestone is done already.", "该里程碑已完成。").reason)
    given = cleaned(Milestone, {"done_on": done_on, "evidence": evidence}, {"done_on", "evidence"}, by)
    if not given["evidence"] or given["done_on"] is None:
        raise invalid("evidence", "Write what shows that it was reached.", "请填写完成情况的证明材料。")
    _write(milestone, given)
    journal.note("project.milestone_reached", project, by=by, at=at,
                 changes={"milestone": (None, milestone.name), "evidence": (None, milestone.evidence)})  # fmt: skip
    return milestone


@atomic
def postpone_milestone(project: Project, milestone: Milestone, *, due_on: date, by: Reader, at: datetime) -> Milestone:
    """Give an open milestone another day; the journal keeps the first one."""
    require(permissions.may_record(by, project), Forbidden)
    if milestone.done_on is not None:
        raise Refused(no("This milestone is done already.", "该里程碑已完成。").reason)
    before = milestone.due_on
    _write(milestone, cleaned(Milestone, {"due_on": due_on}, {"due_on"}, by))
    journal.note("project.milestone_postponed", project, by=by, at=at,
                 changes={"milestone": (None, milestone.name), "due_on": (before, milestone.due_on)})  # fmt: skip
    return milestone


def _write(milestone: Milestone, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(milestone, name, value)
    milestone.save(update_fields=list(values))


@atomic
def note_interaction(
    project: Project,
    *,
    by: Reader,
    at: datetime,
    next_step: str = "",
    next_step_on: date | None = None,
    **facts: object,
) -> Interaction:
    """Write down a call, visit or message, and the next step it leaves.

    `facts`: on (day), interaction_kind, note, who. An empty next step leaves the present one standing.
    """
    require(permissions.may_record(by, project), Forbidden)
    given = cleaned(Interaction, facts, INTERACTION, by)
    for name in ("on", "interaction_kind", "note"):
        if not given.get(name):
            raise invalid(name, "Fill in the day, the kind and what was said.", "请填写日期、方式和内容。")
    noted_by = User.objects.filter(pk=by.user_id).first()
    interaction = Interaction.objects.create(project=project, noted_by=noted_by, **given)
    changes = {"interaction_kind": (None, interaction.interaction_kind), "note": (None, interaction.note)}
    if next_step or next_step_on:
        changes |= change(project, at=at, **cleaned(Project, _next(next_step, next_step_on), NEXT, by))
    journal.note("project.interaction", project, by=by, at=at, changes=changes)
    return interaction


@atomic
def plan_next(
    project: Project, *, next_step: str, next_step_on: date | None, by: Reader, at: datetime, version: int | None = None
) -> Project:
    """Say what comes next and by when; every open project has this."""
    require(permissions.may_record(by, project), Forbidden)
    values = cleaned(Project, _next(next_step, next_step_on), NEXT, by)
    if changes := change(project, at=at, version=version, **values):
        journal.note("project.next_step", project, by=by, at=at, changes=changes)
    return project


def _next(next_step: str, next_step_on: date | None) -> dict[str, object]:
    if not next_step or not next_step_on:
        raise invalid("next_step", "A next step has words and a day.", "下一步须同时填写事项和日期。")
    return {"next_step": next_step, "next_step_on": next_step_on}


@atomic
def set_risk(
    project: Project, *, risk_level: str, risk_reason: str, by: Reader, at: datetime, version: int | None = None
) -> Project:
    """Say how endangered the project is, and why."""
    require(permissions.may_record(by, project), Forbidden)
    given = {"risk_level": risk_level, "risk_reason": risk_reason}
    values = cleaned(Project, given, given.keys(), by)
    if values["risk_level"] not in ("", "low") and not values["risk_reason"]:
        raise invalid("risk_reason", "Write why it is endangered.", "请说明风险原因。")
    if changes := change(project, at=at, version=version, **values):
        journal.note("project.risk", project, by=by, at=at, changes=changes)
    return project
