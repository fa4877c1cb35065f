"""What a long work takes for itself it gives back."""

import gc

import pytest
from django.db import connection

from grandunion.adapters.patience import impatient, roomy, unswept

pytestmark = pytest.mark.django_db


def test_the_room_of_the_database_is_given_back_even_where_the_work_fails() -> None:
    before = _room()
    with roomy(megabytes=8):
        assert connection.vendor != "sqlite" or _room() == -8 * 1024
    assert _room() == before
    with pytest.raises(ZeroDivisionError), roomy(megabytes=8):
        _ = 1 / 0
    assert _room() == before


def test_rubbish_is_looked_for_again_after_the_work() -> None:
    assert gc.isenabled()
    with unswept():
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.postgresql
def test_who_was_impatient_waits_as_ever_afterwards_in_the_same_transaction() -> None:
    before = _waits()
    with impatient(7):
        assert _waits() == "7ms"
    assert _waits() == before
    with pytest.raises(ZeroDivisionError), impatient(7):
        _ = 1 / 0
    assert _waits() == before


def _waits() -> str:
    with connection.cursor() as cursor:
        return cursor.execute("SHOW lock_timeout").fetchone()[0]


def _room() -> int | None:
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA cache_size").fetchone()[0]
