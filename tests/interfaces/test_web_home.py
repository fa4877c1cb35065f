"""The first page of every role, and the help that everybody can open."""

from collections.abc import Callable

import pytest
from django.test import Client

from grandunion.records.parties import User
from grandunion.terms.roles import HUB_ROLES, Role
from tests.cast import make_organisation, make_user
from tests.work.test_plans import make_need

SignIn = Callable[[User], Client]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_role_has_a_first_page_in_both_languages(
    role: Role, language: str, db: None, sign_in: SignIn, queries: Callable
) -> None:
    organisation = None if role in HUB_ROLES else make_organisation("Somewhere")
    browser = sign_in(make_user("somebody@x.example", role, organisation))
    browser.cookies["language"] = language
    with queries(at_most=30):
        answer = browser.get("/w/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert ("今日" if language == "zh" else "Today") in text
    assert text.count("<h1") == 1


def test_a_card_leads_to_its_records_and_to_the_whole_list(ada_user: User, sign_in: SignIn) -> None:
    numbers = [make_need(f"Need {n}", state="received").number for n in range(7)]
    browser = sign_in(ada_user)
    browser.cookies["language"] = "en"
    text = browser.get("/w/").content.decode()
    assert f'href="/w/needs/{numbers[0]}/"' in text
    assert 'href="/w/needs/?whose=unassigned"' in text


def test_a_quiet_page_says_that_nothing_waits(ada_user: User, sign_in: SignIn) -> None:
    browser = sign_in(ada_user)
    browser.cookies["language"] = "en"
    text = browser.get("/w/").content.decode()
    assert "Nothing waits for you today." in text
    assert "The desk is clear." in text


def test_who_has_no_role_is_told_whom_to_ask(db: None, sign_in: SignIn) -> None:
    browser = sign_in(make_user("new@x.example", None))
    browser.cookies["language"] = "zh"
    assert "您尚未被授予身份" in browser.get("/w/").content.decode()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_help_is_open_to_everybody(language: str, client: Client, ada_user: User, sign_in: SignIn) -> None:
    for browser in (client, sign_in(ada_user)):
        browser.cookies["language"] = language
        text = browser.get("/help/").content.decode()
        assert ("快捷键" if language == "zh" else "Keys") in text
        assert text.count("<h1") == 1
    assert 'href="/w/needs/"' in text


def test_a_visitor_of_the_first_page_signs_in(client: Client) -> None:
    assert client.get("/w/")["Location"] == "/accounts/login/?next=/w/"
