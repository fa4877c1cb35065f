"""Fills an empty table: its indexes are made of all rows at the end, which costs half of keeping them row by row."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import BinaryIO

from django.db import OperationalError, connection, models

from grandunion.adapters.copying import Writer, copy_in
from grandunion.adapters.patience import impatient
from grandunion.adapters.rows import Pouring, columns_of, fields_of, quoted

Put = Callable[[int, Mapping[str, Sequence]], object]
MANY = 1000  # rows at once for which making the indexes at the end is worth it
WAIT = 2000  # milliseconds for all who read the table to be done
PART = 1 << 18  # bytes
SQLITE_INDEXES = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
INDEXES = (
    "SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index "
    "WHERE indrelid = %s::regclass AND NOT indisunique ORDER BY 1"
)
PROMISES = (  # the key, where nobody points to it, and the relations
    "SELECT quote_ident(conname), pg_get_constraintdef(oid), CASE WHEN contype = 'f' THEN confrelid::regclass::text "
    "END FROM pg_constraint own WHERE conrelid = %s::regclass AND (contype = 'f' OR contype = 'p' AND NOT EXISTS "
    "(SELECT FROM pg_constraint WHERE contype = 'f' AND conindid = own.conindid)) ORDER BY contype DESC, 1"
)
IS_OWN = (
    "SELECT pg_has_role(relowner, 'USAGE') AND has_schema_privilege(relnamespace, 'CREATE') FROM pg_class "
    "WHERE oid = %s::regclass"
)


@contextmanager
def filling(table: type[models.Model]) -> Iterator[Put]:
    """What takes so many rows given as {column: their values}; to be called inside a transaction, of an empty table.

    On PostgreSQL rows wait in a file until all are there. Only then, for the seconds in which they come in and are
    indexed, has everybody who reads the table to wait; where somebody reads on for long, its indexes stay instead.
    """
    if connection.vendor == "sqlite":
        with _unindexed(table) as put:
            yield put
        return
    with TemporaryFile() as file:
        fields = fields_of(table)
        writer = Writer(fields)
        yield lambda count, given: file.write(writer.written(columns_of(fields, count, given)))
        file.seek(0)
        with _bare(quoted(table._meta.db_table)):
            copy_in(table._meta.db_table, fields, _parts(file))


def _parts(file: BinaryIO) -> Iterator[bytes]:
    return iter(lambda: file.read(PART), b"")


@contextmanager
def _unindexed(table: type[models.Model]) -> Iterator[Put]:
    """SQLite's table without its indexes meanwhile, once many rows come; nobody else sees it so.

    For a few it keeps them: every statement prepared before would have to be prepared anew.
    """
    name, pour, dropped = table._meta.db_table, Pouring(table).pour, []
    with connection.cursor() as cursor:

        def put(count: int, given: Mapping[str, Sequence]) -> object:
            if count >= MANY and not dropped:
                dropped.extend(cursor.execute(SQLITE_INDEXES, [name]).fetchall())
                for index, _ in dropped:
                    cursor.execute(f"DROP INDEX {quoted(index)}")
            return pour(count, given)

        yield put
        for _, sql in dropped:
            cursor.execute(sql)


@contextmanager
def _bare(table: str) -> Iterator[None]:
    """PostgreSQL's table without indexes, key and relations meanwhile; with them, where it cannot be had alone.

    Whoever holds the table waits for nobody from here on, so two cannot wait for each other.
    """
    with connection.cursor() as cursor:
        indexes, promises = (cursor.execute(sql, [table]).fetchall() for sql in (INDEXES, PROMISES))
        if not _is_alone(table, {other for *_, other in promises if other}):
            yield
            return
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")  # what is still to be checked
        for name, *_ in promises:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {name}")
        yield
        for _, sql in indexes:
            cursor.execute(sql)
        for name, sql, _ in promises:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {sql}")


def _is_alone(table: str, others: set[str]) -> bool:
    """Whether the table is ours to change and nobody else uses it now, or the tables it points to."""
    try:
        with impatient(WAIT), connection.cursor() as cursor:
            if not cursor.execute(IS_OWN, [table]).fetchone()[0]:
                return False
            cursor.execute(f"LOCK TABLE {', '.join(sorted({table} | others))} IN ACCESS EXCLUSIVE MODE")
    except OperationalError:
        return False
    return True
