"""SQLite's cursor: a statement's marks are rewritten once, and always as Django would rewrite them."""

from threading import Thread

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, connection, connections, transaction
from django.db.backends.sqlite3.base import SQLiteCursorWrapper
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from grandunion.adapters.sqlite import base

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="speaks of the cursor of SQLite"),
]
STATEMENTS = ("SELECT %s", "SELECT '%%s', %s", "SELECT '100 %%' WHERE 1 = %s", "SELECT %s, '%%%%', %s", "SELECT 1")


def asked(sql: str, values: object = None) -> list[tuple]:
    with connection.cursor() as cursor:
        return cursor.execute(sql, values).fetchall()


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_statement_is_rewritten_as_django_rewrites_it_however_often_it_is_asked(statement):
    expected = SQLiteCursorWrapper.convert_query(None, statement)
    with connection.cursor() as cursor:
        assert [cursor.cursor.convert_query(statement) for _ in range(2)] == [expected] * 2


def test_doubled_signs_stand_for_one_and_values_are_taken_in_their_order():
    for _ in range(2):
        assert asked("SELECT %s, '5 %% of %%s', %s", ["a %s", 2]) == [("a %s", "5 % of %s", 2)]


def test_without_values_nothing_is_rewritten_even_where_the_same_was_asked_with_values():
    assert asked("SELECT '%%'", []) == [("%",)]
    assert asked("SELECT '%%'") == [("%%",)]


def test_values_by_name_are_taken_by_name():
    assert asked("SELECT %(second)s, %(first)s", {"first": 1, "second": 2}) == [(2, 1)]
    assert asked("SELECT %s", [3]) == [(3,)]


def test_many_rows_are_written_by_the_statement_that_one_is():
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE kept_marks (word TEXT, number INTEGER)")
        cursor.executemany("INSERT INTO kept_marks VALUES (%s, %s)", iter([("%s", 1), ("%%", 2)]))
        cursor.executemany("INSERT INTO kept_marks VALUES (%(word)s, %(number)s)", [{"word": "by name", "number": 3}])
        cursor.execute("INSERT INTO kept_marks VALUES (%s, %s)", ["one", 4])
    written = asked("SELECT word, number FROM kept_marks ORDER BY number")
    assert written == [
        ("%s", 1),
        ("%%", 2),
        ("by name", 3),
        ("one", 4),
    ]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE kept_marks")


def test_a_statement_with_thousands_of_values_is_carried_out_but_not_kept():
    held = base._with_places.cache_info().currsize
    places = ", ".join(["%s"] * 9_000)
    assert asked(f"SELECT COUNT(*) FROM (SELECT 1) WHERE 1 IN ({places})", list(range(9_000))) == [(1,)]  # noqa: S608
    assert base._with_places.cache_info().currsize == held


def test_each_thread_has_its_own_connection_and_the_same_one_at_every_use():
    """Nothing is asked of the other thread's: it is only looked at which it is."""
    others = []
    thread = Thread(target=lambda: others.extend(connections["default"] for _ in range(2)))
    thread.start()
    thread.join()
    assert others[0] is others[1] is not connections["default"]
    assert connections["default"] is connections["default"]


BROKEN = "SELECT CASE number WHEN 3 THEN abs(-9223372036854775808) ELSE number END FROM numbers"


@pytest.mark.parametrize("fetch", ["fetchone", "fetchall", "fetchmany"])
def test_what_goes_wrong_while_rows_are_read_is_an_error_of_django(fetch):
    """The third row cannot be counted out, so SQLite only notices after it has given the first two."""
    numbers = "WITH RECURSIVE numbers(number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < 4) "
    with connection.cursor() as cursor:
        cursor.execute(numbers + BROKEN)
        read = getattr(cursor, fetch)
        with pytest.raises(DatabaseError, match="integer overflow"):
            [read(*[1] * (fetch == "fetchmany")) for _ in range(4)]


def test_what_goes_wrong_at_once_is_an_error_of_django_and_the_transaction_stays_broken():
    with pytest.raises(OperationalError, match="no such table"):
        asked("SELECT 1 FROM no_such_table")
    asked("CREATE TEMPORARY TABLE ones (one INTEGER UNIQUE)")
    with transaction.atomic():
        asked("INSERT INTO ones VALUES (1)")
        with pytest.raises(IntegrityError):
            asked("INSERT INTO ones VALUES (1)")
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            asked("SELECT 1")
    asked("DROP TABLE ones")


def test_whoever_listens_hears_every_statement():
    heard = []
    with connection.execute_wrapper(
        lambda ask, sql, values, *told: heard.append((sql, values)) or ask(sql, values, *told)
    ):
        assert asked("SELECT %s", [1]) == [(1,)]
    assert heard == [("SELECT %s", [1])]
    with CaptureQueriesContext(connection) as noted:
        assert asked("SELECT %s", [2]) == [(2,)]
    assert [one["sql"] for one in noted] == ["SELECT 2"]


def test_where_faults_are_looked_for_statements_are_noted(settings):
    settings.DEBUG = True
    connection.queries_log.clear()
    assert asked("SELECT %s", [3]) == [(3,)]
    assert [one["sql"] for one in connection.queries] == ["SELECT 3"]
    connection.queries_log.clear()


def test_a_connection_is_not_asked_by_another_threads_hand():
    held, refused = connections["default"], []

    def ask() -> None:
        with pytest.raises(DatabaseError, match="same thread") as error:
            held.cursor()
        refused.append(error.type)

    thread = Thread(target=ask)
    thread.start()
    thread.join()
    assert refused == [DatabaseError]
