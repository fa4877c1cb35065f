"""What nobody wanted, said in plain sentences with nothing from inside: bad requests, a full disk, a bug."""

import errno
import json
import logging
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from grandunion.interfaces.kit.pages import refusal
from grandunion.interfaces.kit.tags import language, said
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Refused

log = logging.getLogger(__name__)
TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
BROKEN = Text(
    "Something broke on our side. Nothing was half saved: go back and try again; if it stays, tell the hub when it "
    "happened.",
    "系统出现问题。未留下不完整的记录：请返回重试；如仍出现，请告知平台发生的时间。",
)
UNREADABLE = Text("The request cannot be read. Go back, reload the page and try again.",
                  "无法读取该请求，请返回并刷新页面后重试。")  # fmt: skip
TOO_LARGE = Text("That is more than one form takes (2 MB of text). Shorten it, or attach it as a file.",
                 "提交内容过大（文本上限 2 MB），请精简，或以附件形式上传。")  # fmt: skip
FORGERY = Text("The page had lain open too long, or cookies are blocked. Go back, reload it and send it again.",
               "页面停留过久，或浏览器禁用了 Cookie。请返回并刷新页面后重新提交。")  # fmt: skip
TOO_OFTEN = Text("Too many tries in a short time. Wait some minutes, then try again.", "尝试过于频繁，请几分钟后再试。")


class Unreadable(Refused):
    """A request that is broken in itself."""

    status = 400


class TooLarge(Refused):
    """More text or fields than a form takes."""

    status = 413


class TooOften(Refused):
    """Too many tries of one person or from one place."""

    status = 429


class Busy(Refused):
    """The database is held by somebody else for too long."""

    status = 503

    def __init__(self) -> None:
        super().__init__(Text("The database is busy. Nothing was saved; what you typed is still here: send it again.",
                              "数据库繁忙，本次未保存。您填写的内容仍在，请稍后重新提交。"))  # fmt: skip


class Full(Refused):
    """There is no room to write; reading goes on."""

    status = 507

    def __init__(self) -> None:
        super().__init__(
            Text("The hub's disk is full. Nothing was saved; reading goes on. Tell the hub's operator, then send it "
                 "again.", "平台磁盘已满，本次未保存，但仍可查阅。请通知平台管理员，待处理后重新提交。")
        )  # fmt: skip


SQLITE = {sqlite3.SQLITE_FULL: Full, sqlite3.SQLITE_BUSY: Busy, sqlite3.SQLITE_LOCKED: Busy}
# SQLSTATE of PostgreSQL: disk full; deadlock, lock and statement time-outs, too many connections.
POSTGRESQL = {"53100": Full} | dict.fromkeys(("40P01", "40001", "55P03", "57014", "53300"), Busy)
NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


def understood(error: BaseException | None) -> Refused | None:
    """A full disk or a busy database as a refusal; None for what is a bug. The operator reads of it in the log."""
    kind = Full if isinstance(error, OSError) and error.errno in NO_ROOM else None
    if isinstance(error, OperationalError):
        cause = error.__cause__
        kind = SQLITE.get(getattr(cause, "sqlite_errorcode", 0) & 0xFF) or POSTGRESQL.get(
            getattr(cause, "sqlstate", None)
        )
    if kind is None:
        return None
    log.error("%s", error)
    return kind()


@contextmanager
def refusing() -> Iterator[None]:
    """Inside, a full disk and a busy database are refusals, which a form shows beside what was typed."""
    try:
        yield
    except (OperationalError, OSError) as error:
        if (refused := understood(error)) is None:
            raise
        raise refused from error


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, or 413 for what is too large."""
    if isinstance(exception, DisallowedHost):
        return _plainly(request, 400, UNREADABLE)
    too_much = isinstance(exception, TOO_MUCH)
    return _page(request, TooLarge(TOO_LARGE) if too_much else Unreadable(UNREADABLE))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return _page(request, Forbidden(Text("You may not do this here.", "您无权进行此操作。")))


def absent(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, word for word what a record that is hidden says."""
    return _page(request, Absent())


def forgery(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without its token."""
    return _page(request, Forbidden(FORGERY))


def too_often(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """429 for log-ins and what belongs to them."""
    return _page(request, TooOften(TOO_OFTEN))


def broken(request: HttpRequest) -> HttpResponse:
    """500, or the refusal that an error outside of a view comes to."""
    refused = understood(sys.exc_info()[1])
    return _plainly(request, refused.status if refused else 500, refused.reason if refused else BROKEN)


def _page(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The refusal as a page of the house; plainly where the request came in too broken to be drawn for."""
    try:
        return refusal(request, refused)
    except SuspiciousOperation:
        return _plainly(request, refused.status, refused.reason)


def _plainly(request: HttpRequest, status: int, reason: Text) -> HttpResponse:
    """A page, or a problem of the API, that asks the database nothing."""
    if request.path.startswith("/api/"):
        body = {"type": "about:blank", "title": said(reason), "status": status, "detail": said(reason), "errors": []}
        kind, shown = "application/problem+json", json.dumps(body, ensure_ascii=False)
    else:
        kind = "text/html; charset=utf-8"
        shown = render_to_string("kit/broken.html", {"status": status, "text": reason, "language": language()})
    return HttpResponse(shown, status=status, content_type=kind, headers={"Cache-Control": "no-store"})
