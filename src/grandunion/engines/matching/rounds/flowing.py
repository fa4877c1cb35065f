"""Chooses the pairs of a round without times exactly, as a flow of least cost through the two sides.

Loads are capacities, a minimum load pays for its first units, and every layer of the aim outweighs all that
stands below it: kept pairs, then minimum loads, then how many have anything at all, then worth.
Source of the method: Ahuja, Magnanti, Orlin, Network Flows, 1993, ch. 9 and 12; solver: OR-tools, cost scaling.
"""

import importlib
from dataclasses import dataclass

import numpy as np

from grandunion.engines.matching.rounds.board import SIDES, Board


@dataclass(frozen=True, slots=True)
class Wish:
    """What the flow goes by beside the loads; arrays over the pairs."""

    worth: np.ndarray
    is_open: np.ndarray
    is_kept: np.ndarray | None = None
    is_covering: bool = False


@dataclass(frozen=True, slots=True)
class _Prices:
    """What one unit of each layer outweighs: every layer is dearer than all below it together."""

    cover: int
    short: int
    keep: int


class NoFlow(Exception):
    """The solver did not answer with an optimum, which a well-formed round never brings about."""


def chosen_by_flow(board: Board, wish: Wish) -> np.ndarray:
    """The best choice of pairs (a mask over the pairs): forced ones always, the others within what they leave."""
    forced = board.is_forced & board.is_open
    taken = [board.loads(side, forced) for side in SIDES]
    low = [np.maximum(board.low[side] - taken[side], 0) for side in SIDES]
    high = [board.high[side] - taken[side] for side in SIDES]
    most = min(board.places - int(forced.sum()), *(int(one.sum()) for one in high))
    asked = np.flatnonzero(wish.is_open & ~forced)
    chosen = forced.copy()
    if most <= 0 or not asked.size:
        return chosen
    wants = [wish.is_covering and side in board.fair_sides for side in SIDES]
    uncovered = [(taken[side] == 0) & wants[side] for side in SIDES]
    prices = _prices(wish, asked, most, low, uncovered)
    arcs = [_arcs_of_pairs(board, wish, asked, prices)]
    arcs += [_arcs_of_loads(board, side, (low[side], high[side], uncovered[side]), prices) for side in SIDES]
    used = _solve(arcs, (board.members, most))
    chosen[asked[used[: asked.size] > 0]] = True
    return chosen


def _prices(wish: Wish, asked: np.ndarray, most: int, low: list, uncovered: list) -> _Prices:
    cover = int(wish.worth[asked].max()) * most + 1
    short = cover * (1 + sum(int(one.sum()) for one in uncovered))
    keep = short * (1 + sum(int(one.sum()) for one in low))
    return _Prices(cover, short, keep)


def _arcs_of_pairs(board: Board, wish: Wish, asked: np.ndarray, prices: _Prices) -> tuple[np.ndarray, ...]:
    gain = wish.worth[asked]
    if wish.is_kept is not None:
        gain = gain + wish.is_kept[asked] * np.int64(prices.keep)
    tails, heads = board.ends[0][asked], board.ends[1][asked] + len(board.members[0])
    return tails, heads, np.ones(asked.size, np.int64), -gain


def _arcs_of_loads(
    board: Board, side: int, loads: tuple[np.ndarray, np.ndarray, np.ndarray], prices: _Prices
) -> tuple[np.ndarray, ...]:
    """From the source to the firsts, or from the seconds to the sink: first units pay more than later ones."""
    low, high, uncovered = loads
    first = np.minimum(uncovered.astype(np.int64), high)
    owed = np.minimum(low, high)
    steps = (
        (first, prices.cover + np.where(owed > 0, prices.short, 0)),
        (np.maximum(owed - first, 0), np.full(low.size, prices.short)),
        (high - np.maximum(owed, first), np.zeros(low.size, np.int64)),
    )
    nodes = np.arange(low.size) + (len(board.members[0]) if side else 0)
    outer = np.full(low.size, sum(map(len, board.members)) + side)
    columns = []
    for units, price in steps:
        has = units > 0
        ends = (nodes, outer) if side else (outer, nodes)
        columns.append((ends[0][has], ends[1][has], units[has], -price[has]))
    return tuple(np.concatenate(column) for column in zip(*columns, strict=True))


def _solve(arcs: list[tuple[np.ndarray, ...]], size: tuple[tuple, int]) -> np.ndarray:
    members, most = size
    tails, heads, room, cost = (np.concatenate(column) for column in zip(*arcs, strict=True))
    source = sum(map(len, members))
    # Loaded by the first round that asks it, as the other solver is: most of what the house does needs neither.
    network = importlib.import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    numbers = network.add_arcs_with_capacity_and_unit_cost(tails, heads, room, cost)
    network.add_arc_with_capacity_and_unit_cost(source, source + 1, most, 0)
    network.set_node_supply(source, most)
    network.set_node_supply(source + 1, -most)
    status = network.solve()
    if status != network.OPTIMAL:
        raise NoFlow(status)
    return network.flows(numbers)
