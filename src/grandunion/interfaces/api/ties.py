"""Ties between parties through the API: declared by their own side or the desk, settled and ended by the desk."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described, resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Body, YesNo, numbered, text
from grandunion.interfaces.api.resources import IF_MATCH, IF_NONE_MATCH, ROOT
from grandunion.terms.matches import TieKind, TieState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.actions import matches as actions
from grandunion.work.queries.matches import ties

PARTY = Text("an organisation or a person", "单位或人员")
KNOWN = frozenset({"party", "state", "cursor", "limit"})


class TieCreate(Body):
    """A tie between two; of what the desk declares, `is_confirmed` says that it has been looked into."""

    one: numbered(PARTY, "ORG-2026-0007")
    other: numbered(PARTY, "PER-2026-0007")
    tie_kind: TieKind
    source: text(300)
    is_confirmed: YesNo = False


class Finding(Body):
    """What the desk found: whether the tie stands, and why."""

    stands: YesNo
    reason: text(300)


class EndOut(Schema):
    """One end of a tie; `number` is null where its record is not open to the caller."""

    number: str | None
    name: Bilingual


class TieOut(Schema):
    """A tie between two parties, and what is known of it."""

    number: str
    tie_kind: TieKind
    state: TieState
    one: EndOut
    other: EndOut
    source: str
    declared_at: datetime
    declared_by: Bilingual | None
    settled_at: datetime | None
    settled_by: Bilingual | None
    settled_why: str
    ended_at: datetime | None
    version: int


class TiesPage(Schema):
    """A cursor page: all ties for the desk, for others those they declared."""

    items: list[TieOut]
    next: str | None


def _list(request: HttpRequest) -> HttpResponse:
    given = {name: ",".join(values) for name, values in request.GET.lists()}
    if strange := sorted(given.keys() - KNOWN):
        raise answers.unknown(strange[0], sorted(KNOWN))
    number, code = given.get("party", ""), given.get("state", "")
    if code and not TieState.has(code):
        codes = TieState.codes()
        raise invalid("state", f"Choose one of: {', '.join(codes)}.", f"可选：{'、'.join(codes)}。")
    found, following = ties.page_of_ties(
        request.reader, resources.linked("party", number, ties.party, request.reader) if number else None,
        TieState(code) if code else None, given.get("cursor", ""), answers.limit_of(given.get("limit", "")),
    )  # fmt: skip
    return answers.answer({"items": [_told(one) for one in found], "next": following or None})


def _one(request: HttpRequest, number: str) -> HttpResponse:
    tie = ties.get_tie(number, request.reader)
    tag = answers.etag(tie, Secrecy.S1)
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": "no-store"})
    return _shown(request.reader, tie)


def _shown(reader: Reader, tie: object, status: int = 200) -> HttpResponse:
    return answers.answer(_told(ties.told_tie(tie, reader)), status, {"ETag": answers.etag(tie, Secrecy.S1)})


def _told(found: ties.Told) -> dict[str, object]:
    tie = found.tie
    return {
        **resources.told(tie, TieOut, but=("state", "one", "other", "declared_by", "settled_by")),
        "state": found.state, "one": _end(found.one), "other": _end(found.other),
        "declared_by": tie.declared_by and tie.declared_by.name, "settled_by": tie.settled_by and tie.settled_by.name,
    }  # fmt: skip


def _end(end: ties.End) -> dict[str, object]:
    return {"number": end.number or None, "name": end.name}


def _declare(request: HttpRequest, given: TieCreate) -> HttpResponse:
    one, other = (resources.linked(name, getattr(given, name), ties.party, request.reader) for name in ("one", "other"))
    made = actions.declare_tie(
        one, other, TieKind(given.tie_kind), source=given.source, is_confirmed=given.is_confirmed or None,
        by=request.reader, at=request.at,
    )  # fmt: skip
    response = _shown(request.reader, made, 201)
    response.headers["Location"] = f"{ROOT}ties/{made.number}"
    return response


def _settle(request: HttpRequest, number: str, given: Finding) -> HttpResponse:
    tie = ties.get_tie(number, request.reader)
    seen = answers.version(request, tie)
    done = actions.settle_tie(
        tie, stands=given.stands, reason=given.reason, by=request.reader, at=request.at, version=seen
    )
    return _shown(request.reader, done)


def _end_it(request: HttpRequest, number: str) -> HttpResponse:
    tie = ties.get_tie(number, request.reader)
    seen = answers.version(request, tie)
    return _shown(request.reader, actions.end_tie(tie, by=request.reader, at=request.at, version=seen))


router = Router(tags=["Ties · 关联关系"])
FILTERS = (
    described.parameter("party", Text("The number of an organisation or a person.", "单位或人员编号。")),
    described.parameter("state", Text("waiting, stands, denied or ended.", "可选 waiting、stands、denied、ended。")),
    *described.paging(),
)
OPERATIONS: tuple[tuple[str, str, str, Callable[..., HttpResponse], str], ...] = (
    ("get", "", "list_ties", _list, "Ties · 关联关系"),
    ("get", "/{number}", "get_tie", _one, "One tie · 单条关联关系"),
    ("post", "", "declare_tie", _declare, "Declare a tie · 申报关联关系"),
    ("post", "/{number}/settle", "settle_tie", _settle, "Say whether it stands · 核实关联关系"),
    ("post", "/{number}/end", "end_tie", _end_it, "Say that it has ended · 终止关联关系"),
)
ANSWERS = {_list: TiesPage, _one: {200: TieOut, 304: None}, _declare: {201: TieOut}}
BESIDE = {_list: FILTERS, _one: (IF_NONE_MATCH,), _declare: ()}
for method, address, name, view, summary in OPERATIONS:
    errors = described.READ_ERRORS if method == "get" else described.WRITE_ERRORS
    getattr(router, method)(
        address, operation_id=name, summary=summary, response=ANSWERS.get(view, TieOut),
        openapi_extra=described.beside(errors, *BESIDE.get(view, (IF_MATCH,))),
    )(view)  # fmt: skip
