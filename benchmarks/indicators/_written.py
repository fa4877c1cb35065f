"""Adds up what the statements written by hand give, by month, to every figure at every month's end."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from benchmarks.indicators._dialects import Dialect
from benchmarks.indicators._statements import SHARED, SHARES, Way, statements

Run = Callable[[str], Iterable[tuple]]
Cells = dict[tuple[str, int | None, int], Decimal]  # (figure, area, place of the month's end) → value
Found = dict[tuple[int | None, int], object]  # (area, place of the month's end) → value
CENT, TENTH = Decimal("0.01"), Decimal("0.1")
NEVER = "9999-12"


def counted(run: Run, dialect: Dialect, ends: Sequence[date]) -> Cells:
    """Every figure for every area at every month's end."""
    found: Cells = {}
    months = [f"{end:%Y-%m}" for end in ends]
    for sql in SHARED if dialect.is_shared else ():
        run(sql)
    for code, way, sql in statements(dialect):
        found |= {(code, *place): value for place, value in ADDED[way](run(sql), months).items()}
    for code, (of, to) in SHARES.items():
        for area, place in [(area, place) for one, area, place in found if one == to]:
            whole, part = found[to, area, place], found.get((of, area, place), Decimal(0))
            if whole:
                found[code, area, place] = (part / whole * 100).quantize(TENTH)
    for table in ("came", "stood") if dialect.is_shared else ():
        run(f"DROP TABLE {table}")
    return found


def _year(months: Sequence[str]) -> dict[str, list[int]]:
    """The ends of the same year that a month counts for."""
    named = {f"{one[:4]}-{month:02d}" for one in months for month in range(1, 13)}
    return {name: [place for place, one in enumerate(months) if one[:4] == name[:4] and one >= name] for name in named}


def _flow(rows: Iterable[tuple], months: Sequence[str]) -> Found:
    found, places = defaultdict(Decimal), _year(months)
    for area, month, amount in rows:
        worth = Decimal(str(amount))
        for place in places.get(month, ()):
            found[area, place] += worth
    return found


def _ever(rows: Iterable[tuple], months: Sequence[str]) -> Found:
    return _stock(((area, month, None, amount) for area, month, amount in rows), months)


def _held(rows: Iterable[tuple], months: Sequence[str]) -> Found:
    found, places = defaultdict(Decimal), _year(months)
    for area, month, amount, since, until in rows:
        worth, stop = Decimal(str(amount)), until or NEVER
        for place in places.get(month, ()):
            if since <= months[place] < stop:
                found[area, place] += worth
    return found


def _stock(rows: Iterable[tuple], months: Sequence[str]) -> Found:
    found: dict[tuple, int] = defaultdict(int)
    for area, since, until, amount in rows:
        stop = until or NEVER
        for place, month in enumerate(months):
            if since <= month < stop:
                found[area, place] += amount
    return {key: Decimal(one) for key, one in found.items()}


def _once(rows: Iterable[tuple], months: Sequence[str]) -> Found:
    found: dict[tuple, set] = defaultdict(set)
    for area, since, until, pk in rows:
        stop = until or NEVER
        for place, month in enumerate(months):
            if since <= month < stop:
                found[area, place].add(pk)
    return {key: Decimal(len(one)) for key, one in found.items()}


def _middle(rows: Iterable[tuple], months: Sequence[str]) -> Found:
    amounts: dict[tuple, Counter] = defaultdict(Counter)
    places = _year(months)
    for area, month, days, many in rows:
        for place in places.get(month, ()):
            amounts[area, place][days] += many
    return {key: _median(one).quantize(CENT) for key, one in amounts.items()}


def _median(counts: Counter) -> Decimal:
    """The middle of values, each of which is there so many times."""
    total, passed, lower = counts.total(), 0, None
    for value, many in sorted(counts.items()):
        passed += many
        if lower is not None:
            return Decimal(lower + value) / 2
        if passed * 2 > total:
            return Decimal(value)
        if passed * 2 == total:
            lower = value
    raise ValueError("nothing has no middle")


def _mean(rows: Iterable[tuple], months: Sequence[str]) -> Found:
    sums, many = defaultdict(Decimal), defaultdict(int)
    places = _year(months)
    for area, month, amount, count in rows:
        for place in places.get(month, ()):
            sums[area, place] += Decimal(str(amount))
            many[area, place] += count
    return {key: (one / many[key]).quantize(CENT) for key, one in sums.items()}


ADDED = {
    Way.FLOW: _flow, Way.EVER: _ever, Way.HELD: _held, Way.STOCK: _stock, Way.ONCE: _once, Way.MIDDLE: _middle,
    Way.MEAN: _mean,
}  # fmt: skip


def month_ends(last: date, months: int) -> list[date]:
    """So many ends of months, the last one on or before a day."""
    ends, day = [], last.replace(day=1)
    for _ in range(months):
        ends.append((day + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        day = (day - timedelta(days=1)).replace(day=1)
    return sorted(ends)
