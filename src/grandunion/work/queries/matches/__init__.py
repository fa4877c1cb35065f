"""Reads matches: who may see which, candidates for a need with reasons, contacts after consent, list and page."""

from grandunion.work.queries.matches.candidates import (
    ON_OFFER,
    Candidate,
    Candidates,
    candidates,
    kept,
    kept_score,
    on_offer,
    shared_score,
)
from grandunion.work.queries.matches.rows import (
    declined_counts,
    existing,
    facts,
    get,
    is_shared,
    market_of,
    meetings,
    of_need,
    visible_to,
)

__all__ = [
    "ON_OFFER",
    "Candidate",
    "Candidates",
    "candidates",
    "declined_counts",
    "existing",
    "facts",
    "get",
    "is_shared",
    "kept",
    "kept_score",
    "market_of",
    "meetings",
    "of_need",
    "on_offer",
    "shared_score",
    "visible_to",
]
