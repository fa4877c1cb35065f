"""Brings offers and needs together: a score of named parts, constraints with a reason, a sentence to say it."""

from grandunion.engines.matching.constraints import exclusion, rulings, sign
from grandunion.engines.matching.markets import (
    ACHIEVEMENT,
    EXPERT,
    PARTS,
    PLANS,
    Plan,
    categories_of,
    market_for,
    markets_of,
)
from grandunion.engines.matching.measures import measured
from grandunion.engines.matching.pieces import (
    Bond,
    Concept,
    Ground,
    Meant,
    Met,
    Offer,
    Part,
    Record,
    Ruling,
    Score,
    Topic,
    Wanted,
    confidence_of,
    mean_of,
    value_of,
)
from grandunion.engines.matching.saying import NAMES, sentence
from grandunion.engines.matching.scoring import WEIGHTS, order, ranked, reweighed, score
from grandunion.engines.matching.wording import Corpus, corpus_of, spoken_of

__all__ = [
    "ACHIEVEMENT",
    "EXPERT",
    "NAMES",
    "PARTS",
    "PLANS",
    "WEIGHTS",
    "Bond",
    "Concept",
    "Corpus",
    "Ground",
    "Meant",
    "Met",
    "Offer",
    "Part",
    "Plan",
    "Record",
    "Ruling",
    "Score",
    "Topic",
    "Wanted",
    "categories_of",
    "confidence_of",
    "corpus_of",
    "exclusion",
    "market_for",
    "markets_of",
    "mean_of",
    "measured",
    "order",
    "ranked",
    "reweighed",
    "rulings",
    "score",
    "sentence",
    "sign",
    "spoken_of",
    "value_of",
]
