"""The words of counting and the tables they stand for agree, field by field."""

import pytest
from django.db import models

from grandunion.terms.counting import CLASSES, SUBJECTS, Dimension, FieldKind
from grandunion.work.queries.plans.doors import DOORS
from grandunion.work.queries.plans.fields import MADE, SOURCES
from grandunion.work.queries.plans.gathering import gather

KINDS = {
    FieldKind.DAY: models.DateField, FieldKind.MOMENT: models.DateTimeField, FieldKind.MONEY: models.DecimalField,
    FieldKind.NUMBER: (models.IntegerField, models.DecimalField), FieldKind.FLAG: models.BooleanField,
    FieldKind.TEXT: (models.CharField, models.TextField), FieldKind.CODE: models.CharField,
    FieldKind.SPANS: models.CharField, FieldKind.RECORD: models.ForeignKey,
}  # fmt: skip


def column(table: type[models.Model], path: str) -> models.Field:
    """The column that a path leads to."""
    field = None
    for part in path.split("__"):
        field = table._meta.get_field(part.removesuffix("_id") if part.endswith("_id") else part)
        table = field.related_model or table
    return field


def test_every_class_of_the_vocabulary_has_its_table_its_door_and_its_subject() -> None:
    assert set(CLASSES) == set(SOURCES) == set(DOORS) == set(SUBJECTS)


@pytest.mark.parametrize("record", sorted(CLASSES))
def test_every_field_lies_in_a_column_of_its_kind(record: str) -> None:
    source, made = SOURCES[record], MADE.get(record, frozenset())
    for name, field in CLASSES[record].fields.items():
        if name in made:
            continue
        found = column(source.table, source.path(record, name))
        assert isinstance(found, KINDS[field.kind]), f"{record}.{name} is a {type(found).__name__}"
        if field.kind == FieldKind.DAY:
            assert not isinstance(found, models.DateTimeField), f"{record}.{name} holds a moment"
    assert isinstance(column(source.table, source.born), models.DateTimeField)


@pytest.mark.parametrize("record", sorted(CLASSES))
def test_every_dimension_is_declared_where_the_table_has_it(record: str) -> None:
    source = SOURCES[record]
    assert set(source.dimensions) == set(CLASSES[record].dimensions)
    assert Dimension.AREA in source.dimensions
    for path in source.dimensions.values():
        assert isinstance(column(source.table, path), models.ForeignKey)


@pytest.mark.django_db
@pytest.mark.parametrize("record", sorted(CLASSES))
def test_all_fields_are_gathered_in_a_few_questions(record: str, queries) -> None:
    with queries(at_most=8):
        assert list(gather(record, CLASSES[record].fields)) == []
