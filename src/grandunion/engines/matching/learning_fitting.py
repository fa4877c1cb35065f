"""The arithmetic of learning weights: a ridge regression without negative weights, bounds, and a ranking's quality."""

from dataclasses import dataclass

import numpy as np

RIDGE = 4.0  # how many decisions' worth of curvature hold on to the weights in force
STEEP, STEEP_RIDGE = 4.0, 0.5  # how steeply a better score is taken to raise the odds before anything is known
SWEEPS, STILL = 400, 1e-10
TOP = 0.25


@dataclass(frozen=True, slots=True)
class Sample:
    """Decisions by parts: `values` from 0 to 1 (nan: unknown), whether they ended well, and what each counts."""

    values: np.ndarray
    is_good: np.ndarray
    heft: np.ndarray


def fitted(sample: Sample, target: np.ndarray) -> np.ndarray:
    """Shares of the parts that tell good ends from bad, pulled to `target`; they add up to 1.

    An unknown value stands at the part's mean and so tells nothing. First how steeply the target's own score
    raises the odds, then each weight by itself, in turns, until nothing moves: the loss is convex.
    """
    values = _filled(sample.values)
    steep, offset = _steepness(sample, values @ target)
    start = steep * target
    weights, offset = _swept(sample, values, start, offset)
    total = weights.sum()
    return weights / total if total > 0 else target


def within(found: np.ndarray, start: np.ndarray, most: float) -> np.ndarray:
    """The nearest shares that add up to 1 and leave `start` by no more than `most` anywhere, none below 0."""
    low, high = np.maximum(start - most, 0), np.minimum(start + most, 1)
    below, above = -1.0, 1.0
    for _ in range(100):
        shift = (below + above) / 2
        if np.clip(found + shift, low, high).sum() > 1:
            above = shift
        else:
            below = shift
    near = np.clip(found + below, low, high)
    return near / near.sum()


def ranking(sample: Sample, weights: np.ndarray) -> tuple[float, float]:
    """How well the score by these weights ranks: area under the curve, share of good ends in the top quarter.

    The score is the one of matching: the weighted mean of the parts that are known. Equal scores share places.
    """
    score = _score(sample, weights)
    good, bad = _places(score, sample.is_good)
    return float(good.mean()) if good.size and bad.size else 0.5, _precision(score, sample.is_good)


def surety(sample: Sample, before: np.ndarray, after: np.ndarray) -> float:
    """By how many standard errors the area under the curve is larger after than before, on the same decisions.

    DeLong, DeLong, Clarke-Pearson 1988: the variance of the difference out of how each decision is placed.
    """
    old, new = (_places(_score(sample, weights), sample.is_good) for weights in (before, after))
    gaps = [after_ - before_ for after_, before_ in zip(new, old, strict=True)]
    variance = sum(gap.var(ddof=1) / gap.size for gap in gaps if gap.size > 1)
    return float(gaps[0].mean() / np.sqrt(variance)) if variance > 0 else 0.0


def _score(sample: Sample, weights: np.ndarray) -> np.ndarray:
    known = (~np.isnan(sample.values)) @ weights
    return np.round(np.nan_to_num(sample.values) @ weights / np.where(known > 0, known, 1), 9)


def _places(score: np.ndarray, is_good: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each good end the share of bad ones below it, for each bad one the share of good ones above it."""
    good, bad = score[is_good], score[~is_good]
    if not good.size or not bad.size:
        return np.zeros(0), np.zeros(0)
    return _share_below(good, bad), 1 - _share_below(bad, good)


def _share_below(asked: np.ndarray, others: np.ndarray) -> np.ndarray:
    """For each the share of others below it, equal ones counted half."""
    others = np.sort(others)
    places = np.searchsorted(others, asked, "left") + np.searchsorted(others, asked, "right")
    return places / 2 / others.size


def _precision(score: np.ndarray, is_good: np.ndarray) -> float:
    """Of the top quarter, in expectation where its last places are shared by equal scores."""
    size = max(round(len(score) * TOP), 1)
    limit = np.sort(score)[::-1][size - 1]
    above, level = score > limit + 1e-9, np.abs(score - limit) <= 1e-9
    left = size - above.sum()
    return float((is_good[above].sum() + left * is_good[level].mean()) / size)


def _filled(values: np.ndarray) -> np.ndarray:
    is_known = ~np.isnan(values)
    means = np.where(is_known, values, 0).sum(axis=0) / np.maximum(is_known.sum(axis=0), 1)
    return np.where(is_known, values - means, 0)


def _odds(sample: Sample, score: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """First and second derivative of the loss by the score of each decision."""
    chance = 1 / (1 + np.exp(-np.clip(score, -30, 30)))
    return sample.heft * (chance - sample.is_good), sample.heft * chance * (1 - chance)


def _steepness(sample: Sample, score: np.ndarray) -> tuple[float, float]:
    steep, offset = STEEP, 0.0
    for _ in range(SWEEPS):
        slope, bend = _odds(sample, offset + steep * score)
        step = slope.sum() / max(bend.sum(), 1e-9)
        offset -= step
        slope, bend = _odds(sample, offset + steep * score)
        gain = (slope @ score + STEEP_RIDGE * (steep - STEEP)) / (bend @ score**2 + STEEP_RIDGE)
        steep = max(steep - gain, 0.5)
        if abs(step) + abs(gain) < STILL:
            break
    return steep, offset


def _swept(sample: Sample, values: np.ndarray, start: np.ndarray, offset: float) -> tuple[np.ndarray, float]:
    weights = start.copy()
    score = offset + values @ weights
    for _ in range(SWEEPS):
        slope, bend = _odds(sample, score)
        step = slope.sum() / max(bend.sum(), 1e-9)
        score, offset, moved = score - step, offset - step, abs(step)
        for part in range(len(weights)):
            column = values[:, part]
            slope, bend = _odds(sample, score)
            pull = RIDGE * (weights[part] - start[part])
            new = max(weights[part] - (slope @ column + pull) / (bend @ column**2 + RIDGE), 0.0)
            score += (new - weights[part]) * column
            moved += abs(new - weights[part])
            weights[part] = new
        if moved < STILL:
            break
    return weights, offset
