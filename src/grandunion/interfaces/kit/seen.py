"""Draws what a dashboard shows: cards for figures at a glance, charts for what is cut, each leading to its records."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from grandunion.interfaces.kit import charts
from grandunion.interfaces.kit.tags import said
from grandunion.terms.plans import IndicatorKind, IndicatorPeriod
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.views import TIMES, ChartKind, Cut
from grandunion.work.queries.plans import funnel as queries
from grandunion.work.queries.plans.seen import Row, Seen, Shown

RECORDS, PUBLISHED = Text("the hub's own records", "系统记录"), Text("published", "已发布")
THREAD = Text("The thread", "转化链条")
PROJECTS = Text("projects", "个")
ON_DAY, SINCE, EVER = Text("on the day", "时点数"), Text("since {day}", "自 {day} 起"), Text("so far", "累计数")
NOT_DRAWN = Text("which area lies in which district; no outline has been verified, so none is drawn",
                 "仅表示各片区所在行政区；片区边界尚未核实，故不绘制")  # fmt: skip
BIGGEST = Text("the twelve largest", "仅列前十二项")
FULL = 12


@dataclass(frozen=True, slots=True)
class Doors:
    """Where what is drawn leads: to the records, the indicator and the step of a funnel; empty where nowhere.

    `records` takes the indicator's code with what narrows it (as_of, area, a dimension).
    """

    records: Callable[..., str] = lambda code, **narrowed: ""
    indicator: Callable[[str], str] = lambda code: ""
    step: Callable[[str], str] = lambda code: ""


@dataclass(frozen=True, slots=True)
class Drawn:
    """One block of a page: the cards of figures, or a chart."""

    cards: tuple[dict, ...] = ()
    chart: SafeString | None = None


def drawn(seen: Seen, doors: Doors) -> list[Drawn]:
    """Every block of a dashboard, in its order."""
    return [_block(shown, f"chart-{number}", seen, doors) for number, shown in enumerate(seen.blocks, 1)]


def _block(shown: Shown, code: str, seen: Seen, doors: Doors) -> Drawn:
    if shown.block.chart is ChartKind.FIGURES:
        return Drawn(cards=tuple(_card(shown, figure, doors) for figure in shown.figures))
    if shown.block.chart is ChartKind.FUNNEL:
        return Drawn(chart=thread(shown.thread, code, doors, shown.block.title))
    about = _about(shown, code, seen.as_of, doors)
    if shown.block.chart is ChartKind.PLACES:
        return Drawn(chart=charts.places(about, _series(shown, seen, doors)[0].points))
    draw = {ChartKind.BARS: charts.bars, ChartKind.COLUMNS: charts.columns, ChartKind.LINES: charts.lines}
    return Drawn(chart=draw[shown.block.chart](about, _series(shown, seen, doors), shown.block.cut.text))


def _card(shown: Shown, figure: object, doors: Doors) -> dict:
    """A figure as the kit's card; one that the records cannot tell shows what was published, and says so."""
    wanted = figure.indicator
    card = {"title": wanted.name, "url": doors.indicator(wanted.code)}
    told = (shown.published or {}).get(wanted.code)
    if not figure.is_counted and told:
        source = told.claim.source.title
        return card | {"unit": wanted.unit, "value": said(told.said), "note": Text(f"{PUBLISHED.en}: {source.en}",
                                                             f"{PUBLISHED.zh}：{source.zh}")}  # fmt: skip
    unit = figure.unit if figure.cell.is_number else None
    return card | {"value": said(figure.cell.said()), "unit": unit, "as_of": figure.as_of, "note": span(figure)}


def span(figure: object) -> Text:
    """Over which time a figure counts."""
    if figure.indicator.indicator_kind == IndicatorKind.STOCK:
        return ON_DAY
    if figure.indicator.period == IndicatorPeriod.CUMULATIVE or figure.since is None:
        return EVER
    return SINCE.fill(day=figure.since)


def _about(shown: Shown, code: str, as_of: date, doors: Doors) -> charts.About:
    note = NOT_DRAWN if shown.block.chart is ChartKind.PLACES else None
    if shown.block.chart is ChartKind.BARS and len(shown.rows) == FULL:
        note = BIGGEST
    url = doors.indicator(shown.indicators[0].code) if len(shown.indicators) == 1 else ""
    return charts.About(code, shown.title, shown.indicators[0].unit, RECORDS, as_of=as_of, note=note, url=url)


def _series(shown: Shown, seen: Seen, doors: Doors) -> list[charts.Series]:
    """One series for each indicator, a point for each label."""
    return [
        charts.Series(one.name, tuple(_point(row, at, one.code, shown.block.cut, doors) for row in shown.rows))
        for at, one in enumerate(shown.indicators)
    ]


def _point(row: Row, at: int, code: str, cut: Cut, doors: Doors) -> charts.Point:
    cell = row.cells[at]
    if cut in TIMES:
        url = doors.records(code, as_of=row.code)
    else:
        url = doors.records(code, **{cut.value: row.code}) if row.code else ""
    return charts.Point(row.label, cell.value, cell.said(), url, is_hidden=cell.is_hidden, group=row.group)


def thread(found: queries.Thread, code: str, doors: Doors, title: Text | None = None) -> SafeString:
    """The funnel of the thread; each step leads to its projects."""
    steps = [
        charts.Step(rung.state.text, rung.count, doors.step(rung.state.value), rung.share, rung.days,
                    Text("<5", "<5") if rung.is_hidden else NOTHING, is_hidden=rung.is_hidden)
        for rung in found.rungs
    ]  # fmt: skip
    about = charts.About(code, title or THREAD, PROJECTS, RECORDS, as_of=found.as_of, note=queries.METHOD)
    return charts.funnel(about, steps)


def address(base: str, **asked: object) -> str:
    """An address with what it asks; nothing for what is empty."""
    given = {name: value for name, value in asked.items() if value}
    return f"{base}?{urlencode(given)}" if given else base
