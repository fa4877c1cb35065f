"""Needs that may stand twice: what says the same in either language, with the reasons."""

from dataclasses import dataclass

from grandunion.adapters import index
from grandunion.engines.matching.identity import Writing, twins
from grandunion.engines.matching.pieces import Score
from grandunion.records.needs import Need
from grandunion.terms.needs import NeedState
from grandunion.terms.readers import Reader
from grandunion.work.queries.needs.rows import visible_to

LOOKED_AT, SHOWN = 60, 8


@dataclass(frozen=True, slots=True)
class LikeNeed:
    """A need that may be the same, with how alike it is and in what."""

    need: Need
    score: Score


def like_needs(typed: Writing, reader: Reader, *, apart_from: int | None = None) -> list[LikeNeed]:
    """The needs the reader may see that may be the one being written, the likeliest first."""
    shared = index.any_of("need", f"{typed.title_zh} {typed.title_en} {typed.body_zh} {typed.body_en}", LOOKED_AT)
    rows = visible_to(reader).filter(pk__in=[pk for pk, _ in shared if pk != apart_from])
    known = {str(row.pk): row for row in rows.exclude(state__in=(NeedState.SPAM, NeedState.DRAFT))}
    found = twins(typed, ((key, writing_of(row)) for key, row in known.items()))
    return [LikeNeed(known[twin.key], twin.score) for twin in found[:SHOWN]]


def writing_of(need: Need) -> Writing:
    """A need as it is compared: what everybody reads who reads the need at all."""
    return Writing(need.title_zh, need.title_en, need.text_zh, need.text_en)
