"""What outcomes have taught or could teach: each market's decisions against the guards, and a set's own report."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from grandunion.engines.matching import NAMES, PLANS
from grandunion.engines.matching.learning import (
    GOOD,
    LEAST,
    LEAST_HELD,
    LEAST_OF_EACH,
    MOST_CHANGE,
    SURE,
    tells,
)
from grandunion.records.matches import Match, WeightSet
from grandunion.terms.matches import Market, WeightState
from grandunion.terms.text import Text
from grandunion.work.queries.matches.weights import OUTCOMES, decisions, sets

GUARDS = (
    Text(f"At least {LEAST} outcomes that tell something, {LEAST_OF_EACH} good and {LEAST_OF_EACH} not; of the latest "
         f"ones, held out, {LEAST_HELD} of each.",
         f"至少 {LEAST} 条有效结果，成功与未成各不少于 {LEAST_OF_EACH} 条；"
         f"留作检验的最近结果中各不少于 {LEAST_HELD} 条。"),
    Text(f"No weight changes by more than {MOST_CHANGE * 100:.0f} hundredths in one step.",
         f"每次调整中任一权重的变化不超过 {MOST_CHANGE * 100:.0f} 个百分点。"),
    Text(f"Proposed only if it ranks the held-out outcomes better by {SURE:.0f} standard error or more, and the top "
         "quarter no worse.",
         f"仅当对检验结果的排序改善达到 {SURE:.0f} 个标准误且前四分之一命中率不下降时，才提出建议。"),
    Text("Declines that say nothing of the fit (bad timing, already in touch, a conflict of interest …) are left "
         "aside.",
         "与匹配程度无关的谢绝（时机不合适、已有联系、利益冲突等）不参与学习。"),
    Text("Nothing counts before somebody puts it in force, and the set before it can be put back.",
         "建议经人工启用后方才生效，并可随时恢复上一版。"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Readiness:
    """How many outcomes of a market tell something, good and not, and how many tell nothing."""

    good: int
    bad: int
    aside: int

    @property
    def told(self) -> int:
        return self.good + self.bad

    @property
    def is_enough(self) -> bool:
        """Whether there are as many as learning wants; whether the latest are mixed enough shows when it learns."""
        return self.told >= LEAST and min(self.good, self.bad) >= LEAST_OF_EACH

    @property
    def percent(self) -> int:
        """How far the outcomes are on the way to enough, out of 100."""
        return min(100 * self.told // LEAST, 100)


@dataclass(frozen=True, slots=True)
class Line:
    """A market in the list: its set in force (None: the first weights of the house), proposals, and outcomes."""

    market: Market
    in_force: WeightSet | None
    proposed: int
    ready: Readiness
    since: datetime | None


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of one weight, and why."""

    code: str
    name: Text
    before: Decimal
    after: Decimal
    named: int
    why: Text


@dataclass(frozen=True, slots=True)
class Told:
    """The report of a learned set: what from, what changed, and how well held-out outcomes were ranked before, after.

    `auc` is how often a good outcome stands above a bad one, `precision` the share of good ones in the top quarter.
    """

    learned: int
    held: int
    good: int
    bad: int
    aside: int
    auc: tuple[Decimal, Decimal]
    precision: tuple[Decimal, Decimal]
    changes: tuple[Changed, ...]
    contradictions: tuple[tuple[Text, Text], ...]


def name_of(code: str) -> Text:
    """What a reason is called."""
    return NAMES[code]


def readiness(market: Market) -> Readiness:
    """The outcomes of a market as learning takes them."""
    return _ready(decisions(market))


def _ready(found: list) -> Readiness:
    told = [one for one in found if tells(one)]
    good = sum(one.outcome in GOOD for one in told)
    return Readiness(good, len(told) - good, len(found) - len(told))


def markets() -> list[Line]:
    """Every market, in a bounded number of questions: those without any outcome are not asked for theirs."""
    rows = list(sets().order_by("market", "-edition"))
    active = {row.market: row for row in rows if row.state == WeightState.ACTIVE}
    every = Match.objects.unscoped("which markets have outcomes tells of no record").filter(state__in=OUTCOMES)
    ended = set(every.order_by().values_list("market", flat=True).distinct())
    return [
        Line(
            market,
            active.get(market.value),
            sum(row.market == market.value and row.state == WeightState.PROPOSED for row in rows),
            readiness(market) if market.value in ended else Readiness(0, 0, 0),
            active[market.value].activated_at if market.value in active else None,
        )
        for market in PLANS
    ]


def told(row: WeightSet) -> Told | None:
    """The report of a learned set, out of what it has kept; None for one set by hand."""
    kept = row.report
    if not kept:
        return None
    counts, before, after = kept["counts"], kept["before"], kept["after"]
    return Told(
        **{name: counts[name] for name in ("learned", "held", "good", "bad", "aside")},
        auc=(Decimal(before["auc"]), Decimal(after["auc"])),
        precision=(Decimal(before["precision"]), Decimal(after["precision"])),
        changes=tuple(
            Changed(one["part"], NAMES[one["part"]], Decimal(one["before"]), Decimal(one["after"]), one["named"],
                    Text(one["why_en"], one["why_zh"]))
            for one in kept["changes"]
        ),
        contradictions=tuple((NAMES[one["code"]], _said(one["text"])) for one in kept["contradictions"]),
    )  # fmt: skip


def _said(kept: dict) -> Text:
    return Text(kept["en"], kept["zh"])
