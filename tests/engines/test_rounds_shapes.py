"""A round is handed out as timetables and goes in and out as rows of a spreadsheet."""

from decimal import Decimal

import pytest
from hypothesis import given, settings

from grandunion.engines.matching.rounds import Doing, RoundPlan, assign, days, sittings
from grandunion.engines.matching.rounds.exchange import (
    meeting_rows,
    meetings_of,
    member_rows,
    pair_rows,
    plan_of,
    slot_rows,
)
from grandunion.terms.verdicts import Invalid
from tests.engines.round_plans import member, pair, rounds, slots


@settings(deadline=None, max_examples=24)
@given(rounds())
def test_every_meeting_stands_once_in_the_sittings_and_in_both_days(plan):
    meetings = assign(plan).meetings
    seated = [one.meeting for sitting in sittings(plan, meetings) for one in sitting.seatings]
    assert sorted(seated) == sorted(meetings)
    met = [line for one in days(plan, meetings) for line in one.lines if line.doing is Doing.MEETS]
    assert len(met) == 2 * len(meetings)
    for sitting in sittings(plan, meetings):
        tables = [one.table for one in sitting.seatings]
        assert tables == list(range(1, len(tables) + 1))


def test_a_day_says_whom_one_meets_where_one_is_idle_and_when_one_is_away():
    plan = RoundPlan(
        (member("a", 0, 1, ["s0"]),), (member("b"), member("c")), (pair("a", "b", 1), pair("a", "c", "0.5")), slots(3)
    )
    (first, *_) = days(plan, assign(plan).meetings)
    assert sorted(line.doing for line in first.lines) == ["away", "idle", "meets"]
    assert next(line for line in first.lines if line.doing is Doing.MEETS).partner.key == "b"


def test_a_company_keeps_its_table_through_the_day():
    plan = RoundPlan(
        tuple(member(f"a{n}", 3, 3) for n in range(3)),
        tuple(member(f"b{n}", 0, 3) for n in range(3)),
        tuple(pair(f"a{i}", f"b{j}", 1) for i in range(3) for j in range(3)),
        slots(3),
    )
    held = [(one.first.key, one.table) for slot in sittings(plan, assign(plan).meetings) for one in slot.seatings]
    assert len(set(held)) == 3


@settings(deadline=None, max_examples=24)
@given(rounds())
def test_a_round_written_to_rows_reads_back_as_the_same_round(plan):
    again = plan_of(member_rows(plan), slot_rows(plan), pair_rows(plan), objective=plan.objective, fair_to=plan.fair_to)
    assert again == plan
    meetings = assign(plan).meetings
    rows = list(meeting_rows(plan, meetings))
    assert sorted(meetings_of(rows)) == sorted(meetings)
    assert sum(Decimal(row["value"]) for row in rows) == sum(one.value for one in meetings)


def test_rows_that_cannot_be_read_are_named_by_table_column_and_row():
    with pytest.raises(Invalid) as refused:
        plan_of(
            [{"side": "a", "key": "x", "name_zh": "甲"}, {"side": "left", "key": "y"}, {"side": "b"}],
            [{"key": "s", "tables": "many"}],
            [{"key_a": "x", "key_b": "y", "value": "1.5"}, {"key_a": "x", "key_b": "y", "value": "nan"}],
        )
    where = {(one.field, one.row) for one in refused.value.problems}
    assert where == {
        ("members.side", 2), ("members.key", 3), ("slots.tables", 1), ("pairs.value", 1), ("pairs.value", 2)
    }  # fmt: skip


def test_a_name_in_one_language_serves_for_both():
    plan = plan_of([{"side": "a", "key": "x", "name_zh": "甲公司"}], [], [])
    assert (plan.firsts[0].name.en, plan.firsts[0].max_load) == ("甲公司", 1)
