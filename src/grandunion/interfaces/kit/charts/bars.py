"""Bars: one or several values for each label, lying (places, fields) or standing (months)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.safestring import SafeString

from grandunion.interfaces.kit.charts.frame import framed, legend_of
from grandunion.interfaces.kit.charts.marks import (
    WIDTH,
    About,
    Point,
    Series,
    fitting,
    label,
    linked,
    most,
    place,
    say,
    short,
    spoken,
    width_of,
)
from grandunion.terms.text import Text

LABEL, THICK, ROOM = 17, 12, 62  # height of a label, of a bar, and what is left for the number behind the bar
LEAST = 3  # so that a small number is a mark and not nothing
TOP, FLOOR, BELOW = 22, 150, 40  # of standing bars
LETTERS = 52  # that fit beside each other
COMMA = Text(", ", "，")


def bars(about: About, series: Sequence[Series], head: Text) -> SafeString:
    """Lying bars, one group for each label; `head` says what the labels are."""
    peak = most(point.value for one in series for point in one.points)
    drawing, y = [], 2.0
    for at, first in enumerate(series[0].points):
        drawing.append(label(0, y + 12, fitting(first.label, LETTERS), kind="chart-label"))
        y += LABEL
        for rank, one in enumerate(series, 1):
            drawing.append(_lying(one.points[at], f"c{rank}", y, peak, one.name if len(series) > 1 else None))
            y += THICK + 4
        y += 7
    legend = legend_of([(f"c{rank}", one.name) for rank, one in enumerate(series, 1)]) if len(series) > 1 else ""
    return framed(about, "".join(drawing), y, *table_of(series, head), legend=legend)


def _lying(point: Point, kind: str, y: float, peak: Decimal, name: Text | None) -> str:
    width = _share(point, peak, WIDTH - ROOM)
    said = say(short(point.value, point.written()))
    mark = f'<rect class="reach" x="0" y="{place(y - 6)}" width="{WIDTH}" height="{THICK + 12}"/>'
    if point.value is None:
        mark += f'<rect class="chart-gone" x=".5" y="{place(y + 0.5)}" width="24" height="{THICK - 1}" rx="2"/>'
        return linked(point.url, named(point, name), mark + label(30, y + 10, said, kind="chart-nil"))
    mark += f'<rect class="{kind}" x="0" y="{place(y)}" width="{place(width)}" height="{THICK}" rx="2"/>'
    return linked(point.url, named(point, name), mark + label(width + 6, y + 10, said))


def columns(about: About, series: Sequence[Series], head: Text) -> SafeString:
    """Standing bars in the order of time, one slot for each label."""
    peak = most(point.value for one in series for point in one.points)
    slot = WIDTH / max(len(series[0].points), 1)
    told = _told(series, slot)
    drawing = [f'<path class="axis" d="M0 {FLOOR}H{WIDTH}"/>']
    for at, first in enumerate(series[0].points):
        for rank, one in enumerate(series, 1):
            stand = Stand(slot * at + 4 + (slot - 8) / len(series) * (rank - 1), (slot - 8) / len(series), peak)
            name = one.name if len(series) > 1 else None
            drawing.append(_standing(one.points[at], f"c{rank}", stand, name, is_told=at in told))
        drawing.extend(_below(say(first.label), slot * at + slot / 2))
    legend = legend_of([(f"c{rank}", one.name) for rank, one in enumerate(series, 1)]) if len(series) > 1 else ""
    return framed(about, "".join(drawing), FLOOR + BELOW, *table_of(series, head), legend=legend)


def _told(series: Sequence[Series], slot: float) -> set[int]:
    """Above which bars the number is written: all where there is room, else the highest and the last."""
    if len(series) > 1:
        return set()
    points = series[0].points
    if all(width_of(spoken(short(point.value))) <= slot for point in points):
        return set(range(len(points)))
    return {max(range(len(points)), key=lambda at: points[at].value or 0), len(points) - 1}


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a standing bar stands, how thick it is, and what the tallest stands for."""

    x: float
    thick: float
    peak: Decimal

    @property
    def middle(self) -> float:
        return self.x + self.thick / 2


def _standing(point: Point, kind: str, stand: Stand, name: Text | None, *, is_told: bool) -> str:
    x, thick = place(stand.x), place(stand.thick)
    reach = f'<rect class="reach" x="{x}" y="{TOP - 18}" width="{thick}" height="{FLOOR - TOP + 34}"/>'
    if point.value is None:
        mark = f'<rect class="chart-gone" x="{x}" y="{FLOOR - 14.5}" width="{thick}" height="14" rx="2"/>'
        said = say(point.written()) if point.is_hidden else "?"
        return linked(
            point.url, named(point, name), reach + mark + label(stand.middle, FLOOR - 20, said, anchor="middle")
        )
    height = _share(point, stand.peak, FLOOR - TOP)
    top = place(FLOOR - height)
    mark = f'<rect class="{kind}" x="{x}" y="{top}" width="{thick}" height="{place(height)}" rx="2"/>' if height else ""
    return linked(point.url, named(point, name), reach + mark + (_above(point, stand, height) if is_told else ""))


def _above(point: Point, stand: Stand, height: float) -> str:
    """The number above a bar, within the drawing."""
    text = short(point.value)
    half = width_of(spoken(text)) / 2
    return label(min(max(stand.middle, half), WIDTH - half), FLOOR - height - 6, say(text), anchor="middle")


def _below(text: str, middle: float) -> list[str]:
    """A label under the axis, on two lines where it has a blank (2026 Jan)."""
    first, _, second = text.partition(" ")
    lines = [label(middle, FLOOR + 16, first, anchor="middle")]
    return [*lines, label(middle, FLOOR + 31, second, anchor="middle")] if second else lines


def _share(point: Point, peak: Decimal, room: float) -> float:
    if not point.value or point.value < 0:
        return 0.0
    return max(float(point.value / peak) * room, LEAST)


def named(point: Point, name: Text | None = None) -> str:
    """What a mark is called: label, series, the number as it is drawn, and the exact one where that differs."""
    drawn, exact = spoken(short(point.value, point.written())), spoken(point.written())
    parts = [*(spoken(text) for text in (point.label, name) if text), drawn]
    return spoken(COMMA).join(parts) + (f" ({exact})" if exact != drawn else "")


def table_of(series: Sequence[Series], head: Text) -> tuple[list[Text], list[list[tuple[object, str]]]]:
    """The same numbers as a table: a row for each label, a column for each series."""
    heads = [head, *(one.name for one in series)]
    rows = [
        [(first.label, ""), *((one.points[at].written(), one.points[at].url) for one in series)]
        for at, first in enumerate(series[0].points)
    ]
    return heads, rows
