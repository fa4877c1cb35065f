"""What is mine today: everything on a person's first page, by what the person is to the hub."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.work.queries import plans
from grandunion.work.queries.upkeep.home.members import enterprise, inventor, member, university
from grandunion.work.queries.upkeep.home.pieces import Card, Face, Line, today
from grandunion.work.queries.upkeep.home.reporting import reporting, reviewing, signing
from grandunion.work.queries.upkeep.home.staff import administrator, officer, planner

__all__ = ["Card", "Face", "Home", "Line", "home"]

COMPANIES = frozenset({Role.ENTERPRISE, Role.INVESTOR, Role.PARTNER, Role.STUDENT})
# In this order on the page of somebody who is several things.
CARDS: tuple[tuple[frozenset[Role], Callable[[Reader], Iterable[Card]]], ...] = (
    (frozenset({Role.OFFICER}), officer),
    (frozenset({Role.INVENTOR, Role.STUDENT}), inventor),
    (frozenset({Role.UNIVERSITY}), university),
    (COMPANIES, enterprise),
    (frozenset({Role.PLANNER}), planner),
    (frozenset({Role.ENTERPRISE, Role.PARTNER, Role.OFFICER}), reporting),
    (frozenset({Role.OFFICER, Role.PLANNER}), signing),
    (frozenset({Role.OFFICER, Role.PLANNER}), reviewing),
    (frozenset({Role.ADMINISTRATOR}), administrator),
    (COMPANIES, member),
)


@dataclass(frozen=True, slots=True)
class Home:
    """The first page: the cards, and for planners and bureaus the figures and what is in doubt."""

    cards: tuple[Card, ...]
    figures: tuple[plans.Line, ...]
    doubts: tuple[plans.Doubt, ...]


def home(reader: Reader) -> Home:
    """Everything that is the reader's today; no card twice."""
    cards = {card.face.code: card for roles, make in CARDS if reader.roles & roles for card in make(reader)}
    return Home(
        cards=tuple(cards.values()),
        figures=_figures(reader) if reader.has(Role.PLANNER, Role.BUREAU) else (),
        doubts=plans.doubts() if reader.has(Role.PLANNER) else (),
    )


def _figures(reader: Reader) -> tuple[plans.Line, ...]:
    """The counted figures, those with a target first."""
    lines = plans.overview(as_of=today(reader.at), reader=reader)
    return tuple(sorted((line for line in lines if line.figure.is_counted), key=lambda line: line.target is None))
