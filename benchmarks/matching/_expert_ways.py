"""Many ways to put an expert's papers together, to see what remains when the way too is chosen on other experts."""

import itertools
from collections.abc import Mapping, Sequence

import numpy as np

FADINGS, PULLS, STEEPS = (0.85, 0.9, 0.95, 1.0), (0.6, 0.7, 0.8), (1, 2)
DEPTHS = ((150, 200), (50, 100, 150, 200, 300))
WORDS = (0.0, 0.2, 0.33, 0.5, 0.7, 1.0)  # the weight of the words beside the topics
MOST = 20  # papers of an expert
FOLDS = 5
Pairs = Sequence[tuple[int, int, int, float]]  # expert, the paper known better, the other, by how much


def told(rows: np.ndarray, profiles: Sequence[Sequence[Sequence[int]]], pairs: Pairs) -> str:
    """What a reader should know of choosing; `rows` are papers as vectors of length one by their words, `profiles`
    papers by sampling and expert."""
    lost = _lost(rows, profiles, pairs)
    experts = np.array([pair[0] for pair in pairs])
    whole = np.bincount(experts, [pair[3] for pair in pairs])
    by = np.array([np.bincount(experts, row) for row in lost])  # ways × experts
    every = by.sum(axis=1) / whole.sum()
    folds = [np.arange(len(whole)) % FOLDS == fold for fold in range(FOLDS)]
    alone = [np.arange(len(whole)) == one for one in range(len(whole))]
    best, middle = float(every.min()), float(np.median(every))
    return (
        f"{len(every)} ways (nearest papers first and each next counting less, by {_or(FADINGS)}; the pull of a need"
        " that all are near to; how steep; two or five depths of topics; six weights of words beside topics), over"
        f" three samplings: the best on this very set {best:.4f}, the middle one {middle:.4f}. Chosen on four fifths"
        f" of the experts and scored on the last, five times: {_chosen(by, whole, folds):.4f}; chosen on all other"
        f" experts, for each expert: {_chosen(by, whole, alone):.4f}."
    )


def _or(values: Sequence[float]) -> str:
    return ", ".join(f"{value:g}" for value in values)


def _chosen(by: np.ndarray, whole: np.ndarray, folds: Sequence[np.ndarray]) -> float:
    """The loss where each fold is scored by the way that is best on the others."""
    lost = [by[np.argmin(by[:, ~fold].sum(axis=1)), fold].sum() for fold in folds]
    return float(np.sum(lost) / whole.sum())


def _lost(rows: np.ndarray, profiles: Sequence[Sequence[Sequence[int]]], pairs: Pairs) -> np.ndarray:
    """What each way loses at each pair, the mean over samplings: ways × pairs."""
    views = _views(rows.astype(np.float64))
    needs = sorted({at for _, one, other, _ in pairs for at in (one, other)})
    place = {at: row for row, at in enumerate(needs)}
    who = np.array([pair[0] for pair in pairs])
    one, other = (np.array([place[pair[side]] for pair in pairs]) for side in (1, 2))
    gaps = np.array([pair[3] for pair in pairs])
    own = np.array([[(*some, *[-1] * MOST)[:MOST] for some in sampling] for sampling in profiles])
    found = []
    for fading, pull, steep in itertools.product(FADINGS, PULLS, STEEPS):
        seen = {name: _value(near[needs], own, fading, pull, steep) for name, near in views.items()}
        for depths, weight in itertools.product(DEPTHS, WORDS):
            value = weight * seen[0] + (1 - weight) * sum(seen[depth] for depth in depths) / len(depths)
            apart = value[:, who, one] - value[:, who, other]
            found.append((gaps * ((apart < 0) + 0.5 * (apart == 0))).mean(axis=0))
    return np.array(found)


def _views(rows: np.ndarray) -> Mapping[int, np.ndarray]:
    """How near all papers are to each other, by words (0) and by topics of each depth."""
    values, directions = np.linalg.eigh(rows @ rows.T)
    spread = directions[:, ::-1] * np.sqrt(np.maximum(values[::-1], 0))
    found = {0: np.clip(rows @ rows.T, 0, 1)}
    for depth in {depth for depths in DEPTHS for depth in depths}:
        seen = spread[:, :depth] / np.linalg.norm(spread[:, :depth], axis=1, keepdims=True)
        found[depth] = np.clip(seen @ seen.T, 0, 1)
    return found


def _value(near: np.ndarray, own: np.ndarray, fading: float, pull: float, steep: int) -> np.ndarray:
    """Samplings × experts × needs: the nearest papers first, against what is usual for the need."""
    others = np.where(near > 1 - 1e-5, 0, near)
    usual, mean = np.sqrt((others**2).mean(axis=1)), others.mean(axis=1)
    papers = np.where(own[None] >= 0, near[:, own], mean[:, None, None, None])
    weights = fading ** np.arange(MOST)
    found = (-np.sort(-papers, axis=-1) * weights).sum(axis=-1) / weights.sum()
    level = usual[:, None, None] ** pull * (0.25 if steep == 1 else 1.0)
    return (1 / (1 + (level / np.maximum(found, 1e-9)) ** steep)).transpose(1, 2, 0)
