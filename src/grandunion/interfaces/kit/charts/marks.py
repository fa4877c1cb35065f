"""What charts are made of: points, series, a step of a funnel, and what is said about the whole."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from html import escape

from grandunion.interfaces.kit.drawn import words
from grandunion.interfaces.kit.tags import language
from grandunion.terms.text import NOTHING, Text

WIDTH = 400  # of every drawing, in its own units; it is scaled to the room there is
LETTER = 7  # about how wide a letter is
WIDE = 11_904  # characters from here on (Chinese, Japanese) take twice the room of a letter
SIZES = ((10**9, "bn"), (10**6, "m"), (10**3, "k"))
SIZES_ZH = ((10**8, "亿"), (10**4, "万"))
WHOLE_FROM = 100  # from here on a shortened number needs no decimals
NOT_COUNTED, HIDDEN = Text("not counted", "未计算"), Text("hidden", "隐去")


@dataclass(frozen=True, slots=True)
class Point:
    """One value under its label; None where it is hidden (`is_hidden`) or nothing counts it.

    `said` is the exact number as it is written; without it the number is written as it is. `url` opens what is
    behind it. `group` names what places belong together (the district of an area).
    """

    label: Text
    value: Decimal | int | None
    said: Text = NOTHING
    url: str = ""
    is_hidden: bool = False
    group: Text | None = None

    def written(self) -> Text:
        """The number, or in words why there is none."""
        if self.said.en:
            return self.said
        if self.value is None:
            return HIDDEN if self.is_hidden else NOT_COUNTED
        return Text(plain(self.value), plain(self.value))


@dataclass(frozen=True, slots=True)
class Series:
    """Values that belong together, in the order of their labels."""

    name: Text
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Band:
    """A span of what may come: from `low` to `high` around the middle, one of each for each label."""

    name: Text
    middle: tuple[Point, ...]
    low: tuple[Decimal, ...]
    high: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a funnel: how many came to it, which share of the step before, and after how many days."""

    label: Text
    count: int | None
    url: str = ""
    share: Decimal | None = None  # in per cent of the step before
    days: Decimal | None = None  # the median from the step before
    said: Text = NOTHING
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What stands around a chart. `code` is unique on its page: the ids of the drawing begin with it."""

    code: str
    title: Text
    unit: Text
    source: Text
    as_of: date | None = None
    note: Text | None = None
    url: str = ""
    heading: int = 2
    details: tuple[tuple[Text, object], ...] = field(default_factory=tuple)


def plain(value: Decimal | int) -> str:
    """The digits with their thousands marked, without empty decimals."""
    number = Decimal(value)
    return f"{int(number):,}" if number == number.to_integral_value() else f"{number.normalize():,f}"


def short(value: Decimal | int | None, said: Text = NOTHING) -> Text:
    """The number as it fits beside a mark (1.2m, 120万); its exact digits stand in the table."""
    if value is None:
        return said
    number = Decimal(value)
    return Text(_short(number, SIZES), _short(number, SIZES_ZH))


def _short(number: Decimal, sizes: Sequence[tuple[int, str]]) -> str:
    for size, sign in sizes:
        if abs(number) >= size and abs(number) >= 10_000:
            part = number / size
            return f"{part:,.0f}{sign}" if abs(part) >= WHOLE_FROM else f"{plain(round(part, 2))}{sign}"
    return plain(number.quantize(Decimal("0.1"))) if number != number.to_integral_value() else plain(number)


def most(values: Iterable[Decimal | int | None]) -> Decimal:
    """The largest of the known values; 1 where there is none above zero."""
    found = max((Decimal(value) for value in values if value is not None), default=Decimal(0))
    return found if found > 0 else Decimal(1)


def say(value: object) -> str:
    """The words in the reader's language, safe in markup."""
    return words()(value)


def spoken(text: Text) -> str:
    """The words in the reader's language, plain."""
    return text.in_(language())


def fitting(words: Text, room: int) -> str:
    """The words cut to so many letters' width, with three points where something is left out; safe in markup."""
    text, used = spoken(words), 0
    for at, sign in enumerate(text):
        used += 2 if ord(sign) >= WIDE else 1
        if used > room:
            return escape(text[: at - 1].rstrip()) + "…"
    return escape(text)


def folded(words: Text, room: int) -> list[str]:
    """The words on lines of at most so many letters' width, broken between words; safe in markup."""
    lines = [""]
    text = spoken(words)
    for part in text.split(" ") if text.isascii() else text:
        gap = " " if text.isascii() and lines[-1] else ""
        if lines[-1] and width_of(lines[-1] + gap + part) > room * LETTER:
            lines.append(part)
        else:
            lines[-1] += gap + part
    return [escape(line) for line in lines]


def linked(url: str, name: str, inside: str) -> str:
    """The drawing of one mark, as a link where something is behind it; `name` is plain text and has the mark's words.

    A mark without words shows its name when it is pointed at.
    """
    tip = "" if url and "<text" in inside else f"<title>{escape(name)}</title>"
    if not url:
        return f"<g>{tip}{inside}</g>"
    return f'<a href="{escape(url)}" aria-label="{escape(name)}">{tip}{inside}</a>'


def width_of(text: str) -> float:
    """About how much room the words take in a drawing."""
    return sum(LETTER * 2 - 1 if ord(sign) >= WIDE else LETTER for sign in text)


def label(x: float, y: float, text: str, *, anchor: str = "", kind: str = "") -> str:
    """Words in a drawing; `text` is escaped already."""
    at = f' text-anchor="{anchor}"' if anchor else ""
    of = f' class="{kind}"' if kind else ""
    return f'<text x="{place(x)}" y="{place(y)}"{at}{of}>{text}</text> '


def place(number: float | Decimal) -> str:
    """A coordinate, without needless digits."""
    return f"{float(number):.1f}".rstrip("0").rstrip(".")
