"""The hub's figures as open data: observations in the codes of SDMX, with what every code means, for anybody to use."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from re import sub

from django.utils import timezone

from grandunion.records.plans import Indicator
from grandunion.terms.counting import Dimension
from grandunion.terms.periods import months_after
from grandunion.terms.plans import IndicatorKind
from grandunion.terms.readers import visitor
from grandunion.terms.text import Text, either
from grandunion.terms.views import Frequency, ObservationStatus
from grandunion.work.queries import lists
from grandunion.work.queries.plans.figures import Cell, by, indicators, series, since, values
from grandunion.work.queries.plans.views import public_dashboard

MONTHS, YEARS = 24, 5
HUB = "HUB"
DAY = timedelta(days=1)
UNVERIFIED = Text("(proposed; the operator has not decided yet)", "（建议采用，运营方尚未最终确定）")


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms the figures may be used; `is_decided` is false while the operator has not said so."""

    code: str
    name: Text
    address: str
    is_decided: bool

    @property
    def said(self) -> Text:
        """The name, with what has to be known of it."""
        if self.is_decided:
            return self.name
        return Text(f"{self.name.en} {UNVERIFIED.en}", f"{self.name.zh}{UNVERIFIED.zh}")


@dataclass(frozen=True, slots=True)
class Observation:
    """One figure for one place and period; the value is empty where the status says why."""

    frequency: Frequency
    area: str
    indicator: str
    period: str
    value: Decimal | None
    unit: str
    status: ObservationStatus
    counted_from: date | None
    counted_to: date


def licence() -> Licence | None:
    """The licence of the hub's pack, None where it names none."""
    row = lists.setting("open_data", {}) or {}
    if not row.get("code"):
        return None
    name = either(row["name_en"], row["name_zh"])
    return Licence(row["code"], name, row["address"], bool(row.get("verified_on")))


def public_indicators() -> tuple[Indicator, ...]:
    """The indicators that the portal's own page shows, in the order of the pack."""
    return tuple(indicators().filter(code__in=public_dashboard().codes))


def unit_code(unit: Text) -> str:
    """A unit as a code: square metres → SQUARE_METRES."""
    return sub(r"[^A-Z0-9]+", "_", unit.en.upper()).strip("_") or "UNIT"


def observations(at: datetime, wanted: Sequence[Indicator]) -> list[Observation]:
    """What anybody may know of these indicators: the hub by month and year, each area by year, small cells hidden."""
    as_of = timezone.localtime(at).date()
    return [*_of_hub(as_of, at, wanted), *_of_areas(as_of, at, wanted)]


def _of_hub(as_of: date, at: datetime, wanted: Sequence[Indicator]) -> Iterator[Observation]:
    ends = [(Frequency.ANNUAL, end) for end in year_ends(as_of)] + [(Frequency.MONTHLY, end) for end in _months(as_of)]
    days = sorted({end for _, end in ends})
    found = series([one.code for one in wanted], ends=days, reader=visitor(at))
    for one in wanted:
        cells = dict(zip(days, found[one.code], strict=True))
        yield from (_observed(one, HUB, frequency, end, cells[end], as_of) for frequency, end in ends)


def _of_areas(as_of: date, at: datetime, wanted: Sequence[Indicator]) -> Iterator[Observation]:
    counted = {one.indicator.code for one in values(as_of=as_of, reader=visitor(at),
               codes=[one.code for one in wanted]) if one.is_counted}  # fmt: skip
    for one in wanted:
        if one.code not in counted:
            continue
        for end in year_ends(as_of):
            for area, cell in by(one, Dimension.AREA, as_of=end, reader=visitor(at)):
                if area is not None:
                    yield _observed(one, area.code, Frequency.ANNUAL, end, cell, as_of)


def year_ends(as_of: date) -> list[date]:
    """The last days of the years told, the oldest first; of the year that runs, the day itself."""
    return [*(date(as_of.year - back, 12, 31) for back in range(YEARS - 1, 0, -1)), as_of]


def _months(as_of: date) -> list[date]:
    first = as_of.replace(day=1)
    return [*(months_after(first, 1 - back) - DAY for back in range(MONTHS - 1, 0, -1)), as_of]


def _observed(one: Indicator, area: str, frequency: Frequency, end: date, cell: Cell, as_of: date) -> Observation:
    period = str(end.year) if frequency is Frequency.ANNUAL else f"{end:%Y-%m}"
    first = None if one.indicator_kind == IndicatorKind.STOCK else since(one, end)
    return Observation(frequency, area, one.code, period, cell.value, unit_code(one.unit),
                       _status(frequency, cell, end, as_of), first, end)  # fmt: skip


def _status(frequency: Frequency, cell: Cell, end: date, as_of: date) -> ObservationStatus:
    if cell.is_hidden:
        return ObservationStatus.SUPPRESSED
    if cell.value is None:
        return ObservationStatus.NOT_COLLECTED
    is_over = (end + DAY).day == 1 and (frequency is Frequency.MONTHLY or end.month == 12)
    return ObservationStatus.NORMAL if is_over and end < as_of else ObservationStatus.PROVISIONAL
