"""Statements that go to the database together are carried out in their order, as one by one."""

import pytest
from django.db import IntegrityError, transaction

from grandunion.adapters.rows import VALUES, insert_many, inserting, next_id, together
from grandunion.records.lists import NumberSeries
from grandunion.records.projects import Project
from grandunion.work.actions.lists import numbered, taking
from tests.cast import NOON

pytestmark = pytest.mark.django_db


def test_each_statement_answers_its_own_rows_in_order():
    found = together([
        taking("TST", 2026),
        ("SELECT prefix, last FROM records_numberseries WHERE prefix = %s", ["TST-2026"]),
        ("UPDATE records_numberseries SET last = 5 WHERE prefix = %s", ["TST-2026"]),
        ("SELECT last FROM records_numberseries WHERE prefix = %s OR prefix = %s", ["TST-2026", "50%; none"]),
    ])  # fmt: skip
    assert [[tuple(row) for row in rows] for rows in found] == [[(1,)], [("TST-2026", 1)], [], [(5,)]]


def test_a_row_goes_in_under_the_id_that_was_asked_for():
    ((pk,),) = together([next_id(NumberSeries)])[0]
    row = NumberSeries(pk=pk, prefix="TST-2026", last=3)
    assert together([inserting(row)]) == [[]]
    assert NumberSeries.objects.get(pk=pk).last == 3
    assert NumberSeries.objects.create(prefix="TST-2027").pk > pk


def test_many_rows_come_in_as_row_objects_would_bring_them_in_with_their_defaults():
    given = {"number": "PRJ-1", "title_zh": "标签\t与\n行", "title_en": "A \\N in it",
             "state": "lead", "phase": "discovery",
             "state_at": NOON, "created_at": NOON, "updated_at": NOON, "next_step_on": NOON.date()}  # fmt: skip
    first, second = insert_many(Project, [given, {**given, "number": "PRJ-2", "next_step_on": None}])
    third = Project.objects.create(**{**given, "number": "PRJ-3"}).pk
    rows = {row["id"]: row for row in Project.objects.unscoped("the test looks at the table").values()}
    assert first < second < third
    assert {**rows[first], "id": 0, "number": ""} == {**rows[third], "id": 0, "number": ""}
    assert {**rows[second], "next_step_on": NOON.date()} == {**rows[first], "id": second, "number": "PRJ-2"}


def test_rows_by_the_thousand_come_in_each_with_its_own_values():
    count = 2 * VALUES + 7  # more than two statements full, and some that are left over
    ids = insert_many(NumberSeries, [{"prefix": f"P{place}", "last": 3} for place in range(count)])
    kept = list(NumberSeries.objects.order_by("pk").values_list("pk", "prefix", "last"))
    assert kept == [(pk, f"P{place}", 3) for place, pk in enumerate(ids)]


def test_where_one_statement_fails_none_is_kept():
    row = NumberSeries(pk=1_000_000, prefix="TST-2026")
    with pytest.raises(IntegrityError), transaction.atomic():
        together([taking("OTHER", 2026), inserting(row), inserting(row)])
    assert not NumberSeries.objects.exists()


def test_numbers_are_written_with_four_digits_and_more_where_they_need_them():
    assert (numbered("NED", 2026, 7), numbered("NED", 2026, 12345)) == ("NED-2026-0007", "NED-2026-12345")
