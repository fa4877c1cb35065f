"""The whole way of a question: one need against 50,000 offers, the best 20 explained, beside the bare scans."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.matching import report, sources

NAME = "end_to_end"
TITLE = "One need against 50,000 offers, the best 20 explained"
NEEDS = ("cn-patents-bdci2022", "nasa-software-catalog", "bdci2019-needs", "sbir-dod-topics")
WITH_POSTGRES = sources.ROOT / ".ci" / "with-postgres"
WHO = {"officer": "officer of all areas", "bureau": "bureau (public records only)"}
READING = """\
A hub with 40,000 achievements and 15,000 offers of all kinds, 50,000 of which a technology need is looked for among;
each is told in Chinese and in English, its texts put together from sentences of public patents and software, its
vectors mixes of real ones (`_crowd.py`), one passage in each language. Six needs written in Chinese by companies
and six in English by offices ask in turn. *Bare vectors* is numpy's product of the need's vector with all passages,
*bare words* the text index's answer of the best 120 of each kind: what nobody can do without. *The whole way* begins
with the need and ends with the best 20, each with its parts, evidence and sentence, and for the officer with the
excluded ones: what the reader may see, words, meaning, class, facts, constraints. A quarter of the records is public,
over half for members, the others closer. Medians of CPU milliseconds of the asking process (clock in brackets: with
PostgreSQL the database works in another process, so that only the clock tells); *times* is the whole way by the two
bare scans together, by CPU time (by the clock in brackets). The need was read by the model when it was written.
Products with vectors run in one thread, in the bare scan too, as everywhere in the hub.
"""


FULL = 50_000


def run(size: int = FULL) -> list[str]:
    """One process for each database, so that each loads its own settings."""
    found = [measured(database, size) for database in ("sqlite", "postgresql")]
    rows = [row for one in found if one for row in rows_of(one)]
    heads = ("database, language of the needs, reader", "bare vectors", "bare words", "the whole way", "times",
             "slowest tenth")  # fmt: skip
    peak = max(one["peak"] for one in found if one)
    return [
        *READING.splitlines(),
        "",
        *report.grid(heads, rows),
        "",
        f"Most memory of the asking process: {peak:,.0f} MB.",
    ]


def rows_of(one: dict) -> list[tuple[str, ...]]:
    rows = []
    for language, said in one["languages"].items():
        ways = said["ways"]
        vectors, words = ways["bare vectors"], ways["bare words"]
        for who, name in WHO.items():
            whole = ways[who]
            cells = [f"{cpu:,.0f} ({wall:,.0f})" for cpu, wall, _ in (vectors, words, whole)]
            cpu, clock = (whole[unit] / (vectors[unit] + words[unit]) for unit in (0, 1))
            times = f"{cpu:,.1f} ({clock:,.1f})" if one["database"] == "SQLite" else f"({clock:,.1f})"
            rows.append((f"{one['database']}, {language}, {name}", *cells, times, f"{whole[2]:,.0f}"))
    return rows


def measured(database: str, size: int) -> dict | None:
    """Figures of one database that is laid out for it; None where it is not on this machine."""
    with tempfile.TemporaryDirectory() as home:
        surroundings = {
            **os.environ, "DJANGO_SETTINGS_MODULE": "grandunion.config.settings", "GRANDUNION_HOME": home,
            "GRANDUNION_MEANING": "auto", "PYTHONHASHSEED": "0",
            "PYTHONPATH": os.pathsep.join([str(sources.ROOT), str(sources.ROOT / "src")]),
        }  # fmt: skip
        surroundings.pop("GRANDUNION_DATABASE_URL", None)
        figures = Path(home) / "figures.json"
        command = [sys.executable, "-m", "benchmarks.matching._one_need", str(size), str(sources.kept("")),
                   str(figures)]  # fmt: skip
        if database == "postgresql":
            if subprocess.run([WITH_POSTGRES, "--is-there"], check=False).returncode:  # noqa: S603 - our own
                return None
            command.insert(0, str(WITH_POSTGRES))
        subprocess.run(command, cwd=sources.ROOT, env=surroundings, check=True)  # noqa: S603 - our own
        return json.loads(figures.read_text("utf-8"))
