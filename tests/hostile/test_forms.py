"""Every form of the house, found by walking it as each role, is sent what no person would send."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from grandunion.interfaces.portal.guarding import LIMITS
from tests.asking import Asker
from tests.hostile.walking import Form, shape, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("open_gate")]

SECTIONS = [
    "/w/", "/w/achievements/", "/w/needs/", "/w/matches/", "/w/projects/", "/w/organisations/", "/w/persons/",
    "/w/indicators/", "/w/plans/", "/w/areas/", "/w/search/?q=a", "/w/account/", "/help/", "/", "/ask/", "/disclose/",
    "/technologies/", "/needs/", "/news/", "/accounts/login/", "/accounts/password/reset/",
]  # fmt: skip
ENCODED = "application/x-www-form-urlencoded"
STRANGE = ("a\x00b", "\ud800 \U0001f4a9\u202e‮ \x1b[31m {{7*7}} {% debug %} ${x} %s %(a)s {0} ' OR 1=1 --", "9" * 400)
OF_KIND = {
    "number": ("1e999999", "-1", "NaN"), "date": ("0000-00-00", "99999-12-31"), "select": ("no such choice", "\x00"),
    "radio": ("no such choice",), "checkbox": ("no such choice",), "hidden": ("99999999999999999999", "-1", "\x00"),
    "text": ("Infinity",), "textarea": ("\r\n\t " * 50,), "email": ("a" * 300 + "@x.example", "a@b\x00.example"),
}  # fmt: skip
SENTENCE = re.compile(r'class="(?:field-error|errorlist|error-page|notice[^"]*|form-errors)"|role="alert"')


def sent(client: Client, form: Form, values: dict[str, object]) -> object:
    """The answer to a form; whatever it did is undone."""
    with transaction.atomic():
        written = urlencode(values, doseq=True, errors="surrogatepass")
        answer = client.post(form.action, written, content_type=ENCODED, headers={"Accept-Language": "en"})
        transaction.set_rollback(True)
    return answer


class Attacks:
    """What forms are sent: all fields wrong at once; and each field, the first time its section has it, on its own."""

    def __init__(self) -> None:
        self.forms: set[tuple] = set()
        self.fields: set[tuple] = set()

    def on(self, form: Form, *, is_thorough: bool) -> Iterator[dict[str, object]]:
        if shape(form.action) in self.forms or form.action.startswith("/accounts/"):
            return
        self.forms.add(shape(form.action))
        fields = {name: one for name, one in form.fields.items() if name != "submission"}
        yield {name: STRANGE[1] for name in fields}
        if not is_thorough:
            return
        well = {name: one.plausible for name, one in fields.items()}
        section = form.action.split("/")[2:3]
        fresh = [(name, one) for name, one in fields.items() if (*section, name) not in self.fields]
        for place, (name, one) in enumerate(fresh):
            self.fields.add((*section, name))
            wrong = [*OF_KIND.get(one.kind, ()), *STRANGE]
            yield {**well, name: wrong[place % len(wrong)]}
        if fresh:
            yield well
            yield {}


def entered(people: dict, role: str) -> Client:
    client = Asker()
    if role in people:
        client.force_login(people[role])
    return client


@pytest.mark.parametrize("role", ["officer", "enterprise", "visitor"])
def test_every_page_opens_and_no_form_breaks_whoever_sends_whatever(world, people, monkeypatch, role):
    monkeypatch.setattr("grandunion.interfaces.portal.guarding.LIMITS", dict.fromkeys(LIMITS, 10**6))
    client, attacks, broken = entered(people, role), Attacks(), []
    starts = SECTIONS + (world if role == "officer" else world[:3] + world[-1:])
    for address, status, forms in list(walk(client, starts)):
        if status >= 500:
            broken.append((status, address))
        for form in forms:
            for values in attacks.on(form, is_thorough=role == "officer"):
                answer = sent(client, form, values)
                if answer.status_code >= 500 or not _is_told(answer):
                    broken.append((answer.status_code, form.action, values))
    assert not broken, "\n".join(str(one)[:400] for one in broken[:20])
    assert len(attacks.forms) >= {"officer": 100, "enterprise": 15, "visitor": 2}[role], "or the walk proves nothing"


LIMITED = ("begin", "keep", "save", "hand_in", "object")


def _is_told(answer: object) -> bool:
    """A refusal is a page with a sentence."""
    if answer.status_code < 400:
        return True
    return bool(SENTENCE.search(answer.content.decode()))


def routes(patterns: list | None = None, base: str = "") -> Iterator[str]:
    for one in get_resolver().url_patterns if patterns is None else patterns:
        text = base + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from routes(one.url_patterns, text)
        elif isinstance(one, URLPattern) and not text.startswith(("api/", "accounts/")):
            yield f"/{text}"


def filled(route: str, text: str, number: str = "1") -> str:
    return re.sub(r"<(int:)?[^>]*>", lambda found: number if found[1] else text, route)


# The one click of a mail programme (RFC 8058) has no form of ours: the word in its address is signed, or nothing ends.
SIGNED = ("/messages/stop/<str:word>/", "/alerts/<str:word>/end/")


def test_no_form_is_taken_without_its_token(people):
    client = Client(enforce_csrf_checks=True, headers={"Accept-Language": "en"})
    client.force_login(people["officer"])
    for route in routes():
        answer = client.post(filled(route, "NED-2026-0001"), {"a": "b"})
        if route in SIGNED:
            assert answer.status_code == 404, route
            continue
        assert answer.status_code == 403, route
        assert "send it again" in answer.content.decode(), route


BAD_TEXTS = ("%00", "%F0%9F%92%A9", "..%2f..%2fetc%2fpasswd", "x" * 3000, "%ff", "NED-1%0d%0aSet-Cookie:a=b",
             "%3Cscript%3E")  # fmt: skip


@pytest.mark.parametrize(("role", "part"), [("officer", "/w/"), ("visitor", "/")])
def test_an_address_that_names_nothing_is_not_found(people, role, part):
    client = entered(people, role)
    for route in routes():
        if "<" not in route or route.startswith("/w/") != (part == "/w/"):
            continue
        numbers = ("9" * 30, "0") if "<int:" in route else ()
        texts = BAD_TEXTS if re.search(r"<(?!int:)", route) else ()  # only numbers fit into the others
        asked = [filled(route, text) for text in texts] + [filled(route, "x", number) for number in numbers]
        for address in asked:
            answer = client.get(address)
            is_sent_away = answer.status_code in (301, 302) and answer["Location"].startswith("/")
            is_told = answer.status_code in (404, 405, 409, 422)
            assert is_told or is_sent_away, (address[:200], answer.status_code)
            assert "Set-Cookie:a" not in str(answer.headers)
