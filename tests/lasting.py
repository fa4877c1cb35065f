"""What is laid out once for all tests of a file that begin with it and undo what they did themselves."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def lasting(blocker: DjangoDbBlocker, lay_out: Callable[[], object]) -> Iterator[object]:
    """Rows that a fixture of a whole file makes; they are taken back after its last test."""
    with blocker.unblock(), transaction.atomic():
        laid = lay_out()
        connection.run_on_commit.clear()  # nothing is committed here
        yield laid
        transaction.set_rollback(True)
