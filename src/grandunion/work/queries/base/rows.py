"""The one door to rows: what a reader may see, in SQL."""

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from grandunion.records.parties import Access
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import kept
from grandunion.work.queries.base.policy import Allowed, marks

BIGGEST = 2**63 - 1


def visible(record: type, reader: Reader) -> QuerySet:
    """The rows of a guarded record that the reader may see now (the policy itself: `policy.Allowed`)."""
    return record.objects.scoped(Q() if reader.is_house else Q(Allowed(record, reader)))


def access_of(reader: Reader) -> QuerySet:
    """The reader's own access rows that hold now, by person or by organisation."""
    mine = Q(user=reader.user_id) | Q(organisation__in=reader.organisation_ids)
    holds = Q(expires_at=None) | Q(expires_at__gt=reader.at)
    return Access.objects.unscoped("a reader's own access rows decide what the reader sees").filter(mine & holds)


class Held(NamedTuple):
    """The part in which a reader may open a record by name, and how deep."""

    part: str
    secrecy: int


_ASKED: ContextVar[dict | None] = ContextVar("asked", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Inside, what somebody holds of a record is asked once: for one page that only reads, never longer."""
    before = _ASKED.set({})
    try:
        yield
    finally:
        _ASKED.reset(before)


def held(reader: Reader, kind: str, pk: int) -> tuple[Held, ...]:
    """What the reader holds of one record; every rule of a record's page asks it."""
    asked = _ASKED.get()
    if asked is None:
        return _held(reader, kind, pk)
    key = (reader.user_id, reader.organisation_ids, reader.at, kind, pk)
    if key not in asked:
        asked[key] = _held(reader, kind, pk)
    return asked[key]


def _held(reader: Reader, kind: str, pk: int) -> tuple[Held, ...]:
    """Asked at every record shown, so written out as the policy is."""
    ids = sorted(reader.organisation_ids)
    mine = f"(user_id = %s OR organisation_id IN ({marks(ids)}))" if ids else "user_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT part, secrecy FROM records_access WHERE subject_kind = %s AND subject_id = %s "  # noqa: S608
            f"AND (expires_at IS NULL OR expires_at > %s) AND {mine}",
            [kind, pk, connection.ops.adapt_datetimefield_value(reader.at), reader.user_id, *ids],
        )
        return tuple(Held(*row) for row in cursor.fetchall())


def one(rows: QuerySet, **by: object) -> object:
    """The one row asked for, or Absent: what is not there and what is not yours are not told apart."""
    # Not first(): where no order is given it would sort, and Django compares each column with every order.
    found = next(iter(rows.filter(**by)[:1]), None) if _is_sound(by) else None
    if found is None:
        raise Absent
    return found


def by_code(rows: Callable[..., QuerySet], code: str) -> object:
    """The one row that `rows(code)` builds, its SQL kept; or Absent."""
    found = kept.by_code(rows, code) if _is_sound({"code": code}) else None
    if found is None:
        raise Absent
    return found


def opened(record: type, reader: Reader, *along: str, **by: str | int) -> object:
    """The one row of a guarded record that the reader may see, with relations named in `along`; or Absent.

    As `one(visible(record, reader).select_related(*along), **by)`, but its SQL is written once.
    """
    found = kept.opened(record, reader, along, by) if _is_sound(by) else None
    if found is None:
        raise Absent
    return found


def opened_of(
    record: type, reader: Reader, within: Callable[..., QuerySet], given: tuple[Hashable, ...] = (), /,
    *along: str, **by: str | int,
) -> object:  # fmt: skip
    """As `opened`, of those rows alone that `within(rows, *given)` leaves of the visible ones.

    In what it builds nothing may hang on the reader but what is `given`, and ASKER, where the reader's own id goes.
    """
    found = kept.opened(record, reader, along, by, within, given) if _is_sound(by) else None
    if found is None:
        raise Absent
    return found


def along(rows: QuerySet, **wanted: tuple[str, ...]) -> QuerySet:
    """The rows with some of their relations, of each of which only these fields are read."""
    own = [field.name for field in rows.model._meta.concrete_fields]
    paths = [f"{relation}__{name}" for relation, names in wanted.items() for name in names]
    return rows.select_related(*wanted).only(*own, *paths)


def _is_sound(by: dict) -> bool:
    """Whether the database can be asked at all: no NUL byte, no lone surrogate, no giant number."""
    for value in by.values():
        if isinstance(value, str):
            if "\x00" in value or not value.isprintable():
                return False
        elif isinstance(value, int) and abs(value) > BIGGEST:
            return False
    return True
