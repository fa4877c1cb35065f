"""What the ledger should hold: the spans of records by the definitions in force, and what it holds now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from grandunion.engines.indicators import Rule, evaluator, fields_of, read
from grandunion.records.plans import Counted, Definition
from grandunion.work.queries.plans.fields import SOURCES, every
from grandunion.work.queries.plans.gathering import CHUNK, Ids, gather


class Line(NamedTuple):
    """One line of the ledger without its knowledge: by which definition, when, how much, cut by what."""

    definition_id: int
    on: date
    since: date
    until: date | None
    amount: Decimal
    key: str
    area: int | None
    partner: int | None
    university: int | None
    field: int | None
    industry: int | None


NO_LINES = frozenset[Line]()


@dataclass(frozen=True, slots=True)
class Drift:
    """What the ledger of one definition should have and has not, and the other way round, in lines."""

    definition: Definition
    missing: int
    surplus: int


def rules(definitions: Iterable[Definition]) -> dict[str, list[tuple[Definition, Rule]]]:
    """The definitions that count records, by record class."""
    found: dict[str, list[tuple[Definition, Rule]]] = defaultdict(list)
    for one in definitions:
        rule = read(one.rule)
        if isinstance(rule, Rule):
            found[rule.record].append((one, rule))
    return dict(found)


def evaluated(
    record: str,
    pairs: Sequence[tuple[Definition, Rule]],
    ids: Ids = None,
    moments: Mapping[int, Sequence[datetime | None]] | None = None,
) -> Iterator[tuple[int, datetime | None, frozenset[Line]]]:
    """The lines of each record now, or as they would have been before its `moments`."""
    names = {name for _, rule in pairs for name in fields_of(rule)}
    ways = [(one.pk, evaluator(rule), _own if rule.key else _same) for one, rule in pairs]
    for pk, before, facts, cuts in gather(record, names, ids, moments):
        lines = [
            Line(definition, span.on, span.since, span.until, span.amount, key(span.key, pk), *cuts)
            for definition, spans, key in ways
            for span in spans(facts)
        ]
        yield pk, before, frozenset(lines)


def _own(key: str, pk: int) -> str:
    """What counts once; a record that does not say what it belongs to is its own."""
    return key or f"#{pk}"


def _same(key: str, pk: int) -> str:
    return key


def kept(record: str, definitions: Collection[int], ids: Ids = None) -> dict[int, dict[Line, int]]:
    """What the ledger holds now of these records: line → its id."""
    rows = standing(record, definitions)
    rows = rows.filter(subject_id__in=ids) if ids is not None else rows
    found: dict[int, dict[Line, int]] = defaultdict(dict)
    for subject, pk, *line in rows.values_list("subject_id", "pk", *Line._fields).iterator(chunk_size=CHUNK):
        found[subject][Line._make(line)] = pk
    return found


def standing(record: str, definitions: Collection[int]) -> QuerySet[Counted]:
    """The lines of a record class that hold as the hub knows it now."""
    return Counted.objects.filter(subject_kind=record, definition__in=definitions, known_until=None)


def gone(record: str, definitions: Collection[int]) -> set[int]:
    """The ids of records that the ledger still counts and that are no longer there."""
    there = every(SOURCES[record].table).values("pk")
    return set(standing(record, definitions).exclude(subject_id__in=there).values_list("subject_id", flat=True))


def drift() -> tuple[Drift, ...]:
    """Every definition whose ledger is not what a full recount would write; nothing is mended.

    Where entries of the journal are still to be followed, what they tell counts as a difference.
    """
    found = []
    for record, pairs in rules(counted_definitions()).items():
        missing: dict[int, int] = defaultdict(int)
        surplus: dict[int, int] = defaultdict(int)
        there = kept(record, [one.pk for one, _ in pairs])
        for pk, _, lines in evaluated(record, pairs):
            has = there.pop(pk, {})
            for line in lines - has.keys():
                missing[line.definition_id] += 1
            for line in has.keys() - lines:
                surplus[line.definition_id] += 1
        for line in (line for lines in there.values() for line in lines):
            surplus[line.definition_id] += 1
        found += [
            Drift(one, missing[one.pk], surplus[one.pk]) for one, _ in pairs if missing[one.pk] or surplus[one.pk]
        ]
    return tuple(found)


def counted_definitions() -> list[Definition]:
    """The definitions that the ledger follows."""
    return list(Definition.objects.exclude(counted_at=None).select_related("indicator").order_by("pk"))
