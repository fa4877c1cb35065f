"""Writes what happened, in the transaction of the deed itself."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import IntegrityError, connection, models, transaction

from grandunion.adapters.rows import insert_many
from grandunion.records.journal import Entry, Head, Step, Submission
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.queries.journal import sealed

Changes = Mapping[str, tuple[object, object]]


def note(verb: str, record: object, *, by: Reader, at: datetime, changes: Changes | None = None) -> Entry:
    """Append one entry to the chain; to be called inside the deed's transaction."""
    return note_many(verb, [(record, changes or {})], by=by, at=at)[0]


def note_many(verb: str, deeds: Iterable[tuple[object, Changes]], *, by: Reader, at: datetime) -> list[Entry]:
    """Append one entry for each record, under one lock of the chain's head."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal entry belongs to the transaction of its deed")
    seq, digest = _locked_head()
    entries = []
    for record, changes in deeds:
        entry = _entry(verb, record, by, at, {name: [_plain(a), _plain(b)] for name, (a, b) in changes.items()})
        entry.seq, entry.previous = seq + 1, digest
        seq, digest = entry.seq, sealed(digest, entry)
        entry.digest = digest
        entries.append(entry)
    insert_many(Entry, [vars(entry) for entry in entries], [entry.seq for entry in entries])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_head SET seq = %s, digest = %s WHERE id = 1", [seq, digest])
    return entries


def _locked_head() -> tuple[int, str]:
    """The end of the chain, held until the transaction ends: an update that changes nothing locks its row."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE records_head SET seq = seq WHERE id = 1 RETURNING seq, digest")
        row = cursor.fetchone()
    if row is None:
        head, _ = Head.objects.select_for_update().get_or_create(pk=1)
        return head.seq, head.digest
    return row


def _entry(verb: str, record: object, by: Reader, at: datetime, values: dict) -> Entry:
    return Entry(
        at=at.astimezone(UTC),
        actor_id=by.user_id,
        actor_name=by.name,
        verb=verb,
        subject_kind=record.kind,
        subject_id=record.pk,
        subject_number=getattr(record, "number", ""),
        values=values,
    )


def _plain(value: object) -> object:
    """A value as JSON keeps it without loss: decimals and dates as text, records as their number."""
    if isinstance(value, (Decimal, date, datetime)):
        return str(value)
    if isinstance(value, models.Model):
        return getattr(value, "number", None) or getattr(value, "code", None) or value.pk
    return value


def step(flow: str, record: object, *, source: str, target: str, by: Reader, at: datetime, reason: str = "") -> Step:
    """Keep a record's passage from one state to another, for funnels and as-of counts."""
    return Step.objects.create(
        flow=flow, subject_id=record.pk, source=source, target=target, at=at, reason=reason[:300],
        actor_id=by.user_id, actor_name=by.name,
    )  # fmt: skip


def keep_submission(key: str, record: object, at: datetime) -> None:
    """Remember that a form's key has made this record; of two sendings at the same moment the database keeps one."""
    if not key:
        return
    try:
        Submission.objects.create(key=key, subject_kind=record.kind, subject_id=record.pk, at=at)
    except IntegrityError as error:
        raise Refused(
            Text("This was sent a moment ago and is kept once: look in the list before sending it again.",
                 "该表单刚刚已提交，系统只保留一份：请先在列表中查看，再决定是否重新提交。")
        ) from error  # fmt: skip
