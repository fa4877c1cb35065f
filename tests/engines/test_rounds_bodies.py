"""Who takes part in a round more than once never sits in two meetings at one time."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines.matching.rounds import (
    FORCED,
    ChangeKind,
    Meeting,
    RoundPlan,
    alternates,
    assign,
    repair,
    without,
)
from grandunion.engines.matching.rounds.exchange import member_rows, pair_rows, plan_of, slot_rows
from grandunion.engines.matching.rounds.reference import (
    best_key,
    best_repair_key,
    is_allowed,
    key_of,
    repair_key_of,
)
from grandunion.terms.rounds import Objective
from tests.engines.round_plans import member, pair, places_of, rounds, slots

BODIES = ("", "x", "x", "y")


def two_needs(times, **aim):
    """One company with two needs, and two experts, everybody free all the time."""
    return RoundPlan(
        (member("n1", 0, 2, body="ORG-1"), member("n2", 0, 2, body="ORG-1")),
        (member("e1", 0, 2), member("e2", 0, 2)),
        tuple(pair(a, b, "0.5") for a in ("n1", "n2") for b in ("e1", "e2")),
        slots(times),
        **aim,
    )


def most_at_once(plan, meetings):
    body = {one.key: one.body or one.key for one in (*plan.firsts, *plan.seconds)}
    sitting = Counter((who, one.slot) for one in meetings for who in {body[one.key_a], body[one.key_b]})
    return max(sitting.values(), default=0)


@settings(deadline=None, max_examples=40)
@given(rounds(times=(True,), bodies=BODIES))
def test_a_round_of_shared_bodies_is_as_good_as_trying_everything(plan):
    found = assign(plan)
    board, places = places_of(plan, found.meetings)
    assert is_allowed(board, places)
    assert most_at_once(plan, found.meetings) <= 1
    assert key_of(board, places) == best_key(plan)
    assert found.exact


@settings(deadline=None, max_examples=40)
@given(st.data(), rounds(aims=(Objective.TOTAL,), times=(True,), bodies=BODIES))
def test_a_repair_among_shared_bodies_changes_as_little_as_trying_everything(data, plan):
    before = assign(plan).meetings
    changed = without(plan, data.draw(st.sampled_from([one.key for one in (*plan.firsts, *plan.seconds)])))
    found = repair(changed, before)
    board, places = places_of(changed, found.assigned.meetings)
    assert is_allowed(board, places)
    assert repair_key_of(board, places, before) == best_repair_key(changed, before)


@settings(deadline=None, max_examples=30)
@given(rounds(aims=(Objective.TOTAL,), times=(True,), bodies=BODIES))
def test_no_alternate_brings_a_body_to_two_tables(plan):
    meetings = assign(plan).meetings
    for meeting, others in alternates(plan, meetings).items():
        for one in others:
            swapped = [one.meeting if held == meeting else held for held in meetings]
            assert is_allowed(*places_of(plan, swapped))
            assert most_at_once(plan, swapped) <= 1


@settings(deadline=None, max_examples=20)
@given(rounds(times=(False,), bodies=BODIES))
def test_without_times_a_body_changes_nothing(plan):
    alone = [tuple(replace(one, body="") for one in side) for side in (plan.firsts, plan.seconds)]
    assert assign(plan) == assign(replace(plan, firsts=alone[0], seconds=alone[1]))


def test_a_company_with_two_needs_sits_at_one_table_at_a_time():
    for aim in Objective:
        plan = two_needs(2, objective=aim)
        found = assign(plan)
        assert (len(found.meetings), most_at_once(plan, found.meetings), found.exact) == (2, 1, True)
    assert len(assign(two_needs(4)).meetings) == 4
    apart = replace(two_needs(2), firsts=(member("n1", 0, 2), member("n2", 0, 2)))
    assert len(assign(apart).meetings) == 4


def test_a_body_on_both_sides_sits_on_one_of_them_at_a_time():
    plan = RoundPlan(
        (member("need", body="ORG-1"), member("other")),
        (member("offer", body="ORG-1"), member("expert")),
        (pair("need", "expert", 1), pair("other", "offer", 1)),
        slots(1),
    )
    assert len(assign(plan).meetings) == 1
    assert len(assign(replace(plan, slots=slots(2))).meetings) == 2


def test_fixed_meetings_of_one_body_that_find_no_slots_are_named():
    plan = two_needs(1)
    plan = replace(plan, pairs=(pair("n1", "e1", 1, FORCED), pair("n2", "e2", 1, FORCED)))
    found = assign(plan)
    assert len(found.meetings) == 1
    assert [one.missing for one in found.unplaced][:1] == [1]


def test_a_published_round_with_a_body_at_two_tables_is_repaired_and_says_why():
    before = (Meeting("n1", "e1", "s0"), Meeting("n2", "e2", "s0"))
    found = repair(two_needs(2), before)
    assert most_at_once(two_needs(2), found.assigned.meetings) == 1
    (moved,) = [one for one in found.changes if one.kind is not ChangeKind.ADDED]
    assert moved.reason.en.endswith("sits at another table then.")
    assert moved.reason.zh.endswith("该时段已安排另一场会面。")


def test_bodies_go_out_and_come_in_with_the_tables():
    plan = two_needs(2)
    assert plan_of(member_rows(plan), slot_rows(plan), pair_rows(plan)) == plan
    rows = [{name: cell for name, cell in row.items() if name != "body"} for row in member_rows(plan)]
    assert {one.body for one in plan_of(rows, slot_rows(plan), pair_rows(plan)).firsts} == {""}
