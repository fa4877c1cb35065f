"""Scores offers for a need on a market: named parts with evidence, constraints with their reason, ranked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from grandunion.engines.matching.constraints import Rulings, exclusion, rulings
from grandunion.engines.matching.fits import Fits, Fitting, fit
from grandunion.engines.matching.markets import PLANS, Plan
from grandunion.engines.matching.pieces import (
    NOTHING,
    STEP,
    Offer,
    Part,
    Ruling,
    Score,
    Wanted,
    confidence_of,
    value_of,
)
from grandunion.engines.matching.wording import Corpus, Texts, corpus_of, text_figures, text_part
from grandunion.terms.matches import Market
from grandunion.terms.text import Text

TECHNOLOGY = PLANS[Market.TECHNOLOGY]
WEIGHTS: Mapping[str, Decimal] = TECHNOLOGY.weights
Scored = tuple[Offer, Score]


def score(wanted: Wanted, offer: Offer, corpus: Corpus, plan: Plan = TECHNOLOGY) -> Score:
    """How well one offer answers what is wanted on a market.

    `corpus` has the word counts of the candidates it is compared with. The value (0–1, four places) is the
    weighted mean of the known parts and can be worked out again from `parts`; an excluded offer keeps its
    parts, and says in `excluded` why it is not brought together with the need.
    """
    parts = tuple(_part(code, weight, wanted, offer, corpus) for code, weight in plan.weights.items())
    found = rulings(wanted, offer)
    return Score(value_of(parts), confidence_of(parts), parts, exclusion(found), found)


def _part(code: str, weight: Decimal, wanted: Wanted, offer: Offer, corpus: Corpus) -> Part:
    if code == "text":
        return text_part(wanted, offer, corpus, weight)
    return fit(code, wanted, offer, weight)


class Figures(NamedTuple):
    """What the place of an offer hangs on; the reasons are put together for those that are shown."""

    offer: Offer
    value: Decimal
    confidence: Decimal
    rulings: tuple[Ruling, ...]
    excluded: Text | None
    fits: tuple[Fitting, ...]


class Ranking:
    """Offers for one need, compared with each other: figures for all, reasons and words for those that are shown."""

    def __init__(self, wanted: Wanted, offers: Iterable[Offer], plan: Plan = TECHNOLOGY) -> None:
        self.wanted, self.plan = wanted, plan
        offers = tuple(offers)
        self.corpus = corpus_of(offers)
        texts, fits = Texts(wanted, self.corpus).judge, Fits(wanted, offers).judged
        columns = [
            list(map(texts(weight), offers)) if code == "text" else fits(code, weight)
            for code, weight in plan.weights.items()
        ]
        self._rulings, self._whole = Rulings(wanted), sum(plan.weights.values(), NOTHING)
        self._confidences: dict[Decimal, Decimal] = {}
        self.figures = sorted(self._figures(offers, columns), key=_rank)

    def _figures(self, offers: tuple[Offer, ...], columns: list[list[Fitting]]) -> list[Figures]:
        """The values and the confidences as `value_of` and `confidence_of` have them."""
        known_ones = [column for column in columns if any(one[0] for one in column)] or columns[:1]
        knowns, shares = (
            map(sum, zip(*([one[place] for one in column] for column in known_ones), strict=True)) for place in (0, 1)
        )
        found = []
        every = zip(offers, knowns, shares, self._rulings.of(offers), zip(*columns, strict=True), strict=True)
        for offer, known, share, ruled, fits in every:
            value = (share / known).quantize(STEP) if known else NOTHING
            excluded = exclusion(ruled) if ruled else None
            found.append(Figures(offer, value or NOTHING, self._confidence(known), ruled, excluded, fits))
        return found

    def _confidence(self, known: Decimal) -> Decimal:
        found = self._confidences.get(known)
        if found is None:
            found = self._confidences[known] = (known / self._whole).quantize(STEP) if self._whole else NOTHING
        return found

    @property
    def pairs(self) -> tuple[Scored, ...]:
        """All offers with their scores in the order of `order`; the text parts say nothing yet."""
        return tuple(map(self.scored, self.figures))

    def scored(self, one: Figures) -> Scored:
        """An offer with its score, whose text part says nothing yet."""
        parts = tuple(
            text_figures(self.wanted, one.offer, self.corpus, weight) if code == "text" else found.part
            for (code, weight), found in zip(self.plan.weights.items(), one.fits, strict=True)
        )
        return one.offer, Score(one.value, one.confidence, parts, one.excluded, one.rulings)

    def told(self, offer: Offer, found: Score) -> Score:
        """The same score with what its text part rests on, as `score` gives it; weights may have been changed since."""
        parts = tuple(
            text_part(self.wanted, offer, self.corpus, part.weight) if part.code == "text" else part
            for part in found.parts
        )
        return replace(found, parts=parts)


def _rank(one: Figures) -> tuple:
    """The place of `_place`, before there is a score."""
    is_forced = one.excluded is None and bool(one.rulings) and any(ruling.sign > 0 for ruling in one.rulings)
    return one.excluded is not None, not is_forced, -one.value, -one.confidence, one.offer.key


def ranked(wanted: Wanted, offers: Iterable[Offer], plan: Plan = TECHNOLOGY) -> tuple[Scored, ...]:
    """All offers with their scores in the order of `order`."""
    ranking = Ranking(wanted, offers, plan)
    return tuple((offer, ranking.told(offer, found)) for offer, found in ranking.pairs)


def order(scored: Iterable[Scored]) -> tuple[Scored, ...]:
    """Forced pairs first, then the best, at equal value the surer, then by key; excluded ones last."""
    return tuple(sorted(scored, key=_place))


def _place(pair: Scored) -> tuple:
    offer, found = pair
    return found.excluded is not None, not found.is_forced, -found.value, -found.confidence, offer.key


def reweighed(scored: Iterable[Scored], plan: Plan) -> tuple[Scored, ...]:
    """The same pairs under other weights: nothing is compared again, each part only counts for more or less."""
    return order((offer, _reweighed(found, plan)) for offer, found in scored)


def _reweighed(found: Score, plan: Plan) -> Score:
    parts = tuple(
        Part(part.code, plan.weights[part.code], part.value, part.evidence, part.grounds, part.met)
        for part in found.parts
    )
    return Score(value_of(parts), confidence_of(parts), parts, found.excluded, found.rulings)
