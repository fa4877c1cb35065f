"""Saved searches: nothing before the letter is answered, only what is new, never twice, ended by a click."""

from datetime import timedelta
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from grandunion.interfaces.portal import guarding
from grandunion.records.achievements import Achievement
from grandunion.records.journal import Entry
from grandunion.records.messages import Alert, AlertItem, Mail
from grandunion.terms.messages import AlertState
from grandunion.terms.readers import house
from grandunion.terms.secrecy import Level
from grandunion.work.actions.messages.alerts import FORGOTTEN_AFTER, run_due
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.queries.messages.alerts import SECTIONS
from tests.interfaces.test_portal import make_achievement, make_need
from tests.posting import Postbox, postbox  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
DEE = "dee@quiet.example"
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    cache.clear()


@pytest.fixture
def dees() -> Client:
    """Dee's browser, without an account."""
    client = Client()
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def sent(postbox: Postbox):  # noqa: F811
    """What is in the postbox once every letter that is due at a moment has gone."""

    def letters(at: object = None) -> list:
        now = at or timezone.now()
        while send_mails(by=house(now), at=now):
            pass
        return [letter for _, letter in postbox.letters]

    return letters


def follow(client: Client, address: str = "/follow/technologies/?q=pump", email: str = DEE) -> object:
    stamp = guarding.stamp(timezone.now() - timedelta(minutes=1))
    return client.post(address, {"email": email, "opened": stamp})


def link_of(letter: object) -> str:
    """The address of its saved search in a letter."""
    line = next(one for one in letter.get_content().split() if "/alerts/" in one)
    return urlsplit(line).path


def confirmed(client: Client, sent: object, address: str = "/follow/technologies/?q=pump") -> str:
    """The address of a saved search that Dee has confirmed."""
    assert follow(client, address).status_code == 303
    place = link_of(sent()[-1])
    assert client.post(place).status_code == 303
    return place


def look(days: int = 1) -> int:
    """The worker's look, some days from now."""
    at = timezone.now() + DAY * days
    return run_due(house(at), at)


def the_alert() -> Alert:
    return Alert.objects.unscoped("this test kept one search").get()


def test_nothing_is_sent_before_the_letter_is_answered(dees, sent):
    make_achievement("Quiet pump")
    assert follow(dees).status_code == 303
    assert [one["To"] for one in sent()] == [DEE]
    place = link_of(sent()[0])
    assert "Yes, write to me" in dees.get(place).content.decode()
    assert the_alert().state == AlertState.UNCONFIRMED  # looking at the page confirms nothing
    make_achievement("Quieter pump")
    look()
    assert len(sent(timezone.now() + DAY)) == 1


def test_only_what_is_new_and_answers_is_told_and_never_twice(dees, sent):
    make_achievement("Quiet pump")
    confirmed(dees, sent)
    assert look() == 1
    assert len(sent(timezone.now() + DAY)) == 1  # nothing new
    new = make_achievement("Quieter pump")
    make_achievement("Loud trumpet")
    make_achievement("Secret pump", level=Level.MEMBERS)
    look(2)
    letter = sent(timezone.now() + DAY * 2)[-1]
    text = letter.get_content()
    assert letter["Subject"].strip() == "1 new for your search: Technologies on offer: “pump”"
    assert f"/technologies/{new.number}/" in text
    assert "Quieter pump" in text
    assert "trumpet" not in text
    assert "Secret" not in text
    assert "Quiet pump" not in text
    look(3)
    look(4)
    assert len(sent(timezone.now() + DAY * 4)) == 2


def test_a_list_is_followed_without_words_too(dees, sent):
    confirmed(dees, sent, "/follow/needs/?category=technology")
    row = make_need("A quieter pump")
    make_need("Two engineers", category="talent")
    look()
    text = sent(timezone.now() + DAY)[-1].get_content()
    assert f"/needs/{row.number}/" in text
    assert "engineers" not in text


def test_what_is_no_longer_public_when_the_letter_goes_is_not_told(dees, sent):
    confirmed(dees, sent)
    row = make_achievement("Quieter pump")
    look()
    Achievement.objects.unscoped("a test hides it").filter(pk=row.pk).update(level=Level.NAMED)
    assert len(sent(timezone.now() + DAY)) == 1


def test_a_letter_ends_the_search_with_one_click_and_the_address_is_forgotten(sent):
    browser = Client(enforce_csrf_checks=False)
    browser.cookies["language"] = "en"
    confirmed(browser, sent)
    make_achievement("Quieter pump")
    look()
    letter = sent(timezone.now() + DAY)[-1]
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    there = urlsplit(letter["List-Unsubscribe"].strip(" <>")).path
    mail_programme = Client(enforce_csrf_checks=True)  # which brings no cookie and no token
    assert mail_programme.post(there, {"List-Unsubscribe": "One-Click"}).status_code == 303
    assert not Alert.objects.unscoped("it is gone").exists()
    assert not AlertItem.objects.unscoped("with what it told").exists()
    assert mail_programme.post(there).status_code == 404
    assert DEE not in "".join(str(vars(entry)) for entry in Entry.objects.filter(verb__startswith="alert."))


def test_a_word_that_the_hub_has_not_written_opens_nothing(dees, sent):
    place = confirmed(dees, sent)
    assert dees.get(place).status_code == 200
    assert dees.get(f"{place[:-2]}{'y' if place[-2] == 'x' else 'x'}/").status_code == 404
    assert dees.post("/alerts/forged/end/").status_code == 404
    assert dees.get(place)["Cache-Control"] == "no-store"


def test_the_same_search_of_the_same_address_is_kept_once(dees, sent):
    for _ in range(3):
        assert follow(dees).status_code == 303
    assert len(sent()) == 1
    assert follow(dees, email=DEE.upper()).status_code == 303
    assert the_alert().email == DEE


def test_an_address_is_not_flooded_by_whoever_knows_it(dees, sent):
    answers = [follow(dees, f"/follow/technologies/?q=pump{number}").status_code for number in range(6)]
    assert answers == [303, 303, 303, 409, 409, 409]
    assert len(sent()) == 3


def test_machines_are_held_back(dees, sent):
    trapped = dees.post("/follow/technologies/", {"email": DEE, "website": "x", "opened": ""})
    assert trapped.status_code == 409
    assert not sent()


@pytest.mark.parametrize(
    "email", ["", "dee", "dee@", "a@b.example, c@d.example", "dee@quiet.example\nBcc: x@y.example"]
)
def test_what_is_no_address_is_refused_with_a_sentence(dees, sent, email):
    answer = follow(dees, email=email)
    assert answer.status_code == 422
    assert "error" in answer.content.decode()
    assert not Alert.objects.unscoped("nothing was kept").exists()


def test_what_was_never_confirmed_is_forgotten_in_a_week(dees, sent):
    follow(dees)
    sent()
    later = timezone.now() + FORGOTTEN_AFTER + timedelta(minutes=1)
    assert run_due(house(later), later) > 0
    assert not Alert.objects.unscoped("it is forgotten").exists()


def test_two_looks_at_the_same_moment_write_one_letter(dees, sent):
    confirmed(dees, sent)
    make_achievement("Quieter pump")
    at = timezone.now() + DAY
    assert [run_due(house(at), at), run_due(house(at), at)] == [1, 0]
    assert Mail.objects.unscoped("the letters of one search").filter(alert__email=DEE).count() == 2


def test_a_hub_that_sends_no_letters_offers_none(dees, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert "/follow/" not in dees.get("/technologies/").content.decode()
    assert follow(dees).status_code == 409


def test_only_the_portals_own_lists_are_followed(dees, sent):
    assert follow(dees, "/follow/secrets/").status_code == 404
    assert "/follow/technologies/" not in dees.get("/partners/").content.decode()
    for language in ("en", "zh"):
        dees.cookies["language"] = language
        page = dees.get("/technologies/?q=pump").content.decode()
        assert 'href="/follow/technologies/?q=pump"' in page


@pytest.mark.parametrize("section", SECTIONS)
def test_every_list_has_a_feed_of_its_own(dees, section):
    listed = dees.get(f"/{section}/").content.decode()
    assert f'href="/feeds/{section}.atom"' in listed
    answer = dees.get(f"/feeds/{section}.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    ElementTree.fromstring(answer.content)  # noqa: S314 - our own


def test_a_feed_names_what_is_public_and_nothing_else(dees):
    row = make_need("A quieter pump")
    make_need("A secret pump", level=Level.ORGANISATION)
    text = dees.get("/feeds/needs.atom").content.decode()
    assert f"/needs/{row.number}/" in text
    assert "A quieter pump" in text
    assert "secret" not in text
    assert dees.get("/feeds/secrets.atom").status_code == 404
