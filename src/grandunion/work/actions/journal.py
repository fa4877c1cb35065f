"""Writes what happened, in the transaction of the deed itself."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from django.db import IntegrityError, connection, models, transaction

from grandunion.adapters.rows import Statement, insert_columns, inserting, together
from grandunion.records.journal import Entry, Step, Submission
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.queries.journal import SEALED, seal, sealed

Changes = Mapping[str, tuple[object, object]]
END = "SELECT seq, digest FROM records_head WHERE id = 1"
BEGINNING = "INSERT INTO records_head (id, seq, digest) VALUES (1, 0, '') ON CONFLICT (id) DO NOTHING"


def note(
    verb: str, record: object, *, by: Reader, at: datetime, changes: Changes | None = None,
    after: Sequence[Statement] = (),
) -> Entry:  # fmt: skip
    """Append one entry to the chain; to be called inside the deed's transaction.

    `after` is what the deed itself has still to write: it goes to the database on the same way, before the chain
    is held.
    """
    seq, digest = _held_end(after)
    entry = _chained(_entry(verb, record, by, at, changes or {}), seq, digest)
    together([inserting(entry), _moved_end(entry.seq, entry.digest)])
    return entry


def note_many(verb: str, deeds: Iterable[tuple[object, Changes]], *, by: Reader, at: datetime) -> None:
    """Append one entry for each record, under one lock of the chain's head."""
    seq, digest = _held_end()
    moment = at.astimezone(UTC)
    written, rows, digests = moment.isoformat(), [], [digest]
    for record, changes in deeds:
        seq += 1
        rows.append([seq, by.user_id, by.name, "", verb, record.kind, record.pk, getattr(record, "number", ""),
                     _written(changes)])  # fmt: skip
        digests.append(seal(digests[-1], rows[-1], written))
    if not rows:
        return
    chain = {"at": [moment] * len(rows), "previous": digests[:-1], "digest": digests[1:]}
    columns = dict(zip(SEALED, zip(*rows, strict=True), strict=True))
    insert_columns(Entry, len(rows), {**columns, **chain}, columns["seq"])
    together([_moved_end(seq, digests[-1])])


def _held_end(after: Sequence[Statement] = ()) -> tuple[int, str]:
    """The end of the chain, held until the transaction ends; on SQLite every transaction holds the whole database."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a journal entry belongs to the transaction of its deed")
    end = END if connection.vendor == "sqlite" else f"{END} FOR UPDATE"
    *_, found = together([*after, (end, [])])
    if not found:  # nothing was ever told; of two who tell the first thing at once, one waits for the other
        _, found = together([(BEGINNING, []), (end, [])])
    return found[0]


def _moved_end(seq: int, digest: str) -> Statement:
    return "UPDATE records_head SET seq = %s, digest = %s WHERE id = 1", [seq, digest]


def _chained(entry: Entry, seq: int, digest: str) -> Entry:
    """The entry as the one that follows the end of the chain."""
    entry.seq, entry.previous = seq + 1, digest
    entry.digest = sealed(digest, entry)
    return entry


def _entry(verb: str, record: object, by: Reader, at: datetime, changes: Changes) -> Entry:
    return Entry(
        at=at.astimezone(UTC),
        actor_id=by.user_id,
        actor_name=by.name,
        verb=verb,
        subject_kind=record.kind,
        subject_id=record.pk,
        subject_number=getattr(record, "number", ""),
        values=_written(changes),
    )


def _written(changes: Changes) -> dict[str, list]:
    return {name: [_plain(before), _plain(after)] for name, (before, after) in changes.items()}


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
