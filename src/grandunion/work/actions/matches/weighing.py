"""What each reason counts for on a market: set by hand or learned, put in force, and taken back."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from grandunion.engines.matching import PLANS
from grandunion.engines.matching.learning import Learned, learn
from grandunion.records.matches import WeightSet
from grandunion.terms.matches import Market, WeightBasis, WeightState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches


@atomic
def set_weights(market: Market, weights: Mapping[str, object], *, reason: str, by: Reader, at: datetime) -> WeightSet:
    """Propose weights by hand, with the reason; they count once they are put in force."""
    require(permissions.may_weigh(by), Forbidden)
    said = sound("reason", reason.strip(), 300)
    if not said:
        raise Refused(Text("Say why the weights change: others will ask.", "请说明调整权重的理由。"))
    plan = PLANS[market].weighed(weights)
    return keep_weights(market, plan.weights, WeightBasis.MANUAL, reason=said, by=by, at=at)


@atomic
def propose_learned(market: Market, *, by: Reader, at: datetime) -> WeightSet:
    """Propose the weights that past outcomes teach, with the report; refused with the reason where they teach nothing.

    Nothing is in force before somebody puts it there, and the set before it can always come back.
    """
    require(permissions.may_weigh(by), Forbidden)
    learned = learn(matches.decisions(market), matches.plan_of(market).weights)
    require(learned.verdict)
    told = learned.counts.learned + learned.counts.held
    reason = f"依据 {told} 条撮合结果学习。Learned from {told} outcomes."
    return keep_weights(
        market, learned.weights, WeightBasis.LEARNED, reason=reason, report=_reported(learned), by=by, at=at
    )


def _reported(learned: Learned) -> dict[str, object]:
    """What was learned from, what changed and why, and the effect on the decisions held out."""
    old, new = learned.quality_before, learned.quality_after
    return {
        "counts": asdict(learned.counts),
        "before": {"auc": str(old.auc), "precision": str(old.precision)},
        "after": {"auc": str(new.auc), "precision": str(new.precision)},
        "changes": [
            {"part": one.code, "before": str(one.before), "after": str(one.after), "named": one.named,
             "why_en": one.why.en, "why_zh": one.why.zh}
            for one in learned.changes
        ],
        "contradictions": [asdict(one) for one in learned.contradictions],
    }  # fmt: skip


def keep_weights(
    market: Market, weights: Mapping[str, object], basis: WeightBasis, *, by: Reader, at: datetime,
    reason: str = "", report: Mapping[str, object] | None = None,
) -> WeightSet:  # fmt: skip
    """Keep a set of weights as proposed, after the one that stands now."""
    standing = _standing(market, at)
    made = WeightSet.objects.create(
        market=market.value, edition=matches.editions(market)[0].edition + 1, state=WeightState.PROPOSED, basis=basis,
        weights=matches.as_kept(weights), reason=reason, report=dict(report or {}), previous=standing,
        proposed_by_id=by.user_id, created_at=at, updated_at=at,
    )  # fmt: skip
    journal.note("weights.proposed", made, by=by, at=at, changes={"weights": (standing.weights, made.weights)})
    return made


def _standing(market: Market, at: datetime) -> WeightSet:
    """The set in force; the house's first weights are written down the first time somebody changes them."""
    if (found := matches.active(market)) is not None:
        return found
    return WeightSet.objects.create(
        market=market.value, edition=1, state=WeightState.ACTIVE, basis=WeightBasis.FIRST,
        weights=matches.as_kept(PLANS[market].weights), activated_at=at, created_at=at, updated_at=at,
    )  # fmt: skip


@atomic
def activate_weights(chosen: WeightSet, *, by: Reader, at: datetime, version: int | None = None) -> WeightSet:
    """Put a set in force, a proposed one or an earlier one; the one before it is kept and can come back."""
    require(permissions.may_weigh(by), Forbidden)
    if chosen.state == WeightState.ACTIVE:
        raise Refused(Text("These weights are in force already.", "该权重已在启用中。"))
    now = matches.active(Market(chosen.market))
    if now is not None:
        base.change(now, at=at, state=WeightState.RETIRED.value, retired_at=at)
    values = {"activated_at": at, "activated_by_id": by.user_id, "retired_at": None, "previous": now}
    changes = base.change(chosen, at=at, version=version, state=WeightState.ACTIVE.value, **values)
    journal.note("weights.activated", chosen, by=by, at=at, changes=changes)
    return chosen


@atomic
def revert_weights(market: Market, *, by: Reader, at: datetime) -> WeightSet:
    """Go back to the set that was in force before."""
    require(permissions.may_weigh(by), Forbidden)
    now = matches.active(market)
    if now is None or now.previous is None:
        raise Refused(Text("There is no earlier set to go back to.", "没有可恢复的上一版权重。"))
    return activate_weights(now.previous, by=by, at=at)
