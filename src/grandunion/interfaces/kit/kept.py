"""`{% kept %}`: parts of a page that are the same every time are drawn once, for a template takes ten times as long."""

from collections.abc import Hashable, Mapping, Sequence

from django import template
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from grandunion.interfaces.kit.tags import language

register = template.Library()
# Where a form's token and the page's own address stand in a kept part: signs no page has.
TOKEN, HERE = "\ue000", "\ue001"
MOST = 1000
DRAWN: dict[tuple, str] = {}


class _Anywhere:
    """The request as a kept part may know it: that there is an address, not which one."""

    get_full_path = HERE


ANYWHERE = {"csrf_token": TOKEN, "request": _Anywhere()}


class Kept(template.Node):
    """What stands inside is drawn anew only for another language or other values."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, values: Sequence[FilterExpression], nodelist: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, nodelist

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        key = (self.name, language(), request is None, *[value.resolve(context) for value in self.values])
        drawn = DRAWN.get(key)
        if drawn is None:
            drawn = _keep(key, self._drawn(context, request))
        return mark_safe(_filled(drawn, request))  # noqa: S308 - drawn by a template, the address escaped

    def _drawn(self, context: Context, request: object) -> str:
        with context.push(**(ANYWHERE if request is not None else {})):
            return str(self.nodelist.render(context))


def whole(request: HttpRequest, template: str, told: Mapping[str, object], *values: Hashable) -> str:
    """A page that is the same for the same values, drawn once; `told` is all that its template may speak of.

    Besides it the template may use the language, a form's token and `request.get_full_path`.
    """
    key = (template, language(), *values)
    drawn = DRAWN.get(key)
    if drawn is None:
        drawn = _keep(key, render_to_string(template, {**told, **ANYWHERE}))
    return _filled(drawn, request)


def _keep(key: tuple, drawn: str) -> str:
    if len(DRAWN) >= MOST:
        DRAWN.clear()
    DRAWN[key] = drawn
    return drawn


def _filled(drawn: str, request: HttpRequest | _Anywhere | None) -> str:
    """What was drawn with the request's address and token; inside of a larger kept part their places stay."""
    if request is None or isinstance(request, _Anywhere):
        return drawn
    if HERE in drawn:
        drawn = drawn.replace(HERE, escape(request.get_full_path()))
    return drawn.replace(TOKEN, forms_token(request)) if TOKEN in drawn else drawn


def forms_token(request: HttpRequest) -> str:
    """The token of the page's forms, drawn by lot once for all of them."""
    if not hasattr(request, "forms_token"):
        request.forms_token = get_token(request)
    return request.forms_token


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept name value … %} … {% endkept %}`: the values are all that what stands inside depends on.

    Besides them it may use the language, a form's token and `request.get_full_path`; nothing of the reader's records.
    """
    _, name, *values = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name, [parser.compile_filter(value) for value in values], nodelist)
