"""Brings offers and needs together: a score of named parts, exclusions with a reason, a sentence to say it."""

from grandunion.engines.matching.pieces import Offer, Part, Score, Topic, Wanted, confidence_of, value_of
from grandunion.engines.matching.saying import NAMES, sentence
from grandunion.engines.matching.scoring import WEIGHTS, exclusion, ranked, score
from grandunion.engines.matching.wording import Corpus, corpus_of

__all__ = [
    "NAMES",
    "WEIGHTS",
    "Corpus",
    "Offer",
    "Part",
    "Score",
    "Topic",
    "Wanted",
    "confidence_of",
    "corpus_of",
    "exclusion",
    "ranked",
    "score",
    "sentence",
    "value_of",
]
