"""Figures: an indicator's value as of any day, in a row of days, and cut by what it can be cut by."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet

from grandunion.engines.indicators import LEAST, Ratio, Rule, conditions, masked, read, said, written
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.records.plans import Definition, Indicator
from grandunion.terms.counting import CLASSES, Dimension
from grandunion.terms.periods import months_after
from grandunion.terms.plans import IndicatorKind, IndicatorPeriod
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.work.queries.base import by_code, kept, visible
from grandunion.work.queries.lists import choices, terms
from grandunion.work.queries.plans.cutting import OTHERS, UNNAMED, gathered
from grandunion.work.queries.plans.shielding import Shield, shield
from grandunion.work.queries.plans.tally import NONE, Ask, Found, Slot, Worth, related, tally

MONTHS = 12
BEGINNING = date(1900, 1, 1)
DAY = timedelta(days=1)
TENTH = Decimal("0.1")
HIDDEN = Text(f"<{LEAST}", f"<{LEAST}")
WITHHELD = Text("too few records", "样本过少")  # of an amount: “<5 %” would be read as a percentage
UNKNOWN = Text("not counted", "未计算")
NONE_YET = Text("no records", "暂无记录")
UNSEEN = Organisation(name_en=OTHERS.en, name_zh=OTHERS.zh)  # all that the reader may not see, together
LISTS = {Dimension.AREA: "areas", Dimension.FIELD: "fields", Dimension.INDUSTRY: "industries"}


@dataclass(frozen=True, slots=True)
class Cell:
    """A count or an amount; nothing stands in it where it is hidden, or where nothing counts it."""

    value: Decimal | None
    records: int | None
    is_hidden: bool = False
    is_amount: bool = False

    @property
    def is_number(self) -> bool:
        """Whether a number is said, after which a unit may stand."""
        return self.value is not None or (self.is_hidden and not self.is_amount)

    def said(self) -> Text:
        """The number, “<5” where it is too small for this reader, or that there is none."""
        if self.value is not None:
            return written(self.value)
        if self.is_hidden:
            return WITHHELD if self.is_amount else HIDDEN
        return UNKNOWN if self.records is None else NONE_YET


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator's value: `since` is the first day of a flow's period, `rule` how it is counted.

    `definition` is the one in force on the day, None where there was none.
    """

    indicator: Indicator
    as_of: date
    since: date | None
    cell: Cell
    rule: Text | None
    area: Term | None = None
    definition: Definition | None = None

    @property
    def is_counted(self) -> bool:
        return self.rule is not None

    @property
    def unit(self) -> Text:
        """The unit that is said after the figure; nothing where words stand in its place."""
        return self.indicator.unit if self.cell.is_number else NOTHING


@dataclass(frozen=True, slots=True)
class History:
    """A figure by month (first day of each, oldest first) and by area (None: without one)."""

    months: tuple[tuple[date, Cell], ...]
    areas: tuple[tuple[Term | None, Cell], ...]


Cut = tuple[tuple[Term | Organisation | None, Cell], ...]


def indicators() -> QuerySet[Indicator]:
    """All indicators, in the order of the pack."""
    return Indicator.objects.order_by("position", "pk")


def indicator(code: str) -> Indicator:
    """The indicator of this code, or Absent."""
    return by_code(_coded, code)


def _coded(code: str) -> QuerySet[Indicator]:
    return Indicator.objects.filter(code=code)


def since(wanted: Indicator | Definition, as_of: date) -> date | None:
    """The first day that a flow (or a ratio over a period) counts for a figure as of a day; None for a stock."""
    if wanted.period == IndicatorPeriod.MOMENT or wanted.indicator_kind == IndicatorKind.STOCK:
        return None
    starts = {
        IndicatorPeriod.MONTH: as_of.month,
        IndicatorPeriod.QUARTER: as_of.month - (as_of.month - 1) % 3,
        IndicatorPeriod.HALF: 1 if as_of.month <= 6 else 7,
        IndicatorPeriod.YEAR: 1,
    }
    month = starts.get(wanted.period)
    return date(as_of.year, month, 1) if month else BEGINNING


def definitions(codes: Collection[str] | None = None, days: Sequence[date] | None = None) -> list[Definition]:
    """The definitions of these indicators (all, where none are named) in force on any of the days, oldest first.

    With them come those of the figures that ratios among them are made of.
    """
    span = (max(days), min(days)) if days else ()

    def known(wanted: Collection[str]) -> list[Definition]:
        return kept.asked(_known, (tuple(sorted(wanted)), *span), {}) if wanted else []

    return list(_known(None, *span)) if codes is None else related(known(codes), known)


def _known(codes: tuple[str, ...] | None, last: date | None = None, first: date | None = None) -> QuerySet[Definition]:
    rows = Definition.objects.select_related("indicator").order_by("indicator__position", "indicator__pk", "version")
    if last is not None:
        rows = rows.filter(Q(valid_from=None) | Q(valid_from__lte=last), Q(valid_until=None) | Q(valid_until__gt=first))
    return rows if codes is None else rows.filter(indicator__code__in=codes)


def in_force(known: Iterable[Definition], code: str, day: date) -> Definition | None:
    """The definition of an indicator in force on a day."""
    for found in known:
        begun = found.valid_from is None or found.valid_from <= day
        if found.indicator.code == code and begun and (found.valid_until is None or day < found.valid_until):
            return found
    return None


def slot_of(wanted: Definition, day: date) -> Slot:
    """What counts in a figure as of a day."""
    first = since(wanted, day)
    return Slot(first, day if first else None, day)


def value(
    wanted: Indicator, *, as_of: date, reader: Reader, area: Term | None = None, known_at: datetime | None = None
) -> Figure:
    """The indicator as of a day, over all records of the hub or of one area.

    It is counted from what the records were at the end of that day, things entered late by their own day; with
    `known_at`, from what the hub knew at that moment. A reader who may not read rows is not told a figure of one to
    four records.
    """
    known = definitions([wanted.code], [as_of])
    return next(iter(_figures(known, [wanted], as_of, reader, Ask(known_at, area))))


def values(
    *, as_of: date, reader: Reader, area: Term | None = None, codes: Collection[str] | None = None,
    known_at: datetime | None = None,
) -> tuple[Figure, ...]:  # fmt: skip
    """Every indicator (or those of these codes) as of a day, in at most three questions, however many they are."""
    known = definitions(codes, [as_of])
    wanted = {
        found.indicator.code: found.indicator for found in known if codes is None or found.indicator.code in codes
    }
    return _figures(known, list(wanted.values()), as_of, reader, Ask(known_at, area))


def _figures(
    known: list[Definition], wanted: Sequence[Indicator], as_of: date, reader: Reader, ask: Ask
) -> tuple[Figure, ...]:
    slots = {one_: [slot_of(one_, as_of)] for one_ in _in_use(known, as_of)}
    found, hiding = tally(slots, ask), shield_of(slots, known, ask, reader)
    figures = []
    for each in wanted:
        definition = in_force(known, each.code, as_of)
        worth = Worths(known, found).of(definition, 0, as_of) if definition else None
        cell = cell_of(worth, is_hidden=hiding.hides(worth, definition, 0, as_of))
        rule = rule_said(definition, known) if worth is not None else None
        first = since(definition or each, as_of)
        figures.append(Figure(each, as_of, first, cell, rule, ask.area, definition))
    return tuple(figures)


def _in_use(known: Iterable[Definition], day: date) -> list[Definition]:
    return [found for found in known if found.counted_at and in_force([found], found.indicator.code, day)]


@dataclass(frozen=True, slots=True)
class Worths:
    """What was found, with ratios worked out of their parts."""

    known: Sequence[Definition]
    found: Found

    def of(self, definition: Definition, place: int, day: date, cut: int | None = None) -> Worth | None:
        """What a definition comes to in a slot; None where nothing counts it."""
        rule = read(definition.rule)
        if isinstance(rule, Ratio):
            return self._ratio(rule, place, day, cut)
        if rule is None or definition.counted_at is None:
            return None
        has_total = rule.statistic in ("count", "sum")
        worth = self.found.get((definition.pk, place, cut), NONE if has_total else Worth(0, None))
        return worth._replace(is_amount=rule.statistic != "count")

    def _ratio(self, rule: Ratio, place: int, day: date, cut: int | None) -> Worth | None:
        parts = [in_force(self.known, code, day) for code in (rule.of, rule.to)]
        worths = [self.of(part, place, day, cut) if part else None for part in parts]
        if None in worths:
            return None
        part, whole = worths
        records = min(part.records or whole.records, whole.records)
        if part.value is None or not whole.value:
            return Worth(records, None, is_amount=True)
        value = part.value / whole.value * (1 if rule.is_per else 100)
        return Worth(records, value.quantize(TENTH), is_amount=True)


def shield_of(slots: Mapping[Definition, Sequence[Slot | None]], known: Sequence[Definition], ask: Ask,
              reader: Reader) -> Shield:  # fmt: skip
    """What is hidden from the reader of the figures in these slots."""
    return shield(reader, ask.area,
                  lambda: Worths(known, tally(slots, Ask(ask.known_at, None, Dimension.AREA))).of)  # fmt: skip


def rule_said(definition: Definition, known: Iterable[Definition] = ()) -> Text | None:
    """How the definition counts, in words; `known` has the parts of ratios."""
    rule = read(definition.rule)
    if isinstance(rule, Ratio):
        names = {one_.indicator.code: one_.indicator.name for one_ in known}
        parts = {name: names.get(code, Text(code, code)) for name, code in (("of", rule.of), ("to", rule.to))}
        frame = Text("“{of}” for each of “{to}”", "“{of}”与“{to}”之比") if rule.is_per else Text(
            "“{of}”, of a hundred of “{to}”", "“{of}”占“{to}”的百分比")  # fmt: skip
        return frame.fill(**parts)
    return said(rule) if isinstance(rule, Rule) else None


def rule_in_full(figure: Figure) -> Text | None:
    """How the figure is counted, codes of lists said by their names; lists are asked for only where it names some."""
    rule = read(figure.definition.rule) if figure.rule and figure.definition else None
    if not isinstance(rule, Rule):
        return figure.rule
    fields = CLASSES[rule.record].fields
    coded = {fields[one.field].list for one in conditions(rule) if any(isinstance(value, str) for value in one.values)}
    known = choices(*sorted(coded - {""}))
    return said(rule, {code: name for pairs in known.values() for code, name in pairs})


def series(
    codes: Collection[str], *, ends: Sequence[date], reader: Reader, area: Term | None = None,
    known_at: datetime | None = None,
) -> dict[str, tuple[Cell, ...]]:  # fmt: skip
    """Each indicator's value at the end of each given day, in at most three questions."""
    known = definitions(codes, ends)
    every = {found: [slot_of(found, day) if _holds(found, day) else None for day in ends] for found in known}
    slots, ask = {key: found for key, found in every.items() if key.counted_at}, Ask(known_at, area)
    worths, hiding = Worths(known, tally(slots, ask)), shield_of(slots, known, ask, reader)
    found = {}
    for code in codes:
        in_days = enumerate(in_force(known, code, day) for day in ends)
        row = [(one_, place, worths.of(one_, place, ends[place]) if one_ else None) for place, one_ in in_days]
        found[code] = tuple(
            cell_of(worth, is_hidden=hiding.hides(worth, one_, place, ends[place])) for one_, place, worth in row
        )
    return found


def _holds(definition: Definition, day: date) -> bool:
    return in_force([definition], definition.indicator.code, day) is not None


def by(
    wanted: Indicator, dimension: Dimension, *, as_of: date, reader: Reader, area: Term | None = None,
    known_at: datetime | None = None,
) -> Cut:  # fmt: skip
    """The figure cut by a dimension, the largest first (areas in their order); None stands for what has none."""
    known = definitions([wanted.code], [as_of])
    definition = in_force(known, wanted.code, as_of)
    return _cut(known, definition, as_of, reader, Ask(known_at, area, dimension)) if definition else ()


def _cut(known: list[Definition], definition: Definition, as_of: date, reader: Reader, ask: Ask) -> Cut:
    dimension = ask.cut
    found = tally({each: [slot_of(each, as_of)] for each in _in_use(known, as_of)}, ask)
    named = _named(dimension, {cut for _, _, cut in found}, reader)
    found = gathered({dimension: found}, {dimension: named})[dimension]
    worths, ids = Worths(known, found), {cut for _, _, cut in found}
    pairs = [(named[cut], worths.of(definition, 0, as_of, cut)) for cut in named if cut in ids or cut is not None]
    told = [(name, worth) for name, worth in pairs if worth is not None]
    if dimension != Dimension.AREA:
        told.sort(key=lambda pair: (-(pair[1].value or 0), pair[0] is None))
    cells = cells_of([worth for _, worth in told], reader, is_part=ask.area is not None)
    return tuple(zip((name for name, _ in told), cells, strict=True))


def _named(
    dimension: Dimension, ids: set[int | None], reader: Reader
) -> Mapping[int | None, Term | Organisation | None]:
    """The records that the ids stand for; of areas every one, for an empty area is told too.

    Organisations that the reader may not see are told together, without their names.
    """
    if dimension == Dimension.AREA:
        rows: Iterable = terms("areas")
    elif dimension in LISTS:
        rows = Term.objects.filter(pk__in=ids - {None})
    else:
        rows = visible(Organisation, reader).filter(pk__in=ids - {None})
    named = {row.pk: row for row in rows} | ({None: None} if None in ids else {})
    return named if dimension in LISTS or ids <= named.keys() else named | {UNNAMED: UNSEEN}


def history(
    wanted: Indicator, *, as_of: date, reader: Reader, area: Term | None = None, known_at: datetime | None = None
) -> History | None:
    """The last twelve months and every area; None where nothing counts the figure.

    A flow's month holds what was dated in it; a stock's what held at its end (for the last month, on the day).
    """
    known = definitions([wanted.code], [as_of])
    definition = in_force(known, wanted.code, as_of)
    if definition is None or Worths(known, {}).of(definition, 0, as_of) is None:
        return None
    months = tuple(months_after(as_of.replace(day=1), place - MONTHS + 1) for place in range(MONTHS))
    slots = {each: [_month(each, month, as_of) for month in months] for each in _in_use(known, as_of)}
    found, hiding = tally(slots, Ask(known_at, area)), shield_of(slots, known, Ask(known_at, area), reader)
    row = [Worths(known, found).of(definition, place, as_of) for place in range(MONTHS)]
    told = [cell_of(worth, is_hidden=True) if hiding.hides(worth, definition, place, as_of) else cell
            for place, (worth, cell) in enumerate(zip(row, cells_of(row, reader), strict=True))]  # fmt: skip
    areas = _cut(known, definition, as_of, reader, Ask(known_at, None, Dimension.AREA))
    return History(tuple(zip(months, told, strict=True)), areas)


def _month(definition: Definition, month: date, as_of: date) -> Slot:
    end = min(months_after(month, 1) - DAY, as_of)
    return Slot(None, None, end) if since(definition, as_of) is None else Slot(month, end, as_of)


def cells_of(worths: Sequence[Worth | None], reader: Reader, *, is_part: bool = False) -> list[Cell]:
    """The cells as the reader may see them: small ones hidden from who reads aggregates only.

    Of one area (`is_part`) no cell is shown to them: the hub's own, less those of the other areas, would tell of it.
    """
    counts = [worth.records if worth else 0 for worth in worths]
    hidden = frozenset() if reader.reads_rows else masked(counts)
    if is_part and not reader.reads_rows:
        hidden = frozenset(place for place, count in enumerate(counts) if count)
    return [cell_of(worth, is_hidden=place in hidden) for place, worth in enumerate(worths)]


def cell_of(worth: Worth | None, *, is_hidden: bool) -> Cell:
    if worth is None:
        return Cell(None, None)
    if is_hidden:
        return Cell(None, None, is_hidden=True, is_amount=worth.is_amount)
    return Cell(worth.value, worth.records, is_amount=worth.is_amount)
