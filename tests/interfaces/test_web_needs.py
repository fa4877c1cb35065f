"""The pages of needs: every page opens, forms keep what was typed, a need is handled by clicks."""

import pytest

from grandunion.records.needs import Need
from grandunion.terms.needs import Category, NeedState
from grandunion.work.actions import needs as actions
from tests.cast import NOON

pytestmark = pytest.mark.django_db

TYPED = {
    "applicant_type": "company", "contact_name": "Bo", "category": "technology", "urgency": "normal",
    "title": "寻找高温超导线圈", "text": "聚变装置需要线圈。",
}  # fmt: skip


@pytest.fixture
def ada_browser(ada_user, sign_in):
    return sign_in(ada_user)


@pytest.fixture
def bo_browser(bo_user, sign_in):
    return sign_in(bo_user)


@pytest.fixture
def need(bo):
    return actions.register({"contact_name": "Bo", "title_en": "A coil", "text_en": "A superconducting coil.",
                             "category": Category.TECHNOLOGY.value}, by=bo, at=NOON)  # fmt: skip


def only():
    return Need.objects.unscoped("tests look at what was made").get()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "address", ["", "desk/", "new/", "begin/", "{n}/", "{n}/edit/", "{n}/moves/dispatch/", "{n}/hand-over/",
                "{n}/open-to/", "?q=coil", "?due=overdue&whose=mine"],
)  # fmt: skip
def test_every_page_opens_in_both_languages(ada_browser, need, address, language):
    ada_browser.cookies["language"] = language
    answer = ada_browser.get(f"/w/needs/{address.format(n=need.number)}")
    assert answer.status_code == 200
    assert answer.headers["Content-Language"].startswith(language)


def test_a_need_is_handled_from_the_call_to_its_closure_by_clicks(ada_browser):
    answer = ada_browser.post("/w/needs/new/", {**TYPED, "submission": "one"})
    need = only()
    assert (answer.status_code, answer["Location"]) == (303, f"/w/needs/{need.number}/")
    base = f"/w/needs/{need.number}/moves/"
    ada_browser.post(f"{base}answer/", {"category": "technology", "answer": "低温研究所可以绕制。"})
    ada_browser.post(f"{base}call_back/", {"callback_result": "satisfied", "note": ""})
    answer = ada_browser.post(f"{base}close_solved/", {"outcome": "support_found", "note": ""})
    assert answer.status_code == 303
    assert only().state == NeedState.CLOSED_SOLVED


def test_a_form_sent_twice_makes_one_need(ada_browser):
    for _ in range(2):
        ada_browser.post("/w/needs/new/", {**TYPED, "submission": "once"})
    assert Need.objects.unscoped("tests count").count() == 1


def test_a_refused_form_keeps_what_was_typed(ada_browser):
    answer = ada_browser.post("/w/needs/new/", {**TYPED, "contact_name": "", "text": "keep me"})
    assert answer.status_code == 422
    assert "keep me" in answer.content.decode()
    assert not Need.objects.unscoped("tests count").exists()


def test_a_member_states_a_need_without_saying_who_asks(bo_browser, bo_company):
    page = bo_browser.get("/w/needs/new/").content.decode()
    assert 'name="organisation"' not in page
    assert page.index('name="title"') < page.index('name="contact_name"')
    bo_browser.post("/w/needs/new/", TYPED)
    assert (only().owner, only().applicant_type) == (bo_company, "company")


def test_an_investor_is_taken_for_an_investor(sign_in, dee_user):
    page = sign_in(dee_user).get("/w/needs/new/").content.decode()
    assert '<option value="investor" selected>' in page


def test_only_what_its_category_asks_is_kept_of_a_need(ada_browser):
    asked = {
        "modes_wanted": ["transfer", "joint_development"],
        "finance_round": "angel",
        "instruments_wanted": "equity",
    }
    ada_browser.post("/w/needs/new/", {**TYPED, **asked, "category": "technology"})
    assert (only().modes_wanted, only().finance_round) == (["transfer", "joint_development"], "")
    here = f"/w/needs/{only().number}/"
    assert "转让、合作开发" in ada_browser.get(here).content.decode()
    edited = {**TYPED, **asked, "title_en": "Money for a pump", "category": "financing", "version": only().version}
    assert ada_browser.post(f"{here}edit/", edited).status_code == 303
    assert (only().modes_wanted, only().finance_round, only().instruments_wanted) == ([], "angel", ["equity"])
    page = ada_browser.get(here).content.decode()
    assert "天使轮" in page
    assert "股权" in page


def test_each_question_says_which_category_asks_it(ada_browser):
    page = ada_browser.get("/w/needs/new/").content.decode()
    assert page.count('data-when="category=technology"') == 1
    assert page.count('data-when="category=financing"') == 2
