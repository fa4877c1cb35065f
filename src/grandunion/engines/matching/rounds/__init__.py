"""Assigns whole rounds: who meets whom, when, under loads and constraints; fairly; repaired with few changes."""

from grandunion.engines.matching.rounds.alternating import alternates
from grandunion.engines.matching.rounds.assigning import assign
from grandunion.engines.matching.rounds.changing import (
    not_free_in,
    refused,
    set_down,
    with_tables,
    without,
    without_slot,
)
from grandunion.engines.matching.rounds.pieces import (
    FORBIDDEN,
    FORCED,
    OPEN,
    Alternate,
    Alternates,
    Assigned,
    Change,
    ChangeKind,
    Meeting,
    Member,
    Pair,
    Repaired,
    RoundPlan,
    Slot,
    Unplaced,
)
from grandunion.engines.matching.rounds.repairing import repair
from grandunion.engines.matching.rounds.timetable import Day, Doing, Line, Seating, Sitting, days, sittings

__all__ = [
    "FORBIDDEN",
    "FORCED",
    "OPEN",
    "Alternate",
    "Alternates",
    "Assigned",
    "Change",
    "ChangeKind",
    "Day",
    "Doing",
    "Line",
    "Meeting",
    "Member",
    "Pair",
    "Repaired",
    "RoundPlan",
    "Seating",
    "Sitting",
    "Slot",
    "Unplaced",
    "alternates",
    "assign",
    "days",
    "not_free_in",
    "refused",
    "repair",
    "set_down",
    "sittings",
    "with_tables",
    "without",
    "without_slot",
]
