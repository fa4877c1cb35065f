"""What a figure does not count, each record with why; and what was entered or changed after its day."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from grandunion.engines.indicators import fields_of, why_not
from grandunion.records.lists import Term
from grandunion.records.plans import Counted, Indicator
from grandunion.terms.counting import Dimension, WhyNot
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text, Word
from grandunion.work.queries.base import Column, Listing
from grandunion.work.queries.plans.counting import end_of
from grandunion.work.queries.plans.doors import DOORS, columns, openable
from grandunion.work.queries.plans.fields import SOURCES
from grandunion.work.queries.plans.figures import slot_of
from grandunion.work.queries.plans.gathering import gather
from grandunion.work.queries.plans.opening import Counting, counting
from grandunion.work.queries.plans.tally import within

WINDOW = 200  # records whose reasons are worked out at once
MOST = 200  # corrections told
PLACE = list(Dimension).index(Dimension.AREA)


class Late(Word):
    """What happened to a figure after its day."""

    ENTERED = "entered", "Entered later", "后补录"
    TAKEN_OUT = "taken_out", "Counted then, not now", "当时计入，现已不计"
    CHANGED = "changed", "Changed later", "后修改"


@dataclass(frozen=True, slots=True)
class Correction:
    """One record by which a figure of a day differs from what was known at the end of that day."""

    number: str
    section: str
    title: Text
    late: Late
    known_at: datetime
    before: Decimal | None
    after: Decimal | None


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections that the reader may open, newest first, and how many more there are (None: not told)."""

    rows: tuple[Correction, ...]
    hidden: int | None


@dataclass(slots=True)
class Reasons:
    """Why records do not count, worked out for a window of them at once as they are met."""

    behind: Counting
    rows: QuerySet
    known: dict[int, Text] = field(default_factory=dict)

    def of(self, pk: int) -> Text:
        """The reason of one record."""
        if pk not in self.known:
            ids = list(self.rows.filter(pk__lte=pk).order_by("-pk").values_list("pk", flat=True)[:WINDOW])
            self.known |= _reasons(self.behind, ids)
        return self.known[pk]


@dataclass(frozen=True, slots=True)
class Why(Column):
    """The column that says why a row does not count."""

    reasons: Reasons | None = None

    def value(self, raw: tuple) -> object:
        """The reason in words."""
        return self.reasons.of(raw[0])


def uncounted(wanted: Indicator, *, as_of: date, reader: Reader, area: Term | None = None) -> Listing:
    """The records of the figure's kind that it does not count and the reader may open, each with why."""
    behind = counting(wanted, as_of=as_of, area=area)
    record = behind.rule.record

    def left(asking: Reader) -> QuerySet:
        return openable(record, asking).exclude(pk__in=behind.lines().values("subject_id"))

    title, number, place = columns(record)
    why = Why("why", Text("Why it does not count", "未计入原因"), ("pk",), secrecy=Secrecy.S0,
              reasons=Reasons(behind, left(reader)))  # fmt: skip
    return Listing(
        code=DOORS[record].section, name=wanted.name, record=SOURCES[record].table,
        columns=tuple(_unsorted((title, number, place, why))), order=("-pk",), scope=left,
    )  # fmt: skip


def _unsorted(shown: Iterable[Column]) -> Iterable[Column]:
    """The reasons are worked out along one order."""
    return (replace(one, sort=()) for one in shown)


def _reasons(behind: Counting, ids: list[int]) -> dict[int, Text]:
    slot, rule, area = slot_of(behind.definition, behind.as_of), behind.rule, behind.ask.area
    found = {}
    for pk, _, facts, cuts in gather(rule.record, fields_of(rule), ids):
        reason = why_not(rule, facts, slot.first, slot.day)
        if reason is None and area is not None and cuts[PLACE] != area.pk:
            reason = WhyNot.OTHER_AREA, WhyNot.OTHER_AREA.text
        found[pk] = (reason or (WhyNot.SAME_KEY, WhyNot.SAME_KEY.text))[1]
    return found


def corrections(wanted: Indicator, *, as_of: date, reader: Reader, area: Term | None = None) -> Corrections:
    """By what the figure of a day differs from what the hub knew when that day was over."""
    behind, end = counting(wanted, as_of=as_of, area=area), end_of(as_of)
    late = _late(behind, end)
    door, named = DOORS[behind.rule.record], columns(behind.rule.record)[0]
    rows = openable(behind.rule.record, reader).filter(pk__in=late).values_list("pk", "number", *door.title)
    seen = {pk: (number, named.value(titles)) for pk, number, *titles in rows}
    told = [Correction(seen[pk][0], door.section, seen[pk][1], *late[pk]) for pk in late if pk in seen]
    told.sort(key=lambda one: (one.known_at, one.number), reverse=True)
    return Corrections(tuple(told[:MOST]), len(late) - len(told) if reader.reads_rows else None)


Told = tuple[Late, datetime, Decimal | None, Decimal | None]


def _late(behind: Counting, end: datetime) -> dict[int, Told]:
    """The records whose line in the figure is another than it was at the end of the day."""
    mine = Counted.objects.filter(within(slot_of(behind.definition, behind.as_of)), definition=behind.definition)
    mine = mine.filter(area=behind.ask.area.pk) if behind.ask.area else mine
    fields = "subject_id", "on", "amount", "known_from", "known_until"
    then = mine.filter(known_from__lt=end, known_until__gte=end)
    now = mine.filter(known_from__gte=end, known_until=None)
    before = {pk: (on, amount, until) for pk, on, amount, _, until in then.values_list(*fields)}
    after = {pk: (on, amount, since) for pk, on, amount, since, _ in now.values_list(*fields)}
    found: dict[int, Told] = {}
    for pk in before.keys() | after.keys():
        was, has = before.get(pk), after.get(pk)
        if was is None:
            found[pk] = Late.ENTERED, has[2], None, has[1]
        elif has is None:
            found[pk] = Late.TAKEN_OUT, was[2], was[1], None
        elif was[:2] != has[:2]:
            found[pk] = Late.CHANGED, has[2], was[1], has[1]
    return found
