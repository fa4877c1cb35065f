"""`{% kept %}`: parts of a page that are the same every time are drawn once, for a template takes ten times as long."""

from collections.abc import Sequence

from django import template
from django.middleware.csrf import get_token
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.template.context import Context
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


class Kept(template.Node):
    """What stands inside is drawn anew only for another language or other values."""

    child_nodelists = ("nodelist",)

    def __init__(self, name: str, values: Sequence[FilterExpression], nodelist: NodeList) -> None:
        self.name, self.values, self.nodelist = name, values, nodelist

    def render(self, context: Context) -> SafeString:
        request = context.get("request")
        key = (self.name, language(), request is None, *(value.resolve(context) for value in self.values))
        drawn = DRAWN.get(key)
        if drawn is None:
            drawn = self._drawn(context, request)
            if len(DRAWN) >= MOST:
                DRAWN.clear()
            DRAWN[key] = drawn
        if request is not None:
            if HERE in drawn:
                drawn = drawn.replace(HERE, escape(request.get_full_path()))
            if TOKEN in drawn:
                drawn = drawn.replace(TOKEN, get_token(request))
        return mark_safe(drawn)  # noqa: S308 - drawn by a template, the address escaped

    def _drawn(self, context: Context, request: object) -> str:
        places = {"csrf_token": TOKEN, "request": _Anywhere()} if request is not None else {}
        with context.push(**places):
            return str(self.nodelist.render(context))


@register.tag
def kept(parser: Parser, token: Token) -> Kept:
    """`{% kept name value … %} … {% endkept %}`: the values are all that what stands inside depends on.

    Besides them it may use the language, a form's token and `request.get_full_path`; nothing of the reader's records.
    """
    _, name, *values = token.split_contents()
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return Kept(name, [parser.compile_filter(value) for value in values], nodelist)
