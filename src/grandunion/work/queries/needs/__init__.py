"""Reads needs: who may see which, when they fall due, what is like them, the list, the desk and the page."""

from grandunion.work.queries.needs.answered import ANSWERED, answered_to
from grandunion.work.queries.needs.calls import CALLS_IN_VAIN, call_turn, calls_in_vain, next_call, to_call
from grandunion.work.queries.needs.deadlines import Deadlines, Limit, deadlines, limit_of, said
from grandunion.work.queries.needs.issues import (
    ISSUES,
    UNANSWERED,
    IssuePage,
    get_issue,
    issue_called,
    issue_facts,
    issue_page,
    issues_visible_to,
    open_issues,
    unanswered,
)
from grandunion.work.queries.needs.listing import ARCHIVE, EVERY, LISTING, Due, Pile, Task, Whose, desk, next_on_desk
from grandunion.work.queries.needs.macros import macro
from grandunion.work.queries.needs.notes import history
from grandunion.work.queries.needs.page import Answerer, NeedPage, page
from grandunion.work.queries.needs.questions import SubjectQuestion, details_said, questions_of
from grandunion.work.queries.needs.routing import Answerers, Answering, Basket, answerers_for, baskets
from grandunion.work.queries.needs.rows import (
    assigned_to,
    assignment,
    assignments,
    callbacks,
    facts,
    fingerprint,
    followed,
    get,
    of_this_round,
    officers,
    similar,
    usual_answerers,
    visible_to,
)
from grandunion.work.queries.needs.rules import DeskRules, desk_rules, levels, routes
from grandunion.work.queries.needs.twins import LikeNeed, like_needs
from grandunion.work.queries.needs.unsent import unsent
from grandunion.work.queries.needs.watching import WatchedOffice, WatchList, watch_list

__all__ = [
    "ANSWERED",
    "ARCHIVE",
    "CALLS_IN_VAIN",
    "EVERY",
    "ISSUES",
    "LISTING",
    "UNANSWERED",
    "Answerer",
    "Answerers",
    "Answering",
    "Basket",
    "Deadlines",
    "DeskRules",
    "Due",
    "IssuePage",
    "LikeNeed",
    "Limit",
    "NeedPage",
    "Pile",
    "SubjectQuestion",
    "Task",
    "WatchList",
    "WatchedOffice",
    "Whose",
    "answered_to",
    "answerers_for",
    "assigned_to",
    "assignment",
    "assignments",
    "baskets",
    "call_turn",
    "callbacks",
    "calls_in_vain",
    "deadlines",
    "desk",
    "desk_rules",
    "details_said",
    "facts",
    "fingerprint",
    "followed",
    "get",
    "get_issue",
    "history",
    "issue_called",
    "issue_facts",
    "issue_page",
    "issues_visible_to",
    "levels",
    "like_needs",
    "limit_of",
    "macro",
    "next_call",
    "next_on_desk",
    "of_this_round",
    "officers",
    "open_issues",
    "page",
    "questions_of",
    "routes",
    "said",
    "similar",
    "to_call",
    "unanswered",
    "unsent",
    "usual_answerers",
    "visible_to",
    "watch_list",
]
