"""Answers of the API: lists by cursor, records with their ETag, and what a write must say first."""

from collections.abc import Mapping

import orjson
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused, invalid
from grandunion.work.permissions.base import access_rows, clearance
from grandunion.work.queries.base import Listing, Question
from grandunion.work.queries.base.cursor import after, is_steady
from grandunion.work.queries.base.listing import ordered, plain
from grandunion.work.queries.base.plain import as_plain


class VersionWanted(Refused):
    """A change without If-Match: nobody could tell whether somebody else saved meanwhile."""

    status = 428


def listed(request: HttpRequest, listing: Listing) -> HttpResponse:
    """A cursor page: {"items": [{number, …columns}], "next": cursor or null}."""
    question = Question.of(listing, {**request.GET.dict(), "page": "1", "size": request.GET.get("limit", "50")})
    order = ordered(listing, request.reader, question.order)
    if not is_steady(listing.rows(request.reader), order):
        raise invalid("order", "The API cannot page through this order. Leave it out, or sort by another column.",
                      "API 不能按此列分页，请去掉排序或换一列。")  # fmt: skip
    columns, rows, following = after(listing, request.reader, question, request.GET.get("cursor", ""))
    codes = [column.code for column in columns]
    items = [{"number": number} | dict(zip(codes, map(plain, values), strict=True)) for number, values in rows]
    return answer({"items": items, "next": following or None})


def shown(request: HttpRequest, record: Model, **more: object) -> HttpResponse:
    """A record up to the reader's class of fields, with its ETag; 304 if the caller has this version."""
    tag = etag(record)
    if request.headers.get("If-None-Match") == tag:
        return HttpResponse(status=304, headers={"ETag": tag})
    depth = clearance(request.reader, record, access_rows(request.reader, record))
    return answer({**as_plain(record, depth), **more}, headers={"ETag": tag})


def etag(record: Model) -> str:
    """What names one version of one record."""
    return f'"{record.number}-{record.version}"'


def version(request: HttpRequest, record: Model) -> int:
    """The version the caller saw, out of If-Match; a change without it is refused (428)."""
    given = request.headers.get("If-Match", "")
    if not given:
        raise VersionWanted(
            Text(
                "Send the record's ETag as If-Match, so that nobody's change is overwritten.",
                "请以 If-Match 发送记录的 ETag，以免覆盖他人的修改。",
            )
        )
    number, _, count = given.strip('"').rpartition("-")
    return int(count) if number == record.number and count.isdigit() and len(count) < 10 else 0


def answer(body: Mapping[str, object], status: int = 200, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """JSON, never stored on the way."""
    response = HttpResponse(
        orjson.dumps(body, default=str), status=status, content_type="application/json", headers=dict(headers or {})
    )
    response.headers["Cache-Control"] = "no-store"
    return response
