"""The parts of a score besides the text: how well each fact of an offer fits what is wanted, with the evidence."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from grandunion.engines.matching.pieces import ALL, NOTHING, STEP, Offer, Part, Topic, Wanted
from grandunion.terms.achievements import Mode
from grandunion.terms.money import Money
from grandunion.terms.offers import FinanceRound, Instrument
from grandunion.terms.text import Text, Word, listed

NEAR, SECTION = Decimal("0.7"), Decimal("0.4")
FRESH_DAYS, STALE_DAYS = 180, 1825
FARTHEST = 4  # levels of maturity apart at which nothing fits any more
NEIGHBOUR = Decimal("0.5")  # a financing round next to one that is wanted
ORDER = [one for one in FinanceRound if one is not FinanceRound.STRATEGIC]
Fit = tuple[Decimal | None, Text]
UNCLASSED: Fit = (None, Text("field not known on one side", "一方领域未知"))


def classification(wanted: Wanted, offer: Offer) -> Fit:
    """The better of field and industry; unknown only where neither can be compared."""
    return _better(_field(wanted.field, offer.field), _industry(wanted.industry, offer.industry))


def _better(field: Fit | None, industry: Fit | None) -> Fit:
    """The better of the two, the field where they are equal."""
    if field is None or industry is None:
        return field or industry or UNCLASSED
    return industry if industry[0] > field[0] else field


@lru_cache(maxsize=4096)  # the same few fields and industries meet again and again
def _field(wanted: tuple[Topic, ...], offered: tuple[Topic, ...]) -> Fit | None:
    if not wanted or not offered:
        return None
    mine, yours = wanted[0], offered[0]
    if mine.code == yours.code:
        return ALL, Text("same field: {name}", "领域一致：{name}").fill(name=mine.name)
    if {topic.code for topic in wanted} & {topic.code for topic in offered}:
        return NEAR, Text("neighbouring fields: {mine} and {yours}", "领域相近：{mine}与{yours}").fill(
            mine=mine.name, yours=yours.name
        )
    return NOTHING, Text("other field: {yours}", "领域不同：{yours}").fill(yours=yours.name)


@lru_cache(maxsize=4096)
def _industry(wanted: Topic | None, offered: Topic | None) -> Fit | None:
    if wanted is None or offered is None:
        return None
    if wanted.code == offered.code:
        return ALL, Text("same industry: {name}", "行业一致：{name}").fill(name=wanted.name)
    if wanted.code[:1] == offered.code[:1]:
        return SECTION, Text("same section of industry", "同属一个行业门类")
    return NOTHING, Text("other industry: {name}", "行业不同：{name}").fill(name=offered.name)


def maturity(wanted: Wanted, offer: Offer) -> Fit:
    """How many levels lie between the maturity wanted and the one there is, or the span that is taken."""
    low, high = offer.trl_range or (offer.trl, offer.trl)
    low, high = (high if low is None else low), (low if high is None else high)
    if wanted.trl is None or low is None or high is None:
        return None, Text("maturity not known", "成熟度未知")
    apart = max(low - wanted.trl, wanted.trl - high, 0)
    span = str(low) if low == high else f"{low}–{high}"
    if not apart:
        return ALL, Text(f"maturity {span}, as wanted", f"成熟度 {span} 级，符合要求")
    return (
        max(NOTHING, ALL - Decimal(apart) / FARTHEST),
        Text(f"maturity {span} where {wanted.trl} is wanted", f"成熟度 {span} 级，需求为 {wanted.trl} 级"),
    )


def budget(wanted: Wanted, offer: Offer) -> Fit:
    """Whether the money fits: the price asked, or the span of amounts somebody deals in."""
    mine = wanted.budget
    if offer.ticket is not None and any(offer.ticket):
        return _ticket(mine, *offer.ticket)
    if mine is None or offer.price is None or mine.currency != offer.price.currency:
        return None, Text("price or budget not known", "价格或预算未知")
    if offer.price.amount <= mine.amount:
        return ALL, Text("the asked price lies within the budget", "报价在预算之内")
    return (mine.amount / offer.price.amount).quantize(STEP), Text(
        "the asked price is above the budget", "报价高于预算"
    )


def _ticket(amount: Money | None, least: Money | None, most: Money | None) -> Fit:
    if amount is None or any(end is not None and end.currency != amount.currency for end in (least, most)):
        return None, Text("amount not known", "金额未知")
    if least is not None and amount.amount < least.amount:
        value = (amount.amount / least.amount).quantize(STEP)
        return value, Text("the amount is below {least}", "金额低于 {least}").fill(least=least.said())
    if most is not None and amount.amount > most.amount:
        value = (most.amount / amount.amount).quantize(STEP)
        return value, Text("the amount is above {most}", "金额高于 {most}").fill(most=most.said())
    return ALL, Text("{amount} lies within the span", "{amount}在范围之内").fill(amount=amount.said())


def stage(wanted: Wanted, offer: Offer) -> Fit:
    """Whether the financing round is one the money is meant for, or next to one."""
    if not wanted.stage or not offer.stages:
        return None, Text("financing round not known", "融资轮次未知")
    mine = FinanceRound(wanted.stage)
    if mine.value in offer.stages:
        return ALL, Text("{round} is wanted", "投资轮次含{round}").fill(round=mine.text)
    theirs = _named(FinanceRound, offer.stages)
    places = [ORDER.index(FinanceRound(one)) for one in offer.stages if one in ORDER]
    if mine in ORDER and any(abs(ORDER.index(mine) - place) == 1 for place in places):
        return NEIGHBOUR, Text("{mine} is next to {theirs}", "{mine}与{theirs}相邻").fill(mine=mine.text, theirs=theirs)
    return NOTHING, Text("only {theirs}", "仅投{theirs}").fill(theirs=theirs)


def instrument(wanted: Wanted, offer: Offer) -> Fit:
    """Whether the money comes in a form that is wanted."""
    return _overlap(
        Instrument, wanted.instruments, offer.instruments, Text("form of finance not known", "融资方式未知")
    )


def licence(wanted: Wanted, offer: Offer) -> Fit:
    """Whether the technology can come in a way that is wanted."""
    return _overlap(Mode, wanted.modes, offer.modes, Text("form of transfer not known", "转化方式未知"))


def _overlap(words: type[Word], mine: tuple[str, ...], yours: tuple[str, ...], unknown: Text) -> Fit:
    if not mine or not yours:
        return None, unknown
    both = [code for code in mine if code in yours]
    if both:
        return ALL, Text("both want {both}", "双方均可接受{both}").fill(both=_named(words, both))
    return NOTHING, Text("only {yours} is offered", "仅接受{yours}").fill(yours=_named(words, yours))


def _named(words: type[Word], codes: tuple[str, ...] | list[str]) -> Text:
    return listed(words(code).text for code in codes if words.has(code))


def freshness(wanted: Wanted, offer: Offer) -> Fit:
    """How long ago the offer was brought up to date: half a year is fresh, five years are too long."""
    return (None, Text("age not known", "更新时间未知")) if offer.age_days is None else _aged(offer.age_days)


@lru_cache(maxsize=4096)
def _aged(days: int) -> Fit:
    span = Decimal(STALE_DAYS - FRESH_DAYS)
    value = min(ALL, max(NOTHING, 1 - (days - FRESH_DAYS) / span)).quantize(STEP)
    months = max(days, 0) // 30
    if months == 0:
        return value, Text("brought up to date this month", "近一个月内更新")
    return value, Text(f"brought up to date {months} month{'' if months == 1 else 's'} ago", f"{months} 个月前更新")


def place(wanted: Wanted, offer: Offer) -> Fit:
    """Whether both are in one area of the hub, or the offer is for the region the need comes from."""
    if offer.regions and wanted.region:
        served = next((one for one in offer.regions if one.code in wanted.region), None)
        if served is not None:
            return ALL, Text("serves {name}", "服务范围含{name}").fill(name=served.name)
    if wanted.area is None or offer.area is None:
        return None, Text("area not known", "片区未知")
    if wanted.area.code == offer.area.code:
        return ALL, Text("same area: {name}", "同在{name}").fill(name=wanted.area.name)
    return SECTION, Text("other area: {name}", "位于{name}").fill(name=offer.area.name)


def record(wanted: Wanted, offer: Offer) -> Fit:
    """How many of the offering side's earlier introductions came to something; one of two before there are any."""
    if offer.record is None or not offer.record.ended:
        return None, Text("no earlier introductions", "暂无过往对接")
    done, ended = offer.record.succeeded, offer.record.ended
    value = (Decimal(done + 1) / (ended + 2)).quantize(STEP)
    return value, Text(f"{done} of {ended} earlier introductions succeeded", f"过往 {ended} 次对接中 {done} 次成功")


def deals(wanted: Wanted, offer: Offer) -> Fit:
    """Past deals come as a part of their own (`mandates.part`); without it none are known."""
    return None, Text("no past deals on record here", "平台暂无过往投资记录")


def capacity(wanted: Wanted, offer: Offer) -> Fit:
    """How much of what may be open at once is still free."""
    if offer.quota is None or offer.open_now is None:
        return None, Text("capacity not known", "承接余量未知")
    free = max(offer.quota - offer.open_now, 0)
    value = (Decimal(free) / offer.quota).quantize(STEP) if offer.quota else NOTHING
    return value, Text(
        f"room for {free} of {offer.quota} introductions", f"可同时对接 {offer.quota} 项，尚余 {free} 项"
    )


FITS: Mapping[str, Callable[[Wanted, Offer], Fit]] = {
    "classification": classification,
    "maturity": maturity,
    "budget": budget,
    "stage": stage,
    "instrument": instrument,
    "licence": licence,
    "freshness": freshness,
    "place": place,
    "record": record,
    "capacity": capacity,
    "deals": deals,
}


# What of an offer a part is judged by. Topics are told apart by the objects they are, which an offer keeps: offers of
# one field share it.
READ: Mapping[str, Callable[[Offer], object]] = {
    "maturity": attrgetter("trl_range", "trl"),
    "budget": attrgetter("ticket", "price"),
    "stage": attrgetter("stages"),
    "instrument": attrgetter("instruments"),
    "licence": attrgetter("modes"),
    "freshness": attrgetter("age_days"),
    "place": lambda offer: (offer.regions, id(offer.area)),
    "record": attrgetter("record"),
    "capacity": attrgetter("quota", "open_now"),
    "deals": lambda offer: id(offer.deals),
}


# What a need has to say of a part: where it says nothing, no offer makes a difference to what the part is.
SAID: Mapping[str, Callable[[Wanted], object]] = {
    "maturity": lambda wanted: wanted.trl is not None,
    "stage": attrgetter("stage"),
    "instrument": attrgetter("instruments"),
    "licence": attrgetter("modes"),
}


def fit(code: str, wanted: Wanted, offer: Offer, weight: Decimal) -> Part:
    """One part of a score, by its code."""
    if code == "deals" and offer.deals is not None:
        return replace(offer.deals, weight=weight)
    value, evidence = FITS[code](wanted, offer)
    return Part(code, weight, value, evidence)


class Fitting(NamedTuple):
    """A part with what it adds to a score: its weight and its share, nothing where it is not known."""

    weight: Decimal
    share: Decimal
    part: Part


class Fits:
    """The parts for one need: what many offers have alike (a field, an age) is judged and said once."""

    def __init__(self, wanted: Wanted, offers: Iterable[Offer]) -> None:
        self.wanted, self._offers = wanted, tuple(offers)

    def judged(self, code: str, weight: Decimal) -> list[Fitting]:
        """As `fit` with this code and weight, for each of the offers."""
        if code == "classification":
            return self._classified(weight)
        if self._offers and code in SAID and not SAID[code](self.wanted):
            return [_fitting(fit(code, self.wanted, self._offers[0], weight))] * len(self._offers)
        keys = list(map(READ[code], self._offers))
        one_of = dict(zip(keys, self._offers, strict=True))
        known = {key: _fitting(fit(code, self.wanted, offer, weight)) for key, offer in one_of.items()}
        return [known[key] for key in keys]

    def _classified(self, weight: Decimal) -> list[Fitting]:
        """As `classification` has it: there are few fields and few industries, but many pairs of them."""
        wanted = self.wanted
        fields = {id(one): _field(wanted.field, one) for one in _each(offer.field for offer in self._offers)}
        industries = {
            id(one): _industry(wanted.industry, one) for one in _each(offer.industry for offer in self._offers)
        }
        known: dict[int, Fitting] = {}
        found = []
        for offer in self._offers:
            better = _better(fields[id(offer.field)], industries[id(offer.industry)])
            fitting = known.get(id(better))
            if fitting is None:
                fitting = known[id(better)] = _fitting(Part("classification", weight, *better))
            found.append(fitting)
        return found


def _each(ones: Iterable[object]) -> Iterable[object]:
    """Each object once."""
    return {id(one): one for one in ones}.values()


def _fitting(part: Part) -> Fitting:
    return Fitting(NOTHING if part.value is None else part.weight, part.share, part)
