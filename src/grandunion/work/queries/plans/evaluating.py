"""What the ledger should hold: the spans of records by the definitions in force, and what it holds now."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, pairwise
from typing import NamedTuple

from django.db.models import QuerySet

from grandunion.adapters.reading import read_rows
from grandunion.engines.indicators import Rule, evaluator_of_many, fields_of, read
from grandunion.engines.indicators.spans import Quick
from grandunion.records.plans import Counted, Definition
from grandunion.work.queries.plans.fields import SOURCES, Ids, among, every
from grandunion.work.queries.plans.gathering import CHUNK, Gathered, gather
from grandunion.work.queries.plans.making import ZONE


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
Row = tuple  # a record's id, and the values of a line
Way = tuple[int, Quick, bool]  # a definition, what it makes of facts, whether by a key
PORTION = 10_000  # records evaluated at once
LAST = 2**62  # beyond every id


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
    ways = _ways(pairs)
    for one in gather(record, _names(pairs), ids, moments):
        yield one.pk, one.before, frozenset(Line._make(row[1:]) for way in ways for row in _rows((one,), *way))


def evaluated_rows(record: str, pairs: Sequence[tuple[Definition, Rule]], ids: Ids = None) -> list[Row]:
    """The lines of all these records now, each after its record's id, in the order of `kept_rows`."""
    known = list(gather(record, _names(pairs), ids))
    return list(chain.from_iterable(_rows(known, *way) for way in _ways(pairs)))


def _names(pairs: Iterable[tuple[Definition, Rule]]) -> set[str]:
    return {name for _, rule in pairs for name in fields_of(rule)}


def _ways(pairs: Iterable[tuple[Definition, Rule]]) -> list[Way]:
    return [(one.pk, evaluator_of_many(rule), bool(rule.key)) for one, rule in pairs]


def _rows(known: Sequence[Gathered], definition: int, spans: Quick, is_keyed: bool) -> list[Row]:
    """What counts once by a key; a record that does not say what it belongs to is its own."""
    # Tuples are added, not unpacked: half as long, a million times.
    if is_keyed:
        return [(pk, definition) + (span if span[-1] else (*span[:-1], f"#{pk}")) + cuts
                for pk, _, facts, cuts in known for span in spans(facts)]  # fmt: skip
    return [(pk, definition) + span + cuts for pk, _, facts, cuts in known for span in spans(facts)]  # noqa: RUF005


def kept_rows(record: str, definitions: Collection[int], ids: Ids = None) -> list[Row]:
    """What the ledger holds now of these records, each line after its record's id."""
    rows = among(standing(record, definitions), ids, "subject_id")
    rows = rows.order_by("definition_id", "subject_id", "on", "since").values_list("subject_id", *Line._fields)
    return read_rows(rows, ZONE)


def by_record(rows: Iterable[Row]) -> dict[int, list[Line]]:
    """The lines of each record."""
    found: dict[int, list[Line]] = defaultdict(list)
    for pk, *line in rows:
        found[pk].append(Line._make(line))
    return found


def portions(record: str) -> Iterator[range]:
    """Ranges of ids that hold about as many records each; together they hold every id, of records now gone too."""
    ids = every(SOURCES[record].table).order_by("pk").values_list("pk", flat=True)
    starts = [0, *list(ids)[PORTION::PORTION], LAST]
    return (range(start, end) for start, end in pairwise(starts))


def kept(record: str, definitions: Collection[int], ids: Ids = None) -> dict[int, dict[Line, int]]:
    """What the ledger holds now of these records: line → its id."""
    rows = among(standing(record, definitions), ids, "subject_id")
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
    missing: Counter[int] = Counter()
    surplus: Counter[int] = Counter()
    known = rules(counted_definitions())
    for record, pairs in known.items():
        definitions = [one.pk for one, _ in pairs]
        for ids in portions(record):
            now, there = evaluated_rows(record, pairs, ids), kept_rows(record, definitions, ids)
            if now != there:
                missing.update(row[1] for row in set(now) - set(there))
                surplus.update(row[1] for row in set(there) - set(now))
    return tuple(
        Drift(one, missing[one.pk], surplus[one.pk])
        for pairs in known.values()
        for one, _ in pairs
        if missing[one.pk] or surplus[one.pk]
    )


def counted_definitions() -> list[Definition]:
    """The definitions that the ledger follows."""
    return list(Definition.objects.exclude(counted_at=None).select_related("indicator").order_by("pk"))
