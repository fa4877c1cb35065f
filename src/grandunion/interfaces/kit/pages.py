"""Pages: their surroundings, their answers, and refusals said as a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.contrib.messages import get_messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import SimpleLazyObject

from grandunion.interfaces.kit.kept import forms_token, whole
from grandunion.interfaces.kit.navigation import items
from grandunion.interfaces.kit.tags import language, said
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.queries import lists

Crumb = tuple[Text, str]


@dataclass(frozen=True, slots=True)
class Deed:
    """A button at the head of a page."""

    url: str
    text: Text
    icon: str = ""
    is_primary: bool = False
    is_danger: bool = False
    method: str = "get"
    confirm: Text | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself; `state` is a Text with its `tone`, `actions` are Deeds."""

    title: Text
    section: str = ""
    crumbs: Sequence[Crumb] = ()
    subtitle: Text | None = None
    number: str = ""
    state: Text | None = None
    tone: str = "neutral"
    actions: Sequence[Deed] = ()


REFUSAL = "kit/error.html"
OF_THE_HEAD = ("section", "crumbs", "subtitle", "number", "state", "tone", "actions")


def page(request: HttpRequest, template: str, title: Text, *, status: int = 200, **context: object) -> HttpResponse:
    """The template as a page; what belongs to its head (crumbs, number, state, actions …) goes there."""
    head = {name: context.pop(name) for name in OF_THE_HEAD if name in context}
    return render(request, template, {"page": Head(title, **head), **context}, status=status)


def surroundings(request: HttpRequest) -> dict:
    """What every template may speak of: the hub, the reader, the navigation, the language and the theme."""
    reader = getattr(request, "reader", None)
    hub = getattr(request, "hub", None) or lists.hub()  # a page that has read it already brings it
    return {
        "hub": hub,
        "reader": reader,
        "unread": getattr(request.user, "unread", 0) if reader is not None else 0,
        "nav": items(reader, request.path) if reader is not None else (),
        "language": language(),
        "theme": request.COOKIES.get("theme", ""),
        "is_demo": settings.DEMO or hub.is_demo,
        "csrf_token": SimpleLazyObject(lambda: forms_token(request)),
    }


def tell(request: HttpRequest, text: Text, kind: str = "ok") -> None:
    """Say something on the next page: kind is ok, warn or error."""
    level = {"ok": messages.SUCCESS, "warn": messages.WARNING, "error": messages.ERROR}[kind]
    messages.add_message(request, level, said(text))


def done(request: HttpRequest, to: str, text: Text) -> HttpResponse:
    """After a deed: say what was done, go on to its page (303, so that a reload does nothing twice)."""
    tell(request, text)
    response = redirect(to)
    response.status_code = 303
    return response


def refusal(request: HttpRequest, refused: Refused) -> HttpResponse:
    """A refusal as a page with its sentence, its problems and, for a stale form, the difference."""
    titles = {
        403: Text("Not yours to do", "无权操作"),
        404: Text("Not found", "未找到"),
        422: Text("Please check what was entered", "请检查输入内容"),
    }
    title = titles.get(refused.status, Text("That cannot be done now", "当前无法执行"))
    if not refused.problems and not getattr(refused, "differences", ()) and not get_messages(request):
        told = {**surroundings(request), "page": Head(title), "refused": refused}
        reader = told["reader"]
        asks = (reader.is_signed_in, reader.called) if reader is not None else ()
        around = (told["hub"], told["unread"], told["nav"], told["theme"], told["is_demo"])
        return HttpResponse(whole(request, REFUSAL, told, title, refused.status, refused.reason, asks, around),
                            status=refused.status)  # fmt: skip
    return page(request, REFUSAL, title, status=refused.status, refused=refused,
                differences=getattr(refused, "differences", ()))  # fmt: skip
