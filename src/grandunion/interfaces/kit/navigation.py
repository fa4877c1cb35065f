"""Where one can go: the sections of the workspace that a reader has business in."""

from dataclasses import dataclass
from functools import lru_cache

from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One place in the navigation; the same roles at the same place are given the very same, so that it is kept."""

    url: str
    text: Text
    icon: str
    group: Text | None
    is_current: bool


THREAD, REGISTER, PLAN = Text("The thread", "主线"), Text("Register", "名录"), Text("Plan", "规划")
STAFF = frozenset({Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR})
EVERYBODY = frozenset(Role)
RESULTS = frozenset({Role.OFFICER, Role.PLANNER, Role.BUREAU})
MEMBERS = EVERYBODY - {Role.BUREAU}
REPORTING = RESULTS | {Role.ENTERPRISE, Role.PARTNER}
HOME = "/w/"
SECTIONS = (
    (HOME, Text("Today", "今日"), "home", None, EVERYBODY),
    ("/w/projects/", Text("Projects", "项目"), "route", THREAD, MEMBERS),
    ("/w/needs/", Text("Needs", "需求"), "life-buoy", THREAD, MEMBERS),
    ("/w/achievements/", Text("Achievements", "成果"), "flask", THREAD, MEMBERS),
    ("/w/offers/", Text("Offers", "供给"), "tag", THREAD, MEMBERS),
    ("/w/matches/", Text("Matches", "撮合"), "handshake", THREAD, MEMBERS),
    ("/w/rounds/", Text("Rounds", "专场"), "calendar", THREAD, MEMBERS),
    ("/w/events/", Text("Events", "活动"), "megaphone", THREAD, MEMBERS),
    ("/w/scenarios/", Text("Scenarios", "场景"), "map-pin", THREAD, MEMBERS),
    ("/w/challenges/", Text("Open challenges", "揭榜挂帅"), "megaphone", THREAD, MEMBERS),
    ("/w/organisations/", Text("Organisations", "单位"), "building", REGISTER, MEMBERS),
    ("/w/persons/", Text("Persons", "人员"), "users", REGISTER, MEMBERS),
    ("/w/dashboards/", Text("Dashboards", "看板"), "chart-line", PLAN, EVERYBODY),
    ("/w/indicators/", Text("Indicators", "指标"), "chart", PLAN, EVERYBODY),
    ("/w/plans/", Text("Plans", "规划目标"), "target", PLAN, EVERYBODY),
    ("/w/returns/", Text("Periodic returns", "定期报表"), "file-text", PLAN, REPORTING),
    ("/w/reports/matches/", Text("Match results", "撮合成效"), "chart-column", PLAN, RESULTS),
    ("/w/work-reports/", Text("Work reports", "工作报告"), "file-text", PLAN, EVERYBODY),
    ("/w/areas/", Text("Areas", "片区"), "map", PLAN, EVERYBODY),
    ("/w/upkeep/", Text("Upkeep", "维护"), "settings", PLAN, STAFF),
    ("/w/worker/", Text("Mail and webhooks", "邮件与推送"), "send", PLAN, frozenset({Role.ADMINISTRATOR})),
    ("/w/accounts/", Text("Accounts", "账户"), "key-round", PLAN, frozenset({Role.ADMINISTRATOR})),
)
WITHIN = {
    "/w/targets/": "/w/plans/",
    "/w/claims/": "/w/plans/",
    "/w/capabilities/": "/w/scenarios/",
    "/w/proposals/": "/w/scenarios/",
    "/w/bids/": "/w/challenges/",
    "/w/suggestions/": "/w/matches/",
    "/w/ties/": "/w/matches/",
    "/w/problems/": "/w/needs/",
}  # sections without an item of their own, and the item they are reached through


def items(reader: Reader, path: str) -> tuple[Item, ...]:
    """The sections the reader sees, the current one marked."""
    if not reader.is_signed_in:
        return ()
    path = next((item for section, item in WITHIN.items() if path.startswith(section)), path)
    here = (url for url, *_ in SECTIONS if (path == url if url == HOME else path.startswith(url)))
    return _items(reader.roles, next(here, ""))


@lru_cache(maxsize=500)
def _items(roles: frozenset[Role], here: str) -> tuple[Item, ...]:
    return tuple(
        Item(url, text, icon, group, url == here) for url, text, icon, group, open_to in SECTIONS if roles & open_to
    )
