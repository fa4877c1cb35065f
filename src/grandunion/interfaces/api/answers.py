"""Answers of the API: lists by cursor, records with their ETag, and what a write must say first."""

from collections.abc import Mapping
from decimal import Decimal

import orjson
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused, Stale, invalid
from grandunion.work.permissions.base import access_rows, clearance
from grandunion.work.queries.base import Listing, Question
from grandunion.work.queries.base.cursor import after, is_steady
from grandunion.work.queries.base.listing import ordered
from grandunion.work.queries.base.plain import as_plain

ASKED = frozenset({"q", "order", "columns", "cursor", "limit"})
LIMIT, MOST = 50, 200


class VersionWanted(Refused):
    """A change without If-Match: nobody could tell whether somebody else saved meanwhile."""

    status = 428


def listed(request: HttpRequest, listing: Listing, **more: object) -> HttpResponse:
    """A cursor page: {"items": [{number, …columns}], "next": cursor or null}."""
    question = _asked(request, listing, more.pop("also", frozenset()))
    columns, rows, following = after(listing, request.reader, question, request.GET.get("cursor", ""))
    codes = [column.code for column in columns]
    items = [{"number": number, **dict(zip(codes, values, strict=True))} for number, values in rows]
    return answer({"items": items, "next": following or None, **more})


def _asked(request: HttpRequest, listing: Listing, also: frozenset[str]) -> Question:
    """The question in an address; what it asks that this list does not know is refused, not left aside."""
    given = {name: ",".join(values) for name, values in request.GET.lists()}
    known = ASKED | {one.code for one in listing.filters} | also
    for name, value in given.items():
        if name not in known:
            raise unknown(name, sorted(known))
        if "\x00" in value:
            raise invalid(name, "The text holds a broken character.", "文字中含有无效字符。")
    question = Question(
        words=given.get("q", "").strip()[:200],
        filters={one.code: given[one.code] for one in listing.filters if given.get(one.code)},
        order=given.get("order", ""),
        columns=tuple(code for code in given.get("columns", "").split(",") if code),
        size=limit_of(given.get("limit", "")),
    )
    readable = [column.code for column in listing.readable(request.reader)]
    if strange := [code for code in question.columns if code not in readable]:
        raise invalid("columns", f"“{strange[0]}” is not one of: {', '.join(readable)}.",
                      f"“{strange[0]}”不在可选范围：{'、'.join(readable)}。")  # fmt: skip
    if question.order and not is_steady(listing.record, ordered(listing, request.reader, question.order)):
        raise invalid("order", "The API cannot page through this order. Leave it out, or sort by another column.",
                      "API 不能按此列分页，请去掉排序或换一列。")  # fmt: skip
    return question


def limit_of(value: str) -> int:
    """How many items a page is asked to have."""
    if not value:
        return LIMIT
    if value.isascii() and value.isdigit() and len(value) < 4 and 1 <= int(value) <= MOST:
        return int(value)
    raise invalid("limit", f"“limit” is a whole number from 1 to {MOST}.", f"“limit”应为 1 至 {MOST} 的整数。")


def unknown(name: str, known: list[str]) -> Refused:
    return invalid(
        name[:60],
        f"This list has no filter “{name[:60]}”. It knows: {', '.join(known)}.",
        f"本列表没有“{name[:60]}”这一筛选项，可用：{'、'.join(known)}。",
    )


def depth_of(reader: Reader, record: Model) -> Secrecy:
    """The deepest class of fields the reader may read on a record."""
    return clearance(reader, record, access_rows(reader, record))


def shown(request: HttpRequest, record: Model, depth: Secrecy, status: int = 200) -> HttpResponse:
    """A record up to a class of fields, with its ETag; 304 if the caller has this very answer."""
    tag = etag(record, depth)
    if request.method == "GET" and tag in _tags(request.headers.get("If-None-Match", "")):
        response = HttpResponse(status=304, headers={"ETag": tag, "Cache-Control": "no-store"})
        del response.headers["Content-Type"]
        return response
    return answer(as_plain(record, depth), status, {"ETag": tag})


def etag(record: Model, depth: Secrecy) -> str:
    """What names one version of one record as deep as one reader sees it."""
    return f'"{record.number}-{record.version}-s{int(depth)}"'


def _tags(header: str) -> set[str]:
    return {tag.strip().removeprefix("W/") for tag in header.split(",")}


def version(request: HttpRequest, record: Model) -> int | None:
    """The version the caller saw, out of If-Match (0 for one that is not of this record); None without it."""
    header = request.headers.get("If-Match", "").strip()
    if not header:
        return None
    seen, _, _ = header.strip('"').rpartition("-s")
    number, _, count = seen.rpartition("-")
    return int(count) if number == record.number and count.isascii() and count.isdigit() and len(count) < 10 else 0


def wanted_version(request: HttpRequest, record: Model) -> int:
    """The version the caller saw; a change that does not say it is refused (428)."""
    seen = version(request, record)
    if seen is None:
        raise VersionWanted(
            Text(
                "Send the record's ETag as If-Match, so that nobody's change is overwritten.",
                "请以 If-Match 发送记录的 ETag，以免覆盖他人的修改。",
            )
        )
    return seen


def same_version(request: HttpRequest, record: Model) -> None:
    """Refuse a deed whose If-Match names another version than the record's; without If-Match it goes on."""
    if version(request, record) not in (None, record.version):
        raise Stale((), record.version)


def answer(body: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """JSON, never stored on the way: words as codes, sayings in both languages, amounts as exact text."""
    response = HttpResponse(orjson.dumps(body, default=_plain), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    for name, value in (headers or {}).items():
        response.headers[name] = value
    return response


def _plain(value: object) -> object:
    """What JSON has no kind for: exact decimals as text, sets as lists."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(value)
    raise TypeError(f"no JSON for {type(value).__name__}")


def unsealed(depth: Secrecy, *, is_own: bool, is_open: bool) -> Secrecy:
    """The depth shown of a record whose confidential part is read by a deed of its own, which is journaled."""
    return depth if depth < Secrecy.S3 or is_own or is_open else Secrecy.S2
