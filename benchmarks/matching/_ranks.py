"""Figures of rankings of which each question has one right answer."""

from collections.abc import Sequence

import numpy as np


def ranks(scores: np.ndarray, right: Sequence[int]) -> np.ndarray:
    """The rank (1: first) of each question's right column; what scores as high as the right one stands before it."""
    own = scores[np.arange(len(scores)), right]
    return (scores >= own[:, None]).sum(axis=1)


def figures(found: np.ndarray) -> list[str]:
    """Mean reciprocal rank, and the shares found first and among the first ten."""
    return [f"{(1 / found).mean():.3f}", f"{(found <= 1).mean():.3f}", f"{(found <= 10).mean():.3f}"]


def rank_of_ranks(*scores: np.ndarray) -> np.ndarray:
    """Scores out of the sum of reciprocal ranks (60 + rank) of several."""
    return sum(1 / (60 + (-one).argsort(axis=1).argsort(axis=1)) for one in scores)
