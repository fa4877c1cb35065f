"""Reads matches: offers, candidates for a need and needs for an offer with reasons, contacts after consent, weights."""

from grandunion.work.queries.matches.bonds import Parties, bonds, parties_of
from grandunion.work.queries.matches.candidates import (
    Candidate,
    Candidates,
    candidates,
    market_between,
    offer,
    pair_score,
    shared_score,
)
from grandunion.work.queries.matches.demand import Demand, Demands, needs_for
from grandunion.work.queries.matches.kept import kept, kept_parts, kept_score
from grandunion.work.queries.matches.listing import LISTING, Waiting
from grandunion.work.queries.matches.offers import (
    OFFERS,
    get_offer,
    offer_facts,
    offers_now,
    offers_visible_to,
    open_introductions,
)
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
from grandunion.work.queries.matches.supply import ON_OFFER, Subject, kind_of, on_offer, title_of
from grandunion.work.queries.matches.weights import active, as_kept, edition, editions, plan_of

__all__ = [
    "LISTING",
    "OFFERS",
    "ON_OFFER",
    "Candidate",
    "Candidates",
    "Contact",
    "Demand",
    "Demands",
    "MatchPage",
    "Parties",
    "Reason",
    "Subject",
    "Waiting",
    "active",
    "as_kept",
    "bonds",
    "candidates",
    "contacts",
    "declined_counts",
    "edition",
    "editions",
    "existing",
    "facts",
    "get",
    "get_offer",
    "is_shared",
    "kept",
    "kept_parts",
    "kept_score",
    "kind_of",
    "market_between",
    "market_of",
    "meetings",
    "needs_for",
    "of_need",
    "offer",
    "offer_facts",
    "offers_now",
    "offers_visible_to",
    "on_offer",
    "open_introductions",
    "page",
    "pair_score",
    "parties_of",
    "plan_of",
    "reason",
    "shared_score",
    "title_of",
    "veiled",
    "visible_to",
]
