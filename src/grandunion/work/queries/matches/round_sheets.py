"""What the doors need of a round beyond its record: its files read and written, and the engine's answers to plans."""

from grandunion.adapters.tables import open_table
from grandunion.adapters.tables.books import harmless_cell, read_book, write_book
from grandunion.engines.matching.rounds import (
    ChangeKind,
    Meeting,
    Repaired,
    RoundPlan,
    assign,
    sittings,
)
from grandunion.engines.matching.rounds.exchange import plan_of

__all__ = [
    "ChangeKind",
    "Meeting",
    "Repaired",
    "RoundPlan",
    "assign",
    "harmless_cell",
    "open_table",
    "plan_of",
    "read_book",
    "sittings",
    "write_book",
]
