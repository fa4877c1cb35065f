"""Working time, due moments and overlaps, against a slow clock that ticks minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines.calendars import WorkingCalendar, first_overlap, overlaps
from grandunion.terms.clocks import Clock, Interval
from grandunion.terms.periods import Period

SHANGHAI = ZoneInfo("Asia/Shanghai")
# The National Day week of 2025: holidays from 1 to 8 October, with two working weekends.
HEFEI = WorkingCalendar(
    holidays=frozenset(date(2025, 10, number) for number in range(1, 9)),
    makeup_days=frozenset({date(2025, 9, 28), date(2025, 10, 11)}),
)


def at(text, zone=SHANGHAI):
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [
        ("2025-09-26T08:29:59", False),
        ("2025-09-26T08:30:00", True),
        ("2025-09-26T17:59:59", True),
        ("2025-09-26T18:00:00", False),
        ("2025-09-27T12:00:00", False),
        ("2025-09-28T12:00:00", True),
        ("2025-10-01T12:00:00", False),
        ("2025-10-11T12:00:00", True),
    ],
)
def test_the_hub_is_open_in_its_hours_on_working_days_and_make_up_days(moment, is_open):
    assert HEFEI.is_working(at(moment)) is is_open


def test_the_same_moment_is_judged_alike_in_every_zone():
    assert HEFEI.is_working(datetime(2025, 9, 26, 0, 30, tzinfo=UTC))
    assert not HEFEI.is_working(datetime(2025, 9, 26, 10, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("start", "minutes", "expected"),
    [
        ("2025-09-26T10:00", 60, "2025-09-26T11:00"),
        ("2025-09-26T17:00", 60, "2025-09-26T18:00"),
        ("2025-09-26T17:00", 61, "2025-09-28T08:31"),
        ("2025-09-27T03:00", 1, "2025-09-28T08:31"),
        ("2025-09-30T17:30", 60, "2025-10-09T09:00"),
        ("2025-09-27T03:00", 0, "2025-09-27T03:00"),
    ],
)
def test_minutes_run_only_while_the_hub_is_open(start, minutes, expected):
    assert HEFEI.add(at(start), working_minutes=minutes) == at(expected)


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        ("2025-09-25T10:00", 1, "2025-09-26T18:00"),
        ("2025-09-26T10:00", 1, "2025-09-28T18:00"),
        ("2025-09-26T23:59", 1, "2025-09-28T18:00"),
        ("2025-09-27T10:00", 1, "2025-09-28T18:00"),
        ("2025-09-30T10:00", 1, "2025-10-09T18:00"),
        ("2025-09-30T10:00", 3, "2025-10-11T18:00"),
        ("2025-09-30T10:00", 4, "2025-10-13T18:00"),
        ("2025-09-30T10:00", 0, "2025-09-30T10:00"),
    ],
)
def test_the_first_day_does_not_count_and_the_last_ends_at_closing_time(start, days, expected):
    assert HEFEI.add(at(start), working_days=days) == at(expected)


def test_working_time_is_exact_and_its_minutes_are_whole():
    start, end = at("2025-09-26T17:59:30"), at("2025-09-28T08:30:45")
    assert HEFEI.working_time(start, end) == timedelta(seconds=75)
    assert HEFEI.between(start, end) == 1
    assert HEFEI.between(end, start) == 0


def test_a_zone_that_changes_its_clocks_is_counted_in_time_that_passed():
    night = WorkingCalendar(opens=time(1), closes=time(4), weekdays=frozenset({6}), zone="Europe/Paris")
    paris = ZoneInfo("Europe/Paris")
    spring, autumn = at("2026-03-29T00:00", paris), at("2026-10-25T00:00", paris)
    assert night.between(spring, spring + timedelta(days=1)) == 120
    assert night.between(autumn, autumn + timedelta(days=1)) == 240


@pytest.mark.parametrize(
    ("clock", "pauses", "expected"),
    [
        (Clock(working_days=2), (), "2025-09-24T18:00"),
        (Clock(working_days=2), (("2025-09-23T10:00", "2025-09-23T15:00"),), "2025-09-24T18:00"),
        (Clock(working_days=2), (("2025-09-23T10:00", "2025-09-25T10:00"),), "2025-09-26T18:00"),
        (Clock(working_days=2), (("2025-09-23T18:00", "2025-09-24T09:00"),), "2025-09-24T18:00"),
        (Clock(working_days=2), (("2025-09-25T09:00", None),), "2025-09-24T18:00"),
        (Clock(working_days=2), (("2025-09-24T09:00", None),), None),
        (Clock(working_minutes=60), (("2025-09-22T10:30", "2025-09-22T11:30"),), "2025-09-22T12:00"),
        (Clock(working_minutes=60), (("2025-09-22T11:00", None),), "2025-09-22T11:00"),
        (Clock(working_minutes=60), (("2025-09-22T10:59", None),), None),
        (Clock(hours=24), (), "2025-09-23T10:00"),
        (
            Clock(hours=24),
            (("2025-09-22T12:00", "2025-09-22T13:00"), ("2025-09-22T12:30", "2025-09-22T14:00")),
            "2025-09-23T12:00",
        ),
        (Clock(hours=24), (("2025-09-22T09:00", None),), None),
    ],
)
def test_a_clock_stands_still_during_pauses(clock, pauses, expected):
    stops = [Interval(at(start), at(end) if end else None) for start, end in pauses]
    found = HEFEI.due(at("2025-09-22T10:00"), clock, stops)
    assert found == (at(expected) if expected else None)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: WorkingCalendar(opens=time(18), closes=time(8)), "closes after"),
        (lambda: WorkingCalendar(weekdays=frozenset()), "some day"),
        (lambda: WorkingCalendar(weekdays=frozenset({7})), "numbered"),
        (
            lambda: WorkingCalendar(holidays=frozenset({date(2025, 1, 1)}), makeup_days=frozenset({date(2025, 1, 1)})),
            "either",
        ),
        (lambda: HEFEI.add(at("2025-09-26T10:00")), "minutes or working days"),
        (lambda: HEFEI.add(at("2025-09-26T10:00"), working_days=1, working_minutes=1), "minutes or working days"),
        (lambda: HEFEI.add(at("2025-09-26T10:00"), working_days=-1), "below zero"),
        (lambda: HEFEI.is_working(datetime(2025, 9, 26)), "time zone"),  # noqa: DTZ001 - the mistake is meant
        (lambda: HEFEI.between(at("2025-09-26T10:00"), datetime(2025, 9, 27)), "time zone"),  # noqa: DTZ001
        (
            lambda: WorkingCalendar(weekdays=frozenset(), makeup_days=frozenset({date(2025, 9, 28)})).add(
                at("2025-09-28T10:00"), working_days=1
            ),
            "often enough",
        ),
        (lambda: Interval(at("2025-09-26T10:00"), at("2025-09-26T10:00")), "ends after"),
        (lambda: Interval(datetime(2025, 9, 26)), "time zone"),  # noqa: DTZ001
    ],
)
def test_a_mistake_is_said_and_not_guessed_at(make, words):
    with pytest.raises(ValueError, match=words):
        make()


# The slow reference: it ticks through every minute, and knows nothing of shifts, merging or days.

MONDAY = datetime(2025, 9, 29, tzinfo=SHANGHAI)
TICK = timedelta(minutes=1)


def ticks(calendar, start, stops):
    """For each minute that begins at or after `start`: when it ends, and whether it counts."""
    moment = start
    while True:
        is_running = not any(stop.holds(moment) for stop in stops)
        yield moment + TICK, is_running and calendar.is_working(moment), is_running
        moment += TICK


def slow_due(calendar, start, clock, stops, limit):
    left = clock.working_minutes or (clock.hours or 0) * 60 or clock.working_days
    first = start.astimezone(SHANGHAI).date()
    for ended, is_worked, is_running in ticks(calendar, start, stops):
        if ended > limit:
            return None
        if clock.working_days:
            local = ended.astimezone(SHANGHAI)
            left -= is_worked and local.time() == calendar.closes and local.date() > first
        else:
            left -= is_worked if clock.working_minutes else is_running
        if left == 0:
            return ended
    return None


MOMENTS = st.integers(0, 4 * 24 * 60).map(lambda minutes: MONDAY + minutes * TICK)
DAYS = st.frozensets(st.integers(0, 13).map(lambda n: (MONDAY + timedelta(days=n)).date()), max_size=3)


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


PAUSES = st.lists(
    st.builds(
        lambda start, length: Interval(start, start + length * TICK if length else None),
        MOMENTS,
        st.one_of(st.integers(1, 2000), st.integers(1, 300), st.none()),
    ),
    max_size=3,
)
CLOCKS = st.one_of(
    st.builds(lambda n: Clock(working_minutes=n), st.integers(1, 900)),
    st.builds(lambda n: Clock(working_days=n), st.integers(1, 3)),
    st.builds(lambda n: Clock(hours=n), st.integers(1, 60)),
)


@settings(max_examples=60, deadline=None)
@given(a_calendar(), MOMENTS, CLOCKS, PAUSES)
def test_due_moments_are_those_of_the_ticking_clock(calendar, start, clock, pauses):
    limit = start + timedelta(days=6)
    expected = slow_due(calendar, start, clock, pauses, limit)
    found = calendar.due(start, clock, pauses)
    assert expected == (found if found is not None and found <= limit else None)


@settings(max_examples=40, deadline=None)
@given(a_calendar(), MOMENTS, st.integers(0, 3000))
def test_working_minutes_are_those_of_the_ticking_clock(calendar, start, length):
    end = start + length * TICK
    slow = sum(calendar.is_working(start + minute * TICK) for minute in range(length))
    assert calendar.between(start, end) == slow


@settings(max_examples=100, deadline=None)
@given(a_calendar(), MOMENTS, st.integers(0, 3000), st.integers(0, 3000))
def test_working_time_adds_up_and_is_undone_by_adding_it_again(calendar, start, first, second):
    middle, end = start + first * TICK, start + (first + second) * TICK
    whole = calendar.working_time(start, end)
    assert whole == calendar.working_time(start, middle) + calendar.working_time(middle, end)
    minutes = calendar.between(start, end)
    assert calendar.between(start, calendar.add(start, working_minutes=minutes)) == minutes
    assert calendar.add(start, working_minutes=minutes) <= end or minutes == 0


SPANS = st.lists(
    st.builds(
        lambda start, length: Period(
            date(2026, 1, 1) + timedelta(days=start),
            date(2026, 1, 1) + timedelta(days=start + length) if length else None,
        ),
        st.integers(0, 60),
        st.one_of(st.integers(1, 20), st.none()),
    ),
    max_size=6,
)


def test_leases_that_only_touch_do_not_overlap():
    first = Period(date(2026, 1, 1), date(2026, 7, 1))
    second = Period(date(2026, 7, 1))
    assert not overlaps(first, second)
    assert first_overlap([second, first]) is None
    assert first_overlap([second, Period(date(2026, 6, 30), date(2026, 7, 2)), first]) is not None


def test_intervals_of_moments_overlap_across_zones():
    first = Interval(at("2026-01-01T08:00"), at("2026-01-01T09:00"))
    assert overlaps(first, Interval(datetime(2026, 1, 1, 0, 30, tzinfo=UTC)))
    assert not overlaps(first, Interval(datetime(2026, 1, 1, 1, 0, tzinfo=UTC)))


@settings(max_examples=200, deadline=None)
@given(SPANS)
def test_the_first_overlap_is_found_exactly_when_some_pair_overlaps(spans):
    days = [(span, days_of(span)) for span in spans]
    pairs = [(a, b) for (a, of_a), (b, of_b) in combinations(days, 2) if of_a & of_b]
    found = first_overlap(spans)
    assert (found is None) == (not pairs)
    if found:
        assert overlaps(*found)
        assert found[1].starts_on == min(max(a.starts_on, b.starts_on) for a, b in pairs)


FIRST_DAYS = [date(2026, 1, 1) + timedelta(days=number) for number in range(90)]


def days_of(span):
    return {day for day in FIRST_DAYS if span.holds(day)}
