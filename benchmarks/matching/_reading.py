"""Vectors of the cases' texts, read by the model in the house once and kept; raw, as the database keeps them."""

import hashlib
import time
from collections.abc import Sequence

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


def vectors(name: str, texts: Sequence[str], part: str) -> np.ndarray:
    """Raw vectors (texts × 384) of texts as asked or as met ones (`part`), kept under the name and the texts' mark."""
    path = sources.kept(f"{name}.{part}.{mark_of(texts)}.npy")
    if path.exists():
        return np.load(path)
    read = getattr(model(), part)
    found = np.concatenate([read(texts[start : start + BATCH]) for start in range(0, len(texts), BATCH)])
    np.save(path, found)
    return found


def mark_of(texts: Sequence[str]) -> str:
    """The fingerprint of the texts."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:12]


def speed(texts: Sequence[str], part: str) -> float:
    """Texts a second of CPU time."""
    began = time.process_time()
    getattr(model(), part)(texts)
    return len(texts) / (time.process_time() - began)
