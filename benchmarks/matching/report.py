"""Joins what the cases wrote into RESULTS.md: one file a case, so that a case measured alone keeps the others."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "results"
ORDER = ("ipc", "records", "experts", "expert_trials", "affiliation", "investors", "pairs", "scan", "end_to_end",
         "million", "building", "rounds", "learning", "success")  # fmt: skip
PREFACE = """\
# How well and how fast matching answers

`python -m benchmarks.matching` measures every case, `python -m benchmarks.matching ipc scan` only those named. The
data sets are public ones that lie beside the project (`../shared/data`, each with its SOURCE.md) and are not part of
it. Each case has its baseline in the same run; nothing was tuned on what a figure is reported on, and each case says
how it was split. Figures that others published are quoted as such.
"""


def keep(name: str, title: str, said: Sequence[str], seconds: float) -> None:
    """Write one case's section."""
    RESULTS.mkdir(exist_ok=True)
    foot = f"*{datetime.now(UTC):%Y-%m-%d}, {_machine()}, {seconds:,.0f} s.*"
    (RESULTS / f"{name}.md").write_text("\n".join([f"## {title}", "", *said, "", foot, ""]), "utf-8")


def join() -> Path:
    """Write RESULTS.md out of all sections there are, in a steady order."""
    sections = sorted(RESULTS.glob("*.md"), key=_place)
    page = HERE / "RESULTS.md"
    page.write_text("\n".join([PREFACE, *(path.read_text("utf-8") for path in sections)]), "utf-8")
    return page


def _place(path: Path) -> tuple[int, str]:
    return (ORDER.index(path.stem) if path.stem in ORDER else len(ORDER), path.stem)


def _machine() -> str:
    return f"{os.cpu_count()} CPUs {platform.machine()}, Python {platform.python_version()}"


def grid(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """A table in Markdown; the first column is words, the others are figures."""
    bar = ["---", *("--:" for _ in heads[1:])]
    return [f"| {' | '.join(str(cell) for cell in row)} |" for row in (heads, bar, *rows)]
