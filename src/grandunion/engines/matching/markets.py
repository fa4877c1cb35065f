"""The markets as a table: which reasons count on each, what they count for at first, and what is offered there.

The first weights are the house's own judgement; they stand until outcomes have taught better ones.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from grandunion.engines.matching.pieces import NOTHING
from grandunion.terms.matches import Market
from grandunion.terms.needs import Category
from grandunion.terms.offers import OfferKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid

ACHIEVEMENT, EXPERT = "achievement", "person"  # what is offered without an offer being written


@dataclass(frozen=True, slots=True)
class Plan:
    """How one market is scored: its parts with their weights in the order they are said, and the kinds offered."""

    market: Market
    weights: Mapping[str, Decimal]
    kinds: tuple[str, ...]

    def weighed(self, given: Mapping[str, object]) -> "Plan":
        """The same market under other weights; refuses parts it has not, amounts below zero, and nothing at all."""
        weights = {code: _weight(code, given.get(code, 0), self) for code in self.weights}
        unknown = sorted(set(given) - set(self.weights))
        if unknown:
            raise invalid(
                "weights",
                f"“{unknown[0]}” is no reason on this market. There are: {', '.join(self.weights)}.",
                f"该类撮合没有“{unknown[0]}”这一维度，可用维度：{'、'.join(self.weights)}。",
            )
        if not any(weights.values()):
            raise invalid("weights", "Give at least one reason a weight above zero.", "至少一个维度的权重须大于零。")
        return Plan(self.market, weights, self.kinds)


def _weight(code: str, given: object, plan: Plan) -> Decimal:
    try:
        weight = Decimal(str(given))
        if not weight.is_finite() or weight < NOTHING or weight > 1000:
            raise ArithmeticError
    except ArithmeticError as error:
        raise invalid(
            "weights", f"“{given}” is not a weight of “{code}”: write a number from 0 on.",
            f"“{given}”不是“{code}”的有效权重，请填写不小于 0 的数。",
        ) from error  # fmt: skip
    return weight


def _plan(market: Market, weights: str, *kinds: str) -> Plan:
    """A row of the table; the weights are written in hundredths."""
    pairs = (one.split() for one in weights.split(","))
    return Plan(market, {code: Decimal(number) / 100 for code, number in pairs}, kinds)


PLANS: Mapping[Market, Plan] = {
    plan.market: plan
    for plan in (
        _plan(
            Market.TECHNOLOGY,
            "text 40, classification 18, maturity 14, budget 8, licence 5, freshness 6, place 3, record 4, capacity 2",
            ACHIEVEMENT, OfferKind.PRODUCT,
        ),
        _plan(
            Market.CAPITAL,
            "text 21, classification 16, stage 16, budget 13, instrument 5, deals 14, record 6, freshness 3, place 3, "
            "capacity 3",
            OfferKind.MANDATE,
        ),
        _plan(
            Market.TALENT,
            "text 45, classification 20, record 8, place 10, budget 5, freshness 7, capacity 5",
            OfferKind.EXPERTISE, EXPERT, OfferKind.COURSE,
        ),
        _plan(
            Market.SUPPLY_CHAIN,
            "text 45, classification 15, budget 10, place 10, record 8, capacity 7, freshness 5",
            OfferKind.PRODUCT,
        ),
        _plan(
            Market.SCENARIO,
            "text 40, classification 20, maturity 10, budget 8, place 7, record 7, freshness 5, capacity 3",
            OfferKind.SCENARIO_CAPABILITY,
        ),
        _plan(
            Market.EXPERT,
            "text 55, classification 20, record 8, capacity 10, freshness 5, place 2",
            OfferKind.EXPERTISE, EXPERT,
        ),
        _plan(
            Market.REVIEW,
            "text 60, classification 20, capacity 15, record 5",
            OfferKind.EXPERTISE, EXPERT,
        ),
        _plan(
            Market.PREMISES,
            "text 35, place 30, budget 20, freshness 10, capacity 5",
            OfferKind.SPACE,
        ),
    )
}  # fmt: skip

# Where a need of a category is answered, the first market first.
MARKETS: Mapping[Category, tuple[Market, ...]] = {
    Category.TECHNOLOGY: (Market.TECHNOLOGY, Market.EXPERT),
    Category.FINANCING: (Market.CAPITAL,),
    Category.TALENT: (Market.TALENT,),
    Category.SUPPLY_CHAIN: (Market.SUPPLY_CHAIN, Market.TECHNOLOGY),
    Category.MARKET_SCENARIO: (Market.SCENARIO,),
    Category.PREMISES: (Market.PREMISES,),
    Category.IP_LEGAL: (Market.EXPERT,),
    Category.POLICY: (Market.EXPERT,),
}
ELSEWHERE = (Market.TECHNOLOGY, Market.EXPERT)

PARTS: Mapping[str, Text] = {
    "text": Text("description", "文本描述"),
    "classification": Text("field", "领域"),
    "maturity": Text("maturity", "成熟度"),
    "stage": Text("financing round", "融资轮次"),
    "budget": Text("price", "价格"),
    "instrument": Text("form of finance", "融资方式"),
    "licence": Text("form of transfer", "转化方式"),
    "deals": Text("past deals", "过往投资"),
    "record": Text("track record", "过往成效"),
    "freshness": Text("date", "更新时间"),
    "place": Text("area", "片区"),
    "capacity": Text("free capacity", "可承接余量"),
}


def markets_of(category: str) -> tuple[Market, ...]:
    """The markets on which a need of this category is answered, the first market first."""
    return MARKETS.get(Category(category), ELSEWHERE)


def categories_of(kind: str) -> tuple[Category, ...]:
    """The categories of need that an offer of this kind answers."""
    return tuple(
        category
        for category in Category
        if any(kind in PLANS[market].kinds for market in MARKETS.get(category, ELSEWHERE))
    )


def market_for(category: str, kind: str) -> Market | None:
    """The first market on which an offer of this kind answers a need of this category, if there is one."""
    return next((market for market in markets_of(category) if kind in PLANS[market].kinds), None)
