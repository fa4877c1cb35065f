"""What trials and reviews come to: evidence against thresholds, points into a ranking."""

from grandunion.engines.trials.evidence import Found, Reading, Wanted, findings, is_passed
from grandunion.engines.trials.ranking import Entrant, Points, Ranked, ranking
from grandunion.engines.trials.writing import Line, Part, as_line, indicators, instalments, plain

__all__ = [
    "Entrant",
    "Found",
    "Line",
    "Part",
    "Points",
    "Ranked",
    "Reading",
    "Wanted",
    "as_line",
    "findings",
    "indicators",
    "instalments",
    "is_passed",
    "plain",
    "ranking",
]
