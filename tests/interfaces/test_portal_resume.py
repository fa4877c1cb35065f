"""A public form that was left: one letter after a day, and a button that leads back to what was written."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from grandunion.records.documents import Draft
from grandunion.records.messages import Mail
from grandunion.terms.readers import house
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.actions.messages.unfinished import remind
from tests.interfaces.test_portal_forms import begin
from tests.posting import Postbox, postbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1, minutes=1)


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    cache.clear()


@pytest.fixture
def dees() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def later(days: int = 1) -> object:
    return timezone.now() + DAY * days


def sent(box: Postbox, at: object) -> list:
    while send_mails(by=house(at), at=at):
        pass
    return box.to("dee@quiet.example")


def left(client: Client) -> str:
    """The address of a form that Dee has begun, with a word at its second step, and left."""
    place = begin(client, contact_email="dee@quiet.example")
    client.post(f"{place}?step=team", {"applicant_name": "Dee's pumps"})
    return place


def way_back(letter: object) -> str:
    return urlsplit(next(word for word in letter.get_content().split() if "/resume/" in word)).path


def test_a_form_left_for_a_day_is_reminded_of_once(dees, postbox):  # noqa: F811
    left(dees)
    assert remind(at=timezone.now()) == 0
    assert [remind(at=later()), remind(at=later()), remind(at=later(9))] == [1, 0, 0]
    letters = sent(postbox, later())
    assert len(letters) == 1
    assert "Your form is not handed in yet" in letters[0]["Subject"]
    assert "您的表单尚未提交" in letters[0]["Subject"]
    assert "Dee's pumps" not in letters[0].get_content()


def test_the_button_leads_back_to_what_was_written_under_a_new_address(dees, postbox):  # noqa: F811
    place = left(dees)
    remind(at=later())
    there = way_back(sent(postbox, later())[0])
    elsewhere = Client()
    page = elsewhere.get(there)
    assert page.status_code == 200
    assert page["Cache-Control"] == "no-store"
    assert dees.get(place).status_code == 200  # looking at the letter's page changes nothing
    fresh = elsewhere.post(there).headers["Location"]
    assert "Dee&#x27;s pumps" in elsewhere.get(f"{fresh}?step=team").content.decode()
    assert dees.get(place).status_code == 404


def test_what_was_handed_in_meanwhile_is_not_reminded_of(dees, postbox):  # noqa: F811
    place = left(dees)
    remind(at=later())
    need = {"category": "talent", "title": "Two engineers", "text": "We look for them."}
    answer = dees.post(f"{place}?step=need", need)
    assert answer.status_code == 303, answer.content.decode()
    assert Draft.objects.unscoped("this test made one form").get().became
    assert sent(postbox, later()) == []
    assert Mail.objects.unscoped("the letter that was not sent").get(draft__isnull=False).state == "dropped"


def test_without_an_address_nobody_is_written_to(dees, postbox):  # noqa: F811
    begin(dees)
    assert remind(at=later()) == 1
    assert not Mail.objects.unscoped("nobody was written to").exists()


@pytest.mark.parametrize("word", ["forged", "eyJkcmFmdCI6MX0:1abc:xyz"])
def test_a_word_the_hub_has_not_written_opens_nothing(dees, word):
    assert dees.get(f"/resume/{word}/").status_code == 404
    assert dees.post(f"/resume/{word}/").status_code == 404
