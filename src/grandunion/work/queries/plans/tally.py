"""Counts the lines of the ledger for many figures at once, in one question, or two where a middle is asked for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from statistics import median
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Count, Expression, F, Q, QuerySet, Sum
from django.db.models.sql.compiler import SQLCompiler

from grandunion.engines.indicators import Ratio, Rule, read
from grandunion.records.lists import Term
from grandunion.records.plans import Counted, Definition
from grandunion.terms.counting import Dimension, Statistic
from grandunion.work.queries.base import kept

CENT = Decimal("0.01")


class Slot(NamedTuple):
    """A time to count: lines whose day lies from `first` to `last` (stocks: any), and that hold at the end of `day`."""

    first: date | None
    last: date | None
    day: date


class Worth(NamedTuple):
    """How many records count, and what they come to (None where there is no such number).

    `is_amount` where the number is not that of the records: a sum, a middle, a share.
    """

    records: int
    value: Decimal | None
    is_amount: bool = False


NONE = Worth(0, Decimal(0))
Part = tuple[tuple[int, ...], tuple["Slot | None", ...], bool]  # ids of definitions, their slots, whether keyed
Found = dict[tuple[int, int, int | None], Worth]  # (definition, place of the slot, id cut by) → what counts


@dataclass(frozen=True, slots=True)
class Ask:
    """What is asked of the ledger beside the slots: as known when, of which area, cut by what."""

    known_at: datetime | None = None
    area: Term | None = None
    cut: Dimension | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        return ("definition_id", *((self.cut.value,) if self.cut else ()))


def lines(ask: Ask) -> QuerySet[Counted]:
    """The lines of the ledger that were known at the moment asked for (now, where none is)."""
    rows = Counted.objects.filter(area=ask.area.pk) if ask.area is not None else Counted.objects.all()
    if ask.known_at is None:
        return rows.filter(known_until=None)
    at = ask.known_at
    return rows.filter(known_from__lte=at).filter(Q(known_until=None) | Q(known_until__gt=at))


class Within(Expression):
    """True of the lines that count in a slot.

    Written out: Django would put each comparison together anew for every slot, once to count and once to add up.
    """

    conditional = True

    def __init__(self, slot: Slot) -> None:
        super().__init__(output_field=BooleanField())
        self.slot, self.columns = slot, [F(name) for name in ("since", "until", "on")]

    def get_source_expressions(self) -> list:
        return self.columns

    def set_source_expressions(self, expressions: list) -> None:
        self.columns = expressions

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, list]:
        since, until, on = (compiler.compile(column)[0] for column in self.columns)
        first, last, day = map(connection.ops.adapt_datefield_value, self.slot)
        holds = f"{since} <= %s AND ({until} IS NULL OR {until} > %s)"
        if first is None:
            return f"({holds})", [day, day]
        return f"({holds} AND {on} >= %s AND {on} <= %s)", [day, day, first, last]


def within(slot: Slot) -> Within:
    """The lines that count in a slot."""
    return Within(slot)


def tally(wanted: Mapping[Definition, Sequence[Slot | None]], ask: Ask) -> Found:
    """What counts by each definition in each of its slots (None: not asked), all in one question, or two."""
    groups: dict[tuple, list[Definition]] = defaultdict(list)
    middles: dict[Definition, Sequence[Slot | None]] = {}
    for one, slots in wanted.items():
        rule = read(one.rule)
        if not isinstance(rule, Rule):
            continue
        if rule.statistic == Statistic.MEDIAN:
            middles[one] = slots
        else:
            groups[bool(rule.key), rule.statistic, tuple(slots)].append(one)
    found: Found = {}
    _summed(groups, ask, found)
    _middled(middles, ask, found)
    return found


def _summed(groups: Mapping[tuple, list[Definition]], ask: Ask, found: Found) -> None:
    asked, kinds = [], {}
    for (is_keyed, statistic, slots), definitions in groups.items():
        kinds |= dict.fromkeys((one.pk for one in definitions), (statistic, slots))
        asked.append((tuple(one.pk for one in definitions), slots, is_keyed))
    if not asked:
        return
    for definition, *cut, worths in _rows(tuple(asked), ask):
        statistic, slots = kinds[definition]
        for place, slot in enumerate(slots):
            records, amount = worths[2 * place : 2 * place + 2]
            if slot is not None and records:
                found[definition, place, cut[0] if cut else None] = _valued(statistic, records, amount)


def _rows(asked: tuple[Part, ...], ask: Ask) -> Iterator[tuple]:
    """Definition, what it is cut by, and for each slot how many count and what they come to.

    The same figures are opened again and again, so the SQL is kept; not that of a moment, of which there are many.
    """
    given = asked, ask
    rows = kept.asked(_counts, given, {}) if ask.known_at is None else _counts(*given)
    width = len(ask.columns)
    return ((*row[:width], row[width:]) for row in rows)


def _counts(asked: tuple[Part, ...], ask: Ask) -> QuerySet:
    first, *others = (_grouped(ids, slots, ask, is_keyed=is_keyed) for ids, slots, is_keyed in asked)
    return first.union(*others, all=True) if others else first


def _grouped(ids: tuple[int, ...], slots: Sequence[Slot | None], ask: Ask, *, is_keyed: bool) -> QuerySet:
    rows = lines(ask).filter(definition__in=ids)
    asked = [slot for slot in slots if slot is not None]
    if len(asked) == 1:
        rows = rows.filter(within(asked[0]))
    elif asked:  # what lies outside of all slots need not be looked at
        rows = rows.filter(since__lte=max(slot.day for slot in asked))
    found = {}
    for place, slot in enumerate(slots):
        holds = Q(pk=None) if slot is None else within(slot)
        found[f"n{place}"] = Count("key", distinct=True, filter=holds) if is_keyed else Count("pk", filter=holds)
        found[f"s{place}"] = Sum("amount", filter=holds)
    return rows.order_by().values(*ask.columns).annotate(**found).values_list(*ask.columns, *found)


def _valued(statistic: Statistic, records: int, amount: object) -> Worth:
    if statistic == Statistic.COUNT:
        return Worth(records, Decimal(records))
    total = Decimal(amount or 0).quantize(CENT)
    return Worth(records, total if statistic == Statistic.SUM else (total / records).quantize(CENT))


def _middled(wanted: Mapping[Definition, Sequence[Slot | None]], ask: Ask, found: Found) -> None:
    """The middle has to see every amount."""
    if not wanted:
        return
    slots_of = {one.pk: slots for one, slots in wanted.items()}
    latest = max((slot.day for slots in wanted.values() for slot in slots if slot), default=date.max)
    first = min((slot.first or date.min for slots in wanted.values() for slot in slots if slot), default=date.min)
    rows = lines(ask).filter(definition__in=list(slots_of), since__lte=latest, on__gte=first)
    amounts: dict[tuple, list[Decimal]] = defaultdict(list)
    columns = *ask.columns, "on", "since", "until", "amount"
    for definition, *cut, on, since, until, amount in rows.values_list(*columns).iterator():
        for place, slot in enumerate(slots_of[definition]):
            if slot is not None and _is_within(slot, on, since, until):
                amounts[definition, place, cut[0] if cut else None].append(amount)
    for key, values in amounts.items():
        found[key] = Worth(len(values), Decimal(median(values)).quantize(CENT))


def _is_within(slot: Slot, on: date, since: date, until: date | None) -> bool:
    holds = since <= slot.day and (until is None or until > slot.day)
    return holds and (slot.first is None or slot.first <= on <= slot.last)


def related(definitions: Iterable[Definition], parts: Callable[[set[str]], Iterable[Definition]]) -> list[Definition]:
    """The definitions with those of the figures that ratios are made of, however deep."""
    known = list(definitions)
    while wanted := _parts(known) - {one.indicator.code for one in known}:
        fresh = list(parts(wanted))
        if not fresh:
            break
        known += fresh
    return known


def _parts(definitions: Iterable[Definition]) -> set[str]:
    ratios = [rule for one in definitions if isinstance(rule := read(one.rule), Ratio)]
    return {code for ratio in ratios for code in (ratio.of, ratio.to)}
