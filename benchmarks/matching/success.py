"""The report on what came of a year of matches, beside the bare grouped SQL."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.matching import report, sources
from benchmarks.matching.end_to_end import WITH_POSTGRES

NAME = "success"
TITLE = "The report on 20,000 matches of a year"
NEEDS = ()
FULL = 20_000
READING = """\
A hub with 20,000 matches of the last twelve months and their steps (`_year.py`), a fifth of them successes. *Bare
grouped SQL* counts the matches of each market by the states they came to: what one writes first; it knows neither who
went past a state nor the last one as of a day nor how long it took. *Its grouped question* is the one the report asks
of the database, with its answer read; the report groups, names, and works out shares and medians; the page is the
whole answer to a browser, charts and choices included. Medians of CPU milliseconds (clock in brackets; with
PostgreSQL the database is another process, so that only the clock tells); *times* is by the bare SQL, on SQLite in
CPU time, on PostgreSQL by the clock. Read the ratios: the milliseconds are those of the machine as busy as it was.
"""


def run(size: int = FULL) -> list[str]:
    """One process for each database, so that each loads its own settings."""
    found = [one for database in ("sqlite", "postgresql") if (one := _measured(database, size))]
    rows = [row for one in found for row in _rows(one)]
    first = found[0]
    heads = ("database, way", "milliseconds", "slowest tenth", "times the bare SQL")
    return [*READING.splitlines(), "", f"{first['matches']:,} matches, {first['steps']:,} steps.", "",
            *report.grid(heads, rows)]  # fmt: skip


def _rows(one: dict) -> list[tuple[str, ...]]:
    at = 0 if one["database"] == "SQLite" else 1
    bare = one["ways"]["bare grouped SQL"][at]
    return [
        (f"{one['database']}, {way}", f"{cpu:,.0f} ({wall:,.0f})", f"{worst:,.0f}", f"{(cpu, wall)[at] / bare:,.1f}")
        for way, (cpu, wall, worst) in one["ways"].items()
    ]


def _measured(database: str, size: int) -> dict | None:
    with tempfile.TemporaryDirectory() as home:
        surroundings = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "grandunion.config.settings", "GRANDUNION_HOME": home,
            "PYTHONHASHSEED": "0", "PYTHONPATH": os.pathsep.join([str(sources.ROOT), str(sources.ROOT / "src")]),
        }  # fmt: skip
        surroundings.pop("GRANDUNION_DATABASE_URL", None)
        figures = Path(home) / "figures.json"
        command = [sys.executable, "-m", "benchmarks.matching._year", str(size), str(figures)]
        if database == "postgresql":
            if subprocess.run([WITH_POSTGRES, "--is-there"], check=False).returncode:  # noqa: S603 - our own
                return None
            command.insert(0, str(WITH_POSTGRES))
        subprocess.run(command, cwd=sources.ROOT, env=surroundings, check=True)  # noqa: S603 - our own
        return json.loads(figures.read_text("utf-8"))
