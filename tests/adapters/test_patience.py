"""What a long work takes for itself it gives back."""

import gc

import pytest
from django.db import connection, transaction

from grandunion.adapters.patience import roomy, unindexed, unswept
from grandunion.records.plans import Counted

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


def test_a_table_has_all_its_indexes_again_after_the_work_even_where_it_fails() -> None:
    before = _indexes()
    with unindexed(Counted):
        assert (_indexes() == before) is (connection.vendor != "sqlite")
    assert _indexes() == before
    with pytest.raises(ZeroDivisionError), transaction.atomic(), unindexed(Counted):
        _ = 1 / 0
    assert _indexes() == before
    assert {index.name for index in Counted._meta.indexes} <= before.keys()


def _indexes() -> dict[str, list[str]]:
    """The indexes of the ledger, each with its columns."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Counted._meta.db_table)
    return {name: one["columns"] for name, one in found.items() if one["index"]}


def _room() -> int | None:
    if connection.vendor != "sqlite":
        return None
    with connection.cursor() as cursor:
        return cursor.execute("PRAGMA cache_size").fetchone()[0]
