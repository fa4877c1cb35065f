"""Everything that can be done to a need, from its first word to its closure."""

from grandunion.work.actions.needs.answering import answer, answerers, ask_also, dispatch, handle, pass_on
from grandunion.work.actions.needs.bringing import bring_notes
from grandunion.work.actions.needs.bulk import do_to_many, to_ask, to_hand_over, to_merge, to_set_aside, to_use
from grandunion.work.actions.needs.closing import Rating, call_back, close, follow_up, rate, reopen
from grandunion.work.actions.needs.desk import (
    archive,
    bring_back,
    edit,
    escalate,
    hand_over,
    merge,
    move,
    open_to,
    take,
)
from grandunion.work.actions.needs.dispatching import dispatch_by_itself
from grandunion.work.actions.needs.issues import PLAIN_MOVES as ISSUE_MOVES
from grandunion.work.actions.needs.issues import answer_issue, collect, edit_issue, link, move_issue, unlink
from grandunion.work.actions.needs.macros import retire_macro, save_macro, steps_of, use_macro
from grandunion.work.actions.needs.notes import (
    Incoming,
    Writing,
    add_note,
    edit_note,
    file_mail,
    open_note_file,
    release_letter,
    withdraw_note,
)
from grandunion.work.actions.needs.questions import ask_applicant, reply
from grandunion.work.actions.needs.stating import begin, new_key, register, save_step, submit
from grandunion.work.actions.needs.unsent import forget, keep_unsent

__all__ = [
    "ISSUE_MOVES",
    "Incoming",
    "Rating",
    "Writing",
    "add_note",
    "answer",
    "answer_issue",
    "answerers",
    "archive",
    "ask_also",
    "ask_applicant",
    "begin",
    "bring_back",
    "bring_notes",
    "call_back",
    "close",
    "collect",
    "dispatch",
    "dispatch_by_itself",
    "do_to_many",
    "edit",
    "edit_issue",
    "edit_note",
    "escalate",
    "file_mail",
    "follow_up",
    "forget",
    "hand_over",
    "handle",
    "keep_unsent",
    "link",
    "merge",
    "move",
    "move_issue",
    "new_key",
    "open_note_file",
    "open_to",
    "pass_on",
    "rate",
    "register",
    "release_letter",
    "reopen",
    "reply",
    "retire_macro",
    "save_macro",
    "save_step",
    "steps_of",
    "submit",
    "take",
    "to_ask",
    "to_hand_over",
    "to_merge",
    "to_set_aside",
    "to_use",
    "unlink",
    "use_macro",
    "withdraw_note",
]
