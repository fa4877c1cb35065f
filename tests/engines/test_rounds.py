"""Whole rounds are assigned as well as possible, within everybody's loads, and say who is left out and why."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines.matching.rounds import (
    FORBIDDEN,
    FORCED,
    RoundPlan,
    assign,
)
from grandunion.engines.matching.rounds.reference import best_key, is_allowed, key_of
from grandunion.terms.rounds import Objective
from grandunion.terms.verdicts import Invalid
from tests.engines.round_plans import member, pair, places_of, rounds, slots


@settings(deadline=None, max_examples=30)
@given(rounds(times=(False,)))
def test_a_round_without_times_is_as_good_as_trying_everything(plan):
    agree(plan)


@settings(deadline=None, max_examples=30)
@given(rounds(times=(True,)))
def test_a_round_with_slots_is_as_good_as_trying_everything(plan):
    agree(plan)


def agree(plan):
    found = assign(plan)
    board, places = places_of(plan, found.meetings)
    assert is_allowed(board, places)
    assert all(board.constraint[number] != FORBIDDEN for number, _ in places)
    assert key_of(board, places) == best_key(plan)
    assert found.exact
    assert found.gap == 0
    assert found.total == sum((m.value for m in found.meetings), Decimal(0))
    missing = sum(one.missing for one in found.unplaced)
    key = key_of(board, places)
    assert missing == -key[1] + sum(one.constraint == FORCED for one in plan.pairs) - key[0]
    assert all(one.reason.en and one.reason.zh for one in found.unplaced)


@settings(deadline=None, max_examples=24)
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_changes_nothing(plan, chance):
    def mixed(things):
        return tuple(chance.sample(things, len(things)))

    again = replace(plan, firsts=mixed(plan.firsts), seconds=mixed(plan.seconds), pairs=mixed(plan.pairs))
    assert assign(again) == assign(plan)


@settings(deadline=None, max_examples=24)
@given(rounds(aims=(Objective.TOTAL,)))
def test_the_fair_round_is_never_worse_for_the_worst_off_nor_better_in_total(plan):
    whole, fair = assign(plan), assign(replace(plan, objective=Objective.WORST_OFF))
    if whole.is_complete and fair.is_complete and len(whole.unplaced) == len(fair.unplaced) == 0:
        assert fair.worst >= whole.worst
        assert fair.total <= whole.total


@settings(deadline=None, max_examples=30)
@given(st.integers(2, 9), st.integers(2, 9), st.integers(1, 6), st.integers(1, 5))
def test_everybody_free_means_a_timetable_for_any_degree_up_to_the_slots(firsts, seconds, times, tables):
    plan = RoundPlan(
        tuple(member(f"a{n}", 0, times) for n in range(firsts)),
        tuple(member(f"b{n}", 0, times) for n in range(seconds)),
        tuple(pair(f"a{i}", f"b{j}", "0.5") for i in range(firsts) for j in range(seconds)),
        slots(times, tables),
    )
    found = assign(plan)
    board, places = places_of(plan, found.meetings)
    assert is_allowed(board, places)
    assert found.exact
    assert len(places) == min(firsts * min(times, seconds), seconds * min(times, firsts), times * tables)


def test_the_best_whole_may_leave_one_with_little_and_fairness_gives_it_more():
    plan = RoundPlan(
        (member("a1"), member("a2")),
        (member("b1"), member("b2")),
        (pair("a1", "b1", 1), pair("a1", "b2", "0.6"), pair("a2", "b1", "0.5"), pair("a2", "b2", "0.05")),
    )
    whole, fair = assign(replace(plan, pairs=plan.pairs)), assign(replace(plan, objective=Objective.WORST_OFF))
    assert (whole.total, whole.worst) == (Decimal("1.1000"), Decimal("0.5000"))
    assert (fair.total, fair.worst) == (Decimal("1.1000"), Decimal("0.5000"))
    plan = replace(plan, pairs=(*plan.pairs[:2], pair("a2", "b1", "0.3"), pair("a2", "b2", "0.1")))
    whole, fair = assign(plan), assign(replace(plan, objective=Objective.WORST_OFF))
    assert (whole.total, whole.worst) == (Decimal("1.1000"), Decimal("0.1000"))
    assert (fair.total, fair.worst) == (Decimal("0.9000"), Decimal("0.3000"))


def reasons(plan):
    return {one.key: one.reason for one in assign(plan).unplaced if one.missing}


def test_who_has_too_few_partners_hears_which_ones_are_excluded_and_why():
    plan = RoundPlan(
        (member("a", 2, 3),),
        (member("b"), member("c"), member("d")),
        (pair("a", "b", 1), pair("a", "c", 1, FORBIDDEN), pair("a", "d", 1, FORBIDDEN)),
    )
    said = reasons(plan)["a"]
    assert said.en == ("Company a needs 2, but only 1 of 3 partners are possible: Conflict of interest (2).")
    assert said.zh == "企业a至少需要 2 场，但 3 个候选对象中仅 1 个可行：存在利益冲突（2）。"


def test_those_who_compete_for_the_same_partner_are_named_together():
    plan = RoundPlan(
        (member("a1", 1), member("a2", 1), member("a3")),
        (member("b1"), member("b2")),
        (pair("a1", "b1", "0.9"), pair("a2", "b1", "0.8"), pair("a3", "b2", "0.8")),
    )
    said = reasons(plan)["a2"]
    assert said.en.startswith("Company a1, Company a2 need 2 meetings together, but Company b1, whom they may meet")
    assert "企业a1、企业a2合计至少需要 2 场" in said.zh


def test_who_is_not_free_often_enough_is_asked_for_more_time():
    plan = RoundPlan(
        (member("a", 2, 2, ["s0"]),),
        (member("b"), member("c")),
        (pair("a", "b", 1), pair("a", "c", 1)),
        slots(2),
    )
    assert reasons(plan)["a"].en == "Company a is free in 1 of 2 slots and needs 2: ask for more time."


def test_a_forced_pair_without_a_common_slot_is_named():
    plan = RoundPlan((member("a", 0, 1, ["s0"]),), (member("b", 0, 1, ["s1"]),), (pair("a", "b", 1, FORCED),), slots(2))
    found = assign(plan)
    assert not found.is_complete
    assert "Company a and Company b are set down to meet" in found.unplaced[0].reason.en


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (RoundPlan((member("a"), member("a")), (), ()), "a is there twice"),
        (RoundPlan((member("a"),), (member("a"),), ()), "a is there twice"),
        (RoundPlan((member("a", 2, 1),), (), ()), "least number of meetings"),
        (RoundPlan((member("a", 0, 1, ["s9"]),), (), (), slots(1)), "no slot s9"),
        (RoundPlan((member("a"),), (member("b"),), (pair("a", "x", 1),)), "not in the round"),
        (RoundPlan((member("a"),), (member("b"),), (pair("a", "b", 2),)), "between 0 and 1"),
        (RoundPlan((member("a"),), (member("b"),), (pair("a", "b", 1), pair("a", "b", 1))), "stand in the list twice"),
        (
            RoundPlan((member("a"),), (member("b"), member("c")), (pair("a", "b", 1, 1), pair("a", "c", 1, 1))),
            "2 fixed meetings but takes 1",
        ),
    ],
)
def test_a_round_that_contradicts_itself_is_refused_with_every_fault_named(plan, said):
    with pytest.raises(Invalid) as refused:
        assign(plan)
    assert any(said in problem.text.en for problem in refused.value.problems)


def test_a_round_of_nobody_has_no_meetings():
    found = assign(RoundPlan((), (), ()))
    assert (found.meetings, found.exact, found.gap) == ((), True, 0)
