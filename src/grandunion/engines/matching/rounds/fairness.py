"""The best for whoever comes off worst: how many have anything, then what the worst-off gets, then the total."""

import numpy as np

from grandunion.engines.matching.rounds.board import Board
from grandunion.engines.matching.rounds.flowing import Wish, chosen_by_flow


def is_bottleneck(board: Board) -> bool:
    """Whether everybody looked at has one meeting at most: then what one gets is the value of one pair."""
    return all(int(board.high[side].max(initial=0)) <= 1 for side in board.fair_sides)


def chosen_fairly(board: Board) -> np.ndarray:
    """The fairest choice of pairs where everybody looked at has one meeting at most; exact.

    Searches by halves the highest value below which no pair is needed to keep loads and cover as many as
    possible (bottleneck assignment: Gross 1959), then takes the best total above it.
    """
    plain = Wish(np.zeros_like(board.worth), board.is_open, is_covering=True)
    wanted = _standing(board, chosen_by_flow(board, plain))
    values = np.unique(board.worth[board.is_open & ~board.is_forced])
    low, high = 0, len(values) - 1
    while low < high:
        middle = (low + high + 1) // 2
        chosen = chosen_by_flow(board, Wish(plain.worth, _above(board, values[middle]), is_covering=True))
        low, high = (middle, high) if _standing(board, chosen) == wanted else (low, middle - 1)
    forced = board.worth[board.is_forced & board.is_open]
    limits = [*values[low : low + 1], *([forced.min()] if forced.size else [])]
    return chosen_by_flow(board, Wish(board.worth, _above(board, min(limits, default=0)), is_covering=True))


def worst_limit(board: Board) -> int:
    """What the worst-off can get at most: the least that anybody's own best pairs would give them."""
    limits = []
    for side in board.fair_sides:
        for member, most in enumerate(board.high[side]):
            pairs = board.pairs_of(side, member)
            values = np.sort(board.worth[pairs[board.is_open[pairs]]])[::-1][:most]
            if values.size:
                limits.append(int(values.sum()))
    return min(limits, default=0)


def _above(board: Board, limit: int) -> np.ndarray:
    return board.is_open & (board.worth >= limit)


def _standing(board: Board, chosen: np.ndarray) -> tuple[int, int]:
    return board.shortfall(chosen), board.covered(chosen)
