"""What a change would do to the meetings of a round, before anybody accepts it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from grandunion.engines.matching.rounds import (
    FORBIDDEN,
    Meeting,
    Member,
    Repaired,
    RoundPlan,
    not_free_in,
    refused,
    repair,
    without,
    without_slot,
)
from grandunion.records.matches import Appointment, Participant, Round
from grandunion.terms.matches import Side
from grandunion.terms.rounds import AppointmentState, Disturbance
from grandunion.terms.text import Text
from grandunion.work.queries.matches.rounds import key_of, round_plan

DESK = Text("Ruled by the desk.", "服务台已作调整。")
OVER = (AppointmentState.HELD, AppointmentState.MISSED)


@dataclass(frozen=True, slots=True)
class Disturbed:
    """What happens to a round: to whom, with whom, at which times, and why."""

    kind: Disturbance
    participant: Participant | None = None
    other: Participant | None = None
    slots: tuple[str, ...] = ()
    reason: str = ""


def foreseen(round_: Round, what: Disturbed) -> tuple[RoundPlan, Repaired]:
    """The round as it would be, and what would change; nothing is written."""
    rows = meeting_rows_of(round_)
    plan = disturbed(round_plan(round_), what)
    return plan, repair(without_past(plan, rows), planned(rows))


def repaired_now(round_: Round) -> tuple[Repaired, dict[Meeting, Appointment]]:
    """The repair of the round as it stands in its tables, and the meetings that are still planned."""
    rows = meeting_rows_of(round_)
    now = planned(rows)
    return repair(without_past(round_plan(round_), rows), now), now


def meeting_rows_of(round_: Round) -> list[Appointment]:
    """All meetings of a round that were not called off."""
    rows = Appointment.objects.unscoped("the meetings of a round that is repaired by whoever runs it")
    return list(rows.filter(round=round_).exclude(state=AppointmentState.CANCELLED).order_by("pk"))


def planned(rows: Iterable[Appointment]) -> dict[Meeting, Appointment]:
    """The meetings that may still be moved, as the engine knows them."""
    return {
        Meeting(key_of(row.needing_id), key_of(row.offering_id), row.slot or None): row
        for row in rows if row.state == AppointmentState.PLANNED
    }  # fmt: skip


def disturbed(plan: RoundPlan, what: Disturbed) -> RoundPlan:
    """The plan with what happens; where it is not said to whom or when, nothing changes."""
    if what.kind is Disturbance.SLOT_LOST:
        for code in what.slots:
            plan = without_slot(plan, code)
        return plan
    if what.participant is None:
        return plan
    key = key_of(what.participant)
    if what.kind is Disturbance.CANCELS:
        return without(plan, key)
    if what.kind is Disturbance.AWAY:
        return not_free_in(plan, key, what.slots)
    if what.other is None:
        return plan
    first, second = (key, key_of(what.other))
    if what.participant.side == Side.OFFERING:
        first, second = second, first
    return refused(plan, first, second, Text(what.reason, what.reason) if what.reason else DESK)


def without_past(plan: RoundPlan, rows: Iterable[Appointment]) -> RoundPlan:
    """The plan without what is over: its pairs do not meet again, and both sides and the table were busy then.

    Who takes part more than once was busy for all of it.
    """
    past = [row for row in rows if row.state in OVER]
    if not past:
        return plan
    pairs = {(key_of(row.needing_id), key_of(row.offering_id)) for row in past}
    ends = [(key_of(pk), row.slot) for row in past for pk in (row.needing_id, row.offering_id)]
    loads, tables = Counter(key for key, _ in ends), Counter(row.slot for row in past)
    body = {one.key: one.body or one.key for one in (*plan.firsts, *plan.seconds)}

    def left(one: Member) -> Member:
        most = max(one.max_load - loads[one.key], 0)
        busy = frozenset(slot for key, slot in ends if body.get(key) == body[one.key] and slot)
        least = min(max(one.min_load - loads[one.key], 0), most)
        return replace(one, min_load=least, max_load=most, not_free=one.not_free | busy)

    return replace(
        plan,
        firsts=tuple(map(left, plan.firsts)),
        seconds=tuple(map(left, plan.seconds)),
        pairs=tuple(
            replace(one, constraint=FORBIDDEN, reason=None) if (one.key_a, one.key_b) in pairs else one
            for one in plan.pairs
        ),
        slots=tuple(
            one if one.tables is None else replace(one, tables=max(one.tables - tables[one.key], 0))
            for one in plan.slots
        ),
    )
