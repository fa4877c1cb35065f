"""The officer's desk: letters nobody answered, applicants whose turn it is, calls that are due, the team's needs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from grandunion.records.needs import Need
from grandunion.terms.needs import Category, NoteKind, Outcome
from grandunion.terms.roles import Role
from grandunion.work.actions import needs as actions
from grandunion.work.actions.needs import Rating, Writing
from grandunion.work.queries import needs
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
VALUES = {"contact_name": "Bo", "contact_email": "bo@company.example", "category": Category.TALENT.value,
          "text_en": "We look for them."}  # fmt: skip


def told(bo, title):
    return actions.register({**VALUES, "title_en": title}, by=bo, at=NOON)


def piles(reader):
    return {pile.code: [str(task.title.en) for task in pile.tasks] for pile in needs.desk(reader)}


def test_a_letter_lies_on_the_desk_until_it_is_answered(ada, bo):
    need = told(bo, "Two engineers")
    actions.add_note(need, Writing(NoteKind.FROM_APPLICANT, "Any news?"), by=bo, at=NOON + HOUR)
    later = replace(ada, at=NOON + 2 * HOUR)
    assert piles(later)["letters"] == ["Two engineers"]
    actions.add_note(need, Writing(NoteKind.TO_APPLICANT, "Soon."), by=later, at=NOON + 2 * HOUR)
    assert piles(later)["letters"] == []
    assert piles(later)["unassigned"] == ["Two engineers"]


def test_an_answer_of_the_need_answers_its_letters(ada, bo):
    need = told(bo, "Two engineers")
    actions.add_note(need, Writing(NoteKind.FROM_APPLICANT, "Any news?"), by=bo, at=NOON + HOUR)
    later = replace(ada, at=NOON + 2 * HOUR)
    actions.answer(need, text="Found.", by=later, at=NOON + 2 * HOUR)
    assert piles(later)["letters"] == []


def test_a_need_that_waits_for_its_applicant_lies_apart_and_says_how_long(ada, bo):
    need = told(bo, "Two engineers")
    actions.take(need, by=ada, at=NOON)
    actions.ask_applicant(need, "Which city?", by=ada, at=NOON)
    later = replace(ada, at=NOON + timedelta(days=3))
    assert piles(later)["mine"] == ["Two engineers"]
    pile = next(one for one in needs.desk(later) if one.code == "mine")
    assert pile.tasks[0].due.en == "the applicant's turn for 3 days"
    other = reader_of(make_user("second@hub.example", Role.OFFICER), NOON)
    assert piles(other)["paused"] == ["Two engineers"]


def test_what_colleagues_have_in_charge_is_the_teams(ada, bo):
    actions.take(told(bo, "Two engineers"), by=ada, at=NOON)
    other = reader_of(make_user("second@hub.example", Role.OFFICER), NOON)
    rows = needs.visible_to(other).filter(needs.listing.whose("team", other))
    assert [row.title_en for row in rows] == ["Two engineers"]
    assert not needs.visible_to(ada).filter(needs.listing.whose("team", ada)).exists()


def test_a_closed_need_is_called_again_when_its_time_has_come(ada, bo):
    need = told(bo, "Two engineers")
    actions.answer(need, text="Found.", by=ada, at=NOON)
    actions.rate(need, Rating(5), by=bo, at=NOON)
    actions.close(need, "close_solved", outcome=next(iter(Outcome)), by=ada, at=NOON)
    Need.objects.unscoped("the test says when to call").filter(pk=need.pk).update(call_due_at=NOON + timedelta(days=9))
    assert "to_call" not in {code for code, titles in piles(ada).items() if titles}
    later = replace(ada, at=NOON + timedelta(days=11))
    pile = next(one for one in needs.desk(later) if one.code == "to_call")
    assert pile.tasks[0].due.en == "call back: overdue by 2 days"


def test_the_desk_asks_no_more_for_many_needs_than_for_few(ada, bo, django_assert_max_num_queries):
    for number in range(4):
        need = told(bo, f"Engineer {number}")
        actions.add_note(need, Writing(NoteKind.FROM_APPLICANT, "Any news?"), by=bo, at=NOON)
    with django_assert_max_num_queries(10):
        needs.desk(ada)


def test_one_need_leads_on_to_the_next_and_the_last_to_the_first(ada, bo):
    first, second, third = (told(bo, title).number for title in ("One", "Two", "Three"))
    assert [needs.next_on_desk(ada, after) for after in ("", first, second, third)] == [first, second, third, first]
    assert needs.next_on_desk(ada, "NED-2026-9999") == first  # what was done leaves the desk: the most pressing follows


def test_the_page_of_a_need_leads_on_and_an_empty_desk_says_so(ada_user, bo, sign_in, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    first, second = (told(bo, title) for title in ("One", "Two"))
    browser = sign_in(ada_user)
    assert f"/w/needs/next/?after={first.number}" in browser.get(f"/w/needs/{first.number}/").content.decode()
    assert browser.get(f"/w/needs/next/?after={first.number}").url == f"/w/needs/{second.number}/"
    for need in (first, second):
        actions.move(need, "cancel", by=reader_of(ada_user, NOON), at=NOON, reason="done elsewhere")
    assert browser.get("/w/needs/next/").url == "/w/needs/desk/"
