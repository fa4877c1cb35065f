"""The steps of matches as a funnel of bars, drawn on the server."""

from dataclasses import dataclass

from grandunion.terms.text import Text
from grandunion.work.queries.matches.figures import Group
from grandunion.work.queries.matches.success import LADDER

WIDTH, ROW, THICK = 480, 28, 18  # in units of the drawing
LEFT, WIDEST = 118, 250


@dataclass(frozen=True, slots=True)
class Bar:
    """One step: its bar, its name, and what is written behind it."""

    name: Text
    said: Text
    y: int
    middle: int
    width: int
    after: int


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing of all steps."""

    bars: tuple[Bar, ...]
    height: int
    width: int = WIDTH
    left: int = LEFT
    thick: int = THICK


def funnel(group: Group) -> Chart | None:
    """A bar for each step, as long as its share of the first; None where there is nothing to draw."""
    most = group.counts[LADDER[0]]
    if not most:
        return None
    bars = []
    for place, stage in enumerate(LADDER):
        count, part = group.counts[stage], group.part(stage)
        width = round(WIDEST * (count or 0) / most)
        text = "" if count is None else f"{count:,}" + ("" if part is None or not place else f" · {part} %")
        y = place * ROW + 4
        bars.append(Bar(stage.text, Text(text or "hidden", text or "隐去"), y, y + 13, width, LEFT + width + 6))
    return Chart(tuple(bars), len(LADDER) * ROW + 4)
