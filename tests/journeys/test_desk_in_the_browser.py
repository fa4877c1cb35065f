"""The desk by keyboard in a real browser: nothing typed is lost, colleagues are named, keys stay quiet while typing."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect

from grandunion.adapters.index import KINDS
from grandunion.records.needs import Note, Unsent
from grandunion.records.parties import Watch
from grandunion.terms.roles import Role
from grandunion.work.actions import needs
from grandunion.work.queries.parties import reader_of
from tests.cast import make_organisation, make_user
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
COILS = {"contact_name": "Bo", "contact_email": "bo@story.example", "category": "technology",
         "title_en": "Winding of coils", "text_en": "Coils."}  # fmt: skip


@pytest.fixture
def need(live_server):
    """A need of Bo's company, two officers; the house has answered once, so that nobody waits for it to be loaded."""
    Client().get("/accounts/login/")
    make_user("ada@story.example", Role.OFFICER)
    make_user("lin@story.example", Role.OFFICER)
    bo = make_user("bo@story.example", Role.ENTERPRISE, make_organisation("Bo Robotics", name_zh="博机器人有限公司"))
    at = timezone.now() - timedelta(minutes=1)
    yield needs.register(COILS, by=reader_of(bo, at), at=at)
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM search_{kind}")  # noqa: S608 - names out of a constant tuple


def arrive(open_page, need) -> Page:
    ada = Walker(open_page())
    ada.sign_in("ada@story.example")
    ada.page.goto(f"/w/needs/{need.number}/")
    return ada.page


def area(page: Page):
    return page.locator("#note-internal textarea")


def notes() -> list[Note]:
    return list(Note.objects.unscoped("tests look at what was made"))


def test_a_note_is_written_with_a_colleague_named_by_keys_alone(open_page, need):
    page = arrive(open_page, need)
    page.keyboard.press("n")
    page.keyboard.type("Please look, @li")
    expect(page.locator(".names li")).to_have_text(["Lin"])
    page.keyboard.press("Enter")
    page.keyboard.type("and call.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".said-internal .said-words")).to_have_text("Please look, @Lin and call.")
    (note,) = notes()
    assert len(note.mentioned) == 1


def test_what_was_typed_is_there_after_a_crash_and_on_another_machine_until_it_is_sent(open_page, need):
    page = arrive(open_page, need)
    page.keyboard.press("n")
    page.keyboard.type("Half a thought")
    expect(page.locator("#note-internal [data-draft-status]")).to_have_text(re.compile("saved"), timeout=10_000)
    assert page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('gu-unsent')).length") == 0
    other = arrive(open_page, need)
    expect(area(other)).to_have_value("Half a thought")
    other.locator("#note-internal button").click()
    expect(other.locator(".said-internal .said-words")).to_have_text("Half a thought")
    assert not Unsent.objects.unscoped("tests look at what was made").exists()
    page.goto("about:blank")
    page.go_back()
    page.reload()
    expect(area(page)).to_have_value("")


def test_without_a_connection_the_browser_keeps_what_was_typed_and_brings_it_back(open_page, need):
    page = arrive(open_page, need)
    page.route("**/unsent/**", lambda route: route.abort())
    page.keyboard.press("n")
    page.keyboard.type("Typed on the train")
    page.wait_for_function("Object.keys(localStorage).some((key) => key.startsWith('gu-unsent'))")
    assert not Unsent.objects.unscoped("tests look at what was made").exists()
    page.unroute("**/unsent/**")
    page.reload()
    expect(area(page)).to_have_value("Typed on the train")
    expect(page.locator("#note-internal [data-draft-status]")).to_have_text(re.compile("saved"), timeout=10_000)
    assert Unsent.objects.unscoped("tests look at what was made").get().answers["text"] == "Typed on the train"


def test_keys_stay_quiet_while_typing_and_can_be_switched_off(open_page, need):
    page = arrive(open_page, need)
    page.keyboard.press("n")
    page.keyboard.type("w?mna")
    expect(area(page)).to_have_value("w?mna")
    assert not Watch.objects.unscoped("tests look at what was made").exists()
    page.locator("h1").click()
    page.keyboard.press("?")
    page.locator("[data-keys-off]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("w")
    page.goto("/w/needs/")
    page.keyboard.press("j")
    assert page.locator("tr.is-here").count() == 0
    assert not Watch.objects.unscoped("tests look at what was made").exists()
    page.keyboard.press("?")
    page.locator("[data-keys-off]").check()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("x")
    assert page.locator("tr.is-here .pick").is_checked()
    page.keyboard.press("o")
    page.wait_for_url(f"**/{need.number}/")
    page.keyboard.press("w")
    expect(page.locator("#watch input[name=watch]")).to_have_value("0")
    assert Watch.objects.unscoped("tests look at what was made").count() == 1
