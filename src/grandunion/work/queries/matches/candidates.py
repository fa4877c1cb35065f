"""Which achievements may answer a need: found by words, field and industry, then scored with reasons."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from grandunion.adapters import index
from grandunion.engines.matching import Offer, Part, Score, Topic, Wanted, corpus_of, ranked, score, sentence
from grandunion.records.achievements import Achievement
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import DeclineReason, FailReason
from grandunion.terms.money import Money
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.base import one, visible
from grandunion.work.queries.matches.rows import LIVE, conflicts_of, names_of

ON_OFFER = (
    AchievementState.IN_LIBRARY,
    AchievementState.RIGHTS_REVIEW,
    AchievementState.PUBLIC_NOTICE,
    AchievementState.DISPOSABLE,
)
FOUND, SHOWN, LIKE_IT = 400, 20, 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """One achievement for a need, with its score and the sentence that says it."""

    achievement: Achievement
    score: Score
    sentence: Text

    @property
    def percent(self) -> int:
        """The value as people say it, out of 100."""
        return round(self.score.value * 100)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found for a need: `offers` best first, `excluded` with their reasons, `compared` how many in all."""

    offers: tuple[Candidate, ...]
    excluded: tuple[Candidate, ...]
    compared: int


def candidates(need: Need, reader: Reader, limit: int = SHOWN) -> Candidates:
    """The achievements on offer that the reader may see and that may answer the need, with reasons.

    Prices enter the score only where the reader may read them.
    """
    matched = list(
        Match.objects.unscoped("what was matched or declined before is not suggested again; only shown to the desk")
        .filter(need=need)
        .exclude(achievement=None)
        .values_list("achievement", "state", "reason", "number")
    )
    live = {pk for pk, state, _, _ in matched if state in LIVE}
    found = {row.number: row for row in _retrieved(need, reader) if row.pk not in live}
    declined = {pk: _declined(reason, number) for pk, state, reason, number in matched if state not in LIVE}
    wanted = wanted_by(need, tuple((row.number, declined[row.pk]) for row in found.values() if row.pk in declined))
    offers = [offered(row, reader.at, knows_price=reader.reads_rows) for row in found.values()]
    scored = [Candidate(found[offer.key], score, sentence(score)) for offer, score in ranked(wanted, offers)]
    return Candidates(
        tuple(one for one in scored if one.score.excluded is None)[:limit],
        tuple(one for one in scored if one.score.excluded is not None) if reader.reads_rows else (),
        len(scored),
    )


def _retrieved(need: Need, reader: Reader) -> list[Achievement]:
    """The achievements on offer that share words with the need, and the latest of its field and industry."""
    shared = [pk for pk, _ in index.any_of("achievement", _text(need), limit=FOUND)]
    rows = on_offer(reader)
    by_words = rows.filter(pk__in=shared)
    same = Q(pk=None)
    if need.field_id:
        same |= Q(field=need.field_id) | Q(field__parent=need.field_id) | Q(field=need.field.parent_id)
    if need.industry_id:
        same |= Q(industry=need.industry_id)
    by_class = rows.filter(same).exclude(field=None, industry=None).order_by("-updated_at", "-pk")[:LIKE_IT]
    return list({row.pk: row for row in (*by_words, *by_class)}.values())


def on_offer(reader: Reader) -> QuerySet[Achievement]:
    """The achievements the reader may see that can still be introduced to somebody."""
    rows = visible(Achievement, reader).filter(state__in=ON_OFFER)
    return rows.select_related("owner", "field__parent", "industry", "area")


def offer(number: str, reader: Reader) -> Achievement:
    """The achievement with this number, if it is on offer and the reader may see it."""
    return one(on_offer(reader), number=number)


def _text(need: Need) -> str:
    return " ".join((need.title_zh, need.title_en, need.text_zh, need.text_en, need.acceptance_criteria))


def _declined(reason: str, number: str) -> Text:
    words = DeclineReason if DeclineReason.has(reason) else FailReason
    said = words(reason).text if words.has(reason) else Text("no reason given", "未说明原因")
    return Text(f"Tried before ({number}): {said.en}.", f"此前已尝试（{number}）：{said.zh}。")


def wanted_by(need: Need, declined: tuple[tuple[str, Text], ...] = ()) -> Wanted:
    """A need as matching reads it."""
    return Wanted(
        words=tuple(index.telling(_text(need), most=200)),
        field=_path(need.field),
        industry=_topic(need.industry),
        trl=need.trl_wanted,
        area=_topic(need.area),
        budget=Money(need.budget, need.currency) if need.budget is not None else None,
        organisation=need.owner_id,
        names=names_of(need.owner),
        conflicts=conflicts_of(need.in_charge_id),
        declined=declined,
    )


def offered(row: Achievement, at: datetime, *, knows_price: bool = False) -> Offer:
    """An achievement as matching reads it; only what is public of it, and the price where it may be known."""
    text = (row.title_zh, row.title_en, row.keywords, row.abstract_public_zh, row.abstract_public_en)
    least = row.price_min if row.price_min is not None else row.price_max
    return Offer(
        key=row.number,
        words=tuple(index.telling(" ".join(text), most=400)),
        field=_path(row.field),
        industry=_topic(row.industry),
        trl=row.trl,
        area=_topic(row.area),
        price=Money(least) if knows_price and least is not None else None,
        organisation=row.owner_id,
        excluded_partners=row.partners_excluded,
        age_days=(at - row.updated_at).days,
    )


def _topic(term: Term | None) -> Topic | None:
    return Topic(term.code, term.name) if term else None


def _path(term: Term | None) -> tuple[Topic, ...]:
    """The field and the one above it."""
    if term is None:
        return ()
    return tuple(Topic(one.code, one.name) for one in (term, term.parent) if one)


def shared_score(need: Need, row: Achievement, at: datetime) -> Score:
    """The score that a match keeps for both sides to read: worked out without the price, which is the owner's."""
    offer = offered(row, at)
    return score(wanted_by(need), offer, corpus_of([offer]))


def kept(score_parts: Iterable[Part]) -> list[dict]:
    """The parts of a score as a match keeps them."""
    return [
        {
            "part": part.code,
            "weight": str(part.weight),
            "value": None if part.value is None else str(part.value),
            "evidence_en": part.evidence.en,
            "evidence_zh": part.evidence.zh,
        }
        for part in score_parts
    ]


def kept_score(match: Match) -> Score | None:
    """The score out of what a match has kept."""
    if match.score is None:
        return None
    parts = tuple(
        Part(
            row["part"], Decimal(row["weight"]), None if row["value"] is None else Decimal(row["value"]),
            Text(row["evidence_en"], row["evidence_zh"]),
        )
        for row in match.parts
    )  # fmt: skip
    return Score(match.score, match.confidence, parts)
