"""Walks the house as one person: every page that links lead to, and every form that stands on them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

MOST_PAGES = 400
# The tags that say where one can go and what one can send; what stands between them takes long to read.
TELLING = re.compile(
    r"""</?(?:a|form|input|select|option|textarea|button)(?=[\s>/])(?:[^>"']|"[^"]*"|'[^']*')*>""", re.I
)
LEAVES = ("/accounts/logout/", "/language/", "/theme/", "/static/", "/api/")


@dataclass
class Field:
    """One field of a form: its kind (text, number, select, …), what stands in it, and its choices."""

    kind: str
    value: str = ""
    choices: list[str] = field(default_factory=list)

    @property
    def plausible(self) -> str:
        """What a person might send."""
        if self.value or self.kind == "hidden":
            return self.value
        if self.choices:
            return next((choice for choice in self.choices if choice), "")
        return {"number": "1", "date": "2026-11-20", "email": "bo@company.example", "checkbox": "on"}.get(
            self.kind, "Plain words"
        )


@dataclass
class Form:
    """A form that is sent by POST."""

    action: str
    page: str
    fields: dict[str, Field] = field(default_factory=dict)


class _Page(HTMLParser):
    """Links and POST forms of one page."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address, self.links, self.forms = address, [], []
        self.form: Form | None = None
        self.choosing: Field | None = None

    def handle_starttag(self, tag: str, attributes: list) -> None:
        given = dict(attributes)
        if tag == "a" and given.get("href"):
            self.links.append(urljoin(self.address, given["href"]))
        elif tag == "form":
            is_post = (given.get("method") or "").lower() == "post"
            self.form = Form(urljoin(self.address, given.get("action") or self.address), self.address)
            self.forms += [self.form] if is_post else []
        elif self.form is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict) -> None:
        if tag == "option" and self.choosing is not None:
            self.choosing.choices.append(given.get("value") or "")
        name = given.get("name")
        if not name or name == "csrfmiddlewaretoken" or tag not in ("input", "select", "textarea", "button"):
            return
        one = self.form.fields.setdefault(name, Field(given.get("type") or tag))
        if tag == "select":
            self.choosing = one
        elif given.get("type") in ("radio", "checkbox"):
            one.choices.append(given.get("value") or "on")
        else:
            one.value = one.value or given.get("value") or ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self.choosing = None
        elif tag == "form":
            self.form = None


def shape(address: str) -> tuple:
    """What makes an address another page than those seen: its route and the codes in it, not the record's number."""
    return _shape(urlsplit(address).path)


@lru_cache(maxsize=10_000)
def _shape(path: str) -> tuple:
    try:
        match = resolve(path)
    except Resolver404:
        return (path,)
    codes = tuple(value for name, value in match.kwargs.items() if name not in ("number", "pk", "key", "child"))
    return (match.route, codes)


def walk(
    client: Client, starts: list[str], hear: Callable[[str, object], None] = lambda address, answer: None
) -> Iterator[tuple[str, int, list[Form]]]:
    """Every page that can be reached, its status and its forms; each start, and one page of each further shape.

    `hear` is given each answer as it comes.
    """
    waiting, seen = list(starts), {shape(one) for one in starts}
    for _ in range(MOST_PAGES):
        if not waiting:
            return
        address = waiting.pop(0)
        answer = client.get(address, headers={"Accept-Language": "en"})
        hear(address, answer)
        page = _Page(address)
        if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
            page.feed("".join(TELLING.findall(answer.content.decode())))
        yield address, answer.status_code, page.forms
        found = [answer.headers["Location"]] if "Location" in answer.headers else page.links
        for link in [*found, *(form.action for form in page.forms)]:
            if urlsplit(link).netloc or not link.startswith("/") or link.startswith(LEAVES) or shape(link) in seen:
                continue
            seen.add(shape(link))
            waiting.append(link)
    raise AssertionError(f"more than {MOST_PAGES} pages, the next would be {waiting[:3]}")
