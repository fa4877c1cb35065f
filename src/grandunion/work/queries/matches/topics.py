"""The topics in force: learnt from texts that every member may read, so that nothing hidden moves a ranking."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from itertools import chain

from django.db.models import Model, QuerySet

from grandunion.adapters import index
from grandunion.engines.matching import topics
from grandunion.engines.matching.terms import stem, terms
from grandunion.records.achievements import Achievement
from grandunion.records.matches import Offer, TopicSet
from grandunion.records.needs import Need
from grandunion.terms.readers import Reader, member
from grandunion.terms.secrecy import Secrecy
from grandunion.work.queries.base import visible
from grandunion.work.queries.matches.sight import values_of

READ_FROM = (Achievement, Need, Offer)
MOST = 2_000  # texts of a kind, evenly taken: more teach little more
NO_TERMS = frozenset(map(stem, index.EMPTY))
HELD = 2  # sets in memory: the one in force, and the one before while others still ask for it


def in_force(reader: Reader) -> topics.Topics | None:
    """The topics that count now; None before any were learnt, and for whom some of what taught them is closed."""
    if not reader.is_member or reader.conflicts:
        return None
    found = values_of(_digests, given=())
    return _read(found[0][0]) if found else None


def sets() -> QuerySet[TopicSet]:
    """All sets of topics, the latest first, without what was learnt."""
    return _rows().defer("fitted").order_by("-learnt_at", "-pk")


def open_texts(at: datetime) -> Iterator[tuple[str, ...]]:
    """The words of all that every member may read of achievements, needs and offers, in an order that stays."""
    return (tellings(text) for text in chain.from_iterable(_texts(record, at) for record in READ_FROM))


def count_open(at: datetime) -> int:
    """How many such texts there are."""
    return sum(min(MOST, visible(record, member(at)).order_by().count()) for record in READ_FROM)


def _texts(record: type[Model], at: datetime) -> Iterator[str]:
    names = [name for name in record.meant if record.secrecy[name] <= Secrecy.S1]
    rows = visible(record, member(at)).select_related(None).order_by("pk")
    ids = list(rows.values_list("pk", flat=True))
    ids = ids[:: -(-len(ids) // MOST) or 1]
    for start in range(0, len(ids), 500):
        found = rows.filter(pk__in=ids[start : start + 500]).values_list(*names)
        yield from ("\n".join(filter(None, texts)) for texts in found)


def tellings(text: str) -> tuple[str, ...]:
    """The terms of a text that tell what it is about, with repeats: no numbers, no units, no empty words."""
    return tuple(word for word in terms(index.folded(text)) if not word.isdigit() and word not in NO_TERMS)


@lru_cache(maxsize=HELD)
def _read(digest: str) -> topics.Topics:
    fitted = _rows().filter(digest=digest).values_list("fitted", flat=True)[:1]
    return topics.read(bytes(fitted[0]))


def _digests() -> QuerySet:
    return _rows().order_by("-learnt_at", "-pk").values_list("digest")[:1]


def _rows() -> QuerySet[TopicSet]:
    return TopicSet.objects.unscoped("topics are learnt from texts that every member may read")
