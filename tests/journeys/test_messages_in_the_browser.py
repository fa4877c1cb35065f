"""Somebody is told, opens it, chooses how to be told, watches, ends letters: in a real browser, clicks counted."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from grandunion.adapters.index import KINDS
from grandunion.records.messages import Preference
from grandunion.records.parties import Watch
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.work.actions import needs
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.queries.parties import reader_of
from tests.cast import make_organisation, make_user
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COILS = {"contact_name": "Bo", "contact_phone": "0551-1234567", "category": "technology",
         "title_zh": "高温超导线圈绕制", "title_en": "Winding of coils", "text_zh": "需要绕制线圈。"}  # fmt: skip


@pytest.fixture
def need(live_server):
    """A need that Bo's company has stated; the house has answered once, so that nobody waits for it to be loaded."""
    Client().get("/accounts/login/")
    make_user("ada@story.example", Role.OFFICER)
    make_user("root@story.example", Role.ADMINISTRATOR)
    bo = make_user("bo@story.example", Role.ENTERPRISE, make_organisation("Bo Robotics", name_zh="博机器人有限公司"))
    at = timezone.now() - timedelta(minutes=1)
    yield needs.register(COILS, by=reader_of(bo, at), at=at)
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM search_{kind}")  # noqa: S608 - names out of a constant tuple


def tell():
    while read_journal(at=timezone.now()):
        pass


def test_an_officer_is_told_opens_it_in_two_clicks_and_watches_it_in_two_more(open_page, need):
    tell()
    ada = Walker(open_page())
    ada.sign_in("ada@story.example")
    ada.clicks = 0
    bell = ada.page.locator(".bell")
    assert "1 unread messages" in bell.inner_text()
    ada.click(bell)
    ada.sees("A need came in", "Winding of coils")
    ada.press(f"Unread: A need came in: {need.number}. Winding of coils")
    assert ada.number() == need.number
    assert ada.clicks == 2
    assert "unread" not in ada.page.locator(".bell").inner_text()
    ada.click(ada.page.get_by_role("link", name="Watch", exact=True))
    ada.press("Watch")
    assert ada.clicks == 4
    assert Watch._base_manager.count() == 1
    ada.sees("You are told what happens here.")


def test_by_the_keyboard_alone_a_message_is_reached_and_opened(open_page, need):
    tell()
    ada = Walker(open_page())
    ada.sign_in("ada@story.example")
    ada.go("/w/messages/")
    for _ in range(60):
        ada.page.keyboard.press("Tab")
        if ada.page.evaluate("document.activeElement.classList.contains('told-open')"):
            break
    ada.page.keyboard.press("Enter")
    ada.page.wait_for_url(f"**/w/needs/{need.number}/")


def test_somebody_chooses_how_they_are_told_and_ends_letters_from_one_of_them(open_page, need, postbox):
    tell()
    send_mails(by=house(timezone.now()), at=timezone.now())
    (letter,) = postbox.to("ada@story.example")
    place = re.search(r"(/messages/stop/[^>]+)>", letter["List-Unsubscribe"])[1]
    stranger = Walker(open_page())
    stranger.go(place)
    stranger.press("No more letters")
    stranger.sees("You get no more letters about: Needs.")
    ada = Walker(open_page())
    ada.sign_in("ada@story.example")
    ada.go("/w/account/messages/")
    chosen = ada.page.locator("input[name=need]:checked")
    assert chosen.get_attribute("value") == "never"
    ada.click(ada.page.locator("input[name=need][value=digest]"))
    ada.press("Save")
    assert ada.clicks == 3  # with the one to sign in
    assert Preference._base_manager.get(message_kind="need").way == "digest"


def test_an_administrator_adds_a_webhook_and_tries_it(open_page, need, listener):
    root = Walker(open_page())
    root.sign_in("root@story.example")
    root.clicks = 0
    root.section("Mail and webhooks")
    root.sees("The worker has never run.")
    root.follow("Add a webhook")
    root.fill(name="Planning office", url=listener.url, account="ada@story.example", verbs="need.*")
    root.press("Add a webhook")
    root.sees("Planning office", "need.*")
    root.press("Send a trial")
    root.sees("hub.trial", "Waiting")
    assert root.clicks == 4
