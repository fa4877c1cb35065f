"""The hub's lists and the house's own words, by which codes are read."""

from enum import Enum

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.terms import (
    achievements,
    contracts,
    matches,
    messages,
    needs,
    offers,
    parties,
    projects,
    reports,
    rights,
    roles,
    rounds,
    scenarios,
    secrecy,
)
from grandunion.terms.text import Word
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import lists

ROOMS = (
    parties, achievements, rights, needs, scenarios, offers, matches, messages, rounds, reports, projects, contracts,
    roles,
    secrecy,
)  # fmt: skip


class TermOut(Schema):
    """A term: its stable code and its names; a retired one is kept for the records that have it."""

    code: str
    en: str
    zh: str
    parent: str | None
    retired_on: str | None


class ListOut(Schema):
    """A list's terms in their order."""

    code: str
    items: list[TermOut]


class WordsOut(Schema):
    """The names of all lists of words of the house."""

    items: list[str]


def _words() -> dict[str, type[Word]]:
    """Every list of words of the house by its name in the schemas."""
    found = (value for room in ROOMS for value in vars(room).values())
    return {one.__name__: one for one in found if isinstance(one, type) and issubclass(one, Word) and list(one)}


WORDS: dict[str, type[Enum]] = _words()


def _terms(request: HttpRequest, code: str) -> HttpResponse:
    rows = list(lists.terms(code).select_related("parent")) if code.isprintable() else []
    if not rows:
        raise Absent
    items = [
        {"code": row.code, "en": row.name_en, "zh": row.name_zh, "parent": row.parent.code if row.parent else None,
         "retired_on": row.retired_on}
        for row in rows
    ]  # fmt: skip
    return answers.answer({"code": code, "items": items})


def _of_word(request: HttpRequest, name: str) -> HttpResponse:
    if name not in WORDS:
        raise Absent
    items = [{"code": one.value, "en": one.text.en, "zh": one.text.zh, "parent": None, "retired_on": None}
             for one in WORDS[name]]  # fmt: skip
    return answers.answer({"code": name, "items": items})


def _all_words(request: HttpRequest) -> HttpResponse:
    return answers.answer({"items": sorted(WORDS)})


router = Router(tags=["Lists · 代码表"])
for address, name, view, summary, shape in (
    ("/lists/{code}", "get_list", _terms, "A list of the hub · 平台代码表", ListOut),
    ("/words", "list_words", _all_words, "The lists of words · 词表目录", WordsOut),
    ("/words/{name}", "get_words", _of_word, "The words of a schema · 词表", ListOut),
):
    router.get(
        address, operation_id=name, summary=summary, response=shape,
        openapi_extra=described.beside(described.READ_ERRORS),
    )(view)  # fmt: skip
