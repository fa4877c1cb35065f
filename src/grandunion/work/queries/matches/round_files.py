"""A round as tables for a spreadsheet: participants by their numbers, slots, pairs and meetings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from grandunion.engines.matching.rounds import Meeting, RoundPlan
from grandunion.engines.matching.rounds.exchange import (
    MEETING_COLUMNS,
    MEMBER_COLUMNS,
    PAIR_COLUMNS,
    SLOT_COLUMNS,
    meeting_rows,
    member_rows,
    pair_rows,
    slot_rows,
)
from grandunion.records.matches import Round
from grandunion.work.queries.matches.round_page import RoundPage
from grandunion.work.queries.matches.rounds import pairings, participants, plan_from

NOTHING = Decimal(0)
COLUMNS: Mapping[str, Sequence[str]] = {
    "members": MEMBER_COLUMNS, "slots": SLOT_COLUMNS, "pairs": PAIR_COLUMNS, "meetings": MEETING_COLUMNS,
}  # fmt: skip
Tables = dict[str, tuple[Sequence[str], list[dict[str, str]]]]


def tables_of(found: RoundPage) -> Tables:
    """The tables of a stored round, in which everybody goes by the number of the record they bring."""
    numbers = {str(seat.row.pk): seat.brought.number for seat in found.seats if not seat.is_out}
    plan = _renamed(found.plan, numbers)
    worth = {(one.needing_id, one.offering_id): one.value for one in found.pairs}
    met = []
    for one in found.meetings:
        ends = one.needing_id, one.offering_id
        keys = [numbers.get(str(pk)) for pk in ends]
        if all(keys):
            met.append(Meeting(*keys, one.slot or None, worth.get(ends, NOTHING)))
    return tables_from(plan, met)


def stored_plan(round_: Round) -> RoundPlan:
    """The plan of a stored round in which everybody goes by the number of the record they bring."""
    rows = [one for one in participants(round_) if one.cancelled_at is None]
    brought = {str(one.pk): one.need or one.offer or one.achievement or one.organisation or one.person for one in rows}
    numbers = {key: one.number for key, one in brought.items()}
    return _renamed(plan_from(round_, participants(round_), pairings(round_)), numbers)


def tables_from(plan: RoundPlan, meetings: Sequence[Meeting]) -> Tables:
    """The tables of any plan with its meetings."""
    rows = {
        "members": member_rows(plan), "slots": slot_rows(plan), "pairs": pair_rows(plan),
        "meetings": meeting_rows(plan, meetings),
    }  # fmt: skip
    return {name: (COLUMNS[name], list(some)) for name, some in rows.items()}


def _renamed(plan: RoundPlan, numbers: Mapping[str, str]) -> RoundPlan:
    firsts, seconds = (
        tuple(replace(one, key=numbers[one.key]) for one in side if one.key in numbers)
        for side in (plan.firsts, plan.seconds)
    )
    pairs = tuple(
        replace(one, key_a=numbers[one.key_a], key_b=numbers[one.key_b])
        for one in plan.pairs if one.key_a in numbers and one.key_b in numbers
    )  # fmt: skip
    return replace(plan, firsts=firsts, seconds=seconds, pairs=pairs)
