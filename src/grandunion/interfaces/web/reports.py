"""The report on what came of matches: its page, its files, and the rows behind each number."""

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone

from grandunion.interfaces.kit import lists, sheets
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, page
from grandunion.interfaces.kit.tags import said
from grandunion.interfaces.web import report_charts
from grandunion.terms.matches import Market
from grandunion.terms.reports import Cut, Stage
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.permissions.matches.success import may_compare_managers, may_read_success
from grandunion.work.permissions.matches.weights import may_read_weights
from grandunion.work.queries import lists as known
from grandunion.work.queries.matches import figures, success

HOME = "/w/reports/matches/"
TITLE = Text("What came of matches", "撮合成效")
HIDDEN, NONE = Text("hidden", "隐去"), Text("—", "—")
ASKED = ("since", "as_of", "by", "market", "manager", "field", "area")
DAYS = (Text("Days to introduction", "对接天数"), Text("Days to success", "成功天数"))


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the table: what is written, where it opens to, and its share of the step before."""

    label: Text
    text: Text
    url: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One group of the table."""

    name: Text
    cells: tuple[Cell, ...]


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The report as a page, or as a file when the address ends in format=csv or xlsx."""
    asked = _asked(request)
    found = figures.report(asked, request.reader)
    if request.GET.get("format") in sheets.WRITERS:
        name = f"matches-by-{asked.cut.value}-{asked.as_of}"
        return sheets.WRITERS[request.GET["format"]](name, _table(found))
    lines = [_line(request, found, group, group.key) for group in found.groups]
    whole = _line(request, found, found.whole, None)
    return page(
        request, "web/reports/matches.html", TITLE, section="reports", found=found, asked=asked,
        subtitle=Text("Each number opens to the matches behind it.", "每个数字都可以打开到其背后的撮合。")
        if not found.is_masked else None,
        cuts=_cuts(request), markets=list(Market), areas=known.terms("areas"), fields=_fields(),
        managers=figures.managers(asked) if may_compare_managers(request.reader) else (),
        cards=_cards(request, found), chart=report_charts.funnel(found.whole), heads=[stage.text for stage in Stage],
        days=DAYS, lines=lines, whole=whole, endings=_endings(whole),
        to_csv=_address(request, format="csv"), to_xlsx=_address(request, format="xlsx"),
        actions=[Deed("/w/learning/", Text("Weights", "匹配权重"), "scale")]
        if may_read_weights(request.reader) else [],
    )  # fmt: skip


def _endings(whole: Line) -> list[Cell]:
    """How all matches stand on the day, and how long they took."""
    names = {stage.text for stage in success.ENDINGS}
    return [cell for cell in whole.cells if cell.label in names or cell.label in DAYS]


def _asked(request: HttpRequest) -> success.Asked:
    """What the address asks, if the reader may ask it."""
    require(may_read_success(request.reader), Forbidden)
    asked = success.asked_of(request.GET.dict(), timezone.localtime(request.at).date())
    if asked.manager is not None or asked.cut is Cut.MANAGER:
        require(may_compare_managers(request.reader), Forbidden)
    return asked


def _fields() -> list[object]:
    """The fields at the top of their list: those that a report tells apart."""
    return [one for one in known.terms("fields") if one.parent_id is None]


def _cuts(request: HttpRequest) -> list[Cut]:
    return [cut for cut in Cut if cut is not Cut.MANAGER or may_compare_managers(request.reader)]


def _address(request: HttpRequest, base: str = "", **changes: str) -> str:
    """The same question with other words in it."""
    kept = {name: request.GET[name] for name in ASKED if request.GET.get(name)}
    return f"{base}?{urlencode({**kept, **changes})}"


def _opened(request: HttpRequest, found: figures.Report, stage: Stage, key: str | None) -> str:
    """Where a number opens to its rows; nowhere for who may open none."""
    if found.is_masked:
        return ""
    group = {} if key is None else {"group": key}
    return _address(request, f"{HOME}rows/", stage=stage.value, **group)


def _cards(request: HttpRequest, found: figures.Report) -> list[dict]:
    """The figures at a glance, each opening to its rows."""
    whole = found.whole
    cards = [
        {"title": stage.text, "value": said(_number(whole.counts[stage])), "unit": Text("matches", "项"),
         "url": _opened(request, found, stage, None), "as_of": found.asked.as_of, "note": note}
        for stage, note in (
            (Stage.SUGGESTED, Text(f"since {found.asked.since}", f"自 {found.asked.since} 起")),
            (Stage.INTRODUCED, _share(whole.part(Stage.INTRODUCED), Stage.SUGGESTED)),
            (Stage.SUCCESS, _share(whole.part(Stage.SUCCESS, Stage.INTRODUCED), Stage.INTRODUCED)),
        )
    ]  # fmt: skip
    dear = {"title": Text("Too expensive", "价格过高"), "value": said(_number(found.expensive)),
            "unit": Text("matches", "项"), "as_of": found.asked.as_of, "url": _address(request, HOME, by="reason"),
            "note": Text("declined as too expensive, or failed on the price",
                         "因价格过高谢绝，或因价格未成")}  # fmt: skip
    return [*cards, dear]


def _share(part: object, of: Stage) -> Text | None:
    if part is None:
        return None
    return Text(f"{part} % of those {of.text.en.lower()}", f"占{of.text.zh}的 {part} %")


def _number(count: int | None) -> Text:
    return HIDDEN if count is None else Text(f"{count:,}", f"{count:,}")


def _line(request: HttpRequest, found: figures.Report, group: figures.Group, key: str | None) -> Line:
    cells = [
        Cell(stage.text, _number(count), _opened(request, found, stage, key) if count else "", _step(group, stage))
        for stage, count in group.counts.items()
    ]
    spans = [Cell(label, NONE if one is None else Text(str(one), str(one)))
             for label, one in zip(DAYS, (group.days_to_introduction, group.days_to_success), strict=True)]  # fmt: skip
    return Line(group.name, (*cells, *spans))


def _step(group: figures.Group, stage: Stage) -> str:
    """The share of the step before that came to this one."""
    if stage not in success.LADDER[1:]:
        return ""
    part = group.part(stage, success.LADDER[success.LADDER.index(stage) - 1])
    return "" if part is None else f"{part} %"


def _table(found: figures.Report) -> Iterator[list[object]]:
    """The report as rows of a file: names, counts, shares of the step before in per cent, days."""
    steps = success.LADDER[1:]
    yield [
        said(found.asked.cut.text), *(said(stage.text) for stage in Stage),
        *(f"{said(stage.text)} %" for stage in steps), *(said(label) for label in DAYS),
    ]  # fmt: skip
    for group in (*found.groups, found.whole):
        shares = [group.part(stage, success.LADDER[place]) for place, stage in enumerate(steps)]
        yield [
            said(group.name), *(said(HIDDEN) if count is None else count for count in group.counts.values()),
            *shares, group.days_to_introduction, group.days_to_success,
        ]  # fmt: skip


@signed_in
def rows(request: HttpRequest) -> HttpResponse:
    """The matches behind a number, as a page or as a file."""
    if "q" in request.GET:  # these lists are not searched by words
        return redirect(request.path + lists.address(request, q=None))
    asked = _asked(request)
    stage = success.stage_of(request.GET.get("stage", ""))
    opened = figures.behind(asked, request.reader, stage, request.GET.get("group"))
    return lists.show(
        request, opened.listing, template="web/reports/rows.html", opened=opened, stage=stage, asked=asked,
        crumbs=[(TITLE, _address(request, HOME)), (stage.text, "")],
        subtitle=Text("The matches behind the number", "数字背后的撮合"),
    )  # fmt: skip


urlpatterns = [path("matches/", index), path("matches/rows/", rows)]
