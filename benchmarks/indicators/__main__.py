"""`python -m benchmarks.indicators`: counts figures anew, after one write, and by hand in SQL; writes RESULTS.md."""

import argparse
import csv
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

PLACE = tempfile.mkdtemp(prefix="indicators-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grandunion.config.settings")
os.environ |= {"GRANDUNION_HOME": PLACE, "GRANDUNION_MEANING": "off"}
os.environ.pop("GRANDUNION_DATABASE_URL", None)

import django  # noqa: E402

django.setup()  # the models below can be imported only then

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks.indicators import _hub, _written  # noqa: E402
from grandunion.records.lists import Term  # noqa: E402
from grandunion.records.plans import Counted  # noqa: E402
from grandunion.records.projects import Project  # noqa: E402
from grandunion.terms.readers import house  # noqa: E402
from grandunion.work.actions import base, journal  # noqa: E402
from grandunion.work.actions.plans import ledger  # noqa: E402
from grandunion.work.queries import plans  # noqa: E402

HERE = Path(__file__).parent
AT = datetime(2026, 12, 1, 4, tzinfo=UTC)
ROUNDS = 3  # each way to count in turn; the quickest of each is told, for other programs slow down now one, now another
ENDS = _written.month_ends(_hub.LAST, 24)
FULL = _hub.Size(10_000, 50_000, 1_000_000)
TABLES = ("step", "project", "organisation", "need", "contract")


def main() -> int:
    """Fill, count in every way, compare; the exit says whether all ways found the same figures."""
    said = argparse.ArgumentParser(prog="python -m benchmarks.indicators", description=__doc__)
    for name in ("organisations", "projects", "entries"):
        said.add_argument(f"--{name}", type=int, default=getattr(FULL, name))
    said.add_argument("--results", type=Path, help="the page to write; RESULTS.md beside this file at the full size")
    asked = said.parse_args()
    size = _hub.Size(asked.organisations, asked.projects, asked.entries)
    call_command("migrate", verbosity=0)
    _hub.fill(size, _written.CODES)
    times: dict[str, float] = {}
    in_duck = duckdb_counts(times)
    for _ in range(ROUNDS):
        Counted.objects.all().delete()
        by_hand = timed(times, "by hand, SQLite", lambda: _written.counted(sqlite, _written.SQLITE, ENDS))
        lines = timed(times, "full recount", lambda: ledger.recount(at=AT))[1]
        timed(times, "recount, nothing to mend", lambda: ledger.recount(at=AT))
    times["one write"] = min(one_write() for _ in range(5))
    read = timed(times, "read all", read_all)
    page = report(size, times, lines, wrong(by_hand, read), wrong(by_hand, in_duck) if in_duck else None)
    sys.stdout.write(page)
    if to := asked.results or (HERE / "RESULTS.md" if size == FULL else None):
        to.write_text(page, "utf-8")
    return int(bool(wrong(by_hand, read)))


def timed(times: dict[str, float], name: str, run: Callable[[], object]) -> object:
    """What it gives, with the seconds it took noted down: the least, where it is done several times."""
    began = time.perf_counter()
    found = run()
    took = time.perf_counter() - began
    times[name] = min(took, times.get(name, took))
    return found


def sqlite(sql: str) -> Iterable[tuple]:
    """The rows of a statement on the hub's own database."""
    with connection.cursor() as cursor:
        return cursor.execute(sql).fetchall()


def duckdb_counts(times: dict[str, float]) -> dict | None:
    """The same statements in DuckDB over the same tables, brought there before the clock runs; None without DuckDB."""
    if find_spec("duckdb") is None:
        return None
    duckdb = import_module("duckdb")
    base_ = duckdb.connect()
    for name in TABLES:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM records_{name}")  # noqa: S608 - a constant
            names = [column[0] for column in cursor.description]
            file = Path(PLACE) / f"{name}.csv"
            write_csv(file, names, cursor.fetchall())
        base_.execute(f"CREATE TABLE records_{name} AS SELECT * FROM read_csv('{file}', header=true, sample_size=-1)")  # noqa: S608

    def run(sql: str) -> Iterable[tuple]:
        return base_.execute(sql).fetchall()

    return timed(times, "by hand, DuckDB", lambda: _written.counted(run, _written.DUCKDB, ENDS))


def write_csv(file: Path, names: Sequence[str], rows: Iterable[tuple]) -> None:
    """A table as CSV; nothing stands where there is no value."""
    with file.open("w", newline="", encoding="utf-8") as out:
        writer = csv.writer(out)
        writer.writerow(names)
        writer.writerows(rows)


def one_write() -> float:
    """The seconds from a project's next step until every figure it touches is right."""
    by, project = house(AT), Project.objects.unscoped("the benchmark moves one project").exclude(state="landed").first()
    with transaction.atomic():
        changes = base.change(project, at=AT, state="on_hold" if project.state != "on_hold" else "lead")
        journal.step("project", project, source="", target=project.state, by=by, at=AT)
        journal.note("project.hold", project, by=by, at=AT, changes=changes)
    began = time.perf_counter()
    ledger.keep_up(at=AT)
    return time.perf_counter() - began


def read_all() -> dict:
    """Every figure for every area at every month's end, out of the ledger."""
    found, reader = {}, house(AT)
    areas = Term.objects.filter(pk__in=Counted.objects.exclude(area=None).values("area"))
    for area in [*areas]:
        for code, cells in plans.series(_written.CODES, ends=ENDS, reader=reader, area=area).items():
            found |= {(code, area.pk, place): cell.value for place, cell in enumerate(cells) if cell.records}
    return found


def wrong(one: dict, other: dict) -> list[str]:
    """The figures of an area that differ between two ways to count; those nothing counts are left aside."""
    keys = {key for key in one.keys() | other.keys() if key[1] is not None}
    return sorted({key[0] for key in keys if Decimal(one.get(key) or 0) != Decimal(other.get(key) or 0)})


def report(size: _hub.Size, times: dict[str, float], lines: int, odd: list[str], odd_duck: list[str] | None) -> str:
    """The page: what was counted, how long each way took, and whether they agree."""
    full, hand = times["full recount"], times["by hand, SQLite"]
    rows = [f"| {name} | {seconds:,.3f} s | {seconds / hand:,.3f} |" for name, seconds in times.items()]
    agree = "all ways agree on every cell" if not odd else f"they differ in {', '.join(odd)}"
    duck = "" if odd_duck is None else f" DuckDB: {'agrees' if not odd_duck else ', '.join(odd_duck)}."
    return "\n".join([
        "# Counting all figures", "",
        f"{len(_written.CODES)} figures × {_hub.AREAS} areas × {len(ENDS)} months over {size.organisations:,} "
        f"organisations, {size.projects:,} projects, {size.needs:,} needs, {size.entries:,} journal entries; "
        f"{lines:,} lines in the ledger.",
        f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"SQLite {connection.Database.sqlite_version}; {datetime.now(UTC):%Y-%m-%d}.", "",
        "| way | seconds | of the SQL by hand |", "|---|---:|---:|", *rows, "",
        f"Full recount: {full / hand:.2f} × the SQL by hand (goal 2), into an empty ledger; "
        f"{times['recount, nothing to mend'] / hand:.2f} × where all is written already. One write: "
        f"{times['one write'] / full:.3%} of a full recount (goal 1 %). In this run {agree}.{duck}", "",
        "A full recount reads every record and writes what differs; the SQL by hand reads only, once for each figure, "
        "and adds up in Python what it found by day. “Read all” answers the same cells from the ledger. SQLite's three "
        f"ways were run in turn {ROUNDS} times, and the quickest run of each is told.", "",
    ])  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
