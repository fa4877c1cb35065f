"""How long a transaction waits for another, and work on very many small things without a pause."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction


@contextmanager
def impatient(milliseconds: int) -> Iterator[None]:
    """A transaction that waits no longer than this before it raises OperationalError, and waits as ever afterwards."""
    if connection.vendor != "sqlite":
        with transaction.atomic():
            _ask(f"SET LOCAL lock_timeout = {milliseconds}")
            yield
        return
    usual = _ask("PRAGMA busy_timeout")
    _ask(f"PRAGMA busy_timeout = {milliseconds}")
    try:
        with transaction.atomic():
            yield
    finally:
        _ask(f"PRAGMA busy_timeout = {usual}")


@contextmanager
def unswept() -> Iterator[None]:
    """No looking for rubbish meanwhile: while a million small things are made, it costs a quarter of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def roomy(megabytes: int = 64) -> Iterator[None]:
    """So much of the database kept at hand meanwhile: SQLite has little, and else writes a long work to disk twice."""
    if connection.vendor != "sqlite":
        yield
        return
    usual = _ask("PRAGMA cache_size")
    _ask(f"PRAGMA cache_size = {-1024 * megabytes}")
    try:
        yield
    finally:
        _ask(f"PRAGMA cache_size = {usual}")


@contextmanager
def unindexed(table: type[models.Model]) -> Iterator[None]:
    """SQLite's table without its indexes meanwhile: filling an empty one takes two thirds of the time if they are made
    of all its rows at the end. To be called inside a transaction, so that nobody ever sees it without.

    PostgreSQL keeps them: it would keep all readers out until the transaction ends.
    """
    if connection.vendor != "sqlite":
        yield
        return
    made = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = %s AND sql IS NOT NULL"
    with connection.cursor() as cursor:
        indexes = cursor.execute(made, [table._meta.db_table]).fetchall()
        for name, _ in indexes:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
        yield
        for _, sql in indexes:
            cursor.execute(sql)


def _ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None
