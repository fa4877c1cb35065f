"""Who may do what to matches, offers, weights, ties and rounds."""

from grandunion.work.permissions.matches.offers import (
    is_second_person,
    may_create_offer,
    may_edit_offer,
    may_find_needs,
    may_offer_for,
    may_open_offer,
    moves_of_offer,
    offer_standing,
)
from grandunion.work.permissions.matches.pairs import (
    DESK,
    MATCH_FLOW,
    SIDE_PARTS,
    may_accept,
    may_meet,
    may_search,
    may_suggest,
    offers,
    open_sides,
    parts_of,
    second_consent,
    standing,
)
from grandunion.work.permissions.matches.reviewers import may_be_reviewer, may_still_review
from grandunion.work.permissions.matches.rounds import (
    may_plan_round,
    may_read_all_meetings,
    may_run_round,
    moves_of_round,
    round_standing,
)
from grandunion.work.permissions.matches.scenes import can_be_invited, may_find_fitting, may_invite, may_take_up
from grandunion.work.permissions.matches.ties import is_own_side, may_opt_out, may_read_ties, may_settle_tie, may_tie
from grandunion.work.permissions.matches.weights import may_read_weights, may_weigh

__all__ = [
    "DESK",
    "MATCH_FLOW",
    "SIDE_PARTS",
    "can_be_invited",
    "is_own_side",
    "is_second_person",
    "may_accept",
    "may_be_reviewer",
    "may_create_offer",
    "may_edit_offer",
    "may_find_fitting",
    "may_find_needs",
    "may_invite",
    "may_meet",
    "may_offer_for",
    "may_open_offer",
    "may_opt_out",
    "may_plan_round",
    "may_read_all_meetings",
    "may_read_ties",
    "may_read_weights",
    "may_run_round",
    "may_search",
    "may_settle_tie",
    "may_still_review",
    "may_suggest",
    "may_take_up",
    "may_tie",
    "may_weigh",
    "moves_of_offer",
    "moves_of_round",
    "offer_standing",
    "offers",
    "open_sides",
    "parts_of",
    "round_standing",
    "second_consent",
    "standing",
]
