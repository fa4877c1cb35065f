"""Scores offers for a need: named parts with evidence, hard exclusions with their reason, ranked."""

from collections.abc import Iterable
from decimal import Decimal

from grandunion.engines.matching.pieces import STEP, Offer, Part, Score, Topic, Wanted, confidence_of, value_of
from grandunion.engines.matching.wording import Corpus, corpus_of, text_part
from grandunion.terms.text import Text

# The house's own first weights, to be learned from outcomes once there are enough of them.
WEIGHTS = {
    "text": Decimal("0.40"),
    "classification": Decimal("0.20"),
    "maturity": Decimal("0.15"),
    "budget": Decimal("0.10"),
    "freshness": Decimal("0.10"),
    "place": Decimal("0.05"),
}
SAME, NEAR, SECTION, NONE = Decimal(1), Decimal("0.7"), Decimal("0.4"), Decimal(0)
FRESH_DAYS, STALE_DAYS = 180, 1825
FARTHEST = 4  # levels of maturity apart at which nothing fits any more


def score(wanted: Wanted, offer: Offer, corpus: Corpus) -> Score:
    """How well one offer answers what is wanted.

    `corpus` has the word counts of the candidates it is compared with. The value (0–1, four places) is the
    weighted mean of the known parts and can be worked out again from `parts`; an excluded offer keeps its
    parts, and says in `excluded` why it is not brought together with the need.
    """
    parts = (
        text_part(wanted, offer, corpus, WEIGHTS["text"]),
        _classification(wanted, offer),
        _maturity(wanted, offer),
        _budget(wanted, offer),
        _freshness(offer),
        _place(wanted, offer),
    )
    return Score(value_of(parts), confidence_of(parts), parts, exclusion(wanted, offer))


def ranked(wanted: Wanted, offers: Iterable[Offer]) -> tuple[tuple[Offer, Score], ...]:
    """All offers with their scores: the best first, at equal value the surer, then by key; excluded ones last."""
    offers = tuple(offers)
    corpus = corpus_of(offers)
    scored = [(offer, score(wanted, offer, corpus)) for offer in offers]
    return tuple(
        sorted(
            scored,
            key=lambda pair: (pair[1].excluded is not None, -pair[1].value, -pair[1].confidence, pair[0].key),
        )
    )


def exclusion(wanted: Wanted, offer: Offer) -> Text | None:
    """Why the two are never brought together, or None."""
    if offer.organisation is not None and offer.organisation == wanted.organisation:
        return Text("Both sides are the same organisation.", "供需双方为同一单位。")
    if offer.organisation is not None and offer.organisation in wanted.conflicts:
        return Text(
            "A conflict of interest with the owner is declared for this case.", "本事项已申报与权利单位的利益冲突。"
        )
    written = offer.excluded_partners.casefold()
    if written and any(name and name.casefold() in written for name in wanted.names):
        return Text(
            "The owner's conditions leave this partner out: ask the owner first.",
            "权利单位的合作条件不含该单位，请先征询权利单位。",
        )
    return dict(wanted.declined).get(offer.key)


def _classification(wanted: Wanted, offer: Offer) -> Part:
    """The better of field and industry; unknown only where neither can be compared."""
    found = [fit for fit in (_field(wanted.field, offer.field), _industry(wanted.industry, offer.industry)) if fit]
    if not found:
        return _part("classification", None, "field not known on one side", "一方领域未知")
    value, evidence = max(found, key=lambda fit: fit[0])
    return Part("classification", WEIGHTS["classification"], value, evidence)


def _field(wanted: tuple[Topic, ...], offered: tuple[Topic, ...]) -> tuple[Decimal, Text] | None:
    if not wanted or not offered:
        return None
    mine, yours = wanted[0], offered[0]
    if mine.code == yours.code:
        return SAME, Text("same field: {name}", "领域一致：{name}").fill(name=mine.name)
    if {topic.code for topic in wanted} & {topic.code for topic in offered}:
        return NEAR, Text("neighbouring fields: {mine} and {yours}", "领域相近：{mine}与{yours}").fill(
            mine=mine.name, yours=yours.name
        )
    return NONE, Text("other field: {yours}", "领域不同：{yours}").fill(yours=yours.name)


def _industry(wanted: Topic | None, offered: Topic | None) -> tuple[Decimal, Text] | None:
    if wanted is None or offered is None:
        return None
    if wanted.code == offered.code:
        return SAME, Text("same industry: {name}", "行业一致：{name}").fill(name=wanted.name)
    if wanted.code[:1] == offered.code[:1]:
        return SECTION, Text("same section of industry", "同属一个行业门类")
    return NONE, Text("other industry: {name}", "行业不同：{name}").fill(name=offered.name)


def _maturity(wanted: Wanted, offer: Offer) -> Part:
    if wanted.trl is None or offer.trl is None:
        return _part("maturity", None, "maturity not known", "成熟度未知")
    value = max(NONE, 1 - Decimal(abs(wanted.trl - offer.trl)) / FARTHEST)
    if wanted.trl == offer.trl:
        return _part("maturity", value, f"maturity {offer.trl}, as wanted", f"成熟度 {offer.trl} 级，符合要求")
    return _part(
        "maturity", value,
        f"maturity {offer.trl} where {wanted.trl} is wanted", f"成熟度 {offer.trl} 级，需求为 {wanted.trl} 级",
    )  # fmt: skip


def _budget(wanted: Wanted, offer: Offer) -> Part:
    budget, price = wanted.budget, offer.price
    if budget is None or price is None or budget.currency != price.currency:
        return _part("budget", None, "price or budget not known", "价格或预算未知")
    if price.amount <= budget.amount:
        return _part("budget", SAME, "the asked price lies within the budget", "报价在预算之内")
    value = (budget.amount / price.amount).quantize(STEP)
    return _part("budget", value, "the asked price is above the budget", "报价高于预算")


def _freshness(offer: Offer) -> Part:
    if offer.age_days is None:
        return _part("freshness", None, "age not known", "更新时间未知")
    span = Decimal(STALE_DAYS - FRESH_DAYS)
    value = min(SAME, max(NONE, 1 - (offer.age_days - FRESH_DAYS) / span)).quantize(STEP)
    months = max(offer.age_days, 0) // 30
    if months == 0:
        return _part("freshness", value, "brought up to date this month", "近一个月内更新")
    return _part(
        "freshness", value,
        f"brought up to date {months} month{'' if months == 1 else 's'} ago", f"{months} 个月前更新",
    )  # fmt: skip


def _place(wanted: Wanted, offer: Offer) -> Part:
    if wanted.area is None or offer.area is None:
        return _part("place", None, "area not known", "片区未知")
    if wanted.area.code == offer.area.code:
        return Part(
            "place", WEIGHTS["place"], SAME, Text("same area: {name}", "同在{name}").fill(name=wanted.area.name)
        )
    return Part("place", WEIGHTS["place"], SECTION, Text("other area: {name}", "位于{name}").fill(name=offer.area.name))


def _part(code: str, value: Decimal | None, en: str, zh: str) -> Part:
    return Part(code, WEIGHTS[code], value, Text(en, zh))
