"""The fast flow against its slow obvious reference, on random tables, facts and presets."""

from itertools import permutations
from math import lcm

from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines.flows import ALL_FLOWS, Fact, Flow, Guard, Move, State, reference
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

CODES = ("a", "b", "c", "d", "e")
NAMES = ("x", "y", "reason")
VALUES = (None, "", "filled", 0, *CODES)
PARTS = (Part.OFFICER, Part.OWNER, Part.SYSTEM)
SAID = Text("Said", "话")


def taken(of: tuple, least: int, most: int) -> list[tuple]:
    """All that can be taken out of a few things, in any order, every number of them as often as another.

    What is drawn from it costs one draw instead of one for each thing.
    """
    by_number = [list(permutations(of, number)) for number in range(least, most + 1)]
    times = lcm(*map(len, by_number))
    return [some for same in by_number for some in same * (times // len(same))]


def guard(name: str, value: object) -> Guard:
    return Guard("g", SAID, lambda facts: facts.get(name) == value, (name,))


STATE = st.sampled_from([
    dict(requires=requires, is_final=is_final, is_retired=is_retired, is_off=is_off)
    for requires in taken(NAMES, 0, 2)
    for is_final in (False, True)
    for is_retired in (False, False, True)
    for is_off in (False, False, True)
])  # fmt: skip
GUARDS = [guard(name, value) for name in NAMES for value in VALUES]
MOVE = st.tuples(
    st.sampled_from(taken(CODES, 1, 3)),
    st.sampled_from(CODES),
    st.sampled_from(taken(PARTS, 1, 3)).map(frozenset),
    st.lists(st.sampled_from(GUARDS), max_size=2),
    st.sampled_from(taken(("x", "y"), 0, 2)),
    st.booleans(),
    st.sampled_from(("", "", "", "x")),
)


@st.composite
def a_flow(draw):
    states = tuple(State(code, SAID, SAID, **draw(STATE)) for code in CODES)
    moves = tuple(
        Move(f"m{number}", SAID, sources, target, parts, tuple(guards), asks, reasoned, back)
        for number, (sources, target, parts, guards, asks, reasoned, back) in enumerate(
            draw(st.lists(MOVE, min_size=1, max_size=7))
        )
    )
    return Flow("random", SAID, "RND", "a", states, moves, tuple(Fact(name, SAID) for name in ("x", "y")))


FACTS = st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES))
SOME_PARTS = st.sampled_from(taken(PARTS, 0, 3)).map(frozenset)


@settings(max_examples=150, deadline=None)
@given(a_flow(), FACTS, SOME_PARTS)
def test_the_table_allows_exactly_what_the_reference_allows(flow, facts, parts):
    for source in CODES:
        for to in (*CODES, *(move.code for move in flow.moves)):
            verdict = flow.may_move(source, to, facts, parts)
            assert bool(verdict) == reference.is_allowed(flow, source, to, facts, parts)
            assert bool(verdict) or (verdict.reason.en and verdict.reason.zh)


@settings(max_examples=80, deadline=None)
@given(a_flow())
def test_reachable_states_are_those_of_the_reference(flow):
    for source in CODES:
        assert flow.reachable(source) == reference.reachable(flow, source)


@settings(max_examples=80, deadline=None)
@given(a_flow(), FACTS, SOME_PARTS)
def test_offers_hold_every_allowed_move_and_only_moves_of_these_parts(flow, facts, parts):
    for source in CODES:
        offers = {move.code: verdict for move, verdict in flow.offers(source, facts, parts)}
        for move in flow.moves_from(source):
            assert (move.code in offers) == bool(move.parts & parts)
            if flow.may_move(source, move.code, facts, parts):
                assert offers[move.code]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(ALL_FLOWS)), st.data())
def test_the_houses_own_tables_agree_with_the_reference(code, data):
    flow = ALL_FLOWS[code]
    names = [fact.name for fact in flow.facts] + ["reason"]
    values = st.sampled_from((None, True, False, 0, 1, 100, "start_up", "listed", "filled", "growing"))
    facts = data.draw(st.fixed_dictionaries({name: values for name in names}))
    parts = data.draw(st.frozensets(st.sampled_from(list(Part))))
    source = data.draw(st.sampled_from([state.code for state in flow.states]))
    for to in [state.code for state in flow.states] + [move.code for move in flow.moves]:
        expected = reference.is_allowed(flow, source, to, facts, parts)
        assert bool(flow.may_move(source, to, facts, parts)) == expected
