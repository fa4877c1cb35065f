"""`python -m benchmarks.indicators`: counts figures anew, after one write, and by hand in SQL; writes RESULTS.md.

On SQLite in a folder of its own, or on the empty PostgreSQL database that GRANDUNION_BENCHMARK_URL names.
"""

# ruff: noqa: E501, S608 - the page's sentences, and names of tables

import argparse
import csv
import os
import platform
import shutil
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

PLACE = tempfile.mkdtemp(prefix="indicators-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grandunion.config.settings")
os.environ |= {"GRANDUNION_HOME": PLACE, "GRANDUNION_MEANING": "off"}
os.environ.pop("GRANDUNION_DATABASE_URL", None)
if url := os.environ.get("GRANDUNION_BENCHMARK_URL"):
    os.environ["GRANDUNION_DATABASE_URL"] = url

import django  # noqa: E402

django.setup()  # the models below can be imported only then

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks.indicators import _hub, _written  # noqa: E402
from benchmarks.indicators._days import LAST  # noqa: E402
from benchmarks.indicators._dialects import DUCKDB, POSTGRESQL, SQLITE, Dialect  # noqa: E402
from benchmarks.indicators._statements import SHARES, statements  # noqa: E402
from grandunion.records.lists import Term  # noqa: E402
from grandunion.records.plans import Counted  # noqa: E402
from grandunion.records.projects import Project  # noqa: E402
from grandunion.terms.readers import house  # noqa: E402
from grandunion.work.actions import base, journal  # noqa: E402
from grandunion.work.actions.plans import ledger  # noqa: E402
from grandunion.work.queries import plans  # noqa: E402

HERE = Path(__file__).parent
AT = datetime(2026, 12, 1, 4, tzinfo=UTC)
ROUNDS = 3  # each way to count in turn: what else runs on the machine slows down now one, now another
ENDS = _written.month_ends(LAST, 24)
DIALECT = SQLITE if connection.vendor == "sqlite" else POSTGRESQL
TICK = os.sysconf("SC_CLK_TCK")
FULL = _hub.Size(10_000, 50_000, 1_000_000)
CODES = (*(code for code, *_ in statements(SQLITE)), *SHARES)
ENTRIES = (
    "SELECT at, verb, subject_kind, subject_id FROM records_entry"  # the columns of the journal that are counted by
)
TABLES = {name: f"SELECT * FROM records_{name}" for name in (
    "step", "project", "proofofconcept", "visit", "contract", "organisation", "organisationlabel", "term", "position",
    "achievement", "intellectualproperty", "rightscase", "need", "assignment", "match", "event", "registration",
    "opportunity", "proposal", "trial", "challenge",
)} | {"entry": ENTRIES}  # fmt: skip
OWN, SHARED, DUCK = "by hand, a statement each", "by hand, sharing the steps", "by hand, DuckDB, sharing the steps"
FULL_COUNT, AGAIN, ONE, READ = "full recount", "recount, nothing to mend", "one write", "read all"


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and seconds of work of this process, the database's in it."""

    clock: float
    work: float


Times = Mapping[str, list[Took]]


def main() -> int:
    """Fill, count in every way, compare; the exit says whether all ways found the same figures."""
    said = argparse.ArgumentParser(prog="python -m benchmarks.indicators", description=__doc__)
    for name in ("organisations", "projects", "entries"):
        said.add_argument(f"--{name}", type=int, default=getattr(FULL, name))
    said.add_argument("--results", type=Path, help="the page to write; RESULTS.md beside this file at the full size")
    asked = said.parse_args()
    size = _hub.Size(asked.organisations, asked.projects, asked.entries)
    call_command("migrate", verbosity=0)
    _hub.fill(size)
    settle()
    times: Times = defaultdict(list)
    found = {DUCK: duckdb_counts(times)}
    lines = [counted_in_turn(times, found) for _ in range(ROUNDS)][-1]
    for _ in range(5):
        timed(times, ONE, one_write)
    found["the ledger"] = timed(times, READ, read_all)
    odd = {way: wrong(found[OWN], cells) for way, cells in found.items() if cells is not None}
    page = report(size, times, lines, odd)
    sys.stdout.write(page)
    if to := asked.results or (HERE / "RESULTS.md" if size == FULL else None):
        to.write_text(page, "utf-8")
    return int(any(odd.values()))


def counted_in_turn(times: Times, found: dict[str, dict | None]) -> int:
    """Once in every way over the same tables; answers how many lines the ledger has then."""
    empty()
    for way, is_shared in ((OWN, False), (SHARED, True)):
        found[way] = timed(times, way, lambda chosen=is_shared: by_hand(own, DIALECT, is_shared=chosen))
    lines = timed(times, FULL_COUNT, lambda: ledger.recount(at=AT))[1]
    timed(times, AGAIN, lambda: ledger.recount(at=AT))
    return lines


def by_hand(run: _written.Run, dialect: Dialect, *, is_shared: bool) -> dict:
    """Every cell by the statements written by hand, each on its own or all over steps that are read once."""
    return _written.counted(run, replace(dialect, is_shared=is_shared), ENDS)


def timed(times: Times, name: str, run: Callable[[], object]) -> object:
    """What it gives, with the seconds it took noted down."""
    clock, work_ = time.perf_counter(), worked()
    found = run()
    times[name].append(Took(time.perf_counter() - clock, worked() - work_))
    return found


def worked() -> float:
    """Seconds of work of this process so far, and of the server's that answers it where the database is one."""
    if connection.vendor == "sqlite":
        return time.process_time()
    connection.ensure_connection()
    stat = Path(f"/proc/{connection.connection.info.backend_pid}/stat").read_text("ascii")
    return time.process_time() + sum(map(int, stat.rsplit(")", 1)[1].split()[11:13])) / TICK


def settle() -> None:
    """PostgreSQL gets to know its tables, and does all work in the one process that is looked at."""
    if connection.vendor != "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            cursor.execute("SET max_parallel_workers_per_gather = 0; SET max_parallel_maintenance_workers = 0")


def empty() -> None:
    """An empty ledger as a new hub has it: what PostgreSQL deletes lies in the table until it is swept."""
    if connection.vendor == "sqlite":
        Counted.objects.all().delete()
        return
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE records_counted")


def own(sql: str) -> Iterable[tuple]:
    """The rows of a statement on the hub's own database."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else ()


def duckdb_counts(times: Times) -> dict | None:
    """The same statements in DuckDB over SQLite's tables, brought there before the clock runs; None without DuckDB."""
    if find_spec("duckdb") is None or DIALECT is not SQLITE:
        return None
    base_ = import_module("duckdb").connect()
    for name, sql in TABLES.items():
        with connection.cursor() as cursor:
            cursor.execute(sql)
            names = [column[0] for column in cursor.description]
            file = Path(PLACE) / f"{name}.csv"
            write_csv(file, names, cursor.fetchall())
        base_.execute(f"CREATE TABLE records_{name} AS SELECT * FROM read_csv('{file}', header=true, sample_size=-1)")

    def run(sql: str) -> Iterable[tuple]:
        return base_.execute(sql).fetchall()

    return [timed(times, DUCK, lambda: by_hand(run, DUCKDB, is_shared=True)) for _ in range(ROUNDS)][-1]


def write_csv(file: Path, names: Sequence[str], rows: Iterable[tuple]) -> None:
    """A table as CSV; nothing stands where there is no value."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(names)
        writer.writerows(rows)


def one_write() -> None:
    """A project's next step, until every figure it touches is right."""
    by, project = house(AT), Project.objects.unscoped("the benchmark moves one project").exclude(state="landed").first()
    with transaction.atomic():
        changes = base.change(project, at=AT, state="on_hold" if project.state != "on_hold" else "lead")
        journal.step("project", project, source="", target=project.state, by=by, at=AT)
        journal.note("project.hold", project, by=by, at=AT, changes=changes)
    ledger.keep_up(at=AT)


def read_all() -> dict:
    """Every figure for every area at every month's end, out of the ledger."""
    found, reader = {}, house(AT)
    areas = Term.objects.filter(pk__in=Counted.objects.exclude(area=None).values("area"))
    for area in [*areas]:
        for code, cells in plans.series(CODES, ends=ENDS, reader=reader, area=area).items():
            found |= {(code, area.pk, place): cell.value for place, cell in enumerate(cells) if cell.records}
    return found


def wrong(one: dict, other: dict) -> list[str]:
    """The figures of an area that differ between two ways to count; those nothing counts are left aside."""
    keys = {key for key in one.keys() | other.keys() if key[1] is not None}
    return sorted({key[0] for key in keys if Decimal(one.get(key) or 0) != Decimal(other.get(key) or 0)})


def report(size: _hub.Size, times: Times, lines: int, odd: Mapping[str, list[str]]) -> str:
    """The page: what was counted, how long each way took, and whether they agree."""
    rows = [
        f"| {name} | {min(one.clock for one in took):,.3f} s | {min(one.work for one in took):,.3f} s "
        f"| {max(one.work for one in took):,.3f} s | {work(times, name) / work(times, OWN):,.3f} "
        f"| {work(times, name) / work(times, SHARED):,.3f} |"
        for name, took in times.items()
    ]
    agree = [
        f"{way}: {'all cells agree' if not codes else 'differs in ' + ', '.join(codes)}" for way, codes in odd.items()
    ]
    return "\n".join([
        "# Counting all figures", "",
        f"{len(CODES)} counted figures × {_hub.AREAS} areas × {len(ENDS)} months over {size.organisations:,} "
        f"organisations, {size.projects:,} projects, {size.needs:,} needs and as many matches, {size.achievements:,} "
        f"achievements, {size.entries:,} journal entries; {lines:,} lines in the ledger.",
        f"{platform.system()}, {os.cpu_count()} cores with a load of {os.getloadavg()[1]:.1f}, "
        f"Python {platform.python_version()}, {database()}; {datetime.now(UTC):%Y-%m-%d}.", "",
        "| way | clock, least | work, least | work, most | work of a statement each | work of sharing |",
        "|---|---:|---:|---:|---:|---:|", *rows, "",
        f"Full recount into an empty ledger: {ratios(times, FULL_COUNT, OWN)} the SQL by hand with a statement for each "
        f"figure, {ratios(times, FULL_COUNT, SHARED)} the SQL that reads the steps once for all of them (goal 2). Where "
        f"all is written already: {ratios(times, AGAIN, OWN)} and {ratios(times, AGAIN, SHARED)}. One write: "
        f"{work(times, ONE) / work(times, FULL_COUNT):.3%} of a full recount (goal 1 %).", "",
        *(f"- {one}" for one in agree), "",
        f"Work is the processor time of {'the process, in which SQLite runs too' if DIALECT is SQLITE else 'the process and of the one of the server that answers it'}; the clock is what other programs on the "
        f"machine made of it. All ways but DuckDB's were run in turn {ROUNDS} times; ratios are of runs of the same turn, least "
        "and most. A full recount reads every record and writes every line with three indexes; the SQL by hand only "
        "reads, groups by month in the database, and adds up the months in Python.", "",
    ])  # fmt: skip


def database() -> str:
    if connection.vendor == "sqlite":
        return f"SQLite {connection.Database.sqlite_version}"
    return f"PostgreSQL {connection.pg_version // 10_000} without parallel workers"


def work(times: Times, name: str) -> float:
    """The least work one run of this way took."""
    return min(one.work for one in times[name])


def ratios(times: Times, name: str, by: str) -> str:
    """How many times the work of another way, over all turns."""
    found = sorted(one.work / other.work for one, other in zip(times[name], times[by], strict=True))
    return f"{found[0]:.2f} to {found[-1]:.2f} ×"


if __name__ == "__main__":
    try:
        sys.exit(main())
    finally:
        connection.close()
        shutil.rmtree(PLACE)
