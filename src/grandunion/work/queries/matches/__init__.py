"""Reads matches: who may see which, candidates for a need with reasons, contacts after consent, list and page."""

from grandunion.work.queries.matches.candidates import (
    ON_OFFER,
    Candidate,
    Candidates,
    candidates,
    kept,
    kept_score,
    offer,
    on_offer,
    shared_score,
)
from grandunion.work.queries.matches.listing import LISTING, Waiting
from grandunion.work.queries.matches.page import Contact, MatchPage, Reason, contacts, page, reason, veiled
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
    "LISTING",
    "ON_OFFER",
    "Candidate",
    "Candidates",
    "Contact",
    "MatchPage",
    "Reason",
    "Waiting",
    "candidates",
    "contacts",
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
    "offer",
    "on_offer",
    "page",
    "reason",
    "shared_score",
    "veiled",
    "visible_to",
]
