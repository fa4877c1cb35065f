"""Working time of the hub: opening hours, due moments, and overlaps of half-open intervals."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from grandunion.terms.clocks import Clock, Interval
from grandunion.terms.periods import Period

HORIZON_DAYS = 366 * 20  # beyond this, a calendar that never opens is a mistake and not a long wait
MINUTE = timedelta(minutes=1)
Span = Interval | Period


@dataclass(frozen=True)
class WorkingCalendar:
    """When the hub works, in the time zone `zone`.

    It is open from `opens` up to, not including, `closes` on the `weekdays` (Monday is 0) that are no `holidays`,
    and on `makeup_days` (调休: working weekends), whatever weekday they are. Raises ValueError when it would
    close before it opens, never open, or when a day is both holiday and make-up day.
    """

    opens: time = time(8, 30)
    closes: time = time(18, 0)
    weekdays: frozenset[int] = frozenset(range(5))
    holidays: frozenset[date] = frozenset()
    makeup_days: frozenset[date] = frozenset()
    zone: str = "Asia/Shanghai"

    def __post_init__(self) -> None:
        if self.opens >= self.closes:
            raise ValueError("the calendar closes after it opens")
        if not self.weekdays <= frozenset(range(7)):
            raise ValueError("weekdays are numbered 0 (Monday) to 6 (Sunday)")
        if not self.weekdays and not self.makeup_days:
            raise ValueError("the calendar opens on some day")
        if self.holidays & self.makeup_days:
            raise ValueError("a day is either a holiday or a make-up day")
        ZoneInfo(self.zone)

    def is_working_day(self, day: date) -> bool:
        """Whether the hub opens on the local day."""
        return day in self.makeup_days or (day.weekday() in self.weekdays and day not in self.holidays)

    def is_working(self, at: datetime) -> bool:
        """Whether the hub is open at the moment; raises ValueError for a moment without time zone."""
        day = self._day(at)
        if not self.is_working_day(day):
            return False
        opens_at, closes_at = self._hours(day)
        return opens_at <= at < closes_at

    def between(self, start: datetime, end: datetime) -> int:
        """Whole working minutes in [start, end), rounded down; 0 if the end is not after the start."""
        return self.working_time(start, end) // MINUTE

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """The exact working time in [start, end); raises ValueError for moments without time zone."""
        if _utc(end) <= _utc(start):
            return timedelta()
        shifts = self._shifts(start, (self._day(end) - self._day(start)).days)
        return sum((min(b, _utc(end)) - a for a, b in shifts if a < _utc(end)), timedelta())

    def add(self, start: datetime, *, working_minutes: int | None = None, working_days: int | None = None) -> datetime:
        """The moment when so much working time is over, in the calendar's zone; give one of the two, not below 0.

        Minutes: the earliest moment with that many working minutes since `start`. Days: closing time of the n-th
        working day after the day of `start`, which itself does not count (Civil Code, articles 201 and 203:
        the first day is not counted, the last ends when business ends). Zero of either is `start` itself.
        """
        amounts = [n for n in (working_minutes, working_days) if n is not None]
        if len(amounts) != 1 or amounts[0] < 0:
            raise ValueError("give working minutes or working days, not below zero")
        if amounts[0] == 0:
            return _utc(start).astimezone(ZoneInfo(self.zone))
        clock = Clock(working_minutes=working_minutes, working_days=working_days)
        found = self.due(start, clock)
        if found is None:
            raise ValueError("this calendar does not open often enough for that")
        return found

    def due(self, start: datetime, clock: Clock, pauses: Iterable[Interval] = ()) -> datetime | None:
        """When the clock that began at `start` runs out, in the calendar's zone; None while a pause without end
        keeps it from running out, or when the calendar does not open often enough within twenty years.

        Working minutes and hours round the clock stand still during pauses. A working day does not count if the
        clock stands still when it ends. Raises ValueError for moments without time zone.
        """
        stops = _merged(pauses)
        if clock.working_days is not None:
            found = self._after_days(start, clock.working_days, stops)
        elif clock.working_minutes is not None:
            shifts = self._shifts(start, HORIZON_DAYS)
            found = _after_time(shifts, stops, clock.working_minutes * MINUTE)
        else:
            found = _after_time([(_utc(start), _LAST)], stops, timedelta(hours=clock.hours or 0))
        return found.astimezone(ZoneInfo(self.zone)) if found else None

    def _after_days(self, start: datetime, days: int, stops: "Sequence[_Stretch]") -> datetime | None:
        first, left = self._day(start), days
        for offset in range(1, HORIZON_DAYS):
            day = first + timedelta(days=offset)
            closes_at = self._hours(day)[1]
            if stops and stops[-1][1] == _LAST and closes_at > stops[-1][0]:
                return None
            if self.is_working_day(day) and not any(a < closes_at <= b for a, b in stops):
                left -= 1
                if left == 0:
                    return closes_at
        return None

    def _shifts(self, start: datetime, days: int) -> "Iterator[_Stretch]":
        """The stretches the hub is open from `start` on, over this many further local days, in UTC."""
        first, begin = self._day(start), _utc(start)
        for offset in range(days + 1):
            day = first + timedelta(days=offset)
            opens_at, closes_at = self._hours(day)
            if self.is_working_day(day) and begin < closes_at:
                yield max(opens_at, begin), closes_at

    def _hours(self, day: date) -> "_Stretch":
        return _hours(day, self.opens, self.closes, self.zone)

    def _day(self, at: datetime) -> date:
        return _aware(at).astimezone(ZoneInfo(self.zone)).date()


_Stretch = tuple[datetime, datetime]
_LAST = datetime.max.replace(tzinfo=UTC)


@lru_cache(maxsize=4096)
def _hours(day: date, opens: time, closes: time, zone: str) -> _Stretch:
    """From when to when the hub is open on a day, in UTC: clocks of many records ask for the same days."""
    opens_at, closes_at = (datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC) for at in (opens, closes))
    return opens_at, closes_at


def _aware(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} does not say in which time zone it is")
    return at


def _utc(at: datetime) -> datetime:
    return _aware(at).astimezone(UTC)


def _merged(pauses: Iterable[Interval]) -> list[_Stretch]:
    """The pauses in order, in UTC, those that touch joined; one without end lasts for ever."""
    merged: list[_Stretch] = []
    for start, end in sorted((_utc(p.starts_at), _utc(p.ends_at) if p.ends_at else _LAST) for p in pauses):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _after_time(shifts: Iterable[_Stretch], stops: Sequence[_Stretch], length: timedelta) -> datetime | None:
    """The earliest moment by which so much of the shifts, pauses left out, has gone by."""
    left = length
    for start, end in shifts:
        if stops and stops[-1][1] == _LAST and start >= stops[-1][0]:
            return None
        for a, b in _without(start, end, stops):
            if b - a >= left:
                return a + left
            left -= b - a
    return None


def _without(start: datetime, end: datetime, stops: Sequence[_Stretch]) -> Iterator[_Stretch]:
    """The parts of [start, end) that lie in no stop."""
    for stop_start, stop_end in stops:
        if stop_end <= start or stop_start >= end:
            continue
        if start < stop_start:
            yield start, stop_start
        start = stop_end
    if start < end:
        yield start, end


def overlaps(first: Span, second: Span) -> bool:
    """Whether two half-open spans, both of days or both of moments, share anything; touching is not sharing."""
    (a, b), (c, d) = _edges(first), _edges(second)
    return (d is None or a < d) and (b is None or c < b)


def first_overlap(spans: Iterable[Span]) -> tuple[Span, Span] | None:
    """The first two spans that overlap, by the start of the later one; None if all lie apart. O(n log n)."""
    longest: Span | None = None
    for span in sorted(spans, key=lambda s: _edges(s)[0]):
        if longest is not None and overlaps(longest, span):
            return longest, span
        # Nothing overlapped so far, so the later one also ends later.
        longest = span
    return None


def _edges(span: Span) -> tuple:
    if isinstance(span, Period):
        return span.starts_on, span.ends_on
    return span.starts_at, span.ends_at
