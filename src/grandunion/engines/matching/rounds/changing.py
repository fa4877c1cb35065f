"""What happens to a round after it is published, each as a new plan: somebody leaves, comes late, a slot is lost."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from grandunion.engines.matching.rounds.pieces import FORBIDDEN, FORCED, OPEN, Member, Pair, RoundPlan
from grandunion.terms.text import Text


def without(plan: RoundPlan, key: str) -> RoundPlan:
    """The round when a member no longer takes part; pairs forced with it are forced no more."""
    changed = _with_member(plan, key, lambda one: replace(one, min_load=0, max_load=0))
    pairs = (
        replace(pair, constraint=OPEN) if pair.constraint == FORCED and key in (pair.key_a, pair.key_b) else pair
        for pair in changed.pairs
    )
    return replace(changed, pairs=tuple(pairs))


def not_free_in(plan: RoundPlan, key: str, slots: Iterable[str]) -> RoundPlan:
    """The round when a member cannot come in these slots besides: arrives late, leaves early."""
    slots = frozenset(slots)
    return _with_member(plan, key, lambda one: replace(one, not_free=one.not_free | slots))


def without_slot(plan: RoundPlan, key: str) -> RoundPlan:
    """The round when a slot is lost."""
    return with_tables(plan, key, 0)


def with_tables(plan: RoundPlan, key: str, tables: int | None) -> RoundPlan:
    """The round when a slot has another number of tables."""
    return replace(plan, slots=tuple(replace(one, tables=tables) if one.key == key else one for one in plan.slots))


def refused(plan: RoundPlan, key_a: str, key_b: str, reason: Text) -> RoundPlan:
    """The round when one of the two does not want to meet the other."""
    return _with_pair(plan, Pair(key_a, key_b, Decimal(0), FORBIDDEN, reason))


def set_down(plan: RoundPlan, key_a: str, key_b: str) -> RoundPlan:
    """The round when the two have to meet."""
    return _with_pair(plan, Pair(key_a, key_b, Decimal(0), FORCED))


def _with_member(plan: RoundPlan, key: str, change) -> RoundPlan:
    def changed(members: tuple[Member, ...]) -> tuple[Member, ...]:
        return tuple(change(one) if one.key == key else one for one in members)

    return replace(plan, firsts=changed(plan.firsts), seconds=changed(plan.seconds))


def _with_pair(plan: RoundPlan, wanted: Pair) -> RoundPlan:
    """A pair that is listed keeps its value."""
    keys = (wanted.key_a, wanted.key_b)
    if any((pair.key_a, pair.key_b) == keys for pair in plan.pairs):
        pairs = tuple(
            replace(pair, constraint=wanted.constraint, reason=wanted.reason)
            if (pair.key_a, pair.key_b) == keys
            else pair
            for pair in plan.pairs
        )
        return replace(plan, pairs=pairs)
    return replace(plan, pairs=(*plan.pairs, wanted))
