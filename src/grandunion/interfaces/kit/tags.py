"""Words, figures, days and pictures in templates, in the reader's language."""

import hashlib
import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.template.base import Parser, Token
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from grandunion.interfaces.kit import tones
from grandunion.terms.money import Money
from grandunion.terms.text import Text

register = template.Library()
WRITTEN_OUT = re.compile(r'"[^"\\\\]*"')  # a text in double quotes, nothing escaped in it


def language() -> str:
    """The reader's language: "zh" or "en"."""
    return "zh" if (get_language() or "zh").startswith("zh") else "en"


def said(value: object) -> str:
    """A Text or a Word in the reader's language; anything else as it is."""
    if isinstance(value, Text):
        return value.in_(language())
    text = getattr(value, "text", None)
    if isinstance(text, Text):
        return text.in_(language())
    return "" if value is None else str(value)


register.filter("said", said)
register.filter("tone", tones.tone)


@register.simple_tag
def say(en: str, zh: str, **values: object) -> str:
    """A sentence in the reader's language, its {places} filled."""
    sentence = zh if language() == "zh" else en
    return sentence.format(**{name: said(value) for name, value in values.items()}) if values else sentence


class Sentence(template.Node):
    """A sentence without places: a page has dozens, so nothing is worked out for it but the language."""

    def __init__(self, en: str, zh: str) -> None:
        self.en, self.zh = en, zh

    def render(self, context: Context) -> str:
        return self.zh if language() == "zh" else self.en


class Picture(template.Node):
    """A picture whose name stands in the template."""

    def __init__(self, name: str) -> None:
        self.name = name

    def render(self, context: Context) -> str:
        return icon(self.name)


def _written(tag: str, node: Callable[..., template.Node], places: int) -> None:
    """Where all that a tag takes is written out in the template, it needs not be worked out for each page."""
    general = register.tags[tag]

    def compiled(parser: Parser, token: Token) -> template.Node:
        words = token.split_contents()[1:]
        if len(words) == places and all(WRITTEN_OUT.fullmatch(word) for word in words):
            return node(*(word[1:-1] for word in words))
        return general(parser, token)

    register.tag(tag, compiled)


@register.simple_tag
def lang() -> str:
    """The language tag of the page."""
    return "zh-Hans" if language() == "zh" else "en"


def _print_of(path: str) -> str:
    found = finders.find(path)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if found else ""


@register.simple_tag
@lru_cache(maxsize=256)
def asset(path: str) -> str:
    """The address of a file of ours, with its fingerprint so that it may be kept for a year."""
    return f"{static(path)}?v={_print_of(path)}"


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """A picture out of the sprite; said nothing of to screen readers."""
    return format_html(
        '<svg class="icon" width="18" height="18" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        asset("gu/icons.svg"), name,
    )  # fmt: skip


_written("say", Sentence, 2)
_written("icon", Picture, 1)


@register.filter
def day(value: date | datetime | None) -> str:
    """A day as ISO 8601, which both languages read."""
    if isinstance(value, datetime):
        value = timezone.localtime(value).date()
    return value.isoformat() if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """A moment to the minute, in the hub's time."""
    return timezone.localtime(value).strftime("%Y-%m-%d %H:%M") if value else ""


@register.filter
def number(value: object) -> str:
    """A number with its thousands marked, without empty decimals."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal) and value == value.to_integral_value():
        value = int(value)
    return f"{value:,}"


@register.filter
def money(value: object, currency: str = "CNY") -> str:
    """An amount as the reader's language writes it: 120万元 / CNY 1,200,000.00."""
    if value is None or value == "":
        return ""
    return said(value.said() if isinstance(value, Money) else Money(Decimal(value), currency or "CNY").said())


FROM, UP_TO, SPAN = (
    Text("from {low}", "{low}起"),
    Text("up to {high}", "不超过{high}"),
    Text("{low} – {high}", "{low}至{high}"),
)


def span(low: object, high: object, currency: str = "CNY") -> Text | None:
    """A span of amounts in words; nothing where neither end is known."""
    least, most = (None if end is None else Money(Decimal(end), currency or "CNY").said() for end in (low, high))
    if least is None and most is None:
        return None
    if least is None:
        return UP_TO.fill(high=most)
    if most is None:
        return FROM.fill(low=least)
    return least if least == most else SPAN.fill(low=least, high=most)


@register.filter
def item(values: object, key: object) -> object:
    """What stands under a key."""
    return values.get(key, "") if hasattr(values, "get") else ""
