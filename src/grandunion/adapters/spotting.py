"""Looks through very many texts at once for a few wanted words, as `index.among` does for one text after the other."""

import re
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
BETWEEN = "\U0001f600"  # a sign beyond the table that no other is folded to
SPACE, LETTERS, UNLIKE = ord(" "), 0x80, 0xFF  # bytes: no letter, beyond all letters, a sign to be folded in its text
ROW_ENDS = ord("\n")
LONG = 16  # letters from which on words are told apart by all of them alone
OPENING = 120  # letters of a text in which a word that tells something is looked for first
SAY_NOTHING = frozenset(word.encode() for word in EMPTY if word.isascii())


class Folded:
    """Rows of texts, folded once to be looked through in several ways."""

    def __init__(self, rows: Iterable[Iterable[str]]) -> None:
        plain = ["\n".join(filter(None, texts)) + "\n" for texts in rows]
        text = "".join(plain)
        signs, lengths = _signs(text), list(map(len, plain))
        if len(signs) > len(text):  # signs that lie beyond count for two
            lengths = [len(_signs(one)) for one in plain]
        letters = _latin_letters().take(signs)
        if (unlike := np.flatnonzero(letters == UNLIKE)).size:  # accents by themselves, ℃, letters beyond the table
            ends = list(accumulate(lengths))
            pieces, done = [], 0
            for row in np.unique(np.searchsorted(ends, unlike, side="right")).tolist():
                before, piece = slice(done, ends[row] - lengths[row]), _signs(folded(plain[row]))
                pieces += [(signs[before], letters[before]), (piece, _latin_letters().take(piece))]
                done, lengths[row] = ends[row], len(piece)
            pieces.append((signs[done:], letters[done:]))
            signs, letters = map(np.concatenate, zip(*pieces, strict=True))  # what is folded stays when folded again
            letters[letters == UNLIKE] = SPACE
        self._signs, self._letters, self._ends = signs, letters, np.cumsum(lengths, dtype=np.int64)
        letters[self._ends - 1] = ROW_ENDS
        self._cut = letters.tobytes()
        self._places = list(pairwise([0, *self._ends.tolist()]))

    def among(self, wanted: frozenset[str]) -> list[set[str]]:
        """For each row, those of the wanted words that `index.telling` would find in its texts."""
        latin = {word.encode(): word for word in wanted if word.isascii()}
        pairs = sorted(word for word in wanted if len(word) == 2 and not word.isascii())
        found = self._latin(latin) if latin else [set() for _ in self._places]
        for row, pair in self._pairs(pairs) if pairs else ():
            found[row].add(pairs[pair])
        return found

    def having(self, traces: Collection[bytes]) -> list[bool]:
        """For each row, whether its letters and digits, put together, have any of the traces.

        Digits alone are those of a whole number, but for zeros at its ends; an empty trace is that of any number.
        """
        found = [False] * len(self._places)
        if traces:
            pattern = re.compile(b"|".join(map(_spread, sorted(traces))))
            places = [match.start() for match in pattern.finditer(self._cut)]
            for row in np.searchsorted(self._ends, places, side="right").tolist():
                found[row] = True
        return found

    def tells(self, row: int) -> bool:
        """Whether a row soon says an English word that `index.telling` keeps; where not, it may say one later."""
        start, end = self._places[row]
        words = self._cut[start : min(end, start + OPENING)].split()[:-1]  # the last may be a piece of a word
        return any(len(word) > 1 and not word.isdigit() and word not in SAY_NOTHING for word in words)

    def _latin(self, wanted: Mapping[bytes, str]) -> list[set[str]]:
        """The Latin words of each row that are wanted: only what begins and ends as they do is read."""
        found: list[set[str]] = [set() for _ in self._places]
        edges = np.flatnonzero((self._letters[:-1] > SPACE) != (self._letters[1:] > SPACE)) + 1
        if len(self._letters) and self._letters[0] > SPACE:
            edges = np.concatenate([[0], edges])
        starts, ends = edges[::2], edges[1::2]  # every row ends with a sign that is no letter
        known = np.zeros((LONG + 1, LETTERS, LETTERS), dtype=bool)
        last = np.zeros((LONG + 1, LETTERS), dtype=bool)
        for word in wanted:
            known[min(len(word), LONG), word[0], word[1] if len(word) > 1 else slice(None)] = True
            last[min(len(word), LONG), word[-1]] = True
        likely = known[np.minimum(ends - starts, LONG), self._letters[starts], self._letters[starts + 1]]
        starts, ends, cut = starts[likely], ends[likely], self._cut
        likely = last[np.minimum(ends - starts, LONG), self._letters[ends - 1]]
        starts, ends = starts[likely], ends[likely]
        rows = np.searchsorted(self._ends, starts, side="right")
        for row, start, end in zip(rows.tolist(), starts.tolist(), ends.tolist(), strict=True):
            if (word := wanted.get(cut[start:end])) is not None:
                found[row].add(word)
        return found

    def _pairs(self, pairs: Sequence[str]) -> Iterable[tuple[int, int]]:
        """Where the pairs of characters stand: the number of the row and the number of the pair."""
        letters = {letter: number for number, letter in enumerate(sorted(set("".join(pairs))), 1)}
        number = np.zeros(SIGNS, dtype=np.int16)
        number[[ord(letter) for letter in letters]] = list(letters.values())
        table = np.full((len(letters) + 1, len(letters) + 1), -1, dtype=np.int16)
        for at, (first, second) in enumerate(pairs):
            table[letters[first], letters[second]] = at
        numbers = number.take(_single()).take(self._signs)
        met = table[numbers[:-1], numbers[1:]]
        places = np.flatnonzero(met >= 0)
        return zip(np.searchsorted(self._ends, places, side="right").tolist(), met[places].tolist(), strict=True)


def _spread(trace: bytes) -> bytes:
    """What finds a trace with anything between its signs; sought by its first sign, for most texts have none."""
    if not trace:
        return b"[0-9]"
    spread = b" *".join(trace[at : at + 1] for at in range(len(trace)))
    return spread[:1] + b"(?<![1-9]" + spread[:1] + b")" + spread[1:] + b"(?![1-9])" if trace.isdigit() else spread


def _signs(text: str) -> np.ndarray:
    """A text as the numbers of its signs; one that lies beyond the table is two."""
    return np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")


@cache
def _single() -> np.ndarray:
    """Every sign as `folded` has it, where that is one sign whatever stands around it; made once in a process."""
    codes = [code for code in range(OTHER) if code not in SURROGATES]
    together = BETWEEN.join(map(chr, codes))  # folded at once: no sign reaches past the one between
    plain = unicodedata.normalize("NFKD", together).split(BETWEEN)
    table = np.full(SIGNS, OTHER, dtype=np.uint16)
    for code, one, whole in zip(codes, folded(together).split(BETWEEN), plain, strict=True):
        if len(one) == 1 and ord(one) < OTHER and SIGMA not in whole:
            table[code] = ord(one)
    return table


@cache
def _latin_letters() -> np.ndarray:
    """Every sign as the byte of the small Latin letter or digit it folds to, or of a space; made once in a process."""
    table = np.full(SIGNS, SPACE, dtype=np.uint8)
    for letter in b"0123456789abcdefghijklmnopqrstuvwxyz":
        table[letter] = letter
    found = table[_single()]
    found[_single() == OTHER] = UNLIKE
    return found
