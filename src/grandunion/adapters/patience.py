"""How long a transaction waits for another, and work on very many small things without a pause."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def impatient(milliseconds: int) -> Iterator[None]:
    """A transaction that waits no longer than this before it raises OperationalError, and waits as ever afterwards."""
    if connection.vendor != "sqlite":
        usual = _ask("SHOW lock_timeout") if connection.in_atomic_block else None
        with transaction.atomic():
            _ask(f"SET LOCAL lock_timeout = {milliseconds}")
            yield
        if usual is not None:  # else it ended with the transaction
            _ask(f"SET LOCAL lock_timeout = '{usual}'")
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


def _ask(sql: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        row = cursor.fetchone() if cursor.description else None
    return row[0] if row else None
