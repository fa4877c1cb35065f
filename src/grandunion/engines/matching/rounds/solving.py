"""Chooses pairs and slots by constraint programming, one layer of the aim after the other, each with its bound.

For what a flow cannot say: people who are not free in every slot, slots of different sizes, and fairness over
sums. The effort is counted in the solver's deterministic units, so the same round has the same answer on every
machine; where it ends before the proof, the bound says how much may be missing. Solver: OR-tools CP-SAT.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from types import ModuleType
from typing import TYPE_CHECKING

import numpy as np

from grandunion.engines.matching.rounds.board import SIDES, Board
from grandunion.engines.matching.rounds.pieces import FORBIDDEN

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

EFFORT = 12.0  # deterministic units for one layer, about seconds
Place = tuple[int, int | None]  # a pair and its slot


@dataclass(frozen=True, slots=True)
class Layer:
    """One thing to make as large as possible before the next."""

    name: str
    goal: cp_model.LinearExprT


@dataclass(frozen=True, slots=True)
class Reached:
    """What a layer came to, and the limit that is proved for it."""

    value: int
    bound: int

    @property
    def is_proved(self) -> bool:
        """Whether nothing better is possible."""
        return self.value >= self.bound


def _library() -> ModuleType:
    """The solver, loaded by the first round that asks it: with what it brings along it takes as long as the house."""
    return importlib.import_module("ortools.sat.python.cp_model")


class NoAnswer(Exception):
    """The solver refused meetings that are allowed, which a well-formed round never brings about."""


@dataclass
class Model:
    """The variables of a round: `x` says whether a pair meets (at a slot); `fixed` meetings stand already."""

    board: Board
    fixed: frozenset[Place] = frozenset()
    model: cp_model.CpModel = field(default_factory=lambda: _library().CpModel())
    x: dict[Place, cp_model.IntVar] = field(default_factory=dict)
    by_pair: dict[int, list] = field(default_factory=dict)
    by_member: tuple[dict[int, list], dict[int, list]] = field(default_factory=lambda: ({}, {}))

    def load(self, side: int, member: int) -> cp_model.LinearExprT:
        """How many meetings a member has."""
        held = sum(1 for pair, _ in self.fixed if self.board.ends[side][pair] == member)
        return sum(self.by_member[side].get(member, [])) + held

    def worth(self, pairs: Iterable[int] | None = None) -> cp_model.LinearExprT:
        """What the meetings of these pairs, or of all, are worth together."""
        asked = self.by_pair if pairs is None else [int(n) for n in pairs if int(n) in self.by_pair]
        among = None if pairs is None else {int(n) for n in pairs}
        held = sum(int(self.board.worth[n]) for n, _ in self.fixed if among is None or n in among)
        return sum(int(self.board.worth[n]) * x for n in asked for x in self.by_pair[n]) + held


def model_of(board: Board, fixed: Iterable[Place] = (), *, has_times: bool) -> Model:
    """The variables and the hard limits: loads, one meeting a pair, one place at a time for every body, tables."""
    made = Model(board, frozenset(fixed))
    _add_variables(made, has_times=has_times)
    for meetings in made.by_pair.values():
        if len(meetings) > 1:
            made.model.add_at_most_one(meetings)
    for side in SIDES:
        for member, meetings in made.by_member[side].items():
            if len(meetings) > (high := int(board.high[side][member]) - _held(made, side, member)):
                made.model.add(sum(meetings) <= high)
    if has_times:
        _one_place_at_a_time(made)
    elif len(made.x) > board.places:
        made.model.add(sum(made.x.values()) <= board.places - len(made.fixed))
    return made


def _held(made: Model, side: int, member: int) -> int:
    return sum(1 for pair, _ in made.fixed if made.board.ends[side][pair] == member)


def _add_variables(made: Model, *, has_times: bool) -> None:
    """A variable wherever a meeting could still be: its two members are free and have loads left."""
    board = made.board
    stands = {pair for pair, _ in made.fixed}
    left = [board.high[side] - np.array([_held(made, side, n) for n in range(len(board.high[side]))]) for side in SIDES]
    busy = {(body, slot) for pair, slot in made.fixed for body in board.bodies(pair)}
    for pair in map(int, np.flatnonzero(board.is_open)):
        ends = [int(board.ends[side][pair]) for side in SIDES]
        if pair in stands or any(left[side][ends[side]] <= 0 for side in SIDES):
            continue
        for slot in _slots(board, ends, has_times=has_times):
            if slot is None or not any((body, slot) in busy for body in board.bodies(pair)):
                x = made.x[pair, slot] = made.model.new_bool_var(f"{pair}@{slot}")
                made.by_pair.setdefault(pair, []).append(x)
                for side in SIDES:
                    made.by_member[side].setdefault(ends[side], []).append(x)


def _slots(board: Board, ends: list[int], *, has_times: bool) -> Iterable[int | None]:
    if not has_times:
        return (None,)
    return map(int, np.flatnonzero(board.free[0][ends[0]] & board.free[1][ends[1]]))


def _one_place_at_a_time(made: Model) -> None:
    together: dict[tuple[int, int], list] = {}
    at: dict[int, list] = {}
    for (pair, slot), x in made.x.items():
        at.setdefault(slot, []).append(x)
        for body in made.board.bodies(pair):
            together.setdefault((body, slot), []).append(x)
    for meetings in together.values():
        if len(meetings) > 1:
            made.model.add_at_most_one(meetings)
    for slot, meetings in at.items():
        tables = made.board.slots[slot].tables
        if tables is not None:
            room = tables - sum(1 for _, when in made.fixed if when == slot)
            if len(meetings) > room:
                made.model.add(sum(meetings) <= room)


def solved(made: Model, layers: Iterable[Layer], hint: Iterable[Place] = ()) -> tuple[set[Place], list[Reached]]:
    """The best meetings by the layers in their order, with what each layer came to and its bound."""
    best: set[Place] = set(hint) & set(made.x)
    reached = []
    for layer in layers:
        made.model.clear_hints()
        for place, x in made.x.items():
            made.model.add_hint(x, place in best)
        made.model.maximize(layer.goal)
        solver = _solver()
        status = solver.solve(made.model)
        bound = int(np.floor(solver.best_objective_bound + 1e-6))
        if not _has_answer(status):
            solver = _as_hinted(made)
        best = {place for place, x in made.x.items() if solver.boolean_value(x)}
        value = round(solver.objective_value)
        made.model.add(layer.goal >= value)
        reached.append(Reached(value, bound))
    return best | set(made.fixed), reached


def timetabled(board: Board, chosen: np.ndarray) -> set[Place] | None:
    """A slot for each of these pairs, or None if there is none or none was found in time."""
    made = model_of(replace(board, constraint=np.where(chosen, board.constraint, FORBIDDEN)), has_times=True)
    for meetings in made.by_pair.values():
        made.model.add_exactly_one(meetings)
    solver = _solver()
    if not _has_answer(solver.solve(made.model)):
        return None
    return {place for place, x in made.x.items() if solver.boolean_value(x)}


def _as_hinted(made: Model) -> cp_model.CpSolver:
    """The meetings we had, where the effort ended before the solver came upon any: they are always allowed."""
    solver = _solver()
    solver.parameters.fix_variables_to_their_hinted_value = True
    if not _has_answer(solver.solve(made.model)):
        raise NoAnswer(solver.status_name())
    return solver


def _solver() -> cp_model.CpSolver:
    solver = _library().CpSolver()
    solver.parameters.max_deterministic_time = EFFORT
    solver.parameters.num_workers = 1  # threads would race, and answer differently from one time to the next
    return solver


def _has_answer(status: object) -> bool:
    return status in (_library().OPTIMAL, _library().FEASIBLE)
