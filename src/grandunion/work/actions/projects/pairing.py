"""Tying a project to the matches it came from."""

from datetime import datetime

from grandunion.records.matches import Match
from grandunion.records.projects import Project, ProjectMatch
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.projects.moves import move_if_allowed
from grandunion.work.permissions import projects as permissions
from grandunion.work.queries import projects


@atomic
def link_match(project: Project, match: Match, *, by: Reader, at: datetime) -> ProjectMatch:
    """Count a match among those of the project; a match belongs to one project.

    A match that both sides have accepted is the introduction a project in matching waits for.
    """
    require(permissions.may_record(by, project), Forbidden)
    if projects.is_match_taken(match):
        raise invalid("match", "This match belongs to a project already.", "该撮合已归入其他项目。")
    link = ProjectMatch.objects.create(project=project, match=match)
    journal.note("project.match_linked", project, by=by, at=at, changes={"match": (None, match.number)})
    if match.needing_accepted_at and match.offering_accepted_at:
        move_if_allowed(project, "introduce", by=by, at=at)
    return link
