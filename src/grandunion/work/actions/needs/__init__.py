"""Everything that can be done to a need, from its first word to its closure."""

from grandunion.work.actions.needs.answering import answer, answerers, ask_also, dispatch, handle
from grandunion.work.actions.needs.closing import Rating, call_back, close, rate, reopen
from grandunion.work.actions.needs.desk import edit, escalate, hand_over, merge, move, open_to, take
from grandunion.work.actions.needs.stating import begin, new_key, register, save_step, submit

__all__ = [
    "Rating",
    "answer",
    "answerers",
    "ask_also",
    "begin",
    "call_back",
    "close",
    "dispatch",
    "edit",
    "escalate",
    "hand_over",
    "handle",
    "merge",
    "move",
    "new_key",
    "open_to",
    "rate",
    "register",
    "reopen",
    "save_step",
    "submit",
    "take",
]
