"""What a first page is made of: cards with a face and lines, and how a record becomes a line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from grandunion.engines.flows import NEED_FLOW
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import MatchState
from grandunion.terms.needs import Category
from grandunion.terms.projects import ProjectState
from grandunion.terms.text import Text
from grandunion.work.queries.base.posed import Passing

SHOWN = 5
MOST = 1000  # counting stops here


@dataclass(frozen=True, slots=True)
class Line:
    """One record on a card."""

    section: str
    number: str
    title: Text
    state: Text | None = None
    detail: Text | None = None
    is_overdue: bool = False
    code: str = ""  # of the state
    deed: str = ""  # what stands after the record's address, where the line leads to a deed


@dataclass(frozen=True, slots=True)
class Face:
    """What a card is: its name, where all of it is (below the workspace), what to say when it is empty.

    `is_duty` marks what the reader is to do; the rest is good to know.
    """

    code: str
    title: Text
    icon: str
    more: str
    empty: Text
    is_duty: bool = True


@dataclass(frozen=True, slots=True)
class Card:
    """A face with its first lines and how many there are in all."""

    face: Face
    lines: tuple[Line, ...]
    total: int


def card(face: Face, rows: QuerySet, line: Callable[[object], Line]) -> Card:
    """The card of the first rows; only a full one asks how many there are."""
    asked = Passing(rows)
    found = asked.first(SHOWN + 1)
    total = len(found) if len(found) <= SHOWN else asked.number(MOST)
    return Card(face, tuple(line(row) for row in found[:SHOWN]), total)


def achievement(row: object) -> Line:
    """An achievement with its state and its owner."""
    state, owner = AchievementState(row.state), row.owner and row.owner.name
    return Line("achievements", row.number, row.title, state.text, owner, code=state)


def project(row: object) -> Line:
    """A project with its state and its next step."""
    step = Text(row.next_step, row.next_step) if row.next_step else None
    return Line("projects", row.number, row.title, ProjectState(row.state).text, step, code=row.state)


def open_need(row: object) -> Line:
    """A need as members see it: its public state and what it is about."""
    state, about = NEED_FLOW.state(row.state).public_name, Category(row.category).text
    return Line("needs", row.number, row.title, state, about, code=row.state)


def match(row: object) -> Line:
    """A match by the need, or the scenario, it is for."""
    return Line("matches", row.number, row.asking.title, MatchState(row.state).text, code=row.state)


def today(at: datetime) -> date:
    """The day it is in the hub."""
    return timezone.localtime(at).date()


def on(day: date) -> Text:
    """A day, as both languages read it."""
    return Text(day.isoformat(), day.isoformat())
