"""The pages of indicators: all at a glance, one with its history, and the rows behind its figure."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.safestring import SafeString

from grandunion.interfaces.kit import charts, figures, lists, seen
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, page
from grandunion.interfaces.kit.tags import said
from grandunion.terms.counting import Dimension, Measure, Subject, measure_of
from grandunion.terms.periods import months_after
from grandunion.terms.plans import Direction, IndicatorKind, IndicatorPeriod, Scope, TargetState
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.permissions.plans.returns import may_see_reported
from grandunion.work.queries import lists as known
from grandunion.work.queries import plans
from grandunion.work.queries.plans import returns

HOME = "/w/indicators/"
HUNDRED = Decimal(100)
DAY = timedelta(days=1)
LIST = (Text("Indicators", "指标"), HOME)
TODAY, LAST_MONTH = Text("Today", "今天"), Text("End of last month", "上月末")
LAST_QUARTER, LAST_YEAR = Text("End of last quarter", "上季度末"), Text("End of last year", "上年末")
NOT_RECORDED = Text("Not recorded", "未登记")
TONES = {TargetState.MET: "good", TargetState.SHORT: "warn", TargetState.MISSED: "bad", TargetState.UNKNOWN: "neutral"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks: as of which day, for which area."""

    as_of: date
    area: object | None
    until: Text | None = None  # where later entries are still to be counted
    today: date | None = None

    def days(self) -> list[tuple[Text, str, bool]]:
        """The days that are asked for most: name, address and whether it is the one shown."""
        if self.today is None:
            return []
        month = self.today.replace(day=1)
        quarter = months_after(month, -((month.month - 1) % 3))
        ends = (TODAY, self.today), (LAST_MONTH, month - DAY), (LAST_QUARTER, quarter - DAY), (
            LAST_YEAR, date(month.year, 1, 1) - DAY)  # fmt: skip
        return [(name, self.link("", as_of=day.isoformat()), day == self.as_of) for name, day in ends]

    def link(self, base: str, **changes: str) -> str:
        """An address that asks the same of another page."""
        area = {"area": self.area.code} if self.area else {}
        return f"{base}?{urlencode({'as_of': self.as_of.isoformat(), **area, **changes})}"


def asked(request: HttpRequest) -> Asked:
    """The day and area of the address, today and the whole hub where it is silent; figures are brought up to date."""
    until = figures.until(figures.kept(request))
    written, area = request.GET.get("as_of", ""), request.GET.get("area", "")
    today = timezone.localtime(request.at).date()
    try:
        as_of = date.fromisoformat(written) if written else today
    except ValueError as error:
        raise invalid("as_of", "Write the day like 2026-03-31.", "请将日期写成 2026-03-31 的形式。") from error
    if not date(2000, 1, 1) <= as_of <= today:
        raise invalid("as_of", "Choose a day from 2000 until today: figures do not look ahead.",
                      "请选择 2000 年以来、今天及以前的日期：指标不预测未来。")  # fmt: skip
    return Asked(as_of, known.term("areas", area, "area"), until, today)


def figure_card(line: plans.Line, wish: Asked) -> dict:
    """An indicator as the kit's figure: its value opens to its page."""
    figure, cell = line.figure, line.figure.cell
    card = {
        "title": figure.indicator.name, "value": said(cell.said()), "unit": figure.unit if cell.is_number else None,
        "url": wish.link(f"{HOME}{figure.indicator.code}/"), "as_of": figure.as_of,
    }  # fmt: skip
    if figure.indicator.indicator_kind != IndicatorKind.STOCK:  # of a stock the day alone says all
        card["note"] = span(figure)
    if line.target and line.part is not None:
        card |= {"target": said(plans.wanted_of(line.target)), "percent": min(int(line.part * 100), 100),
                 "percent_said": percent(line.part),
                 "tone": "good" if line.part >= 1 else "warn"}  # fmt: skip
    return card


def span(figure: plans.Figure) -> Text:
    """Over which time the figure counts."""
    if figure.indicator.indicator_kind == IndicatorKind.STOCK:
        return Text("on the day", "时点数")
    if figure.indicator.period == IndicatorPeriod.CUMULATIVE or figure.since is None:
        return Text("since the beginning", "累计数")
    return Text(f"since {figure.since}", f"自 {figure.since} 起")


def _is_beyond(figure: plans.Figure) -> bool:
    """Whether a share is told that exceeds the whole, which wants a word."""
    wanted = figure.indicator
    is_share = wanted.indicator_kind == IndicatorKind.RATIO and measure_of(wanted.unit) is Measure.SHARE
    return is_share and figure.cell.value is not None and figure.cell.value > HUNDRED


def at_a_glance(figure: plans.Figure) -> Text:
    """The figure in one line: 12 enterprises since 2026-01-01, as of 2026-11-22."""
    said, unit, time = figure.cell.said(), figure.unit, span(figure)
    if not figure.is_counted:
        return said
    day, en = figure.as_of, " ".join(filter(None, (said.en, unit.en, time.en)))
    return Text(f"{en}, as of {day}", f"{said.zh}{unit.zh}（{time.zh}，截至 {day}）")


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Every indicator as of a day."""
    wish = asked(request)
    lines = plans.overview(as_of=wish.as_of, reader=request.reader, area=wish.area)
    return page(
        request, "web/indicators/list.html", LIST[0], section="indicators", wish=wish, areas=known.terms("areas"),
        groups=_grouped(lines, wish),
        others=[line for line in lines if not line.figure.is_counted], is_exact=request.reader.reads_rows,
        subtitle=Text("Each figure opens to the records behind it.", "每个数字都可以打开到其背后的记录。"),
        actions=[Deed("/w/plans/", Text("Targets", "规划目标"), "target")],
    )  # fmt: skip


@signed_in
def record(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: definition, history, areas, targets, and what was published."""
    wish, wanted = asked(request), plans.indicator(code)
    figure = plans.value(wanted, as_of=wish.as_of, reader=request.reader, area=wish.area)
    history = plans.history(wanted, as_of=wish.as_of, reader=request.reader, area=wish.area)
    opened = wish.link(f"{HOME}{code}/records/") if figure.is_counted else ""
    return page(
        request, "web/indicators/record.html", wanted.name, section="indicators",
        crumbs=[LIST, (wanted.name, "")], number=code, subtitle=at_a_glance(figure),
        wish=wish, areas=known.terms("areas"), figure=figure, is_beyond=_is_beyond(figure),
        span=span(figure), history=history, chart=_months(history, figure, wish) if history else None,
        opened=opened, places=_places(history, wish, code), is_exact=request.reader.reads_rows,
        aims=[shown_aim(aim) for aim in plans.aims_of(wanted, as_of=wish.as_of, reader=request.reader)],
        claims=[shown_claim(one) for one in plans.claims(wanted, on=wish.as_of)],
        doubts=plans.doubts(wanted, on=wish.as_of),
        actions=[Deed(opened, Text("Open the records", "打开记录"), "table-2", is_primary=True)] if opened else [],
        facts=[(None, _facts(wanted, figure))], cuts=_cuts(request, wanted, wish, figure),
        late=plans.corrections(wanted, as_of=wish.as_of, reader=request.reader, area=wish.area) if opened else None,
        uncounted=wish.link(f"{HOME}{code}/uncounted/") if figure.is_counted else "",
        reported=_reported(request, wanted, wish),
    )  # fmt: skip


def _reported(request: HttpRequest, wanted: object, wish: Asked) -> tuple[returns.Reported, ...]:
    """What areas, partners and enterprises have reported of the same, for those who may see it."""
    if not may_see_reported(request.reader):
        return ()
    return returns.lately(wanted, as_of=wish.as_of, reader=request.reader, area=wish.area)


def _grouped(lines: tuple, wish: Asked) -> list[tuple[Text, list[dict]]]:
    """The cards of counted figures under what they are about."""
    about = plans.subjects(line.figure for line in lines)
    found: dict[Subject, list[dict]] = {one: [] for one in Subject}
    for line in lines:
        if line.figure.is_counted:
            found[about[line.figure.indicator.code]].append(figure_card(line, wish))
    return [(one.text, cards) for one, cards in found.items() if cards]


def _cuts(request: HttpRequest, wanted: object, wish: Asked, figure: plans.Figure) -> dict | None:
    """The ways to cut a figure, and the one that the address asks for."""
    if not figure.is_counted:
        return None
    ways = [one for one in plans.dimensions(figure) if one != Dimension.AREA]
    asked_for = request.GET.get("by", "")
    rows = ()
    if asked_for in ways:
        rows = plans.by(wanted, Dimension(asked_for), as_of=wish.as_of, reader=request.reader, area=wish.area)
    base = f"{HOME}{wanted.code}/"
    links = [(one.text, f"{wish.link(base, by=one.value)}#by", one == asked_for) for one in ways]
    return {"ways": links, "rows": [(name.name if name else NOT_RECORDED, cell) for name, cell in rows]}


def _months(history: plans.History, figure: plans.Figure, wish: Asked) -> SafeString:
    """The last twelve months as bars, each leading to its records."""
    is_flow = figure.since is not None
    title = Text("Month by month", "逐月") if is_flow else Text("At the end of each month", "各月末")
    about = charts.About("months", title, figure.indicator.unit, seen.RECORDS, as_of=figure.as_of)
    points = []
    for month, cell in history.months:
        end = min(months_after(month, 1) - DAY, figure.as_of)
        asked_for = {"month": f"{month:%Y-%m}"} if is_flow else {"as_of": end.isoformat()}
        year = f" {month.year}" if not points or month.month == 1 else ""
        label = Text(f"{month.month}{year}", f"{month.month}月{year}")
        url = wish.link(f"/w/dashboards/records/{figure.indicator.code}/", **asked_for)
        points.append(charts.Point(label, cell.value, cell.said(), url, is_hidden=cell.is_hidden))
    return charts.columns(about, [charts.Series(figure.indicator.name, tuple(points))], Text("Month", "月份"))


def _facts(wanted: object, figure: plans.Figure) -> list[tuple[Text, object]]:
    rows = [
        (Text("Definition", "指标定义"), wanted.definition),
        (Text("How it is counted", "计算规则"), plans.rule_in_full(figure) or wanted.why_uncounted),
        (Text("Counted once", "去重规则"), wanted.double_count if wanted.double_count.en else None),
        (Text("Kind", "性质"), IndicatorKind(wanted.indicator_kind).text),
        (Text("Period", "统计期"), IndicatorPeriod(wanted.period).text),
        (Text("Better", "指标导向"), Direction(wanted.direction).text),
        (Text("Answers for it", "责任单位"), wanted.owner if wanted.owner.en else None),
        (Text("Definition in force", "定义有效期"), _in_force(figure.definition)),
        (Text("Scope", "范围"), Scope(wanted.scope).text if Scope.has(wanted.scope) else wanted.scope),
    ]
    return [row for row in rows if row[1]]


def _in_force(definition: object | None) -> Text | None:
    """Since when, and until when, a definition holds, where the pack says so."""
    if definition is None or not (definition.valid_from or definition.valid_until):
        return None
    since, until = definition.valid_from, definition.valid_until
    en = f"version {definition.version}" + (f", from {since}" if since else "") + (f", until {until}" if until else "")
    zh = f"第 {definition.version} 版" + (f"，自 {since} 起" if since else "") + (f"，至 {until} 止" if until else "")
    return Text(en, zh)


def _places(history: plans.History | None, wish: Asked, code: str) -> list[tuple[Text, object, str]]:
    """Each area with its cell and the address of its rows."""
    if history is None:
        return []
    base = f"{HOME}{code}/records/"
    return [
        (area.name if area else Text("No area recorded", "未登记片区"), cell,
         wish.link(base, area=area.code) if area else "")
        for area, cell in history.areas
    ]  # fmt: skip


def shown_aim(aim: plans.Aim) -> dict:
    """A target as its table shows it."""
    claim = aim.published.claim if aim.published else None
    return {
        "aim": aim, "wanted": aim.said() or Text("in words", "定性"), "state": aim.state.text,
        "tone": TONES[aim.state], "percent": percent(aim.part), "published_percent": percent(aim.published_part),
        "url": f"{HOME}{aim.target.indicator.code}/?as_of={aim.figure.as_of}", "when": when(claim) if claim else None,
        "scope": scope_of(aim.target.scope, aim.target.area), "is_in_words": aim.said() is None,
    }  # fmt: skip


def shown_claim(one: plans.Published) -> dict:
    """A published figure as its table shows it."""
    return {"one": one, "level": scope_of(one.claim.level, one.claim.area), "when": when(one.claim)}


def percent(part: object) -> str:
    """A part as a whole percentage, rounded down: what is not reached is not said to be."""
    if part is None:
        return ""
    return "<1 %" if 0 < part < Decimal("0.01") else f"{int(part * 100)} %"


def when(claim: object) -> Text:
    """For which time a published figure holds."""
    if claim.as_of:
        return Text(f"as of {claim.as_of}", f"截至 {claim.as_of}")
    return Text(f"for {claim.period}", f"{claim.period} 年") if claim.period else Text("no time given", "未注明时间")


def scope_of(code: str, area: object | None) -> Text:
    """Whose figure or target it is."""
    scope = Scope(code).text if Scope.has(code) else Text(code, code)
    return Text(f"{scope.en}: {area.name.en}", f"{scope.zh}：{area.name.zh}") if area else scope


@signed_in
def records(request: HttpRequest, code: str) -> HttpResponse:
    """The rows behind a figure, as a page or as a file."""
    if "q" in request.GET:  # these lists are not searched by words
        return redirect(request.path + lists.address(request, q=None))
    wish, wanted = asked(request), plans.indicator(code)
    opened = plans.records(wanted, as_of=wish.as_of, reader=request.reader, area=wish.area)
    return lists.show(
        request, opened.listing, template="web/indicators/records.html", opened=opened, wish=wish, indicator=wanted,
        rule=plans.rule_in_full(opened.figure),
        crumbs=[LIST, (wanted.name, wish.link(f"{HOME}{code}/")), (Text("Records", "记录"), "")],
        subtitle=Text("The records behind the figure", "指标背后的记录"), at_a_glance=at_a_glance(opened.figure),
    )  # fmt: skip


@signed_in
def uncounted(request: HttpRequest, code: str) -> HttpResponse:
    """The records that a figure does not count, each with why."""
    if "q" in request.GET:
        return redirect(request.path + lists.address(request, q=None))
    wish, wanted = asked(request), plans.indicator(code)
    figure = plans.value(wanted, as_of=wish.as_of, reader=request.reader, area=wish.area)
    listing = plans.uncounted(wanted, as_of=wish.as_of, reader=request.reader, area=wish.area)
    return lists.show(
        request, listing, template="web/indicators/uncounted.html", figure=figure, wish=wish, indicator=wanted,
        rule=plans.rule_in_full(figure),
        crumbs=[LIST, (wanted.name, wish.link(f"{HOME}{code}/")), (Text("Not counted", "未计入"), "")],
        subtitle=Text("Records that do not count, and why", "未计入的记录及原因"), at_a_glance=at_a_glance(figure),
    )  # fmt: skip


@signed_in
def contract(request: HttpRequest, number: str) -> HttpResponse:
    """A contract's page stands in its project."""
    return redirect(f"/w/projects/{plans.project_of(number, request.reader)}/contracts/{number}/")


@signed_in
def registration(request: HttpRequest, number: str) -> HttpResponse:
    """A registration stands on the page of its event."""
    return redirect(f"/w/events/{plans.event_of(number, request.reader)}/")


@signed_in
def rights_case(request: HttpRequest, number: str) -> HttpResponse:
    """A case of rights stands on the page of its achievement."""
    return redirect(f"/w/achievements/{plans.achievement_of(number, request.reader)}/")


urlpatterns = [
    path("", index),
    path("<str:code>/", record),
    path("<str:code>/records/", records),
    path("<str:code>/uncounted/", uncounted),
]
