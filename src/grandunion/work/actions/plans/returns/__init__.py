"""Everything that is done to periodic returns: opened, filled in, reviewed, agreed to, and minded by the clock."""

from grandunion.work.actions.plans.returns.consenting import agree, withdraw
from grandunion.work.actions.plans.returns.filling import keep, save, submit, take_back
from grandunion.work.actions.plans.returns.opening import open_cycle, open_one, past_span, reporters
from grandunion.work.actions.plans.returns.reviewing import (
    WHOLE,
    Outcome,
    accept,
    ask_again,
    do_to_many,
    remind,
    reopen,
    review,
    send_back,
    to_accept,
    to_remind,
    to_send_back,
    to_waive,
    waive,
)
from grandunion.work.actions.plans.returns.taking import Taken, take_many

__all__ = [
    "WHOLE", "Outcome", "Taken", "accept", "agree", "ask_again", "do_to_many", "keep", "open_cycle", "open_one",
    "past_span", "remind", "reopen", "reporters", "review", "save", "send_back", "submit", "take_back", "take_many",
    "to_accept", "to_remind", "to_send_back", "to_waive", "waive", "withdraw",
]  # fmt: skip
