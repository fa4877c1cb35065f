"""Records that say much the same as what somebody is typing, with reasons; it warns and never stops anybody."""

from dataclasses import dataclass

from django.db.models import QuerySet

from grandunion.adapters import index
from grandunion.engines.matching.identity.texts import Writing, likeness
from grandunion.records.achievements import Achievement
from grandunion.records.matches import Offer
from grandunion.records.needs import Need
from grandunion.terms.needs import NeedState
from grandunion.terms.offers import OfferState
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import visible

LOOKED, SHOWN, LONGEST = 60, 5, 300
LEAST = 45  # of 100: from here on a title is shown as alike
TABLES = {"need": Need, "achievement": Achievement, "offer": Offer}
LEFT_OUT = {"need": (NeedState.SPAM, NeedState.DRAFT, NeedState.CANCELLED), "offer": (OfferState.WITHDRAWN,)}


@dataclass(frozen=True, slots=True)
class Alike:
    """One record that may be the same, and why."""

    record: Need | Achievement | Offer
    percent: int
    reason: Text


def alike(kind: str, title: str, reader: Reader, *, but: str = "") -> tuple[Alike, ...]:
    """The records of a kind the reader may see whose titles, in either language, are like the one typed."""
    if kind not in TABLES:
        raise Absent
    typed = " ".join(title.replace("\x00", " ").split())[:LONGEST]
    if len(typed) < 2:
        return ()
    near = [pk for pk, _ in index.any_of(kind, typed, limit=LOOKED * 4)]
    found = [_compared(row, typed) for row in _rows(kind, reader).filter(pk__in=near).exclude(number=but)]
    found.sort(key=lambda one: (-one.percent, one.record.number))
    return tuple(one for one in found if one.percent >= LEAST)[:SHOWN]


def _rows(kind: str, reader: Reader) -> QuerySet:
    return visible(TABLES[kind], reader).exclude(state__in=LEFT_OUT.get(kind, ()))


def _compared(row: Need | Achievement | Offer, typed: str) -> Alike:
    score = likeness(Writing(title_zh=typed, title_en=typed), Writing(title_zh=row.title_zh, title_en=row.title_en))
    reason = next((part.evidence for part in score.parts if part.value is not None), NOTHING)
    return Alike(row, round(score.value * 100), reason)
