"""Very many vectors that lie as real ones do: each a mix of two real centred passages and a little noise."""

from pathlib import Path

import numpy as np

from benchmarks.matching import _reading, _registers, sources
from grandunion.adapters.meaning import centring

NUMBERS, PIECE = 384, 50_000
NOISE = 0.03  # of each number; a vector's numbers are 0.05 on average


def real() -> np.ndarray:
    """Centred vectors of the registers' real texts in both languages (count × 384)."""
    raw = {"zh": _reading.vectors("register-zh", _registers.chinese()),
           "en": _reading.vectors("register-en", _registers.english())}  # fmt: skip
    return np.concatenate([centring.fitted(one).apply(one) for one in raw.values()])


def crowd(count: int) -> np.ndarray:
    """So many vectors of length 1, mapped from a file that is written once."""
    path = sources.kept(f"crowd.{count}.f4")
    if not path.exists():
        _write(path, count)
    return np.memmap(path, dtype="<f4", mode="r", shape=(count, NUMBERS))


def _write(path: Path, count: int) -> None:
    texts, chance = real(), np.random.default_rng(7)
    with path.open("wb") as file:
        for start in range(0, count, PIECE):
            some = min(PIECE, count - start)
            first, second = (texts[chance.integers(len(texts), size=some)] for _ in range(2))
            share = chance.uniform(0.5, 1, size=(some, 1)).astype(np.float32)
            mixed = share * first + (1 - share) * second
            mixed += NOISE * chance.standard_normal(mixed.shape, dtype=np.float32)
            file.write(centring.unit(mixed).astype("<f4").tobytes())


def questions(count: int) -> np.ndarray:
    """Vectors that ask: real passages with a little noise, none of them in the crowd."""
    texts, chance = real(), np.random.default_rng(8)
    some = texts[chance.choice(len(texts), size=count, replace=False)]
    return centring.unit(some + NOISE * chance.standard_normal(some.shape, dtype=np.float32))
