"""The bare scan: how long the nearest of 50,000 and of more vectors take, exactly and by signs first."""

import resource
from collections.abc import Callable

import numpy as np

from benchmarks.matching import _crowd, _registers, report
from benchmarks.measure import compare
from grandunion.adapters.vectors.scanning import Codes, nearest, signs

NAME = "scan"
TITLE = "The scan of vectors, from 10,000 to 1,000,000"
NEEDS = _registers.NEEDS
SIZES = (10_000, 50_000, 200_000, 1_000_000)
ASKED, MOST = 40, 20
READING = """\
Vectors of 384 numbers, mapped from a file, each a mix of two real centred passages with a little noise
(`_crowd.py`); questions are other real passages. *Bare* is numpy's product of matrix and vector and nothing else, the
floor of any exact scan; *exact* and *signs first* are the house's `nearest` for the best 20, the latter looking through
one bit a number and scoring the best 2,000 exactly. *Within 1 %* allows one row in a hundred, as a reader's own records
do. Medians in milliseconds of CPU (clock in brackets); recall is the share of the exact best 20 that signs first finds.
"""


def run() -> list[str]:
    """A row for every size."""
    asked = _crowd.questions(ASKED)
    rows = [_row(_crowd.crowd(size), asked) for size in SIZES]
    heads = ("vectors", "bare", "exact", "signs first", "within 1 %", "recall", "file", "signs in memory")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [*READING.splitlines(), "", *report.grid(heads, rows), "",
            f"Most memory of this process: {peak:,.0f} MB; all workers share the mapped file in it."]  # fmt: skip


def _row(vectors: np.ndarray, asked: np.ndarray) -> tuple[str, ...]:
    planes = np.concatenate(
        [signs(vectors[start : start + 50_000]) for start in range(0, len(vectors), 50_000)], axis=1
    )
    codes = Codes(planes, len(vectors))
    few = np.random.default_rng(1).random(len(vectors)) < 0.01
    turn = iter(range(10**9))

    def one() -> np.ndarray:
        return asked[next(turn) % len(asked)]

    ways: dict[str, Callable[[], object]] = {
        "bare": lambda: vectors @ one(),
        "exact": lambda: nearest(vectors, one(), MOST),
        "signs": lambda: nearest(vectors, one(), MOST, codes=codes),
        "within": lambda: nearest(vectors, one(), MOST, few),
    }
    found = compare(ways, rounds=15)
    shared = [
        len(set(nearest(vectors, q, MOST)[0]) & set(nearest(vectors, q, MOST, codes=codes)[0])) / MOST for q in asked
    ]
    times = [f"{found[way].cpu:,.1f} ({found[way].wall:,.1f})" for way in ways]
    size = f"{vectors.nbytes / 1e6:,.0f} MB"
    return (f"{len(vectors):,}", *times, f"{np.mean(shared):.3f}", size, f"{planes.nbytes / 1e6:,.1f} MB")
