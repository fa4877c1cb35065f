"""A refusal's page is drawn once for the same reader and words, and shows nothing of another reader or address."""

import html
import re

import pytest
from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.test import Client
from django.utils import translation

from grandunion.interfaces.kit import kept, pages
from grandunion.records.lists import Setting
from grandunion.records.parties import User
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON

pytestmark = pytest.mark.django_db
AWAY = "/w/needs/NED-2026-9999/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
WORDS = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _nothing_drawn(monkeypatch):
    monkeypatch.setattr(kept, "DRAWN", {})


def shown(client, address=AWAY, **asked):
    """What the refused page says, its token apart."""
    answer = client.get(address, **asked)
    assert answer.status_code == 404
    return TOKEN.sub("", answer.content.decode())


def test_a_page_drawn_before_is_the_page_drawn_anew(sign_in, ada_user, dee_user):
    for user in (ada_user, dee_user):
        client = sign_in(user)
        first, second = shown(client), shown(client)
        kept.DRAWN.clear()
        assert first == second == shown(client)
        assert user.name_en in html.unescape(first) or user.name_zh in first
        assert (ada_user.name_en in first) is (user is ada_user)


def test_the_pages_address_and_its_forms_token_are_those_of_the_request(sign_in, ada_user):
    client = sign_in(ada_user)
    shown(client)
    answer = client.get(f"/w/needs/NED-2026-9998/?q={WORDS}")
    text = answer.content.decode()
    assert set(re.findall(r'name="next" value="([^"]*)"', text)) == {
        "/w/needs/NED-2026-9998/?q=%3Cscript%3Ealert(1)%3C/script%3E"
    }
    assert WORDS not in text
    assert not {kept.TOKEN, kept.HERE} & set(text)
    tokens = set(TOKEN.findall(text))
    assert len(tokens) == 1
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert (
        strict.post("/language/", {"language": "en", "next": "/", "csrfmiddlewaretoken": tokens.pop()}).status_code
        < 400
    )
    assert strict.post("/language/", {"language": "en", "next": "/"}).status_code == 403


def test_what_differs_between_two_refusals_is_drawn_for_each(sign_in, ada_user):
    client = sign_in(ada_user)
    seen = [shown(client, HTTP_ACCEPT_LANGUAGE="en"), shown(client, HTTP_ACCEPT_LANGUAGE="zh")]
    seen.append(shown(client, "/w/projects/PRJ-2026-9999/", HTTP_ACCEPT_LANGUAGE="zh"))
    client.cookies["theme"] = "dark"
    seen.append(shown(client, HTTP_ACCEPT_LANGUAGE="zh"))
    User.objects.filter(pk=ada_user.pk).update(unread=3)
    seen.append(shown(client, HTTP_ACCEPT_LANGUAGE="zh"))
    User.objects.filter(pk=ada_user.pk).update(name_zh="甲", name_en="Another")
    seen.append(shown(client, HTTP_ACCEPT_LANGUAGE="zh"))
    Setting.objects.create(key="hub", value={"name_zh": "别处", "name_en": "Elsewhere"})
    seen.append(shown(client, HTTP_ACCEPT_LANGUAGE="zh"))
    Setting.objects.create(key="demo", value=True)
    seen.append(shown(client, HTTP_ACCEPT_LANGUAGE="zh"))
    seen.append(shown(Client(), "/nowhere/", HTTP_ACCEPT_LANGUAGE="zh"))
    assert len(set(seen)) == len(seen)
    assert "别处" in seen[-2]
    assert "别处" in seen[-1]


def test_two_reasons_are_two_pages_and_neither_is_taken_for_markup(rf, ada_user):
    request = rf.get("/w/")
    request.user, request.reader = ada_user, reader_of(ada_user, NOON)
    with translation.override("en"):
        for reason in (WORDS, "Ask the desk.", WORDS):
            text = pages.refusal(request, Forbidden(Text(reason, reason))).content.decode()
            assert html.escape(reason) in text
            assert WORDS not in text
        assert html.escape(Absent().reason.en) in pages.refusal(request, Absent()).content.decode()


def test_what_just_happened_is_said_on_the_refusal_that_follows_and_on_no_other(rf, ada_user, sign_in):
    client = sign_in(ada_user)
    shown(client)
    request = rf.get(AWAY)
    request.user, request.reader = ada_user, reader_of(ada_user, NOON)
    request._messages = [Message(messages.SUCCESS, "Kept a moment ago.")]
    assert "Kept a moment ago." in pages.refusal(request, Absent()).content.decode()
    assert "Kept a moment ago." not in shown(client)


def test_all_forms_of_a_page_carry_one_token_and_the_next_page_another(sign_in, ada_user):
    client = sign_in(ada_user)
    pages_ = [set(TOKEN.findall(client.get("/w/account/messages/").content.decode())) for _ in range(2)]
    assert [len(tokens) for tokens in pages_] == [1, 1]
    assert pages_[0] != pages_[1]
