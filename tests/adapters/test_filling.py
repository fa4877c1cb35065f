"""A table that is filled at once has all it had before: its rows' values, its indexes, what it promises."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction

from grandunion.adapters import filling as module
from grandunion.adapters.filling import filling
from grandunion.adapters.rows import insert_columns
from grandunion.records.plans import Counted, Definition
from tests.figures import make_indicator

pytestmark = pytest.mark.django_db
KNOWN = datetime(2026, 3, 1, 16, 0, 0, 1, tzinfo=UTC)
AMOUNTS = [Decimal("1.00"), Decimal("-0.05"), Decimal("1234567890123.45"), Decimal(0), Decimal("10000.10")]
SIZE = len(AMOUNTS)
LISTED = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'records_counted'",
    "postgresql": (
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'records_counted' UNION "
        "SELECT conname, pg_get_constraintdef(oid) || convalidated::text FROM pg_constraint "
        "WHERE conrelid = 'records_counted'::regclass"
    ),
}


@pytest.fixture
def definition(db: None) -> Definition:
    make_indicator("projects_landed")
    return Definition.objects.get()


def columns(definition: Definition, **given: object) -> dict[str, list]:
    """Five lines as different as lines can be."""
    return {
        "definition_id": [definition.pk] * SIZE, "subject_kind": ["project"] * SIZE,
        "subject_id": [1, 2, 2, 2**40, 7],
        "on": [date.min, date(2026, 1, 1), date(2026, 1, 2), date.max, date(1999, 12, 31)],
        "since": [date(2000, 1, 1)] * SIZE, "until": [None, date(2000, 1, 2), None, date.max, date(2026, 1, 1)],
        "amount": AMOUNTS, "key": ["", "甲乙", "a\tb\n\\N", "#7", "x" * 60], "area": [None, 1, 2, None, 2**33],
        "known_from": [KNOWN] * SIZE, "known_until": [None] * SIZE, **given,
    }  # fmt: skip


@pytest.fixture(autouse=True, params=[1, SIZE + 1], ids=["many", "few"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """As many rows as the tests bring are many, or few: SQLite gives up its indexes for many only."""
    monkeypatch.setattr("grandunion.adapters.filling.MANY", request.param)
    return request.param


def promises() -> dict[str, str]:
    """The indexes and promises of the ledger, each as the database says it."""
    with connection.cursor() as cursor:
        cursor.execute(LISTED[connection.vendor])
        return dict(cursor.fetchall())


def lines() -> Iterator[dict]:
    rows = Counted.objects.order_by("pk").values()
    return ({name: value for name, value in row.items() if name != "id"} for row in rows)


def test_rows_that_fill_a_table_are_those_that_are_inserted(definition: Definition) -> None:
    insert_columns(Counted, SIZE, columns(definition))
    inserted = list(lines())
    Counted.objects.all().delete()
    with transaction.atomic(), filling(Counted) as put:
        put(SIZE, columns(definition))
        put(SIZE, columns(definition, key=[""] * SIZE, known_from=[KNOWN.replace(year=2027)] * SIZE))
    found = list(lines())
    assert found[:SIZE] == inserted
    assert [(row["key"], row["known_from"].year) for row in found[SIZE:]] == [("", 2027)] * SIZE
    assert [row["amount"] for row in inserted] == AMOUNTS


def test_a_filled_table_has_the_indexes_and_promises_it_had(definition: Definition) -> None:
    before = promises()
    with transaction.atomic(), filling(Counted) as put:
        put(SIZE, columns(definition))
    assert promises() == before
    assert {index.name for index in Counted._meta.indexes} <= before.keys()
    with pytest.raises(IntegrityError):
        filled(columns(definition, until=[date(1999, 1, 1)] * SIZE))
    assert (promises(), Counted.objects.count()) == (before, SIZE)


def test_sqlite_is_without_its_indexes_while_many_rows_come(definition: Definition, many: int) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes all rows at the end, and is without its indexes only then")
    before = promises()
    with transaction.atomic(), filling(Counted) as put:
        put(SIZE, columns(definition))
        meanwhile = promises()
    assert (meanwhile == before) is (many > SIZE)


def test_a_table_is_not_filled_where_a_promise_would_be_broken_or_the_work_fails(definition: Definition) -> None:
    before = promises()
    with pytest.raises(IntegrityError):
        filled(columns(definition, definition_id=[definition.pk + 1] * SIZE))
    assert (promises(), Counted.objects.count()) == (before, 0)
    with pytest.raises(ZeroDivisionError):
        filled(columns(definition), lambda: 1 / 0)
    assert (promises(), Counted.objects.count()) == (before, 0)


def filled(given: dict[str, list], then: Callable[[], object] = bool) -> None:
    """Fill the ledger with this, and do something before it is over."""
    with transaction.atomic(), filling(Counted) as put:
        put(SIZE, given)
        then()
        if connection.vendor == "sqlite":
            connection.check_constraints()  # as it does when all is over, which in a test it never is


def test_a_table_that_is_filled_with_nothing_stays_as_it_was(definition: Definition) -> None:
    before = promises()
    with transaction.atomic(), filling(Counted):
        pass
    assert (promises(), Counted.objects.count()) == (before, 0)


@pytest.mark.postgresql
def test_a_table_is_filled_with_its_indexes_where_others_do_not_leave_it(definition: Definition, monkeypatch) -> None:
    before = promises()
    asked: list[str] = []

    def watched(execute: object, sql: str, *rest: object) -> object:
        asked.append(sql)
        return execute(sql, *rest)

    monkeypatch.setattr(module, "_is_alone", lambda *_: False)
    with connection.execute_wrapper(watched), transaction.atomic(), filling(Counted) as put:
        put(SIZE, columns(definition))
    assert (promises(), Counted.objects.count()) == (before, SIZE)
    assert not any("DROP" in sql for sql in asked)
