"""The board: the open projects by phase, with the facts their moves need, in few queries."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Count

from grandunion.engines.flows.projects import ENDS, PHASE_STATES
from grandunion.records.parties import Access
from grandunion.records.projects import Project
from grandunion.terms.projects import SIDE_STATES, Phase
from grandunion.terms.readers import Reader
from grandunion.work.queries.base import Question, access_of, listing
from grandunion.work.queries.projects.facts import facts_of
from grandunion.work.queries.projects.listing import LISTING, NEXT_STEP_FIRST

CARDS = 30  # shown in a column; the rest is in the table, one click away


@dataclass(frozen=True, slots=True)
class Board:
    """The cards of each phase, how many there are in all, and what their moves are judged by."""

    columns: tuple[tuple[Phase, int, tuple[Project, ...]], ...]
    facts: Mapping[int, Mapping[str, object]]
    access: Mapping[int, tuple[Access, ...]]


def board(reader: Reader, question: Question) -> Board:
    """The open projects a question leaves, those with the nearest next step first."""
    found = listing.asked(LISTING, reader, question).exclude(state__in=[*SIDE_STATES, *ENDS])
    if not reader.is_member:  # a card shows the next step, which is not for readers from outside
        found = found.none()
    counts = dict(found.order_by().values_list("phase").annotate(rows=Count("pk")))
    columns = tuple((phase, counts.get(phase, 0), _cards(found, phase, counts)) for phase in PHASE_STATES)
    shown = [project for _, _, cards in columns for project in cards]
    return Board(columns, facts_of(shown), _access(reader, shown))


def _cards(found: object, phase: Phase, counts: Mapping[str, int]) -> tuple[Project, ...]:
    if not counts.get(phase):
        return ()
    wanted = found.filter(phase=phase).select_related("owner", "company", "in_charge", "field")
    return tuple(wanted.order_by(*NEXT_STEP_FIRST)[:CARDS])


def _access(reader: Reader, projects: list[Project]) -> dict[int, tuple[Access, ...]]:
    rows: dict[int, tuple[Access, ...]] = {project.pk: () for project in projects}
    for row in access_of(reader).filter(subject_kind="project", subject_id__in=rows):
        rows[row.subject_id] += (row,)
    return rows
