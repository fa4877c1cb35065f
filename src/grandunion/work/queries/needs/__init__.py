"""Reads needs: who may see which, when they fall due, what is like them, the list, the desk and the page."""

from grandunion.work.queries.needs.deadlines import Deadlines, deadlines, said
from grandunion.work.queries.needs.listing import LISTING, Due, Pile, Task, Whose, desk
from grandunion.work.queries.needs.page import Answerer, NeedPage, page
from grandunion.work.queries.needs.rows import (
    assigned_to,
    assignment,
    assignments,
    callbacks,
    facts,
    fingerprint,
    followed,
    get,
    officers,
    similar,
    usual_answerers,
    visible_to,
)
from grandunion.work.queries.needs.twins import LikeNeed, like_needs

__all__ = [
    "LISTING",
    "Answerer",
    "Deadlines",
    "Due",
    "LikeNeed",
    "NeedPage",
    "Pile",
    "Task",
    "Whose",
    "assigned_to",
    "assignment",
    "assignments",
    "callbacks",
    "deadlines",
    "desk",
    "facts",
    "fingerprint",
    "followed",
    "get",
    "like_needs",
    "officers",
    "page",
    "said",
    "similar",
    "usual_answerers",
    "visible_to",
]
