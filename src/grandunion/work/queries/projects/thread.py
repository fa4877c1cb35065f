"""The thread: one time line over a project, the achievements it carries and the matches it came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from grandunion.engines.flows.contracts import CONTRACT_FLOW, PERFORMANCE_FLOW
from grandunion.engines.flows.projects import PHASES, PROJECT_FLOW
from grandunion.records.achievements import Achievement
from grandunion.records.journal import Step
from grandunion.records.matches import Match
from grandunion.records.projects import Project
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import MatchState
from grandunion.terms.projects import Phase
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import journal
from grandunion.work.queries.base import kept
from grandunion.work.queries.projects import rows

LONGEST = 80
# What a journal line of a move says, taken from the tables themselves.
MOVES: dict[str, Text] = {
    **{f"project.{move.code}": move.label for move in PROJECT_FLOW.moves},
    **{f"project.contract_{move.code}": move.label for move in (*CONTRACT_FLOW.moves, *PERFORMANCE_FLOW.moves)},
}
STATES: dict[str, type[Word]] = {"achievement": AchievementState, "match": MatchState}


def move_label(code: str) -> Text:
    """What a move of the project is called; Absent if there is none of this code."""
    return _label(f"project.{code}")


def contract_move_label(code: str) -> Text:
    """What a move of a contract is called; Absent if there is none of this code."""
    return _label(f"project.contract_{code}")


def _label(verb: str) -> Text:
    if verb not in MOVES:
        raise Absent
    return MOVES[verb]


def phase_of(state: str) -> Phase | None:
    """The phase a state belongs to; none for the side states and for a move whose target is not fixed."""
    return PHASES.get(state)


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing on the thread: a deed on the project itself (`line`), or a step of a record it carries."""

    at: datetime
    who: Text | str
    kind: str  # project | achievement | match
    number: str
    line: journal.Line | None = None
    state: Text | None = None


def of(
    project: Project, achievements: Iterable[Achievement], matches: Iterable[Match], depth: Secrecy
) -> tuple[Happened, ...]:
    """What happened, newest first, of the project and of the carried records that were handed in.

    The caller hands in only what the reader may see; a step says no more than its state.
    """
    own = [
        Happened(line.at, line.called, "project", project.number, line)
        for line in journal.timeline(project, depth, LONGEST)
    ]
    carried = [("achievement", row) for row in achievements] + [("match", row) for row in matches]
    return tuple(sorted([*own, *_steps(project, carried)], key=lambda one: one.at, reverse=True)[:LONGEST])


def _steps(project: Project, carried: list[tuple[str, Achievement | Match]]) -> list[Happened]:
    if not carried:
        return []
    numbers = {(kind, row.pk): row.number for kind, row in carried}
    return [
        Happened(at, "", flow, numbers[flow, pk], state=_name(flow, target))
        for at, flow, pk, target in kept.of(_passages, [project.pk])
        if (flow, pk) in numbers
    ]


def _passages(ids: list[int]) -> QuerySet:
    """The steps of all that some projects carry; whose a reader may see is for whoever asks."""
    achievements = Q(flow="achievement", subject_id__in=rows.achievement_links(ids).values("achievement"))
    matches = Q(flow="match", subject_id__in=rows.match_links(ids).values("match"))
    steps = Step.objects.filter(achievements | matches).order_by("-at", "-pk")
    return steps.values_list("at", "flow", "subject_id", "target")


def _name(flow: str, state: str) -> Text:
    return STATES[flow](state).text if STATES[flow].has(state) else Text(state, state)
