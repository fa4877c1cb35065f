"""Lines over time, with a target, and with a band of what may come."""

from collections.abc import Sequence
from decimal import ROUND_CEILING, Decimal

from django.utils.safestring import SafeString

from grandunion.interfaces.kit.charts.bars import named, table_of
from grandunion.interfaces.kit.charts.frame import Cell, framed, legend_of
from grandunion.interfaces.kit.charts.marks import (
    WIDTH,
    About,
    Band,
    Point,
    Series,
    label,
    linked,
    most,
    place,
    plain,
    say,
    short,
)
from grandunion.terms.text import Text

LEFT, TOP, FLOOR, BELOW = 60, 14, 170, 38
LABELS = 7  # that fit under the axis
TARGET, LOW, HIGH = Text("target", "目标"), Text("from", "下限"), Text("to", "上限")
NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))


def lines(
    about: About, series: Sequence[Series], head: Text, *, band: Band | None = None, target: Decimal | None = None
) -> SafeString:
    """A line for each series; a band goes on where the first line ends, with a label for each of its points."""
    labels = [point.label for point in series[0].points]
    coming = [point.label for point in band.middle] if band else []
    known = [point.value for one in series for point in one.points]
    ticks = scale(most([*known, *(band.high if band else ()), *([target] if target is not None else [])]))
    ground = Ground(len(labels) + len(coming), ticks[-1])
    drawing = [_grid(ticks, ground), *_axis([*labels, *coming], ground)]
    if target is not None:
        drawing.append(f'<path class="target" d="M{LEFT} {place(ground.y(target))}H{WIDTH}"/>')
    if band:
        drawing.append(_band(series[0], band, ground))
    drawing.extend(_line(one, rank, ground, is_alone=len(series) == 1) for rank, one in enumerate(series, 1))
    signs = [(f"line line-{rank}", one.name) for rank, one in enumerate(series, 1)]
    signs += [("chart-band", band.name)] if band else []
    signs += [("target", _target(target))] if target is not None else []
    heads, rows = _table(series, head, band)
    return framed(
        about, "".join(drawing), FLOOR + BELOW, heads, rows, legend=legend_of(signs) if len(signs) > 1 else ""
    )


class Ground:
    """Where a value stands in the drawing."""

    __slots__ = ("count", "peak")

    def __init__(self, count: int, peak: Decimal) -> None:
        self.count, self.peak = count, peak

    def x(self, at: int) -> float:
        """The place of the label with this number, from 0."""
        return LEFT + 8 + (WIDTH - LEFT - 20) * at / max(self.count - 1, 1)

    def y(self, value: Decimal | int) -> float:
        """The height of a value; what is below zero stands on the floor."""
        return FLOOR - (FLOOR - TOP) * float(max(Decimal(value), Decimal(0)) / self.peak)


def scale(peak: Decimal, count: int = 4) -> list[Decimal]:
    """Round numbers from zero up to at least the peak, about so many; whole ones where the peak is above that."""
    raw = peak / count
    size = Decimal(10) ** raw.adjusted()
    step = next(size * nice for nice in NICE if size * nice >= raw)
    if peak >= count:
        step = step.to_integral_value(ROUND_CEILING)
    return [step * at for at in range(int((peak / step).to_integral_value(ROUND_CEILING)) + 1)]


def _grid(ticks: list[Decimal], ground: Ground) -> str:
    return "".join(
        f'<path class="{"grid-line" if tick else "axis"}" d="M{LEFT} {place(ground.y(tick))}H{WIDTH}"/>'
        + label(LEFT - 6, ground.y(tick) + 4, say(short(tick)), anchor="end")
        for tick in ticks
    )


def _axis(labels: list[Text], ground: Ground) -> list[str]:
    """The labels under the axis: as many as fit, the last one always; a year that was left out goes to the next."""
    every = -(-len(labels) // LABELS)
    drawn, year = [], ""
    for at, text in enumerate(labels):
        first, _, second = say(text).partition(" ")
        year = second or year
        if (len(labels) - 1 - at) % every:
            continue
        anchor = "end" if at == len(labels) - 1 and len(labels) > 1 else "middle"
        x = ground.x(at) + (8 if anchor == "end" else 0)
        drawn.append(label(x, FLOOR + 16, first, anchor=anchor))
        drawn += [label(x, FLOOR + 31, year, anchor=anchor)] if year else []
        year = ""
    return drawn


def _line(one: Series, rank: int, ground: Ground, *, is_alone: bool) -> str:
    """The line, broken where nothing is known, and a mark at each point."""
    runs: list[list[str]] = [[]]
    for at, point in enumerate(one.points):
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append(f"{place(ground.x(at))} {place(ground.y(point.value))}")
    paths = "".join(f'<path class="line line-{rank}" d="M{"L".join(run)}"/>' for run in runs if len(run) > 1)
    name = None if is_alone else one.name
    return paths + "".join(_mark(point, rank, ground, at, name) for at, point in enumerate(one.points))


def _mark(point: Point, rank: int, ground: Ground, at: int, name: Text | None) -> str:
    x = ground.x(at)
    y = FLOOR if point.value is None else ground.y(point.value)
    half = min(14.0, (WIDTH - LEFT - 20) / max(ground.count - 1, 1) / 2)
    reach = f'<rect class="reach" x="{place(x - half)}" y="{place(y - 14)}" width="{place(half * 2)}" height="28"/>'
    kind = "chart-gone" if point.value is None else f"c{rank}"
    return linked(
        point.url, named(point, name), f'{reach}<circle class="{kind}" cx="{place(x)}" cy="{place(y)}" r="3.5"/>'
    )


def _band(first: Series, band: Band, ground: Ground) -> str:
    """The span as an area and its middle as a broken line, both beginning at the last known point."""
    start = len(first.points)
    last = next((point.value for point in reversed(first.points) if point.value is not None), None)
    spots = [(ground.x(start - 1), last, last, last)] if last is not None and first.points[-1].value is not None else []
    spots += [
        (ground.x(start + at), low, point.value, high)
        for at, (point, low, high) in enumerate(zip(band.middle, band.low, band.high, strict=True))
    ]
    above = [f"{place(x)} {place(ground.y(high))}" for x, _, _, high in spots]
    below = [f"{place(x)} {place(ground.y(low))}" for x, low, _, _ in reversed(spots)]
    middle = [f"{place(x)} {place(ground.y(mid))}" for x, _, mid, _ in spots if mid is not None]
    return (
        f'<path class="chart-band" d="M{"L".join([*above, *below])}Z"/>'
        f'<path class="line chart-coming" d="M{"L".join(middle)}"/>'
    )


def _target(target: Decimal) -> Text:
    return Text(f"{TARGET.en} {plain(target)}", f"{TARGET.zh} {plain(target)}")


def _table(series: Sequence[Series], head: Text, band: Band | None) -> tuple[list[Text], list[list[Cell]]]:
    heads, rows = table_of(series, head)
    if band is None:
        return heads, rows
    heads += [band.name, LOW, HIGH]
    rows = [[*row, ("", ""), ("", ""), ("", "")] for row in rows]
    for point, low, high in zip(band.middle, band.low, band.high, strict=True):
        blank: list[Cell] = [("", "")] * len(series)
        rows.append([(point.label, ""), *blank, (point.written(), point.url), (plain(low), ""), (plain(high), "")])
    return heads, rows
