"""Chooses the way to assign a round: a flow where one says it all, colouring for the slots, else the solver."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from grandunion.engines.matching.rounds.board import SIDES, Board
from grandunion.engines.matching.rounds.colouring import coloured
from grandunion.engines.matching.rounds.fairness import chosen_fairly, is_bottleneck, worst_limit
from grandunion.engines.matching.rounds.flowing import Wish, chosen_by_flow
from grandunion.engines.matching.rounds.solving import Layer, Model, Place, Reached, model_of, solved, timetabled
from grandunion.terms.rounds import Objective


@dataclass(frozen=True, slots=True)
class Choice:
    """The meetings of a round by pair and slot, with the proved limits of total and worst (ten-thousandths)."""

    places: frozenset[Place]
    bound: int
    worst_bound: int
    exact: bool


def choice_of(board: Board) -> Choice:
    """The best meetings by the aim of the round: the best pairs first, then slots for them if there are any.

    Where the best pairs find no timetable, pairs and slots are chosen together.
    """
    if board.plan.slots and not board.slots:
        return Choice(frozenset(), 0, 0, exact=True)
    pairs = _pairs(board)
    if not board.slots:
        return pairs
    chosen = mask_of(board, (pair for pair, _ in pairs.places))
    places = _coloured(board, chosen) if board.is_plain else timetabled(board, chosen)
    if places is not None:
        return Choice(frozenset(places), pairs.bound, pairs.worst_bound, pairs.exact)
    return _by_solver(board, has_times=True, relaxed=pairs)


def are_forced_within(board: Board) -> bool:
    """Whether all forced pairs can be held together, as loads and slots go."""
    forced = board.is_forced
    return (
        not np.any(forced & ~board.is_open)
        and int(forced.sum()) <= board.places
        and all(bool((board.loads(side, forced) <= board.high[side]).all()) for side in SIDES)
    )


def mask_of(board: Board, pairs: Iterable[int]) -> np.ndarray:
    """A choice of pairs as a mask over all pairs."""
    chosen = np.zeros(len(board.order), bool)
    chosen[list(pairs)] = True
    return chosen


def forced_layers(made: Model) -> list[Layer]:
    """Hold every forced pair: the first layer of every aim."""
    forced = [x for pair in map(int, np.flatnonzero(made.board.is_forced)) for x in made.by_pair.get(pair, ())]
    return [Layer("forced", sum(forced))] if forced else []


def load_layers(made: Model) -> list[Layer]:
    """Come as near to all minimum loads as possible."""
    met = []
    for side in SIDES:
        for member in map(int, np.flatnonzero(made.board.low[side])):
            enough = made.model.new_int_var(0, int(made.board.low[side][member]), f"met{side}.{member}")
            made.model.add(enough <= made.load(side, member))
            met.append(enough)
    return [Layer("loads", sum(met))] if met else []


def _pairs(board: Board) -> Choice:
    """The best pairs as if nobody were ever in two places at once: the limit of what slots allow."""
    if not are_forced_within(board):
        return _by_solver(board, has_times=False)
    if board.plan.objective is Objective.TOTAL:
        chosen = chosen_by_flow(board, Wish(board.worth, board.is_open))
    elif is_bottleneck(board):
        chosen = chosen_fairly(board)
    else:
        return _by_solver(board, has_times=False)
    places = frozenset((int(pair), None) for pair in np.flatnonzero(chosen))
    return Choice(places, int(board.worth[chosen].sum()), board.worst(chosen), exact=True)


def _coloured(board: Board, chosen: np.ndarray) -> set[Place]:
    pairs = [int(pair) for pair in np.flatnonzero(chosen)]
    edges = [(int(board.ends[0][pair]), int(board.ends[1][pair])) for pair in pairs]
    slot = coloured(edges, len(board.slots), board.slots[0].tables)
    return {(pair, slot[edge]) for pair, edge in zip(pairs, edges, strict=True)}


def _by_solver(board: Board, *, has_times: bool, relaxed: Choice | None = None) -> Choice:
    made = model_of(board, has_times=has_times)
    layers = [*forced_layers(made), *load_layers(made)]
    if board.plan.objective is Objective.WORST_OFF:
        layers += _fair_layers(made)
    layers.append(Layer("total", made.worth()))
    hint = first_fit(board, mask_of(board, (pair for pair, _ in relaxed.places))) if relaxed else ()
    places, reached = solved(made, layers, hint)
    return _judged(board, places, dict(zip([layer.name for layer in layers], reached, strict=True)), relaxed)


def _judged(board: Board, places: set[Place], reached: dict[str, Reached], relaxed: Choice | None) -> Choice:
    """What the solver found with what it proved; the limits of the pairs alone hold too where loads are equal."""
    chosen = mask_of(board, (pair for pair, _ in places))
    total, worst = int(board.worth[chosen].sum()), board.worst(chosen)
    bound = reached["total"].bound
    worst_bound = min(reached["worst"].bound, worst_limit(board)) if "worst" in reached else worst
    if relaxed is not None and _standing(board, places) == _standing(board, relaxed.places):
        worst_bound = min(worst_bound, relaxed.worst_bound)
        if board.plan.objective is Objective.TOTAL or worst == relaxed.worst_bound:
            bound = min(bound, relaxed.bound)
    is_proved = all(one.is_proved for name, one in reached.items() if name not in ("total", "worst"))
    exact = is_proved and total >= bound and worst >= worst_bound
    return Choice(frozenset(places), max(bound, total), max(worst_bound, worst), exact)


def _standing(board: Board, places: Iterable[Place]) -> tuple[int, ...]:
    chosen = mask_of(board, (pair for pair, _ in places))
    covered = board.covered(chosen) if board.plan.objective is Objective.WORST_OFF else 0
    return int(board.is_forced[chosen].sum()), board.shortfall(chosen), covered


def _fair_layers(made: Model) -> list[Layer]:
    """How many have anything, what the worst-off among them gets, then the total is left to the caller."""
    board, has_any, gets = made.board, [], []
    top = int(board.worth.sum())
    worst = made.model.new_int_var(0, top, "worst")
    for side in board.fair_sides:
        for member in sorted(made.by_member[side]):
            one = made.model.new_bool_var(f"has{side}.{member}")
            made.model.add(one <= made.load(side, member))
            pairs = board.pairs_of(side, member)
            most = int(np.sort(board.worth[pairs])[::-1][: board.high[side][member]].sum())
            gets.append((made.worth(pairs), one, most))
            has_any.append(one)
    limit = max((most for *_, most in gets), default=0)
    made.model.add(worst <= limit)
    for sum_of, one, _ in gets:
        made.model.add(worst <= sum_of + limit * (1 - one))
    return [Layer("covered", sum(has_any)), Layer("worst", worst)] if gets else []


def first_fit(board: Board, chosen: np.ndarray) -> set[Place]:
    """These pairs in the first slots that are free, the dearest first; those that find none are left out."""
    pairs = [int(pair) for pair in np.flatnonzero(chosen)]
    busy: set[tuple[int, int]] = set()
    sizes = [0] * len(board.slots)
    places: set[Place] = set()
    for pair in sorted(pairs, key=lambda one: (not board.is_forced[one], -board.worth[one], one)):
        ends = [(side, int(board.ends[side][pair])) for side in SIDES]
        for slot, one in enumerate(board.slots):
            is_full = one.tables is not None and sizes[slot] >= one.tables
            sitting = {(body, slot) for body in board.bodies(pair)}
            if not is_full and sitting.isdisjoint(busy) and all(board.free[side][n][slot] for side, n in ends):
                places.add((pair, slot))
                busy |= sitting
                sizes[slot] += 1
                break
    return places
