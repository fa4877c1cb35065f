"""What a long work takes for itself it gives back."""

import gc

import pytest
from django.db import connection

from grandunion.adapters.patience import roomy, unswept

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


def _room() -> int | None:
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA cache_size").fetchone()[0]
