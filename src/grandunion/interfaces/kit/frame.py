"""What stands above every page, written in Python: where one is, and the page's head with its only h1."""

import re
from collections.abc import Sequence
from html import escape

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe

from grandunion.interfaces.kit.drawn import Writer, badge, words
from grandunion.interfaces.kit.pages import Crumb, Deed, Head
from grandunion.interfaces.kit.tags import icon, language
from grandunion.terms.text import Text
from grandunion.work.queries.messages.inbox import is_watchable

register = template.Library()
HAN, LATIN = re.compile(r"[\u4e00-\u9fff]"), re.compile(r"[A-Za-z]{3,}")
YOU_ARE_HERE, COPY = Text("You are here", "当前位置"), Text("Copy the number", "复制编号")
WATCH = Text("Watch", "关注")


@register.simple_tag
def crumbs(page: Head | str) -> SafeString:
    """The way to a page, the page itself last; nothing where it has none."""
    way = getattr(page, "crumbs", ())
    if not way:
        return mark_safe("")
    say = words()
    steps = "".join([_crumb(say, crumb, number == len(way)) for number, crumb in enumerate(way, 1)])
    drawn = f'<nav class="crumbs" aria-label="{say(YOU_ARE_HERE)}"><ol>{steps}</ol></nav>'
    return mark_safe(drawn)  # noqa: S308 - every value is escaped by `say`


def _crumb(say: Writer, crumb: Crumb, is_last: bool) -> str:
    text, url = crumb
    if url and not is_last:
        return f'<li><a href="{escape(url)}">{say(text)}</a></li>'
    here = ' aria-current="page"' if is_last else ""
    return f"<li><span{here}>{say(text)}</span></li>"


@register.simple_tag(takes_context=True)
def page_head(context: Context, page: Head | str) -> SafeString:
    """The head of a page: number and state, title, subtitle, and what can be done."""
    if not isinstance(page, Head):
        return mark_safe("")
    say = words()
    subtitle = f'<p class="page-head-sub">{say(page.subtitle)}</p>' if page.subtitle else ""
    title, marks = say(page.title), _marks(page, say, context)
    return mark_safe(  # noqa: S308 - every value is escaped by `say`
        f'<div class="page-head"><div class="page-head-words">{marks}<h1{_spoken(title)}>{title}</h1>'
        f"{subtitle}</div>{_deeds(page.actions, say, context)}</div>"
    )


def _spoken(title: str) -> str:
    """Says of a title that stands in Chinese alone what it is, on a page in English (WCAG 2.2, 3.1.2)."""
    return ' lang="zh-Hans"' if language() == "en" and HAN.search(title) and not LATIN.search(title) else ""


def _marks(page: Head, say: Writer, context: Context) -> str:
    if not page.number and not page.state:
        return ""
    number = say(page.number)
    copied = (
        f'<span class="number">{number}</span><button class="notice-close" type="button" hidden '
        f'data-copy="{number}" aria-label="{say(COPY)}">{icon("copy")}</button>'
    )
    state = badge(page.state, page.tone, say) if page.state else ""
    return f'<div class="page-head-meta">{copied + _watched(page, say, context) if page.number else ""}{state}</div>'


def _watched(page: Head, say: Writer, context: Context) -> str:
    """The way to be told what happens to the record, beside its number."""
    here = getattr(context.get("request"), "path", "")
    if not here.startswith("/w/") or not is_watchable(page.number):
        return ""
    place = f"/w/messages/watch/{escape(page.number)}/"
    return f'<a class="notice-close" href="{place}" aria-label="{say(WATCH)}" title="{say(WATCH)}">{icon("eye")}</a>'


def _deeds(deeds: Sequence[Deed], say: Writer, context: Context) -> str:
    if not deeds:
        return ""
    return f'<div class="page-head-deeds">{"".join([_deed(deed, say, context) for deed in deeds])}</div>'


def _deed(deed: Deed, say: Writer, context: Context) -> str:
    kind = f"button{' button-primary' if deed.is_primary else ''}{' button-danger' if deed.is_danger else ''}"
    text, url = f"{icon(deed.icon) if deed.icon else ''}{say(deed.text)}", escape(deed.url)
    if deed.method != "post":
        return f'<a class="{kind}" href="{url}">{text}</a>'
    confirm = f' data-confirm="{say(deed.confirm)}"' if deed.confirm else ""
    token = f'<input type="hidden" name="csrfmiddlewaretoken" value="{context.get("csrf_token", "")}">'
    return f'<form method="post" action="{url}"{confirm}>{token}<button class="{kind}">{text}</button></form>'
