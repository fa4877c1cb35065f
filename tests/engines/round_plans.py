"""Small rounds of every kind for the tests of the matching engine."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from grandunion.engines.matching.rounds import FORBIDDEN, FORCED, Member, Pair, RoundPlan, Slot
from grandunion.engines.matching.rounds.board import board_of
from grandunion.terms.rounds import FairTo, Objective
from grandunion.terms.text import Text

CONFLICT = Text("Conflict of interest.", "存在利益冲突。")


def member(key, least=0, most=1, not_free=(), body=""):
    return Member(key, Text(f"Company {key}", f"企业{key}"), least, most, frozenset(not_free), body)


def slots(number, tables=None):
    return tuple(Slot(f"s{n}", Text(f"{9 + n}:00", f"{9 + n} 时"), tables) for n in range(number))


def pair(a, b, value, constraint=0):
    return Pair(a, b, Decimal(str(value)), constraint, CONFLICT if constraint == FORBIDDEN else None)


@st.composite
def rounds(draw, aims=(Objective.TOTAL, Objective.WORST_OFF), times=(False, True), forced=True, bodies=("",)):
    """Small rounds of every kind: loads, constraints, hours that do not fit, slots of different sizes, bodies."""
    times = tuple(
        Slot(f"s{n}", Text(f"{n}:00", f"{n} 时"), draw(st.sampled_from([None, 0, 1, 2])))
        for n in range(draw(st.integers(1, 3)) if draw(st.sampled_from(times)) else 0)
    )
    sides = []
    for letter in "ab":
        side = []
        for n in range(draw(st.integers(1, 3))):
            least = draw(st.integers(0, 1))
            busy = draw(st.frozensets(st.sampled_from([slot.key for slot in times]), max_size=1)) if times else ()
            side.append(member(f"{letter}{n}", least, draw(st.integers(least, 3)), busy, draw(st.sampled_from(bodies))))
        sides.append(tuple(side))
    ends = [(a.key, b.key) for a in sides[0] for b in sides[1]]
    listed = draw(st.lists(st.sampled_from(ends), max_size=6, unique=True))
    kinds = st.sampled_from([-1, 0, 0, 0, *([1] if forced else [])])
    pairs = tuple(pair(a, b, draw(st.integers(0, 20)) / 20, draw(kinds)) for a, b in listed)
    return _bounded(RoundPlan(*sides, pairs, times, draw(st.sampled_from(aims)), draw(st.sampled_from(list(FairTo)))))


def _bounded(plan):
    """Forced pairs only as far as the most loads go."""
    left = {one.key: one.max_load for one in (*plan.firsts, *plan.seconds)}
    pairs = []
    for one in plan.pairs:
        if one.constraint == FORCED and min(left[one.key_a], left[one.key_b]) < 1:
            pairs.append(replace(one, constraint=0))
            continue
        if one.constraint == FORCED:
            left[one.key_a] -= 1
            left[one.key_b] -= 1
        pairs.append(one)
    return replace(plan, pairs=tuple(pairs))


def places_of(plan, meetings):
    board = board_of(plan)
    when = {slot.key: n for n, slot in enumerate(board.slots)}
    return board, tuple((board.pair_number[m.key_a, m.key_b], when.get(m.slot)) for m in meetings)
