"""My messages: what happened that has to do with me, opened in one click; what I watch; how I am told."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.tags import said
from grandunion.terms.messages import MessageKind, Way
from grandunion.terms.text import Text
from grandunion.work.actions.messages import inbox as actions
from grandunion.work.queries.messages import inbox

HOME, CHOICES = "/w/messages/", "/w/account/messages/"
TITLE, HOW = Text("Messages", "消息"), Text("How I am told", "提醒方式")
ACCOUNT = (Text("My account", "我的账户"), "/w/account/")
WATCHING = Text("Watch a record", "关注记录")


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """What the reader has not read; everything, where that is asked."""
    kind, is_all, before = request.GET.get("kind", ""), request.GET.get("all") == "1", request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 18 else None
    found = inbox.inbox(request.reader, kind=kind, is_all=is_all, before=number)
    chosen = MessageKind(kind) if MessageKind.has(kind) else None
    return page(
        request, "web/messages/list.html", TITLE, section="messages", found=found, is_all=is_all, chosen=chosen,
        here=request.get_full_path(), following=_following(found, kind, is_all), kinds=_kinds(found, chosen),
        newest=found.items[0].pk if found.items else "", actions=[Deed(CHOICES, HOW, "settings")],
    )  # fmt: skip


def _kinds(found: inbox.Inbox, chosen: MessageKind | None) -> list[tuple[MessageKind, int]]:
    """The kinds of which something waits, and the one that is looked at."""
    return [(kind, found.unread.get(kind, 0)) for kind in MessageKind if found.unread.get(kind) or kind is chosen]


def _following(found: inbox.Inbox, kind: str, is_all: bool) -> str:
    asked = {"kind": kind, "all": "1" if is_all else "", "before": found.following or ""}
    return f"?{urlencode({name: value for name, value in asked.items() if value})}" if found.following else ""


@signed_in
@require_POST
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a message as read and go where it leads."""
    found = inbox.message(pk, request.reader)
    actions.read(found, by=request.reader, at=request.at)
    (item,) = inbox.items([found], request.reader)
    response = HttpResponse(status=303)
    response["Location"] = item.url or HOME
    return response


@signed_in
@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark what was shown, and what is older, as read."""
    newest = request.POST.get("newest", "")
    count = actions.read_all(
        by=request.reader, at=request.at, kind=request.POST.get("kind", ""),
        until=int(newest) if newest.isascii() and newest.isdigit() and len(newest) < 18 else None,
    )  # fmt: skip
    return done(request, HOME, Text(f"{count} marked as read.", f"已将 {count} 条标为已读。"))


@signed_in
def choices(request: HttpRequest) -> HttpResponse:
    """How the reader is told of each kind of thing."""
    if request.method == "POST":
        actions.choose(_wishes(request.POST), by=request.reader, at=request.at)
        return done(request, CHOICES, Text("Saved.", "已保存。"))
    return page(
        request, "web/messages/choices.html", HOW, section="messages", crumbs=[ACCOUNT, (HOW, "")],
        choices=inbox.choices(request.reader), ways=list(Way),
    )  # fmt: skip


def _wishes(sent: Mapping[str, str]) -> dict[MessageKind, tuple[Way, bool]]:
    """What the form says of each kind; a kind it does not name stays as it is."""
    return {
        kind: (Way(sent[kind.value]), f"{kind.value}_shown" in sent)
        for kind in MessageKind
        if Way.has(sent.get(kind.value, ""))
    }


@signed_in
def watching(request: HttpRequest, number: str) -> HttpResponse:
    """Watch a record, or stop; it is told apart by what the button sends, so that a second click does no harm."""
    record = inbox.record(number, request.reader)
    url = inbox.place(record.kind, record.number)
    if request.method == "POST":
        is_on = request.POST.get("watch") == "1"
        (actions.watch if is_on else actions.unwatch)(record, by=request.reader, at=request.at)
        told = Text("You are told what happens here.", "已关注，相关进展将通知您。") if is_on else Text(
            "You are no longer told what happens here.", "已取消关注。")  # fmt: skip
        return done(request, url, told)
    return page(
        request, "web/messages/watch.html", WATCHING, section="messages", record=record, url=url,
        is_watched=inbox.is_watched(record, request.reader), crumbs=[(Text(number, number), url), (WATCHING, "")],
        called=said(getattr(record, "title", None) or getattr(record, "name", None)),
    )  # fmt: skip


urlpatterns = [
    path("", index),
    path("read/", read_all),
    path("watch/<str:number>/", watching),
    path("<int:pk>/open/", opened),
]
