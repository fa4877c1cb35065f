"""What matching reads and answers: an offer, what is wanted, and a score that decomposes into named parts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from grandunion.terms.matches import TieKind
from grandunion.terms.money import Money
from grandunion.terms.text import Text

STEP = Decimal("0.0001")
NOTHING, ALL = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Topic:
    """A term of a list: a field, an industry, an area, a region."""

    code: str
    name: Text = field(hash=False)


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing under several names: 激光雷达 is LiDAR; each form is its index words, beside how it is written."""

    forms: tuple[tuple[str, ...], ...]
    written: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bond:
    """A tie between somebody of the needing and somebody of the offering side; `is_confirmed` None: nobody looked."""

    tie_kind: TieKind
    parties: Text
    source: str | Text = ""
    is_confirmed: bool | None = True


@dataclass(slots=True)  # as offers
class Meant:
    """How near an offer's text is to the need's in meaning, 0 to 1, and the passage of the offer that says it.

    `is_one_language` where the passage is in the language of the text that asked; `said` what the record with the
    passage says in Chinese and in English, for readers of the language that the passage is not in.
    """

    closeness: Decimal
    passage: str = ""
    is_one_language: bool = False
    said: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Record:
    """What came of earlier introductions: how many led to something, how many ended either way."""

    succeeded: int
    ended: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody needs. Whatever is not known stays empty and lowers the confidence, never the value.

    `words` are the telling index words of the text in their order; `concepts` the known things it speaks of
    with their other names; `field` the field and those above it, the nearest first; `trl` 1–9; `budget` the
    most that can be paid, or the money that is sought; `stage` a code of FinanceRound; `modes` codes of Mode;
    `region` the codes of where the needing side is, the nearest first; `organisation` who needs it, with its
    `names` for the owners' lists of excluded partners; `conflicts` organisations that whoever runs the case
    must not deal with; `declined` the keys of offers turned down before, with what was said; `forced` keys of
    offers that somebody with the right to it wants brought together whatever the parts say; `has_opted_out` that the
    needing side wants no offers suggested to it by others.
    """

    words: tuple[str, ...]
    concepts: tuple[Concept, ...] = ()
    field: tuple[Topic, ...] = ()
    industry: Topic | None = None
    trl: int | None = None
    area: Topic | None = None
    region: tuple[str, ...] = ()
    budget: Money | None = None
    stage: str = ""
    instruments: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    organisation: int | None = None
    names: tuple[str, ...] = ()
    is_confidential: bool = False
    conflicts: frozenset[int] = frozenset()
    declined: tuple[tuple[str, Text], ...] = ()
    forced: tuple[tuple[str, Text], ...] = ()
    has_opted_out: bool = False


@dataclass(slots=True)  # not frozen: hundreds are made for every need, and a frozen one takes four times as long
class Offer:
    """What somebody has to offer, in the same terms.

    `trl` is the maturity it has, or `trl_range` the span it takes; `price` the least asked, `ticket` the span of
    amounts it deals in (the lower end is a floor); `age_days` since it was touched; `quota` how many introductions
    may be open at once and `open_now` how many are; `record` what came of earlier ones. `excluded_partners` is
    the owner's own text naming whom it will not deal with; `bonds` the ties with the needing side. `text` is the
    text part where it is not worked out of `words` and `meant` (somebody stands for all they wrote), `deals` the part
    of an investor's past deals.
    """

    key: str
    words: tuple[str, ...]
    meant: Meant | None = None
    text: "Part | None" = None
    deals: "Part | None" = None
    field: tuple[Topic, ...] = ()
    industry: Topic | None = None
    trl: int | None = None
    trl_range: tuple[int | None, int | None] | None = None
    area: Topic | None = None
    regions: tuple[Topic, ...] = ()
    price: Money | None = None
    ticket: tuple[Money | None, Money | None] | None = None
    stages: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    organisation: int | None = None
    excluded_partners: str = ""
    is_secret: bool = False
    has_opted_out: bool = False
    bonds: tuple[Bond, ...] = ()
    quota: int | None = None
    open_now: int | None = None
    record: Record | None = None
    age_days: int | None = None


@dataclass(frozen=True, slots=True)
class Ground:
    """One figure a part is made of: its weight within the part, its value 0 to 1."""

    code: str
    weight: Decimal
    value: Decimal


@dataclass(frozen=True, slots=True)
class Met:
    """What met what: the words of the need and of the offer, or the passage of the offer that means the same."""

    asked: str
    found: str
    is_meaning: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """One reason: its weight, how well it fits from 0 to 1 (None where a side is unknown), and the evidence.

    A part made of several figures has them in `grounds`: its value is their weighted mean.
    """

    code: str
    weight: Decimal
    value: Decimal | None
    evidence: Text
    grounds: tuple[Ground, ...] = ()
    met: tuple[Met, ...] = ()

    @property
    def share(self) -> Decimal:
        """What the part brings to the score before it is divided by the weights that are known."""
        return self.weight * (self.value or NOTHING)


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a constraint says of a pair: −1 not together, 0 nothing, +1 together whatever the parts say.

    `asks` is what somebody should confirm, where the ruling rests on what nobody has looked into.
    """

    code: str
    sign: int
    reason: Text
    asks: Text | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How well an offer answers a need, 0 to 1; `confidence` is the weight of what is known, 0 to 1.

    `excluded` is the reason why the two are not brought together whatever the value says, and `asks` what would
    settle it; `rulings` are all constraints that spoke.
    """

    value: Decimal
    confidence: Decimal
    parts: tuple[Part, ...]
    excluded: Text | None = None
    rulings: tuple[Ruling, ...] = ()

    @property
    def asks(self) -> Text | None:
        """What has to be confirmed before this exclusion stands or falls."""
        return next((one.asks for one in self.rulings if one.sign < 0 and one.asks is not None), None)

    @property
    def is_forced(self) -> bool:
        """Whether somebody wants the two together whatever the parts say, and nothing forbids it."""
        return self.excluded is None and any(one.sign > 0 for one in self.rulings)


def mean_of(figures: Iterable[Part | Ground]) -> Decimal | None:
    """The weighted mean of the figures that are known, four places; None if none is."""
    known = [one for one in figures if one.value is not None]
    weights = sum((one.weight for one in known), NOTHING)
    return (sum((one.weight * one.value for one in known), NOTHING) / weights).quantize(STEP) if weights else None


def value_of(parts: Iterable[Part]) -> Decimal:
    """The value out of its parts: the weighted mean over those that are known; 0 if none is."""
    return mean_of(parts) or NOTHING


def confidence_of(parts: Iterable[Part]) -> Decimal:
    """The share of all weights that rests on known facts."""
    parts = tuple(parts)
    weights = sum((part.weight for part in parts), NOTHING)
    known = sum((part.weight for part in parts if part.value is not None), NOTHING)
    return (known / weights).quantize(STEP) if weights else NOTHING
