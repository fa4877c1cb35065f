"""The thinking of the need desk: who may answer, and whose office is watched."""

from grandunion.engines.desk.routing import (
    Condition,
    Finding,
    NeedFacts,
    Routing,
    Rule,
    Ruling,
    by_itself,
    may_answer,
    routed,
    stage_of,
)
from grandunion.engines.desk.watching import Crossing, Figures, Threshold, judged

__all__ = [
    "Condition",
    "Crossing",
    "Figures",
    "Finding",
    "NeedFacts",
    "Routing",
    "Rule",
    "Ruling",
    "Threshold",
    "by_itself",
    "judged",
    "may_answer",
    "routed",
    "stage_of",
]
