"""The order of bids by the points of reviewers without a conflict: every step can be done again by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from grandunion.terms.scenarios import BidCriterion
from grandunion.terms.text import Text

PLACES = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Entrant:
    """One bid admitted to the review: its key, its number and its price."""

    key: int
    number: str
    price: Decimal | None


@dataclass(frozen=True, slots=True)
class Points:
    """What one reviewer gave one bid: 0 to 10 for each criterion."""

    key: int
    reviewer: int
    given: Mapping[BidCriterion, int]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A bid in its place: `score` out of 100, `by_criterion` the mean points of each criterion (0 to 10)."""

    place: int
    entrant: Entrant
    score: Decimal
    by_criterion: Mapping[BidCriterion, Decimal]
    reviews: int
    because: Text


def ranking(
    entrants: Iterable[Entrant],
    points: Iterable[Points],
    reviewers: Iterable[int],
    weights: Mapping[BidCriterion, int] | None = None,
) -> tuple[Ranked, ...]:
    """The bids, best first; only points of `reviewers` count. A bid nobody has scored is not ranked.

    Score = Σ weight · mean points · 10 / Σ weights, rounded to the hundredth, halves up; without `weights` all
    criteria weigh the same. Equal scores: the better technical mean, then the lower price (none counts as highest),
    then the number, so that the order never depends on chance.
    """
    allowed, weighed = frozenset(reviewers), weights or dict.fromkeys(BidCriterion, 1)
    given: dict[int, list[Points]] = {}
    for one in points:
        if one.reviewer in allowed:
            given.setdefault(one.key, []).append(one)
    scored = [(entrant, *_score(given[entrant.key], weighed)) for entrant in entrants if entrant.key in given]
    scored.sort(key=lambda row: _order(*row))
    return tuple(
        Ranked(place, entrant, score, means, len(given[entrant.key]), _because(score, means, weighed))
        for place, (entrant, score, means) in enumerate(scored, 1)
    )


def _score(rows: list[Points], weights: Mapping[BidCriterion, int]) -> tuple[Decimal, dict[BidCriterion, Decimal]]:
    exact = {one: Decimal(sum(row.given[one] for row in rows)) / len(rows) for one in BidCriterion}
    whole = sum(weights.values())
    score = sum((weights.get(one, 0) * exact[one] for one in BidCriterion), Decimal(0)) * 10 / whole
    means = {one: value.quantize(PLACES, ROUND_HALF_UP) for one, value in exact.items()}
    return score.quantize(PLACES, ROUND_HALF_UP), means


def _order(entrant: Entrant, score: Decimal, means: Mapping[BidCriterion, Decimal]) -> tuple:
    price = (1, Decimal(0)) if entrant.price is None else (0, entrant.price)
    return -score, -means[BidCriterion.TECHNICAL], price, entrant.number


def _because(score: Decimal, means: Mapping[BidCriterion, Decimal], weights: Mapping[BidCriterion, int]) -> Text:
    parts = [(one.text, means[one], weights.get(one, 0)) for one in BidCriterion]
    return Text(
        f"{score} of 100: " + ", ".join(f"{name.en.lower()} {mean} × {weight}" for name, mean, weight in parts),
        f"{score} 分（满分 100）：" + "、".join(f"{name.zh} {mean} × {weight}" for name, mean, weight in parts),
    )
