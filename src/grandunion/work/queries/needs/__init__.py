"""Reads needs: who may see which, when they fall due, what is like them, the list, the desk and the page."""

from grandunion.work.queries.needs.deadlines import Deadlines, deadlines, said
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

__all__ = [
    "Deadlines",
    "assigned_to",
    "assignment",
    "assignments",
    "callbacks",
    "deadlines",
    "facts",
    "fingerprint",
    "followed",
    "get",
    "officers",
    "said",
    "similar",
    "usual_answerers",
    "visible_to",
]
