"""What is tried until it comes through: taken for a while, marked done, put off with growing waits, or given up."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F, QuerySet

from grandunion.records.messages import Delivery, Mail
from grandunion.terms.messages import LEASE

Tried = Mail | Delivery


def take(waiting: QuerySet, at: datetime, limit: int) -> Sequence[Tried]:
    """Take what is due, the oldest first, for as long as `LEASE`: until then nobody else takes it.

    Who dies with it in hand has marked nothing: when the lease is over, it is tried again under the same id.
    """
    if not waiting.filter(due_at__lte=at).exists():  # so that an idle worker only reads
        return []
    with transaction.atomic():
        rows = waiting.filter(due_at__lte=at).order_by("due_at", "pk")
        free = connection.features.has_select_for_update_skip_locked
        taken = list(rows.select_for_update(of=("self",), skip_locked=free)[:limit])
        waiting.filter(pk__in=[row.pk for row in taken]).update(due_at=at + LEASE, attempts=F("attempts") + 1)
    for row in taken:
        row.attempts += 1
    return taken


def mark(row: Tried, **values: object) -> None:
    """Keep what became of a try."""
    type(row)._base_manager.filter(pk=row.pk).update(**values)
    for name, value in values.items():
        setattr(row, name, value)
