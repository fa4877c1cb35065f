"""The slow, obvious way to a score and a ranking, in fractions; it referees the quick one in the property tests."""

from collections.abc import Iterable
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from grandunion.engines.matching.markets import Plan
from grandunion.engines.matching.pieces import STEP, Ground, Offer, Part, Score, Wanted
from grandunion.engines.matching.scoring import score
from grandunion.engines.matching.wording import Corpus, corpus_of


def mean(figures: Iterable[Part | Ground]) -> Decimal | None:
    """The weighted mean of what is known, worked out in fractions and rounded once, halves to even."""
    known = [(Fraction(one.weight), Fraction(one.value)) for one in figures if one.value is not None]
    weights = sum(weight for weight, _ in known)
    if not weights:
        return None
    exact = sum(weight * value for weight, value in known) / weights
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(STEP, ROUND_HALF_EVEN)


def value(found: Score) -> Decimal:
    """A score's value out of nothing but its parts."""
    return mean(found.parts) or Decimal(0)


def confidence(found: Score) -> Decimal:
    """A score's confidence: the weight of the known parts in the weight of all."""
    every = sum(Fraction(part.weight) for part in found.parts)
    known = sum(Fraction(part.weight) for part in found.parts if part.value is not None)
    share = known / every if every else Fraction(0)
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(STEP, ROUND_HALF_EVEN)


def ranking(wanted: Wanted, offers: Iterable[Offer], plan: Plan) -> list[str]:
    """The keys of the offers, the best taken out one after the other."""
    left = list(offers)
    corpus: Corpus = corpus_of(left)
    found = {offer.key: score(wanted, offer, corpus, plan) for offer in left}
    keys: list[str] = []
    while left:
        best = left[0]
        for one in left[1:]:
            if _is_before(found[one.key], one.key, found[best.key], best.key):
                best = one
        left.remove(best)
        keys.append(best.key)
    return keys


def _is_before(mine: Score, my_key: str, yours: Score, your_key: str) -> bool:
    """Whether one pair stands before another."""
    if (mine.excluded is None) != (yours.excluded is None):
        return mine.excluded is None
    if mine.is_forced != yours.is_forced:
        return mine.is_forced
    if mine.value != yours.value:
        return mine.value > yours.value
    if mine.confidence != yours.confidence:
        return mine.confidence > yours.confidence
    return my_key < your_key
