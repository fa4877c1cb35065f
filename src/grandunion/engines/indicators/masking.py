"""Which cells of a table of counts are shown to somebody who may see aggregates but not rows."""

from collections.abc import Sequence

LEAST = 5  # design of the hub: a bureau sees cells of five or more


def masked(counts: Sequence[int]) -> frozenset[int]:
    """The places of the cells to hide, in a table whose sum is shown.

    Every cell of one to four records is hidden. Where that hides a single cell it could be worked out from the sum,
    so the smallest other cell that holds anything is hidden with it (secondary suppression). Empty cells stay.
    """
    small = {place for place, count in enumerate(counts) if 0 < count < LEAST}
    if len(small) == 1:
        others = [(count, place) for place, count in enumerate(counts) if count >= LEAST]
        small |= {min(others)[1]} if others else set()
    return frozenset(small)
