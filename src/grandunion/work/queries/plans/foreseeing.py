"""What is foreseen of a target: from the steps of its pipeline, or from the trend of its figure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from django.db.models import QuerySet
from django.db.models.functions import TruncDate

from grandunion.engines.indicators import Foreseen, Journey, Question, Rule, conditions, project, read, trend, unknown
from grandunion.records.journal import Step
from grandunion.records.lists import Term
from grandunion.records.plans import Definition, Indicator, Projection, Target
from grandunion.terms.counting import Dimension, Statistic
from grandunion.terms.periods import months_after
from grandunion.terms.plans import IndicatorKind, IndicatorPeriod
from grandunion.terms.readers import Reader
from grandunion.terms.targets import RUNNING
from grandunion.terms.text import Text
from grandunion.work.queries.plans.fields import SOURCES, every
from grandunion.work.queries.plans.figures import series, since
from grandunion.work.queries.plans.rollup import areas_in
from grandunion.work.queries.plans.targets import figure_of_target

MONTHS, YEARS = 24, 3
DAY = timedelta(days=1)
NO_STEPS = Text(
    "No steps that are recorded lead to this figure: of a single partner it cannot be foreseen.",
    "该指标没有可供推算的办理环节，无法推算单个合伙人的数字。",
)
FIRST_LANDED = ("landed_on",)  # a project's day of landing is the day on which it first comes to “landed”


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The record class whose steps lead to what an indicator counts, and the states that count."""

    record: str
    goal: frozenset[str]


def pipeline_of(wanted: Indicator) -> Pipeline | None:
    """The pipeline of an indicator that counts every record as it comes to a state; None for any other."""
    newest = Definition.objects.filter(indicator=wanted).order_by("-version").first()
    rule = read(newest.rule) if newest else None
    if not isinstance(rule, Rule) or rule.statistic is not Statistic.COUNT or rule.key:
        return None
    if any(one.field != "state" for one in conditions(rule)):  # only some of the pipeline's records count
        return None
    if rule.on.state:
        return Pipeline(rule.record, frozenset({rule.on.state}))
    if rule.record == "project" and rule.on.fields == FIRST_LANDED:
        return Pipeline("project", frozenset({"landed"}))
    return None


def due_targets(today: date) -> QuerySet[Target]:
    """Targets in force with a number and a deadline ahead, that were not foreseen today; the longest waiting first."""
    rows = Target.objects.filter(state__in=RUNNING, deadline__gte=today).exclude(value=None)
    done = Projection.objects.filter(as_of__gte=today).values("target")
    return rows.exclude(pk__in=done).select_related("indicator", "area", "region", "partner").order_by("pk")


def foresee(target: Target, *, as_of: date, reader: Reader) -> Foreseen:
    """The target's figure at its deadline, as the past of the hub makes it likely."""
    if target.deadline is None or target.value is None or target.deadline < as_of:
        return unknown(Text("There is no deadline ahead to look to.", "没有未到的期限可供推算。"))
    figure = figure_of_target(target, as_of=as_of, reader=reader)
    if figure.cell.value is None:
        return unknown(Text("Nothing counts the figure today.", "系统目前未计算该指标。"))
    if not target.is_in_unit:
        return unknown(Text("Its indicator is counted in another unit now.", "指标的计量单位已变更。"))
    first = since(target.indicator, target.deadline)
    is_now = first is None or first <= as_of
    asked = Question(
        now=float(figure.cell.value) if is_now else 0.0, as_of=as_of, since=as_of if is_now else first - DAY,
        until=target.deadline, operator=target.operator, target=float(target.value),
    )  # fmt: skip
    found = pipeline_of(target.indicator)
    by_pipeline = _by_pipeline(found, target, as_of, asked) if found is not None else None
    if by_pipeline is not None and (by_pipeline.is_known or _is_whole(target)):
        return by_pipeline
    if target.partner_id is None:
        changes = _changes(target, as_of, reader)
        by_trend = _not_below(trend(changes, asked), asked.now, changes)
        return by_pipeline if by_pipeline is not None and not by_trend.is_known else by_trend
    return by_pipeline or unknown(NO_STEPS)


def _not_below(found: Foreseen, now: float, changes: Sequence[float]) -> Foreseen:
    """A figure that never fell in any month does not end below what is counted already."""
    if not found.is_known or any(change < 0 for change in changes):
        return found
    low, middle, high = (max(each, now) for each in (found.low, found.middle, found.high))
    return replace(found, low=low, middle=middle, high=high)


def _is_whole(target: Target) -> bool:
    return target.area_id is None and target.region_id is None and target.partner_id is None


def _by_pipeline(found: Pipeline, target: Target, as_of: date, asked: Question) -> Foreseen | None:
    """What the pipeline of whoever carries the target makes likely; None where its records are nobody's in particular.

    An area's, a district's or a partner's pipeline are the records that belong to it today.
    """
    source = SOURCES[found.record]
    rows = None
    if not _is_whole(target):
        dimension = Dimension.PARTNER if target.partner_id else Dimension.AREA
        if dimension not in source.dimensions:
            return None
        mine = [target.partner_id] if target.partner_id else _areas(target)
        rows = every(source.table).filter(**{f"{source.dimensions[dimension]}__in": mine}).values("pk")
    return project(_journeys(source.flow, as_of, rows), found.goal, asked)


def _areas(target: Target) -> list[int]:
    """The areas that carry a target of an area or a region."""
    return [target.area_id] if target.area_id else sorted(areas_in(target.region))


def _journeys(flow: str, as_of: date, among: QuerySet | None) -> list[Journey]:
    """The paths of a flow's records (of those among the given) in the last years, by day."""
    rows = Step.objects.filter(flow=flow, at__date__gt=months_after(as_of, -12 * YEARS)).annotate(day=TruncDate("at"))
    if among is not None:
        rows = rows.filter(subject_id__in=among)
    paths: dict[int, list[tuple[str, date]]] = defaultdict(list)
    for subject, state, day in rows.order_by("subject_id", "at", "pk").values_list("subject_id", "target", "day"):
        paths[subject].append((state, day))
    return [Journey(tuple(visits)) for visits in paths.values()]


def _changes(target: Target, as_of: date, reader: Reader) -> list[float]:
    """How the figure changed in each full month of the past, as far as anything was counted: oldest first."""
    last = as_of.replace(day=1)
    ends = [months_after(last, place - MONTHS) - DAY for place in range(MONTHS + 1)]
    code = target.indicator.code
    areas: Sequence[Term | None] = (target.area,)
    if target.region_id is not None:
        areas = list(Term.objects.filter(pk__in=_areas(target)).order_by("pk"))
    each = [series([code], ends=ends, reader=reader, area=area)[code] for area in areas]
    values = [_sum([cell.value for cell in month]) for month in zip(*each, strict=True)]
    is_flow = target.indicator.indicator_kind == IndicatorKind.FLOW
    changes = [
        float(after - (before if _goes_on(target.indicator, end, is_flow=is_flow) else 0))
        for (before, after), end in zip(pairwise(values), ends[1:], strict=True)
        if before is not None and after is not None
    ]
    first = next((place for place, change in enumerate(changes) if change), len(changes))
    return changes[first:]


def _sum(parts: Sequence[Decimal | None]) -> Decimal | None:
    """The figures of several areas as one; unknown where one of them is."""
    return None if None in parts else sum(parts, Decimal(0))


def _goes_on(wanted: Indicator, end: date, *, is_flow: bool) -> bool:
    """Whether a month's figure goes on from the month before, rather than beginning anew."""
    if not is_flow or wanted.period == IndicatorPeriod.CUMULATIVE:
        return True
    first = since(wanted, end)
    return first is not None and first < end.replace(day=1)
