"""Whether a flow's table makes sense: nothing unreachable, nobody stranded, every name known."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from grandunion.engines.flows.pieces import REASON, Fact, Move, State
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem


def edges(states: tuple[State, ...], moves: tuple[Move, ...]) -> frozenset[tuple[str, str]]:
    """Every (from, to) into a state still in use; a returning move leads back to wherever one came from."""
    closed = {state.code for state in states if state.is_closed}
    entries = {(source, move.target) for move in moves if not move.returns_to for source in move.sources}
    back = {(held, origin) for move in moves for held in move.sources for origin in origins(move, moves)}
    return frozenset((a, b) for a, b in entries | back if b not in closed)


def origins(returning: Move, moves: tuple[Move, ...]) -> frozenset[str]:
    """Where a returning move can lead back to: every state from which one comes to where it starts."""
    if not returning.returns_to:
        return frozenset()
    return frozenset(
        source for move in moves if not move.returns_to and move.target in returning.sources for source in move.sources
    )


def reachable(starts: Iterable[str], ways: frozenset[tuple[str, str]]) -> frozenset[str]:
    """The starts and every code one can get to from them along the ways."""
    onward: dict[str, list[str]] = {}
    for a, b in ways:
        onward.setdefault(a, []).append(b)
    found, edge = set(starts), list(starts)
    while edge:
        fresh = [code for code in onward.get(edge.pop(), ()) if code not in found]
        found.update(fresh)
        edge.extend(fresh)
    return frozenset(found)


def problems(
    initial: str, states: tuple[State, ...], moves: tuple[Move, ...], facts: tuple[Fact, ...]
) -> tuple[Problem, ...]:
    """Everything wrong with the table, each with where it is and what to write instead."""
    unknown = tuple(_unknown_codes(initial, states, moves))
    if unknown:
        return unknown
    return (
        *_doubles([state.code for state in states], [move.code for move in moves]),
        *_unreachable(initial, states, moves),
        *_stranded(states, moves),
        *_unknown_facts(states, moves, facts),
    )


def _unknown_codes(initial: str, states: tuple[State, ...], moves: tuple[Move, ...]) -> Iterator[Problem]:
    known = {state.code for state in states}
    if initial not in known:
        yield _problem(
            "initial",
            f"It starts in “{initial}”, which is not one of its states.",
            f"初始状态“{initial}”不在状态表中。",
        )
    for move in moves:
        named = set(move.sources) | ({move.target} if not move.returns_to else set())
        for code in sorted(named - known):
            yield _problem(
                f"move {move.code}",
                f"It names the state “{code}”, which is not in the table.",
                f"引用了状态表中不存在的状态“{code}”。",
            )
    for state in states:
        for code in sorted(set(state.clock.pauses_in) - known if state.clock else ()):
            yield _problem(
                f"state {state.code}",
                f"Its clock pauses in “{code}”, which is not in the table.",
                f"时限在状态表中不存在的状态“{code}”暂停。",
            )


def _doubles(states: list[str], moves: list[str]) -> Iterator[Problem]:
    codes = states + moves
    for code in sorted({code for code in codes if codes.count(code) > 1}):
        yield _problem(
            code,
            f"The code “{code}” stands for two things: give one of them another code.",
            f"代码“{code}”重复使用，请更换其一。",
        )


def _unreachable(initial: str, states: tuple[State, ...], moves: tuple[Move, ...]) -> Iterator[Problem]:
    lean = tuple(replace(state, is_off=state.is_off or state.is_optional) for state in states)
    full_reach, lean_reach = (reachable([initial], edges(some, moves)) for some in (states, lean))
    for state in states:
        if state.code not in full_reach and not state.is_closed:
            yield _problem(
                f"state {state.code}",
                "No way leads here: add a move, or retire the state.",
                "没有任何操作可进入该状态：请补充操作或停用该状态。",
            )
        elif state.code not in lean_reach and not state.is_closed and not state.is_optional:
            yield _problem(
                f"state {state.code}",
                "Only optional states lead here: add a way round.",
                "只能经由可选状态进入：请补充绕行路径。",
            )


def _stranded(states: tuple[State, ...], moves: tuple[Move, ...]) -> Iterator[Problem]:
    ends = {state.code for state in states if state.is_final}
    for state in states:
        if not state.is_final and not reachable([state.code], edges(states, moves)) & ends:
            yield _problem(
                f"state {state.code}",
                "A record here can never come to an end: add a move out.",
                "处于该状态的记录无法办结：请补充离开该状态的操作。",
            )


def _unknown_facts(states: tuple[State, ...], moves: tuple[Move, ...], facts: tuple[Fact, ...]) -> Iterator[Problem]:
    known = {fact.name for fact in facts} | {REASON.name}
    used = {f"state {state.code}": set(state.requires) for state in states}
    for move in moves:
        read = {name for guard in move.guards for name in guard.reads}
        used[f"move {move.code}"] = read | set(move.asks) | ({move.returns_to} - {""})
    for place, names in used.items():
        for name in sorted(names - known):
            yield _problem(
                place,
                f"It uses the fact “{name}”, which the flow does not list.",
                f"使用了流程未列出的事实“{name}”。",
            )
    for name in sorted(known - {REASON.name} - set().union(*used.values())):
        yield _problem(
            f"fact {name}",
            "Nothing in the table uses this fact: remove it.",
            "表中没有任何地方使用该事实：请删除。",
        )


def _problem(place: str, en: str, zh: str) -> Problem:
    return Problem(place, Text(en, zh))
