"""What is foreseen of a figure: a span with its middle, the chance of a target, and how the method did in the past."""

from dataclasses import dataclass
from datetime import date
from itertools import accumulate
from math import exp, lgamma, log, sqrt
from statistics import NormalDist

from grandunion.terms.plans import Operator
from grandunion.terms.targets import ProjectionMethod
from grandunion.terms.text import NOTHING, Text

LOW, HIGH = 0.1, 0.9  # the span of eighty percent
TAIL = 1e-9


@dataclass(frozen=True, slots=True)
class Trials:
    """How the method did on the past: how often it was tried, how often the span held, the middle's mean distance."""

    tried: int = 0
    held: int = 0
    error: float | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a figure on `until`, which is `now` on `as_of` and counts from `since` on; and the target."""

    now: float
    as_of: date
    since: date
    until: date
    operator: str = ""
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Foreseen:
    """The figure at a later day: `low` … `high` should hold it four times in five, `chance` that the target is met.

    `why` says what is missing where it is not known.
    """

    method: ProjectionMethod
    now: float | None = None
    low: float | None = None
    middle: float | None = None
    high: float | None = None
    chance: float | None = None
    why: Text = NOTHING
    trials: Trials = Trials()

    @property
    def is_known(self) -> bool:
        return self.method is not ProjectionMethod.UNKNOWN


def unknown(why: Text) -> Foreseen:
    """That nothing can be foreseen, and why."""
    return Foreseen(ProjectionMethod.UNKNOWN, why=why)


@dataclass(frozen=True, slots=True)
class Coming:
    """What is still to come as a distribution: counts (whole numbers from 0) or an amount (normal)."""

    mean: float
    variance: float
    is_count: bool = True

    def quantile(self, share: float) -> float:
        """The least number that holds this share of what can come."""
        if not self.is_count:
            return NormalDist(self.mean, sqrt(self.variance)).inv_cdf(share) if self.variance > 0 else self.mean
        weights = self._weights()
        reached = accumulate(weight for _, weight in weights)
        found = (number for (number, _), total in zip(weights, reached, strict=True) if total >= share)
        return float(next(found, weights[-1][0]))

    def over(self, needed: float, *, is_strict: bool) -> float:
        """The chance that at least (or, strictly, more than) the needed amount comes."""
        if not self.is_count:
            if self.variance <= 0:
                return float(self.mean > needed or (not is_strict and self.mean == needed))
            return 1 - NormalDist(self.mean, sqrt(self.variance)).cdf(needed)
        below = sum(weight for number, weight in self._weights() if number < needed or (is_strict and number == needed))
        return max(0.0, 1 - below)

    def _weights(self) -> list[tuple[int, float]]:
        """The chance of each count: negative binomial, or Poisson where nothing spreads it further."""
        if self.mean <= TAIL:
            return [(0, 1.0)]
        size = self.mean**2 / max(self.variance - self.mean, self.mean * 1e-6)
        found, total, number = [], 0.0, 0
        last = int(self.mean + 12 * sqrt(max(self.variance, self.mean)) + 12)
        while number <= last and total < 1 - TAIL:
            weight = exp(
                lgamma(size + number) - lgamma(size) - lgamma(number + 1)
                + size * log(size / (size + self.mean)) + number * log(self.mean / (size + self.mean))
            )  # fmt: skip
            found.append((number, weight))
            total += weight
            number += 1
        return found


def foreseen(method: ProjectionMethod, asked: Question, coming: Coming) -> Foreseen:
    """The figure at the deadline: what it is now and what is still to come; the chance where a target is given."""
    low, middle, high = (asked.now + coming.quantile(share) for share in (LOW, 0.5, HIGH))
    chance = None
    if asked.target is not None and Operator.has(asked.operator):
        needed = asked.target - asked.now
        chance = coming.over(needed, is_strict=asked.operator in (Operator.OVER, Operator.AT_MOST))
        chance = 1 - chance if asked.operator == Operator.AT_MOST else chance
    return Foreseen(method, asked.now, low, middle, high, chance)
