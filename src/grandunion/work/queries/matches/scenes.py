"""Scenario opportunities and capabilities held against each other on the scenario market, with reasons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from grandunion.adapters import meaning
from grandunion.engines import matching
from grandunion.engines.matching import Bond, Score, Wanted, ranked, reweighed, sentence, spoken_of
from grandunion.records.matches import Match
from grandunion.records.scenarios import Capability, Opportunity, Trial
from grandunion.terms.matches import Market, MatchState
from grandunion.terms.money import Money
from grandunion.terms.readers import Reader
from grandunion.terms.scenarios import CapabilityState, OpportunityState
from grandunion.terms.text import Text
from grandunion.work.queries import scenarios
from grandunion.work.queries.matches.bench import Bench, Line
from grandunion.work.queries.matches.bonds import bonds, opted_out, parties_of
from grandunion.work.queries.matches.finding import Asked, closenesses, concepts, every_word, words_in
from grandunion.work.queries.matches.rows import DRAWN, visible_to
from grandunion.work.queries.matches.wants import path, topic
from grandunion.work.queries.matches.weights import as_kept, plan_of

MOST_WORDS, BEST, LEAST = 200, 5, 25  # of 100: below it nothing is suggested unasked
Scene = Opportunity | Capability
ASKED = (MatchState.SENT, MatchState.VIEWED, MatchState.INTERESTED)
OPEN = (*ASKED, MatchState.INTRODUCED, MatchState.MEETING, MatchState.NEGOTIATING)
DECIDED = (
    OpportunityState.TESTING, OpportunityState.ACCEPTED, OpportunityState.DEMONSTRATION, OpportunityState.SCALED,
    OpportunityState.CLOSED_NO_SUPPLIER, OpportunityState.FAILED,
)  # fmt: skip
LOOKED_AT = {Opportunity: 300, Capability: 60}  # of the other side: each opportunity is a text that asks anew
ALONG = ("owner", "domain", "field__parent", "area")


@dataclass(frozen=True, slots=True)
class Fit:
    """One record of the other side, with its score and the sentence that says it."""

    record: Scene
    score: Score
    sentence: Text

    @property
    def percent(self) -> int:
        """The value as people say it, out of 100."""
        return round(self.score.value * 100)


def fitting(record: Scene, reader: Reader, most: int = BEST) -> tuple[Fit, ...]:
    """The best on the other side that the reader may see: capabilities on the list, or opportunities that are open.

    Whoever is tied to the other side, or wants no suggestions, is left out.
    """
    known, scored = _ranked(record, reader)
    fits = [Fit(known[number], score, sentence(score)) for number, score in scored]
    return tuple(one for one in fits if one.score.excluded is None and one.percent >= LEAST)[:most]


def scene_bench(record: Scene, reader: Reader, weights: Mapping[str, object] | None = None, limit: int = BEST) -> Bench:
    """The whole other side, best first, under the weights in force or those given; the excluded for the desk only."""
    now = plan_of(Market.SCENARIO)
    given = None if weights is None else as_kept(now.weighed(weights).weights)
    known, scored = _ranked(record, reader)
    pairs = tuple((matching.Offer(number, ()), score) for number, score in scored)
    was = {} if given is None else {one.key: place for place, (one, _) in enumerate(_fit(pairs), 1)}
    pairs = pairs if given is None else tuple(reweighed(pairs, now.weighed(given)))
    fit, out = _fit(pairs), [pair for pair in pairs if pair[1].excluded is not None and reader.reads_rows]
    lines, excluded = (
        tuple(Line(known[one.key], place, score, sentence(score), was.get(one.key))
              for place, (one, score) in enumerate(some, 1))
        for some in (fit[:limit], out)
    )  # fmt: skip
    return Bench(
        Market.SCENARIO, (Market.SCENARIO,), lines, excluded, len(pairs), now.weights, is_changed=given is not None
    )


def _fit(pairs: Sequence[tuple[matching.Offer, Score]]) -> list[tuple[matching.Offer, Score]]:
    return [pair for pair in pairs if pair[1].excluded is None]


def _ranked(record: Scene, reader: Reader) -> tuple[dict[str, Scene], list[tuple[str, Score]]]:
    """What stands open on the other side by number, and their scores, the best first."""
    others = _others(record, reader)
    if isinstance(record, Opportunity):
        scored = _scored(record, others, reader) if others else []
    else:
        scored = [(one.number, score) for one in others for _, score in _scored(one, [record], reader)]
        scored.sort(key=lambda pair: (-pair[1].value, -pair[1].confidence, pair[0]))
    return {one.number: one for one in others}, scored


def pair_fit(opportunity: Opportunity, capability: Capability, reader: Reader) -> Score:
    """How well this capability answers this opportunity; `excluded` of it says what forbids the pair."""
    ((_, score),) = _scored(opportunity, [capability], reader)
    return score


def existing_pair(opportunity: Opportunity, capability: Capability) -> Match | None:
    """The match of this pair, seen or unseen: the pair stands once."""
    rows = Match.objects.unscoped("a pair stands once, whoever suggested it first")
    return rows.select_related(*DRAWN).filter(opportunity=opportunity, capability=capability).first()


def met(record: Scene, reader: Reader) -> dict[int, Match]:
    """The matches of a scene that the reader may see, by the key of the other side."""
    theirs = "capability" if isinstance(record, Opportunity) else "opportunity"
    rows = visible_to(reader).filter(**{record.kind: record.pk})
    rows = rows.select_related(theirs).order_by("-updated_at", "-pk")
    return {getattr(one, f"{theirs}_id"): one for one in rows}


def invitations_of(opportunity: Opportunity, owner_id: int) -> list[Match]:
    """The invitations of an organisation to an opportunity that wait for an answer or were accepted."""
    rows = Match.objects.unscoped("who proposes answers what its own organisation was asked")
    asked = rows.filter(opportunity=opportunity, offering=owner_id, state__in=OPEN)
    return list(asked.select_related(*DRAWN).order_by("pk"))


def ending(today: date) -> list[Match]:
    """The open invitations whose scenario has decided, or takes no proposals any more without an answer to them."""
    rows = Match.objects.unscoped("the clock looks at every invitation to a scenario").filter(
        market=Market.SCENARIO, state__in=OPEN
    )
    is_shut = ~Q(opportunity__state=OpportunityState.PUBLISHED) | Q(opportunity__proposals_until__lt=today)
    found = rows.filter(Q(opportunity__state__in=DECIDED) | (Q(offering_accepted_at=None) & is_shut))
    return list(found.select_related(*DRAWN).order_by("opportunity__state_at", "pk"))


def tried_by(opportunities: Iterable[int]) -> dict[int, int | None]:
    """Whose proposal was tried last in each of these opportunities that came to a trial."""
    rows = Trial.objects.unscoped("the clock asks only whose proposal was tried").filter(opportunity__in=opportunities)
    return dict(rows.order_by("began_at", "pk").values_list("opportunity", "proposal__owner"))


def _others(record: Scene, reader: Reader) -> list[Scene]:
    """What stands open on the other side: of the same domain or none, the latest."""
    same = Q(domain=None) | Q(domain=record.domain_id) if record.domain_id else Q()
    if isinstance(record, Opportunity):
        rows = scenarios.capabilities(reader).filter(state=CapabilityState.PUBLISHED)
        rows = rows.filter(Q(valid_until=None) | Q(valid_until__gte=timezone.localtime(reader.at).date()))
    else:
        rows = scenarios.opportunities(reader).filter(state=OpportunityState.PUBLISHED)
    rows = rows.filter(same).exclude(owner=record.owner_id) if record.owner_id else rows.filter(same)
    return list(rows.select_related(*ALONG).order_by("-updated_at", "-pk")[: LOOKED_AT[type(record)]])


def _scored(record: Opportunity, others: Sequence[Capability], reader: Reader) -> list[tuple[str, Score]]:
    """The capabilities for the opportunity, the best first, by number."""
    asked = _asked(record)
    meant, ties = closenesses(others, asked), _ties(record, others, reader)
    out = opted_out(parties_of(one.owner_id for one in others), Market.SCENARIO)
    rows = [
        _offer(one, reader, meant.get((one.kind, one.pk)), ties.get(one.owner_id, ()),
               has_opted_out=("organisation", one.owner_id) in out)
        for one in others
    ]  # fmt: skip
    found = ranked(_wanted(record, asked), rows, plan_of(Market.SCENARIO))
    return [(offer.key, score) for offer, score in found]


def _asked(record: Opportunity) -> Asked:
    zh, en = meaning.by_language(getattr(record, name) for name in record.meant)
    words = words_in(_texts(record), MOST_WORDS)
    return Asked(zh.strip(), en.strip(), words, spoken_of(words, concepts()))


def _texts(record: Scene) -> tuple[str, ...]:
    return tuple(getattr(record, name) for name in record.meant)


def _wanted(record: Opportunity, asked: Asked) -> Wanted:
    return Wanted(
        words=asked.words, concepts=asked.concepts, field=path(record.field), industry=topic(record.domain),
        area=topic(record.area), organisation=record.owner_id,
        budget=Money(record.budget, record.currency) if record.budget is not None else None,
    )  # fmt: skip


def _offer(
    one: Capability, reader: Reader, meant: matching.Meant | None, bound: tuple[Bond, ...], *, has_opted_out: bool
) -> matching.Offer:
    least = one.price_min if one.price_min is not None else one.price_max
    return matching.Offer(
        key=one.number, words=every_word(_texts(one)), meant=meant, field=path(one.field), industry=topic(one.domain),
        trl=one.trl, area=topic(one.area), organisation=one.owner_id, bonds=bound, has_opted_out=has_opted_out,
        price=Money(least, one.currency) if least is not None else None, age_days=(reader.at - one.updated_at).days,
    )  # fmt: skip


def _ties(record: Opportunity, others: Iterable[Capability], reader: Reader) -> dict[int | None, tuple[Bond, ...]]:
    """What stands between the demand unit and each firm; ties are the desk's to know."""
    if not reader.reads_rows:
        return {}
    found: dict[int | None, tuple[Bond, ...]] = {}
    theirs = parties_of(one.owner_id for one in others)
    for _, (_, pk), bond in bonds(parties_of([record.owner_id]), theirs, reader.at.date()):
        found[pk] = (*found.get(pk, ()), bond)
    return found
