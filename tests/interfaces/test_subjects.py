"""What a subject asks besides: at the public form, on the telephone and when correcting, with and without a script."""

import pytest
from django.core.cache import cache
from django.test import Client

from grandunion.records.lists import Term
from grandunion.records.needs import Need
from grandunion.work.actions import needs as actions
from tests.cast import NOON
from tests.interfaces.test_portal_forms import begin, the_need
from tests.interfaces.test_web_needs import TYPED

pytestmark = pytest.mark.django_db
QUESTIONS = [
    {"code": "term_months", "name_zh": "贷款期限（月）", "name_en": "Term in months", "kind": "number",
     "is_required": True},
    {"code": "has_loan", "name_zh": "目前是否有在贷", "name_en": "Is a loan running now?", "kind": "yes_no"},
    {"code": "security", "name_zh": "增信", "name_en": "Security", "kind": "choice",
     "choices": [{"code": "none", "name_zh": "无", "name_en": "None"}]},
    {"code": "starts_on", "name_zh": "开始", "name_en": "Start", "kind": "day"},
]  # fmt: skip
WISH = {"category": "talent", "title": "A loan", "text": "For machines.", "subject": "loan"}


@pytest.fixture(autouse=True)
def loan(db):
    """One subject with questions of each kind."""
    cache.clear()
    above = Term.objects.create(list="need_subjects", code="financing", name_zh="融资", name_en="Financing")
    return Term.objects.create(
        list="need_subjects", code="loan", parent=above, name_zh="贷款", name_en="Loans",
        help_en="State amount and term.", help_zh="写明金额和期限。", details={"questions": QUESTIONS},
    )  # fmt: skip


@pytest.fixture
def dees():
    client = Client()
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def adas(ada_user, sign_in):
    browser = sign_in(ada_user)
    browser.cookies["language"] = "en"
    return browser


def test_the_public_form_asks_what_the_subject_needs_and_keeps_the_answers(dees):
    place = begin(dees)
    dees.post(f"{place}?step=team", {"applicant_name": "Dee's team"})
    again = dees.post(f"{place}?step=need", WISH)
    page = again.content.decode()
    assert again.status_code == 422
    assert "State amount and term." in page
    assert "A loan" in page
    dees.post(f"{place}keep/?step=need", {**WISH, "details.term_months": "24"})
    assert 'value="24"' in dees.get(f"{place}?step=need").content.decode()
    sent = {**WISH, "details.term_months": "36", "details.has_loan": "0", "details.starts_on": "2027-01-02"}
    assert dees.post(f"{place}?step=need", sent).status_code == 303
    need = the_need()
    assert need.details == {"term_months": "36", "has_loan": False, "starts_on": "2027-01-02"}
    assert (need.subject.code, need.category) == ("loan", "financing")


def test_what_does_not_fit_is_said_at_its_field(dees):
    place = begin(dees)
    dees.post(f"{place}?step=team", {"applicant_name": "Dee's team"})
    answer = dees.post(f"{place}?step=need", {**WISH, "details.term_months": "soon"})
    assert answer.status_code == 422
    assert "is not a number" in answer.content.decode()
    assert not Need.objects.unscoped("nothing was handed in").exists()


@pytest.mark.parametrize(("language", "words"), [("en", "Term in months"), ("zh", "贷款期限（月）")])
def test_a_script_fetches_what_a_subject_asks(dees, adas, language, words):
    for client, address in ((dees, "/ask/questions/?q=loan"), (adas, "/w/needs/questions/?q=loan")):
        client.cookies["language"] = language
        answer = client.get(address)
        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert "<form" not in answer.content.decode()
    assert "field" not in dees.get("/ask/questions/?q=nothing").content.decode()


def test_an_officer_notes_the_answers_on_the_telephone(adas):
    adas.post("/w/needs/new/", {**TYPED, "category": "financing", "subject": "loan", "details.term_months": "12"})
    need = the_need()
    assert need.details == {"term_months": "12"}
    page = adas.get(f"/w/needs/{need.number}/").content.decode()
    assert "Term in months" in page


def test_correcting_a_need_does_not_ask_what_nobody_knew(adas, bo):
    values = {"contact_name": "Bo", "title_en": "A loan", "text_en": "Money.", "category": "financing"}
    need = actions.register(values, by=bo, at=NOON)
    address = f"/w/needs/{need.number}/edit/"
    sent = {"title_en": "A loan", "text_en": "Money now.", "category": "financing", "urgency": "normal",
            "subject": "loan", "version": the_need().version}  # fmt: skip
    assert adas.post(address, sent).status_code == 303
    assert the_need().text_en == "Money now."
    sent |= {"details.term_months": "6", "version": the_need().version}
    assert adas.post(address, sent).status_code == 303
    assert 'value="6"' in adas.get(address).content.decode()
