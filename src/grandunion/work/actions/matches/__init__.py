"""Everything that can be done to matches, offers, weights and ties: suggest, consent, introduce, learn, keep apart."""

from grandunion.work.actions.matches.consent import accept, decline, introduce, view
from grandunion.work.actions.matches.dismissing import dismiss
from grandunion.work.actions.matches.inviting import invite, take_up
from grandunion.work.actions.matches.looking import look_at_new
from grandunion.work.actions.matches.offers import (
    create_offer,
    edit_offer,
    open_offer,
    pause_offer,
    publish_offer,
    reopen_offer,
    withdraw_offer,
)
from grandunion.work.actions.matches.opting import choose_markets
from grandunion.work.actions.matches.outcome import fail, meet, negotiate, revive, succeed
from grandunion.work.actions.matches.pairing import ask_for, offer_to, propose, send, suggest
from grandunion.work.actions.matches.reviewers import ask_reviewer, declare, score
from grandunion.work.actions.matches.round_changes import accept_change, cancel_participant, repair_round
from grandunion.work.actions.matches.round_files import import_round
from grandunion.work.actions.matches.round_meetings import Said, record_meeting
from grandunion.work.actions.matches.round_pairs import compute_pairs, rule_pair
from grandunion.work.actions.matches.round_seats import (
    add_all,
    add_numbers,
    add_participant,
    change_seat,
    remove_participant,
)
from grandunion.work.actions.matches.rounds import (
    assign_round,
    cancel_round,
    create_round,
    edit_round,
    finish_round,
    publish_round,
    reopen_round,
)
from grandunion.work.actions.matches.tie_files import import_ties
from grandunion.work.actions.matches.ties import (
    answer_question,
    declare_tie,
    end_tie,
    settle_tie,
)
from grandunion.work.actions.matches.weighing import (
    activate_weights,
    keep_weights,
    propose_learned,
    revert_weights,
    set_weights,
)

__all__ = [
    "Said",
    "accept",
    "accept_change",
    "activate_weights",
    "add_all",
    "add_numbers",
    "add_participant",
    "answer_question",
    "ask_for",
    "ask_reviewer",
    "assign_round",
    "cancel_participant",
    "cancel_round",
    "change_seat",
    "choose_markets",
    "compute_pairs",
    "create_offer",
    "create_round",
    "declare",
    "declare_tie",
    "decline",
    "dismiss",
    "edit_offer",
    "edit_round",
    "end_tie",
    "fail",
    "finish_round",
    "import_round",
    "import_ties",
    "introduce",
    "invite",
    "keep_weights",
    "look_at_new",
    "meet",
    "negotiate",
    "offer_to",
    "open_offer",
    "pause_offer",
    "propose",
    "propose_learned",
    "publish_offer",
    "publish_round",
    "record_meeting",
    "remove_participant",
    "reopen_offer",
    "reopen_round",
    "repair_round",
    "revert_weights",
    "revive",
    "rule_pair",
    "score",
    "send",
    "set_weights",
    "settle_tie",
    "succeed",
    "suggest",
    "take_up",
    "view",
    "withdraw_offer",
]
