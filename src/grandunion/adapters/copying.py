"""Writes rows in PostgreSQL's own form and brings them in by COPY, several times as fast as statements are there."""

from collections.abc import Callable, Iterable, Sequence
from itertools import chain, repeat
from struct import Struct

from django.db import connection, models

from grandunion.adapters.reading import Turned

BEGIN, END = b"PGCOPY\n\xff\r\n\0" + bytes(8), b"\xff\xff"
BINARY = 1  # psycopg.pq.Format.BINARY: not imported, for a hub on SQLite has no psycopg
NULL = b"\xff\xff\xff\xff"
COUNT, LENGTH = Struct(">h").pack, Struct(">i").pack
Column = Sequence[object]


def copy_in(table: str, fields: Sequence[models.Field], rows: Iterable[bytes]) -> None:
    """Bring in rows that `written` made of these fields."""
    listed = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    sql = f"COPY {connection.ops.quote_name(table)} ({listed}) FROM STDIN (FORMAT BINARY)"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(sql) as copy:
        for part in chain((BEGIN,), rows, (END,)):
            copy.write(part)


def written(fields: Sequence[models.Field], columns: Sequence[Column]) -> bytes:
    """Rows as COPY takes them; what is the same in all of them is written once."""
    pieces, same, count = [], COUNT(len(fields)), len(columns[0])
    for field, column in zip(fields, columns, strict=True):
        write = _writer(field)
        if is_one(column):
            same += write(column[0])
            continue
        # JSON is not to be told apart by what it holds, and hardly ever repeats.
        turn = write if isinstance(field, models.JSONField) else Turned(write).__getitem__
        pieces += [repeat(same, count), map(turn, column)] if same else [map(turn, column)]
        same = b""
    pieces.append(repeat(same, count))
    return b"".join(chain.from_iterable(zip(*pieces, strict=True)))


def is_one(column: Column) -> bool:
    """Whether one value stands in all rows; most columns show at their ends that it does not."""
    return column[0] == column[-1] and column.count(column[0]) == len(column)


def _writer(field: models.Field) -> Callable[[object], bytes]:
    """What writes a value of the field with its length before it."""
    known, kind = connection.connection.adapters, field.db_type(connection).partition("(")[0]
    dumper = known.get_dumper_by_oid(known.types[kind].oid, BINARY)(object, connection.connection)

    def write(value: object) -> bytes:
        if value is None:
            return NULL
        found = dumper.dump(value)
        return LENGTH(len(found)) + found

    return write
