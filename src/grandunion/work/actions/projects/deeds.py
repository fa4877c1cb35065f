"""One way in for every move of a project: by its code, to the verb that makes it."""

from collections.abc import Callable, Mapping
from datetime import datetime

from grandunion.engines.flows.projects import PROJECT_FLOW
from grandunion.records.projects import Project
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Absent
from grandunion.work.actions.projects.landing import assign_space, land, register_company
from grandunion.work.actions.projects.moves import lose, plain, win_back
from grandunion.work.actions.projects.proofs import begin_poc, end_poc

# Moves that do more than move; all others are plain.
OWN_VERBS: Mapping[str, Callable[..., object]] = {
    "begin_poc": begin_poc,
    "end_poc": end_poc,
    "register_company": register_company,
    "assign_space": assign_space,
    "land": land,
    "lose": lose,
    "win_back": win_back,
}
CODES = frozenset(move.code for move in PROJECT_FLOW.moves)


def move(
    project: Project, code: str, *, by: Reader, at: datetime, version: int | None = None, **brought: object
) -> Project:
    """Make the move of this code with what its form brought; Absent if the flow has no such move.

    What each brings: see the verb of the same name; plain ones bring `reason`, `route` or `first_funding`.
    """
    if code not in CODES:
        raise Absent
    verb = OWN_VERBS.get(code)
    if verb is None:
        return plain(project, code, by=by, at=at, version=version, **brought)
    verb(project, by=by, at=at, version=version, **brought)
    return project
