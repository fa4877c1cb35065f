"""One column as a resource: its list, its records, its deeds, each operation a few lines and one call."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from hashlib import sha256

from django.db import IntegrityError
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from ninja import Body as Sent
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.fields import Body, Nothing
from grandunion.interfaces.kit.tags import said
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Verdict, invalid
from grandunion.work.permissions.base import clearance, may_see
from grandunion.work.queries import journal
from grandunion.work.queries.base import Listing
from grandunion.work.queries.base.cursor import is_steady

Offered = Iterable[tuple[object, Verdict]]
ROOT = "/api/v1/"
SHOWN_LINES = 100
SEEN = Text("The record's ETag as you saw it; a stale one is refused (412).", "您所见记录的 ETag，过期则拒绝（412）。")
SAME = Text("The ETag you have: 304 if it is still the answer.", "已有的 ETag，未变化时返回 304。")
ONCE = Text("Your own key of this one creation: repeated, it answers the first record.",
            "本次新建的自拟键，重复发送时返回首条记录。")  # fmt: skip
IF_MATCH = described.header("If-Match", SEEN)
MUST_MATCH = described.header("If-Match", SEEN, is_wanted=True)
IF_NONE_MATCH = described.header("If-None-Match", SAME)
KEY = described.header("Idempotency-Key", ONCE)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something that can be done to a record: `act(record, by=…, at=…, **fields of the body)`.

    `path` stands after the record's address. `act` takes `version` where `has_version` says so, and the key of an
    Idempotency-Key where `has_key` does; where it answers a mapping, that is the answer, else the record as it is.
    """

    path: str
    label: Text
    act: Callable[..., object]
    body: type[Body] = Nothing
    method: str = "POST"
    has_version: bool = False
    has_key: bool = False


@dataclass(frozen=True)
class Resource:
    """A column as the API sees it."""

    name: Text  # one of them
    listing: Listing
    get: Callable[[str, Reader], Model]
    words: Mapping[str, type[Enum]] = field(default_factory=dict)
    depth: Callable[[Reader, Model], Secrecy] = answers.depth_of
    offers: Callable[[Reader, Model], Offered] | None = None
    is_made_whole: bool = False  # creating answers the record just as reading it would, and lets nobody in by name
    timeline: Callable[[Reader, Model, Secrecy], Sequence[object]] = lambda reader, record, depth: journal.timeline(
        record, depth, SHOWN_LINES
    )

    @property
    def code(self) -> str:
        return self.listing.code

    @cached_property
    def shape(self) -> type[Schema]:
        """The schema of one record."""
        return described.record_of(self.listing, self.words)

    @property
    def kind(self) -> str:
        return self.listing.record.kind

    def shown(self, request: HttpRequest, record: Model, status: int = 200) -> HttpResponse:
        """The record as deep as the caller reads it."""
        return answers.shown(request, record, self.depth(request.reader, record), status)

    def made(self, request: HttpRequest, record: Model, *, is_new: bool) -> HttpResponse:
        """The record that a call has made: one that is whole as it was written is not read again."""
        if not (is_new and self.is_made_whole and may_see(request.reader, record, ())):
            return self.again(request, record.number, 201)
        return answers.shown(request, record, clearance(request.reader, record, ()), 201)

    def again(self, request: HttpRequest, number: str, status: int = 200) -> HttpResponse:
        """The record as it is after a deed; nothing if the deed has closed it to the caller."""
        try:
            return self.shown(request, self.get(number, request.reader), status)
        except Absent:
            return HttpResponse(status=204, headers={"Cache-Control": "no-store"})


def router_of(resource: Resource, moves: Mapping[str, Deed]) -> Router:
    """A router with the reads every column has: list, record, time line, moves."""
    router = Router(tags=[described.both(resource.listing.name)])
    _list(router, resource)
    _record(router, resource)
    if resource.offers is not None:
        _moves(router, resource, moves)
    return router


def _list(router: Router, resource: Resource) -> None:
    listing = resource.listing
    orders = tuple(column.code for column in listing.columns if column.sort and is_steady(listing.record, column.sort))

    def rows(request: HttpRequest) -> HttpResponse:
        return answers.listed(request, listing)

    router.get(
        "", operation_id=f"list_{resource.code}", summary=described.both(listing.name), url_name=resource.code,
        response=described.page_of(listing),
        openapi_extra=described.beside(described.READ_ERRORS, *described.parameters(listing, orders)),
    )(rows)  # fmt: skip


def _record(router: Router, resource: Resource) -> None:
    def one(request: HttpRequest, number: str) -> HttpResponse:
        return resource.shown(request, resource.get(number, request.reader))

    def timeline(request: HttpRequest, number: str) -> HttpResponse:
        record = resource.get(number, request.reader)
        lines = resource.timeline(request.reader, record, resource.depth(request.reader, record))
        return answers.answer({"items": [_line(line) for line in lines]})

    router.get(
        "/{number}", operation_id=f"get_{resource.kind}", summary=described.both(resource.name),
        response={200: resource.shape, 304: None}, openapi_extra=described.beside(described.READ_ERRORS, IF_NONE_MATCH),
    )(one)  # fmt: skip
    router.get(
        "/{number}/timeline", operation_id=f"timeline_of_{resource.kind}", summary="Time line · 时间线",
        response=described.Timeline, openapi_extra=described.beside(described.READ_ERRORS),
    )(timeline)  # fmt: skip


def _line(line: object) -> dict[str, object]:
    changes = [{"field": name, "before": before, "after": after} for name, before, after in line.changes]
    return {"seq": line.seq, "at": line.at, "who": line.who, "verb": line.verb, "changes": changes}


def _moves(router: Router, resource: Resource, moves: Mapping[str, Deed]) -> None:
    def offered(request: HttpRequest, number: str) -> HttpResponse:
        record = resource.get(number, request.reader)
        found = resource.offers(request.reader, record)
        items = [_offer(resource, number, move, verdict, moves[move.code]) for move, verdict in found
                 if move.code in moves]  # fmt: skip
        return answers.answer({"state": getattr(record, "state", None) or record.status, "items": items})

    router.get(
        "/{number}/moves", operation_id=f"moves_of_{resource.kind}", summary="Moves offered now · 当前可办理的操作",
        response=described.Offers, openapi_extra=described.beside(described.READ_ERRORS),
    )(offered)  # fmt: skip


def _offer(resource: Resource, number: str, move: object, verdict: Verdict, deed: Deed) -> dict[str, object]:
    return {
        "code": move.code,
        "label": said(move.label),
        "is_allowed": bool(verdict),
        "reason": said(verdict.reason),
        "fields": list(deed.body.model_fields),
        "url": f"{ROOT}{resource.code}/{number}/{deed.path}",
    }


def creates(router: Router, resource: Resource, body: type[Body], act: Callable[..., Model]) -> None:
    """POST to the list: `act(values, by=…, at=…, key=…)` makes the record, once for each Idempotency-Key."""

    def create(request: HttpRequest, given: body) -> HttpResponse:
        key = own_key(request, resource.kind)
        try:
            record = act(given.given(), by=request.reader, at=request.at, key=key)
        except IntegrityError:
            if not key:
                raise
            # The same call was under way a moment ago: the second one finds what the first has made.
            record = act(given.given(), by=request.reader, at=request.at, key=key)
        response = resource.made(request, record, is_new=not key)
        response.headers["Location"] = f"{ROOT}{resource.code}/{record.number}"
        return response

    router.post(
        "", operation_id=f"create_{resource.kind}",
        summary=f"Create: {resource.name.en.lower()} · 新建{resource.name.zh}",
        response={201: resource.shape}, openapi_extra=described.beside(described.WRITE_ERRORS, KEY),
    )(create)  # fmt: skip


def own_key(request: HttpRequest, kind: str) -> str:
    """The caller's key as the hub keeps it: bound to the caller, so that nobody meets another's record by a key."""
    given = request.headers.get("Idempotency-Key", "").strip()
    if not given:
        return ""
    return sha256(f"{request.reader.user_id} {kind} {given}".encode("utf-8", "replace")).hexdigest()


def edits(router: Router, resource: Resource, body: type[Body], act: Callable[..., object]) -> None:
    """PATCH of the record: `act(record, values, by=…, at=…, version=…)`; what is not sent stays as it is."""

    def edit(request: HttpRequest, number: str, given: body) -> HttpResponse:
        record = resource.get(number, request.reader)
        seen = answers.wanted_version(request, record)
        act(record, given.given(), by=request.reader, at=request.at, version=seen)
        return resource.again(request, number)

    router.patch(
        "/{number}", operation_id=f"edit_{resource.kind}",
        summary=f"Edit: {resource.name.en.lower()} · 修改{resource.name.zh}",
        response=resource.shape, openapi_extra=described.beside(described.EDIT_ERRORS, MUST_MATCH),
    )(edit)  # fmt: skip


def does(router: Router, resource: Resource, deed: Deed, answered: type[Schema] | None = None) -> None:
    """One deed as an operation; a `child` in its path is handed to it after the record."""
    kind = int if "{int:child}" in deed.path else str
    default = Sent(...) if _asks(deed.body) else Sent(deed.body.model_construct())

    def do(request: HttpRequest, number: str, given: deed.body = default) -> HttpResponse:
        return _done(request, resource, deed, number, given)

    def do_to_child(request: HttpRequest, number: str, child: kind, given: deed.body = default) -> HttpResponse:
        return _done(request, resource, deed, number, given, child)

    router.api_operation(
        [deed.method], f"/{{number}}/{deed.path}", summary=described.both(deed.label),
        operation_id=re.sub(r"[^a-z0-9]+", "_", f"{resource.kind} {deed.method.lower()} {deed.path}").strip("_"),
        response={200: answered or resource.shape, 204: None},
        openapi_extra=described.beside(described.WRITE_ERRORS, IF_MATCH, *([KEY] if deed.has_key else [])),
    )(do_to_child if "child}" in deed.path else do)  # fmt: skip


def _done(
    request: HttpRequest, resource: Resource, deed: Deed, number: str, given: Body, *child: int | str
) -> HttpResponse:
    """The deed itself, and the record as it is then."""
    record = resource.get(number, request.reader)
    seen = _seen(request, record, deed)
    made = deed.act(record, *child, by=request.reader, at=request.at, **given.given(), **seen)
    return answers.answer(made) if isinstance(made, Mapping) else resource.again(request, number)


def _asks(body: type[Body]) -> bool:
    return any(one.is_required() for one in body.model_fields.values())


def _seen(request: HttpRequest, record: Model, deed: Deed) -> dict[str, object]:
    """What the headers bring to a deed: the version the caller saw, and the caller's key."""
    found: dict[str, object] = {}
    if deed.has_key:
        found["key"] = own_key(request, f"{record.number} {deed.path}")
    if not deed.has_version:
        answers.same_version(request, record)
    elif (seen := answers.version(request, record)) is not None:
        found["version"] = seen
    return found


def reads_parts(
    router: Router, resource: Resource, read: Callable[[Reader, Model], Mapping[str, object]], shape: type[Schema]
) -> None:
    """GET of everything that belongs to a record, as far as the caller may read it."""

    def parts(request: HttpRequest, number: str) -> HttpResponse:
        return answers.answer(read(request.reader, resource.get(number, request.reader)))

    router.get(
        "/{number}/parts", operation_id=f"parts_of_{resource.kind}", summary="What belongs to it · 所属内容",
        response=shape, openapi_extra=described.beside(described.READ_ERRORS),
    )(parts)  # fmt: skip


def told(row: object, shape: type[Schema], but: Sequence[str] = ()) -> dict[str, object]:
    """The fields of a row that its schema names."""
    return {name: getattr(row, name) for name in shape.model_fields if name not in but}


def linked(name: str, number: str, get: Callable[[str, Reader], Model], reader: Reader) -> Model:
    """The record a field names by its number; one that is not there or not theirs is said at the field."""
    try:
        return get(number, reader)
    except Absent as absent:
        raise invalid(name, f"There is no record “{number}” here.", f"未找到记录“{number}”。") from absent


@dataclass(frozen=True, slots=True)
class Named:
    """A move by its code and label, where no flow table names it."""

    code: str
    label: Text
