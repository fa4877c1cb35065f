"""The workbench: one record in the middle, what may meet it on the other side, and what other weights change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from grandunion.engines.matching import (
    NAMES,
    PLANS,
    Offer,
    Plan,
    Score,
    categories_of,
    market_for,
    markets_of,
    reweighed,
)
from grandunion.engines.matching import sentence as said_of
from grandunion.records.needs import Need
from grandunion.records.scenarios import Capability, Opportunity
from grandunion.terms.matches import Market
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import needs
from grandunion.work.queries.matches.candidates import SHOWN, Candidates, candidates
from grandunion.work.queries.matches.candidates import offer as offered
from grandunion.work.queries.matches.demand import MOST, Demand, needs_for
from grandunion.work.queries.matches.supply import Subject, kind_of, owner_of, title_of
from grandunion.work.queries.matches.wants import texts_of
from grandunion.work.queries.matches.weights import as_kept, plan_of

KINDS = ("need", "achievement", "offer", "person")
COMMON = Decimal("0.15")  # of 1: below it two texts have next to nothing in common
NAMED = (Need, Opportunity, Capability)  # have a title and an owner of their own
Record = Need | Subject | Opportunity | Capability
LANGUAGES = (
    Text("It has no Chinese text: Chinese records are found by meaning and class alone. Add a Chinese title.",
         "该记录没有中文内容，中文记录只能按含义和分类比较，建议补充中文标题。"),
    Text("It has no English text: English records are found by meaning and class alone. Add an English title.",
         "该记录没有英文内容，英文记录只能按含义和分类比较，建议补充英文标题。"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One record that may meet the one in the middle; `was` is its place under the weights in force."""

    record: Record
    place: int
    score: Score
    sentence: Text
    was: int | None = None

    @property
    def number(self) -> str:
        return self.record.number

    @property
    def kind(self) -> str:
        """need, achievement, offer, person, opportunity or capability."""
        return self.record.kind

    @property
    def title(self) -> Text:
        return self.record.title if isinstance(self.record, NAMED) else title_of(self.record)

    @property
    def owner(self) -> Text | None:
        """Whose it is, as far as it is known here."""
        owner = self.record.owner if isinstance(self.record, NAMED) else owner_of(self.record)
        return owner.name if owner else None

    @property
    def percent(self) -> int:
        return round(self.score.value * 100)

    @property
    def confidence(self) -> int:
        return round(self.score.confidence * 100)


@dataclass(frozen=True, slots=True)
class Bench:
    """What stands on the other side on one market.

    `lines` best first, `excluded` for the desk only, `compared` how many in all; `in_force` the weights of the
    market, `is_changed` whether others were asked for; `missing` what was not compared and why.
    """

    market: Market
    markets: tuple[Market, ...]
    lines: tuple[Line, ...]
    excluded: tuple[Line, ...]
    compared: int
    in_force: Mapping[str, Decimal]
    is_changed: bool = False
    missing: tuple[Text, ...] = ()


def middle(kind: str, number: str, reader: Reader) -> Record:
    """The record in the middle, if the reader may see it: a need, an achievement or offer that stands, an expert."""
    if kind == "need":
        return needs.get(number, reader)
    found = offered(number, reader)
    if found.kind != kind:
        raise Absent
    return found


def part_name(code: str) -> Text:
    """What a part of a score is called."""
    return NAMES[code]


def markets_for(record: Record) -> tuple[Market, ...]:
    """The markets on which it meets the other side, the first one first."""
    if isinstance(record, Need):
        return markets_of(record.category)
    if isinstance(record, Opportunity | Capability):
        return (Market.SCENARIO,)
    kind = kind_of(record)
    found = (market_for(category, kind) for category in categories_of(kind))
    return tuple(dict.fromkeys(market for market in found if market))


def bench(
    record: Record, reader: Reader, market: Market | None = None, weights: Mapping[str, object] | None = None,
    limit: int = SHOWN,
) -> Bench:  # fmt: skip
    """Ranks the other side for a need, or for what is offered, under the weights in force or under those given."""
    markets = markets_for(record)
    market = market if market in markets else markets[0]
    now = plan_of(market)
    given = None if weights is None else as_kept(PLANS[market].weighed(weights).weights)
    is_need = isinstance(record, Need)
    found = _supply(record, reader, market, given, limit) if is_need else _demand(record, reader, now, given, limit)
    lines, excluded, compared, missing = found
    return Bench(
        market, markets, lines, excluded, compared, now.weights, given is not None,
        tuple(one for one in (missing, _one_language(record)) if one),
    )  # fmt: skip


def speaks_of(score: Score) -> bool:
    """Whether the texts of a pair have enough in common to speak of it unasked."""
    text = next((part.value for part in score.parts if part.code == "text"), None)
    return text is None or text >= COMMON


Found = tuple[tuple[Line, ...], tuple[Line, ...], int, Text | None]


def _supply(need: Need, reader: Reader, market: Market, weights: Mapping[str, str] | None, limit: int) -> Found:
    found: Candidates = candidates(need, reader, limit, market, weights)
    lines, excluded = (
        tuple(Line(one.subject, place, one.score, one.sentence, one.was) for place, one in enumerate(some, 1))
        for some in (found.offers, found.excluded)
    )
    return lines, excluded, found.compared, found.missing


def _demand(subject: Subject, reader: Reader, now: Plan, weights: Mapping[str, str] | None, limit: int) -> Found:
    """The needs that an offer may answer; other weights are laid over the same figures."""
    found = needs_for(subject, reader, MOST)
    fit, out = (_weighed(some, now, weights) for some in (found.needs, found.excluded))
    return fit[:limit], out, len(fit) + len(out), found.missing


def _weighed(found: Iterable[Demand], now: Plan, weights: Mapping[str, str] | None) -> tuple[Line, ...]:
    by_number = {one.need.number: one for one in found if one.market == now.market}
    pairs = tuple((Offer(number, ()), one.score) for number, one in by_number.items())
    if weights is None:
        return tuple(
            Line(by_number[offer.key].need, place, score, said_of(score))
            for place, (offer, score) in enumerate(pairs, 1)
        )
    places = {offer.key: place for place, (offer, _) in enumerate(pairs, 1)}
    return tuple(
        Line(by_number[offer.key].need, place, score, said_of(score), places[offer.key])
        for place, (offer, score) in enumerate(reweighed(pairs, now.weighed(weights)), 1)
    )


def _one_language(record: Record) -> Text | None:
    """What it means that a record says nothing in one of the two languages."""
    if isinstance(record, Need):
        texts = texts_of(record)
    elif record.kind == "person":
        return None
    else:
        texts = (record.title_zh, record.title_en)
    return next((said for text, said in zip(texts, LANGUAGES, strict=True) if not text.strip()), None)
