"""What stands behind a figure: the very rows that were counted, as far as the reader may open them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Min, OuterRef, QuerySet, Subquery

from grandunion.engines.indicators import Ratio, Rule, read
from grandunion.records.lists import Term
from grandunion.records.plans import Definition, Indicator
from grandunion.terms.counting import CLASSES, SUBJECTS, Dimension, FieldKind, Statistic, Subject
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.base import Column, Listing, one
from grandunion.work.queries.plans.doors import DOORS, columns, openable, reachable
from grandunion.work.queries.plans.fields import SOURCES
from grandunion.work.queries.plans.figures import Figure, definitions, in_force, slot_of, value
from grandunion.work.queries.plans.tally import Ask, lines, within

COUNTED_ON = Text("Counted on", "计入日期")


@dataclass(frozen=True, slots=True)
class Why(Column):
    """The column that says why a row counts: its definition's sentence with its day."""

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


@dataclass(frozen=True, slots=True)
class Counting:
    """What is counted: a definition that counts records, on a day, for an area, as known at a moment."""

    definition: Definition
    rule: Rule
    as_of: date
    ask: Ask

    def lines(self) -> QuerySet:
        """The lines of the ledger that make the figure up."""
        found = lines(self.ask).filter(within(slot_of(self.definition, self.as_of)), definition=self.definition)
        if not self.rule.key:
            return found
        first = found.order_by().values("key").annotate(first=Min("subject_id")).values("first")
        return found.filter(subject_id__in=first)  # of several of one key the first one counts

    def rows(self, reader: Reader) -> QuerySet:
        """The counted rows that the reader may open, with the day and the amount by which each counts."""
        mine = self.lines().filter(subject_id=OuterRef("pk")).order_by("on", "pk")
        found = openable(self.rule.record, reader).filter(pk__in=self.lines().values("subject_id"))
        return found.annotate(
            counted_on=Subquery(mine.values("on")[:1]), counted_amount=Subquery(mine.values("amount")[:1])
        )


def counting(wanted: Indicator, *, as_of: date, area: Term | None = None, known_at: datetime | None = None) -> Counting:
    """How an indicator counts records on a day (a ratio: those that are the part); Absent where it does not."""
    known = definitions([wanted.code], [as_of])
    found = in_force(known, wanted.code, as_of)
    rule = read(found.rule) if found else None
    while isinstance(rule, Ratio):
        found = in_force(known, rule.of, as_of)
        rule = read(found.rule) if found else None
    if found is None or rule is None or found.counted_at is None:
        raise Absent
    return Counting(found, rule, as_of, Ask(known_at, area))


def dimensions(figure: Figure) -> tuple[Dimension, ...]:
    """By what the figure's records can be cut; nothing where it does not count records itself."""
    rule = read(figure.definition.rule) if figure.definition else None
    if not isinstance(rule, Rule):
        return ()
    return tuple(one for one in Dimension if one in CLASSES[rule.record].dimensions)


def subjects(figures: Iterable[Figure]) -> dict[str, Subject]:
    """What each counted figure is about, by its code; a ratio is about what its part is about."""
    rules = {figure.indicator.code: read(figure.definition.rule) for figure in figures if figure.definition}
    found = {}
    for code in rules:
        rule = rules[code]
        while isinstance(rule, Ratio):
            rule = rules.get(rule.of)
        if rule is not None:
            found[code] = SUBJECTS[rule.record]
    return found


def records(
    wanted: Indicator, *, as_of: date, reader: Reader, area: Term | None = None, known_at: datetime | None = None
) -> Opened:
    """The rows that make the figure up; Absent where nothing counts it."""
    behind = counting(wanted, as_of=as_of, area=area, known_at=known_at)
    figure = value(wanted, as_of=as_of, reader=reader, area=area, known_at=known_at)
    listing = Listing(
        code=DOORS[behind.rule.record].section, name=wanted.name, record=SOURCES[behind.rule.record].table,
        columns=_columns(behind, reader), order=("-counted_on", "-pk"), scope=behind.rows,
    )  # fmt: skip
    if figure.cell.is_hidden or (not reader.reads_rows and figure.cell.records is None):
        return Opened(figure, listing, None)
    every = behind.lines().values("subject_id").distinct().count()
    return Opened(figure, listing, every - listing.rows(reader).count())


def _columns(behind: Counting, reader: Reader) -> tuple[Column, ...]:
    title, number, area = columns(behind.rule.record)
    amount = _amount(behind.rule) if _may_tell(behind.rule, reader) else ()
    day = Column("counted_on", COUNTED_ON, ("counted_on",), "day", sort=("counted_on",), secrecy=Secrecy.S0)
    why = Why("why", Text("Why it counts", "计入原因"), ("counted_on",), secrecy=Secrecy.S0,
              sentence=sentence(behind.definition, behind.rule))  # fmt: skip
    return (title, number, day, area, *amount, why)


def _may_tell(rule: Rule, reader: Reader) -> bool:
    """Whether the reader may know by how much a row counts: not a member who sees a record but not this field of it.

    What belongs to another record is opened only to who has a part in it.
    """
    source = SOURCES[rule.record]
    if reader.reads_rows or not rule.amount or DOORS[rule.record].parents:
        return True
    return source.table.secrecy.get(source.path(rule.record, rule.amount), Secrecy.S1) <= Secrecy.S1


def sentence(definition: Definition, rule: Rule) -> Text:
    """Why a record counts, with a place for its day; the definition's own words, where it has any."""
    if definition.why_en:
        return Text(definition.why_en, definition.why_zh or definition.why_en)
    known = CLASSES[rule.record]
    if rule.on.state:
        return Text("{state}: {{day}}.", "{state}：{{day}}。").fill(state=known.states(rule.on.state).text)
    name = known.fields[rule.on.fields[0]].name
    return Text(f"{name.en.capitalize()}: {{day}}.", f"{name.zh}：{{day}}。")


def _amount(rule: Rule) -> tuple[Column, ...]:
    if rule.statistic == Statistic.COUNT:
        return ()
    if rule.since is not None:
        return (Column("amount", Text("Days", "天数"), ("counted_amount",), "count", sort=("counted_amount",)),)
    about = CLASSES[rule.record].fields[rule.amount]
    kind = "money" if about.kind == FieldKind.MONEY else "count"
    name = Text(about.name.en.capitalize(), about.name.zh)
    return (Column("amount", name, ("counted_amount",), kind, sort=("counted_amount",)),)


def project_of(contract: str, reader: Reader) -> str:
    """The number of the visible project that a contract belongs to; Absent if there is none for the reader."""
    return one(reachable("contract", reader).select_related("project"), number=contract).project.number


def event_of(registration: str, reader: Reader) -> str:
    """The number of the visible event that a registration is for; Absent if there is none for the reader."""
    return one(reachable("registration", reader).select_related("event"), number=registration).event.number


def achievement_of(case: str, reader: Reader) -> str:
    """The number of the visible achievement that a case of rights is about; Absent if there is none."""
    return one(reachable("rights_case", reader).select_related("achievement"), number=case).achievement.number
