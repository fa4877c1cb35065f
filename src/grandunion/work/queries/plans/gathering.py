"""Gathers the facts of many records in a few queries, as they are now and as they were at earlier moments."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from operator import itemgetter
from typing import NamedTuple

from django.db.models import QuerySet

from grandunion.adapters.reading import read_rows
from grandunion.engines.indicators import as_then, came, stands
from grandunion.records.journal import Entry, Step
from grandunion.records.lists import Term
from grandunion.records.parties import Organisation
from grandunion.terms.counting import CLASSES, Dimension
from grandunion.work.queries.plans.fields import MADE, PLANNED, SOURCES, Ids, Source, among, every
from grandunion.work.queries.plans.making import BESIDE, ZONE, Make, day_of, maker

LISTS = {"area": "areas", "field": "fields", "industry": "industries"}
CHUNK = 5000
NAMED = {Dimension.PARTNER: "host_partner"}


class Gathered(NamedTuple):
    """A record's facts at a moment (None: now), with the ids of what it is cut by, in the order of `Dimension`."""

    pk: int
    before: datetime | None
    facts: dict[str, object]
    cuts: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read of a record class: which fields as they stand, what beside them, and what is worked out of it."""

    record: str
    source: Source
    plain: tuple[str, ...]
    cuts: tuple[str | None, ...]
    has_steps: bool
    make: Make

    @property
    def columns(self) -> tuple[str, ...]:
        """The paths read of each row: its id, its birth, its fields, its cuts."""
        fields = CLASSES[self.record].fields
        paths = [self.source.path(self.record, name) if name in fields else name for name in self.plain]
        return "pk", self.source.born, *paths, *(path for path in self.cuts if path)

    @property
    def split(self) -> Callable[[tuple], tuple[dict[str, object], tuple[int | None, ...]]]:
        """What makes the fields and the cuts of a row."""
        plain, end = self.plain, 2 + len(self.plain)
        places = count(end)
        cut = itemgetter(*[next(places) if path else -1 for path in self.cuts])
        return lambda row: (dict(zip(plain, row[2:end], strict=True)), cut((*row, None)))


def gather(
    record: str, names: Iterable[str], ids: Ids = None, moments: Mapping[int, Sequence[datetime | None]] | None = None
) -> Iterator[Gathered]:
    """The facts of these records now; or, for each, as they were before its `moments` (not where it was born later)."""
    source, fields = SOURCES[record], CLASSES[record].fields
    wanted = (set(names) | {"state"}) & set(fields)
    made = MADE.get(record, frozenset()) & wanted
    plain = dict.fromkeys([*sorted(wanted - made), *(BESIDE.get(record, ()) if made else ())])
    reading = Reading(
        record, source, tuple(plain), tuple(source.dimensions.get(one) for one in Dimension),
        "state" in wanted and bool(source.flow), maker(record, made, ids),
    )  # fmt: skip
    rows = among(every(source.table), ids).order_by("pk").values_list(*reading.columns)
    return _now(reading, rows, ids) if moments is None else _before(reading, rows, ids, moments)


def _now(reading: Reading, rows: QuerySet, ids: Ids) -> Iterator[Gathered]:
    split, make, none, is_walked = reading.split, reading.make, [], reading.has_steps
    walks: dict[int, list[tuple[date, str]]] = defaultdict(list)
    for pk, day, target in read_rows(_steps(reading, ids), ZONE) if reading.has_steps else ():
        walks[pk].append((day, target))
    for row in read_rows(rows, ZONE):
        pk = row[0]
        facts, cuts = split(row)
        if is_walked:
            _walked(facts, walks.get(pk, none))
        make(pk, facts, None)
        yield Gathered(pk, None, facts, cuts)


def _before(
    reading: Reading, rows: QuerySet, ids: Ids, moments: Mapping[int, Sequence[datetime | None]]
) -> Iterator[Gathered]:
    earliest = min((one for ones in moments.values() for one in ones if one), default=None)
    later = _later(reading.source, ids, earliest) if earliest else {}
    steps: dict[int, list[tuple[datetime, date, str]]] = defaultdict(list)
    for pk, at, target in _steps(reading, ids).iterator(CHUNK) if reading.has_steps else ():
        steps[pk].append((at, day_of(at), target))
    for row in rows.iterator(CHUNK):
        for before in moments[row[0]]:
            if before is None or row[1] < before:
                yield _gathered(reading, row, before, steps.get(row[0], ()), later.get(row[0], ()))


def _gathered(
    reading: Reading, row: tuple, before: datetime | None, steps: Sequence[tuple], later: Sequence[tuple]
) -> Gathered:
    facts, cuts = reading.split(row)
    if before is not None:
        changes = [values for at, values in later if at >= before]
        facts, cuts = _then(reading.record, facts, cuts, changes, before)
        steps = [one for one in steps if one[0] < before]
    for name, value in facts.items():
        if isinstance(value, datetime):
            facts[name] = day_of(value)
    _walked(facts, [one[1:] for one in steps])
    reading.make(row[0], facts, before)
    return Gathered(row[0], before, facts, cuts)


def _walked(facts: dict[str, object], steps: list[tuple[date, str]]) -> None:
    """The steps of a record, and what is asked of them many times."""
    facts["steps"] = steps
    facts["came"] = came(steps)
    if "state" in facts:
        facts["stood"] = stands(facts)


def _steps(reading: Reading, ids: Ids) -> QuerySet:
    """The steps of these records, the oldest of each first."""
    rows = among(Step.objects.filter(flow=reading.source.flow), ids, "subject_id")
    return rows.order_by("subject_id", "at", "pk").values_list("subject_id", "at", "target")


def _later(source: Source, ids: Ids, earliest: datetime) -> Mapping[int, list[tuple[datetime, dict]]]:
    """The changes of each record that the journal tells of since a moment, in their order."""
    found: dict[int, list[tuple[datetime, dict]]] = defaultdict(list)
    read = _own_entries if source.told[0][1] == "pk" else _marked if source.marker else None
    for pk, at, values in read(source, ids, earliest) if read else ():
        found[pk].append((at, values))
    return found


def _own_entries(source: Source, ids: Ids, earliest: datetime) -> Iterable[tuple[int, datetime, dict]]:
    rows = among(Entry.objects.filter(subject_kind=source.told[0][0], at__gte=earliest), ids, "subject_id")
    return rows.order_by("seq").values_list("subject_id", "at", "values")


def _marked(source: Source, ids: Ids, earliest: datetime) -> Iterator[tuple[int, datetime, dict]]:
    """What entries of the parent say of these rows, which they name by their number."""
    kind, path = source.told[0]
    rows = among(every(source.table), ids)
    known = {number: (pk, parent) for pk, number, parent in rows.values_list("pk", "number", path)}
    parents = {parent for _, parent in known.values()}
    entries = Entry.objects.filter(subject_kind=kind, subject_id__in=parents, at__gte=earliest).order_by("seq")
    for at, values in entries.values_list("at", "values"):
        named = values.get(source.marker)
        if isinstance(named, list) and named[-1] in known:
            yield known[named[-1]][0], at, {key: pair for key, pair in values.items() if key != "state"}


def _then(
    record: str, facts: dict, cuts: tuple[int | None, ...], later: Sequence[dict], before: datetime
) -> tuple[dict, tuple[int | None, ...]]:
    """Facts and cuts as they were before a moment: later changes taken back, what had not happened yet unknown."""
    fields = CLASSES[record].fields
    found = as_then(record, facts, later, _id_of) if later else dict(facts)
    for name, value in found.items():
        if isinstance(value, datetime) and value >= before and name not in PLANNED:
            found[name] = None
    is_own = SOURCES[record].told[0][1] == "pk"
    return found, _cuts_then(cuts, later) if later and is_own and fields else cuts


def _cuts_then(cuts: tuple[int | None, ...], later: Sequence[dict]) -> tuple[int | None, ...]:
    """What a record was cut by, before later changes."""
    found = []
    for one, place in zip(Dimension, cuts, strict=True):
        name = NAMED.get(one, one.value)
        pairs = [changes.get(name) or changes.get(f"{name}_id") for changes in later]
        first = next((pair for pair in pairs if isinstance(pair, list) and len(pair) == 2), None)
        found.append(_id_of(one.value, first[0]) if first else place)
    return tuple(found)


def _id_of(name: str, written: object) -> int | None:
    """The id of a record that the journal names by its number, its code or its id."""
    if written is None or isinstance(written, int):
        return written
    if name in LISTS:
        return Term.objects.filter(list=LISTS[name], code=written).values_list("pk", flat=True).first()
    return every(Organisation).filter(number=written).values_list("pk", flat=True).first()
