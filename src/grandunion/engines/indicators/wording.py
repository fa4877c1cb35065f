"""How a figure is written in both languages: 300亿 and 30 billion, 近1万 and nearly 10,000."""

from decimal import Decimal

from grandunion.terms.plans import Qualifier
from grandunion.terms.text import Text

# A round number is said in large units; one that is not round keeps its digits, for nothing is smoothed.
UNITS_ZH = ((Decimal(10) ** 8, Decimal(10) ** 6, "亿"), (Decimal(10) ** 4, Decimal(10) ** 3, "万"))
UNITS_EN = ((Decimal(10) ** 9, Decimal(10) ** 7, " billion"), (Decimal(10) ** 6, Decimal(10) ** 4, " million"))
FRAMES = {
    Qualifier.EXACTLY: Text("{n}", "{n}"),
    Qualifier.OVER: Text("over {n}", "超{n}"),
    Qualifier.NEARLY: Text("nearly {n}", "近{n}"),
    Qualifier.AT_LEAST: Text("at least {n}", "不少于{n}"),
}
WITH_REMAINDER = Text("over {n}", "{n}余")  # 800余: how Chinese says a little more than a small round number
SMALL = Decimal(10_000)


def written(value: Decimal | int) -> Text:
    """The exact number as each language writes it: 3 million / 300万; 12,345 / 12,345; 8.22 / 8.22."""
    number = Decimal(value)
    return Text(_in_units(number, UNITS_EN), _in_units(number, UNITS_ZH))


def qualified(value: Decimal | int, qualifier: str) -> Text:
    """A published figure with its qualifier: nearly 10,000 / 近1万, over 800 / 800余, over 70,000 / 超7万."""
    frame = FRAMES[Qualifier(qualifier)]
    if qualifier == Qualifier.OVER and Decimal(value) < SMALL and Decimal(value) % 10 == 0:
        frame = WITH_REMAINDER
    return frame.fill(n=written(value))


def _in_units(number: Decimal, units: tuple[tuple[Decimal, Decimal, str], ...]) -> str:
    for size, grain, name in units:
        if abs(number) >= size and number % grain == 0:
            return f"{_plain(number / size)}{name}"
    return _plain(number)


def _plain(number: Decimal) -> str:
    """With thousands marked, without empty decimals."""
    if number == number.to_integral_value():
        return f"{int(number):,}"
    return f"{number.normalize():,f}"
