"""What changes a record: its columns, once, and only if nobody saved it meanwhile."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grandunion.records.needs import Need
from grandunion.records.plans import ReportStyle
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent, Stale
from grandunion.work.actions.base import change
from tests.cast import NOON, make_organisation
from tests.watching import queries

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(hours=1)


@pytest.fixture
def need(bo_company):
    return Need.objects.create(
        number="NED-2026-0001", title_en="One", level=Level.MEMBERS, state=NeedState.RECEIVED, owner=bo_company,
        state_at=NOON, created_at=NOON, updated_at=NOON, category=Category.TALENT,
    )  # fmt: skip


def read(record):
    return type(record)._base_manager.get(pk=record.pk)


def test_every_kind_of_value_goes_in_and_comes_out_of_the_database(need):
    other = make_organisation("Other")
    values = {
        "owner": other, "category": Category.TECHNOLOGY, "budget": Decimal("12.50"), "wanted_by": date(2026, 12, 1),
        "received_at": LATER, "details": {"words": ["甲", None]}, "trl_wanted": 5, "area_id": None,
    }  # fmt: skip
    with queries(at_most=1):
        changes = change(need, at=LATER, **values)
    assert changes.keys() == values.keys() - {"area_id"}
    found = read(need)
    assert {name: getattr(found, name) for name in values} == values
    assert (found.version, found.updated_at) == (need.version, need.updated_at) == (2, LATER)


def test_of_two_who_save_the_same_version_the_second_is_told_what_the_first_wrote(need):
    mine, theirs = read(need), read(need)
    change(theirs, at=NOON, title_en="Theirs")
    with pytest.raises(Stale) as stale:
        change(mine, at=LATER, title_en="Mine")
    assert stale.value.differences == (("title_en", "Theirs", "Mine"),)
    assert (read(need).title_en, read(need).version) == ("Theirs", 2)
    with pytest.raises(Stale):
        change(read(need), at=LATER, version=1, title_en="Mine")
    Need.objects.unscoped("somebody takes it out meanwhile").filter(pk=need.pk).delete()
    with pytest.raises(Absent):
        change(theirs, at=LATER, title_en="Gone")


def test_a_record_that_does_not_say_when_it_was_saved_still_counts_how_often():
    style = ReportStyle.objects.create(scope="city", file_name="a.docx", size=1, fingerprint="0" * 64, kept_at=NOON)
    assert change(style, at=LATER, size=1) == {}
    assert change(style, at=LATER, size=2) == {"size": (1, 2)}
    assert (read(style).size, read(style).version, style.version) == (2, 3, 3)
    with pytest.raises(Stale):
        change(style, at=LATER, version=1, size=2)
