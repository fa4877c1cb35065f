"""SQLite's compilers: shorter ways to the SQL that Django's own compilers write."""

from datetime import date

import pytest
from django.db import connection
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, sql
from django.db.models.functions import Lower
from django.db.models.sql import compiler

from grandunion.adapters.sqlite.compiler import SQLCompiler, SQLInsertCompiler
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.work.queries.matches.rows import DRAWN

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="speaks of the compilers of SQLite"),
]


def matches() -> QuerySet:
    return Match.objects.unscoped("no row is read: only the SQL is looked at")


QUERIES = {
    "plain": lambda: Term.objects.all(),
    "a whole record found by its relation": lambda: Term.objects.filter(parent__code="areas").order_by("parent__code"),
    "a whole record within another question": lambda: Term.objects.filter(
        Exists(Term.objects.filter(parent=OuterRef("pk")))
    ),
    "whole records of two questions": lambda: Term.objects.filter(code="a").union(Term.objects.filter(code="b")),
    "a field left out": lambda: Term.objects.defer("details").filter(code="a"),
    "two fields alone": lambda: Term.objects.only("code", "position"),
    "ordered": lambda: Term.objects.order_by("-position", "parent__name_zh", "pk"),
    "ordered twice by the same": lambda: Term.objects.order_by("position", "-position"),
    "ordered against the grain": lambda: Term.objects.order_by("position", "pk").reverse(),
    "many relations": lambda: matches().select_related(*DRAWN).filter(number="a").order_by("-updated_at", "-pk"),
    "some fields": lambda: matches().select_related("owner").only("number", "owner__name_zh").order_by("number"),
    "values": lambda: Term.objects.order_by("position", "code").values_list("code", "parent__code", "position"),
    "values, ordered by another": lambda: Term.objects.order_by("position").values_list("code"),
    "values of an annotation": lambda: Term.objects.annotate(low=Lower("code")).order_by("-low").values("pk", "low"),
    "an annotation": lambda: Term.objects.annotate(low=Lower("code")).order_by("low", "code"),
    "an order that is an expression": lambda: Term.objects.order_by(F("position").desc(nulls_last=True), "pk"),
    "a selected expression as order": lambda: Term.objects.values_list("position", "code").order_by(F("position")),
    "lot": lambda: Term.objects.order_by("?"),
    "groups": lambda: Term.objects.values("parent__code").annotate(n=Count("pk")).order_by("-n", "parent__code"),
    "distinct": lambda: Term.objects.distinct().values_list("parent__code").order_by("position"),
    "a subquery": lambda: Term.objects.annotate(
        first=Subquery(Term.objects.filter(parent=OuterRef("pk")).order_by("position").values("code")[:1])
    ).order_by("first"),
    "a constant": lambda: Term.objects.annotate(one=Value(1)).order_by("one", "pk"),
    "union": lambda: Term.objects.filter(code="a").values_list("code").union(Term.objects.values_list("code"))
    .order_by("code"),
    "columns written out": lambda: Term.objects.extra(select={"twice": "position * 2"}, order_by=["-twice"]),
    "conditions": lambda: Term.objects.filter(Q(position__gt=F("pk")) | Q(parent__code="areas")).order_by("code")[2:9],
}  # fmt: skip


def written(rows: QuerySet, kind: type) -> tuple[str, tuple]:
    sql, values = kind(rows.query.clone(), connection, "default").as_sql()
    return sql, tuple(values)


@pytest.mark.parametrize("name", QUERIES)
def test_the_sql_is_the_one_that_django_writes(name):
    rows = QUERIES[name]()
    assert written(rows, SQLCompiler) == written(rows, compiler.SQLCompiler)


@pytest.mark.parametrize("name", QUERIES)
def test_a_row_becomes_what_django_makes_of_it(name):
    told = {"list": "kept", "name_zh": "甲", "name_en": "A"}
    parent = Term.objects.create(code="areas", details={"a": [None, 1.5]}, retired_on=date(2026, 1, 2), **told)
    Term.objects.create(code="a", parent=parent, position=3, **told)
    rows = QUERIES[name]()
    (ours, own), (theirs, django) = (_read(rows, kind) for kind in (SQLCompiler, compiler.SQLCompiler))
    assert _placed(own) == _placed(django)
    assert [(str(col), alias) for col, _, alias in own.select] == [(str(col), alias) for col, _, alias in django.select]
    assert sorted(map(repr, ours)) == sorted(map(repr, theirs))


def _placed(asked: compiler.SQLCompiler) -> tuple:
    """Where in a row the fields of a record stand, and what was annotated."""
    record = asked.klass_info and (asked.klass_info["model"], asked.klass_info["select_fields"])
    return record, asked.annotation_col_map


def _read(rows: QuerySet, kind: type) -> tuple[list, compiler.SQLCompiler]:
    asked = kind(rows.query.clone(), connection, "default")
    return [*map(list, asked.results_iter())], asked


def test_what_django_asks_the_database_with_are_these_compilers():
    assert type(Term.objects.all().query.get_compiler("default")) is SQLCompiler


def test_a_query_that_was_compiled_once_can_be_compiled_and_asked_again():
    rows = Term.objects.order_by("code").values_list("code")
    assert [written(rows, SQLCompiler) for _ in range(2)] == [written(rows, compiler.SQLCompiler)] * 2
    asked = rows.query.get_compiler("default")
    asked.as_sql()
    assert [alias for *_, alias in asked.select] == ["code"]


ROWS = {
    "texts, numbers, nothing, a list": {"code": "a", "name_zh": "甲", "position": 3, "parent": None, "details": [1]},
    "a day and its relation by id": {"code": "b", "retired_on": date(2026, 1, 2), "parent_id": None},
    "values of another type than the column's": {"code": 7, "position": "4", "retired_on": "2026-03-01"},
    "a truth where a number belongs": {"code": "c", "position": True},
    "an expression": {"code": Lower(Value("ABC")), "position": Value(2)},
}


@pytest.mark.parametrize("name", ROWS)
def test_a_row_is_inserted_as_django_inserts_it(name):
    rows = [Term(list="kept", **ROWS[name]), Term(list="kept", code="more")]
    for some in (rows[:1], rows):
        query = sql.InsertQuery(Term)
        query.insert_values([field for field in Term._meta.concrete_fields if not field.primary_key], some)
        ours, theirs = (
            kind(query.clone(), connection, "default").as_sql()
            for kind in (SQLInsertCompiler, compiler.SQLInsertCompiler)
        )
        assert ours == theirs


def test_rows_of_the_same_fields_are_inserted_by_the_same_sql_and_those_of_others_by_theirs():
    pk, *others = Term._meta.concrete_fields
    for number, fields in enumerate([others, others, [pk, *others], others[1:], others[:-1], others]):
        for answered in ([], [pk], [pk, others[0]]):
            query = sql.InsertQuery(Term)
            query.insert_values(fields, [Term(pk=number, list="kept", code=f"code {number}")])
            both = []
            for kind in (SQLInsertCompiler, compiler.SQLInsertCompiler):
                inserting = kind(query.clone(), connection, "default")
                inserting.returning_fields = answered
                both.append((inserting.as_sql(), inserting.returning_params))
            assert both[0] == both[1]


def test_what_is_inserted_can_be_read_as_it_was_written():
    row = Term.objects.create(
        list="kept", **{**ROWS["an expression"], "name_zh": "甲", "name_en": "A", "details": {"a": [None, 1.5]}}
    )
    read = Term.objects.get(pk=row.pk)
    assert (read.code, read.position, read.details, read.parent) == ("abc", 2, {"a": [None, 1.5]}, None)
