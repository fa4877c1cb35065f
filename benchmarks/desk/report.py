"""The page about the quarter: what was lived, what it cost, what was checked against what."""

from collections import Counter
from dataclasses import dataclass

from benchmarks.desk._quarter import Quarter
from grandunion.records.needs import Need
from grandunion.terms.needs import NeedState


@dataclass(frozen=True, slots=True)
class Found:
    """Everything that was measured and checked."""

    needs: int
    offices: int
    seconds: float
    quarter: Quarter
    ticked: tuple[int, int, list[str]]
    shown: tuple[int, list[str]]
    faults: dict[str, int]
    machine: str

    @property
    def is_broken(self) -> bool:
        """Whether any promise was not kept."""
        return bool(self.ticked[2] or self.shown[1] or any(self.faults.values()))


INTRODUCTION = """# A quarter of the need desk

Written by `python -m benchmarks.desk`. {needs:,} needs over {offices} offices, from 5 January to 5 April 2026 with the
Spring Festival and its working weekends, through the real actions on SQLite: taken down by an officer, routed by rule,
taken on, asked about, answered, passed on, forgotten, reminded, raised, rated, called back, closed, called again. The
clock runs every two hours and is switched off for 26 hours in the middle. Who does what when is thrown by dice with a
fixed seed: the people are simulated, nothing else is.

Lived in {seconds:,.0f} s ({machine}; others used the machine at the same time).
"""
CLOCK = """
The clock ran {runs:,} times; one thing due cost it {per:.0f} ms, its longest run {slowest:.1f} s (catching up after the
26 hours is among them).
"""
CHECKED = """
## What was checked

* {compared:,} deadlines (a random sample of limits, each as of three moments) against the reference clock that ticks
  minute by minute; {paused:,} of them had a question to the applicant in them: **{differ} differ**.
* {shown:,} deadlines shown by needs and assignments still open, counted anew from the kept runs and pauses:
  **{shown_wrong} differ**.
"""


def page(found: Found) -> str:
    """The page in Markdown."""
    quarter = found.quarter
    per = quarter.seconds["done by the clock"] / max(quarter.deeds["done by the clock"], 1) * 1000
    head = INTRODUCTION.format(
        needs=found.needs, offices=found.offices, seconds=found.seconds, machine=found.machine
    )  # fmt: skip
    clock = CLOCK.format(runs=quarter.deeds["runs of the clock"], per=per, slowest=quarter.slowest)
    checked = CHECKED.format(
        compared=found.ticked[0], paused=found.ticked[1], differ=len(found.ticked[2]), shown=found.shown[0],
        shown_wrong=len(found.shown[1]),
    )  # fmt: skip
    return "\n".join([
        head, "## What was done", "", "| deed | times | ms each |", "|---|--:|--:|", *_deeds(quarter), clock,
        "## Where the needs stand at the end", "", "| state | needs |", "|---|--:|", *_states(), checked.rstrip(),
        *(f"* {name}: **{count}**" for name, count in found.faults.items()), "",
    ])  # fmt: skip


def _deeds(quarter: Quarter) -> list[str]:
    timed = [name for name in quarter.deeds if name in quarter.seconds]
    rows = [
        f"| {name} | {quarter.deeds[name]:,} | {quarter.seconds[name] / quarter.deeds[name] * 1000:.0f} |"
        for name in sorted(timed, key=lambda name: -quarter.deeds[name])
    ]
    return rows + [f"| {name} | {count:,} | |" for name, count in quarter.deeds.items() if name.startswith("refused")]


def _states() -> list[str]:
    rows = Need.objects.unscoped("the benchmark counts what it has made").values_list("state", flat=True)
    counts = Counter(rows)
    return [f"| {NeedState(state).text.en} | {count:,} |" for state, count in counts.most_common()]
