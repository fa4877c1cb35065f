"""The first page of the workspace, and the help page that everybody can open."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils import timezone

from grandunion.interfaces.kit import figures
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, page
from grandunion.interfaces.web.guides import GUIDES
from grandunion.interfaces.web.indicators import Asked, figure_card
from grandunion.terms.roles import Role
from grandunion.terms.text import Text
from grandunion.work.queries import lists
from grandunion.work.queries.upkeep import home as mine

TITLE = Text("Today", "今日")
FIGURES, FIGURES_OF_A_BUREAU = 8, 12
WEEKDAYS = tuple(
    Text(en, zh)
    for en, zh in (
        ("Monday", "星期一"), ("Tuesday", "星期二"), ("Wednesday", "星期三"), ("Thursday", "星期四"),
        ("Friday", "星期五"), ("Saturday", "星期六"), ("Sunday", "星期日"),
    )
)  # fmt: skip
# The deed with which each of them most often begins.
DEEDS = (
    ({Role.OFFICER}, Deed("/w/needs/desk/", Text("Open the desk", "打开服务台"), "inbox", is_primary=True)),
    ({Role.OFFICER}, Deed("/w/needs/new/", Text("Register a need", "登记需求"), "plus")),
    ({Role.INVENTOR, Role.UNIVERSITY, Role.STUDENT},
     Deed("/w/achievements/new/", Text("Disclose an achievement", "披露成果"), "plus", is_primary=True)),
    ({Role.ENTERPRISE, Role.INVESTOR, Role.PARTNER},
     Deed("/w/needs/new/", Text("State a need", "提出需求"), "plus", is_primary=True)),
    ({Role.PLANNER}, Deed("/w/work-reports/", Text("Work reports", "工作报告"), "file-text")),
    ({Role.PLANNER, Role.BUREAU}, Deed("/w/dashboards/", Text("Dashboard", "看板"), "chart-line", is_primary=True)),
    ({Role.PLANNER, Role.BUREAU}, Deed("/w/plans/", Text("Plans and targets", "规划目标"), "target")),
    ({Role.ADMINISTRATOR}, Deed("/w/accounts/", Text("Accounts", "账户管理"), "users", is_primary=True)),
    ({Role.ADMINISTRATOR}, Deed("/w/upkeep/", Text("Upkeep", "系统维护"), "settings")),
)  # fmt: skip


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """What is mine today."""
    if request.reader.has(Role.PLANNER, Role.BUREAU):
        figures.kept(request)
    found, day = mine.home(request.reader), timezone.localtime(request.at).date()
    duties = [card for card in found.cards if card.face.is_duty]
    return page(
        request, "web/home/page.html", TITLE, section="home", found=found, today=day,
        waiting=[card for card in duties if card.total], done=[card for card in duties if not card.total],
        others=[card for card in found.cards if not card.face.is_duty],
        figures=[figure_card(line, Asked(day, None)) for line in _chosen(request, found.figures)],
        is_exact=request.reader.reads_rows,
        subtitle=_day(day), actions=_deeds(request), has_role=bool(request.reader.roles),
    )  # fmt: skip


def _chosen(request: HttpRequest, figures: tuple) -> tuple:
    """The first of the pack; a bureau, which comes for them, sees more, and all are one click away."""
    return figures[: FIGURES if request.reader.reads_rows else FIGURES_OF_A_BUREAU]


def _day(day: object) -> Text:
    weekday = WEEKDAYS[day.weekday()]
    return Text(f"{weekday.en}, {day.isoformat()}", f"{day.year} 年 {day.month} 月 {day.day} 日 {weekday.zh}")


def _deeds(request: HttpRequest) -> list[Deed]:
    """The deeds of the reader's roles, each address once."""
    deeds = {deed.url: deed for roles, deed in DEEDS if request.reader.roles & roles}
    return list(deeds.values())


def guide(request: HttpRequest) -> HttpResponse:
    """Help for everybody: what is where, the keys, the words, and whom to ask."""
    return page(
        request, "web/help.html", Text("Help", "帮助"), guides=GUIDES, hub_facts=lists.hub(),
        shell="kit/workspace.html" if request.reader.is_signed_in else "kit/public.html",
        subtitle=Text("What is where, which keys help, and whom to ask.", "功能说明、快捷键与联系方式。"),
    )  # fmt: skip


urlpatterns = [path("", index)]
