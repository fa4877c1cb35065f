"""Everything that can be done to matches, offers, weights and ties: suggest, consent, introduce, learn, keep apart."""

from grandunion.work.actions.matches.consent import accept, decline, introduce, view
from grandunion.work.actions.matches.offers import (
    create_offer,
    edit_offer,
    pause_offer,
    publish_offer,
    reopen_offer,
    withdraw_offer,
)
from grandunion.work.actions.matches.outcome import fail, meet, negotiate, revive, succeed
from grandunion.work.actions.matches.pairing import ask_for, propose, send, suggest
from grandunion.work.actions.matches.ties import declare_tie, end_tie, opt_in, opt_out, settle_tie
from grandunion.work.actions.matches.weighing import activate_weights, keep_weights, revert_weights, set_weights

__all__ = [
    "accept",
    "activate_weights",
    "ask_for",
    "create_offer",
    "declare_tie",
    "decline",
    "edit_offer",
    "end_tie",
    "fail",
    "introduce",
    "keep_weights",
    "meet",
    "negotiate",
    "opt_in",
    "opt_out",
    "pause_offer",
    "propose",
    "publish_offer",
    "reopen_offer",
    "revert_weights",
    "revive",
    "send",
    "set_weights",
    "settle_tie",
    "succeed",
    "suggest",
    "view",
    "withdraw_offer",
]
