"""A need that somebody without an account states through the public form."""

from collections.abc import Mapping
from datetime import datetime

from grandunion.records.documents import Draft
from grandunion.records.needs import Need
from grandunion.terms.readers import Reader
from grandunion.work.actions import documents
from grandunion.work.actions.base import atomic
from grandunion.work.actions.needs.stating import begin, submit


@atomic
def ask(draft: Draft, values: Mapping[str, object], *, key: str, by: Reader, at: datetime) -> Need:
    """Hand in the form as a need; its key follows the need from now on. A form is handed in once."""
    held = documents.held(draft)
    need = begin(values, by=by, at=at, key=key)
    submit(need, by=by, at=at, key=key)
    documents.end_draft(held, need.number, at=at)
    return need
