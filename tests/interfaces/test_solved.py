"""Somebody solved this before: told in numbers to everybody, by its record only to who may see it."""

import pytest
from django.core.cache import cache
from django.test import Client

from grandunion.records.needs import Need
from grandunion.terms.needs import Category, Outcome
from grandunion.work.actions import needs as actions
from grandunion.work.actions.needs import Rating
from grandunion.work.queries.needs.solved import FEWEST, solved_before
from tests.cast import NOON
from tests.interfaces.test_portal_forms import begin

pytestmark = pytest.mark.django_db
TITLE = "Clean laboratory of 200 square metres"


@pytest.fixture(autouse=True)
def _nobody_counted():
    cache.clear()


def solve(bo, ada, how_many, title=TITLE):
    for number in range(how_many):
        values = {"contact_name": "Bo", "title_en": title, "text_en": f"secret words {number}",
                  "category": Category.PREMISES.value}  # fmt: skip
        need = actions.register(values, by=bo, at=NOON)
        actions.answer(need, text="Rooms found.", by=ada, at=NOON)
        actions.rate(need, Rating(5), by=bo, at=NOON)
        actions.close(need, "close_solved", outcome=next(iter(Outcome)), by=ada, at=NOON)


def test_few_solved_needs_are_not_told_of(ada, bo):
    solve(bo, ada, FEWEST - 1)
    assert solved_before(TITLE) is None


def test_many_are_told_of_as_a_number_and_nothing_else(ada, bo):
    solve(bo, ada, FEWEST)
    found = solved_before("clean laboratory 200 square metres")
    assert (found.count, found.days) == (FEWEST, 1)
    assert solved_before("a loan for machines") is None
    client = Client()
    client.cookies["language"] = "en"
    page = client.get("/ask/alike/", {"q": TITLE}).content.decode()
    assert f"{FEWEST} like this were solved before" in page
    assert "NED-" not in page
    assert "secret words" not in page
    client.cookies["language"] = "zh"
    assert f"已解决类似需求 {FEWEST} 项" in client.get("/ask/alike/", {"q": TITLE}).content.decode()


def test_nothing_typed_says_nothing():
    for typed in ("", "a", "\x00"):
        answer = Client().get("/ask/alike/", {"q": typed})
        assert (answer.status_code, answer.content.strip()) == (200, b"")


def test_the_public_form_asks_while_the_line_is_typed():
    client = Client()
    place = begin(client)
    client.post(f"{place}?step=team", {"applicant_name": "Dee's team"})
    page = client.get(f"{place}?step=need").content.decode()
    assert 'data-similar-url="/ask/alike/"' in page
    assert page.count('id="similar"') == 1


def test_an_officer_is_led_to_the_solved_one(ada, bo, ada_user, sign_in):
    solve(bo, ada, 1)
    browser = sign_in(ada_user)
    browser.cookies["language"] = "en"
    page = browser.get("/w/matches/alike/need/", {"q": TITLE}).content.decode()
    assert "Somebody solved this before" in page
    assert "NED-" in page


def test_without_a_script_the_public_form_shows_once_what_was_solved_before(ada, bo):
    solve(bo, ada, FEWEST)
    before = Need.objects.unscoped("a test counts").count()
    client = Client()
    client.cookies["language"] = "en"
    place = begin(client)
    client.post(f"{place}?step=team", {"applicant_name": "Dee's team"})
    wish = {"category": "premises", "title": TITLE, "text": "For our samples."}
    first = client.post(f"{place}?step=need", wish)
    page = first.content.decode()
    assert first.status_code == 200
    assert f"{FEWEST} like this were solved before" in page
    assert "For our samples." in page
    assert 'name="looked"' in page
    assert Need.objects.unscoped("a test counts").count() == before
    assert "For our samples." in client.get(f"{place}?step=need").content.decode()  # nothing typed is lost
    assert client.post(f"{place}?step=need", {**wish, "looked": "1"}).status_code == 303
    assert Need.objects.unscoped("a test counts").count() == before + 1


def test_a_member_without_a_script_sees_the_like_need_once_before_it_stands_twice(ada, bo, bo_user, sign_in):
    solve(bo, ada, 1)
    browser = sign_in(bo_user)
    browser.cookies["language"] = "en"
    wish = {"title": TITLE, "text": "Again.", "category": "premises", "urgency": "normal", "contact_name": "Bo",
            "applicant_type": "company"}  # fmt: skip
    page = browser.post("/w/needs/new/", wish).content.decode()
    assert "Look first at what is like it" in page
    assert "Somebody solved this before" in page
    assert "Again." in page
    assert browser.post("/w/needs/new/", {**wish, "looked": "1"}).status_code in (302, 303)
    assert Need.objects.unscoped("a test counts").count() == 2


def test_what_is_like_nothing_is_taken_at_once(ada, bo, bo_user, sign_in):
    solve(bo, ada, 1)
    wish = {"title": "A loan for machines", "text": "Soon.", "category": "financing", "urgency": "normal",
            "contact_name": "Bo", "applicant_type": "company"}  # fmt: skip
    assert sign_in(bo_user).post("/w/needs/new/", wish).status_code in (302, 303)
