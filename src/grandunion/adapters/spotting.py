"""Looks through very many texts at once for a few wanted words, as `index.among` does for one text after the other."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np

from grandunion.adapters.index import folded

LETTERS = b"0123456789abcdefghijklmnopqrstuvwxyz"
CUT = bytes(code if code in LETTERS else 32 for code in range(256))
LEFT_OUT = bytes(code for code in range(256) if code not in LETTERS)
SIGNS = 0x10000  # all Chinese characters that the text index knows lie below


class Folded:
    """Rows of texts, folded once to be looked through in several ways."""

    def __init__(self, rows: Iterable[Iterable[str]]) -> None:
        self._plain = ["\n".join(map(folded, filter(None, texts))) for texts in rows]
        self._signs = [one.encode("utf-8", "surrogatepass") for one in self._plain]

    def among(self, wanted: frozenset[str]) -> list[set[str]]:
        """For each row, those of the wanted words that `index.telling` would find in its texts."""
        latin = {word.encode(): word for word in wanted if word.isascii()}
        pairs = sorted(word for word in wanted if len(word) == 2 and not word.isascii())
        found = [_latin(latin, one) for one in self._signs] if latin else [set() for _ in self._signs]
        for row, pair in _pairs(pairs, self._plain) if pairs else ():
            found[row].add(pairs[pair])
        return found

    def having(self, traces: Collection[bytes]) -> list[bool]:
        """For each row, whether its letters and digits, put together, have any of the traces."""
        if not traces:
            return [False] * len(self._signs)
        bare = (one.translate(None, LEFT_OUT) for one in self._signs)
        return [any(trace in one for trace in traces) for one in bare]


def _latin(wanted: Mapping[bytes, str], signs: bytes) -> set[str]:
    """The Latin words of a folded text that are wanted: cut as bytes, which is quicker than by a pattern."""
    return {wanted[word] for word in wanted.keys() & signs.translate(CUT).split()}


def _pairs(pairs: Sequence[str], plain: Sequence[str]) -> Iterable[tuple[int, int]]:
    """Where the pairs of characters stand: the number of the text and the number of the pair."""
    signs = np.frombuffer("\n".join(plain).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = {letter: number for number, letter in enumerate(sorted(set("".join(pairs))), 1)}
    number = np.zeros(SIGNS, dtype=np.int16)
    number[[ord(letter) for letter in letters]] = list(letters.values())
    table = np.full((len(letters) + 1, len(letters) + 1), -1, dtype=np.int16)
    for at, (first, second) in enumerate(pairs):
        table[letters[first], letters[second]] = at
    numbers = number[np.minimum(signs, SIGNS - 1)]
    met = table[numbers[:-1], numbers[1:]]
    places = np.flatnonzero(met >= 0)
    ends = list(accumulate(len(one) + 1 for one in plain))  # each with the line's end after it
    return zip(np.searchsorted(ends, places, side="right").tolist(), met[places].tolist(), strict=True)
