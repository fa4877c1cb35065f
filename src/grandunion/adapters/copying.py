"""Writes rows in PostgreSQL's own form and brings them in by COPY, several times as fast as statements are there."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from struct import Struct

from django.db import connection, models

from grandunion.adapters.reading import Turned
from grandunion.adapters.values import is_one, prepare

BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
BINARY = 1  # psycopg.pq.Format.BINARY: not imported, for a hub on SQLite has no psycopg
NULL = b"\xff\xff\xff\xff"
SLICE = 1000  # rows
COUNT, LENGTH = Struct(">h").pack, Struct(">i").pack
Column = Sequence[object]


def copy_in(table: str, fields: Sequence[models.Field], rows: Iterable[bytes]) -> None:
    """Bring in rows that a `Writer` of these fields wrote."""
    listed = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    sql = f"COPY {connection.ops.quote_name(table)} ({listed}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(sql) as copy:
        for part in chain((BEGIN,), rows, (END,)):
            copy.write(part)


class Writer:
    """Writes rows of these fields as COPY takes them, each value once as long as there is room."""

    def __init__(self, fields: Sequence[models.Field]) -> None:
        # JSON is not to be told apart by what it holds, and hardly ever repeats.
        self.turns = [
            write if isinstance(field, models.JSONField) else Turned(write).__getitem__
            for field, write in zip(fields, map(_writer, fields), strict=True)
        ]

    def written(self, columns: Sequence[Column]) -> bytes:
        """Rows given by column, slice by slice: in one, many columns have a single value."""
        starts = range(0, len(columns[0]), SLICE)
        return b"".join(self._slice([column[start : start + SLICE] for column in columns]) for start in starts)

    def _slice(self, columns: Sequence[Column]) -> bytes:
        """What is the same in all of these rows is put together once."""
        pieces, same, count = [], COUNT(len(columns)), len(columns[0])
        for turn, column in zip(self.turns, columns, strict=True):
            if is_one(column):
                same += turn(column[0])
                continue
            pieces += [repeat(same, count), map(turn, column)] if same else [map(turn, column)]
            same = b""
        pieces.append(repeat(same, count))
        return b"".join(chain.from_iterable(zip(*pieces, strict=True)))


def _writer(field: models.Field) -> Callable[[object], bytes]:
    """What writes a value of the field with its length before it."""
    known, kind = connection.connection.adapters, field.db_type(connection).partition("(")[0]
    dumper = known.get_dumper_by_oid(known.types[kind].oid, BINARY)(object, connection.connection)
    prepared = prepare(field)

    def write(value: object) -> bytes:
        if value is None:
            return NULL
        found = dumper.dump(prepared(value) if prepared else value)
        return LENGTH(len(found)) + found

    return write
