"""Reads what happened: a record's time line, its passages, and whether the chain holds."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone

from grandunion.records.journal import Entry, Head, Step, Submission
from grandunion.terms.readers import HOUSE
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text, either
from grandunion.work.queries.base.kept import of

SEALED = (
    "seq",
    "actor_id",
    "actor_name",
    "on_behalf",
    "verb",
    "subject_kind",
    "subject_id",
    "subject_number",
    "values",
)
CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a time line; `changes` are (field, before, after) up to the reader's class.

    `who` is the name the journal keeps; a line that its reader may not see a name in is `unnamed`.
    """

    seq: int
    at: datetime
    who: str
    verb: str
    changes: tuple[tuple[str, object, object], ...]
    who_en: str = ""  # as the account is named today

    @property
    def called(self) -> Text | str:
        """The name as each language writes it."""
        if self.who == HOUSE.en:
            return HOUSE
        return either(self.who_en, self.who) if self.who else ""

    def unnamed(self) -> "Line":
        """The same line, saying nobody's name."""
        return replace(self, who="", who_en="")


def timeline(record: object, depth: Secrecy, limit: int = 50) -> list[Line]:
    """What happened to a record the reader may see, newest first; values only up to the reader's class."""
    return [
        Line(seq, at, who, verb, tuple(_shown(values, record.secrecy, depth)), who_en or "")
        for seq, at, who, verb, values, who_en in of(_lines, [record.pk], record.kind, limit)
    ]


def _lines(ids: list[int], kind: str, limit: int) -> QuerySet:
    named = get_user_model().objects.filter(pk=OuterRef("actor_id")).values("name_en")
    rows = Entry.objects.filter(subject_kind=kind, subject_id__in=ids).order_by("-seq")
    return rows.values_list("seq", "at", "actor_name", "verb", "values", Subquery(named))[:limit]


def has_done(record: object, verb: str, user_id: int, *, since: datetime) -> bool:
    """Whether somebody has done this to a record since a moment; asked at every page that has a closed part."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM records_entry WHERE subject_kind = %s AND subject_id = %s AND verb = %s AND actor_id = %s "
            "AND at >= %s LIMIT 1",
            [record.kind, record.pk, verb, user_id, connection.ops.adapt_datetimefield_value(since)],
        )
        return cursor.fetchone() is not None


def _shown(values: dict, classes: dict, depth: Secrecy) -> Iterator[tuple[str, object, object]]:
    for field, (before, after) in values.items():
        if classes.get(field, Secrecy.S2) <= depth:
            yield field, before, after


def steps(flow: str, subject_id: int) -> list[Step]:
    """A record's passages through its flow, oldest first."""
    return list(Step.objects.filter(flow=flow, subject_id=subject_id).order_by("at", "pk"))


def first_day() -> date | None:
    """The first day of which the journal tells, from which on the hub knows what happened; None where nothing did."""
    first = Entry.objects.order_by("at", "seq").values_list("at", flat=True).first()
    return timezone.localtime(first).date() if first else None


def submitted(key: str, kind: str) -> int | None:
    """The record a form's key has already made, if any."""
    if not key:
        return None
    row = Submission.objects.filter(key=key, subject_kind=kind).only("subject_id").first()
    return row.subject_id if row else None


def sealed(previous: str, entry: Entry) -> str:
    """The digest of an entry: SHA-256 over the previous digest and the entry's canonical JSON."""
    return seal(previous, [getattr(entry, name) for name in SEALED], entry.at.isoformat())


def seal(previous: str, values: list, at: str) -> str:
    """The same out of an entry's values in the order of `SEALED`; its moment in UTC, as text, follows the first."""
    plain = CANONICAL([values[0], at, *values[1:]])
    return hashlib.sha256(f"{previous}{plain}".encode()).hexdigest()


def first_broken() -> int | None:
    """The first entry that does not fit the chain, or None if the whole journal holds."""
    previous, expected = "", 1
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=2000):
        if entry.seq != expected or entry.previous != previous or entry.digest != sealed(previous, entry):
            return entry.seq
        previous, expected = entry.digest, expected + 1
    head = Head.objects.filter(pk=1).first()
    if head and (head.seq, head.digest) != (expected - 1, previous):
        return expected
    return None
