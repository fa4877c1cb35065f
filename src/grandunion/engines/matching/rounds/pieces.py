"""What a round reads and answers: two sides with their loads, the pairs between them, slots, and meetings."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from grandunion.terms.rounds import FairTo, Objective
from grandunion.terms.text import Text, Word

NOTHING = Decimal(0)
FORBIDDEN, OPEN, FORCED = -1, 0, 1
STEPS = 10_000  # a value is counted in ten-thousandths, as a score is written


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody in a round: from `min_load` to `max_load` meetings, none in the slots they are `not_free` in.

    `max_load` 0 says that they no longer take part. Members with the same `body`, on either side, are one
    organisation or person that takes part more than once: in no slot does it sit in two meetings.
    """

    key: str
    name: Text
    min_load: int = 0
    max_load: int = 1
    not_free: frozenset[str] = frozenset()
    body: str = ""


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which meetings are held side by side; at most `tables` of them, any number if None, none if 0."""

    key: str
    name: Text
    tables: int | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """What a meeting of the two is worth, 0 to 1; `constraint` −1 forbids it, with a reason, and +1 forces it."""

    key_a: str
    key_b: str
    value: Decimal
    constraint: int = OPEN
    reason: Text | None = None


@dataclass(frozen=True, slots=True)
class RoundPlan:
    """A whole round. Keys are unique over both sides; a pair that is not listed is never brought together.

    Without `slots` the round has no times. Otherwise nobody, and no body, is in two places at once, and the slots
    stand in the order of the day.
    """

    firsts: tuple[Member, ...]
    seconds: tuple[Member, ...]
    pairs: tuple[Pair, ...]
    slots: tuple[Slot, ...] = ()
    objective: Objective = Objective.TOTAL
    fair_to: FairTo = FairTo.FIRSTS


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """One pair brought together, at its slot where the round has times."""

    key_a: str
    key_b: str
    slot: str | None = None
    value: Decimal = field(default=NOTHING, compare=False)


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Somebody with `missing` meetings too few, or with none at all though nothing obliges (`missing` 0), and why.

    A forced pair that could not be held is named by its first member with `missing` 1.
    """

    key: str
    reason: Text
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Assigned:
    """The meetings of a round, and how good they are.

    `total` is the sum of the values, `worst` what the worst-off of the side that is looked at gets in sum
    among those that get anything. `bound` and `worst_bound` are proved limits: no assignment with the same
    loads and forced pairs is better. `gap` is the share of the aim that may be missing, 0 where `exact`.
    """

    meetings: tuple[Meeting, ...]
    total: Decimal
    worst: Decimal
    bound: Decimal
    worst_bound: Decimal
    gap: Decimal
    exact: bool
    unplaced: tuple[Unplaced, ...] = ()

    @property
    def is_complete(self) -> bool:
        """Whether every minimum and every forced pair is kept."""
        return not any(one.missing for one in self.unplaced)


class ChangeKind(Word):
    """What became of a published meeting."""

    DROPPED = "dropped", "Dropped", "取消"
    MOVED = "moved", "Moved", "改期"
    ADDED = "added", "Added", "新增"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the published and the repaired round, and why."""

    kind: ChangeKind
    before: Meeting | None
    after: Meeting | None
    reason: Text


@dataclass(frozen=True, slots=True)
class Repaired:
    """A round after a repair: its assignment, what changed, and how many published meetings stay as they are."""

    assigned: Assigned
    changes: tuple[Change, ...]
    kept: int


@dataclass(frozen=True, slots=True)
class Alternate:
    """Who could take the place of `instead_of` in a meeting without anything else changing."""

    meeting: Meeting
    instead_of: str


Alternates = Mapping[Meeting, tuple[Alternate, ...]]
