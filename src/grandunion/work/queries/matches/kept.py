"""The reasons of a score as a match keeps them, and the score out of what was kept."""

from collections.abc import Iterable
from decimal import Decimal

from grandunion.engines.matching import Ground, Met, Part, Score
from grandunion.records.matches import Match
from grandunion.terms.text import Text


def kept(score_parts: Iterable[Part]) -> list[dict]:
    """The parts of a score as a match keeps them."""
    return [
        {
            "part": part.code,
            "weight": str(part.weight),
            "value": None if part.value is None else str(part.value),
            "evidence_en": part.evidence.en,
            "evidence_zh": part.evidence.zh,
            "grounds": [[one.code, str(one.weight), str(one.value)] for one in part.grounds],
            "met": [[one.asked, one.found, one.is_meaning] for one in part.met],
        }
        for part in score_parts
    ]


def kept_score(match: Match) -> Score | None:
    """The score out of what a match has kept."""
    if match.score is None:
        return None
    return Score(match.score, match.confidence, kept_parts(match.parts))


def kept_parts(rows: Iterable[dict]) -> tuple[Part, ...]:
    """The parts out of what was kept."""
    return tuple(
        Part(
            row["part"], Decimal(row["weight"]), None if row["value"] is None else Decimal(row["value"]),
            Text(row["evidence_en"], row["evidence_zh"]),
            tuple(Ground(code, Decimal(weight), Decimal(value)) for code, weight, value in row.get("grounds", ())),
            tuple(Met(asked, found, is_meaning) for asked, found, is_meaning in row.get("met", ())),
        )
        for row in rows
    )  # fmt: skip
