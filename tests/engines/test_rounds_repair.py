"""A published round is repaired with as few changes as possible, and says what changed and why."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines.matching.rounds import (
    ChangeKind,
    RoundPlan,
    alternates,
    assign,
    not_free_in,
    refused,
    repair,
    set_down,
    with_tables,
    without,
    without_slot,
)
from grandunion.engines.matching.rounds.reference import best_repair_key, is_allowed, repair_key_of
from grandunion.terms.rounds import Objective
from grandunion.terms.text import Text
from tests.engines.round_plans import member, pair, places_of, rounds, slots

NO = Text("They compete.", "双方存在竞争。")


@st.composite
def broken(draw):
    """A round as published, and the plan after something happened to it."""
    plan = draw(rounds(aims=(Objective.TOTAL,), forced=False))
    keys = [one.key for one in (*plan.firsts, *plan.seconds)]
    choices = [without(plan, draw(st.sampled_from(keys)))]
    if plan.slots:
        slot = draw(st.sampled_from(plan.slots)).key
        choices += [not_free_in(plan, draw(st.sampled_from(keys)), [slot]), without_slot(plan, slot)]
        choices.append(with_tables(plan, slot, 1))
    if plan.pairs:
        one = draw(st.sampled_from(plan.pairs))
        choices.append(refused(plan, one.key_a, one.key_b, NO))
        ends = [member for member in (*plan.firsts, *plan.seconds) if member.key in (one.key_a, one.key_b)]
        if one.constraint == 0 and all(end.max_load for end in ends):
            choices.append(set_down(plan, one.key_a, one.key_b))
    return plan, draw(st.sampled_from(choices))


@settings(deadline=None, max_examples=50)
@given(broken())
def test_no_repair_changes_fewer_meetings_or_loses_less(case):
    plan, changed = case
    before = assign(plan).meetings
    found = repair(changed, before)
    board, places = places_of(changed, found.assigned.meetings)
    assert is_allowed(board, places)
    assert repair_key_of(board, places, before) == best_repair_key(changed, before)
    assert found.assigned.exact
    assert found.kept == len(set(before) & set(found.assigned.meetings))
    gone = {change.before for change in found.changes if change.before}
    come = {change.after for change in found.changes if change.after}
    assert (set(before) - gone) | come == set(found.assigned.meetings)


@settings(deadline=None, max_examples=30)
@given(rounds(aims=(Objective.TOTAL,)))
def test_a_round_to_which_nothing_happened_stays_as_it_is(plan):
    before = assign(plan)
    found = repair(plan, before.meetings)
    assert found.assigned.meetings == before.meetings
    assert found.changes == ()


def test_a_meeting_that_is_worth_nothing_does_not_come_in_for_nothing():
    plan = RoundPlan(
        (member("a1", 0, 1), member("a2", 0, 1)), (member("b1", 0, 2),), (pair("a1", "b1", 0), pair("a2", "b1", "0.05"))
    )
    held = assign(plan).meetings
    assert [one.key_a for one in held] == ["a2"]
    assert repair(plan, held).changes == ()
    wanted = replace(plan, firsts=(member("a1", 1, 1), member("a2", 0, 1)))
    assert [change.after.key_a for change in repair(wanted, held).changes] == ["a1"]


def day():
    """Two companies and three investors, two slots."""
    return RoundPlan(
        (member("a1", 0, 2), member("a2", 0, 2)),
        (member("b1", 0, 2), member("b2", 0, 2), member("b3", 0, 2)),
        tuple(
            pair(a, b, value)
            for a, b, value in (
                ("a1", "b1", "0.9"), ("a1", "b2", "0.8"), ("a1", "b3", "0.3"),
                ("a2", "b1", "0.7"), ("a2", "b2", "0.6"), ("a2", "b3", "0.5"),
            )
        ),
        slots(2),
    )  # fmt: skip


def test_when_an_investor_leaves_only_its_meetings_change_and_the_next_best_come_in():
    before = assign(day()).meetings
    found = repair(without(day(), "b1"), before)
    dropped = [change for change in found.changes if change.kind is ChangeKind.DROPPED]
    added = [change for change in found.changes if change.kind is ChangeKind.ADDED]
    assert {change.before.key_b for change in dropped} == {"b1"}
    assert {change.reason.en for change in dropped} == {"Company b1 no longer takes part."}
    assert {change.reason.zh for change in dropped} == {"企业b1不再参加。"}
    assert {(change.after.key_a, change.after.key_b) for change in added} == {("a1", "b3"), ("a2", "b3")}
    assert found.kept == len(before) - len(dropped)


def test_who_comes_late_is_moved_and_told_why():
    plan = replace(day(), firsts=(member("a1", 0, 1), member("a2", 0, 0)))
    before = assign(plan).meetings
    found = repair(not_free_in(plan, "a1", [before[0].slot]), before)
    assert [change.kind for change in found.changes] == [ChangeKind.MOVED]
    assert (found.changes[0].after.key_b, found.kept) == (before[0].key_b, 0)
    assert "Company a1 is not free at" in found.changes[0].reason.en


def test_a_refused_pair_and_a_lost_slot_say_so():
    before = assign(day()).meetings
    found = repair(refused(day(), before[0].key_a, before[0].key_b, NO), before)
    assert found.changes[0].reason == NO
    lost = repair(without_slot(day(), "s0"), before)
    assert {change.reason.zh for change in lost.changes if change.before} == {"时段9 时已取消。"}


def test_a_round_that_lost_all_its_slots_has_no_meetings_left():
    before = assign(day()).meetings
    found = repair(without_slot(without_slot(day(), "s0"), "s1"), before)
    assert found.assigned.meetings == ()
    assert len(found.changes) == len(before)


@settings(deadline=None, max_examples=30)
@given(rounds(aims=(Objective.TOTAL,)))
def test_every_alternate_fits_in_the_place_of_its_meeting_and_no_better_one_is_passed_over(plan):
    meetings = assign(plan).meetings
    for meeting, others in alternates(plan, meetings).items():
        values = [one.meeting.value for one in others]
        assert values == sorted(values, reverse=True)
        for one in others:
            swapped = [one.meeting if held == meeting else held for held in meetings]
            assert is_allowed(*places_of(plan, swapped))
            assert one.instead_of in (meeting.key_a, meeting.key_b)


def test_the_alternates_of_a_meeting_are_the_next_best_pairs_with_a_place_left():
    plan = RoundPlan(
        (member("a1"),),
        (member("b1"), member("b2"), member("b3", 0, 0)),
        (pair("a1", "b1", "0.9"), pair("a1", "b2", "0.4"), pair("a1", "b3", "0.8")),
    )
    meetings = assign(plan).meetings
    (others,) = alternates(plan, meetings).values()
    assert [(one.meeting.key_b, one.meeting.value, one.instead_of) for one in others] == [
        ("b2", Decimal("0.4000"), "b1")
    ]
