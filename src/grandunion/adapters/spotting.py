"""Looks through very many texts at once for a few wanted words, as `index.among` does for one text after the other."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate

import numpy as np

from grandunion.adapters.index import folded

CUT = bytes(code if chr(code) in "0123456789abcdefghijklmnopqrstuvwxyz" else 32 for code in range(256))
SIGNS = 0x10000  # all Chinese characters that the text index knows lie below


def among_many(wanted: frozenset[str], rows: Sequence[Iterable[str]]) -> list[set[str]]:
    """For each row of texts, those of the wanted words that `index.telling` would find in them."""
    plain = ["\n".join(map(folded, filter(None, texts))) for texts in rows]
    latin = {word.encode(): word for word in wanted if word.isascii()}
    pairs = sorted(word for word in wanted if len(word) == 2 and not word.isascii())
    found = [_latin(latin, one) for one in plain] if latin else [set() for _ in plain]
    for row, pair in _pairs(pairs, plain) if pairs else ():
        found[row].add(pairs[pair])
    return found


def _latin(wanted: Mapping[bytes, str], plain: str) -> set[str]:
    """The Latin words of a folded text that are wanted: cut as bytes, which is quicker than by a pattern."""
    return {wanted[word] for word in wanted.keys() & plain.encode("utf-8", "surrogatepass").translate(CUT).split()}


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
