"""Gives every meeting a slot when everybody is free all the time: a bipartite graph is coloured by its degree.

König 1916: as many slots as the busiest has meetings are enough. de Werra 1971: the slots can be filled evenly,
so that no slot needs more tables than the meetings divided by the slots, rounded up.
"""

from collections.abc import Iterable

Edge = tuple[int, int]


class Timetable:
    """Slots of edges being filled; `at[side][member]` has the slot of each partner's edge."""

    def __init__(self, slots: int) -> None:
        self.slots = slots
        self.colour: dict[Edge, int] = {}
        self.at: tuple[dict[tuple[int, int], Edge], ...] = ({}, {})
        self.sizes = [0] * slots

    def put(self, edge: Edge) -> None:
        """Give an edge a slot, swapping two slots along a path where its ends have none in common."""
        left = self._first_free(0, edge[0])
        right = self._first_free(1, edge[1])
        if (1, edge[1], left) in self and (0, edge[0], right) in self:
            self._swap(self._path((1, edge[1]), left, right), left, right)
        slot = left if (1, edge[1], left) not in self else right
        self._set(edge, slot)

    def even(self) -> None:
        """Fill the slots evenly: while two differ by more than one, swap them along a path that has one more."""
        while True:
            full = max(range(self.slots), key=lambda slot: (self.sizes[slot], -slot))
            empty = min(range(self.slots), key=lambda slot: (self.sizes[slot], slot))
            if self.sizes[full] - self.sizes[empty] <= 1:
                return
            self._swap(self._longer_path(full, empty), full, empty)

    def __contains__(self, place: tuple[int, int, int]) -> bool:
        side, member, slot = place
        return (member, slot) in self.at[side]

    def _first_free(self, side: int, member: int) -> int:
        return next(slot for slot in range(self.slots) if (member, slot) not in self.at[side])

    def _path(self, start: tuple[int, int], slot: int, other: int) -> list[Edge]:
        """The edges reached from one end going by `slot`, then `other`, then `slot` again."""
        (side, member), found = start, []
        while edge := self.at[side].get((member, slot)):
            found.append(edge)
            side, slot, other = 1 - side, other, slot
            member = edge[side]
        return found

    def _longer_path(self, full: int, empty: int) -> list[Edge]:
        """A path of edges in turns of the two slots that begins and ends with the fuller one."""
        for side in (0, 1):
            for member, slot in sorted(self.at[side]):
                if slot == full and (member, empty) not in self.at[side]:
                    path = self._path((side, member), full, empty)
                    if len(path) % 2:
                        return path
        raise AssertionError("the fuller of two slots always has such a path")

    def _swap(self, path: list[Edge], slot: int, other: int) -> None:
        before = {edge: self.colour[edge] for edge in path}
        for edge in path:
            self._clear(edge)
        for edge in path:
            self._set(edge, other if before[edge] == slot else slot)

    def _set(self, edge: Edge, slot: int) -> None:
        self.colour[edge] = slot
        self.sizes[slot] += 1
        for side in (0, 1):
            self.at[side][edge[side], slot] = edge

    def _clear(self, edge: Edge) -> None:
        slot = self.colour.pop(edge)
        self.sizes[slot] -= 1
        for side in (0, 1):
            del self.at[side][edge[side], slot]


def coloured(edges: Iterable[Edge], slots: int, tables: int | None) -> dict[Edge, int]:
    """A slot from 0 for every edge: no two edges of a member in one slot, at most `tables` edges in each.

    Expects that nobody has more edges than there are slots and that all edges fit the tables together.
    """
    timetable = Timetable(slots)
    for edge in edges:
        timetable.put(edge)
    if tables is not None and max(timetable.sizes, default=0) > tables:
        timetable.even()
    return timetable.colour
