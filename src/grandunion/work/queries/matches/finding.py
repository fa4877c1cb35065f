"""Finds what may meet: by the words of both texts, by their meaning, and by field and industry."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Model, Q, QuerySet

from grandunion.adapters import index, meaning
from grandunion.engines.matching import Concept, Meant, measured
from grandunion.records.lists import Term
from grandunion.terms.text import Text

FOUND = 120  # of each kind by words, and as many by meaning
DEEPER = 6  # times as many are asked of the words, for some are not the reader's
FLOOR = 0.25  # nearness in meaning from which a record is found by it alone
EVERYTHING = 100_000  # ids read at once: one by one hundred costs more than the question
LIKE_IT = 60  # the latest of the same field or industry
SYNONYMS = "synonyms"


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
    """What was found of one kind: its rows, how near each is in meaning, and why meaning was not compared."""

    rows: list[Model] = field(default_factory=list)
    meant: dict[int, Meant] = field(default_factory=dict)
    missing: Text | None = None


def words_in(texts: Iterable[str], most: int) -> tuple[str, ...]:
    """The telling index words of texts in their order, with their measures and model numbers."""
    text = " ".join(filter(None, texts))
    return (*index.telling(text, most=most), *measured(text))


def concepts() -> tuple[Concept, ...]:
    """What the pack knows under several names, in both languages; a term and those below it are one thing."""
    groups: dict[str, list[str]] = {}
    rows = Term.objects.filter(list=SYNONYMS, retired_on=None).order_by("position", "code")
    for code, above, zh, en in rows.values_list("code", "parent__code", "name_zh", "name_en"):
        groups.setdefault(above or code, []).extend((zh, en))
    return tuple(_concept(tuple(dict.fromkeys(names))) for names in groups.values())


def _concept(names: tuple[str, ...]) -> Concept:
    return Concept(tuple(tuple(index.telling(name)) for name in names), names)


def find(rows: QuerySet, asked: Asked, same: Q | None) -> Found:
    """Which of the rows may meet the text; `rows` are those the reader may see, and no other takes a place."""
    kind = rows.model.kind
    seen = set(rows.order_by().values_list("pk", flat=True).iterator(chunk_size=EVERYTHING))
    if not seen:
        return Found()
    by_words = _by_words(kind, asked, seen)
    near = meaning.near(kind, asked.zh, asked.en, FOUND, within=seen)
    by_class = _by_class(rows, same)
    by_meaning = (hit.subject_id for hit in near.hits if hit.closeness >= FLOOR)
    wanted = dict.fromkeys((*by_words, *by_meaning, *by_class))
    hits = [*near.hits, *_rest(kind, asked, near, wanted)]
    return Found(list(rows.filter(pk__in=wanted)), {hit.subject_id: _meant(hit) for hit in hits}, near.missing)


def _by_class(rows: QuerySet, same: Q | None) -> Sequence[int]:
    """The latest of the same field or industry."""
    if same is None:
        return ()
    return list(rows.filter(same).order_by("-updated_at", "-pk").values_list("pk", flat=True)[:LIKE_IT])


def _by_words(kind: str, asked: Asked, seen: Collection[int]) -> Sequence[int]:
    """The ids that share most words with the text; asked again without a limit if others' records fill the answer."""
    text = asked.widened
    hits = index.any_of(kind, text, limit=FOUND * DEEPER)
    found = [pk for pk, _ in hits if pk in seen][:FOUND]
    if len(found) < FOUND and len(hits) == FOUND * DEEPER:
        found = [pk for pk, _ in index.any_of(kind, text, limit=index.EVERY) if pk in seen][:FOUND]
    return found


def _rest(kind: str, asked: Asked, near: meaning.Near, wanted: Collection[int]) -> tuple[meaning.Hit, ...]:
    """How near those are in meaning that were found otherwise."""
    left = set(wanted) - {hit.subject_id for hit in near.hits}
    if not near.hits or not left:
        return ()
    return meaning.near(kind, asked.zh, asked.en, len(left), within=left).hits


def _meant(hit: meaning.Hit) -> Meant:
    return Meant(Decimal(str(round(hit.closeness, 4))), hit.passage)


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
