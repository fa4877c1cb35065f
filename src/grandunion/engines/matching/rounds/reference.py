"""The slow and obvious round: tries every set of meetings and keeps the best, to referee the quick one."""

from collections.abc import Iterable, Iterator
from itertools import product

from grandunion.engines.matching.rounds.board import SIDES, Board, board_of
from grandunion.engines.matching.rounds.pieces import Meeting, RoundPlan
from grandunion.terms.rounds import Objective

Place = tuple[int, int | None]


def best_key(plan: RoundPlan) -> tuple[int, ...]:
    """How good the best assignment is: forced pairs held, −meetings short, [covered, worst,] total."""
    board = board_of(plan)
    return max(key_of(board, places) for places in every_set(board))


def best_repair_key(plan: RoundPlan, before: Iterable[Meeting]) -> tuple[int, ...]:
    """How good the best repair is: forced, meetings kept, pairs kept at another slot, −short, total."""
    board, before = board_of(plan), tuple(before)
    return max(repair_key_of(board, places, before) for places in every_set(board))


def key_of(board: Board, places: Iterable[Place]) -> tuple[int, ...]:
    """How good these meetings are, to be compared."""
    pairs = [pair for pair, _ in places]
    forced = sum(bool(board.is_forced[pair]) for pair in pairs)
    total = sum(int(board.worth[pair]) for pair in pairs)
    if board.plan.objective is Objective.TOTAL:
        return forced, -_short(board, pairs), total
    got: dict[tuple[int, int], int] = {}
    for pair in pairs:
        for side in board.fair_sides:
            member = side, int(board.ends[side][pair])
            got[member] = got.get(member, 0) + int(board.worth[pair])
    return forced, -_short(board, pairs), len(got), min(got.values(), default=0), total


def repair_key_of(board: Board, places: Iterable[Place], before: tuple[Meeting, ...]) -> tuple[int, ...]:
    """How good these meetings are as a repair of those before."""
    now = {(m.key_a, m.key_b): m.slot for m in (board.meeting(*place) for place in places)}
    kept = sum((m.key_a, m.key_b) in now and now[m.key_a, m.key_b] == m.slot for m in before)
    moved = sum((m.key_a, m.key_b) in now for m in before) - kept
    pairs = [pair for pair, _ in places]
    forced = sum(bool(board.is_forced[pair]) for pair in pairs)
    return forced, kept, moved, -_short(board, pairs), sum(int(board.worth[pair]) for pair in pairs)


def every_set(board: Board) -> Iterator[tuple[Place, ...]]:
    """Every set of meetings that keeps to constraints, most loads, one place at a time, and tables."""
    choices = []
    for pair in range(len(board.order)):
        slots = range(len(board.slots)) if board.plan.slots else (None,)
        is_possible = board.constraint[pair] >= 0
        choices.append([None, *((pair, slot) for slot in slots if is_possible)])
    for taken in product(*choices):
        places = tuple(place for place in taken if place is not None)
        if is_allowed(board, places):
            yield places


def is_allowed(board: Board, places: tuple[Place, ...]) -> bool:
    """Whether these meetings can be held together, whatever they leave undone."""
    for side in SIDES:
        ends = [int(board.ends[side][pair]) for pair, _ in places]
        if any(ends.count(n) > member.max_load for n, member in enumerate(board.members[side])):
            return False
        if not board.plan.slots:
            continue
        when = [(member, slot) for member, (_, slot) in zip(ends, places, strict=True)]
        if len(set(when)) < len(when) or any(not board.free[side][member][slot] for member, slot in when):
            return False
    if not board.plan.slots:
        return True
    if any(_sits_twice(board, [pair for pair, when in places if when == slot]) for slot in range(len(board.slots))):
        return False
    held = [slot for _, slot in places]
    return all(one.tables is None or held.count(n) <= one.tables for n, one in enumerate(board.slots))


def _sits_twice(board: Board, pairs: list[int]) -> bool:
    """Whether one organisation or person would sit in two of these meetings, which are held side by side."""
    tables = [{board.members[side][int(board.ends[side][pair])] for side in SIDES} for pair in pairs]
    sitting = [body for table in tables for body in {(bool(one.body), one.body or one.key) for one in table}]
    return len(set(sitting)) < len(sitting)


def _short(board: Board, pairs: list[int]) -> int:
    missing = 0
    for side in SIDES:
        ends = [int(board.ends[side][pair]) for pair in pairs]
        missing += sum(max(member.min_load - ends.count(n), 0) for n, member in enumerate(board.members[side]))
    return missing
