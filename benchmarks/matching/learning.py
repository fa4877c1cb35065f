"""What learning the weights brings on decisions it has not seen, and how often it is led astray by chance."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean

import numpy as np

from benchmarks.matching.report import grid
from grandunion.engines.matching.learning import Decision, Learned, learn
from grandunion.engines.matching.learning_fitting import Sample, ranking
from grandunion.engines.matching.learning_reasons import PART_OF

NAME, TITLE, NEEDS = "learning", "Weights learned from outcomes", ()
FIRST = {
    "text": Decimal("0.40"), "classification": Decimal("0.20"), "maturity": Decimal("0.15"),
    "budget": Decimal("0.10"), "freshness": Decimal("0.10"), "place": Decimal("0.05"),
}  # fmt: skip
TRUE = {
    "as the first weights": (0.40, 0.20, 0.15, 0.10, 0.10, 0.05),
    "price decides": (0.20, 0.15, 0.10, 0.45, 0.05, 0.05),
    "place and maturity count": (0.25, 0.15, 0.30, 0.05, 0.00, 0.25),
}
SIZES = (100, 400, 2_000)
STEEP, UNKNOWN, WORLDS, LATER, STEPS = 7.0, 0.2, 20, 4_000, 4
REASON = {part: reason for reason, part in reversed(list(PART_OF.items()))}


def run() -> list[str]:
    """A row for each truth and size: how often a change is proposed, and what it does to decisions still to come."""
    rows = []
    for name, truth in TRUE.items():
        for size in SIZES:
            rows.append((f"{name}, {size:,} decisions", *_figures(np.array(truth), size)))
    heads = ("what people really go by", "proposed", "AUC before", "after one step", f"after {STEPS}", "best possible")
    return [
        f"Made-up markets ({WORLDS} for each row): parts at random, a fifth unknown, outcomes by the true weights "
        f"(odds grow with {STEEP:g} times the score), reasons named by the part that fitted worst. AUC on {LATER:,} "
        "later decisions that the learning never saw; where nothing is proposed the first weights stay and count.",
        "",
        *grid(heads, rows),
        "",
        "How to read it: where the first weights are right, learning hardly touches them and what it proposes by "
        "chance costs next to nothing; where they are wrong, one step of at most a tenth brings part of the way and "
        "each further step, on fresh decisions, more. With a hundred decisions it mostly declines to propose. The "
        "markets are made up: real outcomes depend on much that no part measures, so real gains will be smaller, and "
        "only pairs that were suggested are ever decided upon, which no method here corrects.",
    ]


def _figures(truth: np.ndarray, size: int) -> tuple[str, ...]:
    proposed, before, after, later, best = 0, [], [], [], []
    for seed in range(WORLDS):
        chance = np.random.default_rng([seed, size])
        check = _sample(*_outcomes(chance, truth, LATER))
        weights: Mapping[str, Decimal] = FIRST
        for step in range(STEPS):
            found = _learned(chance, truth, size, weights)
            if step == 0:
                proposed += bool(found.verdict)
                after.append(_auc(check, found.weights))
            weights = found.weights
        before.append(_auc(check, FIRST))
        later.append(_auc(check, weights))
        best.append(ranking(check, truth)[0])
    shown = (f"{mean(column):.3f}" for column in (before, after, later, best))
    return f"{proposed / WORLDS:.0%}", *shown


def _learned(chance: np.random.Generator, truth: np.ndarray, size: int, weights: Mapping[str, Decimal]) -> Learned:
    values, is_good = _outcomes(chance, truth, size)
    decisions = []
    for number, (row, good) in enumerate(zip(values, is_good, strict=True)):
        known = {code: None if np.isnan(v) else Decimal(str(round(v, 4))) for code, v in zip(FIRST, row, strict=True)}
        worst = min((v, code) for code, v in known.items() if v is not None)[1] if any(known.values()) else "text"
        reason = None if good else REASON.get(worst, "other")
        day = date(2025, 1, 1) + timedelta(days=number)
        decisions.append(Decision(f"m{number}", day, known, "success" if good else "declined", reason))
    return learn(decisions, weights)


def _outcomes(chance: np.random.Generator, truth: np.ndarray, size: int) -> tuple[np.ndarray, np.ndarray]:
    values = chance.random((size, len(FIRST)))
    odds = STEEP * (values @ truth - truth.sum() / 2)
    is_good = chance.random(size) < 1 / (1 + np.exp(-odds))
    values[chance.random(values.shape) < UNKNOWN] = np.nan
    return values, is_good


def _sample(values: np.ndarray, is_good: np.ndarray) -> Sample:
    return Sample(values, is_good, np.ones(len(is_good)))


def _auc(check: Sample, weights: Mapping[str, Decimal]) -> float:
    return ranking(check, np.array([float(weight) for weight in weights.values()]))[0]
