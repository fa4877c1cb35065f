"""What the clock does to projects: it says when a next step or a follow-up visit has fallen due, once for each."""

from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from grandunion.engines.flows import PROJECT_FLOW
from grandunion.records.journal import Entry
from grandunion.records.projects import Project, Visit
from grandunion.terms.projects import ProjectState
from grandunion.terms.readers import Reader
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic

STEP, VISIT = "project.next_step_due", "project.visit_due"
RESTING = [state.code for state in PROJECT_FLOW.states if state.is_final] + [ProjectState.ON_HOLD, ProjectState.LOST]


def run_due(by: Reader, at: datetime, limit: int = 200) -> int:
    """Note what has fallen due and was not noted yet, the oldest first; answers how much that was.

    What the journal says since the day it fell due is not said again; a step that is put off falls due anew.
    """
    today = timezone.localtime(at).date()
    projects = Project.objects.unscoped("the clock looks at every project that is under way").exclude(state__in=RESTING)
    steps = _not_noted(projects.filter(next_step_on__lte=today), STEP, "pk", "next_step_on")
    visits = Visit.objects.unscoped("the clock looks at every visit that is to be made").filter(visited_on=None)
    visits = visits.filter(due_on__lte=today).exclude(project__state__in=RESTING).select_related("project")
    found = [(row.next_step_on, STEP, row) for row in steps.order_by("next_step_on", "pk")[:limit]]
    calls = _not_noted(visits, VISIT, "project", "due_on").order_by("due_on", "pk")[:limit]
    found += [(row.due_on, VISIT, row.project) for row in calls]
    done: set[tuple[str, int]] = set()
    for day, verb, project in sorted(found, key=lambda one: (one[0], one[2].pk))[:limit]:
        if (verb, project.pk) not in done:
            done.add((verb, project.pk))
            _note(verb, project, day, by=by, at=at)
    return len(done)


def _not_noted(rows: QuerySet, verb: str, project: str, day: str) -> QuerySet:
    """The rows of which the journal has said nothing since the day they fell due."""
    said = Entry.objects.filter(subject_kind=Project.kind, subject_id=OuterRef(project), verb=verb)
    return rows.exclude(Exists(said.filter(at__date__gte=OuterRef(day))))


@atomic
def _note(verb: str, project: Project, day: object, *, by: Reader, at: datetime) -> None:
    journal.note(verb, project, by=by, at=at, changes={"due_on": (None, day)})
