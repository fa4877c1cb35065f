"""What a dashboard shows as of a day: every chart's figures, in few questions whatever the number of charts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from grandunion.records.lists import Term
from grandunion.records.plans import Definition, Indicator
from grandunion.terms.counting import Dimension
from grandunion.terms.periods import months_after
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.views import TIMES, ChartKind, Cut
from grandunion.work.queries.plans.behind import NOT_RECORDED, NOWHERE
from grandunion.work.queries.plans.claims import Published, latest_claims, published
from grandunion.work.queries.plans.cutting import OTHERS, Name, counted, gathered, names_of, parts_of
from grandunion.work.queries.plans.figures import (
    Cell,
    Figure,
    Worths,
    cell_of,
    cells_of,
    definitions,
    in_force,
    indicators,
    rule_said,
    shield_of,
    since,
    slot_of,
)
from grandunion.work.queries.plans.funnel import Thread, thread
from grandunion.work.queries.plans.shielding import Shield
from grandunion.work.queries.plans.tally import Ask, Found
from grandunion.work.queries.plans.views import Block, Dashboard

MONTHS, YEARS = 12, 5
MOST_BARS = 12
DAY = timedelta(days=1)
MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Row:
    """One label of a chart with a cell for each of its indicators; `code` opens it (an area's, or a day)."""

    label: Text
    code: str
    cells: tuple[Cell, ...]
    group: Text | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart with its figures: `figures` for numbers at a glance, `rows` for what is cut, `thread` for the funnel."""

    block: Block
    indicators: tuple[Indicator, ...]
    figures: tuple[Figure, ...] = ()
    published: Mapping[str, Published] = field(default_factory=dict)
    rows: tuple[Row, ...] = ()
    thread: Thread | None = None

    @property
    def title(self) -> Text:
        """The pack's title, or the indicator's name."""
        if self.block.title:
            return self.block.title
        return self.indicators[0].name if len(self.indicators) == 1 else self.block.chart.text


@dataclass(frozen=True, slots=True)
class Seen:
    """A dashboard as of a day: with what is known now, or (`known_at`) as it was known then."""

    dashboard: Dashboard
    as_of: date
    area: Term | None
    known_at: datetime | None
    blocks: tuple[Shown, ...]
    areas: tuple[Name, ...]  # every one, for whoever chooses another


@dataclass(frozen=True, slots=True)
class Ground:
    """What every chart of one dashboard is drawn from: definitions, and what was found by day and by dimension."""

    as_of: date
    reader: Reader
    ask: Ask
    known: Sequence[Definition]
    days: tuple[date, ...]
    found: Found
    cuts: Mapping[Dimension, Found]
    names: Mapping[Dimension, Mapping[int, Name]]
    indicators: Mapping[str, Indicator]
    hiding: Shield

    def cell(self, code: str, day: date) -> Cell:
        """The indicator as of one of the days."""
        definition = in_force(self.known, code, day)
        place = self.days.index(day)
        worth = Worths(self.known, self.found).of(definition, place, day) if definition else None
        return cell_of(worth, is_hidden=self.hiding.hides(worth, definition, place, day))

    def figure(self, code: str) -> Figure:
        """The indicator at a glance."""
        wanted, definition = self.indicators[code], in_force(self.known, code, self.as_of)
        worth = (
            Worths(self.known, self.found).of(definition, self.days.index(self.as_of), self.as_of)
            if definition
            else None
        )
        rule = rule_said(definition, self.known) if worth is not None else None
        first = since(definition or wanted, self.as_of)
        return Figure(wanted, self.as_of, first, self.cell(code, self.as_of), rule, self.ask.area, definition)


def seen(
    dashboard: Dashboard, *, as_of: date, reader: Reader, area: Term | None = None, known_at: datetime | None = None
) -> Seen:
    """The dashboard's figures as of a day, masked for a reader who may not read rows.

    Whatever the number of charts and indicators: definitions, figures and times, cuts, names, the map's districts,
    the funnel and what was published are one question each, where there is anything of the kind.
    """
    ground = _ground(dashboard, as_of, reader, Ask(known_at, area))
    blocks = []
    for block in dashboard.blocks:
        codes = tuple(code for code in block.indicators if code in ground.indicators)
        if codes or block.chart is ChartKind.FUNNEL:
            blocks.append(_shown(block, codes, ground))
    areas = tuple(name for name in ground.names[Dimension.AREA].values() if name.is_area)
    return Seen(dashboard, as_of, area, known_at, tuple(blocks), areas)


def _ground(dashboard: Dashboard, as_of: date, reader: Reader, ask: Ask) -> Ground:
    codes = dashboard.codes
    ends = {end for block in dashboard.blocks if block.cut in TIMES for end in ends_of(block.cut, as_of)}
    days = tuple(sorted({as_of, *ends}))
    known = definitions(codes, days)
    named = {one.indicator.code: one.indicator for one in known}
    if missing := set(codes) - named.keys():  # without a definition: what nothing counts
        named |= {one.code: one for one in indicators().filter(code__in=missing)}
    slots = {one: [slot_of(one, day) if in_force([one], one.indicator.code, day) else None for day in days]
             for one in known if one.counted_at}  # fmt: skip
    found, cuts = counted(slots, _cut_wanted(dashboard, known, as_of), ask)
    names = names_of(cuts, reader)
    hiding = shield_of(slots, known, ask, reader)
    return Ground(as_of, reader, ask, known, days, found, gathered(cuts, names), names, named, hiding)


def _cut_wanted(dashboard: Dashboard, known: Sequence[Definition], as_of: date) -> dict:
    """For each dimension that a chart is cut by, what is to be counted."""
    wanted: dict[Dimension, dict] = {}
    for block in dashboard.blocks:
        if block.cut is Cut.NONE or block.cut in TIMES:
            continue
        found = [one for code in block.indicators if (one := in_force(known, code, as_of))]
        parts = {one: [slot_of(one, as_of)] for one in parts_of(found, known) if one.counted_at}
        wanted.setdefault(Dimension(block.cut.value), {}).update(parts)
    return wanted


def ends_of(cut: Cut, as_of: date) -> tuple[date, ...]:
    """The days at which a chart over time is told: ends of months or years, the last one the day itself."""
    if cut is Cut.YEAR:
        return (*(date(as_of.year - back, 12, 31) for back in range(YEARS - 1, 0, -1)), as_of)
    first = as_of.replace(day=1)
    return (*(months_after(first, 1 - back) - DAY for back in range(MONTHS - 1, 0, -1)), as_of)


def _shown(block: Block, codes: tuple[str, ...], ground: Ground) -> Shown:
    """One chart with what it shows."""
    wanted = tuple(ground.indicators[code] for code in codes)
    if block.chart is ChartKind.FUNNEL:
        return Shown(block, (), thread=thread(as_of=ground.as_of, reader=ground.reader, area=ground.ask.area))
    if block.chart is ChartKind.FIGURES:
        figures = tuple(ground.figure(code) for code in codes)
        return Shown(block, wanted, figures=figures, published=_published(figures, ground))
    if block.cut in TIMES:
        rows = tuple(
            Row(_named(end, block.cut, at), end.isoformat(), tuple(ground.cell(code, end) for code in codes))
            for at, end in enumerate(ends_of(block.cut, ground.as_of))
        )
        return Shown(block, wanted, rows=rows)
    return Shown(block, wanted, rows=_cut(block, codes, ground))


def _published(figures: tuple[Figure, ...], ground: Ground) -> dict[str, Published]:
    """What was last published of the figures that the records cannot tell."""
    uncounted = {one.indicator.pk: one.indicator.code for one in figures if not one.is_counted}
    if not uncounted:
        return {}
    place = ground.ask.area.pk if ground.ask.area else None
    claims = latest_claims(set(uncounted), on=ground.as_of)
    return {code: published(claims[pk, place]) for pk, code in uncounted.items() if (pk, place) in claims}


def _named(end: date, cut: Cut, at: int) -> Text:
    """A month or year as it stands under an axis; a month names its year where one begins."""
    if cut is Cut.YEAR:
        return Text(str(end.year), str(end.year))
    year = f" {end.year}" if at == 0 or end.month == 1 else ""
    return Text(f"{MONTH_NAMES[end.month - 1]}{year}", f"{end.month}月{year}")


def _cut(block: Block, codes: tuple[str, ...], ground: Ground) -> tuple[Row, ...]:
    """The cells of each label; areas in their order, of anything else the largest."""
    dimension = Dimension(block.cut.value)
    names, found = ground.names[dimension], ground.cuts[dimension]
    ids = [*names, *dict.fromkeys(of for _, _, of in found if of not in names)]
    if dimension is Dimension.AREA and ground.ask.area is not None:
        ids = [ground.ask.area.pk]
    columns = [_column(code, ids, found, ground) for code in codes]
    rows = [Row(*_told(of, names), tuple(column[at] for column in columns), _district(of, names))
            for at, of in enumerate(ids)]  # fmt: skip
    if dimension is Dimension.AREA:
        return tuple(rows)
    return tuple(sorted(rows, key=lambda row: -(row.cells[0].value or 0))[:MOST_BARS])


def _told(of: int | None, names: Mapping[int, Name]) -> tuple[Text, str]:
    if of is None:
        return NOWHERE, NOT_RECORDED
    return (names[of].text, names[of].code) if of in names else (OTHERS, "")


def _column(code: str, ids: Sequence[int | None], found: Found, ground: Ground) -> list[Cell]:
    """One indicator's cells in the order of the ids; small ones hidden from who reads aggregates only."""
    definition = in_force(ground.known, code, ground.as_of)
    worths = Worths(ground.known, found)
    told = [worths.of(definition, 0, ground.as_of, of) if definition else None for of in ids]
    return cells_of(told, ground.reader, is_part=ground.ask.area is not None)


def _district(of: int | None, names: Mapping[int, Name]) -> Text | None:
    return names[of].district if of in names else None
