"""Every field of every confidential record says how deep it lies."""

import pytest
from django.apps import apps

from grandunion.records.base import Guarded

GUARDED = [m for m in apps.get_app_config("records").get_models() if isinstance(m._default_manager, Guarded)]
KINDS = [m for m in GUARDED if {"level", "number"} <= {field.name for field in m._meta.concrete_fields}]


@pytest.mark.parametrize("record", KINDS, ids=lambda m: m.__name__)
def test_every_field_of_a_confidential_record_is_declared(record):
    fields = {field.name for field in record._meta.concrete_fields}
    assert fields == set(record.secrecy), f"undeclared or unknown: {fields ^ set(record.secrecy)}"


@pytest.mark.parametrize("record", KINDS, ids=lambda m: m.__name__)
def test_only_open_fields_are_searched(record):
    for name in getattr(record, "searched", ()):
        assert record.secrecy[name] <= 1, name


@pytest.mark.parametrize("record", GUARDED, ids=lambda m: m.__name__)
def test_no_table_is_reached_from_behind(record):
    """Related names are hidden, so that no reverse manager walks past the one door."""
    for relation in record._meta.related_objects:
        assert relation.hidden, relation


def test_there_are_guarded_records_to_look_at():
    assert len(KINDS) >= 7
