"""Everything that can be done to a match: suggest, send, consent, introduce, meet, and what came of it."""

from grandunion.work.actions.matches.consent import accept, decline, introduce, view
from grandunion.work.actions.matches.outcome import fail, meet, negotiate, revive, succeed
from grandunion.work.actions.matches.pairing import ask_for, propose, send, suggest

__all__ = [
    "accept",
    "ask_for",
    "decline",
    "fail",
    "introduce",
    "meet",
    "negotiate",
    "propose",
    "revive",
    "send",
    "succeed",
    "suggest",
    "view",
]
