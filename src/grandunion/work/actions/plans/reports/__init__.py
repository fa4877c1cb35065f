"""What is done to work reports: drafted, written, bound to values, discussed, checked, signed, corrected."""

from grandunion.work.actions.plans.reports.binding import bind, justify, keep, take, take_all
from grandunion.work.actions.plans.reports.discussing import comment, reopen, resolve
from grandunion.work.actions.plans.reports.drafting import draft, edit, name_signer
from grandunion.work.actions.plans.reports.moving import DONE, correct, hand_out, move, open_evidence, sign
from grandunion.work.actions.plans.reports.styling import drop_style, keep_style
from grandunion.work.actions.plans.reports.writing import add, drop, reword, shift

MOVES = frozenset(DONE)
__all__ = [
    "MOVES",
    "add", "bind", "comment", "correct", "draft", "drop", "drop_style", "edit", "hand_out", "justify", "keep",
    "keep_style", "move", "name_signer", "open_evidence", "reopen", "resolve", "reword", "shift", "sign",
    "take", "take_all",
]  # fmt: skip
