"""Which clock runs for a record, and when it stood still."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from grandunion.engines.flows import ACHIEVEMENT_FLOW, CONTRACT_FLOW, NEED_FLOW, Visit, running
from grandunion.terms.clocks import Clock, Interval

NOON = datetime(2026, 3, 2, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


def path(*states):
    return tuple(Visit(state, NOON + timedelta(days=day)) for day, state in enumerate(states))


def day(number):
    return NOON + timedelta(days=number)


def test_the_present_states_clock_runs_since_it_was_entered():
    found = running(NEED_FLOW, path("draft", "received", "triage"))
    assert (found.state, found.starts_at, found.pauses) == ("triage", day(2), ())
    assert found.clock == NEED_FLOW.state("triage").clock


def test_a_record_without_a_clock_has_none():
    assert running(NEED_FLOW, path("draft")) is None
    assert running(NEED_FLOW, ()) is None
    assert running(NEED_FLOW, path("draft", "received", "cancelled")) is None


def test_while_information_is_wanted_the_screening_clock_stands_still():
    found = running(ACHIEVEMENT_FLOW, path("draft", "submitted", "screening", "more_info"))
    assert (found.state, found.starts_at) == ("screening", day(2))
    assert found.pauses == (Interval(day(3)),)


def test_after_the_information_came_the_clock_goes_on():
    states = ("draft", "submitted", "screening", "more_info", "screening", "more_info", "screening")
    found = running(ACHIEVEMENT_FLOW, path(*states))
    assert found.starts_at == day(2)
    assert found.pauses == (Interval(day(3), day(4)), Interval(day(5), day(6)))


def test_a_clock_that_is_reset_begins_anew_on_the_day_of_the_correction():
    clock = {"working_days": 15, "on_correction": "reset", "pauses_in": ["correction"]}
    flow = CONTRACT_FLOW.with_preset({"submitted_for_registration": {"clock": clock}})
    states = ("draft", "signed", "submitted_for_registration", "correction", "submitted_for_registration")
    found = running(flow, path(*states))
    assert (found.starts_at, found.pauses) == (day(4), ())
    standing = running(flow, path(*states[:4]))
    assert (standing.starts_at, standing.pauses) == (day(2), (Interval(day(3)),))


def test_information_asked_for_before_screening_does_not_start_its_clock():
    assert running(ACHIEVEMENT_FLOW, path("draft", "submitted", "more_info")) is None
    found = running(ACHIEVEMENT_FLOW, path("draft", "submitted", "more_info", "screening"))
    assert (found.starts_at, found.pauses) == (day(3), ())


def test_a_second_visit_after_other_states_is_a_clock_of_its_own():
    found = running(NEED_FLOW, path("draft", "received", "triage", "dispatched", "triage"))
    assert found.starts_at == day(4)


def test_a_state_passed_through_in_no_time_is_no_pause():
    visits = (Visit("screening", day(0)), Visit("more_info", day(1)), Visit("screening", day(1)))
    assert running(ACHIEVEMENT_FLOW, visits).pauses == ()


def test_visits_out_of_order_are_a_mistake():
    with pytest.raises(ValueError, match="oldest first"):
        running(NEED_FLOW, tuple(reversed(path("draft", "received"))))


@pytest.mark.parametrize(
    "lengths", [{}, {"hours": 0}, {"working_days": 1, "hours": 1}, {"hours": 1, "on_correction": "stop"}]
)
def test_a_clock_has_one_length(lengths):
    with pytest.raises(ValueError, match="clock"):
        Clock(**lengths)


@pytest.mark.parametrize(
    ("clock", "en", "zh"),
    [
        (Clock(working_days=1), "1 working day", "1 个工作日"),
        (Clock(working_days=15), "15 working days", "15 个工作日"),
        (Clock(working_minutes=60), "60 working minutes", "60 分钟（工作时间）"),
        (Clock(hours=24), "24 hours", "24 小时"),
    ],
)
def test_a_clock_says_its_length(clock, en, zh):
    assert (clock.said().en, clock.said().zh) == (en, zh)
