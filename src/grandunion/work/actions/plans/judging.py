"""What the clock does to targets: foresees those ahead once a day, and judges those whose deadline is over."""

from datetime import datetime
from decimal import Decimal

from django.utils import timezone

from grandunion.engines.flows.targets import TARGET_FLOW
from grandunion.engines.indicators import Foreseen, met
from grandunion.records.plans import Projection, Target
from grandunion.terms.readers import Reader
from grandunion.terms.targets import RUNNING
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import base, journal
from grandunion.work.actions.base import atomic
from grandunion.work.permissions.plans import targets as permissions
from grandunion.work.queries.journal import first_day
from grandunion.work.queries.plans import due_targets, figure_of_target
from grandunion.work.queries.plans import foresee as foreseen_of

CENT = Decimal("0.01")
THOUSANDTH = Decimal("0.001")


def judge_due(*, by: Reader, at: datetime, limit: int = 200) -> int:
    """Find met or missed every target whose deadline is over and whose figure is counted; answers how many.

    A deadline before the first entry of the journal is not judged: of that time the hub knows nothing.
    """
    begun = first_day()
    if begun is None:
        return 0
    span = {"deadline__lt": timezone.localtime(at).date(), "deadline__gte": begun}
    rows = Target.objects.filter(state__in=RUNNING, indicator__is_counted=True, **span).exclude(value=None)
    done = 0
    for target in rows.select_related("indicator", "area", "region", "partner").order_by("deadline", "pk")[:limit]:
        done += _judge(target, by=by, at=at)
    return done


@atomic
def _judge(target: Target, *, by: Reader, at: datetime) -> bool:
    """Keep the figure as of the deadline and what it makes of the target; nothing where it is not known in its unit."""
    value = figure_of_target(target, as_of=target.deadline, reader=by).cell.value
    if value is None or not target.is_in_unit:
        return False
    is_met = bool(met(value, target.operator, target.value))
    stand = permissions.standing(by, target, is_over=True, is_known=True, is_met=is_met)
    source, deed = target.state, "meet" if is_met else "miss"
    base.move(target, TARGET_FLOW, deed, stand, by=by, at=at, decided_value=value, decided_on=target.deadline)
    changes = {"state": (source, target.state), "decided_value": (None, value), "decided_on": (None, target.deadline)}
    journal.note(f"target.{deed}", target, by=by, at=at, changes=changes)
    return True


def foresee_due(*, by: Reader, at: datetime, limit: int = 2) -> int:
    """Foresee targets that were not yet foreseen today, oldest first; answers how many.

    A few at a time: a large pipeline takes seconds, and the worker has other things to do.
    """
    rows = due_targets(timezone.localtime(at).date())[:limit]
    return sum(1 for target in rows if keep_foreseen(target, by=by, at=at))


def foresee(target: Target, *, by: Reader, at: datetime) -> Projection:
    """Foresee one target now, for whoever plans."""
    require(permissions.may_plan(by), Forbidden)
    return keep_foreseen(target, by=by, at=at)


@atomic
def keep_foreseen(target: Target, *, by: Reader, at: datetime) -> Projection:
    """Work out and keep what is foreseen of a target."""
    today = timezone.localtime(at).date()
    found = foreseen_of(target, as_of=today, reader=by)
    kept, _ = Projection.objects.update_or_create(target=target, defaults={"as_of": today, **_columns(found)})
    return kept


def _columns(found: Foreseen) -> dict[str, object]:
    return {
        "method": found.method.value, "current": _rounded(found.now), "low": _rounded(found.low),
        "middle": _rounded(found.middle), "high": _rounded(found.high),
        "chance": _rounded(found.chance, THOUSANDTH), "why_zh": found.why.zh, "why_en": found.why.en,
        "trials": found.trials.tried, "held": found.trials.held, "error": _rounded(found.trials.error),
    }  # fmt: skip


def _rounded(number: float | None, step: Decimal = CENT) -> Decimal | None:
    return None if number is None else Decimal(number).quantize(step)
