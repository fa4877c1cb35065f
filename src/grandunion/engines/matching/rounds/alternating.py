"""Who else could sit in each meeting: the next best pairs that would fit without anything else changing."""

from collections.abc import Iterable

import numpy as np

from grandunion.engines.matching.rounds.board import SIDES, Board, board_of
from grandunion.engines.matching.rounds.pieces import Alternate, Alternates, Meeting, RoundPlan

LIMIT = 3


def alternates(plan: RoundPlan, meetings: Iterable[Meeting], limit: int = LIMIT) -> Alternates:
    """For each meeting at most `limit` others that could be held instead, the best first.

    One of the two stays; the other is replaced by somebody with a place left who is free in that slot. Raises
    Invalid as `assign` does; a meeting of a pair that is not in the plan has none.
    """
    board, meetings = board_of(plan), tuple(meetings)
    room = _Room(board, meetings)
    return {meeting: tuple(room.instead_of(meeting, limit)) for meeting in meetings}


class _Room:
    """What is left of a round beside its meetings."""

    def __init__(self, board: Board, meetings: tuple[Meeting, ...]) -> None:
        self.board = board
        self.when = {slot.key: n for n, slot in enumerate(board.slots)}
        self.is_held = np.zeros(len(board.order), bool)
        self.busy: set[tuple[int, int]] = set()
        for meeting in meetings:
            if (pair := self._pair(meeting)) is not None:
                self.is_held[pair] = True
                if meeting.slot in self.when:
                    self.busy |= {(body, self.when[meeting.slot]) for body in board.bodies(pair)}
        self.has_place = tuple(board.loads(side, self.is_held) < board.high[side] for side in SIDES)

    def instead_of(self, meeting: Meeting, limit: int) -> list[Alternate]:
        """The best of the pairs that one of the two could have instead."""
        if (pair := self._pair(meeting)) is None:
            return []
        found = []
        for side in SIDES:
            other = (meeting.key_b, meeting.key_a)[side]
            found += [(one, other) for one in self._open_to(side, pair, meeting.slot)[:limit]]
        found.sort(key=lambda one: (-self.board.worth[one[0]], one[0]))
        slot = self.when.get(meeting.slot)
        return [Alternate(self.board.meeting(one, slot), other) for one, other in found[:limit]]

    def _open_to(self, side: int, pair: int, slot: str | None) -> list[int]:
        board = self.board
        pairs = board.pairs_of(side, int(board.ends[side][pair]))
        others = board.ends[1 - side][pairs]
        fits = board.is_open[pairs] & ~self.is_held[pairs] & self.has_place[1 - side][others]
        if slot in self.when:
            fits &= self._is_idle(1 - side, others, self.when[slot], board.bodies(pair))
        pairs = pairs[fits]
        return [int(one) for one in pairs[np.argsort(-board.worth[pairs], kind="stable")]]

    def _is_idle(self, side: int, members: np.ndarray, slot: int, leaving: frozenset[int]) -> np.ndarray:
        """Who of these is free in a slot and sits nowhere else in it; who leaves this meeting sits no more."""
        taken = [body for body, when in self.busy if when == slot and body not in leaving]
        return self.board.free[side][members, slot] & ~np.isin(self.board.body[side][members], taken)

    def _pair(self, meeting: Meeting) -> int | None:
        return self.board.pair_number.get((meeting.key_a, meeting.key_b))
