"""Searching what is public by words, by other names of the same thing, and by meaning, in both languages at once.

Only rows the searcher may see are looked at: no other takes a place, is counted, or moves another's place.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from grandunion.adapters import index, meaning
from grandunion.engines.matching import Concept, spoken_of
from grandunion.engines.matching.fusing import fused, terms_of
from grandunion.terms.text import Text
from grandunion.work.queries.matches.finding import concepts, words_in

MOST = 200  # of each kind; a search that finds more says so
# How many texts wait to be read is not told: most of them are not public.
DEGRADED = Text(
    "Meaning could not be compared, or not wholly: this was searched by words and by other names of the same thing.",
    "本次未能完整比对语义，结果按字词及同义名称查找。",
)
# A search is short and so is never very near; over the demonstration hub what does not answer stays below this.
LIKE = Decimal("0.12")  # nearness in meaning from which a record answers though it shares no word
ALONE = 24  # answer by meaning alone at most
HALF = Decimal("0.5")  # of the words asked for
WORDS = 24  # of a search are compared
NOT_ASKED = Text(
    "Searched by words alone: very many searches came from your network within the hour.",
    "您所在网络一小时内查询较多，本次仅按字词查询。",
)


@dataclass(frozen=True, slots=True)
class Sought:
    """The rows that answer, best first, by id; `missing` says why meaning was not, or not wholly, compared."""

    ids: tuple[int, ...]
    is_capped: bool
    missing: Text | None


@dataclass(frozen=True, slots=True)
class Query:
    """What was typed: its telling words, and what it speaks of under other names too."""

    text: str
    words: tuple[str, ...]
    concepts: tuple[Concept, ...]


def query(text: str) -> Query:
    """What somebody typed, made ready once for every kind that is searched."""
    words = words_in((text,), WORDS)
    return Query(text, words, spoken_of(words, concepts()))


def seek(rows: QuerySet, asked: Query, *, with_meaning: bool = True) -> Sought:
    """Which of the rows answer what was typed; `rows` are those the searcher may see."""
    kind = rows.model.kind
    seen = set(rows.order_by().values_list("pk", flat=True))
    if not seen:
        return Sought((), False, None)
    exact = set(index.newest(kind, asked.text, index.EVERY)) & seen
    covered = _covered(kind, asked, seen)
    near = _near(kind, asked.text, seen, with_meaning)
    meant = {hit.subject_id: Decimal(str(round(hit.closeness, 4))) for hit in near.hits}
    values = {pk: _value(pk, asked, exact, covered, meant) for pk in exact | covered.keys() | meant.keys()}
    alone = {hit.subject_id for hit in near.hits[:ALONE] if hit.closeness >= LIKE}
    kept = [pk for pk in values if pk in exact or pk in alone or covered.get(pk, 0) > HALF]
    kept.sort(key=lambda pk: (pk not in exact, -values[pk], -pk))
    return Sought(tuple(kept[:MOST]), len(kept) > MOST, near.missing and DEGRADED if with_meaning else NOT_ASKED)


def _near(kind: str, text: str, seen: Collection[int], with_meaning: bool) -> meaning.Near:
    if not with_meaning:
        return meaning.Near(())
    return meaning.near(kind, *meaning.by_language((text,)), MOST, within=seen)


def _covered(kind: str, asked: Query, seen: Collection[int]) -> dict[int, Decimal]:
    """The share of the telling words that each row has, in themselves or under another name of the same thing."""
    if not asked.words:
        return {}
    every = Decimal(len(asked.words))
    shared = {pk: Decimal(number) for pk, number in index.any_of(kind, asked.text, index.EVERY) if pk in seen}
    for concept in asked.concepts:
        said = Decimal(max(len(set(form) & set(asked.words)) for form in concept.forms))
        for name in concept.written:
            for pk in set(index.newest(kind, name, index.EVERY)) & set(seen):
                shared[pk] = max(shared.get(pk, Decimal(0)), said)
    return {pk: min(number / every, Decimal(1)) for pk, number in shared.items()}


def _value(
    pk: int, asked: Query, exact: Collection[int], covered: Mapping[int, Decimal], meant: Mapping[int, Decimal]
) -> Decimal:
    """How well a row answers; where meaning was compared, a row that is not near in it is far."""
    words = Decimal(1) if pk in exact else covered.get(pk, Decimal(0))
    nearness = meant.get(pk, Decimal(0)) if meant else None
    return fused(words, nearness, terms_of(asked.words))[0]
