"""Where one can go: the sections of the workspace that a reader has business in."""

from dataclasses import dataclass

from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Item:
    """One place in the navigation."""

    url: str
    text: Text
    icon: str
    is_current: bool = False


STAFF = frozenset({Role.OFFICER, Role.PLANNER})
EVERYBODY = frozenset(Role)
SECTIONS = (
    ("/w/", Text("Today", "今日"), "home", EVERYBODY),
    ("/w/projects/", Text("Projects", "项目"), "route", EVERYBODY - {Role.BUREAU}),
    ("/w/achievements/", Text("Achievements", "成果"), "flask", EVERYBODY - {Role.BUREAU}),
    ("/w/needs/", Text("Needs", "需求"), "life-buoy", EVERYBODY - {Role.BUREAU}),
    ("/w/matches/", Text("Matches", "撮合"), "handshake", EVERYBODY - {Role.BUREAU}),
    ("/w/organisations/", Text("Organisations", "单位"), "building", EVERYBODY - {Role.BUREAU}),
    ("/w/persons/", Text("Persons", "人员"), "users", EVERYBODY - {Role.BUREAU}),
    ("/w/indicators/", Text("Indicators", "指标"), "chart", EVERYBODY),
    ("/w/areas/", Text("Areas", "片区"), "map", EVERYBODY),
    ("/w/upkeep/", Text("Upkeep", "维护"), "settings", STAFF | {Role.ADMINISTRATOR}),
)


def items(reader: Reader, path: str) -> tuple[Item, ...]:
    """The sections the reader sees, the current one marked."""
    if not reader.is_signed_in:
        return ()
    return tuple(
        Item(url, text, icon, path == url if url == "/w/" else path.startswith(url))
        for url, text, icon, roles in SECTIONS
        if reader.roles & roles
    )
