"""Weights are learned from outcomes only where there is enough to learn from and the learned ones do better."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines.matching.learning import LEAST, MOST_CHANGE, Decision, learn, shares, tells
from grandunion.engines.matching.learning_fitting import Sample, fitted, ranking, surety, within
from grandunion.engines.matching.learning_reasons import NEUTRAL, PART_OF
from grandunion.terms.matches import DeclineReason, FailReason

PARTS = {"text": Decimal("0.4"), "maturity": Decimal("0.3"), "budget": Decimal("0.2"), "place": Decimal("0.1")}
START = date(2025, 1, 1)


def decision(number, values, outcome, reason=None):
    known = {code: None if value is None else Decimal(str(round(value, 4))) for code, value in values.items()}
    return Decision(f"m{number}", START + timedelta(days=number), known, outcome, reason)


def past(number, telling, seed=1, reason=None):
    """Decisions of which one part tells how they end, nearly always."""
    chance = np.random.default_rng(seed)
    found = []
    for n in range(number):
        values = {code: chance.random() for code in PARTS}
        is_good = chance.random() < (0.95 if values[telling] > 0.5 else 0.05)
        found.append(decision(n, values, "success" if is_good else "declined", None if is_good else reason))
    return found


@pytest.mark.parametrize("seed", [1, 2, 3])
@pytest.mark.parametrize("telling", sorted(PARTS))
def test_a_part_that_alone_tells_the_outcomes_counts_for_more(telling, seed):
    found = learn(past(300, telling, seed), PARTS)
    assert found.verdict
    assert found.weights[telling] > PARTS[telling]
    assert found.quality_after.auc > found.quality_before.auc


def test_weights_that_put_worse_ones_first_are_refused_even_if_they_rank_better_over_all():
    found = learn(past(300, "text", 199), PARTS)  # the latest decisions of this past happen to be such
    assert found.quality_after.auc > found.quality_before.auc
    assert found.quality_after.precision < found.quality_before.precision
    assert not found.verdict
    assert found.weights == PARTS


@settings(deadline=None, max_examples=16)
@given(st.integers(0, 250), st.integers(1, 10_000), st.sampled_from(sorted(PARTS)))
def test_weights_stay_shares_and_near_those_before_which_are_kept(number, seed, telling):
    found = learn(past(number, telling, seed), PARTS)
    assert sum(found.weights.values()) == 1
    assert all(weight >= 0 for weight in found.weights.values())
    moved = [abs(found.weights[code] - found.before[code]) for code in PARTS]
    assert max(moved) <= Decimal(str(MOST_CHANGE)) + Decimal("0.0002")
    assert found.before == PARTS
    assert found.verdict or found.weights == PARTS


@settings(deadline=None, max_examples=10)
@given(st.randoms(use_true_random=False))
def test_the_order_of_arrival_teaches_nothing(chance):
    decisions = past(200, "budget")
    assert learn(chance.sample(decisions, len(decisions)), PARTS) == learn(decisions, PARTS)


@pytest.mark.parametrize("number", [0, 1, LEAST - 1])
def test_too_few_decisions_change_nothing_and_say_how_many_are_missing(number):
    found = learn(past(number, "budget"), PARTS)
    assert found.weights == PARTS
    assert f"{number} decisions" in found.verdict.reason.en
    assert "数据不足" in found.verdict.reason.zh


def test_decisions_that_all_ended_well_teach_nothing():
    decisions = [decision(n, {code: 0.5 for code in PARTS}, "success") for n in range(200)]
    assert "200 of them good" in learn(decisions, PARTS).verdict.reason.en


def test_latest_decisions_all_alike_cannot_prove_anything():
    decisions = past(140, "budget") + [decision(140 + n, dict.fromkeys(PARTS, 0.5), "success") for n in range(60)]
    assert "too much alike" in learn(decisions, PARTS).verdict.reason.en


def test_outcomes_by_chance_alone_are_mostly_refused():
    chance = np.random.default_rng(5)
    refused = 0
    for _ in range(20):
        decisions = [
            decision(n, {code: chance.random() for code in PARTS}, "success" if chance.random() < 0.5 else "declined")
            for n in range(200)
        ]
        refused += not learn(decisions, PARTS).verdict
    assert refused >= 15


def test_a_lesson_that_no_longer_holds_is_refused():
    before = past(140, "budget")
    turned = [
        decision(140 + n, {**one.values, "budget": 1 - one.values["budget"]}, one.outcome)
        for n, one in enumerate(past(60, "budget", seed=9))
    ]
    found = learn(before + turned, PARTS)
    assert not found.verdict
    assert found.weights == PARTS
    assert "would not clearly rank the latest decisions better" in found.verdict.reason.en


def test_a_spoken_reason_moves_the_weight_of_its_part_further_than_silence():
    silent, spoken = (learn(past(300, "budget", reason=reason), PARTS) for reason in (None, "price_too_high"))
    after = {one.code: one for one in spoken.changes}
    assert after["budget"].named > 0
    assert "named" in after["budget"].why.en
    assert after["budget"].after >= next(one.after for one in silent.changes if one.code == "budget")


def test_reasons_that_say_nothing_about_the_fit_are_left_aside():
    assert not tells(decision(1, {}, "declined", "already_solved"))
    assert not tells(decision(1, {}, "sent"))
    assert tells(decision(1, {}, "declined", "price_too_high"))
    found = learn([decision(n, dict.fromkeys(PARTS, 0.5), "declined", "bad_timing") for n in range(9)], PARTS)
    assert (found.counts.aside, found.counts.bad) == (9, 0)


def test_people_and_figures_that_contradict_each_other_are_shown():
    chance = np.random.default_rng(3)
    decisions = past(100, "text") + [
        decision(n - 60, {**{code: chance.random() for code in PARTS}, "maturity": 0.9}, "declined", "too_immature")
        for n in range(60)
    ]
    (found,) = learn(decisions, PARTS).contradictions
    assert found.code == "maturity"
    assert "figure said it fits" in found.text.en


def test_every_reason_speaks_of_a_part_or_is_left_aside_or_only_counts_as_an_end():
    general = {DeclineReason.OTHER, FailReason.OTHER, FailReason.TERMS}
    for reason in (*DeclineReason, *FailReason):
        assert (reason.value in PART_OF) + (reason.value in NEUTRAL) + (reason in general) == 1


def test_weights_of_any_scale_are_taken_in_proportion():
    assert shares({"a": Decimal(3), "b": Decimal(3), "c": Decimal(3)}) == {
        "a": Decimal("0.3334"), "b": Decimal("0.3333"), "c": Decimal("0.3333"),
    }  # fmt: skip


def samples(seed, size=60, parts=3):
    chance = np.random.default_rng(seed)
    values = chance.random((size, parts))
    values[chance.random((size, parts)) < 0.2] = np.nan
    return Sample(values, chance.random(size) < 0.5, np.ones(size))


@given(st.integers(0, 10_000))
@settings(deadline=None, max_examples=10)
def test_the_quick_ranking_figure_is_the_one_counted_pair_by_pair(seed):
    sample, weights = samples(seed), np.array([0.5, 0.3, 0.2])
    auc, precision = ranking(sample, weights)
    scores = []
    for row in sample.values:
        known = [(v, w) for v, w in zip(row, weights, strict=True) if not np.isnan(v)]
        scores.append(sum(v * w for v, w in known) / sum(w for _, w in known) if known else 0)
    good = [s for s, ok in zip(scores, sample.is_good, strict=True) if ok]
    bad = [s for s, ok in zip(scores, sample.is_good, strict=True) if not ok]
    slow = sum(1 if g > b + 1e-9 else 0.5 if abs(g - b) <= 1e-9 else 0 for g in good for b in bad)
    assert auc == pytest.approx(slow / (len(good) * len(bad)))
    assert 0 <= precision <= 1


def test_a_difference_is_as_sure_as_delong_says():
    sample = samples(4, size=400)
    assert surety(sample, np.array([0.5, 0.3, 0.2]), np.array([0.5, 0.3, 0.2])) == 0
    told = Sample(np.nan_to_num(sample.values, nan=0.5), sample.values[:, 0] > 0.5, sample.heft)
    assert surety(told, np.array([0.2, 0.4, 0.4]), np.array([0.6, 0.2, 0.2])) > 5
    assert surety(told, np.array([0.6, 0.2, 0.2]), np.array([0.2, 0.4, 0.4])) < -5


@given(st.integers(0, 10_000), st.floats(0, 0.2))
@settings(deadline=None, max_examples=16)
def test_bounds_hold_and_shares_add_up(seed, most):
    chance = np.random.default_rng(seed)
    start, found = (one / one.sum() for one in chance.random((2, 6)))
    near = within(found, start, most)
    assert near.sum() == pytest.approx(1)
    assert (np.abs(near - start) <= most + 1e-6).all()
    assert (near >= 0).all()


def test_nothing_to_learn_leaves_the_target_where_it_is():
    target = np.array([0.5, 0.3, 0.2])
    flat = Sample(np.full((50, 3), 0.5), np.arange(50) % 2 == 0, np.ones(50))
    assert fitted(flat, target) == pytest.approx(target)
