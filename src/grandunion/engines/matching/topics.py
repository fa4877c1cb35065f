"""The topics a hub's texts speak of: which words go together, so that texts can meet that share few."""

import io
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

ENOUGH = 500  # fewer texts do not show which words go together
FITTED_ON = 2_000  # of more texts as many are taken, evenly
STANDING = 5  # a word must stand in so many of them to count
MOST_WORDS = 12_000  # of more words those that stand in most texts
DEPTHS = (150, 200)  # how many topics; two, because one alone is at the mercy of its number
WORDS_A_TOPIC = 4  # with as many topics as words nothing would go together
KNOWN = 0.25  # a text of which the topics know less is near to nothing by them
REMEMBERED = 4_000  # texts whose topics are kept at hand: some 7 kB each
LITTLE = 1e-9


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as topics see it: a vector of length one for each depth, and how much of its weight they know, 0 to 1."""

    vectors: tuple[np.ndarray, ...]
    known: float

    @property
    def is_known(self) -> bool:
        """Whether enough of the text is known for its topics to tell anything."""
        return self.known >= KNOWN


class Topics:
    """Latent semantic analysis (Deerwester et al. 1990) of texts, learnt once; what it learnt never changes.

    A text is a vector: each word weighs the root of its times, by how few texts have it. Topics are the directions in
    which the texts differ most. `words` come in order with their `rarity` (count) and `bases` (words × topics, one for
    each depth); `size` is how many texts they were learnt from.
    """

    def __init__(self, size: int, words: Iterable[str], rarity: np.ndarray, bases: Iterable[np.ndarray]) -> None:
        self.size, self.rarity, self.bases = size, rarity, tuple(bases)
        self.places = {word: place for place, word in enumerate(words)}
        self._rarest = _rarity(size, 0)
        self._remembered: dict[tuple[str, ...], Seen] = {}

    def seen(self, words: tuple[str, ...]) -> Seen:
        """A text as these topics see it, out of its words with repeats."""
        found = self._remembered.get(words)
        if found is None:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            found = self._remembered[words] = self._looked_at(Counter(words))
        return found

    def _looked_at(self, counts: Mapping[str, int]) -> Seen:
        kept = [(self.places[word], times) for word, times in counts.items() if word in self.places]
        strange = self._rarest**2 * sum(times for word, times in counts.items() if word not in self.places)
        places = np.array([place for place, _ in kept], int)
        weights = np.sqrt(np.array([times for _, times in kept], np.float32)) * self.rarity[places]
        squares = float(weights @ weights)
        known = squares / (squares + strange) if squares else 0.0
        return Seen(tuple(_of_length_one(weights @ basis[places]) for basis in self.bases), known)

    def near(self, one: Seen, other: Seen) -> float:
        """How near two texts are by their topics, 0 to 1: the mean over the depths; 0 where too little is known."""
        if not (one.is_known and other.is_known):
            return 0.0
        met = [float(mine @ theirs) for mine, theirs in zip(one.vectors, other.vectors, strict=True)]
        return min(1.0, math.fsum(max(0.0, value) for value in met) / len(met))

    def written(self) -> bytes:
        """The topics as they are kept; `read` takes them back."""
        kept = {f"basis{number}": basis.astype("<f2") for number, basis in enumerate(self.bases)}
        words = np.frombuffer("\n".join(self.places).encode(), np.uint8)
        file = io.BytesIO()
        np.savez(file, size=np.array(self.size), words=words, rarity=self.rarity.astype("<f4"), **kept)
        return file.getvalue()


def read(content: bytes) -> Topics:
    """The topics that `written` gave."""
    with np.load(io.BytesIO(content), allow_pickle=False) as kept:
        words = kept["words"].tobytes().decode().split("\n")
        bases = [kept[name].astype(np.float32) for name in sorted(kept.files) if name.startswith("basis")]
        return Topics(int(kept["size"]), words, kept["rarity"], bases)


def learnt(texts: Iterable[tuple[str, ...]]) -> Topics | None:
    """The topics of texts (words with repeats each); None of fewer than `ENOUGH` texts that have words."""
    texts = [text for text in texts if text]
    if len(texts) < ENOUGH:
        return None
    texts = texts[:: -(-len(texts) // FITTED_ON)]
    counts = Counter(word for text in texts for word in set(text))
    standing = [word for word, times in counts.items() if times >= STANDING]
    words = sorted(sorted(standing, key=lambda word: (-counts[word], word))[:MOST_WORDS])
    rarity = np.array([_rarity(len(texts), counts[word]) for word in words], np.float32)
    rows = _rows(texts, {word: place for place, word in enumerate(words)}, rarity)
    return read(Topics(len(texts), words, rarity, _bases(rows)).written())  # as exact as what is kept


def _rarity(texts: int, times: int) -> float:
    return 1 + math.log((texts + 1) / (times + 1))


def _rows(texts: Sequence[tuple[str, ...]], places: Mapping[str, int], rarity: np.ndarray) -> np.ndarray:
    found = np.zeros((len(texts), len(places)), np.float32)
    for row, text in zip(found, texts, strict=True):
        for word, times in Counter(text).items():
            if word in places:
                row[places[word]] = math.sqrt(times) * rarity[places[word]]
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), LITTLE)


def _bases(rows: np.ndarray) -> list[np.ndarray]:
    """The leading directions (words × topics), out of how near the texts are to each other: texts are fewer."""
    weights, sides = np.linalg.eigh((rows @ rows.T).astype(np.float64))
    leading = (sides / np.sqrt(np.maximum(weights, LITTLE)))[:, ::-1].astype(np.float32)
    most = max(2, rows.shape[1] // WORDS_A_TOPIC)
    return [rows.T @ leading[:, : min(depth, most)] for depth in DEPTHS]


def _of_length_one(vector: np.ndarray) -> np.ndarray:
    return vector / max(float(np.linalg.norm(vector)), LITTLE)
