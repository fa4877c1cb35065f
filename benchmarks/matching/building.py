"""How fast the index of meaning is built: reading texts, keeping their vectors, making the files."""

import importlib
import os
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import django
from django.db import connection

from benchmarks.matching import _crowd, _reading, _registers, report, sources
from grandunion.adapters import meaning
from grandunion.adapters.vectors import tables
from grandunion.adapters.vectors.shelves import Shelf

NAME = "building"
TITLE = "Building the index of meaning"
NEEDS = _registers.NEEDS
COUNT, SOME = 50_000, 200
READING = """\
*Reading* is the model's work on this many real texts, in batches of 16, on one thread. *Keeping* writes passages that
are read into SQLite, 500 records at a time, each kept safely before the next. *Making the files* is what a first search
or `grandunion meaning mend` does for 50,000 passages; *catching up* is what the search after one changed record does
beyond the scan. A *search* asks the database where it stands, scans, merges, and fetches the passages. Reading is what
takes time, some 550 tokens a second; it goes on beside the served hub, and no text is read twice.
"""


def run() -> list[str]:
    """The model on short and long texts, then the database and the files with made-up vectors."""
    patents = list(sources.lines("cn-patents-bdci2022", "cn_patents.jsonl.gz"))[-SOME:]
    software = list(sources.lines("nasa-software-catalog", "nasa_code.jsonl.gz"))[-SOME:]
    texts = {
        "reading titles, Chinese": [row["title"] for row in patents],
        "reading titles, English": [row["name"] for row in software],
        "reading abstracts, Chinese (240 characters)": [row["abstract"][:240] for row in patents],
        "reading abstracts, English (700 characters)": [row["description"][:700] for row in software],
    }
    rows = []
    for name, some in texts.items():
        seconds = _timed(
            lambda some=some: [_reading.model().read(some[at : at + 16]) for at in range(0, len(some), 16)]
        )
        rows.append((name, f"{len(some):,}", *_pace(len(some), seconds)))
    return [
        *READING.splitlines(),
        "",
        *report.grid(("step", "texts", "CPU s", "a CPU second", "a second"), rows + _kept()),
    ]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Seconds of CPU and by the clock."""
    began, began_cpu = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - began_cpu, time.perf_counter() - began


def _pace(count: int, seconds: tuple[float, float]) -> tuple[str, str, str]:
    return f"{seconds[0]:,.2f}", f"{count / seconds[0]:,.0f}", f"{count / seconds[1]:,.0f}"


def _kept() -> list[tuple[str, ...]]:
    """Keeping vectors and making files, in a hub of its own that has the index's tables only."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["GRANDUNION_HOME"] = home  # settings are read at the first question, which comes after
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grandunion.config.settings")
        django.setup()
        made = importlib.import_module("grandunion.records.migrations.0003_meaning").STATEMENTS
        with connection.cursor() as cursor:
            for statement in made:
                cursor.execute(statement.format(blob="blob" if connection.vendor == "sqlite" else "bytea"))
        tables.adopt(_reading.model().model)
        keeping = _timed(partial(_keep, range(1, COUNT + 1)))
        shelf = Shelf(Path(home) / "meaning", "need", "zh")
        making = _timed(lambda: shelf.view(tables.state(), lambda raw: raw))
        _keep(range(7, 8))
        question = "寻找能提高动力电池安全性的固态电解质材料"
        meaning.near("need", question, "", 20)
        searching = _timed(lambda: meaning.near("need", question, "", 20))
        bare = _timed(lambda: _crowd.crowd(COUNT) @ _crowd.crowd(COUNT)[3])
        behind = _timed(lambda: shelf.view(tables.state(), lambda raw: raw))
        connection.close()
    return [
        ("keeping vectors", f"{COUNT:,}", *_pace(COUNT, keeping)),
        ("making the files", f"{COUNT:,}", *_pace(COUNT, making)),
        ("a search, its text read before", "1", *_pace(1, searching)),
        ("a product of the same size, bare", "1", *_pace(1, bare)),
        ("catching up with one", "1", *_pace(1, behind)),
    ]


def _keep(subjects: range) -> None:
    vectors = _crowd.crowd(COUNT)
    for start in range(0, len(subjects), 500):
        some = subjects[start : start + 500]
        tables.wait([("need", subject, f"text {subject}", "") for subject in some])
        read = {
            one: [tables.Passage(0, "zh", one.zh, vectors[one.subject_id - 1].tobytes())]
            for one in tables.waiting(len(some))
        }
        tables.settle(_reading.model().model, read)
