"""The journal: one chain, nothing skipped, nothing changed unseen."""

from dataclasses import replace

import pytest
from django.db import transaction

from grandunion.records.journal import Entry, Head
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.work.actions import journal
from grandunion.work.queries import journal as kept
from tests.cast import NOON, make_organisation

pytestmark = pytest.mark.django_db


def _deeds(operator, count=3):
    company = make_organisation("Chain Ltd")
    for number in range(count):
        with transaction.atomic():
            journal.note("tested", company, by=operator, at=NOON, changes={"name_en": (None, f"名 {number}")})
    return company


def test_entries_follow_each_other_without_a_gap(operator):
    _deeds(operator)
    assert list(Entry.objects.order_by("seq").values_list("seq", flat=True)) == [1, 2, 3]
    assert kept.first_broken() is None


def test_a_changed_entry_is_found(operator):
    _deeds(operator)
    Entry.objects.filter(seq=2).update(actor_name="Mallory")
    assert kept.first_broken() == 2


def test_a_removed_entry_is_found(operator):
    _deeds(operator)
    Entry.objects.filter(seq=2).delete()
    assert kept.first_broken() == 3


def test_a_cut_off_end_is_found(operator):
    _deeds(operator)
    Entry.objects.filter(seq=3).delete()
    assert kept.first_broken() == 3


def test_a_forged_end_is_found(operator):
    _deeds(operator)
    Head.objects.update(digest="0" * 64)
    assert kept.first_broken() == 4


@pytest.mark.django_db(transaction=True)
def test_nothing_is_noted_outside_the_deeds_transaction(operator):
    company = make_organisation("Alone Ltd")
    with pytest.raises(RuntimeError, match="transaction"):
        journal.note("tested", company, by=operator, at=NOON)


def test_many_deeds_are_chained_like_single_ones(operator):
    companies = [make_organisation(f"Bulk {n}") for n in range(5)]
    changes = {"name_zh": (None, "名“字”"), "staff_count": (None, 7), "founded_on": (None, NOON.date())}
    journal.note_many("imported", [(company, changes) for company in companies], by=operator, at=NOON)
    journal.note("imported", companies[0], by=operator, at=NOON, changes=changes)
    first, *_, last = Entry.objects.order_by("seq")
    assert Entry.objects.count() == 6
    assert kept.first_broken() is None
    same = ("at", "actor_id", "actor_name", "on_behalf", "verb", "subject_kind", "subject_number", "values")
    assert [getattr(first, name) for name in same] == [getattr(last, name) for name in same]


def test_a_form_sent_twice_is_known_by_its_key(operator):
    company = make_organisation("Once Ltd")
    journal.keep_submission("a-key", company, NOON)
    assert kept.submitted("a-key", "organisation") == company.pk
    assert kept.submitted("another", "organisation") is None


def test_a_time_line_names_people_as_each_language_writes_them(operator, bo, bo_user, reading, queries):
    company = _deeds(operator, count=1)
    bo_user.name_zh, bo_user.name_en = "博文", "Bo Wen"
    bo_user.save()
    with transaction.atomic():
        journal.note("tested", company, by=replace(bo, name="博文"), at=NOON)
    with reading(), queries(at_most=1):
        by_bo, by_house = kept.timeline(company, Secrecy.S2)
    assert (by_bo.who, by_bo.called) == ("博文", Text("Bo Wen", "博文"))
    assert by_house.called == Text("Grand Union", "系统")
    assert by_bo.unnamed().called == ""
    assert "Bo" not in str(by_bo.unnamed())
