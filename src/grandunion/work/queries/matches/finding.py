"""Finds what may meet: by the words of both texts, by their meaning, and by field and industry."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache

from django.db import connection
from django.db.models import Model, QuerySet

from grandunion.adapters import index, meaning
from grandunion.adapters.spotting import Folded
from grandunion.engines.matching import Concept, Meant, measured, measures_of, trace_of
from grandunion.records.lists import Term
from grandunion.terms.text import Text
from grandunion.work.queries.matches.sight import Pool, Sight, values_of

FOUND = 120  # of each kind by words, and as many by meaning
WIDER = 12  # times as many are asked of the words at once, for others' records are among them
MORE = 8  # times as many again, while others' records fill the answer
FLOOR = 0.25  # nearness in meaning from which a record is found by it alone
LIKE_IT = 60  # the latest of the same field or industry
FIGURE = re.compile(r" |^[a-z]+\d")  # a measure, or letters with a number: what `measured` gives
SYNONYMS = "synonyms"
OTHER = ("…",)  # stands for the words of a text that has none of those wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """A text that looks for its like: in each language, its telling words, and the things it speaks of."""

    zh: str
    en: str
    words: tuple[str, ...]
    concepts: tuple[Concept, ...] = ()

    @property
    def widened(self) -> str:
        """The text with the other names of what it speaks of, for the search by words."""
        names = (name for concept in self.concepts for name in concept.written)
        return " ".join((self.zh, self.en, *names))


@dataclass
class Found:
    """What was found of one kind: the ids, how near each is in meaning, and why meaning was not compared."""

    ids: tuple[int, ...] = ()
    meant: dict[int, Meant] = field(default_factory=dict)
    missing: Text | None = None
    places: dict[int, int] = field(default_factory=dict)  # of the passages that met and are not read yet


def words_in(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """The telling index words of texts in their order, with their measures and model numbers."""
    text = " ".join(filter(None, texts))
    return (*index.telling(text, most=most), *measured(text))


def every_word(texts: Iterable[str]) -> tuple[str, ...]:
    """All telling index words of texts, with their measures and model numbers."""
    return words_in(texts, index.LONGEST)


@dataclass(frozen=True, slots=True)
class Like:
    """A class of records: of one of these fields, or of this industry, by their ids."""

    fields: tuple[int, ...] = ()
    industry: int | None = None

    def __bool__(self) -> bool:
        return bool(self.fields) or self.industry is not None

    def latest(self, record: type[Model], most: int) -> list[int]:
        """The ids of the latest records of this class, not scoped: read along an index, however many there are."""
        table = connection.ops.quote_name(record._meta.db_table)
        wanted = [("field_id", pk) for pk in self.fields]
        wanted += [] if self.industry is None else [("industry_id", self.industry)]
        order = "ORDER BY updated_at DESC, id DESC"
        parts = [
            f"SELECT * FROM (SELECT id, updated_at FROM {table} WHERE {column} = %s {order} LIMIT %s) AS latest"  # noqa: S608
            for column, _ in wanted
        ]
        given = [one for _, pk in wanted for one in (pk, most)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM ({' UNION ALL '.join(parts)}) AS class {order}", given)  # noqa: S608
            found = dict.fromkeys(row[0] for row in cursor.fetchall())  # of the field and the industry: met twice
        return list(found)[:most]


class Spotter:
    """Finds in texts the words of one question, and no others: all that an offer's score asks of its words."""

    def __init__(self, asked: Asked) -> None:
        forms = (form for concept in asked.concepts for form in concept.forms)
        self._wanted = frozenset((*asked.words, *(word for form in forms for word in form)))
        figures = list(filter(FIGURE.search, self._wanted))
        self._traces = frozenset(map(trace_of, figures))
        self._measured = measures_of if all(" " in figure for figure in figures) else measured

    def words_of(self, rows: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """Those of the wanted words that stand in the texts of each row.

        Where none does, a row with other words has one that is not empty, and only a row without any has none.
        """
        plain = Folded(rows)
        found = plain.among(self._wanted)
        for row, may_measure in enumerate(plain.having(self._traces)):
            if may_measure:
                found[row].update(self._wanted.intersection(self._measured(_joined(rows[row]))))
        every = enumerate(zip(rows, found, strict=True))
        return [tuple(sorted(some)) if some or not (plain.tells(row) or _tells(texts)) else OTHER
                for row, (texts, some) in every]  # fmt: skip


def _tells(texts: tuple[str, ...]) -> bool:
    """Whether texts have any word or measure that `words_in` would find."""
    return any(map(index.has_telling, filter(None, texts))) or bool(measured(_joined(texts)))


def _joined(texts: Iterable[str]) -> str:
    return " ".join(filter(None, texts))


def concepts() -> tuple[Concept, ...]:
    """What the pack knows under several names, in both languages; a term and those below it are one thing."""
    groups: dict[str, list[str]] = {}
    for code, above, zh, en in values_of(_synonyms):
        groups.setdefault(above or code, []).extend((zh, en))
    return tuple(_concept(tuple(dict.fromkeys(names))) for names in groups.values())


def _synonyms() -> QuerySet:
    rows = Term.objects.filter(list=SYNONYMS, retired_on=None).order_by("position", "code")
    return rows.values_list("code", "parent__code", "name_zh", "name_en")


def _concept(names: tuple[str, ...]) -> Concept:
    return Concept(tuple(tuple(index.telling(name)) for name in names), names)


def find(
    rows: QuerySet | Pool, asked: Asked, like: Like | None, also: Collection[int] = (), *, is_told: bool = True
) -> Found:  # fmt: skip
    """Which of the rows may meet the text; `rows` are those the reader may see, and no other takes a place.

    `also` are ids of rows that are known to meet it otherwise. Where not `is_told`, the passages that met are left
    to be read by `passages_in` for the few that are shown.
    """
    kind, sight = rows.model.kind, Sight(rows)
    near = meaning.near(kind, asked.zh, asked.en, FOUND, sight=sight, is_told=is_told)
    by_words, by_class = _by_words(kind, asked, sight), _by_class(rows.model, like, sight)
    by_meaning = (hit.subject_id for hit in near.hits if hit.closeness >= FLOOR)
    wanted = dict.fromkeys((*by_words, *by_meaning, *by_class, *also))
    every = (*near.hits, *near.others(wanted, is_told=is_told))
    hits = {hit.subject_id: hit for hit in every if hit.subject_id in wanted}
    meant = {pk: _meant(hit) for pk, hit in hits.items()}
    return Found(tuple(wanted), meant, near.missing, {pk: hit.place for pk, hit in hits.items() if not hit.passage})


def passages_in(kind: str, found: Found, ids: Iterable[int]) -> dict[int, str]:
    """The passages that met of some of what was found, by id."""
    wanted = [(pk, found.places[pk]) for pk in ids if pk in found.places]
    return {pk: text for (pk, _), text in meaning.passages_of(kind, wanted).items()} if wanted else {}


def _by_class(record: type[Model], like: Like | None, sight: Sight) -> Sequence[int]:
    """The latest of the same field or industry that the reader may see; more are asked for while others' fill them."""
    if not like:
        return ()
    most = sight.likely(LIKE_IT) + LIKE_IT // 2
    while True:
        ids = like.latest(record, most)
        mine = sight.among(ids)
        if len(mine) >= LIKE_IT or len(ids) < most:
            return [pk for pk in ids if pk in mine][:LIKE_IT]
        most += meaning.next_step(most, len(mine), LIKE_IT)


def _by_words(kind: str, asked: Asked, sight: Sight) -> Sequence[int]:
    """The ids that share most words with the text; asked again for more while others' records fill the answer."""
    text, most = asked.widened, FOUND * WIDER
    if sight.is_telling:  # the more rows are asked for, the longer the index sorts
        most = min(most, sight.likely(FOUND + FOUND // 4) + FOUND // 4)
    while True:
        hits = [pk for pk, _ in index.any_of(kind, text, limit=most)]
        found = _first_seen(hits, sight)
        if len(found) == FOUND or len(hits) < most:
            return found
        most *= MORE


def _first_seen(hits: Sequence[int], sight: Sight) -> list[int]:
    """The first of the hits that the reader may see, asked step by step, each time of as many as should be enough."""
    found: list[int] = []
    start, step = 0, meaning.first_step(sight.likely(FOUND))
    while start < len(hits) and len(found) < FOUND:
        some = hits[start : start + step]
        mine = sight.among(some)
        found += [pk for pk in some if pk in mine]
        start += step
        step = meaning.next_step(start, len(found), FOUND)
    return found[:FOUND]


def _meant(hit: meaning.Hit) -> Meant:
    return Meant(_fourth(hit.closeness), hit.passage, is_one_language=hit.asked == hit.met)


@lru_cache(maxsize=10_001)
def _fourth(closeness: float) -> Decimal:
    """A closeness, which has four places, as figures have it."""
    return Decimal(str(closeness))


def closenesses(rows: Iterable[Model], asked: Asked) -> dict[tuple[str, int], Meant]:
    """How near some records are to the text in meaning, where that can be said, by kind and id."""
    by_kind: dict[str, set[int]] = {}
    for row in rows:
        by_kind.setdefault(row.kind, set()).add(row.pk)
    return {
        (kind, hit.subject_id): _meant(hit)
        for kind, ids in by_kind.items()
        for hit in meaning.near(kind, asked.zh, asked.en, len(ids), within=ids).hits
    }


def closeness(row: Model, asked: Asked) -> Meant | None:
    """How near one record is to the text in meaning, where that can be said."""
    hits = meaning.near(row.kind, asked.zh, asked.en, 1, within={row.pk}).hits
    return _meant(hits[0]) if hits else None
