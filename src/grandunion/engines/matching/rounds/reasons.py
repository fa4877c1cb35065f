"""Says why somebody in a round has too few meetings, or none: by name, in both languages."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from grandunion.engines.matching.rounds.board import SIDES, Board
from grandunion.engines.matching.rounds.pieces import FORBIDDEN, Unplaced
from grandunion.terms.text import Text, listed

SHOWN = 3
UNSAID = Text("no reason given", "未说明原因")


@dataclass(frozen=True, slots=True)
class Standing:
    """A round with the pairs that were chosen, and how many everybody has."""

    board: Board
    chosen: np.ndarray
    loads: tuple[np.ndarray, np.ndarray]


def unplaced(board: Board, chosen: np.ndarray) -> tuple[Unplaced, ...]:
    """Everybody below their minimum, then every forced pair not held, then everybody without any meeting."""
    short, idle = [], []
    now = Standing(board, chosen, tuple(board.loads(side, chosen) for side in SIDES))
    for side, loads in enumerate(now.loads):
        for member in map(int, np.flatnonzero((loads < board.low[side]) | (loads == 0))):
            one = board.members[side][member]
            missing = max(int(board.low[side][member] - loads[member]), 0)
            if one.max_load:
                (short if missing else idle).append(Unplaced(one.key, why(now, side, member), missing))
    return (*short, *_unheld(board, chosen), *idle)


def why(now: Standing, side: int, member: int) -> Text:
    """What keeps a member from more meetings: no partners, no time, or partners that are needed elsewhere."""
    board = now.board
    one = board.members[side][member]
    pairs = board.pairs_of(side, member)
    least = max(int(board.low[side][member]), 1)
    possible = pairs[board.is_open[pairs]]
    if board.plan.slots and board.high[side][member] < min(least, one.max_load):
        return Text(
            "{name} is free in {free} of {all} slots and needs {least}: ask for more time.",
            "{name}在 {all} 个时段中仅 {free} 个有空，至少需要 {least} 个：请协调更多时间。",
        ).fill(name=one.name, free=int(board.high[side][member]), all=len(board.slots), least=least)
    if possible.size < least:
        return _too_few(board, side, member, least)
    return _competition(now, side, member)


def _too_few(board: Board, side: int, member: int, least: int) -> Text:
    name, pairs = board.members[side][member].name, board.pairs_of(side, member)
    if not pairs.size:
        return Text("Nobody was put forward for {name}: add pairs.", "未给{name}提出候选对象：请补充配对。").fill(
            name=name
        )
    said = Text(
        "{name} needs {least}, but only {possible} of {all} partners are possible: {reasons}.",
        "{name}至少需要 {least} 场，但 {all} 个候选对象中仅 {possible} 个可行：{reasons}。",
    )
    possible = int(board.is_open[pairs].sum())
    reasons = listed(_excluded(board, side, member))
    return said.fill(name=name, least=least, possible=possible, all=pairs.size, reasons=reasons)


def _excluded(board: Board, side: int, member: int) -> Iterator[Text]:
    """Why pairs of a member are not possible, counted, the most frequent first."""
    pairs = board.pairs_of(side, member)
    counts: Counter[Text] = Counter()
    for pair in map(int, pairs[~board.is_open[pairs]]):
        other = board.members[1 - side][int(board.ends[1 - side][pair])]
        if board.constraint[pair] == FORBIDDEN:
            reason = board.pair(pair).reason or UNSAID
            counts[Text(reason.en.rstrip("."), reason.zh.rstrip("。"))] += 1
        elif not other.max_load:
            counts[Text("no longer takes part", "不再参加")] += 1
        else:
            counts[Text("no free slot in common", "没有共同的空闲时段")] += 1
    if not counts:
        yield Text("no more were put forward", "未提出更多候选对象")
    for reason, times in sorted(counts.items(), key=lambda item: (-item[1], item[0].en)):
        yield Text("{reason} ({times})", "{reason}（{times}）").fill(reason=reason, times=times)


def _competition(now: Standing, side: int, member: int) -> Text:
    """Its partners are full: with those who are owed their meetings too, or with pairs that are worth more."""
    board, name = now.board, now.board.members[side][member].name
    others, partners = _rivals(now, side, member)
    owed = int(board.low[side][list(others)].sum())
    room = int(board.high[1 - side][list(partners)].sum())
    if board.low[side][member] and owed > room:
        return Text(
            "{group} need {owed} meetings together, but {partners}, whom they may meet, take only {room}: "
            "ask one of them for more, or lower a minimum.",
            "{group}合计至少需要 {owed} 场，但可对接的{partners}合计只接受 {room} 场："
            "请其中一方增加场次，或降低最少场次。",
        ).fill(group=_names(board, side, others), owed=owed, partners=_names(board, 1 - side, partners), room=room)
    pairs = board.pairs_of(side, member)
    possible = board.ends[1 - side][pairs[board.is_open[pairs]]]
    full = [int(n) for n in possible if now.loads[1 - side][n] >= board.high[1 - side][n]]
    if len(full) == possible.size:
        return Text(
            "Everybody {name} could meet is full with pairs worth more: {partners}.",
            "{name}的可行对象均已安排给更合适的对接：{partners}。",
        ).fill(name=name, partners=_names(board, 1 - side, full))
    if int(now.loads[0].sum()) >= board.places:
        return Text(
            "All {places} places of the round are taken by pairs worth more: add tables or slots.",
            "本轮 {places} 个洽谈席位均已安排给更合适的对接：请增加洽谈桌或时段。",
        ).fill(places=board.places)
    return _no_time_left(board, side, member)


def _no_time_left(board: Board, side: int, member: int) -> Text:
    name = board.members[side][member].name
    if not board.slots:
        return Text("No pair of {name} is worth anything to the round.", "{name}的候选配对均无分值。").fill(name=name)
    return Text(
        "{name} and its possible partners are not free at the same time any more: add slots or tables.",
        "{name}与可行对象已无共同的空闲时段：请增加时段或洽谈桌。",
    ).fill(name=name)


def _rivals(now: Standing, side: int, member: int) -> tuple[list[int], list[int]]:
    """Those who compete for the same full partners, and the partners: Hall's set, found from the one left short."""
    board, rivals, partners = now.board, [member], []
    for one in rivals:  # grows while it is walked
        pairs = board.pairs_of(side, one)
        for pair in map(int, pairs[board.is_open[pairs]]):
            partner = int(board.ends[1 - side][pair])
            if partner in partners:
                continue
            partners.append(partner)
            held = board.pairs_of(1 - side, partner)
            rivals += sorted({int(board.ends[side][n]) for n in held[now.chosen[held]]} - set(rivals))
        if len(rivals) > 50 or not board.low[side][member]:
            break
    return rivals, partners


def _names(board: Board, side: int, members: list[int]) -> Text:
    names = listed(board.members[side][n].name for n in sorted(members)[:SHOWN])
    if (more := len(members) - SHOWN) <= 0:
        return names
    return Text("{names} and {more} more", "{names}等 {all} 个").fill(names=names, more=more, all=len(members))


def _unheld(board: Board, chosen: np.ndarray) -> Iterator[Unplaced]:
    for pair in map(int, np.flatnonzero(board.is_forced & ~chosen)):
        a, b = (board.members[side][int(board.ends[side][pair])] for side in SIDES)
        said = Text(
            "{a} and {b} are set down to meet but have no slot left in common: free one for both.",
            "{a}与{b}已指定会面，但没有共同的可用时段：请为双方腾出一个时段。",
        )
        yield Unplaced(a.key, said.fill(a=a.name, b=b.name), 1)
