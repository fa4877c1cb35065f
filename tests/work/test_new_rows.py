"""A new row is written as Django writes it."""

import pytest
from django.db import IntegrityError, connection, models, transaction
from django.test.utils import CaptureQueriesContext

from grandunion.records.base import Drawn
from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.terms.secrecy import Level
from tests.cast import NOON, make_organisation

pytestmark = pytest.mark.django_db
MADE = {"created_at": NOON, "updated_at": NOON, "level": Level.MEMBERS}
ROWS = {
    Term: {"list": "areas", "code": "core", "name_en": "Core", "name_zh": "核心区"},
    Organisation: {"number": "ORG-2026-0001", "name_en": "One", "organisation_kind": "enterprise", **MADE},
    Need: {"number": "NED-2026-0001", "title_en": "A need", "category": "technology", "state_at": NOON, **MADE},
}


def written(record: type[models.Model], values: dict, **more: object) -> tuple[list[str], dict]:
    """The SQL by which a row is made, and the row as it is then known; nothing of it stays."""
    with CaptureQueriesContext(connection) as asked, transaction.atomic():
        made = record(**values, **more)
        made.save()
        transaction.set_rollback(True)
    known = {field.attname: getattr(made, field.attname) for field in record._meta.concrete_fields}
    known["id"] = more["pk"] or known["id"] is not None  # PostgreSQL gives no number twice
    return [one["sql"] for one in asked if "INSERT" in one["sql"]], known | {"is_new": made._state.adding}


@pytest.mark.parametrize("pk", [None, 7])
@pytest.mark.parametrize("record", ROWS)
def test_a_new_row_is_written_as_django_writes_it(record, pk, monkeypatch):
    ours = written(record, ROWS[record], pk=pk)
    monkeypatch.setattr(Drawn, "_save_table", models.Model._save_table)
    assert ours == written(record, ROWS[record], pk=pk)
    assert len(ours[0]) == 1
    assert ours[1]["is_new"] is False


def test_a_row_that_breaks_a_promise_spoils_its_transaction_as_everywhere():
    with transaction.atomic():
        made = make_organisation("One")
        with pytest.raises(IntegrityError):
            make_organisation("Two", number=made.number)
        assert connection.needs_rollback
        transaction.set_rollback(True)
