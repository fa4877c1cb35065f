"""Repairs a published round after a cancellation: what can stay stays, and as little value as possible is lost."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from grandunion.engines.matching.rounds.assigning import answer
from grandunion.engines.matching.rounds.board import SIDES, Board, board_of
from grandunion.engines.matching.rounds.choosing import (
    Choice,
    are_forced_within,
    forced_layers,
    load_layers,
    mask_of,
)
from grandunion.engines.matching.rounds.flowing import Wish, chosen_by_flow
from grandunion.engines.matching.rounds.pieces import (
    FORBIDDEN,
    FORCED,
    Change,
    ChangeKind,
    Meeting,
    Repaired,
    RoundPlan,
)
from grandunion.engines.matching.rounds.solving import Layer, Place, model_of, solved
from grandunion.terms.text import Text


def repair(plan: RoundPlan, before: Iterable[Meeting]) -> Repaired:
    """The round as it is now, with the published meetings `before` kept as far as they can be.

    In this order: every forced pair; as many meetings as possible stay at their slot; of the others as many
    pairs as possible meet at another slot; as few meetings as possible are missing to the minimum loads; the
    greatest total, by meetings added where people have become free. Answers what changed and why. Raises
    Invalid as `assign` does.
    """
    board, before = board_of(plan), tuple(before)
    standing = {place: meeting for meeting in before if (place := place_of(board, meeting)) is not None}
    if board.plan.slots and not board.slots:
        choice = Choice(frozenset(), 0, 0, exact=True)
    elif not board.slots and are_forced_within(board):
        choice = _by_flow(board, set(standing))
    else:
        choice = _by_solver(board, set(standing), before)
    choice = _without_idle(board, choice, {(meeting.key_a, meeting.key_b) for meeting in before})
    kept = sum(place in choice.places for place in standing)
    return Repaired(answer(board, choice), tuple(_changes(board, before, choice)), kept)


def place_of(board: Board, meeting: Meeting) -> Place | None:
    """Where a published meeting stands on the board as it is now, or None if it can no longer be held as it was."""
    pair = board.pair_number.get((meeting.key_a, meeting.key_b))
    if pair is None or not board.is_open[pair]:
        return None
    if not board.slots:
        return (pair, None) if meeting.slot is None else None
    slot = next((n for n, one in enumerate(board.slots) if one.key == meeting.slot), None)
    if slot is None or not all(board.free[side][board.ends[side][pair], slot] for side in SIDES):
        return None
    return pair, slot


def _by_flow(board: Board, standing: set[Place]) -> Choice:
    kept = mask_of(board, (pair for pair, _ in standing))
    chosen = chosen_by_flow(board, Wish(board.worth, board.is_open, is_kept=kept))
    places = frozenset((int(pair), None) for pair in np.flatnonzero(chosen))
    return Choice(places, int(board.worth[chosen].sum()), board.worst(chosen), exact=True)


def _by_solver(board: Board, standing: set[Place], before: tuple[Meeting, ...]) -> Choice:
    """What stands is fixed where all of it can stand together; otherwise as much of it as possible is kept."""
    can_stand = _can_stand(board, standing)
    made = model_of(board, standing if can_stand else (), has_times=bool(board.slots))
    layers = forced_layers(made)
    if not can_stand:
        layers.append(Layer("kept", sum(made.x[place] for place in sorted(standing) if place in made.x)))
    asked = {board.pair_number.get((meeting.key_a, meeting.key_b)) for meeting in before}
    moved = [x for pair in sorted(asked - {None}) for x in made.by_pair.get(pair, ())]
    layers += [Layer("moved", sum(moved))] if moved else []
    layers += [*load_layers(made), Layer("total", made.worth())]
    places, reached = solved(made, layers, () if can_stand else _fitting(board, standing))
    chosen = mask_of(board, (pair for pair, _ in places))
    bound = max(reached[-1].bound, int(board.worth[chosen].sum()))
    return Choice(frozenset(places), bound, board.worst(chosen), all(one.is_proved for one in reached))


def _without_idle(board: Board, choice: Choice, published: set[tuple[str, str]]) -> Choice:
    """Without new meetings that are worth nothing and that no minimum load asks for: they would change for nothing."""
    loads = [np.zeros(len(members), int) for members in board.members]
    for pair, _ in choice.places:
        for side in SIDES:
            loads[side][board.ends[side][pair]] += 1
    places = set(choice.places)
    for place in sorted(places, reverse=True):
        pair, one = place[0], board.pair(place[0])
        if board.worth[pair] or board.is_forced[pair] or (one.key_a, one.key_b) in published:
            continue
        ends = [(side, int(board.ends[side][pair])) for side in SIDES]
        if all(loads[side][member] > board.low[side][member] for side, member in ends):
            places.discard(place)
            for side, member in ends:
                loads[side][member] -= 1
    return replace(choice, places=frozenset(places))


def _can_stand(board: Board, places: set[Place]) -> bool:
    """Whether all of these can be held together, with every forced pair among them."""
    chosen = mask_of(board, (pair for pair, _ in places))
    return not np.any(board.is_forced & ~chosen) and len(_fitting(board, places)) == len(places)


def _fitting(board: Board, places: set[Place]) -> set[Place]:
    """As many of these as fit one after the other into loads, tables and one place at a time."""
    left = [board.high[side].copy() for side in SIDES]
    tables = [board.places if slot.tables is None else slot.tables for slot in board.slots]
    found: set[Place] = set()
    busy: set[tuple[int, int | None]] = set()
    for pair, slot in sorted(places):
        ends = [(side, int(board.ends[side][pair])) for side in SIDES]
        sitting = {(body, slot) for body in board.bodies(pair)}
        is_full = slot is not None and (tables[slot] <= 0 or not sitting.isdisjoint(busy))
        if is_full or any(left[side][member] <= 0 for side, member in ends):
            continue
        found.add((pair, slot))
        for side, member in ends:
            left[side][member] -= 1
        busy |= sitting
        if slot is not None:
            tables[slot] -= 1
    return found


def _changes(board: Board, before: tuple[Meeting, ...], choice: Choice) -> Iterable[Change]:
    after = {(m.key_a, m.key_b): m for m in (board.meeting(*place) for place in sorted(choice.places))}
    published = {(meeting.key_a, meeting.key_b) for meeting in before}
    for meeting in sorted(before):
        now = after.get((meeting.key_a, meeting.key_b))
        if now is None:
            yield Change(ChangeKind.DROPPED, meeting, None, why_not(board, meeting, after.values()))
        elif now.slot != meeting.slot:
            yield Change(ChangeKind.MOVED, meeting, now, why_not(board, meeting, after.values()))
    for keys in sorted(after.keys() - published):
        yield Change(ChangeKind.ADDED, None, after[keys], _why_added(board, keys))


def why_not(board: Board, meeting: Meeting, after: Iterable[Meeting]) -> Text:
    """Why a published meeting is not held as it was; `after` are the meetings that are held now."""
    for key in (meeting.key_a, meeting.key_b):
        if key not in board.number:
            return Text(f"{key} is not in the round any more.", f"{key} 已不在本轮名单中。")
        side, member = board.number[key]
        one = board.members[side][member]
        if not one.max_load:
            return Text("{name} no longer takes part.", "{name}不再参加。").fill(name=one.name)
    pair = board.pair_number.get((meeting.key_a, meeting.key_b))
    if pair is None:
        return Text("The pair was taken off the list.", "该配对已从名单中移除。")
    if board.constraint[pair] == FORBIDDEN:
        return board.pair(pair).reason or Text("The two are not to meet.", "双方不宜会面。")
    return _why_not_then(board, meeting, after)


def _why_not_then(board: Board, meeting: Meeting, after: Iterable[Meeting]) -> Text:
    slot = next((one for one in board.plan.slots if one.key == meeting.slot), None)
    if board.plan.slots and (slot is None or slot.tables == 0):
        name = slot.name if slot else Text(f"{meeting.slot}", f"时段 {meeting.slot}")
        return Text("The slot {slot} is lost.", "时段{slot}已取消。").fill(slot=name)
    for key in (meeting.key_a, meeting.key_b):
        side, member = board.number[key]
        one = board.members[side][member]
        if meeting.slot in one.not_free:
            return Text("{name} is not free at {slot}.", "{name}在{slot}没有空。").fill(name=one.name, slot=slot.name)
    if elsewhere := _elsewhere(board, meeting, after):
        return Text("{name} sits at another table then.", "{name}该时段已安排另一场会面。").fill(name=elsewhere)
    return Text(
        "It made way for a fixed meeting, a smaller number of tables or a lower load.",
        "为指定会面、减少的洽谈桌或下调的场次让位。",
    )


def _elsewhere(board: Board, meeting: Meeting, after: Iterable[Meeting]) -> Text | None:
    """Which of the two sits in the same slot for something else it takes part with."""
    taken = {
        body
        for one in after
        if one.slot is not None and one.slot == meeting.slot
        for body in board.bodies(board.pair_number[one.key_a, one.key_b])
    }
    for side, member in (board.number[key] for key in (meeting.key_a, meeting.key_b)):
        one, body = board.members[side][member], board.body[side][member]
        if one.body and int(body) in taken:
            return one.name
    return None


def _why_added(board: Board, keys: tuple[str, str]) -> Text:
    if board.constraint[board.pair_number[keys]] == FORCED:
        return Text("The two are set down to meet.", "双方已指定会面。")
    return Text("Both have a place that is free.", "双方均有空余席位。")
