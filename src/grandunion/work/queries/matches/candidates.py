"""What may answer a need, with reasons: found by words, meaning and class, scored, constrained, ranked."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from grandunion.engines.matching import (
    EXPERT,
    PLANS,
    Meant,
    Offer,
    Plan,
    Ranking,
    Score,
    Scored,
    corpus_of,
    market_for,
    markets_of,
    ranked,
    reweighed,
    score,
    sentence,
)
from grandunion.records.achievements import Achievement
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.terms.matches import DeclineReason, FailReason, Market
from grandunion.terms.readers import Reader, visitor
from grandunion.terms.text import Text
from grandunion.work.queries.matches.bonds import parties_of
from grandunion.work.queries.matches.deals import deals
from grandunion.work.queries.matches.facts import Expert, Work, Written, facts_of
from grandunion.work.queries.matches.finding import (
    Asked,
    Found,
    Like,
    Spotter,
    closeness,
    closenesses,
    concepts,
    find,
    passages_in,
)
from grandunion.work.queries.matches.offers import get_offer
from grandunion.work.queries.matches.rows import LIVE, tried
from grandunion.work.queries.matches.sight import Pool, drawn
from grandunion.work.queries.matches.supply import (
    ALONG,
    Facts,
    Known,
    Subject,
    expert_of,
    kind_of,
    known,
    known_offer,
    offered,
    owner_of,
    supplies,
    texts_of,
    title_of,
    told,
)
from grandunion.work.queries.matches.wants import around, asked_by, same_class, wanted_by
from grandunion.work.queries.matches.weights import plan_of
from grandunion.work.queries.matches.writings import Authors, authors

SHOWN = 20


@dataclass(frozen=True, slots=True)
class Candidate:
    """One offer for a need, with its score and the sentence that says it.

    `was` is the place it would have under the weights in force, where others were asked for.
    """

    subject: Subject
    score: Score
    sentence: Text
    was: int | None = None

    @property
    def kind(self) -> str:
        """What is offered: achievement, person, or the kind of a written offer."""
        return kind_of(self.subject)

    @property
    def number(self) -> str:
        return self.subject.number

    @property
    def title(self) -> Text:
        return title_of(self.subject)

    @property
    def owner(self) -> Organisation | None:
        return owner_of(self.subject)

    @property
    def achievement(self) -> Achievement | None:
        """The achievement, where one is offered."""
        return self.subject if isinstance(self.subject, Achievement) else None

    @property
    def percent(self) -> int:
        """The value as people say it, out of 100."""
        return round(self.score.value * 100)


@dataclass(frozen=True, slots=True)
class Candidates:
    """What was found for a need on a market.

    `offers` best first, `excluded` with their reasons (for the desk only), `compared` how many in all; `weights`
    what each reason counted for; `missing` why texts were compared by words alone, or not all by meaning.
    """

    offers: tuple[Candidate, ...]
    excluded: tuple[Candidate, ...]
    compared: int
    market: Market = Market.TECHNOLOGY
    weights: Mapping[str, object] | None = None
    missing: Text | None = None


def candidates(
    need: Need,
    reader: Reader,
    limit: int = SHOWN,
    market: Market | None = None,
    weights: Mapping[str, object] | None = None,
) -> Candidates:
    """What is on offer that the reader may see and that may answer the need, with reasons.

    The market is the first of the need's category unless another is asked for; `weights` by part take the place
    of those in force for this one answer, which then says what that changed.
    """
    market = markets_of(need.category)[0] if market is None else market
    now = plan_of(market)
    plan = now if weights is None else now.weighed(weights)
    asked = asked_by(need, concepts())
    tables = supplies(PLANS[market].kinds, reader)
    like = same_class(need.field, need.industry)
    wrote = authors(asked, reader) if EXPERT in PLANS[market].kinds else Authors(asked, reader)
    found = [find(rows, asked, _like(rows, like), _by_writings(wrote, rows), is_told=False) for rows in tables]
    live, declined = _tried(need, reader)
    every = chain(*(facts_of(rows.model, reader, pool.ids) for rows, pool in zip(tables, found, strict=True)))
    facts = {row.number: row for row in every if (row.kind, row.pk) not in live}
    about = known(facts.values(), parties_of([need.owner_id], [need.contact_person_id]), market, reader)
    meant = {
        (rows.model.kind, pk): one for rows, pool in zip(tables, found, strict=True) for pk, one in pool.meant.items()
    }
    wanted = wanted_by(
        need, asked, around([need], knows_ties=reader.reads_rows),
        tuple((one.number, said) for one in facts.values() if (said := declined.get((one.kind, one.pk)))),
        knows_ties=reader.reads_rows,
    )  # fmt: skip
    rows = _invested(need, _offers(wrote, facts.values(), meant, about), reader, market)
    ranking = Ranking(wanted, rows, now)
    fit, out, places = _chosen(ranking, plan, reader, limit)
    shown = [facts[offer.key] for offer, _ in (*fit, *out)]
    passages, subjects = _passages(tables, found, shown), _drawn(tables, shown, reader)
    said = [_told(ranking, some, passages, subjects, places) for some in (fit, out)]
    missing = next((pool.missing for pool in found if pool.missing), None)
    return Candidates(said[0], said[1], len(rows), plan.market, plan.weights, missing)


def _by_writings(wrote: Authors, rows: Pool) -> list[int]:
    """Those of the rows that stand for somebody who wrote what may meet the need."""
    return wrote.among(rows.rows()) if wrote.invented else []


def _drawn(tables: Iterable[Pool], shown: Collection[Work | Written | Expert], reader: Reader) -> dict[str, Subject]:
    """The records that are shown, by number; those that the reader may see no longer are left out."""
    wanted = [(rows.model, [one.pk for one in shown if one.kind == rows.model.kind]) for rows in tables]
    return {one.number: one for record, ids in wanted for one in drawn(record, reader, ALONG[record.kind], ids)}


def compared(
    need: Need, subjects: Iterable[Subject], reader: Reader, market: Market
) -> tuple[tuple[Subject, Score], ...]:
    """These offers for a need, all of them and no other, the best first."""
    subjects = {one.number: one for one in subjects}
    asked = asked_by(need, concepts())
    about = known(subjects.values(), parties_of([need.owner_id], [need.contact_person_id]), market, reader)
    wanted = wanted_by(need, asked, around([need], knows_ties=reader.reads_rows), knows_ties=reader.reads_rows)
    meant = closenesses(subjects.values(), asked)
    rows = _offers(_authors(asked, subjects.values(), reader), subjects.values(), meant, about)
    rows = [told(row, one) for row, one in zip(_invested(need, rows, reader, market), subjects.values(), strict=True)]
    return tuple((subjects[row.key], found) for row, found in ranked(wanted, rows, plan_of(market)))


def _authors(asked: Asked, subjects: Collection[Subject], reader: Reader) -> Authors:
    """Who of those that are offered wrote what."""
    persons = set(map(expert_of, subjects)) - {None}
    return authors(asked, reader, persons) if persons else Authors(asked, reader)


def _offers(
    wrote: Authors, subjects: Collection[Facts], meant: Mapping[tuple[str, int], Meant], about: Known
) -> list[Offer]:  # fmt: skip
    """What is offered as matching reads it: experts by all they wrote, everything else by its own texts."""
    words, texts = Spotter(wrote.asked).words_of(list(map(texts_of, subjects))), wrote.parts(subjects, meant)
    return [
        offered(one, wrote.reader, about, meant.get((one.kind, one.pk)), said, texts.get(one.number))
        for one, said in zip(subjects, words, strict=True)
    ]


def _invested(need: Need, rows: list[Offer], reader: Reader, market: Market) -> list[Offer]:
    """The offers with what came of their owners' past deals, where money is sought."""
    if "deals" not in PLANS[market].weights:
        return rows
    parts = deals((row.organisation for row in rows), reader).parts(need, reader)
    return [replace(row, deals=parts[row.organisation]) if row.organisation in parts else row for row in rows]


def _chosen(ranking: Ranking, plan: Plan, reader: Reader, limit: int) -> tuple[list, list, dict[str, int]]:
    """The best that fit and, for the desk, the excluded; under other weights also every former place."""
    if plan is not ranking.plan:
        places = {one.offer.key: place for place, one in enumerate(ranking.figures, 1)}
        pairs = reweighed(ranking.pairs, plan)
        fit = [pair for pair in pairs if pair[1].excluded is None][:limit]
        return fit, [pair for pair in pairs if pair[1].excluded is not None] if reader.reads_rows else [], places
    best = [one for one in ranking.figures if one.excluded is None][:limit]
    out = [one for one in ranking.figures if one.excluded is not None] if reader.reads_rows else []
    return list(map(ranking.scored, best)), list(map(ranking.scored, out)), {}


def _told(
    ranking: Ranking, pairs: Iterable[Scored], passages: Mapping[str, str], subjects: Mapping[str, Subject],
    places: Mapping[str, int],
) -> tuple[Candidate, ...]:  # fmt: skip
    """What is shown, told in full with the passages that met; whoever is gone meanwhile is not shown."""
    kept = [(subjects[offer.key], offer, found) for offer, found in pairs if offer.key in subjects]
    said = [(one, ranking.told(told(offer, one, passages.get(offer.key)), found)) for one, offer, found in kept]
    return tuple(Candidate(one, score, sentence(score), places.get(one.number)) for one, score in said)


def _passages(
    tables: Iterable[Pool], found: Iterable[Found], shown: Collection[Work | Written | Expert]
) -> dict[str, str]:
    """The passages that met of what is shown, by number."""
    texts = {
        (kind, pk): text
        for kind, pool in ((rows.model.kind, pool) for rows, pool in zip(tables, found, strict=True))
        for pk, text in passages_in(kind, pool, [one.pk for one in shown if one.kind == kind]).items()
    }
    return {one.number: texts[one.kind, one.pk] for one in shown if (one.kind, one.pk) in texts}


def _like(rows: Pool, like: Like) -> Like | None:
    """The need's field and industry; experts have none."""
    return None if rows.model.kind == "person" else like


def _tried(need: Need, reader: Reader) -> tuple[set, dict]:
    """The offers that stand beside the need already, and those that were turned down, as far as the reader sees it."""
    live, declined = set(), {}
    for achievement, offer, expert, state, reason, number in tried(need.pk, reader):
        key = next((k for k in (("achievement", achievement), ("offer", offer), ("person", expert)) if k[1]), None)
        if key is None:
            continue
        if state in LIVE:
            live.add(key)
        else:
            declined[key] = _declined(reason, number)
    return live, declined


def _declined(reason: str, number: str) -> Text:
    words = DeclineReason if DeclineReason.has(reason) else FailReason
    said = words(reason).text if words.has(reason) else Text("no reason given", "未说明原因")
    return Text(f"Tried before ({number}): {said.en}.", f"此前已尝试（{number}）：{said.zh}。")


def offer(number: str, reader: Reader) -> Subject:
    """What is on offer under this number, if the reader may see it: an achievement, a written offer or an expert."""
    if number.upper().startswith("OFR-"):
        return get_offer(number, reader)
    return known_offer(number, reader)


def market_between(need: Need, subject: Subject | Organisation) -> Market:
    """The market on which a need and what is offered meet."""
    found = None if isinstance(subject, Organisation) else market_for(need.category, kind_of(subject))
    return found or markets_of(need.category)[0]


def shared_score(need: Need, subject: Subject, at: datetime) -> Score:
    """The score that a match keeps for both sides to read: worked out with nothing but what is open to members."""
    return pair_score(need, subject, visitor(at))


def pair_score(need: Need, subject: Subject, reader: Reader) -> Score:
    """The score of one pair as this reader may know it; nothing else is there to be compared with."""
    market = market_between(need, subject)
    asked = asked_by(need, concepts())
    about = known([subject], parties_of([need.owner_id], [need.contact_person_id]), market, reader)
    wanted = wanted_by(need, asked, around([need], knows_ties=reader.reads_rows), knows_ties=reader.reads_rows)
    near = closeness(subject, asked)
    meant = {(subject.kind, subject.pk): near} if near else {}
    rows = _offers(_authors(asked, [subject], reader), [subject], meant, about)
    row = told(*_invested(need, rows, reader, market), subject)
    return score(wanted, row, corpus_of([row]), plan_of(market))
