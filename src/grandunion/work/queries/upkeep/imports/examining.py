"""Examines a whole file before anything is written: counts, differences, warnings, and every bad row."""

import pickle
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from pathlib import Path
from typing import BinaryIO

from grandunion.adapters.packs.mappings import Mapping as ImportMapping
from grandunion.adapters.tables import TableFile, open_table
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem, invalid
from grandunion.work.queries.upkeep.imports.cleaning import (
    Cleaner,
    Progress,
    Row,
    citizen_column,
    refuse_column,
)
from grandunion.work.queries.upkeep.imports.judging import Judged, judge, shown, warned
from grandunion.work.queries.upkeep.imports.kinds import Kind, kind_of
from grandunion.work.queries.upkeep.imports.known import Known, known
from grandunion.work.queries.upkeep.imports.references import References, references

CHUNK = 2000
MOST_PROBLEMS = 10_000  # kept with their sentences; more are counted
MOST_WARNINGS = 1000
FIRST = 10  # changed rows that are shown field by field
MOST_JOINED = 200_000


@dataclass(frozen=True, slots=True)
class Difference:
    """A changed row as a person reads it: the record, and (field, before, after)."""

    row: int
    number: str
    fields: tuple[tuple[str, str, str], ...]


@dataclass
class Examination:
    """What an import would do. The checked rows wait in a temporary file that closes with this object."""

    kind: Kind
    mapping: ImportMapping
    note: str
    refers: References
    spool: BinaryIO = field(default_factory=tempfile.TemporaryFile)
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    bad: int = 0
    skipped: int = 0
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    warned: int = 0
    differences: list[Difference] = field(default_factory=list)
    absent_columns: tuple[str, ...] = ()

    @property
    def is_sound(self) -> bool:
        """Whether the file can be written: all rows or none."""
        return not self.bad

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged

    @property
    def idle(self) -> Text | None:
        """Why a sound file would write nothing, and what to do; None where there is something to write or mend."""
        if self.bad or self.new or self.changed:
            return None
        if self.unchanged:
            return Text("Everything in this file is in the hub already.", "文件内容均已在平台中，无需写入。")
        if self.skipped:
            return Text(
                "Every row was left out: this mapping takes none of them.", "所有行均被跳过：所选映射不取用这些行。"
            )
        return Text(
            "The file has no rows below its header. Fill in one row for each record and send it again.",
            "文件只有表头，没有数据行。请在表头下逐行填写后重新上传。",
        )

    def chunks(self) -> Iterator[list[Row]]:
        """The checked rows, as they were put aside."""
        self.spool.seek(0)
        while True:
            try:
                yield pickle.load(self.spool)  # noqa: S301 - written by ourselves a moment ago
            except EOFError:
                return

    def complain(self, problems: tuple[Problem, ...] | list[Problem]) -> None:
        """Count a bad row and keep what is wrong with it."""
        self.bad += 1
        if len(self.problems) < MOST_PROBLEMS:
            self.problems.extend(problems)


def examine(
    table: TableFile, mapping: ImportMapping, reader: Reader, *,
    joins: dict[str, Path] | None = None, is_template: bool = False, progress: Progress = lambda done: None,
) -> Examination:  # fmt: skip
    """Read, convert, check and compare every row; writes nothing. Raises Refused for a file as a whole."""
    joined = {join.name: _join(joins[join.name], join.with_) for join in mapping.joins if join.name in (joins or {})}
    refers = references(with_organisations=kind_of(mapping.kind).needs_owners, with_persons=mapping.kind == "offers")
    cleaner = Cleaner(mapping, refers, joined, columns=table.columns, is_template=is_template)
    found = Examination(cleaner.kind, mapping, cleaner.note, refers, absent_columns=_absent(table, mapping))
    there, seen, cores = known(cleaner.kind, mapping.source.kind), {}, {}
    rows = _cleaned(table, cleaner, found, seen)
    while chunk := list(islice(rows, CHUNK)):
        judged = judge(cleaner.kind, chunk, there, reader)
        _count(found, judged)
        _warn(found, judged, there, cores)
        pickle.dump(chunk, found.spool, protocol=5)
        progress(found.total + found.bad)
    return found


def _cleaned(table: TableFile, cleaner: Cleaner, found: Examination, seen: dict) -> Iterator[Row]:
    for number, cells in table.rows():
        if isinstance(cells, Text):
            found.complain([Problem("", cells, number)])
            continue
        if column := citizen_column(cells):
            raise refuse_column(column, number)
        if cleaner.left_out(cells):
            found.skipped += 1
            continue
        row = cleaner.clean(number, cells)
        if isinstance(row, Row) and (twice := _twice(row, cleaner.kind, seen)):
            row = (twice,)
        if isinstance(row, Row):
            yield row
        else:
            found.complain(row)


def _twice(row: Row, kind: Kind, seen: dict[tuple[str, object], int]) -> Problem | None:
    """A key that stood in an earlier row of the file."""
    for name, value in (("source_ref", row.ref), *((name, row.values.get(name)) for name in kind.unique)):
        if value and (earlier := seen.setdefault((name, value), row.number)) != row.number:
            said = Text(f"“{value}” stands in row {earlier} already.", f"“{value}”已在第 {earlier} 行出现。")
            return Problem(name, said, row.number)
    return None


def _count(found: Examination, judged: Judged) -> None:
    found.new += len(judged.new)
    found.changed += len(judged.changed)
    found.unchanged += judged.unchanged
    for _, problems in groupby(judged.problems, key=lambda one: one.row):
        found.complain(list(problems))
    for one in judged.changed[: FIRST - len(found.differences)]:
        added = (*(("aliases", "", name) for name in one.aliases),
                 *(("labels", "", found.refers.codes.get(label, "")) for label in one.labels))  # fmt: skip
        fields = (*shown(one.changes, found.refers), *added)
        found.differences.append(Difference(one.row.number, one.number, fields))


def _warn(found: Examination, judged: Judged, there: Known, cores: dict[str, int]) -> None:
    for warning in warned(found.kind, judged.new, there, cores):
        found.warned += 1
        if len(found.warnings) < MOST_WARNINGS:
            found.warnings.append(warning)


def _join(path: Path, key: str) -> dict[str, dict]:
    """A second file by its key; the first row of a key counts."""
    rows: dict[str, dict] = {}
    for number, cells in open_table(path).rows():
        if isinstance(cells, Text):
            raise invalid(path.name, f"Row {number}: {cells.en}", f"第 {number} 行：{cells.zh}")
        rows.setdefault(str(cells.get(key, "")).strip(), cells)
        if len(rows) > MOST_JOINED:
            raise invalid(path.name, f"A joined file has at most {MOST_JOINED:,} rows.",
                          f"关联文件最多 {MOST_JOINED:,} 行。")  # fmt: skip
    return rows


def _absent(table: TableFile, mapping: ImportMapping) -> tuple[str, ...]:
    """Targets none of whose columns the file has; refuses a file that has none of the mapping's columns."""
    if not table.columns:
        return ()
    there = set(table.columns)
    absent = tuple(rule.target for rule in mapping.fields if not there & set(rule.columns))
    if mapping.fields and len(absent) == len(mapping.fields):
        wanted = ", ".join(sorted({rule.columns[0] for rule in mapping.fields})[:12])
        shown_columns = ", ".join(table.columns[:12])
        raise invalid(
            "file",
            f"The file has none of the columns this mapping reads ({wanted}). It has: {shown_columns}.",
            f"文件中没有该映射所需的列（{wanted}）。文件的列为：{shown_columns}。",
        )
    return absent
