"""Achievements that may stand twice: what says the same in either language, with the reasons."""

from dataclasses import dataclass

from grandunion.adapters import index
from grandunion.engines.matching.identity import Writing, twins
from grandunion.engines.matching.pieces import Score
from grandunion.records.achievements import Achievement
from grandunion.terms.readers import Reader
from grandunion.work.queries.achievements.rows import visible_to

LOOKED_AT, SHOWN = 60, 8


@dataclass(frozen=True, slots=True)
class LikeAchievement:
    """An achievement that may be the same, with how alike it is and in what."""

    achievement: Achievement
    score: Score


def like_achievements(typed: Writing, reader: Reader, *, apart_from: int | None = None) -> list[LikeAchievement]:
    """The achievements the reader may see that may be the one being written, the likeliest first."""
    text = f"{typed.title_zh} {typed.title_en} {typed.body_zh} {typed.body_en}"
    shared = index.any_of("achievement", text, LOOKED_AT)
    rows = visible_to(reader).filter(pk__in=[pk for pk, _ in shared if pk != apart_from])
    known = {str(row.pk): row for row in rows}
    found = twins(typed, ((key, writing_of(row)) for key, row in known.items()))
    return [LikeAchievement(known[twin.key], twin.score) for twin in found[:SHOWN]]


def writing_of(achievement: Achievement) -> Writing:
    """An achievement as it is compared: its public words only, so that no secret tells itself by likeness."""
    return Writing(
        achievement.title_zh, achievement.title_en, achievement.abstract_public_zh, achievement.abstract_public_en
    )
