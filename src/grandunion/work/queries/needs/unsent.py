"""What a reader has typed into the forms of a need and not sent; nobody else reads it."""

import re
from collections.abc import Mapping

from django.db.models import QuerySet

from grandunion.records.needs import Need, Unsent
from grandunion.terms.readers import Reader

FORM = re.compile(r"[a-z][a-z0-9_-]{0,39}")  # a form: the code of a move, note-internal, assigned-17-help …
# The fields whose words would be missed; a form in which all of these are empty is not kept.
WORDY = frozenset(
    {"text", "answer", "note", "reason", "comment", "question", "title_zh", "title_en", "text_zh", "text_en"}
)


def unsent_of(reader: Reader) -> QuerySet[Unsent]:
    """Everything the reader has typed and not sent."""
    return Unsent.objects.unscoped("what a person typed, for that person alone").filter(user=reader.user_id)


def unsent(need: Need, reader: Reader) -> Mapping[str, Unsent]:
    """What the reader has typed into the forms of one need and not sent, by form."""
    if not reader.is_signed_in:
        return {}
    return {row.form: row for row in unsent_of(reader).filter(need=need)}
