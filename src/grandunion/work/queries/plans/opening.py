"""What stands behind a figure: the very rows that were counted, as far as the reader may open them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Model, Q, QuerySet

from grandunion.records.achievements import Achievement
from grandunion.records.lists import Term
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.records.plans import Indicator
from grandunion.records.projects import Contract, Project
from grandunion.terms.matches import MatchState
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import achievements, matches, needs, parties, projects
from grandunion.work.queries.base import Column, Listing, one
from grandunion.work.queries.plans.counting import BEGINNING, Rule, in_area, rows
from grandunion.work.queries.plans.figures import Figure, value
from grandunion.work.queries.plans.rules import rule_of

SECTIONS = {"organisation": "organisations", "achievement": "achievements", "need": "needs", "project": "projects",
            "match": "matches", "contract": "contracts"}  # fmt: skip
NAMES = {"organisation": Text("Organisation", "单位"), "achievement": Text("Achievement", "成果"),
         "need": Text("Need", "需求"), "project": Text("Project", "项目")}  # fmt: skip

DOORS: dict[type[Model], Callable[[Reader], QuerySet]] = {
    Organisation: parties.rows.organisations, Achievement: achievements.visible_to, Need: needs.visible_to,
    Match: matches.visible_to, Project: projects.visible_to,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Why(Column):
    """The column that says why a row counts: its rule's sentence with its day."""

    sentence: Text = Text("Counted on {day}.", "{day} 计入。")

    def value(self, raw: tuple) -> object:
        """The sentence with the day."""
        return self.sentence.fill(day=raw[0].isoformat()) if raw[0] else None


@dataclass(frozen=True, slots=True)
class Opened:
    """A figure opened: the list of its rows for this reader, and how many more the reader may not open.

    `hidden` is None where their number would tell what the reader is not told.
    """

    figure: Figure
    listing: Listing
    hidden: int | None


def records(wanted: Indicator, *, as_of: date, reader: Reader, area: Term | None = None) -> Opened:
    """The rows that make the figure up; Absent where nothing counts it."""
    rule = rule_of(wanted.counts)
    if rule is None:
        raise Absent
    figure = value(wanted, as_of=as_of, reader=reader, area=area)
    listing = Listing(
        code=_section(rule), name=wanted.name, record=rule.record, columns=_columns(rule),
        order=("-counted_on", "-pk"),
        scope=lambda asking: _openable(rule, asking, figure.since or BEGINNING, as_of, area),
    )  # fmt: skip
    if figure.cell.is_hidden:
        return Opened(figure, listing, None)
    return Opened(figure, listing, (figure.cell.records or 0) - listing.rows(reader).count())


def _openable(rule: Rule, reader: Reader, first: date, last: date, area: Term | None) -> QuerySet:
    """The counted rows that the reader may open; a contract's through its project."""
    counted = in_area(rule, rows(rule, first, last), area)
    if rule.record is Contract:
        return counted.filter(_contracts_of(reader))
    return counted.filter(pk__in=DOORS[rule.record](reader).values("pk"))


def _contracts_of(reader: Reader) -> Q:
    """Contracts of visible projects, for those who read the project's inner fields and for the two sides."""
    seen = Q(project__in=projects.visible_to(reader).values("pk"))
    if reader.reads_rows:
        return seen
    mine = reader.organisation_ids
    sides = Q(seller__in=mine) | Q(buyer__in=mine) | Q(project__owner__in=mine)
    return seen & (sides | Q(project__in_charge=reader.user_id or 0))


def project_of(contract: str, reader: Reader) -> str:
    """The number of the visible project that a contract belongs to; Absent if there is none for the reader."""
    rows = Contract.objects.unscoped("a contract's number leads to its project, if the reader may see that")
    seen = rows.filter(project__in=projects.visible_to(reader).values("pk")).select_related("project")
    return one(seen, number=contract).project.number


def _section(rule: Rule) -> str:
    return SECTIONS[getattr(rule.record, "kind", "contract")]


def _columns(rule: Rule) -> tuple[Column, ...]:
    area = f"{rule.area}__name_zh", f"{rule.area}__name_en"
    return (
        *_named(rule.record),
        Column("number", Text("Number", "编号"), ("number",), "number", sort=("number",), secrecy=Secrecy.S0),
        Column("counted_on", Text("Counted on", "计入日期"), ("counted_on",), "day", sort=("counted_on",),
               secrecy=Secrecy.S0),
        Column("area", Text("Area", "片区"), area, "term"),
        *_amount(rule),
        Why("why", Text("Why it counts", "计入原因"), ("counted_on",), secrecy=Secrecy.S0, sentence=rule.why),
    )  # fmt: skip


def _named(record: type[Model]) -> tuple[Column, ...]:
    """How the row is called: its own title or name, or the project's and the need's it belongs to."""
    if record is Contract:
        return (
            Column("title", Text("Contract", "合同"), ("title", "title"), "title", sort=("title",)),
            Column("project", Text("Project", "项目"), ("project__number",), sort=("project__number",)),
        )
    if record is Match:
        return (
            Column("title", Text("Need", "需求"), ("need__title_zh", "need__title_en"), "title"),
            Column("state", Text("State", "状态"), ("state",), "word", MatchState, sort=("state",)),
        )
    paths = ("title_zh", "title_en") if hasattr(record, "title") else ("name_zh", "name_en")
    return (Column("title", NAMES[record.kind], paths, "title", sort=paths[::-1], secrecy=Secrecy.S0),)


def _amount(rule: Rule) -> tuple[Column, ...]:
    if not rule.sums:
        return ()
    return (Column("amount", Text("Amount", "金额"), (rule.sums,), "money", sort=(rule.sums,)),)
