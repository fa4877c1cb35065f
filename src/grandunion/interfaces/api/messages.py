"""My messages through the API: read them, choose how to be told, watch records."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from grandunion.interfaces.api import answers, described
from grandunion.interfaces.api.described import Bilingual, parameter
from grandunion.interfaces.api.fields import Body, YesNo
from grandunion.terms.messages import MessageKind, Way
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.actions.messages import inbox as actions
from grandunion.work.queries.messages import inbox


class ChoiceBody(Body):
    """How to be told of one kind."""

    way: Way
    is_shown: YesNo = True


class MessageOut(Schema):
    """One message; where its record is closed to the reader by now, it has no number, title or place."""

    id: int
    at: datetime
    kind: MessageKind
    verb: str
    text: Bilingual
    number: str
    title: Bilingual
    url: str
    is_read: bool


class MessagesOut(Schema):
    """Messages, newest first; `next` is the `before` of the page after."""

    items: list[MessageOut]
    unread: dict[str, int]
    next: int | None


class UnreadOut(Schema):
    """How many messages are not read."""

    unread: dict[str, int]


class ChoiceOut(Schema):
    """How the reader is told of one kind."""

    kind: MessageKind
    way: Way
    is_shown: bool


class ChoicesOut(Schema):
    """How the reader is told, kind by kind."""

    items: list[ChoiceOut]


class WatchOut(Schema):
    """Whether a record is watched."""

    number: str
    is_watched: bool


ASKED = ("kind", "all", "before")
PARAMETERS = (
    parameter("kind", Text("Only one kind, as “need”.", "仅一类，如“need”。")),
    parameter("all", Text("1: those read too.", "1：含已读。")),
    parameter("before", Text("“next” of the page before.", "上一页的 next。")),
)  # fmt: skip


def _list(request: HttpRequest) -> HttpResponse:
    given = request.GET.dict()
    if strange := next((name for name in given if name not in ASKED), ""):
        raise answers.unknown(strange, sorted(ASKED))
    kind, before = given.get("kind", ""), given.get("before", "")
    if kind and not MessageKind.has(kind):
        known = MessageKind.codes()
        raise invalid("kind", f"One of: {', '.join(known)}.", f"可选：{'、'.join(known)}。")
    found = inbox.inbox(request.reader, kind=kind, is_all=given.get("all") == "1", before=_whole(before))
    return answers.answer(
        {"items": [_plain(one) for one in found.items], "unread": _counted(found), "next": found.following}
    )


def _plain(one: inbox.Item) -> dict[str, object]:
    return {
        "id": one.pk, "at": one.at, "kind": one.kind, "verb": one.verb, "text": _both(one.text), "number": one.number,
        "title": _both(one.title), "url": one.url, "is_read": one.is_read,
    }  # fmt: skip


def _counted(found: inbox.Inbox) -> dict[str, int]:
    return {kind.value: count for kind, count in found.unread.items()}


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "zh": text.zh}


def _whole(written: str) -> int | None:
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or len(written) > 18:
        raise invalid("before", "“before” is a whole number.", "“before”应为整数。")
    return int(written)


def _unread(request: HttpRequest) -> HttpResponse:
    return answers.answer({"unread": _counted(inbox.inbox(request.reader))})


def _read(request: HttpRequest, pk: int) -> HttpResponse:
    actions.read(inbox.message(pk, request.reader), by=request.reader, at=request.at)
    return _unread(request)


def _read_all(request: HttpRequest) -> HttpResponse:
    actions.read_all(by=request.reader, at=request.at)
    return _unread(request)


def _choices(request: HttpRequest) -> HttpResponse:
    items = [{"kind": one.kind, "way": one.way, "is_shown": one.is_shown} for one in inbox.choices(request.reader)]
    return answers.answer({"items": items})


def _choose(request: HttpRequest, kind: MessageKind, given: ChoiceBody) -> HttpResponse:
    actions.choose({kind: (Way(given.way), given.is_shown)}, by=request.reader, at=request.at)
    return _choices(request)


def _watching(request: HttpRequest, number: str) -> HttpResponse:
    record = inbox.record(number, request.reader)
    return answers.answer({"number": record.number, "is_watched": inbox.is_watched(record, request.reader)})


def _watch(request: HttpRequest, number: str) -> HttpResponse:
    actions.watch(inbox.record(number, request.reader), by=request.reader, at=request.at)
    return _watching(request, number)


def _unwatch(request: HttpRequest, number: str) -> HttpResponse:
    actions.unwatch(inbox.record(number, request.reader), by=request.reader, at=request.at)
    return _watching(request, number)


router = Router(tags=["Messages · 消息"])
Operation = tuple[str, str, str, Callable[..., HttpResponse], str, type[Schema]]
OPERATIONS: tuple[Operation, ...] = (
    ("get", "", "list_messages", _list, "My messages · 我的消息", MessagesOut),
    ("post", "/read", "read_all_messages", _read_all, "Mark all as read · 全部标为已读", UnreadOut),
    ("post", "/{int:pk}/read", "read_message", _read, "Mark one as read · 标为已读", UnreadOut),
    ("get", "/choices", "list_choices", _choices, "How I am told · 提醒方式", ChoicesOut),
    ("put", "/choices/{kind}", "choose_how", _choose, "Choose how · 设置提醒方式", ChoicesOut),
    ("get", "/watching/{number}", "is_watched", _watching, "Whether I watch it · 是否关注", WatchOut),
    ("put", "/watching/{number}", "watch", _watch, "Watch a record · 关注记录", WatchOut),
    ("delete", "/watching/{number}", "unwatch", _unwatch, "Stop watching · 取消关注", WatchOut),
)
for method, address, name, view, summary, shape in OPERATIONS:
    errors = described.READ_ERRORS if method == "get" else described.WRITE_ERRORS
    getattr(router, method)(
        address, operation_id=name, summary=summary, response=shape,
        openapi_extra=described.beside(errors, *(PARAMETERS if view is _list else ())),
    )(view)  # fmt: skip
