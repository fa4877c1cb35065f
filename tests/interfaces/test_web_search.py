"""The search page and its suggestions, through the real door."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from grandunion.records.parties import Organisation, User
from grandunion.terms.secrecy import Level
from tests.work.test_search import CODE, everything_about, iflytek

__all__ = ["iflytek"]


@pytest.fixture
def browser(ada_user: User, sign_in: Callable) -> Client:
    client = sign_in(ada_user)
    client.cookies["language"] = "en"
    return client


def test_words_show_what_was_found_by_kind(browser: Client, iflytek: Organisation, queries: Callable) -> None:
    everything_about("iflytek", Level.MEMBERS)
    with queries(at_most=23):  # one for each kind and one more for each that was found
        text = browser.get("/w/search/?q=iflytek").content.decode()
    for words in (f"/w/organisations/{iflytek.number}/", "Organisations", "Persons", "Projects", "iFLYTEK Co., Ltd."):
        assert words in text


@pytest.mark.parametrize("words", [CODE, "{number}"])
def test_a_code_or_a_number_goes_straight_to_its_record(words: str, browser: Client, iflytek: Organisation) -> None:
    answer = browser.get("/w/search/", {"q": words.format(number=iflytek.number)})
    assert answer["Location"] == f"/w/organisations/{iflytek.number}/"


def test_suggestions_are_a_fragment_of_links(browser: Client, iflytek: Organisation) -> None:
    text = browser.get("/w/search/suggest?q=kdxf").content.decode().strip()
    assert text.startswith("<ul><li><a href=")
    assert iflytek.number in text
    assert "<html" not in text


@pytest.mark.parametrize("words", ["", "nothing like it", "<script>alert(1)</script>", "\x00", "%ff", "'", "*" * 3000])
def test_nothing_found_says_what_to_try_and_breaks_nothing(words: str, browser: Client, iflytek: Organisation) -> None:
    for address in ("/w/search/", "/w/search/suggest"):
        answer = browser.get(address, {"q": words})
        assert answer.status_code == 200
        assert "<script>alert" not in answer.content.decode()
    assert not words.startswith("nothing") or "Try fewer words" in answer.content.decode()


def main_of(answer: HttpResponse) -> str:
    """The page without its frame, in which every form has a token of its own."""
    return answer.content.decode().split("<main")[1].split("</main>")[0]


def test_an_outsider_gets_the_same_page_whether_a_record_is_hidden_or_absent(dee_user: User, sign_in: Callable) -> None:
    dee = sign_in(dee_user)
    hidden = everything_about("Osmium", Level.NAMED)
    for number in hidden:
        absent = number[:-4] + "8888"
        seen, missing = (dee.get("/w/search/", {"q": wanted}) for wanted in (number, absent))
        assert seen.status_code == missing.status_code == 200
        assert main_of(seen).replace(number, "") == main_of(missing).replace(absent, "")
    assert dee.get("/w/search/", {"q": "Osmium"}).content.count(b"/w/projects/PRJ") == 0


def test_a_visitor_signs_in_first(client: Client) -> None:
    assert client.get("/w/search/?q=x")["Location"].startswith("/accounts/login/")
    assert client.get("/w/search/suggest?q=x")["Location"].startswith("/accounts/login/")
