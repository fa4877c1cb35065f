"""A round laid out in arrays: members and pairs in the order of their keys, loads, who is free when."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import numpy as np

from grandunion.engines.matching.rounds.checking import pair_problems, plan_problems
from grandunion.engines.matching.rounds.pieces import (
    FORBIDDEN,
    FORCED,
    STEPS,
    Meeting,
    Member,
    Pair,
    RoundPlan,
    Slot,
)
from grandunion.terms.rounds import FairTo
from grandunion.terms.verdicts import Invalid

SIDES = (0, 1)
STEP = Decimal(1) / STEPS


@dataclass(frozen=True)
class Board:
    """A round in arrays. Sides are 0 and 1; `ends[side][pair]` is the member of a pair, `worth` in ten-thousandths.

    `high` are the loads that anybody can reach: no more than they have free slots.
    """

    plan: RoundPlan
    members: tuple[tuple[Member, ...], tuple[Member, ...]]
    slots: tuple[Slot, ...]
    pairs: tuple[Pair, ...]
    order: np.ndarray
    ends: tuple[np.ndarray, np.ndarray]
    worth: np.ndarray
    constraint: np.ndarray
    free: tuple[np.ndarray, np.ndarray]
    low: tuple[np.ndarray, np.ndarray]
    high: tuple[np.ndarray, np.ndarray]

    @cached_property
    def is_forced(self) -> np.ndarray:
        """Which pairs have to meet."""
        return self.constraint == FORCED

    @cached_property
    def is_open(self) -> np.ndarray:
        """Which pairs may meet: not forbidden, both taking part, and with a slot in common."""
        is_open = self.constraint != FORBIDDEN
        for side in SIDES:
            is_open = is_open & (self.high[side][self.ends[side]] > 0)
        if self.slots and not self.is_always_free:
            is_open = is_open & (self.free[0][self.ends[0]] & self.free[1][self.ends[1]]).any(axis=1)
        return is_open

    @cached_property
    def is_always_free(self) -> bool:
        """Whether everybody is free in every slot."""
        return all(bool(free.all()) for free in self.free)

    @cached_property
    def is_plain(self) -> bool:
        """Whether any choice of pairs within the loads has a timetable: all free, slots of one size, no shared body.

        König: a bipartite graph of degree S has a colouring with S colours; de Werra 1971: also with classes
        whose sizes differ by one at most.
        """
        if not self.slots:
            return True
        return self.is_always_free and not self.has_shared_bodies and len({slot.tables for slot in self.slots}) == 1

    @cached_property
    def body(self) -> tuple[np.ndarray, np.ndarray]:
        """The number of the body every member of a side sits for; the two sides count on together."""
        known: dict[tuple[bool, str], int] = {}
        return tuple(
            np.array([known.setdefault((bool(one.body), one.body or one.key), len(known)) for one in side], np.int64)
            for side in self.members
        )

    @cached_property
    def has_shared_bodies(self) -> bool:
        """Whether any body takes part more than once."""
        return len(np.unique(np.concatenate(self.body))) < sum(map(len, self.members))

    def bodies(self, pair: int) -> frozenset[int]:
        """Who sits at the table of a pair: two bodies, or one that meets itself."""
        return frozenset(int(self.body[side][self.ends[side][pair]]) for side in SIDES)

    @cached_property
    def places(self) -> int:
        """How many meetings the round can hold at most."""
        people = min(int(self.high[side].sum()) for side in SIDES)
        if not self.plan.slots:
            return people
        if any(slot.tables is None for slot in self.slots):
            return people
        return min(people, sum(slot.tables for slot in self.slots))

    @cached_property
    def fair_sides(self) -> tuple[int, ...]:
        """The sides on which nobody is to come off badly."""
        return {FairTo.FIRSTS: (0,), FairTo.SECONDS: (1,), FairTo.BOTH: SIDES}[self.plan.fair_to]

    @cached_property
    def number(self) -> dict[str, tuple[int, int]]:
        """Side and place of every member by key."""
        return {member.key: (side, n) for side in SIDES for n, member in enumerate(self.members[side])}

    @cached_property
    def pair_number(self) -> dict[tuple[str, str], int]:
        """Place of every pair by its keys."""
        return {(pair.key_a, pair.key_b): n for n, pair in enumerate(map(self.pair, range(len(self.order))))}

    @cached_property
    def _runs(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        found = []
        for side in SIDES:
            order = np.argsort(self.ends[side], kind="stable")
            counts = np.bincount(self.ends[side], minlength=len(self.members[side]))
            found.append((order, np.concatenate(([0], np.cumsum(counts)))))
        return tuple(found)

    def pairs_of(self, side: int, member: int) -> np.ndarray:
        """The pairs one member stands in."""
        order, starts = self._runs[side]
        return order[starts[member] : starts[member + 1]]

    def pair(self, number: int) -> Pair:
        """The pair at a place."""
        return self.pairs[self.order[number]]

    def loads(self, side: int, chosen: np.ndarray) -> np.ndarray:
        """How many meetings everybody on a side has under a choice of pairs."""
        return np.bincount(self.ends[side][chosen], minlength=len(self.members[side]))

    def gets(self, side: int, chosen: np.ndarray) -> np.ndarray:
        """What everybody on a side gets in sum under a choice of pairs, in ten-thousandths."""
        held = self.worth[chosen]
        return np.bincount(self.ends[side][chosen], weights=held, minlength=len(self.members[side])).astype(np.int64)

    def shortfall(self, chosen: np.ndarray) -> int:
        """How many meetings are missing to the minimum loads, over both sides."""
        return sum(int(np.maximum(self.low[side] - self.loads(side, chosen), 0).sum()) for side in SIDES)

    def covered(self, chosen: np.ndarray) -> int:
        """How many of those looked at for fairness have any meeting."""
        return sum(int((self.loads(side, chosen) > 0).sum()) for side in self.fair_sides)

    def worst(self, chosen: np.ndarray) -> int:
        """What the worst-off gets among those with any meeting, in ten-thousandths; 0 if nobody has one."""
        got = [self.gets(side, chosen)[self.loads(side, chosen) > 0] for side in self.fair_sides]
        return min((int(one.min()) for one in got if one.size), default=0)

    def meeting(self, number: int, slot: int | None = None) -> Meeting:
        """The meeting of a pair, at the slot with this place."""
        pair = self.pair(number)
        when = None if slot is None else self.slots[slot].key
        return Meeting(pair.key_a, pair.key_b, when, decimal(int(self.worth[number])))


def board_of(plan: RoundPlan) -> Board:
    """Lay a round out in arrays; raises Invalid with every fault of the plan, named."""
    if problems := plan_problems(plan):
        raise Invalid(*problems)
    members = tuple(tuple(sorted(side, key=lambda one: one.key)) for side in (plan.firsts, plan.seconds))
    raw = _columns(plan.pairs, members)
    if problems := pair_problems(plan.pairs, *raw):
        raise Invalid(*problems)
    order = np.lexsort((raw[1], raw[0]))
    first, second, worth, constraint = (column[order] for column in raw)
    slots = tuple(slot for slot in plan.slots if slot.tables != 0)
    free = tuple(_free(side, slots) for side in members)
    low = tuple(np.array([one.min_load for one in side], np.int64) for side in members)
    high = tuple(_high(side, open_, plan) for side, open_ in zip(members, free, strict=True))
    return Board(plan, members, slots, plan.pairs, order, (first, second), worth, constraint, free, low, high)


def decimal(steps: int) -> Decimal:
    """Ten-thousandths as a decimal with four places."""
    return (steps * STEP).quantize(STEP)


def _columns(pairs: tuple[Pair, ...], members: tuple[Iterable[Member], ...]) -> tuple[np.ndarray, ...]:
    first, second = ({member.key: n for n, member in enumerate(side)} for side in members)
    size = len(pairs)
    return (
        np.fromiter((first.get(pair.key_a, -1) for pair in pairs), np.int64, size),
        np.fromiter((second.get(pair.key_b, -1) for pair in pairs), np.int64, size),
        np.rint(np.fromiter((float(pair.value) for pair in pairs), float, size) * STEPS).astype(np.int64),
        np.fromiter((pair.constraint for pair in pairs), np.int8, size),
    )


def _free(members: Iterable[Member], slots: tuple[Slot, ...]) -> np.ndarray:
    rows = [[slot.key not in member.not_free for slot in slots] for member in members]
    return np.array(rows, bool).reshape(len(rows), len(slots))


def _high(members: Iterable[Member], free: np.ndarray, plan: RoundPlan) -> np.ndarray:
    most = np.array([member.max_load for member in members], np.int64)
    return np.minimum(most, free.sum(axis=1)) if plan.slots else most
