"""Figures: an indicator's value as of any day, by area and by month, as the reader may see it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from grandunion.engines.indicators import LEAST, masked, written
from grandunion.records.lists import Term
from grandunion.records.plans import Indicator
from grandunion.terms.periods import months_after
from grandunion.terms.plans import IndicatorKind, IndicatorPeriod
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.base import one
from grandunion.work.queries.lists import terms
from grandunion.work.queries.plans.counting import BEGINNING, Rule, by_area, in_area, rows, total
from grandunion.work.queries.plans.rules import rule_of

MONTHS = 12
HIDDEN = Text(f"<{LEAST}", f"<{LEAST}")
UNKNOWN = Text("not counted", "未计算")


@dataclass(frozen=True, slots=True)
class Cell:
    """A count or an amount; nothing stands in it where it is hidden, or where nothing counts it."""

    value: Decimal | None
    records: int | None
    is_hidden: bool = False

    def said(self) -> Text:
        """The number, “<5” where it is too small for this reader, or that nothing counts it."""
        if self.value is not None:
            return written(self.value)
        return HIDDEN if self.is_hidden else UNKNOWN


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value: `since` is the first day of a flow's period, `rule` how it is counted."""

    indicator: Indicator
    as_of: date
    since: date | None
    cell: Cell
    rule: Text | None
    area: Term | None = None

    @property
    def is_counted(self) -> bool:
        return self.rule is not None


@dataclass(frozen=True, slots=True)
class History:
    """A figure by month (first day of each, oldest first) and by area (None: without one)."""

    months: tuple[tuple[date, Cell], ...]
    areas: tuple[tuple[Term | None, Cell], ...]


def indicators() -> QuerySet[Indicator]:
    """All indicators, in the order of the pack."""
    return Indicator.objects.order_by("position", "pk")


def indicator(code: str) -> Indicator:
    """The indicator of this code, or Absent."""
    return one(Indicator.objects.all(), code=code)


def since(wanted: Indicator, as_of: date) -> date | None:
    """The first day that a flow counts for a figure as of a day; None for a stock."""
    if wanted.indicator_kind != IndicatorKind.FLOW:
        return None
    starts = {
        IndicatorPeriod.MONTH: as_of.month,
        IndicatorPeriod.QUARTER: as_of.month - (as_of.month - 1) % 3,
        IndicatorPeriod.HALF: 1 if as_of.month <= 6 else 7,
        IndicatorPeriod.YEAR: 1,
    }
    month = starts.get(wanted.period)
    return date(as_of.year, month, 1) if month else BEGINNING


def value(wanted: Indicator, *, as_of: date, reader: Reader, area: Term | None = None) -> Figure:
    """The indicator as of a day, over all records of the hub or of one area.

    It is computed from what the records were at the end of that day, things entered late by their own day. A
    reader who may not read rows is not told a figure of one to four records.
    """
    rule, first = rule_of(wanted.counts), since(wanted, as_of)
    if rule is None:
        return Figure(wanted, as_of, first, Cell(None, None), None, area)
    count, amount = total(rule, in_area(rule, rows(rule, first or BEGINNING, as_of), area))
    is_hidden = not reader.reads_rows and 0 < count < LEAST
    return Figure(wanted, as_of, first, _cell(count, amount, is_hidden=is_hidden), rule.says, area)


def values(*, as_of: date, reader: Reader, area: Term | None = None) -> tuple[Figure, ...]:
    """Every indicator as of a day: one query for the definitions and one for each that is counted."""
    return tuple(value(wanted, as_of=as_of, reader=reader, area=area) for wanted in indicators())


def history(wanted: Indicator, *, as_of: date, reader: Reader, area: Term | None = None) -> History | None:
    """The last twelve months and every area, in one grouped query; None where nothing counts the figure."""
    rule = rule_of(wanted.counts)
    if rule is None:
        return None
    months = tuple(months_after(as_of.replace(day=1), place - MONTHS + 1) for place in range(MONTHS))
    found = by_area(rule, months, since(wanted, as_of) or BEGINNING, as_of)
    of_area = {key: cell for key, cell in found.items() if area is None or key[0] == area.pk}
    by_month = [_summed(of_area, place) for place in range(MONTHS)]
    known: list[Term | None] = [*terms("areas"), None]
    by_place = [found.get((place.pk if place else None, -1), (0, 0)) for place in known]
    shown = [(term, pair) for term, pair in zip(known, by_place, strict=True) if term is not None or pair[0]]
    return History(
        months=tuple(zip(months, _cells(by_month, reader, rule), strict=True)),
        areas=tuple(zip((t for t, _ in shown), _cells([pair for _, pair in shown], reader, rule), strict=True)),
    )


def _summed(found: dict, wanted: int) -> tuple[int, object]:
    pairs = [pair for (_, place), pair in found.items() if place == wanted]
    return sum(count for count, _ in pairs), sum(amount for _, amount in pairs)


def _cells(pairs: Iterable[tuple[int, object]], reader: Reader, rule: Rule) -> list[Cell]:
    """The cells as the reader may see them: small ones hidden from who reads aggregates only."""
    pairs = list(pairs)
    hidden = frozenset() if reader.reads_rows else masked([count for count, _ in pairs])
    return [_cell(count, amount, is_hidden=place in hidden) for place, (count, amount) in enumerate(pairs)]


def _cell(count: int, amount: object, *, is_hidden: bool) -> Cell:
    return Cell(None, None, is_hidden=True) if is_hidden else Cell(Decimal(amount), count)
