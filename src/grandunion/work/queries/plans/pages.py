"""What the page of a target and the list of claims show."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from grandunion.records.lists import Term
from grandunion.records.plans import Claim, Indicator, SourceDocument, Target, TargetRevision
from grandunion.terms.claims import ClaimState
from grandunion.terms.periods import months_after
from grandunion.terms.plans import IndicatorKind, Qualifier, Scope
from grandunion.terms.readers import Reader
from grandunion.terms.targets import SplitAlong
from grandunion.terms.text import Text
from grandunion.work.queries.base import Column, Filter, Listing
from grandunion.work.queries.base.words import containing
from grandunion.work.queries.lists import terms
from grandunion.work.queries.plans.claims import claims_for, confirmed, span_of
from grandunion.work.queries.plans.figures import Cell, series, since
from grandunion.work.queries.plans.rollup import Rolled, regions_of_areas, rollup
from grandunion.work.queries.plans.splits import Parts, parts_of, revisions
from grandunion.work.queries.plans.targets import Aim, aims, targets_for

MONTHS = 12
ADDING = (IndicatorKind.FLOW, IndicatorKind.STOCK)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TargetPage:
    """A target with its figure, its way there month by month, its parts and what it wanted before."""

    aim: Aim
    parts: Parts
    revisions: tuple[TargetRevision, ...]
    way: tuple[tuple[date, Cell], ...]


def target_page(target: Target, *, as_of: date, reader: Reader) -> TargetPage:
    """Everything a target's page shows."""
    (aim,) = aims(targets_for(reader).filter(pk=target.pk), as_of=as_of, reader=reader)
    return TargetPage(aim, parts_of(target, as_of=as_of, reader=reader), revisions(target), _way(target, as_of, reader))


def _way(target: Target, as_of: date, reader: Reader) -> tuple[tuple[date, Cell], ...]:
    """The figure at the end of each of the last months, and on the day; nothing for a region's or a partner's."""
    if target.region_id is not None or target.partner_id is not None or target.value is None:
        return ()
    period = since(target.indicator, target.deadline) if target.deadline else None
    if period is not None and period > as_of:  # its period has not begun
        return ()
    last = min(as_of, target.deadline or as_of)
    ends = [*(months_after(last.replace(day=1), place - MONTHS + 2) - DAY for place in range(MONTHS - 1)), last]
    first = since(target.indicator, last)
    ends = [end for end in ends if first is None or end >= first]  # a flow begins anew with its period
    code = target.indicator.code
    found = series([code], ends=ends, reader=reader, area=target.area)[code]
    return tuple(zip(ends, found, strict=True)) if any(cell.value is not None for cell in found) else ()


def who_may_carry(target: Target, along: SplitAlong) -> tuple[tuple[str, Text], ...]:
    """Among whom a target can be split: (code, name); partners are too many to be listed."""
    if along == SplitAlong.AREA:
        return tuple((one.code, one.name) for one in _areas(target))
    if along == SplitAlong.DISTRICT:
        chains = regions_of_areas()
        districts = {chain[0].code: chain[0].name for area in _areas(target) if (chain := chains.get(area.pk))}
        return tuple(districts.items())
    if along == SplitAlong.YEAR and target.deadline is not None:
        years = range(max(target.deadline.year - 4, 2000), target.deadline.year + 1)
        return tuple((str(year), Text(str(year), f"{year} 年")) for year in years)
    return ()


def _areas(target: Target) -> list[Term]:
    """The areas that a target can be split among: of a region's target, those that lie in it."""
    known = list(terms("areas"))
    if target.region_id is None:
        return known
    chains = regions_of_areas()
    return [one for one in known if target.region_id in {region.pk for region in chains.get(one.pk, ())}]


def rolled_of_plan(aims: tuple[Aim, ...], *, as_of: date, reader: Reader) -> list[tuple[Indicator, tuple[Rolled, ...]]]:
    """The roll-up of every counted figure of a plan that adds up over areas; ratios and medians do not."""
    found: dict[int, Indicator] = {}
    for aim in aims:
        if aim.figure.is_counted and aim.target.indicator.indicator_kind in ADDING:
            found[aim.target.indicator_id] = aim.target.indicator
    return [(one, rollup(one, as_of=as_of, reader=reader)) for one in found.values()]


def claimed_years() -> list[str]:
    """The years of which anything was published, the newest first."""
    years = {span_of(row)[1].year for row in confirmed() if span_of(row)[1] is not None}
    return [str(year) for year in sorted(years, reverse=True)]


def regions_with_areas() -> tuple[Term, ...]:
    """Every region that an area lies in, the outermost first."""
    found = {region.pk: region for chain in regions_of_areas().values() for region in reversed(chain)}
    return tuple(found.values())


def documents() -> tuple[tuple[str, Text], ...]:
    """The documents that a plan or a claim can stand in: (code, title)."""
    return tuple((one.code, one.title) for one in SourceDocument.objects.order_by("-published_on", "code"))


def _claims(reader: Reader) -> QuerySet[Claim]:
    """The claims the reader may see, under the name that lists give a number."""
    return claims_for(reader).annotate(number=F("code"))


CLAIMS = Listing(
    code="claims",
    name=Text("Published figures", "已发布数据"),
    record=Claim,
    columns=(
        Column("number", Text("Number", "编号"), ("code",), "number", sort=("code",)),
        Column("indicator", Text("Indicator", "指标"), ("indicator__name_zh", "indicator__name_en"), "title",
               sort=("indicator__position",)),
        Column("qualifier", Text("Qualifier", "限定词"), ("qualifier",), "word", Qualifier),
        Column("value", Text("Value", "数值"), ("value",), "figure", sort=("value",)),
        Column("unit", Text("Unit", "单位"), ("unit_zh", "unit_en"), "term"),
        Column("level", Text("By", "发布层级"), ("level",), "word", Scope, ("level",)),
        Column("area", Text("Area", "片区"), ("area__name_zh", "area__name_en"), "term", is_shown=False),
        Column("period", Text("Period", "统计期"), ("period",), sort=("period",)),
        Column("as_of", Text("As of", "截至日期"), ("as_of",), "day", sort=("as_of",)),
        Column("source", Text("Source", "来源"), ("source__title_zh", "source__title_en"), "term"),
        Column("place", Text("Page", "页码"), ("place",), is_shown=False),
        Column("state", Text("State", "状态"), ("state",), "word", ClaimState, ("state",)),
        Column("verified_on", Text("Compared with the original", "与原文核对日期"), ("verified_on",), "day",
               is_shown=False),
    ),
    filters=(
        Filter("state", Text("State", "状态"), "state", ClaimState),
        Filter("level", Text("By", "发布层级"), "level", Scope),
        Filter("qualifier", Text("Qualifier", "限定词"), "qualifier", Qualifier),
        Filter("indicator", Text("Indicator", "指标"), "indicator__code", kind="link"),
        Filter("source", Text("Source", "来源"), "source__code", kind="link"),
    ),
    order=("-pk",),
    scope=_claims,
    words=lambda words: containing(
        words, "code", "wording_zh", "wording_en", "indicator__name_zh", "indicator__name_en"
    ),
)  # fmt: skip
