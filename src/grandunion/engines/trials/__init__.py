"""What trials and reviews come to: evidence against thresholds, points into a ranking."""

from grandunion.engines.trials.evidence import Found, Reading, Wanted, findings, is_passed
from grandunion.engines.trials.ranking import Entrant, Points, Ranked, ranking

__all__ = [
    "Entrant",
    "Found",
    "Points",
    "Ranked",
    "Reading",
    "Wanted",
    "findings",
    "is_passed",
    "ranking",
]
