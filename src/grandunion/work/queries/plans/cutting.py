"""Figures of a whole dashboard, at any number of days and cut by any number of dimensions, in one question."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import (
    CharField,
    Count,
    DecimalField,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)

from grandunion.engines.indicators import Ratio, Rule, read
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.records.plans import Definition
from grandunion.records.spaces import Area
from grandunion.terms.counting import Dimension, Statistic
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text, either
from grandunion.work.queries.base import visible
from grandunion.work.queries.plans.tally import Ask, Found, Slot, Within, Worth, lines, tally, within

CENT = Decimal("0.01")
TERMS = (Dimension.AREA, Dimension.FIELD, Dimension.INDUSTRY)
AREAS = "areas"
OTHERS = Text("Not open to you", "您无权查看的单位")
UNNAMED = -1  # the id of all organisations that the reader may not see, taken together
Slots = Mapping[Definition, Sequence[Slot | None]]
NUMBER = DecimalField(max_digits=20, decimal_places=2)


def counted(slots: Slots, cuts: Mapping[Dimension, Slots], ask: Ask) -> tuple[Found, dict[Dimension, Found]]:
    """What counts in each slot, and for each dimension what counts by each of its ids, in one question.

    A middle cannot be added up: where one is asked for without a cut it is a question more, cut it is left out.
    """
    longest = max((len(one) for one in slots.values()), default=1)
    middles = {one: row for one, row in slots.items() if _statistic(one) == Statistic.MEDIAN}
    asked = [query for (named, of), rows in _every(slots, cuts) for query in _grouped(named, of, rows, longest, ask)]
    found: Found = tally(middles, ask) if middles else {}
    told: dict[Dimension, Found] = {dimension: {} for dimension in cuts}
    statistics = {one.pk: _statistic(one) for rows in (slots, *cuts.values()) for one in rows}
    for row in _together(asked):
        kept = told[Dimension(row["cut"])] if row["cut"] else found
        for place in range(longest):
            if row[f"n{place}"]:
                worth = _worth(statistics[row["definition_id"]], row[f"n{place}"], row[f"s{place}"])
                kept[row["definition_id"], place, row["of"] if row["cut"] else None] = worth
    return found, told


def _every(slots: Slots, cuts: Mapping[Dimension, Slots]) -> Iterable[tuple[tuple[str, object], Slots]]:
    """What is to be grouped by what: nothing, or the column of a dimension."""
    yield ("", Value(None, output_field=IntegerField())), slots
    for dimension, rows in cuts.items():
        yield (dimension.value, F(dimension.value)), rows


def _together(asked: list[QuerySet]) -> Iterable[Mapping]:
    if not asked:
        return ()
    return asked[0].union(*asked[1:], all=True) if len(asked) > 1 else asked[0]


def _statistic(one: Definition) -> Statistic | None:
    rule = read(one.rule)
    return rule.statistic if isinstance(rule, Rule) else None


def _grouped(named: str, of: object, rows: Slots, longest: int, ask: Ask) -> Iterable[QuerySet]:
    """A grouped query for all definitions that count alike in the same slots."""
    alike: dict[tuple, list[int]] = defaultdict(list)
    for one, slots in rows.items():
        if _statistic(one) not in (None, Statistic.MEDIAN):
            alike[bool(read(one.rule).key), tuple(slots)].append(one.pk)
    for (is_keyed, slots), ids in alike.items():
        kept = lines(ask).filter(_any(slots), definition__in=ids).order_by()
        kept = kept.annotate(cut=Value(named, output_field=CharField()), of=of)
        columns = _columns(slots, longest, is_keyed=is_keyed)
        yield (
            kept.values("definition_id", "cut", "of").annotate(**columns).values("definition_id", "cut", "of", *columns)
        )


def _any(slots: Sequence[Slot | None]) -> Q | Within:
    """What lies outside of all slots need not be looked at."""
    asked = [slot for slot in slots if slot is not None]
    if len(asked) == 1:
        return within(asked[0])
    return Q(since__lte=max(slot.day for slot in asked)) if asked else Q(pk=None)


def _columns(slots: Sequence[Slot | None], longest: int, *, is_keyed: bool) -> dict[str, object]:
    """How many and how much in each slot; nothing in the places that only others have."""
    found: dict[str, object] = {}
    for place in range(longest):
        slot = slots[place] if place < len(slots) else None
        if slot is None:
            found[f"n{place}"] = Value(0, output_field=IntegerField())
            found[f"s{place}"] = Value(None, output_field=NUMBER)
            continue
        found[f"n{place}"] = (
            Count("key", distinct=True, filter=within(slot)) if is_keyed else Count("pk", filter=within(slot))
        )
        found[f"s{place}"] = Sum("amount", filter=within(slot))
    return found


def _worth(statistic: Statistic, records: int, amount: object) -> Worth:
    if statistic == Statistic.COUNT:
        return Worth(records, Decimal(records))
    total = Decimal(amount or 0).quantize(CENT)
    return Worth(records, total if statistic == Statistic.SUM else (total / records).quantize(CENT))


def parts_of(wanted: Sequence[Definition], known: Sequence[Definition]) -> set[Definition]:
    """These definitions with those that their ratios are made of."""
    found, left = set(), list(wanted)
    while left:
        one = left.pop()
        if one in found:
            continue
        found.add(one)
        rule = read(one.rule)
        if isinstance(rule, Ratio):
            left += [part for part in known if part.indicator.code in (rule.of, rule.to)]
    return found


@dataclass(frozen=True, slots=True)
class Name:
    """What an id of a dimension is called, its code or number, and of an area its district."""

    pk: int
    text: Text
    code: str
    district: Text | None = None
    is_area: bool = False


def names_of(found: Mapping[Dimension, Found], reader: Reader) -> Mapping[Dimension, Mapping[int, Name]]:
    """What the ids are called, in one question; areas every one, in their order, whether or not they are cut by.

    An organisation that the reader may not see is not named.
    """
    ids = {dimension: {of for _, _, of in cells if of is not None} for dimension, cells in found.items()}
    terms = set().union(*(ids[one] for one in ids if one in TERMS))
    parties = set().union(*(ids[one] for one in ids if one not in TERMS))
    rows = _terms(terms) if not parties else _terms(terms).union(_parties(parties, reader), all=True)
    read_ = [_name(row) for row in sorted(rows, key=lambda row: (row["kind"], row["place"], row["pk"]))]
    of_kind = {kind: list(group) for kind, group in groupby(read_, key=lambda pair: pair[0])}
    told: dict[Dimension, dict[int, Name]] = {Dimension.AREA: {}}
    for dimension in {Dimension.AREA, *ids}:
        kept = of_kind.get("party" if dimension not in TERMS else "term", [])
        wanted = ids.get(dimension, set())
        told[dimension] = {
            name.pk: name for _, name in kept if name.pk in wanted or (dimension is Dimension.AREA and name.is_area)
        }
    return told


def _terms(ids: set[int]) -> QuerySet:
    rows = Term.objects.filter(Q(pk__in=ids) | Q(list=AREAS)).order_by()
    district = Area.objects.filter(term=OuterRef("pk"))
    return rows.annotate(
        kind=Value("term", output_field=CharField()), place=F("position"), zh=F("name_zh"), en=F("name_en"),
        called=F("code"), of=F("list"), district_zh=Subquery(district.values("district__name_zh")[:1]),
        district_en=Subquery(district.values("district__name_en")[:1]),
    ).values(*NAMED)  # fmt: skip


def _parties(ids: set[int], reader: Reader) -> QuerySet:
    nothing = Value(None, output_field=CharField())
    return visible(Organisation, reader).filter(pk__in=ids).order_by().annotate(
        kind=Value("party", output_field=CharField()), place=Value(0, output_field=IntegerField()), zh=F("name_zh"),
        en=F("name_en"), called=F("number"), of=Value("", output_field=CharField()), district_zh=nothing,
        district_en=nothing,
    ).values(*NAMED)  # fmt: skip


NAMED = ("pk", "kind", "place", "zh", "en", "called", "of", "district_zh", "district_en")


def _name(row: Mapping) -> tuple[str, Name]:
    district = either(row["district_en"], row["district_zh"]) if row["district_zh"] else None
    return row["kind"], Name(row["pk"], either(row["en"], row["zh"]), row["called"], district, row["of"] == AREAS)


def gathered(found: Mapping[Dimension, Found], names: Mapping[Dimension, Mapping]) -> dict[Dimension, Found]:
    """The same with all organisations that are not named taken together under one id, `UNNAMED`."""
    told: dict[Dimension, Found] = {}
    for dimension, kept in found.items():
        told[dimension] = {}
        for (definition, place, of), worth in kept.items():
            is_named = of is None or dimension in TERMS or of in names[dimension]
            key = definition, place, of if is_named else UNNAMED
            before = told[dimension].get(key, Worth(0, Decimal(0)))
            told[dimension][key] = Worth(before.records + worth.records, before.value + worth.value)
    return told
