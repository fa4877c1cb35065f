"""Takes out of a vector what only says which language it is in, so that Chinese and English can be compared.

Raw vectors of the model stand in a narrow cone for each language: two texts of one language are nearer to each other
than a text to its own translation. From each vector the mean of its language is subtracted and its part along the
first principal component of that language removed; what is left has length 1 again (docs/adr/0015). The raw vectors are
what the database keeps, so that another fit needs no text read again.
"""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from grandunion.adapters.vectors import tables

SHIPPED = Path(__file__).with_name("centres.npz")
COMPONENTS = 1
ENOUGH = 5_000  # passages of a language before the hub fits its own centre


@dataclass(frozen=True, slots=True)
class Centre:
    """A language's mean (numbers) and leading directions (count × numbers, each of length 1)."""

    mean: np.ndarray
    directions: np.ndarray

    def apply(self, raw: np.ndarray) -> np.ndarray:
        """Raw vectors (count × numbers) without what they share with their language, of length 1."""
        moved = raw - self.mean
        moved = moved - (moved @ self.directions.T) @ self.directions
        return unit(moved)


@dataclass(frozen=True, slots=True)
class Fit:
    """The centres by language, for vectors of one model."""

    version: str
    model: str
    centres: Mapping[str, Centre]

    def apply(self, raw: np.ndarray, language: str) -> np.ndarray:
        """Centred vectors; where there is no centre for the language they are only brought to length 1."""
        centre = self.centres.get(language)
        return centre.apply(raw) if centre else unit(raw)

    def written(self) -> bytes:
        """The fit as it is kept, in a file or in the database."""
        kept = {f"{name}.mean": c.mean.astype("<f4") for name, c in self.centres.items()}
        kept |= {f"{name}.directions": c.directions.astype("<f4") for name, c in self.centres.items()}
        file = io.BytesIO()
        np.savez(file, version=np.array(self.version), model=np.array(self.model), **kept)
        return file.getvalue()


def unit(vectors: np.ndarray) -> np.ndarray:
    """The vectors brought to length 1."""
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))[:, None]
    return (vectors / np.maximum(lengths, 1e-9)).astype(np.float32)


def fitted(raw: np.ndarray) -> Centre:
    """The centre of raw vectors (count × numbers) of one language."""
    mean = raw.mean(axis=0, dtype=np.float64)
    moved = raw - mean
    _, directions = np.linalg.eigh(moved.T @ moved)
    return Centre(mean.astype(np.float32), directions[:, ::-1][:, :COMPONENTS].T.astype(np.float32))


def read(content: bytes) -> Fit:
    """A fit out of what `written` gave."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        names = sorted(name.removesuffix(".mean") for name in kept.files if name.endswith(".mean"))
        centres = {name: Centre(kept[f"{name}.mean"], kept[f"{name}.directions"]) for name in names}
        return Fit(str(kept["version"]), str(kept["model"]), centres)


def fit_of(state: tables.State) -> Fit:
    """The fit the hub works with: its own, or the one that ships, if that is for the model at hand."""
    if state.fit:
        return _own(state.fit)
    shipped = _shipped()
    return shipped if shipped and shipped.model == state.model else Fit("", state.model, {})


def sampled(language: str, state: tables.State, most: int = 20_000) -> np.ndarray:
    """Raw vectors of the hub's own passages in a language (count × numbers)."""
    found = list(tables.samples(language, state.model, most))
    return np.frombuffer(b"".join(found), dtype="<f4").reshape(len(found), state.numbers)


@cache
def _own(version: str) -> Fit:
    return read(tables.fitted(version))


@cache
def _shipped() -> Fit | None:
    return read(SHIPPED.read_bytes()) if SHIPPED.exists() else None
