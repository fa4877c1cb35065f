"""What an investor looks for, learnt from the deals they did: who would take this project next."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from grandunion.engines.matching.library import Asked, Library
from grandunion.engines.matching.pieces import STEP, Ground, Met, Part, Score, confidence_of, mean_of, value_of
from grandunion.terms.text import Text

# Fitted on deals up to 2016 and checked on later ones (benchmarks/matching/investors.py).
WEIGHTS = {
    "earlier": Decimal("0.25"),
    "stage": Decimal("0.22"),
    "amount": Decimal("0.13"),
    "place": Decimal("0.14"),
    "text": Decimal("0.14"),
    "company": Decimal("0.07"),
    "record": Decimal("0.03"),
    "freshness": Decimal("0.02"),
}
MANY = math.log1p(150)  # deals from which a record is full
FADING = 180  # days in which a fresh deal fades to a third
KNOWN_BY = 3  # earlier deals with the same partners from which the company kept is full
SHOWN, SAID_MOST = 3, 2
HALF = Decimal("0.5")
SAID = {
    "earlier": (Text("invested in it before", "曾投资该项目"), Text("has not invested in it before", "未曾投资该项目")),
    "stage": (Text("often at this stage", "常投该阶段"), Text("seldom at this stage", "少投该阶段")),
    "amount": (Text("such amounts before", "投过相近金额"), Text("other amounts so far", "以往金额不同")),
    "place": (Text("often in this place", "常投该地"), Text("seldom in this place", "少投该地")),
    "company": (Text("invests beside those who are in", "曾与投资方合投"), Text("never beside them", "未与投资方合投")),
    "record": (Text("many deals", "投资案例多"), Text("few deals", "投资案例少")),
    "freshness": (Text("invested lately", "近期有投资"), Text("no deal lately", "近期无投资")),
}  # fmt: skip
UNSAID = Text("not known", "未知")


@dataclass(frozen=True, slots=True)
class Deal:
    """One deal an investor did: the project, what it does (index words), where, at what stage, and beside whom.

    `amount` is in any one currency for all deals; `beside` the keys of the other investors.
    """

    project: str
    title: Text
    on: date
    words: tuple[str, ...]
    place: str = ""
    stage: str = ""
    amount: float | None = None
    beside: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sought:
    """A project that looks for money on a day; `backers` are the keys of those who are in already."""

    project: str
    on: date
    asked: Asked
    place: str = ""
    stage: str = ""
    amount: float | None = None
    backers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mandate:
    """An investor with their deals, the oldest first."""

    key: str
    deals: tuple[Deal, ...]


def learnt(key: str, deals: Iterable[Deal], before: date) -> Mandate:
    """What is known of an investor on a day: only deals done before it count."""
    return Mandate(
        key, tuple(sorted((deal for deal in deals if deal.on < before), key=lambda deal: (deal.on, deal.project)))
    )


def ranked(sought: Sought, mandates: Iterable[Mandate], library: Library) -> tuple[tuple[Mandate, Score], ...]:
    """The investors for a project, the likeliest first, at equal value the surer, then by key."""
    scored = [(mandate, score(sought, mandate, library)) for mandate in mandates]
    return tuple(sorted(scored, key=lambda pair: (-pair[1].value, -pair[1].confidence, pair[0].key)))


def score(sought: Sought, mandate: Mandate, library: Library) -> Score:
    """How well a project fits what an investor did so far, as parts of 0 to 1; what is not known has no value.

    An investor without deals has no known part. `library` holds the words of all deals; `sought.asked` comes from it.
    """
    near = _near(sought, mandate, library)
    parts = tuple(
        _text(value, near, mandate) if code == "text" else _part(code, value)
        for code, value in zip(WEIGHTS, figures(sought, mandate, near), strict=True)
    )
    return Score(value_of(parts), confidence_of(parts), parts)


def quick(sought: Sought, mandate: Mandate, library: Library) -> float:
    """The value alone, for long lists: the same as `score` gives, up to its rounding."""
    known = [
        (weight, value)
        for weight, value in zip(FLOATS, figures(sought, mandate, _near(sought, mandate, library)), strict=True)
        if value is not None
    ]
    return sum(weight * value for weight, value in known) / sum(weight for weight, _ in known) if known else 0.0


def _near(sought: Sought, mandate: Mandate, library: Library) -> np.ndarray:
    return library.near(sought.asked, (deal.words for deal in mandate.deals))


def figures(sought: Sought, mandate: Mandate, near: Sequence[float]) -> tuple[float | None, ...]:
    """The values in the order of WEIGHTS; `near` is how near each deal's words are to the project's."""
    deals = mandate.deals
    if not deals:
        return (None,) * len(WEIGHTS)
    others = sought.backers - {mandate.key}
    beside = sum(bool(others & deal.beside) for deal in deals if deal.project != sought.project)
    return (
        float(any(deal.project == sought.project for deal in deals)),
        _share([deal.stage == sought.stage for deal in deals]) if sought.stage else None,
        _amount(sought.amount, [deal.amount for deal in deals if deal.amount]),
        _share([deal.place == sought.place for deal in deals]) if sought.place else None,
        float(max(near)) if sought.asked.words else None,
        min(1.0, beside / KNOWN_BY),
        min(1.0, math.log1p(len(deals)) / MANY),
        math.exp(-max(0, (sought.on - deals[-1].on).days) / FADING),
    )


def _share(hits: list[bool]) -> float:
    """The share of deals that fit; of few deals it is drawn towards a half."""
    return (sum(hits) + 0.5) / (len(hits) + 1)


def _amount(wanted: float | None, done: list[float]) -> float | None:
    """1 where such an amount was invested before; e-fold more or less counts a third."""
    if not wanted or not done:
        return None
    return max(math.exp(-abs(math.log(wanted / amount))) for amount in done)


def _part(code: str, value: float | None) -> Part:
    if value is None:
        return Part(code, WEIGHTS[code], None, UNSAID)
    exact = _exact(value)
    return Part(code, WEIGHTS[code], exact, SAID[code][exact < HALF])


def _text(value: float | None, near: Sequence[float], mandate: Mandate) -> Part:
    if value is None:
        return Part("text", WEIGHTS["text"], None, UNSAID)
    order = sorted(zip(near, mandate.deals, strict=True), key=lambda pair: (-pair[0], pair[1].project))
    titles = tuple(deal.title for found, deal in order[:SHOWN] if found > 0)
    if not titles:
        return Part("text", WEIGHTS["text"], _exact(value), Text("never in such a field", "未投过相近领域"))
    en, zh = "; ".join(f"“{one.en}”" for one in titles), "".join(f"“{one.zh}”" for one in titles)
    met = tuple(Met("", one.zh) for one in titles)
    return Part("text", WEIGHTS["text"], _exact(value), Text(f"invested in {en}", f"投过{zh}"), (), met)


def part(found: Score) -> Part | None:
    """Past deals as one part among others, made of the figures that are known; nothing where none is.

    Says the deals in the nearest fields and what else speaks for the investor most; the weight is whoever's who asks.
    """
    known = [one for one in found.parts if one.value is not None]
    if not known:
        return None
    text = [one for one in known if one.met]
    strong = sorted((one for one in known if one not in text and one.value >= HALF), key=lambda one: -one.share)
    said = [one.evidence for one in (*text, *strong[:SAID_MOST])] or [Text("deals of another sort", "过往投资与此不同")]
    grounds = tuple(Ground(one.code, one.weight, one.value) for one in known)
    titles = dict.fromkeys(one for some in text for one in some.met)
    return Part(
        "deals", Decimal(0), mean_of(known), Text("; ".join(one.en for one in said), "，".join(one.zh for one in said)),
        grounds, tuple(Met("", one.found, is_meaning=True) for one in titles),
    )  # fmt: skip


def _exact(value: float) -> Decimal:
    return Decimal(str(round(min(1.0, max(0.0, float(value))), 4))).quantize(STEP)


FLOATS = tuple(map(float, WEIGHTS.values()))
