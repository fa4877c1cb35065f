"""Assigns a whole round: the meetings, how good they are, how much may be missing, and who is left out and why."""

from decimal import Decimal

from grandunion.engines.matching.rounds.board import Board, board_of, decimal
from grandunion.engines.matching.rounds.choosing import Choice, choice_of, mask_of
from grandunion.engines.matching.rounds.pieces import Assigned, RoundPlan
from grandunion.engines.matching.rounds.reasons import unplaced
from grandunion.terms.rounds import Objective

FOUR = Decimal("0.0001")


def assign(plan: RoundPlan) -> Assigned:
    """The best assignment of a round by its aim.

    In this order: every forced pair; as few meetings as possible below the minimum loads; then the greatest
    total or, for `Objective.WORST_OFF`, as many as possible on the side looked at with any meeting, the greatest
    sum for the worst-off of them, the greatest total. Exact without times and wherever everybody is free in
    all slots; otherwise `gap` and `exact` say what is proved. The same plan has the same answer, in whatever
    order its parts are listed. Raises Invalid where the plan contradicts itself, with every fault named.
    """
    board = board_of(plan)
    return answer(board, choice_of(board))


def answer(board: Board, choice: Choice) -> Assigned:
    """A choice as the round's answer, in the order of slots and keys."""
    chosen = mask_of(board, (pair for pair, _ in choice.places))
    total, worst = int(board.worth[chosen].sum()), board.worst(chosen)
    reached, bound = (total, choice.bound) if board.plan.objective is Objective.TOTAL else (worst, choice.worst_bound)
    if reached == bound:  # the fairest is reached; what may still be missing is missing in the total
        reached, bound = total, choice.bound
    gap = (Decimal(bound - reached) / bound).quantize(FOUR) if bound else Decimal(0)
    order = sorted(choice.places, key=lambda place: (-1 if place[1] is None else place[1], place[0]))
    return Assigned(
        tuple(board.meeting(*place) for place in order),
        decimal(total),
        decimal(worst),
        decimal(choice.bound),
        decimal(choice.worst_bound),
        gap,
        choice.exact,
        unplaced(board, chosen),
    )
