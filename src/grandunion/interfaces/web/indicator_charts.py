"""Twelve months as bars, drawn on the server: where each stands, how tall it is, and what is written at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from grandunion.terms.text import Text

WIDTH, HEIGHT, FLOOR, CEILING = 480, 190, 150, 24  # in units of the drawing
SLOT = WIDTH // 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One month: its bar and the two lines under it; `said` is what is written above it."""

    month: date
    said: Text
    x: int
    y: int
    height: int
    middle: int
    year: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The drawing of twelve months."""

    bars: tuple[Bar, ...]
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR
    thick: int = SLOT - 12


def months(cells: Sequence[tuple[date, object]]) -> Chart:
    """A bar for each month; a hidden one is only named."""
    most = max((cell.value for _, cell in cells if cell.value), default=Decimal(1))
    drawn = []
    for place, (month, cell) in enumerate(cells):
        height = round((FLOOR - CEILING) * (cell.value or 0) / most)
        x = place * SLOT + 6
        year = str(month.year) if place == 0 or month.month == 1 else ""
        drawn.append(Bar(month, short(cell), x, FLOOR - height, height, x + (SLOT - 12) // 2, year, cell.is_hidden))
    return Chart(tuple(drawn))


def short(cell: object) -> Text:
    """The number as it fits above a bar; its exact digits stand in the table."""
    if cell.value is None or cell.value < 10_000:
        return cell.said()
    for size, sign in ((10**9, "bn"), (10**6, "m"), (10**3, "k")):
        if cell.value >= size:
            en = f"{cell.value / size:.3g}{sign}"
            break
    name, unit = ("亿", 10**8) if cell.value >= 10**8 else ("万", 10**4)
    return Text(en, f"{cell.value / unit:.3g}{name}")
