"""Which cells of a table of counts are shown to somebody who may see aggregates but not rows."""

from collections.abc import Sequence

LEAST = 5  # design of the hub: a bureau sees cells of five or more


def masked(counts: Sequence[int]) -> frozenset[int]:
    """The places of the cells to hide, in a table whose sum is shown.

    Every cell of one to four records is hidden. What is hidden can be worked out together, as the sum less all that
    is shown: so it is never one cell alone, and never fewer than five records. Until then the smallest other cell
    that holds anything is hidden with it (secondary suppression). Empty cells stay.
    """
    small = {place for place, count in enumerate(counts) if 0 < count < LEAST}
    others = sorted((count, place) for place, count in enumerate(counts) if count >= LEAST)
    while small and others and (len(small) == 1 or sum(counts[place] for place in small) < LEAST):
        small.add(others.pop(0)[1])
    return frozenset(small)
