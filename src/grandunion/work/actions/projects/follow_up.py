"""After landing: visits that fall due by themselves, the figures they bring home, and the yearly check."""

from datetime import date, datetime

from grandunion.engines.flows.projects import PROJECT_FLOW
from grandunion.records.parties import User
from grandunion.records.projects import Project, Visit
from grandunion.terms.periods import months_after
from grandunion.terms.projects import ProjectState
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.projects.moves import make
from grandunion.work.actions.projects.values import cleaned
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import projects

FIGURES = frozenset({"staff_count", "revenue", "rd_spending"})
BEGIN = {
    ProjectState.MONTH_3: "begin_month_3",
    ProjectState.MONTH_6: "begin_month_6",
    ProjectState.MONTH_12: "begin_month_12",
    ProjectState.CHECK: "begin_check",
}


@atomic
def log_visit(project: Project, visit: Visit, *, visited_on: date, by: Reader, at: datetime, **facts: object) -> Visit:
    """Record a visit that was made and the figures it brought; the project moves on to this visit's period.

    `facts`: staff_count, revenue, rd_spending, note. After the twelve-month visit, and after each check, the next
    yearly check is put on the calendar.
    """
    require(permissions.may_record(by, project), Forbidden)
    given = cleaned(Visit, {**facts, "visited_on": visited_on}, FIGURES | {"note", "visited_on"}, by)
    if given["visited_on"] is None or given["visited_on"] > projects.day_of(at):
        raise invalid(
            "visited_on", "Write the day of the visit; it is not in the future.", "请填写走访日期，且不得晚于今天。"
        )
    _begin(project, visit, by, at)
    _write(visit, {**given, "visited_by": User.objects.filter(pk=by.user_id).first()})
    _schedule_check(project, visit)
    said = {name: (None, value) for name, value in given.items() if value not in (None, "")}
    journal.note("project.visited", project, by=by, at=at, changes={"visit": (None, visit.label), **said})
    return visit


def _begin(project: Project, visit: Visit, by: Reader, at: datetime) -> None:
    """A visit of the next period ends the present one, if the table leads there from here."""
    code = BEGIN[ProjectState(visit.label)]
    if project.state in PROJECT_FLOW.move(code).sources:
        make(project, code, {}, by=by, at=at)


def _schedule_check(project: Project, visit: Visit) -> None:
    if visit.label not in (ProjectState.MONTH_12, ProjectState.CHECK):
        return
    waiting = projects.visits([project.pk]).filter(label=ProjectState.CHECK, visited_on=None).exclude(pk=visit.pk)
    if not waiting.exists():
        Visit.objects.create(project=project, label=ProjectState.CHECK, due_on=months_after(visit.due_on, 12))


@atomic
def hand_in_figures(project: Project, visit: Visit, *, by: Reader, at: datetime, **figures: object) -> Visit:
    """Take in the company's figures of a period: staff_count, revenue, rd_spending."""
    require(permissions.may_report(by, project), Forbidden)
    given = {k: v for k, v in cleaned(Visit, figures, FIGURES, by).items() if v is not None}
    if not given:
        raise invalid("staff_count", "Fill in at least one figure.", "请至少填写一项数据。")
    before = {name: getattr(visit, name) for name in given}
    _write(visit, given)
    changes = {"visit": (None, visit.label)} | {name: (before[name], given[name]) for name in given}
    journal.note("project.figures", project, by=by, at=at, changes=changes)
    return visit


def _write(visit: Visit, values: dict[str, object]) -> None:
    for name, value in values.items():
        setattr(visit, name, value)
    visit.save(update_fields=list(values))
