"""What is foreseen follows from the pipeline's own past, agrees with a simulation, and says when it cannot know."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from grandunion.engines.indicators import Coming, Journey, Question, chances, coming, pace, project, trend
from grandunion.terms.plans import Operator
from grandunion.terms.targets import ProjectionMethod

GOAL, START, TODAY = frozenset({"landed"}), date(2024, 1, 1), date(2026, 1, 1)
CHAIN = {"found": ("tested", 0.8, 6), "tested": ("landed", 0.5, 10)}  # onward to, share, mean weeks


def world(seed: int, weekly: float = 2.0, until: date = TODAY) -> list[Journey]:
    """Journeys through a known pipeline: found, tested, landed, or lost on the way."""
    dice, found, day = Random(seed), [], START  # noqa: S311 - a world made up for the test
    while day < until:
        day += timedelta(days=max(1, round(dice.expovariate(weekly) * 7)))
        visits, state, at = [("found", day)], "found", day
        while state in CHAIN:
            onward, share, weeks = CHAIN[state]
            at += timedelta(days=max(1, round(dice.expovariate(1 / weeks) * 7)))
            state = onward if dice.random() < share else "lost"
            visits.append((state, at))
        found.append(Journey(tuple(visit for visit in visits if visit[1] <= until)))
    return [journey for journey in found if journey.visits]


def question(until: date, now: float = 0, target: float | None = None) -> Question:
    return Question(now, TODAY, TODAY, until, Operator.AT_LEAST.value if target is not None else "", target)


def test_the_rates_of_a_known_pipeline_are_found_again() -> None:
    known = pace(world(1), GOAL, TODAY)
    shares = dict(known.onward["found"])
    assert shares["tested"] == pytest.approx(0.8, abs=0.08)
    assert dict(known.onward["tested"])["landed"] == pytest.approx(0.5, abs=0.12)
    assert known.arrivals["found"] == pytest.approx(2, abs=0.4)


def test_the_span_holds_four_times_in_five_what_then_came() -> None:
    later, held = TODAY + timedelta(days=182), 0
    worlds = 60
    for seed in range(worlds):
        whole = world(seed, until=later)
        came = sum(1 for journey in whole for state, day in journey.visits if state in GOAL and TODAY < day <= later)
        expected, _ = coming(whole, GOAL, as_of=TODAY, since=TODAY, until=later)
        held += expected.quantile(0.1) <= came <= expected.quantile(0.9)
    assert 0.7 <= held / worlds <= 0.97


def test_what_comes_after_the_day_is_not_looked_at() -> None:
    whole = world(3, until=TODAY + timedelta(days=300))
    past = [Journey(tuple(visit for visit in one.visits if visit[1] <= TODAY)) for one in whole]
    asked = question(TODAY + timedelta(days=90))
    assert project(whole, GOAL, asked) == project([one for one in past if one.visits], GOAL, asked)


def test_the_closed_form_agrees_with_a_simulation_of_the_same_rates() -> None:
    known, weeks = pace(world(5), GOAL, TODAY), 26
    expected = chances(known, GOAL, weeks)[weeks]["found"][0]
    dice, reached, runs = Random(7), 0, 4000  # noqa: S311 - a world made up for the test
    for _ in range(runs):
        state, waited = "found", 0
        for _ in range(weeks):
            if state not in known.onward or state in GOAL:
                break
            if dice.random() < known.hazards[state][min(waited, 32)]:
                ways = known.onward[state]
                state, waited = dice.choices([way for way, _ in ways], [share for _, share in ways])[0], 0
            else:
                waited += 1
        reached += state in GOAL
    assert expected == pytest.approx(reached / runs, abs=0.025)


def test_a_longer_way_brings_more_and_a_wider_span() -> None:
    found = [project(world(2), GOAL, question(TODAY + timedelta(days=days))) for days in (30, 90, 180, 360)]
    assert all(one.middle < other.middle for one, other in pairwise(found))
    assert all(one.high - one.low <= other.high - other.low for one, other in pairwise(found))


def test_the_chance_of_a_target_falls_with_the_target() -> None:
    day = TODAY + timedelta(days=180)
    chance = [project(world(2), GOAL, question(day, 5, target)).chance for target in (5, 15, 25, 60)]
    assert chance[0] == pytest.approx(1)
    assert chance == sorted(chance, reverse=True)
    assert chance[-1] < 0.05


def test_a_later_period_counts_only_what_comes_in_it() -> None:
    begins, ends = TODAY + timedelta(days=90), TODAY + timedelta(days=180)
    both, _ = coming(world(4), GOAL, as_of=TODAY, since=TODAY, until=ends)
    first, _ = coming(world(4), GOAL, as_of=TODAY, since=TODAY, until=begins)
    second, _ = coming(world(4), GOAL, as_of=TODAY, since=begins, until=ends)
    assert second.mean == pytest.approx(both.mean - first.mean)


def test_too_little_data_is_an_answer_that_says_what_it_takes() -> None:
    found = project(world(1)[:12], GOAL, question(TODAY + timedelta(days=90)))
    assert found.method is ProjectionMethod.UNKNOWN
    assert not found.is_known
    assert "it takes 10 in 26 weeks" in found.why.en
    assert "10 条" in found.why.zh
    assert project([], GOAL, question(TODAY)).method is ProjectionMethod.UNKNOWN


def test_the_method_is_tried_on_the_past_before_it_is_believed() -> None:
    trials = project(world(6), GOAL, question(TODAY + timedelta(days=90))).trials
    assert trials.tried == 6
    assert trials.held >= 4
    assert trials.error is not None and trials.error < 8  # noqa: PT018 - an error that is none is none too small


@pytest.mark.parametrize(
    ("changes", "is_known"), [([1, 2, 1], False), ([0] * 12, False), ([3, 1, 2, 4, 2, 3, 2, 1], True)]
)
def test_a_trend_wants_half_a_year_that_moved(changes: list[float], is_known: bool) -> None:
    found = trend(changes, question(TODAY + timedelta(days=60), now=10))
    assert found.is_known is is_known
    assert is_known or found.why.zh


def test_a_trend_goes_on_as_the_months_went() -> None:
    found = trend([2, 3] * 6, question(TODAY + timedelta(days=61), now=100))
    assert found.middle == pytest.approx(105, abs=0.5)
    assert found.low < found.middle < found.high
    assert found.trials.held == found.trials.tried > 0


@given(mean=some.floats(0, 400), more=some.floats(0, 3000))
@settings(max_examples=60, deadline=None)
def test_a_span_is_in_order_and_its_weights_are_whole(mean: float, more: float) -> None:
    expected = Coming(mean, mean + more)
    low, middle, high = (expected.quantile(share) for share in (0.1, 0.5, 0.9))
    assert 0 <= low <= middle <= high
    assert sum(weight for _, weight in expected._weights()) == pytest.approx(1, abs=0.02)
