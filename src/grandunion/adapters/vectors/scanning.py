"""Finds the nearest vectors: an exact scan, and above a size one of single bits whose best are scored exactly.

Vectors are centred and of length 1, so that the inner product is the cosine. Bits are the signs of the numbers; they
say little unless the vectors were centred first.
"""

from dataclasses import dataclass

import numpy as np

WORD = 64
AGAIN = 20  # so many times as many as are wanted are scored exactly after the scan of bits
LEAST_AGAIN = 2_000
ROUNDING = 1e-5
PLACES = 40  # bits of a row


@dataclass(frozen=True, slots=True)
class Codes:
    """The signs of the first `count` vectors: `planes` has a row for every 64 numbers, a column for every vector."""

    planes: np.ndarray
    count: int


def signs(vectors: np.ndarray) -> np.ndarray:
    """The signs of vectors (count × numbers) as planes of 64-bit words (numbers / 64 × count)."""
    packed = np.packbits(vectors > 0, axis=1)
    padded = np.pad(packed, ((0, 0), (0, -packed.shape[1] % 8)))
    return np.ascontiguousarray(padded.view(np.uint64).T)


def nearest(
    vectors: np.ndarray, asked: np.ndarray, most: int, allowed: np.ndarray | None = None, codes: Codes | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """The rows of the `most` vectors nearest to the asked one and their cosines, best first.

    `allowed` is a mask of the rows that count. With `codes` the rows they cover are looked through by signs first.
    Equal cosines stand in order of their rows.
    """
    rows = _rows(vectors, asked, most, allowed, codes)
    cosines = vectors @ asked if rows is None else vectors[rows] @ asked
    if rows is None and allowed is not None:
        cosines = np.where(allowed, cosines, -np.inf)
    return _best(rows, cosines, most)


def nearest_of(vectors: np.ndarray, asked: np.ndarray, most: int, rows: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """As `nearest`, among these few rows alone, which stand in their order."""
    return _best(rows, vectors[rows] @ asked, most)


def _rows(
    vectors: np.ndarray, asked: np.ndarray, most: int, allowed: np.ndarray | None, codes: Codes | None
) -> np.ndarray | None:
    """The rows worth scoring exactly; None where that is all of them."""
    if allowed is not None:
        few = np.flatnonzero(allowed)
        if codes is None or len(few) < max(LEAST_AGAIN, AGAIN * most) or len(few) < len(vectors) // 20:
            return few if len(few) < len(vectors) // 2 else None
    if codes is None:
        return None
    distance = _distances(codes, asked)
    if allowed is not None:
        distance[~allowed[: codes.count]] = np.iinfo(distance.dtype).max
    again = min(max(LEAST_AGAIN, AGAIN * most), codes.count)
    close = np.argpartition(distance, again - 1)[:again]
    if allowed is not None:
        close = close[allowed[close]]
    tail = np.arange(codes.count, len(vectors))
    tail = tail if allowed is None else tail[allowed[tail]]
    return np.sort(np.concatenate([close, tail]))


def _distances(codes: Codes, asked: np.ndarray) -> np.ndarray:
    """In how many signs each vector differs from the asked one."""
    total = np.zeros(codes.count, dtype=np.uint16)
    for plane, word in zip(codes.planes, signs(asked[None, :])[:, 0], strict=True):
        total += np.bitwise_count(plane[: codes.count] ^ word)
    return total


def _best(rows: np.ndarray | None, cosines: np.ndarray, most: int) -> tuple[np.ndarray, np.ndarray]:
    count = min(most, int(np.count_nonzero(cosines > -np.inf)))
    if count == 0:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
    least = np.partition(cosines, len(cosines) - count)[len(cosines) - count]
    found = np.flatnonzero(cosines >= least - ROUNDING)
    rounded = np.round(cosines[found] / ROUNDING)  # equal vectors differ in the last digits by where they stand
    places = (-rounded.astype(np.int64) << PLACES) + np.arange(len(found))
    places.sort()  # equal ones stay in the order of their rows, and it is quicker than a stable sort
    found = found[places[:count] & ((1 << PLACES) - 1)]
    return (found if rows is None else rows[found]), cosines[found]
