"""Assigns whole rounds: who meets whom, when, under loads and constraints; fairly; repaired with few changes."""

from grandunion.engines.matching.rounds.assigning import assign
from grandunion.engines.matching.rounds.pieces import (
    FORBIDDEN,
    FORCED,
    OPEN,
    Aim,
    Alternate,
    Alternates,
    Assigned,
    Change,
    ChangeKind,
    FairTo,
    Meeting,
    Member,
    Pair,
    Repaired,
    RoundPlan,
    Slot,
    Unplaced,
)

__all__ = [
    "FORBIDDEN",
    "FORCED",
    "OPEN",
    "Aim",
    "Alternate",
    "Alternates",
    "Assigned",
    "Change",
    "ChangeKind",
    "FairTo",
    "Meeting",
    "Member",
    "Pair",
    "Repaired",
    "RoundPlan",
    "Slot",
    "Unplaced",
    "assign",
]
