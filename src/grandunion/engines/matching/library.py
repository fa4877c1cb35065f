"""The texts that deals are compared by: how rare each word is among them, and how near they are to one."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

SIZES = ((500, 5), (20, 2), (0, 1))  # from so many texts on a word must stand in so many of them to count
LITTLE = 1e-9


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """A need as the library sees it: its vector, and the cosines of all texts with it."""

    words: tuple[str, ...]
    need: np.ndarray
    everywhere: np.ndarray


class Library:
    """An index over texts (index words with repeats, in order), built once; nothing in it changes afterwards.

    A text is a vector of length one: each word weighs the root of its times, by how few texts have it.
    """

    def __init__(self, texts: Iterable[tuple[str, ...]]):
        texts = tuple(texts)
        counts = Counter(word for text in texts for word in set(text))
        self.size = len(texts)
        least = next(least for size, least in SIZES if self.size >= size)
        kept = sorted(word for word, times in counts.items() if times >= least)
        self._places = {word: place for place, word in enumerate(kept)}
        self._rarity = np.array([1 + math.log((self.size + 1) / (counts[word] + 1)) for word in kept])
        self._rows = self.rows(texts)
        self._at = {text: place for place, text in enumerate(texts)}

    def rows(self, texts: Iterable[tuple[str, ...]]) -> np.ndarray:
        """Texts as rows of length one, texts × words."""
        texts = tuple(texts)
        found = np.zeros((len(texts), len(self._places)), np.float32)
        for row, text in zip(found, texts, strict=True):
            for word, times in Counter(text).items():
                if word in self._places:
                    row[self._places[word]] = math.sqrt(times) * self._rarity[self._places[word]]
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), LITTLE)

    def ask(self, words: tuple[str, ...]) -> Asked:
        """Look at a need once for everybody."""
        need = self.rows([words])[0]
        return Asked(words, need, np.clip(self._rows @ need, 0, 1))

    def near(self, asked: Asked, texts: Iterable[tuple[str, ...]]) -> np.ndarray:
        """How near each of the texts is to the need: cosines from 0 to 1."""
        texts = tuple(texts)
        if all(text in self._at for text in texts):
            return asked.everywhere[[self._at[text] for text in texts]]
        return np.clip(self.rows(texts) @ asked.need, 0, 1)
