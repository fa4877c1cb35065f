"""The other way round: which open needs an offer may answer, for whoever offers it and for the desk."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from grandunion.adapters import meaning
from grandunion.engines.matching import (
    Concept,
    Meant,
    Offer,
    Part,
    Score,
    categories_of,
    corpus_of,
    market_for,
    score,
    sentence,
    spoken_of,
)
from grandunion.records.needs import Need
from grandunion.records.parties import Person
from grandunion.terms.matches import Market
from grandunion.terms.needs import NeedState
from grandunion.terms.offers import OfferKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.queries.matches.bonds import Parties, opted_out, parties_of
from grandunion.work.queries.matches.deals import deals
from grandunion.work.queries.matches.finding import Asked, closenesses, concepts, find, words_in
from grandunion.work.queries.matches.rows import beside
from grandunion.work.queries.matches.sight import Pool, drawn
from grandunion.work.queries.matches.supply import Subject, expert_of, kind_of, known, offered, told
from grandunion.work.queries.matches.wants import DRAWN, around, asked_by, same_class, wanted_by
from grandunion.work.queries.matches.weights import plan_of
from grandunion.work.queries.matches.writings import Standing, works_of

SHOWN, MOST = 20, 400
OPEN_NEEDS = (
    NeedState.RECEIVED, NeedState.TRIAGE, NeedState.DISPATCHED, NeedState.ANSWERED, NeedState.REOPENED,
    NeedState.ESCALATED,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Demand:
    """One need that an offer may answer, on which market, with its score and the sentence that says it."""

    need: Need
    market: Market
    score: Score
    sentence: Text

    @property
    def percent(self) -> int:
        """The value as people say it, out of 100."""
        return round(self.score.value * 100)


@dataclass(frozen=True, slots=True)
class Demands:
    """What was found for an offer: `needs` best first, `excluded` for the desk only, `compared` how many in all."""

    needs: tuple[Demand, ...]
    excluded: tuple[Demand, ...]
    compared: int
    missing: Text | None = None


def needs_for(subject: Subject, reader: Reader, limit: int = SHOWN) -> Demands:
    """The open needs that the reader may see and that an achievement, a written offer or an expert may answer."""
    kind, every = kind_of(subject), concepts()
    rows = Pool(Need, reader, _open, (kind,))
    like = same_class(getattr(subject, "field", None), getattr(subject, "industry", None))
    found = find(rows, _asked(subject, every, reader), like)
    met = beside(subject, reader)
    open_ = [need for need in drawn(Need, reader, DRAWN, found.ids) if need.pk not in met]
    scored = _scored(subject, open_, found.meant, reader, every)
    return Demands(
        tuple(one for one in scored if one.score.excluded is None)[:limit],
        tuple(one for one in scored if one.score.excluded is not None) if reader.reads_rows else (),
        len(scored),
        found.missing,
    )


def _open(rows: QuerySet[Need], kind: str) -> QuerySet[Need]:
    return rows.filter(state__in=OPEN_NEEDS, category__in=categories_of(kind))


def these_needs(subject: Subject, rows: Sequence[Need], reader: Reader) -> list[Demand]:
    """How an offer answers these needs, all that it may answer and no other, the best first."""
    every, kind = concepts(), kind_of(subject)
    rows = [need for need in rows if market_for(need.category, kind)]
    meant = closenesses(rows, _asked(subject, every, reader))
    return _scored(subject, rows, {pk: one for (_, pk), one in meant.items()}, reader, every)


def _scored(
    subject: Subject, open_: Sequence[Need], meant: Mapping[int, Meant], reader: Reader, every: tuple[Concept, ...]
) -> list[Demand]:
    """Each need with its score, the best first."""
    asked = {need.pk: asked_by(need, every) for need in open_}
    # The candidates are the needs here: a word that few of them use tells more.
    corpus = corpus_of(Offer(str(pk), one.words) for pk, one in asked.items())
    context = around(open_, knows_ties=reader.reads_rows)
    extra = _Extra(subject, reader, asked)
    scored = []
    for market, group in _grouped(open_, kind_of(subject)).items():
        plan = plan_of(market)
        about = known([subject], _sides(group), market, reader)
        out = opted_out(parties_of(need.owner_id for need in group), market)
        for need in group:
            said = _of_need(meant.get(need.pk), need)
            row = offered(subject, reader, about.between(_sides([need])), said, text=extra.text(need, said))
            row = replace(told(row, subject), deals=extra.deals(need))
            wanted = wanted_by(need, asked[need.pk], context, knows_ties=reader.reads_rows)
            wanted = replace(wanted, has_opted_out=("organisation", need.owner_id) in out)
            result = score(wanted, row, corpus, plan)
            scored.append(Demand(need, market, result, sentence(result)))
    return sorted(scored, key=lambda one: (-one.score.value, -one.score.confidence, one.need.number))


class _Extra:
    """What tells for an offer beside its own words: all that an expert wrote, the past deals of an investor."""

    def __init__(self, subject: Subject, reader: Reader, asked: Mapping[int, Asked]) -> None:
        self._asked, self._reader = asked, reader
        self._standing = Standing(subject, reader, asked.values()) if expert_of(subject) else None
        self._owner = subject.owner_id if kind_of(subject) == OfferKind.MANDATE else None
        self._deals = deals([self._owner], reader)

    def text(self, need: Need, meant: Meant | None) -> Part | None:
        return self._standing.part(self._asked[need.pk], meant) if self._standing else None

    def deals(self, need: Need) -> Part | None:
        return self._deals.parts(need, self._reader).get(self._owner)


def _of_need(meant: Meant | None, need: Need) -> Meant | None:
    """The passage that met, with what its need says in both languages."""
    zh, en = need.text_zh or need.title_zh, need.text_en or need.title_en
    return meant and replace(meant, said=(zh, en))


def _asked(subject: Subject, every: tuple[Concept, ...], reader: Reader) -> Asked:
    """An offer as a text that looks for needs; of an expert also what their inventions are called."""
    person = expert_of(subject)
    titles = [title for work in works_of(person, reader) for title in (work.title_zh, work.title_en)] if person else []
    zh, en = meaning.by_language([*(getattr(subject, name) for name in subject.meant), *titles])
    names = ("expertise", "title_zh", "title_en") if isinstance(subject, Person) else subject.meant
    words = words_in([*(getattr(subject, name) for name in names), *titles], MOST)
    return Asked(zh.strip(), en.strip(), words, spoken_of(words, every))


def _grouped(open_: Sequence[Need], kind: str) -> dict[Market, list[Need]]:
    """The needs by the market on which this kind of offer answers them."""
    found: dict[Market, list[Need]] = {}
    for need in open_:
        found.setdefault(market_for(need.category, kind), []).append(need)
    return found


def _sides(needs_: Sequence[Need]) -> Parties:
    return parties_of((need.owner_id for need in needs_), (need.contact_person_id for need in needs_))
