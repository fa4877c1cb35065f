"""Holds checked rows against the hub: which are new, which change what, which are there already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem
from grandunion.work.queries.upkeep.imports.cleaning import Row
from grandunion.work.queries.upkeep.imports.kinds import ORGANISATIONS, Kind
from grandunion.work.queries.upkeep.imports.known import Known, further, stored
from grandunion.work.queries.upkeep.imports.references import References

Changes = dict[str, tuple[object, object]]


@dataclass(slots=True)
class Changed:
    """A row that changes a record: its columns with what they were and will be, further names and labels."""

    row: Row
    pk: int
    number: str
    version: int
    changes: Changes
    aliases: tuple[str, ...] = ()
    labels: tuple[int, ...] = ()


@dataclass(slots=True)
class Judged:
    """A chunk of rows, judged."""

    new: list[Row] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def judge(kind: Kind, rows: Sequence[Row], known: Known, reader: Reader) -> Judged:
    """Every row as new, changed, unchanged or bad; new rows get what is worked out of their names."""
    judged, places = Judged(), {}
    for row in rows:
        ids = known.found(row.ref, row.values)
        if not ids and row.lacking:
            judged.problems.extend(row.lacking)
        elif not ids:
            judged.new.append(_derived(kind, row))
        elif len(ids) > 1:
            judged.problems.append(_torn(row))
        elif (earlier := known.taken.setdefault(pk := next(iter(ids)), row.number)) != row.number:
            judged.problems.append(_again(row, earlier))
        else:
            places[pk] = row
    if places:
        _compare(kind, places, reader, judged)
    return judged


def _derived(kind: Kind, row: Row) -> Row:
    if not row.derived:
        row.values = {**dict(kind.defaults), **row.values}
        row.values |= kind.derive(row.values)
        row.derived = True
    return row


def _torn(row: Row) -> Problem:
    return Problem(
        "", Text("Its identifiers belong to different records of the hub. Merge those first.",
                 "该行的标识分属平台中不同的记录，请先合并。"), row.number,
    )  # fmt: skip


def _again(row: Row, earlier: int) -> Problem:
    return Problem(
        "", Text(f"It speaks of the same record as row {earlier}.", f"与第 {earlier} 行对应同一条记录。"), row.number
    )


def _compare(kind: Kind, places: Mapping[int, Row], reader: Reader, judged: Judged) -> None:
    kept = stored(kind, places, reader)
    aliases, labels = further(places) if kind is ORGANISATIONS else ({}, {})
    for pk, row in places.items():
        now = kept.get(pk)
        if now is None:
            judged.problems.append(_closed(row))
            continue
        changes = differences(kind, row, now)
        mine = {str(now.get(name)) for name in ("name_zh", "name_en")}
        names = tuple(name for name in row.aliases if name not in aliases.get(pk, ()) and name not in mine)
        marks = tuple(label for label in row.labels if label not in labels.get(pk, ()))
        if changes or names or marks:
            judged.changed.append(Changed(row, pk, now["number"], now["version"], changes, names, marks))
        else:
            judged.unchanged += 1


def _closed(row: Row) -> Problem:
    return Problem("", Text("The record it belongs to is not open to you.", "该行对应的记录您无权查看。"), row.number)


def differences(kind: Kind, row: Row, now: Mapping[str, object]) -> Changes:
    """The columns that the row would change; an empty value changes nothing, nor do settled columns."""
    changes = {
        name: (now[name], value)
        for name, value in row.values.items()
        if name in now and value not in ("", None) and name not in kind.settled and now[name] != value
    }
    if changes.keys() & set(kind.named):
        derived = kind.derive({**now, **{name: value for name, (_, value) in changes.items()}})
        changes |= {name: (None, value) for name, value in derived.items()}
    return changes


def shown(changes: Changes, refers: References) -> tuple[tuple[str, str, str], ...]:
    """The differences as a person reads them: terms by their codes; worked-out columns left out."""
    return tuple(
        (name.removesuffix("_id"), *(_said(name, value, refers) for value in pair))
        for name, pair in changes.items()
        if name not in ("sort_key", "core_zh", "core_en")
    )


def _said(name: str, value: object, refers: References) -> str:
    if value is None:
        return ""
    if name.endswith("_id"):
        return refers.codes.get(value, str(value))
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    if isinstance(value, Mapping):
        text = "; ".join(f"{name}: {one}" for name, one in value.items())
    return text if len(text) <= 120 else text[:119] + "…"


def warned(kind: Kind, rows: Iterable[Row], known: Known, seen: dict[str, int]) -> Iterable[Problem]:
    """Names that stand in the hub or earlier in the file already, without their place and legal form."""
    if kind is not ORGANISATIONS:
        return
    for row in rows:
        for core in filter(None, (row.values.get("core_zh"), row.values.get("core_en"))):
            if number := known.cores.get(core):
                said = Text(f"The name resembles that of {number}.", f"名称与 {number} 相似。")
            elif (earlier := seen.setdefault(core, row.number)) != row.number:
                said = Text(f"The name resembles that of row {earlier}.", f"名称与第 {earlier} 行相似。")
            else:
                continue
            yield Problem("name_zh" if core == row.values.get("core_zh") else "name_en", said, row.number)
            break
