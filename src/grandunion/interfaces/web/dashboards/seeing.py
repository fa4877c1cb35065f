"""Dashboards as of any day, the funnel with its projects, and the map of areas by any indicator."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from grandunion.interfaces.kit import figures as fresh
from grandunion.interfaces.kit import lists, seen
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, page
from grandunion.interfaces.web.dashboards.asking import HOME, asked, known_at, month, stops
from grandunion.terms.text import Text
from grandunion.terms.views import ChartKind, Cut
from grandunion.work.queries import lists as known
from grandunion.work.queries.plans import behind as marks
from grandunion.work.queries.plans import funnel as thread
from grandunion.work.queries.plans import indicator
from grandunion.work.queries.plans import seen as figures
from grandunion.work.queries.plans import views as queries

TITLE = Text("Dashboards", "看板")
LIST = (TITLE, f"{HOME}all/")
RECORDS = Text("Records", "记录")
FUNNEL, MAP = Text("Funnel of the thread", "转化漏斗"), Text("Map of areas", "片区图")


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Straight to the first dashboard for the reader's roles; to the list where there is none."""
    first = queries.first_of(request.reader)
    return redirect(f"{HOME}{first.code}/" if first else LIST[1])


@signed_in
def every(request: HttpRequest) -> HttpResponse:
    """The dashboards for the reader's roles, and the views they keep."""
    return page(
        request, "web/dashboards/list.html", TITLE, section="dashboards",
        dashboards=queries.dashboards(request.reader), views=list(queries.kept_views(request.reader)),
        subtitle=Text("Figures as of any day; each opens to its records.", "任一日期的指标，每个数字都可打开到记录。"),
        actions=[Deed(f"{HOME}views/new/", Text("New view", "新建看板"), "plus", is_primary=True)],
    )  # fmt: skip


@signed_in
def dashboard(request: HttpRequest, code: str) -> HttpResponse:
    """One dashboard of the pack."""
    found, request.hub = queries.dashboard_and_hub(code, request.reader)
    wish = asked(request, queries.own_area(request.reader) if found.own_area else None)
    others = Deed(LIST[1], Text("All dashboards", "全部看板"), "chart-line")
    follow = Deed(wish.link(f"{HOME}{code}/follow/"), Text("Mail me this weekly", "每周邮件发送"), "mail")
    return shown(request, found, wish, base=f"{HOME}{code}/", actions=[others, follow], subtitle=found.summary)


def shown(request: HttpRequest, found: queries.Dashboard, wish: object, *, base: str, **head: object) -> HttpResponse:
    """A dashboard, of the pack or kept, as a page."""
    until = fresh.until(fresh.kept(request))
    told = figures.seen(found, as_of=wish.as_of, reader=request.reader, area=wish.area, known_at=wish.known_at)
    return page(
        request, "web/dashboards/page.html", found.name, section="dashboards", crumbs=[LIST, (found.name, "")],
        wish=wish, blocks=seen.drawn(told, wish.doors()), stops=list(stops(wish, base)), areas=told.areas,
        is_exact=request.reader.reads_rows, now_known=wish.link(base, known="today"),
        then_known=wish.link(base, known=""), until=until, **head,
    )  # fmt: skip


@signed_in
def funnel(request: HttpRequest) -> HttpResponse:
    """The funnel of the thread as of a day."""
    wish = asked(request)
    found = thread.thread(as_of=wish.as_of, reader=request.reader, area=wish.area)
    base = f"{HOME}funnel/"
    return page(
        request, "web/dashboards/page.html", FUNNEL, section="dashboards", crumbs=[LIST, (FUNNEL, "")], wish=wish,
        blocks=[seen.Drawn(chart=seen.thread(found, "funnel", wish.doors()))], stops=list(stops(wish, base)),
        areas=known.terms("areas"), is_exact=request.reader.reads_rows,
        subtitle=Text("From a lead to a landed company.", "从线索到落地企业。"),
        actions=[Deed("/w/projects/funnel/", Text("With losses and officers", "含流失原因与经办人"), "route")],
    )  # fmt: skip


@signed_in
def projects(request: HttpRequest, code: str) -> HttpResponse:
    """The projects that came to a step of the funnel, as far as the reader may open them."""
    wish, state = asked(request), thread.rung_of(code)
    if "q" in request.GET:  # the rows behind a number are not searched by words
        return redirect(request.path + lists.address(request, q=None))
    listing = thread.behind(state, as_of=wish.as_of, area=wish.area)
    return lists.show(
        request, listing, template="web/dashboards/projects.html", wish=wish, state=state,
        crumbs=[LIST, (FUNNEL, wish.link(f"{HOME}funnel/")), (state.text, "")],
        subtitle=Text(f"Came to this step by {wish.as_of}", f"截至 {wish.as_of} 到达该环节的项目"),
    )  # fmt: skip


@signed_in
def records(request: HttpRequest, code: str) -> HttpResponse:
    """The records behind one mark of a chart."""
    if "q" in request.GET:  # the rows behind a number are not searched by words
        return redirect(request.path + lists.address(request, q=None))
    wish, wanted = asked(request), indicator(code)
    labels = marks.labels_of(request.GET.dict(), request.reader)
    found = marks.behind(wanted, labels, as_of=wish.as_of, reader=request.reader, known_at=known_at(request),
                         month=month(request))  # fmt: skip
    return lists.show(
        request, found.listing, template="web/dashboards/records.html", wish=wish, indicator=wanted, labels=labels,
        month=month(request),
        hidden=found.hidden, crumbs=[LIST, (wanted.name, wish.doors().indicator(code)), (RECORDS, "")],
        subtitle=Text("The records behind one mark of the chart", "图中一项背后的记录"),
    )  # fmt: skip


@signed_in
def areas(request: HttpRequest) -> HttpResponse:
    """The areas shaded by one indicator."""
    wish, chosen = asked(request), request.GET.get("indicator", "")
    wanted = indicator(chosen or queries.first_counted())
    block = queries.Block(ChartKind.PLACES, (wanted.code,), Cut.AREA, wanted.name)
    found = queries.Dashboard("map", MAP, MAP, (block,))
    until = fresh.until(fresh.kept(request))
    told = figures.seen(found, as_of=wish.as_of, reader=request.reader, known_at=wish.known_at)
    return page(
        request, "web/dashboards/page.html", MAP, section="dashboards", crumbs=[LIST, (MAP, "")], wish=wish,
        blocks=seen.drawn(told, wish.doors()), is_exact=request.reader.reads_rows, choices=queries.choices(),
        chosen=wanted.code, subtitle=wanted.name, until=until,
        stops=list(stops(wish, f"{HOME}map/", indicator=wanted.code)),
        now_known=wish.link(f"{HOME}map/", known="today", indicator=wanted.code),
        then_known=wish.link(f"{HOME}map/", known="", indicator=wanted.code),
    )  # fmt: skip
