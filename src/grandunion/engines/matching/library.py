"""The texts that experts are compared by: how rare each word is, and the topics in which words go together."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

POWER = 2  # the mean of squares: a few texts close to the need tell more than many far from it
PULL = 0.7  # how far a need that all texts are near to is taken back
LEVEL = 0.25  # about where texts stand on the whole, so that values spread between 0 and 1
SIZES = ((500, 5), (20, 2), (0, 1))  # from so many texts on a word must stand in so many of them to count
TOPICS_FROM = 500  # fewer texts do not show which words go together
DEPTHS = (150, 200)  # how many topics; two, because one alone is at the mercy of its number
WORDS_A_TOPIC = 4  # with as many topics as words nothing would go together
FITTED_ON = 2_000
LITTLE = 1e-9
SAME = 1 - 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A need as the library sees it, in each way of looking: its vector, the cosines of all texts, what is usual."""

    words: tuple[str, ...]
    needs: tuple[np.ndarray, ...]
    everywhere: tuple[np.ndarray, ...]
    usual: tuple[float, ...]


class Library:
    """An index over texts (index words with repeats, in order), built once; nothing in it changes afterwards.

    A text is a vector of length one: each word weighs the root of its times, by how few texts have it. Topics are
    the directions in which the texts differ most (latent semantic analysis, Deerwester et al. 1990), fitted on at
    most 2,000 of the texts, evenly taken.
    """

    def __init__(self, texts: Iterable[tuple[str, ...]]):
        texts = tuple(texts)
        counts = Counter(word for text in texts for word in set(text))
        self.size = len(texts)
        least = next(least for size, least in SIZES if self.size >= size)
        kept = sorted(word for word, times in counts.items() if times >= least)
        self._places = {word: place for place, word in enumerate(kept)}
        self._rarity = np.array([1 + math.log((self.size + 1) / (counts[word] + 1)) for word in kept])
        rows = self.rows(texts)
        self._at = {text: place for place, text in enumerate(texts)}
        # The ways of looking at a text: by its words (None), then by its topics at each depth.
        self._bases = (None, *(self._fitted(rows) if self.size >= TOPICS_FROM else ()))
        self._views = [self._seen(rows, basis) for basis in self._bases]

    def _fitted(self, rows: np.ndarray) -> list[np.ndarray]:
        step = max(1, -(-self.size // FITTED_ON))
        _, _, directions = np.linalg.svd(rows[::step], full_matrices=False)
        most = max(2, len(self._places) // WORDS_A_TOPIC)
        return [directions[: min(depth, most)].T for depth in DEPTHS]

    def rows(self, texts: Iterable[tuple[str, ...]]) -> np.ndarray:
        """Texts as rows of length one, texts × words."""
        texts = tuple(texts)
        found = np.zeros((len(texts), len(self._places)), np.float32)
        for row, text in zip(found, texts, strict=True):
            for word, times in Counter(text).items():
                if word in self._places:
                    row[self._places[word]] = math.sqrt(times) * self._rarity[self._places[word]]
        return _of_length_one(found)

    def _seen(self, rows: np.ndarray, basis: np.ndarray | None) -> np.ndarray:
        return rows if basis is None else _of_length_one(rows @ basis)

    def ask(self, words: tuple[str, ...]) -> Asked:
        """Look at a need once for all experts; a text that is the need itself does not count as usual."""
        need = self.rows([words])
        needs = tuple(self._seen(need, basis)[0] for basis in self._bases)
        everywhere = tuple(np.clip(view @ mine, 0, 1) for view, mine in zip(self._views, needs, strict=True))
        usual = tuple(together(near[near < SAME]) for near in everywhere)
        return Asked(words, needs, everywhere, usual)

    def near(self, asked: Asked, texts: Iterable[tuple[str, ...]]) -> list[np.ndarray]:
        """How near each of the texts is to the need, in each way of looking: cosines from 0 to 1."""
        texts = tuple(texts)
        if all(text in self._at for text in texts):
            places = [self._at[text] for text in texts]
            return [everywhere[places] for everywhere in asked.everywhere]
        rows = self.rows(texts)
        return [
            np.clip(self._seen(rows, basis) @ mine, 0, 1) for basis, mine in zip(self._bases, asked.needs, strict=True)
        ]

    def shared(self, asked: tuple[str, ...], text: tuple[str, ...], most: int = 5) -> tuple[str, ...]:
        """The words two texts have in common, the most telling first."""
        common = {word for word in set(asked) & set(text) if word in self._places}
        return tuple(sorted(common, key=lambda word: (-self._rarity[self._places[word]], word))[:most])


def together(closeness: np.ndarray) -> float:
    """Many closenesses as one: the root of their mean square; 0 for none."""
    return float(np.mean(closeness.astype(float) ** POWER) ** (1 / POWER)) if closeness.size else 0.0


def against(found: float, usual: float) -> float:
    """What somebody has in common with a need against what all texts have, 0 to 1, rising with the first."""
    level = max(usual, LITTLE) ** PULL * LEVEL
    return found / (found + level)


def _of_length_one(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), LITTLE)
