"""Which clock runs for a record, since when, and when it stood still."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from grandunion.engines.flows.table import Flow
from grandunion.terms.clocks import Clock, Interval


@dataclass(frozen=True, slots=True)
class Visit:
    """A record came into a state, by its code, at a moment that knows its time zone."""

    state: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Running:
    """The clock that runs: `state` is the code of the state it belongs to; an open pause means it stands still."""

    state: str
    clock: Clock
    starts_at: datetime
    pauses: tuple[Interval, ...] = ()


def running(flow: Flow, visits: Sequence[Visit]) -> Running | None:
    """The clock of a record whose whole path is `visits`, oldest first; None when no clock runs.

    The clock is that of the present state; if it has none, that of the state before it whose clock pauses there.
    `calendars.due(running.starts_at, running.clock, running.pauses)` says when it runs out. Refuses an unknown
    state and raises ValueError when the visits are not in order of time.
    """
    if any(later.at < earlier.at for earlier, later in pairwise(visits)):
        raise ValueError("visits are given oldest first")
    owner = _owner(flow, visits)
    if owner is None:
        return None
    clock = flow.state(owner.state).clock
    if clock is None:
        return None
    run = _run(visits, owner.state, clock)
    if clock.on_correction == "reset":
        last = max(place for place, visit in enumerate(run) if visit.state == owner.state)
        run = run[last:]
    return Running(owner.state, clock, run[0].at, _pauses(run, owner.state))


def _owner(flow: Flow, visits: Sequence[Visit]) -> Visit | None:
    """The latest visit whose state's clock still concerns the present state."""
    if not visits:
        return None
    present = visits[-1]
    if flow.state(present.state).clock is not None:
        return present
    for visit in reversed(visits[:-1]):
        clock = flow.state(visit.state).clock
        if clock is not None:
            return visit if present.state in clock.pauses_in else None
    return None


def _run(visits: Sequence[Visit], state: str, clock: Clock) -> Sequence[Visit]:
    """The last unbroken stretch spent in the state and in its pauses, beginning with the state itself."""
    first = len(visits)
    while first and visits[first - 1].state in (state, *clock.pauses_in):
        first -= 1
    while visits[first].state != state:
        first += 1
    return visits[first:]


def _pauses(run: Sequence[Visit], state: str) -> tuple[Interval, ...]:
    """The stretches of the run spent elsewhere; the last one is open if the record is still there."""
    ends = [visit.at for visit in run[1:]] + [None]
    return tuple(
        Interval(visit.at, end)
        for visit, end in zip(run, ends, strict=True)
        if visit.state != state and end != visit.at
    )
