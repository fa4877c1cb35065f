"""How the records behind a figure are opened: through whose door, in which section, under which name."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import F, Model, Q, QuerySet

from grandunion.records.achievements import Achievement, IntellectualProperty
from grandunion.records.events import Event
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, Person
from grandunion.records.projects import Project
from grandunion.records.scenarios import Opportunity
from grandunion.terms.counting import CLASSES
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.work.queries.base import Column, visible
from grandunion.work.queries.matches.listing import ASKED_FOR, Either
from grandunion.work.queries.plans.fields import SOURCES, every

PATENT_OF = "SELECT a.number FROM records_achievement a WHERE a.id = records_intellectualproperty.achievement_id"
TITLES, NAMES = ("title_zh", "title_en"), ("name_zh", "name_en")


@dataclass(frozen=True, slots=True)
class Door:
    """A record class as a list shows it.

    `parents` are the guarded records it belongs to, by path: it is open where each of them is, and (`is_inner`) only
    to who reads rows or has a part in the first. `numbered` is the path of the number it is opened by.
    """

    section: str
    title: tuple[str, ...]  # two for each language of what it may be called by, the first that is there
    numbered: str = "number"
    parents: tuple[tuple[str, type[Model]], ...] = ()
    is_inner: bool = True


def _of(section: str, parent: str, model: type[Model], title: tuple[str, str] = TITLES, **more: object) -> Door:
    names = tuple(f"{parent}__{name}" for name in title)
    return Door(section, names, more.pop("numbered", f"{parent}__number"), ((parent, model),), **more)


DOORS: Mapping[str, Door] = MappingProxyType({
    "organisation": Door("organisations", NAMES),
    "recognition": _of("organisations", "organisation", Organisation, NAMES, is_inner=False),
    "position": Door("organisations", ("person__name_zh", "person__name_en"), "organisation__number",
                     (("organisation", Organisation), ("person", Person))),
    "project": Door("projects", TITLES),
    "proof_of_concept": _of("projects", "project", Project),
    "visit": _of("projects", "project", Project),
    "contract": Door("contracts", ("title", "title"), "number", (("project", Project),)),
    "achievement": Door("achievements", TITLES),
    "intellectual_property": _of("achievements", "achievement", Achievement),
    "rights_case": _of("rights-cases", "achievement", Achievement, numbered="number"),
    "need": Door("needs", TITLES),
    "assignment": _of("needs", "need", Need),
    "match": Door("matches", ASKED_FOR),
    "event": Door("events", TITLES),
    "registration": _of("registrations", "event", Event, numbered="number"),
    "opportunity": Door("scenarios", TITLES),
    "trial": _of("scenarios", "opportunity", Opportunity),
    "challenge": Door("challenges", TITLES),
})  # fmt: skip


def openable(record: str, reader: Reader) -> QuerySet:
    """The rows of a record class that the reader may open, each with its number."""
    door, rows = DOORS[record], reachable(record, reader)
    if not door.parents:
        return rows
    if door.is_inner and not reader.reads_rows:
        rows = rows.filter(_has_part(record, door.parents[0][0], reader))
    return _numbered(rows, door)


def _numbered(rows: QuerySet, door: Door) -> QuerySet:
    """The rows with the number they are opened by; a patent's own number is not the one its page has."""
    if door.numbered == "number":
        return rows
    if rows.model is IntellectualProperty:
        return rows.extra(select={"number": PATENT_OF})  # noqa: S610 - a constant; an annotation may not hide a field
    return rows.annotate(number=F(door.numbered))


def reachable(record: str, reader: Reader) -> QuerySet:
    """The rows of a record class of which the reader may see what they belong to."""
    door, table = DOORS[record], SOURCES[record].table
    rows = every(table) if door.parents else visible(table, reader)
    for path, parent in door.parents:
        rows = rows.filter(**{f"{path}__in": visible(parent, reader).values("pk")})
    return rows


def _has_part(record: str, parent: str, reader: Reader) -> Q:
    """That the reader's organisation owns the parent, or the reader is in charge of it; a contract has two sides."""
    mine = reader.organisation_ids
    if parent == "organisation":
        return Q(organisation__in=mine)
    found = Q(**{f"{parent}__owner__in": mine}) | Q(**{f"{parent}__in_charge": reader.user_id or 0})
    return found | Q(seller__in=mine) | Q(buyer__in=mine) if record == "contract" else found


def columns(record: str) -> tuple[Column, ...]:
    """What names a row: its title, its number, its area."""
    door, name = DOORS[record], CLASSES[record].name
    area = SOURCES[record].path(record, "area").removesuffix("_id")
    is_own = not door.parents
    secrecy = Secrecy.S0 if is_own and record != "match" else Secrecy.S1
    return (
        Either("title", Text(name.en, name.zh), door.title, "title", sort=door.title[1::-1], secrecy=secrecy),
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",), secrecy=Secrecy.S0),
        Column("area", Text("Area", "片区"), (f"{area}__name_zh", f"{area}__name_en"), "term"),
    )
