"""What each reason counts for on a market now, and the sets of weights there have been."""

from collections.abc import Mapping
from decimal import Decimal

from django.db.models import QuerySet

from grandunion.engines.matching import PLANS, Plan
from grandunion.engines.matching.learning import Decision
from grandunion.records.matches import Match, WeightSet
from grandunion.terms.matches import Market, MatchState, WeightState
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.matches.kept import kept_parts
from grandunion.work.queries.matches.sight import values_of

OUTCOMES = {
    MatchState.SUCCESS: "success", MatchState.INTRODUCED: "introduced", MatchState.MEETING: "introduced",
    MatchState.NEGOTIATING: "introduced", MatchState.DECLINED: "declined", MatchState.FAILED: "failed",
}  # fmt: skip


def plan_of(market: Market, weights: Mapping[str, object] | None = None) -> Plan:
    """The market with the weights given, else those in force, else the first ones of the house."""
    plan = PLANS[market]
    if weights is not None:
        return plan.weighed(weights)
    found = values_of(_in_force, given=(market.value,))
    return plan.weighed(found[0][0]) if found else plan


def _in_force(market: str) -> QuerySet:
    held = sets().filter(market=market, state=WeightState.ACTIVE).select_related(None)
    return held.values_list("weights")[:1]


def active(market: Market) -> WeightSet | None:
    """The set in force on a market; None while the first weights of the house stand."""
    return sets().filter(market=market.value, state=WeightState.ACTIVE).first()


def editions(market: Market) -> list[WeightSet]:
    """All sets of a market, the latest first."""
    return list(sets().filter(market=market.value).order_by("-edition"))


def edition(market: Market, number: int) -> WeightSet:
    """One set of a market, by its number there."""
    found = sets().filter(market=market.value, edition=number).first()
    if found is None:
        raise Absent
    return found


def sets() -> QuerySet:
    """All sets of weights: figures of the house that tell of no record."""
    rows = WeightSet.objects.unscoped("what a reason counts for tells of no record, and everybody is answered by it")
    return rows.select_related("previous", "proposed_by", "activated_by")


def decisions(market: Market) -> list[Decision]:
    """What came of the market's past suggestions, with the values of their parts on that day."""
    rows = Match.objects.unscoped("weights are learned from what came of all suggestions of a market, without names")
    told = rows.filter(market=market.value, state__in=OUTCOMES).exclude(parts=[]).order_by("state_at", "pk")
    return [
        Decision(number, at.date(), {part.code: part.value for part in kept_parts(parts)}, OUTCOMES[MatchState(state)],
                 reason or None)
        for number, at, parts, state, reason in told.values_list("number", "state_at", "parts", "state", "reason")
    ]  # fmt: skip


def as_kept(weights: Mapping[str, Decimal]) -> dict[str, str]:
    """Weights as a set keeps them: shares of one, as text."""
    whole = sum(weights.values(), Decimal(0))
    return {code: str((weight / whole).quantize(Decimal("0.0001"))) for code, weight in weights.items()}
