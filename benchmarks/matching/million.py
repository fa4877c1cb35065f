"""One need against a million offers: a hub grown to that size, asked as the hub of 50,000 is, with its memory."""

import json
import os
import subprocess
import sys

from benchmarks.matching import report, sources
from benchmarks.matching.end_to_end import WHO

NAME = "million"
TITLE = "One need against 1,000,000 offers, the best 20 explained"
NEEDS = ("cn-patents-bdci2022", "nasa-software-catalog", "bdci2019-needs", "sbir-dod-topics")
IS_LONG = True  # only where it is named
FULL = 1_000_000
READING = """\
The hub of the case above in large (`_multiplied.py`): {works:,} achievements and {offers:,} offers, {size:,} of which a
technology need is looked for among, {passages:,} passages. It is grown out of a hub of a twentieth: its texts are each
shared by twenty records; owners, fields, industries, areas, prices and vectors differ. SQLite, a file of {file:.1f} GB.
Six turns each.
"""
MEMORY = """\
Medians of CPU milliseconds of the asking process (clock in brackets); *times* is the whole way by the two bare scans
together.

Memory of the asking process: {peak:,.1f} GB at most, of which {mapped:,.1f} GB are files that all workers share (the
matrix of the bare product among them) and {own:,.2f} GB its own. Files of the index: {index:,.1f} GB. The first
question after a start without an index made them out of the database: {index_cpu:,.0f} s of CPU, {index_wall:,.0f} by
the clock. The hub was grown in {minutes:,.0f} minutes.
"""
HONEST = """\
**Honest reading.** *Bare vectors* is the exact product; the house looks through the signs first from 200,000 rows on
(recall: the case on scans), so that the whole way can stand below one time of both. The search by words is what grows:
it reads every record that has any of 64 words. Repeated texts make its lists as long as real ones would be, but the
best of twenty equal texts differ only in facts and vectors, so nothing is said here on how good the answers are.
PostgreSQL is not measured at this size.
"""


def run(size: int = FULL) -> list[str]:
    """The hub is kept and grown where it was broken off; then it is asked."""
    home = sources.kept(f"vast.{size}")
    home.mkdir(exist_ok=True)
    figures = home / "figures.json"
    surroundings = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "grandunion.config.settings", "GRANDUNION_HOME": str(home),
        "GRANDUNION_MEANING": "auto", "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join([str(sources.ROOT), str(sources.ROOT / "src")]),
    }  # fmt: skip
    surroundings.pop("GRANDUNION_DATABASE_URL", None)
    for deed, path in (("grow", sources.kept("")), ("ask", figures)):
        command = [sys.executable, "-m", "benchmarks.matching._vast", deed, str(size), str(path)]
        subprocess.run(command, cwd=sources.ROOT, env=surroundings, check=True)  # noqa: S603 - our own
    return _said(size, json.loads(figures.read_text("utf-8")))


def _said(size: int, found: dict) -> list[str]:
    works, offers, memory = size * 4 // 5, size * 3 // 10, found["memory"]
    filled = READING.format(works=works, offers=offers, size=size, passages=2 * (works + offers),
                            file=found["files"]["database"] / 1e9)  # fmt: skip
    heads = ("language of the needs, reader", "bare vectors", "bare words", "the whole way", "times", "times, clock")
    gigabytes = {name: one / 1024 for name, one in memory.items()} | {"index": found["files"]["index"] / 1e9}
    told = MEMORY.format(**found | gigabytes, minutes=found["seconds"] / 60)
    return [*filled.splitlines(), "", *report.grid(heads, _rows(found)), "", *told.splitlines(), "",
            *HONEST.splitlines()]  # fmt: skip


def _rows(found: dict) -> list[tuple[str, ...]]:
    rows = []
    for language, said in found["languages"].items():
        vectors, words = said["ways"]["bare vectors"], said["ways"]["bare words"]
        for who, name in WHO.items():
            whole = said["ways"][who]
            times = [f"{whole[at] / (vectors[at] + words[at]):.1f}" for at in (0, 1)]
            rows.append((f"{language}, {name}", *(f"{one[0]:,.0f} ({one[1]:,.0f})" for one in (vectors, words, whole)),
                         *times))  # fmt: skip
    return rows
