"""Marks what is new as seen."""

from datetime import datetime

from grandunion.records.matches import Look
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden
from grandunion.work.actions.base import atomic


@atomic
def look_at_new(*, by: Reader, at: datetime) -> None:
    """What came before this moment is not new to the reader any more; it goes into no journal, for nothing changed."""
    if by.user_id is None:
        raise Forbidden(Text("Sign in first.", "请先登录。"))
    Look.objects.update_or_create(user_id=by.user_id, defaults={"seen_at": at})
