"""The clocks of the desk, with pauses and corrections, against a slow clock that ticks minute by minute."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines.calendars import Run, WorkingCalendar, as_known, due
from grandunion.engines.calendars.reference import due_by_ticking
from grandunion.terms.clocks import Clock, Interval

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The National Day week of 2025: holidays from 1 to 8 October, with two working weekends.
HEFEI = WorkingCalendar(
    holidays=frozenset(date(2025, 10, number) for number in range(1, 9)),
    makeup_days=frozenset({date(2025, 9, 28), date(2025, 10, 11)}),
)
MINUTE = timedelta(minutes=1)
FIRST = datetime(2025, 9, 26, tzinfo=SHANGHAI)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def paused(start, end=None):
    return Interval(at(start), at(end) if end else None)


ANEW = {"on_correction": "reset"}


@pytest.mark.parametrize(
    ("clock", "pauses", "expected"),
    [
        # Asked on Friday at 10:00; the working weekend of 28 September counts, the week from 1 October does not.
        (Clock(working_days=3), (), "2025-09-30T18:00"),
        (Clock(working_days=3), (paused("2025-09-28T09:00", "2025-09-30T09:00"),), "2025-10-10T18:00"),
        (Clock(working_days=3, **ANEW), (paused("2025-09-28T09:00", "2025-09-28T10:00"),), "2025-10-09T18:00"),
        (Clock(working_days=3, **ANEW), (paused("2025-10-01T09:00", "2025-10-02T10:00"),), "2025-09-30T18:00"),
        (Clock(working_days=3), (paused("2025-09-29T09:00"),), None),
        (Clock(working_days=3, **ANEW), (paused("2025-09-29T09:00"),), None),
        (Clock(working_minutes=60, **ANEW), (paused("2025-09-26T10:30", "2025-09-26T11:00"),), "2025-09-26T12:00"),
        (Clock(hours=24, **ANEW), (paused("2025-09-26T09:00", "2025-09-26T12:00"),), "2025-09-27T12:00"),
        (Clock(hours=24, **ANEW), (paused("2025-09-25T09:00", "2025-09-26T09:00"),), "2025-09-27T10:00"),
    ],
)
def test_a_question_stops_the_clock_and_its_answer_lets_it_go_on_or_start_anew(clock, pauses, expected):
    found = due(Run(clock, at("2025-09-26T10:00")), pauses, HEFEI)
    assert found == (at(expected) if expected else None)


def test_a_deadline_is_counted_again_as_it_stood_at_any_moment():
    run, pauses = Run(Clock(working_days=2), at("2025-09-22T10:00")), [paused("2025-09-23T10:00", "2025-09-25T10:00")]
    stood = {
        "2025-09-23T09:59": "2025-09-24T18:00",
        "2025-09-23T10:00": None,
        "2025-09-25T09:59": None,
        "2025-09-25T10:00": "2025-09-26T18:00",
    }
    for moment, expected in stood.items():
        assert due(run, as_known(pauses, at(moment)), HEFEI) == (at(expected) if expected else None)


MOMENTS = st.integers(0, 18 * 24 * 60).map(lambda minutes: FIRST + minutes * MINUTE)
DAYS = st.frozensets(st.integers(0, 20).map(lambda n: (FIRST + timedelta(days=n)).date()), max_size=5)


@st.composite
def a_calendar(draw):
    opens, closes = sorted(draw(st.lists(st.integers(0, 23), min_size=2, max_size=2, unique=True)))
    holidays = draw(DAYS)
    return WorkingCalendar(
        opens=time(opens, draw(st.sampled_from((0, 30)))),
        closes=time(closes, 45),
        weekdays=draw(st.frozensets(st.integers(0, 6), min_size=2)),
        holidays=holidays,
        makeup_days=draw(DAYS) - holidays,
    )


@st.composite
def some_pauses(draw):
    """Questions as the desk asks them: one after another, the last one perhaps unanswered."""
    gaps = draw(st.lists(st.tuples(st.integers(0, 4000), st.integers(1, 3000)), max_size=3))
    moment, pauses = draw(MOMENTS), []
    for gap, length in gaps:
        start = moment + gap * MINUTE
        moment = start + length * MINUTE
        pauses.append(Interval(start, moment))
    if pauses and draw(st.booleans()):
        pauses[-1] = Interval(pauses[-1].starts_at)
    return pauses


CORRECTIONS = st.sampled_from(("continue", "reset"))
CLOCKS = st.one_of(
    st.builds(lambda n, then: Clock(working_minutes=n, on_correction=then), st.integers(1, 2000), CORRECTIONS),
    st.builds(lambda n, then: Clock(working_days=n, on_correction=then), st.integers(1, 5), CORRECTIONS),
    st.builds(lambda n, then: Clock(hours=n, on_correction=then), st.integers(1, 120), CORRECTIONS),
)


@settings(max_examples=60, deadline=None)
@given(a_calendar(), MOMENTS, CLOCKS, some_pauses())
def test_deadlines_are_those_of_the_ticking_clock(calendar, start, clock, pauses):
    run, until = Run(clock, start), start + timedelta(days=9)
    found = due(run, pauses, calendar)
    expected = due_by_ticking(run, pauses, calendar, until)
    assert expected == (found if found is not None and found <= until else None)


@settings(max_examples=60, deadline=None)
@given(a_calendar(), MOMENTS, CLOCKS, some_pauses(), MOMENTS)
def test_what_was_known_earlier_is_what_the_ticking_clock_said_earlier(calendar, start, clock, pauses, moment):
    """A deadline that had passed by a moment is not moved by what happened after it."""
    run = Run(clock, start)
    then = due(run, as_known(pauses, moment), calendar)
    if then is not None and then <= moment:
        assert due(run, pauses, calendar) == then
