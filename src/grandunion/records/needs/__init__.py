"""Needs of enterprises and teams, who answers them, their clocks, and what many of them have in common."""

from grandunion.records.needs.assignments import Assignment, CallBack
from grandunion.records.needs.clocks import ClockRun, Question
from grandunion.records.needs.issues import Issue
from grandunion.records.needs.needs import PUBLISHED_STATES, Need
from grandunion.records.needs.notes import Macro, Note, Unsent

__all__ = [
    "PUBLISHED_STATES",
    "Assignment",
    "CallBack",
    "ClockRun",
    "Issue",
    "Macro",
    "Need",
    "Note",
    "Question",
    "Unsent",
]
