"""What a target's life depends on: its facts, its parts against the whole, its history."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils import timezone

from grandunion.engines.indicators import Sum, summed
from grandunion.records.plans import Target, TargetRevision
from grandunion.terms.plans import IndicatorKind, Operator
from grandunion.terms.readers import Reader
from grandunion.terms.targets import SplitAlong, TargetStage
from grandunion.terms.text import Text
from grandunion.work.queries.base.kept import of
from grandunion.work.queries.plans.targets import Aim, aims, targets_for

GONE = (TargetStage.WITHDRAWN,)


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts of a target with their figures, and whether they come to the whole."""

    aims: tuple[Aim, ...]
    sum: Sum | None
    along: SplitAlong | None


def children(target: Target) -> list[Target]:
    """The parts of a target that stand."""
    return of(_parts_of, [target.pk])


def _parts_of(targets: list[int]) -> QuerySet[Target]:
    rows = Target.objects.filter(parent__in=targets).exclude(state__in=GONE)
    return rows.select_related("area", "region", "partner", "indicator").order_by("position", "pk")


def target_facts(target: Target, at: datetime) -> dict[str, object]:
    """The facts the flow table reads, without the figure (the clock counts that when it judges)."""
    today = timezone.localtime(at).date()
    told = _sum(target, [one.value for one in children(target)])
    return {
        "is_measured": (Operator.has(target.operator) and target.value is not None) or bool(target.wording.en),
        "deadline": target.deadline,
        "is_over": target.deadline is not None and target.deadline < today,
        "is_summed": told is None or told.is_whole,
    }


def _sum(target: Target, parts: Sequence[Decimal | None]) -> Sum | None:
    """The parts against the whole; interim values of a stock come to it where the last one is it."""
    known = [part for part in parts if part is not None]
    if target.value is None or not known:
        return None
    if is_stepped(target):
        return Sum(target.value, known[-1], len(known))
    return summed(target.value, known)


def is_stepped(target: Target) -> bool:
    """Whether the parts are interim values on the way rather than shares."""
    return target.split_along == SplitAlong.YEAR and target.indicator.indicator_kind != IndicatorKind.FLOW


def parts_of(target: Target, *, as_of: date, reader: Reader) -> Parts:
    """The parts of a target as the reader may see them."""
    rows = targets_for(reader).filter(parent=target).exclude(state__in=GONE).order_by("position", "pk")
    found = aims(rows, as_of=as_of, reader=reader)
    along = SplitAlong(target.split_along) if target.split_along else None
    return Parts(found, _sum(target, [aim.target.value for aim in found]), along)


def revisions(target: Target) -> tuple[TargetRevision, ...]:
    """What the target wanted before, the newest first."""
    return tuple(TargetRevision.objects.filter(target=target).order_by("-revised_at", "-pk"))


def whose(target: Target) -> Text:
    """Who carries the target: an area, a region, a partner, a year of its parent, or the hub."""
    if target.partner is not None:
        return target.partner.name
    place = target.area or target.region
    if place is not None:
        return place.name
    return Text("the whole hub", "园区整体")
