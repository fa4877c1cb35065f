"""Measures several ways of doing the same thing, turn by turn, so that a busy machine slows all of them alike."""

import gc
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True, slots=True)
class Timing:
    """One way's median: CPU and wall time of this process in milliseconds, and its spread (90th percentile)."""

    cpu: float
    wall: float
    worst: float


def compare(ways: Mapping[str, Callable[[], object]], rounds: int = 60) -> dict[str, Timing]:
    """Each way `rounds` times after a warm-up, in turns; garbage is collected between turns, not inside."""
    for way in ways.values():
        for _ in range(3):
            way()
    cpu = {name: [] for name in ways}
    wall = {name: [] for name in ways}
    gc.collect()
    gc.disable()
    try:
        for turn in range(rounds):
            for name in sorted(ways, key=lambda name, turn=turn: hash((name, turn))):
                began, began_cpu = time.perf_counter(), time.process_time()
                ways[name]()
                cpu[name].append((time.process_time() - began_cpu) * 1000)
                wall[name].append((time.perf_counter() - began) * 1000)
            gc.collect(0)
    finally:
        gc.enable()
    return {name: Timing(median(cpu[name]), median(wall[name]), sorted(wall[name])[int(rounds * 0.9)]) for name in ways}
