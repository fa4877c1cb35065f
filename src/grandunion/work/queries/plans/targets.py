"""Plans and their targets against what the records say, what was published, and what is foreseen."""

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet

from grandunion.engines.indicators import progress, standing, written
from grandunion.records.lists import Term
from grandunion.records.plans import Claim, Indicator, Plan, Projection, Target
from grandunion.terms.plans import IndicatorKind, Operator, TargetState
from grandunion.terms.readers import Reader
from grandunion.terms.targets import TargetStage
from grandunion.terms.text import Text
from grandunion.work.queries.base import one
from grandunion.work.queries.journal import first_day
from grandunion.work.queries.parties import organisations
from grandunion.work.queries.plans.claims import Published, latest_claims, published, when
from grandunion.work.queries.plans.figures import Cell, Figure, since, value, values
from grandunion.work.queries.plans.rollup import in_region, of_partner

HUB = (None, None, None)  # no area, no region, no partner


@dataclass(frozen=True, slots=True)
class Aim:
    """A target with the hub's own figure (as of its deadline, if that is over) and the latest published one."""

    target: Target
    figure: Figure
    state: TargetState
    part: Decimal | None
    published: Published | None
    published_part: Decimal | None
    projection: Projection | None = None
    is_before_records: bool = False  # its deadline lies before the first entry of the journal, and nothing is recorded

    def said(self) -> Text | None:
        """What is wanted, in words; None for a target without a number."""
        return wanted_of(self.target)


def targets_for(reader: Reader) -> QuerySet[Target]:
    """Targets in force for everybody; proposed and withdrawn ones for those who plan, a partner's for the partner.

    Of those who plan, whoever may not see the partner does not see its targets either.
    """
    rows = Target.objects.all()
    if reader.is_house:
        return rows
    if reader.reads_rows:
        return rows.filter(Q(partner=None) | Q(partner__in=organisations(reader).values("pk")))
    private = (TargetStage.PROPOSED, TargetStage.WITHDRAWN)
    return rows.exclude(state__in=private).filter(Q(partner=None) | Q(partner__in=reader.organisation_ids))


def target(code: str, reader: Reader) -> Target:
    """The target of this code, or Absent."""
    along = ("indicator", "plan", "plan__source", "area", "region", "partner", "parent", "parent__indicator")
    return one(targets_for(reader).select_related(*along), code=code)


def plan(code: str) -> Plan:
    """The plan of this code, or Absent."""
    return one(Plan.objects.select_related("source"), code=code)


def said_number(value: Decimal | int) -> Text:
    """A number as each language writes it: 3 million / 300万."""
    return written(value)


def known_plans() -> QuerySet[Plan]:
    """All plans, in the order of the pack."""
    return Plan.objects.order_by("position", "code")


def aims_of_plan(wanted: Plan, *, as_of: date, reader: Reader) -> tuple[Aim, ...]:
    """The targets of one plan that are part of no other."""
    rows = targets_for(reader).filter(plan=wanted, parent=None)
    return aims(rows.order_by("position", "pk"), as_of=as_of, reader=reader)


def wanted_of(target: Target) -> Text | None:
    """What a target wants: more than 10,000 / 超过1万; None for one in words."""
    if target.value is None or not Operator.has(target.operator):
        return None
    words, number = Operator(target.operator).text, written(target.value)
    if target.operator == Operator.EXACTLY:
        return number
    return Text(f"{words.en} {number.en}", f"{words.zh}{number.zh}")


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator at a glance: its figure, the nearest target that has a number, and the latest published figure."""

    figure: Figure
    target: Target | None
    part: Decimal | None
    published: Published | None


def overview(*, as_of: date, reader: Reader, area: Term | None = None) -> tuple[Line, ...]:
    """Every indicator at a glance; targets of the whole hub are left aside where one area is asked for."""
    nearest: dict[int, Target] = {}
    rows = targets_for(reader).filter(partner=None, region=None).exclude(value=None)
    for target in rows.select_related("plan", "indicator").order_by("-deadline", "-pk"):
        if target.area_id == (area.pk if area else None):
            nearest[target.indicator_id] = target
    figures = values(as_of=as_of, reader=reader, area=area)
    latest = latest_claims({figure.indicator.pk for figure in figures}, on=as_of)
    place = area.pk if area else None
    return tuple(
        _line(figure, nearest.get(figure.indicator.pk), latest.get((figure.indicator.pk, place))) for figure in figures
    )


def _line(figure: Figure, target: Target | None, claim: Claim | None) -> Line:
    part = progress(figure.cell.value, target.operator, target.value) if target and target.is_in_unit else None
    return Line(figure, target, part, published(claim) if claim else None)


def plans(*, as_of: date, reader: Reader) -> tuple[tuple[Plan, tuple[Aim, ...]], ...]:
    """Every plan with the targets that are part of no other."""
    rows = targets_for(reader).filter(parent=None).order_by("plan__position", "plan__code", "position", "pk")
    grouped: dict[int, list[Aim]] = defaultdict(list)
    for aim in aims(rows, as_of=as_of, reader=reader):
        grouped[aim.target.plan_id].append(aim)
    known = known_plans().select_related("source")
    return tuple((plan, tuple(grouped[plan.pk])) for plan in known)


def aims(targets: QuerySet[Target], *, as_of: date, reader: Reader) -> tuple[Aim, ...]:
    """The targets with their figures, what was published of them, and what is foreseen."""
    wanted = list(targets.select_related("indicator", "plan", "area", "region", "partner"))
    latest = latest_claims({target.indicator_id for target in wanted}, on=as_of)
    foreseen = {row.target_id: row for row in Projection.objects.filter(target__in=wanted)}
    figures, begun = _figures(wanted, as_of, reader), first_day()
    return tuple(
        _aim(target, figures[_place(target, as_of)], latest.get((target.indicator_id, target.area_id)),
             foreseen.get(target.pk), (as_of, begun))
        for target in wanted
    )  # fmt: skip


def _figures(wanted: list[Target], as_of: date, reader: Reader) -> dict[tuple, Figure]:
    """The figure of each place a target is of; those of the whole hub together, day by day."""
    found: dict[tuple, Figure] = {}
    codes: dict[date, dict[int, str]] = defaultdict(dict)
    for target in wanted:
        key = _place(target, as_of)
        if key[2:] == HUB:
            codes[key[1]][target.indicator_id] = target.indicator.code
        elif key not in found:
            found[key] = figure_of_target(target, as_of=key[1], reader=reader)
    for day, named in codes.items():
        for figure in values(as_of=day, reader=reader, codes=set(named.values())):
            found[(figure.indicator.pk, day, *HUB)] = figure
    return found


def _place(target: Target, as_of: date) -> tuple:
    """What a target's figure depends on: the same for several targets, it is counted once."""
    day = min(as_of, target.deadline or as_of)
    return target.indicator_id, day, target.area_id, target.region_id, target.partner_id


def figure_of_target(target: Target, *, as_of: date, reader: Reader) -> Figure:
    """The figure of whoever the target is of: the hub, an area, or all areas of a region."""
    if target.region is not None:
        return in_region(target.indicator, target.region, as_of=as_of, reader=reader)
    if target.partner_id is not None:
        return of_partner(target.indicator, target.partner_id, as_of=as_of, reader=reader)
    return value(target.indicator, as_of=as_of, reader=reader, area=target.area)


def _aim(
    target: Target, figure: Figure, claim: Claim | None, foreseen: Projection | None, days: tuple[date, date | None]
) -> Aim:
    """The target against its figure on a day; where the hub's journal began after its deadline, zero says nothing."""
    as_of, begun = days
    is_before = not figure.cell.value and None not in (begun, target.deadline) and target.deadline < begun
    figure = _not_begun(target, figure, as_of)
    claim = None if target.region_id or target.partner_id else claim  # nobody publishes those
    has = None if is_before or not target.is_in_unit else figure.cell.value
    return Aim(
        target=target,
        figure=figure,
        state=standing(has, target.operator, target.value, target.deadline, as_of),
        part=progress(has, target.operator, target.value),
        published=published(claim) if claim else None,
        published_part=progress(claim.value, target.operator, target.value) if _is_of(claim, target) else None,
        projection=foreseen,
        is_before_records=is_before and figure.is_counted,
    )


def _not_begun(target: Target, figure: Figure, as_of: date) -> Figure:
    """Nothing counts yet for a target whose period begins after the day."""
    first = since(target.indicator, target.deadline) if target.deadline else None
    if first is None or first <= as_of or figure.cell.value is None:
        return figure
    return replace(figure, cell=Cell(Decimal(0), 0), since=first)


def _is_of(claim: Claim | None, target: Target) -> bool:
    """Whether a published figure says something about the target: a flow of another year does not."""
    if claim is None or not target.is_in_unit:
        return False
    is_flow = target.indicator.indicator_kind == IndicatorKind.FLOW
    return not is_flow or target.deadline is None or when(claim)[0].year == target.deadline.year


def aims_of(wanted: Indicator, *, as_of: date, reader: Reader) -> tuple[Aim, ...]:
    """The targets of one indicator, the nearest deadline first."""
    rows = targets_for(reader).filter(indicator=wanted, parent=None)
    return aims(rows.order_by("deadline", "pk"), as_of=as_of, reader=reader)
