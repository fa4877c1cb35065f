"""The funnel as bars, drawn on the server: where each stands and how wide it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from grandunion.terms.text import Text

LABEL, FULL, ROW = 150, 420, 30  # in units of the drawing


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of the drawing."""

    text: Text
    y: int
    text_y: int
    width: int
    count: int
    count_x: int


@dataclass(frozen=True, slots=True)
class Bars:
    """The drawing: its size and its bars."""

    width: int
    height: int
    x: int
    thick: int
    bars: tuple[Bar, ...]


def bars(steps: Sequence) -> Bars:
    """Bars as wide as the part of all projects that reached each step."""
    most = max((step.reached for step in steps), default=0) or 1
    drawn = []
    for place, step in enumerate(steps):
        width = round(FULL * step.reached / most)
        drawn.append(Bar(step.state.text, place * ROW + 4, place * ROW + 19, width, step.reached, LABEL + width + 8))
    return Bars(LABEL + FULL + 60, ROW * len(steps) + 4, LABEL, ROW - 8, tuple(drawn))


def percent(part: float | None) -> str:
    """A part as a whole percentage; nothing where there is no whole."""
    return "—" if part is None else f"{part:.0%}"
