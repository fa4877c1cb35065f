"""Finds what may meet: by the words of both texts, by their meaning, and by field and industry."""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Model, Q, QuerySet

from grandunion.adapters import index, meaning
from grandunion.adapters.spotting import among_many
from grandunion.engines.matching import Concept, Meant, measured
from grandunion.records.lists import Term
from grandunion.terms.text import Text
from grandunion.work.queries.matches.sight import Sight

FOUND = 120  # of each kind by words, and as many by meaning
WIDER = 6  # times as many are asked of the words at once, for others' records are among them
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


class Spotter:
    """Finds in texts the words of one question, and no others: all that an offer's score asks of its words."""

    def __init__(self, asked: Asked) -> None:
        forms = (form for concept in asked.concepts for form in concept.forms)
        self._wanted = frozenset((*asked.words, *(word for form in forms for word in form)))
        self._has_figures = any(map(FIGURE.search, self._wanted))
        self._found: dict[tuple[str, ...], set[str]] = {}

    def look_through(self, rows: Iterable[tuple[str, ...]]) -> None:
        """Look through the texts of many offers at once, before they are asked about one by one."""
        rows = list(rows)
        self._found.update(zip(rows, among_many(self._wanted, rows), strict=True))

    def words_in(self, texts: Iterable[str]) -> tuple[str, ...]:
        """Those of the wanted words that stand in the texts; of texts without any, one word that is not empty."""
        known = self._found.get(tuple(texts))
        found = index.among(self._wanted, texts) if known is None else set(known)
        text = " ".join(filter(None, texts)) if self._has_figures or not found else ""
        if self._has_figures:
            found.update(self._wanted.intersection(measured(text)))
        return tuple(sorted(found)) if found or not (index.has_telling(text) or measured(text)) else OTHER


def concepts() -> tuple[Concept, ...]:
    """What the pack knows under several names, in both languages; a term and those below it are one thing."""
    groups: dict[str, list[str]] = {}
    rows = Term.objects.filter(list=SYNONYMS, retired_on=None).order_by("position", "code")
    for code, above, zh, en in rows.values_list("code", "parent__code", "name_zh", "name_en"):
        groups.setdefault(above or code, []).extend((zh, en))
    return tuple(_concept(tuple(dict.fromkeys(names))) for names in groups.values())


def _concept(names: tuple[str, ...]) -> Concept:
    return Concept(tuple(tuple(index.telling(name)) for name in names), names)


def find(
    rows: QuerySet, asked: Asked, same: Q | None, also: Collection[int] = (), *, is_told: bool = True
) -> Found:  # fmt: skip
    """Which of the rows may meet the text; `rows` are those the reader may see, and no other takes a place.

    `also` are ids of rows that are known to meet it otherwise. Where not `is_told`, the passages that met are left
    to be read by `passages_in` for the few that are shown.
    """
    kind, sight = rows.model.kind, Sight(rows)
    by_words = _by_words(kind, asked, sight)
    near = meaning.near(kind, asked.zh, asked.en, FOUND, sight=sight, is_told=is_told)
    by_class = _by_class(rows, same)
    by_meaning = (hit.subject_id for hit in near.hits if hit.closeness >= FLOOR)
    wanted = dict.fromkeys((*by_words, *by_meaning, *by_class, *also))
    hits = [*near.hits, *_rest(kind, asked, near, wanted, is_told)]
    meant = {hit.subject_id: _meant(hit) for hit in hits}
    return Found(tuple(wanted), meant, near.missing, {hit.subject_id: hit.place for hit in hits if not hit.passage})


def passages_in(kind: str, found: Found, ids: Iterable[int]) -> dict[int, str]:
    """The passages that met of some of what was found, by id."""
    wanted = [(pk, found.places[pk]) for pk in ids if pk in found.places]
    return {pk: text for (pk, _), text in meaning.passages_of(kind, wanted).items()} if wanted else {}


def _by_class(rows: QuerySet, same: Q | None) -> Sequence[int]:
    """The latest of the same field or industry."""
    if same is None:
        return ()
    return list(rows.filter(same).order_by("-updated_at", "-pk").values_list("pk", flat=True)[:LIKE_IT])


def _by_words(kind: str, asked: Asked, sight: Sight) -> Sequence[int]:
    """The ids that share most words with the text; asked again for more while others' records fill the answer."""
    text, most = asked.widened, FOUND * WIDER
    while True:
        hits = [pk for pk, _ in index.any_of(kind, text, limit=most)]
        found = _first_seen(hits, sight)
        if len(found) == FOUND or len(hits) < most:
            return found
        most *= MORE


def _first_seen(hits: Sequence[int], sight: Sight) -> list[int]:
    """The first of the hits that the reader may see, asked step by step, twice as many each time."""
    found: list[int] = []
    start, step = 0, FOUND + FOUND // 2
    while start < len(hits) and len(found) < FOUND:
        some = hits[start : start + step]
        mine = sight.among(some)
        found += [pk for pk in some if pk in mine]
        start, step = start + step, step * 2
    return found[:FOUND]


def _rest(
    kind: str, asked: Asked, near: meaning.Near, wanted: Collection[int], is_told: bool
) -> tuple[meaning.Hit, ...]:
    """How near those are in meaning that were found otherwise."""
    left = set(wanted) - {hit.subject_id for hit in near.hits}
    if not near.hits or not left:
        return ()
    return meaning.near(kind, asked.zh, asked.en, len(left), within=left, is_told=is_told).hits


def _meant(hit: meaning.Hit) -> Meant:
    return Meant(Decimal(str(round(hit.closeness, 4))), hit.passage, is_one_language=hit.asked == hit.met)


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
