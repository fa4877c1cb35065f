"""Moving a project through its five phases, to the side and back, each move with what it brings."""

from datetime import datetime
from decimal import Decimal

from grandunion.engines.flows.projects import PHASES, PROJECT_FLOW
from grandunion.records.projects import Project
from grandunion.terms.projects import SIDE_STATES
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import invalid
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.projects.linking import carry_on, free
from grandunion.work.actions.projects.values import cleaned
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import projects


@atomic
def plain(
    project: Project,
    code: str,
    *,
    by: Reader,
    at: datetime,
    version: int | None = None,
    reason: str = "",
    **brought: object,
) -> Project:
    """Make a move that writes the project's row only; `brought` are the fields it fills."""
    columns = cleaned(Project, brought, MOVE_FIELDS, by)
    given = {FACT_OF.get(name, name): value for name, value in columns.items()}
    return make(project, code, given, by=by, at=at, version=version, reason=reason, **columns)


# What plain moves may bring, and the facts they become.
MOVE_FIELDS = frozenset({"route", "lost_reason", "lost_note", "first_funding"})
FACT_OF = {"lost_reason": "loss_reason"}


def make(
    project: Project,
    code: str,
    given: dict[str, object],
    *,
    by: Reader,
    at: datetime,
    version: int | None = None,
    reason: str = "",
    **columns: object,
) -> Project:
    """The move itself, for the verbs of this package: judged on the facts with `given`, kept with `columns`."""
    standing = permissions.standing(by, project, **given)
    target = PROJECT_FLOW.move(code).target_of(standing.facts)
    columns["phase"] = PHASES.get(target, project.phase)
    columns["state_before_hold"] = _came_from(project, target)
    if version is not None:
        columns["version"] = version
    changes = base.move(project, PROJECT_FLOW, code, standing, by=by, at=at, reason=reason, **columns)
    if reason:
        changes["reason"] = (None, reason)
    journal.note(f"project.{code}", project, by=by, at=at, changes=changes)
    return project


def _came_from(project: Project, target: str) -> str:
    """Where a resting project goes back to: kept while it rests, empty once it is on its way again."""
    if target not in SIDE_STATES:
        return ""
    return project.state_before_hold if project.state in SIDE_STATES else project.state


@atomic
def hold(project: Project, *, by: Reader, at: datetime, reason: str, version: int | None = None) -> Project:
    """Let the project rest; it comes back to where it stood."""
    return make(project, "hold", {}, by=by, at=at, reason=reason, version=version)


@atomic
def resume(project: Project, *, by: Reader, at: datetime, version: int | None = None) -> Project:
    """Take a resting project up where it stood."""
    return make(project, "resume", {}, by=by, at=at, version=version)


@atomic
def lose(
    project: Project, *, lost_reason: str, by: Reader, at: datetime, lost_note: str = "", version: int | None = None
) -> Project:
    """Record that the project is lost, with the reason that is counted."""
    if not lost_reason:
        raise invalid("lost_reason", "Choose why it was lost: the reasons are counted.", "请选择流失原因，以便统计。")
    plain(project, "lose", by=by, at=at, version=version, lost_reason=lost_reason, lost_note=lost_note)
    free(project, by=by, at=at)
    return project


@atomic
def record_funding(
    project: Project, *, first_funding: Decimal, by: Reader, at: datetime, version: int | None = None
) -> Project:
    """Record the first money the company received."""
    return plain(project, "record_funding", by=by, at=at, version=version, first_funding=first_funding)


@atomic
def win_back(project: Project, *, by: Reader, at: datetime, reason: str, version: int | None = None) -> Project:
    """Take a lost project up again; its reason of loss no longer counts."""
    make(project, "win_back", {}, by=by, at=at, reason=reason, version=version, lost_reason="", lost_note="")
    carry_on(list(projects.carried(project, by)), by=by, at=at)
    return project


def move_if_allowed(project: Project, code: str, *, by: Reader, at: datetime) -> bool:
    """Make a move that follows from another deed, where the table allows it to this person now."""
    standing = permissions.standing(by, project)
    if not PROJECT_FLOW.may_move(project.state, code, standing.facts, standing.parts):
        return False
    make(project, code, {}, by=by, at=at)
    return True
