"""What matching reads and answers: an offer, what is wanted, and a score that decomposes into named parts."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from grandunion.terms.money import Money
from grandunion.terms.text import Text

STEP = Decimal("0.0001")
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Topic:
    """A term of a list: a field, an industry, an area."""

    code: str
    name: Text


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody needs. Whatever is not known stays empty and lowers the confidence, never the value.

    `words` are the telling index words of the text in their order; `field` the field and those above it,
    the nearest first; `trl` 1–9; `budget` the most that can be paid; `organisation` who needs it, with its
    `names` for the owners' lists of excluded partners; `conflicts` organisations that whoever runs the
    case must not deal with; `declined` the keys of offers turned down before, with what was said.
    """

    words: tuple[str, ...]
    field: tuple[Topic, ...] = ()
    industry: Topic | None = None
    trl: int | None = None
    area: Topic | None = None
    budget: Money | None = None
    organisation: int | None = None
    names: tuple[str, ...] = ()
    conflicts: frozenset[int] = frozenset()
    declined: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True, slots=True)
class Offer:
    """What somebody has to offer, in the same terms; `price` is the least asked, `age_days` since it was touched.

    `excluded_partners` is the owner's own text naming whom it will not deal with.
    """

    key: str
    words: tuple[str, ...]
    field: tuple[Topic, ...] = ()
    industry: Topic | None = None
    trl: int | None = None
    area: Topic | None = None
    price: Money | None = None
    organisation: int | None = None
    excluded_partners: str = ""
    age_days: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: its weight, how well it fits from 0 to 1 (None where a side is unknown), and the evidence."""

    code: str
    weight: Decimal
    value: Decimal | None
    evidence: Text

    @property
    def share(self) -> Decimal:
        """What the part brings to the score before it is divided by the weights that are known."""
        return self.weight * (self.value or NOTHING)


@dataclass(frozen=True, slots=True)
class Score:
    """How well an offer answers a need, 0 to 1; `confidence` is the weight of what is known, 0 to 1.

    `excluded` is the reason why the two are not brought together whatever the value says.
    """

    value: Decimal
    confidence: Decimal
    parts: tuple[Part, ...]
    excluded: Text | None = None


def value_of(parts: Iterable[Part]) -> Decimal:
    """The value out of its parts: the weighted mean over those that are known; 0 if none is."""
    known = [part for part in parts if part.value is not None]
    weights = sum((part.weight for part in known), NOTHING)
    return (sum((part.share for part in known), NOTHING) / weights).quantize(STEP) if weights else NOTHING


def confidence_of(parts: Iterable[Part]) -> Decimal:
    """The share of all weights that rests on known facts."""
    parts = tuple(parts)
    weights = sum((part.weight for part in parts), NOTHING)
    known = sum((part.weight for part in parts if part.value is not None), NOTHING)
    return (known / weights).quantize(STEP) if weights else NOTHING
