"""The slow obvious way to judge a move and to find what can be reached: the referee of `table` and `checking`."""

from collections.abc import Collection

from grandunion.engines.flows.pieces import Facts, Move, is_filled
from grandunion.engines.flows.table import Flow
from grandunion.terms.roles import Part


def is_allowed(flow: Flow, source: str, to: str, facts: Facts, parts: Collection[Part]) -> bool:
    """Whether `flow.may_move` has to say yes: reads the whole table from top to bottom, step by step."""
    if any(move.code == to and source in move.sources for move in flow.moves):
        candidates = [move for move in flow.moves if move.code == to]
    else:
        candidates = [move for move in flow.moves if _leads(flow, move, facts) == to]
    return any(_is_open(flow, move, source, facts, parts) for move in candidates)


def _leads(flow: Flow, move: Move, facts: Facts) -> object:
    return facts.get(move.returns_to) if move.returns_to else move.target


def _is_open(flow: Flow, move: Move, source: str, facts: Facts, parts: Collection[Part]) -> bool:
    if source not in move.sources or not any(part in move.parts for part in parts):
        return False
    target = _leads(flow, move, facts)
    if not _may_enter(flow, move, target):
        return False
    for state in flow.states:
        if state.code == target and not all(is_filled(facts.get(name)) for name in state.requires):
            return False
    if move.needs_reason and not is_filled(facts.get("reason")):
        return False
    return all(guard.holds(facts) for guard in move.guards)


def _may_enter(flow: Flow, move: Move, target: object) -> bool:
    if move.returns_to:
        entries = [m for m in flow.moves if not m.returns_to and m.target in move.sources]
        return any(target in entry.sources for entry in entries)
    return not any(s.is_retired or s.is_off for s in flow.states if s.code == target)


def reachable(flow: Flow, source: str) -> frozenset[str]:
    """What `flow.reachable` has to find: goes on adding neighbours until nothing changes."""
    found = {source}
    while True:
        more = {state.code for state in flow.states if any(_joins(flow, code, state.code) for code in found)}
        if more <= found:
            return frozenset(found)
        found |= more


def _joins(flow: Flow, source: str, target: str) -> bool:
    for move in flow.moves:
        if source not in move.sources or flow.state(target).is_closed:
            continue
        if not move.returns_to and move.target == target:
            return True
        if move.returns_to:
            for entry in flow.moves:
                if not entry.returns_to and entry.target in move.sources and target in entry.sources:
                    return True
    return False
