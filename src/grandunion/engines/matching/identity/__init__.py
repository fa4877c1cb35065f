"""Tells whether two names, or two texts, are the same thing: organisations, achievements and needs."""

from grandunion.engines.matching.identity.alike import ALIKE, alike
from grandunion.engines.matching.identity.registry import OFFICIAL, OTHER, SHORT, Called, Known, Registry
from grandunion.engines.matching.identity.scoring import SURE, Answer, Found, answer
from grandunion.engines.matching.identity.texts import TWICE, Twin, Writing, likeness, twins

__all__ = [
    "ALIKE",
    "OFFICIAL",
    "OTHER",
    "SHORT",
    "SURE",
    "TWICE",
    "Answer",
    "Called",
    "Found",
    "Known",
    "Registry",
    "Twin",
    "Writing",
    "alike",
    "answer",
    "likeness",
    "twins",
]
