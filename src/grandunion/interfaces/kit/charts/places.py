"""A map of areas as fields within their districts, shaded by value: which lies where, without outlines nobody has
verified."""

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from django.utils.safestring import SafeString

from grandunion.interfaces.kit.charts.bars import named
from grandunion.interfaces.kit.charts.frame import framed, legend_of
from grandunion.interfaces.kit.charts.marks import (
    WIDTH,
    About,
    Point,
    fitting,
    folded,
    label,
    linked,
    most,
    place,
    say,
    short,
)
from grandunion.terms.text import Text

GAP, HEAD, TILE, LINE = 8, 24, 58, 16
ACROSS = 2  # fields beside each other in a district
SHADES = 4
LETTERS = 23
ELSEWHERE = Text("District not recorded", "行政区未登记")
HEADS = Text("Area", "片区")
FEWER, NONE_YET = Text("up to {n}", "不超过 {n}"), Text("none, or not told", "无，或不予显示")


def places(about: About, points: Sequence[Point]) -> SafeString:
    """A field for each area, the areas of a district (`group`) in one frame; the darker, the more."""
    peak = most(point.value for point in points)
    within: dict[Text, list[Point]] = defaultdict(list)
    for point in points:
        within[point.group or ELSEWHERE].append(point)
    ordered = sorted(within.items(), key=lambda pair: pair[0] is ELSEWHERE)
    drawing, y = [], 0.0
    for district, inside in ordered:
        rows = -(-len(inside) // ACROSS)
        across = min(ACROSS, len(inside))
        folds = max(len(folded(point.label, LETTERS if across > 1 else LETTERS * 2)) for point in inside)
        tall = TILE + LINE * (folds - 1)
        height = HEAD + rows * (tall + GAP)
        drawing.append(
            f'<rect class="chart-ground" x=".5" y="{place(y + 0.5)}" width="{WIDTH - 1}" height="{height}" rx="6"/>'
        )
        drawing.append(label(GAP, y + 17, fitting(district, LETTERS * 2), kind="chart-label"))
        drawing.extend(_tile(point, at, y + HEAD, peak, (across, tall)) for at, point in enumerate(inside))
        y += height + GAP
    rows_of = [[(point.label, ""), (point.written(), point.url)] for point in points]
    return framed(about, "".join(drawing), y, [HEADS, about.title], rows_of, legend=_legend(peak, points))


def _tile(point: Point, at: int, top: float, peak: Decimal, size: tuple[int, float]) -> str:
    """One area; `size` is how many stand beside each other, and how tall they are."""
    across, tall = size
    wide = (WIDTH - GAP * (across + 1)) / across
    x, y = GAP + (at % across) * (wide + GAP), top + (at // across) * (tall + GAP)
    shade = 0 if not point.value else shade_of(point.value, peak)
    tile = f'<rect class="shade-{shade}" x="{place(x)}" y="{place(y)}" width="{place(wide)}" height="{tall}" rx="4"/>'
    lines = folded(point.label, LETTERS if across > 1 else LETTERS * 2)
    name = "".join(label(x + 10, y + 22 + LINE * row, line, kind=f"on-{shade}") for row, line in enumerate(lines))
    said = say(short(point.value, point.written()))
    value = label(x + 10, y + 45 + LINE * (len(lines) - 1), said, kind=f"chart-big on-{shade}")
    return linked(point.url, named(point), tile + name + value)


def shade_of(value: Decimal | int, peak: Decimal) -> int:
    """From 1 to SHADES: in which equal part of the way to the peak the value lies."""
    return min(SHADES, max(1, -(-int(value * SHADES * 1000 / peak) // 1000)))


def _legend(peak: Decimal, points: Sequence[Point]) -> str:
    """The shades that a value of this map can have; of few whole numbers some shades have none."""
    told = [point.value for point in points if point.value]
    is_whole = all(value == int(value) for value in told)
    borders = {shade: peak * shade / SHADES for shade in range(1, SHADES + 1)} if told else {}
    if told and is_whole and peak < SHADES:
        borders = {shade_of(Decimal(value), peak): Decimal(value) for value in range(1, int(peak) + 1)}
    steps = [(f"shade-{shade}", FEWER.fill(n=_said(border, is_whole))) for shade, border in borders.items()]
    return legend_of([("shade-0", NONE_YET), *steps])


def _said(value: Decimal, is_whole: bool) -> Text:
    """A border between two shades; among whole numbers the last whole one below it."""
    return short(Decimal(int(value)) if is_whole else value.quantize(Decimal("0.1")))
