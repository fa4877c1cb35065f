"""Brings the ledger of figures to the head of the journal, and counts anew where a definition is new."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import date, datetime

from django.db import OperationalError, connection
from django.db.models import Max

from grandunion.adapters.filling import Put, filling
from grandunion.adapters.patience import impatient, roomy, unswept
from grandunion.adapters.rows import insert_columns
from grandunion.engines.indicators import Rule
from grandunion.records.journal import Entry
from grandunion.records.parties import Organisation
from grandunion.records.plans import Counted, Cursor, Definition
from grandunion.work.actions.base import atomic
from grandunion.work.queries.plans.counting import end_of
from grandunion.work.queries.plans.evaluating import (
    NO_LINES,
    Line,
    Row,
    by_record,
    counted_definitions,
    drift,
    evaluated,
    evaluated_rows,
    gone,
    kept,
    kept_rows,
    portions,
    rules,
)
from grandunion.work.queries.plans.fields import KINDS, ONWARD, SOURCES, every, told_by
from grandunion.work.queries.plans.making import ZONE, day_of

LIMIT, PAGE = 5000, 500  # entries followed at once, by the worker and before a page is shown
PATIENCE = 300  # milliseconds
SMALL_HOURS = 2  # the hour of the night at which the ledger is held against a full count
BULK = 2000  # records counted at once
BEHIND = (
    "SELECT COALESCE((SELECT seq FROM records_head WHERE id = 1), 0), COALESCE((SELECT seq FROM records_cursor "
    "WHERE id = 1), 0), EXISTS (SELECT 1 FROM records_definition WHERE counted_at IS NULL)"
)
# Verbs that take rows of other tables away, so that nothing is left to count.
REMOVING = ("removed", "dropped", "taken_back", "purged", "erased", "struck", "merged")
Days = dict[int, dict[date, datetime]]  # record → days on which something was told of it → the last moment of each
Told = dict[str, Days]  # by record class
Version = tuple[datetime, frozenset[Line]]  # known from, and the lines


@dataclass(frozen=True, slots=True)
class Kept:
    """How far the ledger is: entries just followed, entries still to follow, and until when figures hold."""

    followed: int
    behind: int
    at: datetime


@dataclass(slots=True)
class Fresh:
    """A new line of a record, and from when until when it is known."""

    pk: int
    line: Line
    since: datetime
    until: datetime | None = None


def keep_up(*, at: datetime, limit: int = LIMIT) -> Kept:
    """Follow the journal, at most so many entries; cheap where nothing happened."""
    head, seq, has_new = _behind()
    if head <= seq and not has_new:
        return Kept(0, 0, at)
    with atomic():
        cursor = _held()
        if has_new:
            _count_new(at)
        followed = _follow(cursor, limit)
        behind = Entry.objects.filter(seq__gt=cursor.seq).count()
    return Kept(followed, behind, cursor.at if behind and cursor.at else at)


def keep_up_for_a_page(*, at: datetime) -> Kept:
    """Follow the journal as far as a page can wait: few entries, no new definition, and no waiting for a long write."""
    head, seq, _ = _behind()
    if head <= seq:
        return Kept(0, 0, at)
    try:
        with impatient(PATIENCE):
            cursor = _held()
            followed = _follow(cursor, PAGE)
            behind = Entry.objects.filter(seq__gt=cursor.seq).count()
    except OperationalError:  # somebody writes for long: the figures are as they were
        cursor, followed, behind = Cursor.objects.filter(pk=1).first(), 0, head - seq
    return Kept(followed, behind, cursor.at if behind and cursor and cursor.at else at)


def _behind() -> tuple[int, int, bool]:
    with connection.cursor() as asking:
        asking.execute(BEHIND)
        head, seq, has_new = asking.fetchone()
    return head, seq, bool(has_new)


def _held() -> Cursor:
    """The cursor, held until the transaction ends."""
    cursor, _ = Cursor.objects.select_for_update().get_or_create(pk=1)
    return cursor


def _follow(cursor: Cursor, limit: int) -> int:
    entries = list(
        Entry.objects.filter(seq__gt=cursor.seq).order_by("seq")
        .values_list("seq", "at", "verb", "subject_kind", "subject_id", "values")[:limit]
    )  # fmt: skip
    if not entries:
        return 0
    known = rules(counted_definitions())
    told = _told(entries, known)
    is_all = not Entry.objects.filter(seq__gt=entries[-1][0]).exists()
    for record, days in told.items():
        _count_portions(record, known[record], days, is_all=is_all)
    if any(verb.rsplit(".")[-1].endswith(REMOVING) for _, _, verb, *_ in entries):
        _forget_gone(known, entries[-1][1])
    cursor.seq, cursor.at = entries[-1][0], max(entry[1] for entry in entries)
    cursor.save()
    return len(entries)


def _portions(ids: Collection[int]) -> Iterable[list[int]]:
    listed = sorted(ids)
    return (listed[start : start + BULK] for start in range(0, len(listed), BULK))


def _told(entries: Sequence[tuple], known: Mapping[str, object]) -> Told:
    """Which records the entries may have changed, on which days."""
    subjects: dict[str, Days] = defaultdict(lambda: defaultdict(dict))
    for _, at, _, kind, pk, values in entries:
        if kind in KINDS and pk is not None:
            _told_on(subjects[kind][pk], at)
            for company in _former(kind, values):
                _told_on(subjects[Organisation.kind][company], at)
    found: Told = defaultdict(lambda: defaultdict(dict))
    for kind, days in subjects.items():
        for record, pairs in _reached(kind, list(days), known):
            _pass_on(found[record], days, pairs)
    return found


def _reached(kind: str, ids: list[int], known: Mapping[str, object]) -> Iterable[tuple[str, list[tuple[int, int]]]]:
    """The record classes that these subjects change, each with its records and who tells of them."""
    for record, path in told_by(kind):
        if record in known:
            yield record, _pairs(record, path, ids)
    for (source, record), onward in ONWARD.items():
        if source == kind and record in known:
            yield record, onward(ids)


def _told_on(days: dict[date, datetime], at: datetime) -> None:
    day = day_of(at)
    days[day] = max(at, days.get(day, at))


def _former(kind: str, values: Mapping) -> list[int]:
    """The companies that a project names in its changes, the one it had among them."""
    pair = values.get("company") if kind == "project" else None
    numbers = [one for one in pair if isinstance(one, str)] if isinstance(pair, list) else []
    return list(every(Organisation).filter(number__in=numbers).values_list("pk", flat=True)) if numbers else []


def _pairs(record: str, path: str, ids: list[int]) -> list[tuple[int, int]]:
    """The records of a class with the subject that tells of each."""
    if path == "pk":
        return [(pk, pk) for pk in ids]
    found: list[tuple[int, int]] = []
    for portion in _portions(ids):
        found += every(SOURCES[record].table).filter(**{f"{path}__in": portion}).values_list("pk", path)
    return found


def _pass_on(found: Days, days: Days, pairs: Iterable[tuple[int, int]]) -> None:
    for pk, parent in pairs:
        for at in days[parent].values():
            _told_on(found[pk], at)


def _count(record: str, pairs: Sequence, days: Days, *, is_all: bool = True) -> None:
    """Evaluate records day by day, the last day as they are now, and write what changed."""
    moments: dict[int, list[datetime | None]] = {}
    known: dict[tuple[int, datetime | None], datetime] = {}
    for pk, told in days.items():
        ordered = sorted(told)
        ends = [end_of(day) for day in ordered]
        moments[pk] = [*ends[:-1], None] if is_all else ends
        known |= {(pk, end): told[day] for end, day in zip(moments[pk], ordered, strict=True)}
    lines = {(pk, before): found for pk, before, found in evaluated(record, pairs, list(days), moments)}
    versions = {
        pk: [(known[pk, before], lines.get((pk, before), NO_LINES)) for before in wanted]
        for pk, wanted in moments.items()
    }
    _write(record, [one.pk for one, _ in pairs], versions)


def _write(record: str, definitions: list[int], versions: Mapping[int, Sequence[Version]]) -> tuple[int, int]:
    """Close the lines that no longer hold and open those that do; answers how many of each."""
    there = kept(record, definitions, list(versions) if len(versions) <= BULK else _reach(versions))
    closed: dict[datetime, list[int]] = defaultdict(list)
    fresh: list[Fresh] = []
    for pk, known in versions.items():
        held: dict[Line, object] = dict(there.get(pk, {}))
        for moment, lines in known:
            for line in held.keys() - lines:
                _end(held.pop(line), moment, closed)
            for line in lines - held.keys():
                held[line] = Fresh(pk, line, moment)
                fresh.append(held[line])
    fresh = [one for one in fresh if one.until != one.since]
    for moment, ids in closed.items():
        for portion in _portions(ids):
            rows = Counted.objects.filter(pk__in=portion)
            rows.filter(known_from__lt=moment).update(known_until=moment)
            rows.filter(known_from__gte=moment).delete()  # what was never known goes
    if fresh:
        rows, since = [(one.pk, *one.line) for one in fresh], [one.since for one in fresh]
        insert_columns(Counted, len(rows), _columns(record, rows, since, [one.until for one in fresh]))
    return sum(map(len, closed.values())), len(fresh)


def _reach(ids: Iterable[int]) -> range:
    """All ids from the least to the greatest."""
    return range(min(ids), max(ids) + 1)


def _columns(record: str, rows: Sequence[Row], since: Sequence[datetime], until: Sequence[datetime | None]) -> dict:
    """The columns of new lines, each given after its record's id."""
    columns = dict(zip(("subject_id", *Line._fields), zip(*rows, strict=True), strict=True))
    return {**columns, "subject_kind": [record] * len(rows), "known_from": since, "known_until": until}


def _end(held: object, moment: datetime, closed: dict[datetime, list[int]]) -> None:
    """End a line: one of this very run in its row, one of the table by its id."""
    if isinstance(held, Fresh):
        held.until = max(moment, held.since)
    else:
        closed[moment].append(held)


def _forget_gone(known: Mapping[str, Sequence], at: datetime) -> int:
    """Close the lines of records that are no longer there."""
    done = 0
    for record, pairs in known.items():
        definitions = [one.pk for one, _ in pairs]
        lost = gone(record, definitions)
        done += sum(_write(record, definitions, {pk: [(at, NO_LINES)] for pk in lost})) if lost else 0
    return done


def _count_new(at: datetime) -> None:
    """Count the definitions that nothing counts yet, day by day as the journal knew the records."""
    new = list(Definition.objects.filter(counted_at=None).select_for_update())
    if not new:
        return
    _end_uncounted(new, at)
    changed = set(Counted.objects.filter(definition__in=new).values_list("definition_id", flat=True).distinct())
    for record, pairs in rules(new).items():
        days = _all_days(record)
        _count_portions(record, [pair for pair in pairs if pair[0].pk not in changed], days)
        # What was counted by another wording was known by that one: the new one is known from now on.
        _count_portions(
            record, [pair for pair in pairs if pair[0].pk in changed], {pk: {day_of(at): at} for pk in days}
        )
    Definition.objects.filter(pk__in=[one.pk for one in new]).update(counted_at=at)


def _end_uncounted(new: Iterable[Definition], at: datetime) -> None:
    """Close the lines of definitions that count no records any more."""
    counting = {one.pk for pairs in rules(new).values() for one, _ in pairs}
    if ended := [one.pk for one in new if one.pk not in counting]:
        held = Counted.objects.filter(definition__in=ended, known_until=None)
        held.filter(known_from__lt=at).update(known_until=at)
        held.filter(known_from__gte=at).delete()


def _count_portions(record: str, pairs: Sequence, days: Days, *, is_all: bool = True) -> None:
    for ids in _portions(days) if pairs else ():
        _count(record, pairs, {pk: days[pk] for pk in ids}, is_all=is_all)


def _all_days(record: str) -> Days:
    """Every record of a class with the days on which the journal tells of it; else the day of its birth."""
    source, found = SOURCES[record], defaultdict(dict)
    for kind, path in source.told:
        days: Days = defaultdict(dict)
        for pk, at in Entry.objects.filter(subject_kind=kind).exclude(subject_id=None).values_list("subject_id", "at"):
            _told_on(days[pk], at)
        own = every(source.table).values_list("pk", path)
        _pass_on(found, days, [(pk, parent) for pk, parent in own if parent in days])
    for pk, born in every(source.table).values_list("pk", source.born):
        if not found.get(pk):
            _told_on(found[pk], born)
    return found


def check_nightly(*, at: datetime) -> int:
    """Once a night hold the ledger against a full count; what differs is remembered and told, not mended."""
    cursor = Cursor.objects.filter(pk=1).first()
    if cursor is None or _behind()[0] > cursor.seq or not _is_night(at, cursor.checked_at):
        return 0
    cursor.checked_at, cursor.drifted = at, len(drift())
    cursor.save(update_fields=["checked_at", "drifted"])
    return 1


def _is_night(at: datetime, checked_at: datetime | None) -> bool:
    """Whether the small hours of a day on which nobody looked have begun."""
    now = at.astimezone(ZONE)
    return now.hour >= SMALL_HOURS and (checked_at is None or day_of(checked_at) < now.date())


@unswept()
@roomy()
@atomic
def recount(*, at: datetime) -> tuple[int, int]:
    """Evaluate everything from the records and mend the ledger; answers how many lines were closed and opened."""
    cursor = _held()
    # What is told meanwhile is followed afterwards: it may be of records that are already evaluated.
    cursor.seq = Entry.objects.aggregate(last=Max("seq"))["last"] or 0
    _count_new(at)
    closed = opened = 0
    known = rules(counted_definitions())
    is_empty = not Counted.objects.exists()
    with filling(Counted) if is_empty else nullcontext() as put:
        for record, pairs in known.items():
            for ids in portions(record):
                done = _fill(put, record, pairs, ids, at) if put else _mend(record, pairs, ids, at)
                closed, opened = closed + done[0], opened + done[1]
    cursor.at, cursor.drifted = at, 0
    cursor.save()
    return closed, opened


def _fill(put: Put, record: str, pairs: Sequence[tuple[Definition, Rule]], ids: range, at: datetime) -> tuple[int, int]:
    """Write what a full count says of these records into an empty ledger, each definition's lines together."""
    now = evaluated_rows(record, pairs, ids)
    if now:
        put(len(now), _columns(record, now, [at] * len(now), [None] * len(now)))
    return 0, len(now)


def _mend(record: str, pairs: Sequence[tuple[Definition, Rule]], ids: range, at: datetime) -> tuple[int, int]:
    """Make the ledger of these records what a full count says; answers how many lines were closed and opened."""
    definitions = [one.pk for one, _ in pairs]
    now, there = evaluated_rows(record, pairs, ids), kept_rows(record, definitions, ids)
    if now == there:
        return 0, 0
    wanted, held = by_record(now), by_record(there)
    changed = [pk for pk in wanted.keys() | held.keys() if wanted.get(pk) != held.get(pk)]
    return _write(record, definitions, {pk: [(at, frozenset(wanted.get(pk, ())))] for pk in changed})
