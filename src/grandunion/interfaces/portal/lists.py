"""Public lists: words, filters and pages of the technologies on offer, the open needs and the offers."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.http import HttpRequest

from grandunion.interfaces.kit.lists import address
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.portal import guarding
from grandunion.terms.readers import visitor
from grandunion.terms.text import Text
from grandunion.work.queries import lists
from grandunion.work.queries.base import Filter, Listing, Question
from grandunion.work.queries.base.listing import asked
from grandunion.work.queries.base.tiles import Tiles, tiles, tiles_of
from grandunion.work.queries.matches.seeking import query, seek
from grandunion.work.queries.messages.alerts import SECTIONS, follows

TILES = 24


@dataclass(frozen=True, slots=True)
class Choice:
    """A filter as the page shows it: its label, what is chosen, and the choices."""

    code: str
    label: Text
    value: str
    choices: tuple[tuple[str, Text], ...]


def found(request: HttpRequest, listing: Listing, shown: Callable) -> dict:
    """What a list page shows: its tiles, how many there are, its filters and the pages beside this one."""
    question = Question.of(listing, {**request.GET.dict(), "size": str(TILES)})
    got, missing = _asked(request, listing, question)
    choices = [_choice(request, one) for one in listing.filters]
    return {
        "rows": shown(got.rows),
        "found": got,
        "words": question.words,
        "missing": missing,
        "choices": choices,
        "chips": _chips(request, choices, question.words),
        "before": address(request, page=got.page - 1) if got.page > 1 else "",
        "after": address(request, page=got.page + 1) if got.has_next else "",
        "as_of": request.at,
        "feed": f"/feeds{request.path[:-1]}.atom" if request.path.strip("/") in SECTIONS else "",
        "follow": f"/follow{request.path}?{request.GET.urlencode()}" if follows(request.path.strip("/")) else "",
    }


def _asked(request: HttpRequest, listing: Listing, question: Question) -> tuple[Tiles, Text | None]:
    """The rows of a question; words are looked for in both languages and by what they mean."""
    reader = visitor(request.at)
    if not question.words:
        return tiles(listing, reader, question), None
    rows = asked(listing, reader, replace(question, words=""))
    found = seek(rows, query(question.words), with_meaning=guarding.is_within(request, "search"))
    return tiles_of(listing, reader, question, found.ids, is_capped=found.is_capped), found.missing


def _choice(request: HttpRequest, wanted: Filter) -> Choice:
    if wanted.words is not None:
        choices = [(word.value, word.text) for word in wanted.words]
    else:
        choices = [(term.code, term.name) for term in lists.terms(wanted.list_code)]
    return Choice(wanted.code, wanted.label, request.GET.get(wanted.code, ""), tuple(choices))


def _chips(request: HttpRequest, choices: list[Choice], words: str) -> list[dict]:
    chips = [{"text": f"“{words}”", "url": address(request, q=None)}] if words else []
    for one in choices:
        if one.value:
            name = said(dict(one.choices).get(one.value, one.value))
            chips.append({"text": f"{said(one.label)}: {name}", "url": address(request, **{one.code: None})})
    return chips
