"""Looks through very many texts at once for a few wanted words, as `index.among` does for one text after the other."""

import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cache
from itertools import accumulate, pairwise

import numpy as np

from grandunion.adapters.index import EMPTY, folded

SIGNS = 0x10000  # all Chinese characters that the text index knows lie below
OTHER = SIGNS - 1  # stands for a sign that lies beyond, and in the table for one that is not folded by itself
SURROGATES = range(0xD800, 0xE000)
SIGMA = "Σ"  # its small letter hangs on what stands around it
SPACE = ord(" ")
OPENING = 120  # letters of a text in which a word that tells something is looked for first
SAY_NOTHING = frozenset(word.encode() for word in EMPTY if word.isascii())


class Folded:
    """Rows of texts, folded once to be looked through in several ways."""

    def __init__(self, rows: Iterable[Iterable[str]]) -> None:
        plain = ["\n".join(filter(None, texts)) + "\n" for texts in rows]
        signs, lengths = _signs("".join(plain)), list(map(len, plain))
        codes = _single()[signs]
        if (unlike := np.flatnonzero(codes == OTHER)).size:  # accents by themselves, ℃, letters beyond the table
            ends = list(accumulate(lengths))
            pieces, done = [], 0
            for row in np.unique(np.searchsorted(ends, unlike, side="right")).tolist():
                piece = _signs(folded(plain[row]))
                pieces += [codes[done : ends[row] - lengths[row]], piece]
                done, lengths[row] = ends[row], len(piece)
            codes = np.concatenate([*pieces, codes[done:]])
        self._codes, self._ends = codes, list(accumulate(lengths))
        self._cut = _latin_letters()[codes].tobytes()
        self._places = [(start, end - 1) for start, end in pairwise([0, *self._ends])]

    def among(self, wanted: frozenset[str]) -> list[set[str]]:
        """For each row, those of the wanted words that `index.telling` would find in its texts."""
        latin = {word.encode(): word for word in wanted if word.isascii()}
        pairs = sorted(word for word in wanted if len(word) == 2 and not word.isascii())
        found = self._latin(latin) if latin else [set() for _ in self._places]
        for row, pair in self._pairs(pairs) if pairs else ():
            found[row].add(pairs[pair])
        return found

    def having(self, traces: Collection[bytes]) -> list[bool]:
        """For each row, whether its letters and digits, put together, have any of the traces."""
        if not traces:
            return [False] * len(self._places)
        bare = (self._cut[start:end].replace(b" ", b"") for start, end in self._places)
        return [any(trace in one for trace in traces) for one in bare]

    def tells(self, row: int) -> bool:
        """Whether a row soon says an English word that `index.telling` keeps; where not, it may say one later."""
        start, end = self._places[row]
        words = self._cut[start : min(end, start + OPENING)].split()[:-1]  # the last may be a piece of a word
        return any(len(word) > 1 and not word.isdigit() and word not in SAY_NOTHING for word in words)

    def _latin(self, wanted: Mapping[bytes, str]) -> list[set[str]]:
        """The Latin words of each row that are wanted: cut as bytes, which is quicker than by a pattern."""
        names, cut = wanted.keys(), self._cut
        return [{wanted[word] for word in names & cut[start:end].split()} for start, end in self._places]

    def _pairs(self, pairs: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Where the pairs of characters stand: the number of the row and the number of the pair."""
        letters = {letter: number for number, letter in enumerate(sorted(set("".join(pairs))), 1)}
        number = np.zeros(SIGNS, dtype=np.int16)
        number[[ord(letter) for letter in letters]] = list(letters.values())
        table = np.full((len(letters) + 1, len(letters) + 1), -1, dtype=np.int16)
        for at, (first, second) in enumerate(pairs):
            table[letters[first], letters[second]] = at
        numbers = number[self._codes]
        met = table[numbers[:-1], numbers[1:]]
        places = np.flatnonzero(met >= 0)
        return zip(np.searchsorted(self._ends, places, side="right").tolist(), met[places].tolist(), strict=True)


def _signs(text: str) -> np.ndarray:
    """A text as the numbers of its signs."""
    whole = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return np.minimum(whole, OTHER).astype(np.uint16)


@cache
def _single() -> np.ndarray:
    """Every sign as `folded` has it, where that is one sign whatever stands around it; made once in a process."""
    table = np.full(SIGNS, OTHER, dtype=np.uint16)
    for code in range(OTHER):
        sign = chr(code)
        one = folded(sign) if code not in SURROGATES and SIGMA not in unicodedata.normalize("NFKD", sign) else ""
        if len(one) == 1 and ord(one) < OTHER:
            table[code] = ord(one)
    return table


@cache
def _latin_letters() -> np.ndarray:
    """Every sign as a byte: small Latin letters and digits themselves, all others a space."""
    table = np.full(SIGNS, SPACE, dtype=np.uint8)
    for letter in b"0123456789abcdefghijklmnopqrstuvwxyz":
        table[letter] = letter
    return table
