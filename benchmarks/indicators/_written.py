"""The same counts written by hand: one SQL statement for each figure, over the same tables."""

# ruff: noqa: S608, E501 - statements of this file, each on the lines it needs

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from statistics import median

from benchmarks.indicators._hub import THREAD

Run = Callable[[str], Iterable[tuple]]
Cells = dict[tuple[str, int | None, int], Decimal]  # (figure, area, place of the month's end) → value


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database says the hub's day of a moment, and a day that is one already."""

    day: str
    plain: str


SQLITE = Dialect("date({0}, '+8 hours')", "{0}")
DUCKDB = Dialect("CAST(CAST({0} AS TIMESTAMP) + INTERVAL 8 HOUR AS DATE)", "CAST({0} AS DATE)")
AT = '"at"'  # a word of its own in some dialects
LIVING = ("lead", "qualified", "evaluated", "introduced", "term_sheet", "contract_signed")
HUB = "area_id IS NOT NULL AND merged_into_id IS NULL AND organisation_kind IN ({kinds})"
KINDS = {
    "organisations_in_hub": "'enterprise', 'institute', 'service_institution'", "enterprises_in_hub": "'enterprise'",
    "research_institutions_in_hub": "'institute'", "service_institutions_in_hub": "'service_institution'",
}  # fmt: skip
PAIRS = tuple(pairwise(THREAD))
CODES = (
    *(f"thread_{state}" for state in THREAD), *(f"days_{state}" for state in THREAD[1:]),
    *(f"conversion_{state}" for state in THREAD[1:]), "projects_landed", "enterprises_landed",
    "technology_enterprises_landed", "projects_lost", "projects_in_hand", *KINDS, "organisations_landed",
    "needs_received", "needs_answered", "need_answer_days", "needs_closed", "contracts_registered",
    "contract_value_total", "contract_value_technical",
)  # fmt: skip


def counted(run: Run, dialect: Dialect, ends: Sequence[date]) -> Cells:
    """Every figure for every area at every month's end, by SQL that counts by day and is added up here."""
    found: Cells = {}
    flows = {**_thread(dialect), **_others(dialect)}
    for code, sql in flows.items():
        found |= _flow(code, run(sql), ends)
    for of, to in PAIRS:
        found |= _middle(f"days_{to}", run(_between(of, to, dialect)), ends)
        for area, place in {(area, place) for code, area, place in found if code == f"thread_{of}"}:
            whole, part = found[f"thread_{of}", area, place], found.get((f"thread_{to}", area, place), Decimal(0))
            found[f"conversion_{to}", area, place] = (part / whole * 100).quantize(Decimal("0.1"))
    found |= _middle("need_answer_days", run(_answered(dialect)), ends)
    for code, kinds in KINDS.items():
        found |= _stock(code, run(_organisations(kinds, dialect)), ends)
    found |= _stock("projects_in_hand", run(_in_hand(dialect)), ends)
    return found


def _first(flow: str, target: str, dialect: Dialect) -> str:
    day = dialect.day.format(f"MIN({AT})")
    return (f"SELECT subject_id, {day} AS day FROM records_step "
            f"WHERE flow = '{flow}' AND target = '{target}' GROUP BY subject_id")  # fmt: skip


def _thread(dialect: Dialect) -> dict[str, str]:
    return {
        f"thread_{state}": f"SELECT p.area_id, s.day, COUNT(*) FROM ({_first('project', state, dialect)}) s "
        "JOIN records_project p ON p.id = s.subject_id GROUP BY 1, 2"
        for state in THREAD
    }


def _others(dialect: Dialect) -> dict[str, str]:
    landed, day = dialect.plain.format("landed_on"), dialect.day
    registered = f"({_first('contract', 'registered', dialect)}) s JOIN records_contract c ON c.id = s.subject_id " \
        "JOIN records_project p ON p.id = c.project_id WHERE c.state IN ('registered', 'changed')"  # fmt: skip
    own = f"SELECT area_id, {landed}, COUNT(*) FROM records_project WHERE landed_on IS NOT NULL"
    lost = f"SELECT subject_id, {day.format(f'MAX({AT})')} AS day FROM records_step WHERE flow = 'project' " \
        "AND target = 'lost' GROUP BY subject_id"  # fmt: skip
    return {
        "projects_landed": f"{own} GROUP BY 1, 2",
        "enterprises_landed": f"{own} AND company_id IS NOT NULL GROUP BY 1, 2",
        "technology_enterprises_landed": f"SELECT o.area_id, f.day, COUNT(*) FROM (SELECT company_id, MIN({landed}) AS day "
        "FROM records_project WHERE landed_on IS NOT NULL GROUP BY 1) f JOIN records_organisation o "
        "ON o.id = f.company_id WHERE o.merged_into_id IS NULL GROUP BY 1, 2",
        "projects_lost": f"SELECT p.area_id, s.day, COUNT(*) FROM ({lost}) s JOIN records_project p "
        "ON p.id = s.subject_id WHERE p.state = 'lost' GROUP BY 1, 2",
        "organisations_landed": f"SELECT area_id, {landed}, COUNT(*) FROM records_organisation WHERE landed_on IS NOT NULL "
        f"AND {HUB.format(kinds=KINDS['organisations_in_hub'])} GROUP BY 1, 2",
        "needs_received": f"SELECT area_id, {day.format('received_at')}, COUNT(*) FROM records_need "
        "WHERE received_at IS NOT NULL AND state <> 'spam' GROUP BY 1, 2",
        "needs_answered": f"SELECT n.area_id, s.day, COUNT(*) FROM ({_first('need', 'answered', dialect)}) s "
        "JOIN records_need n ON n.id = s.subject_id GROUP BY 1, 2",
        "needs_closed": f"SELECT area_id, {day.format('closed_at')}, COUNT(*) FROM records_need "
        "WHERE closed_at IS NOT NULL AND state LIKE 'closed%' GROUP BY 1, 2",
        "contracts_registered": f"SELECT p.area_id, s.day, COUNT(*) FROM {registered} GROUP BY 1, 2",
        "contract_value_total": f"SELECT p.area_id, s.day, SUM(c.value_total) FROM {registered} "
        "AND c.currency = 'CNY' GROUP BY 1, 2",
        "contract_value_technical": f"SELECT p.area_id, s.day, SUM(c.value_technical) FROM {registered} "
        "AND c.currency = 'CNY' GROUP BY 1, 2",
    }  # fmt: skip


def _between(of: str, to: str, dialect: Dialect) -> str:
    return (f"SELECT p.area_id, b.day, a.day FROM ({_first('project', of, dialect)}) a "
            f"JOIN ({_first('project', to, dialect)}) b ON a.subject_id = b.subject_id "
            "JOIN records_project p ON p.id = a.subject_id WHERE a.day <= b.day")  # fmt: skip


def _answered(dialect: Dialect) -> str:
    return (f"SELECT n.area_id, s.day, {dialect.day.format('n.received_at')} FROM ({_first('need', 'answered', dialect)}) s "
            "JOIN records_need n ON n.id = s.subject_id WHERE n.received_at IS NOT NULL")  # fmt: skip


def _organisations(kinds: str, dialect: Dialect) -> str:
    since = f"COALESCE({dialect.plain.format('landed_on')}, {dialect.day.format('created_at')})"
    return (f"SELECT area_id, {since}, NULL, COUNT(*) FROM records_organisation WHERE {HUB.format(kinds=kinds)} "
            "AND status = 'active' GROUP BY 1, 2")  # fmt: skip


def _in_hand(dialect: Dialect) -> str:
    """The stretches in which each project stood in one of the living states."""
    day, living = dialect.day, ", ".join(f"'{one}'" for one in LIVING)
    steps = f"SELECT subject_id, target, {AT}, LEAD({AT}) OVER (PARTITION BY subject_id ORDER BY {AT}, id) AS next " \
        "FROM records_step WHERE flow = 'project'"  # fmt: skip
    return (f"SELECT p.area_id, {day.format('s.' + AT)}, {day.format('s.next')}, COUNT(*) FROM ({steps}) s "
            f"JOIN records_project p ON p.id = s.subject_id WHERE s.target IN ({living}) GROUP BY 1, 2, 3")  # fmt: skip


def _day(value: object) -> date:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _flow(code: str, rows: Iterable[tuple], ends: Sequence[date]) -> Cells:
    """Added up from the first of January to each month's end."""
    found: dict[tuple, Decimal] = defaultdict(Decimal)
    places: Mapping[tuple[int, int], list[int]] = _places(ends)
    for area, on, amount in rows:
        day = _day(on)
        for place in places.get((day.year, day.month), ()):
            found[code, area, place] += Decimal(str(amount))
    return dict(found)


def _places(ends: Sequence[date]) -> Mapping[tuple[int, int], list[int]]:
    """The ends of the same year that a month counts for."""
    months = {(end.year, month) for end in ends for month in range(1, end.month + 1)}
    return {(year, month): [n for n, end in enumerate(ends) if end.year == year and end.month >= month]
            for year, month in months}  # fmt: skip


def _middle(code: str, rows: Iterable[tuple], ends: Sequence[date]) -> Cells:
    amounts: dict[tuple, list[int]] = defaultdict(list)
    places = _places(ends)
    for area, on, since in rows:
        day = _day(on)
        for place in places.get((day.year, day.month), ()):
            amounts[code, area, place].append((day - _day(since)).days)
    return {key: Decimal(median(days)).quantize(Decimal("0.01")) for key, days in amounts.items()}


def _stock(code: str, rows: Iterable[tuple], ends: Sequence[date]) -> Cells:
    found: dict[tuple, Decimal] = defaultdict(Decimal)
    for area, since, until, count in rows:
        start, stop = _day(since), _day(until) if until else date.max
        for place, end in enumerate(ends):
            if start <= end < stop:
                found[code, area, place] += count
    return dict(found)


def month_ends(last: date, months: int) -> list[date]:
    """So many ends of months, the last one on or before a day."""
    ends, day = [], last.replace(day=1)
    for _ in range(months):
        ends.append((day + timedelta(days=32)).replace(day=1) - timedelta(days=1))
        day = (day - timedelta(days=1)).replace(day=1)
    return sorted(ends)
