"""Ties as a table for a spreadsheet: written for whoever may read them, read back row by row."""

from collections.abc import Iterator
from pathlib import Path

from grandunion.adapters.tables import open_table, writer_for
from grandunion.terms.matches import TieKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem
from grandunion.work.queries.matches.ties import Told, page_of_ties

HEADS = {
    "number": Text("Tie", "关联编号"),
    "one": Text("One side (number or full name)", "一方（编号或全称）"),
    "one_name": Text("One side, name", "一方名称"),
    "other": Text("Other side (number or full name)", "另一方（编号或全称）"),
    "other_name": Text("Other side, name", "另一方名称"),
    "kind": Text("Kind of tie", "关联类型"),
    "source": Text("Known from", "信息来源"),
    "state": Text("State", "状态"),
    "reason": Text("What was found", "核实情况"),
    "declared": Text("Declared on", "申报日期"),
}
WANTED = ("one", "other", "kind", "source")
CALLED = {said.casefold(): code for code, head in HEADS.items() for said in (code, head.en, head.zh)}
Row = dict[str, str]


def write_ties(path: Path, reader: Reader, language: str) -> int:
    """Write all ties the reader may read, with their names in one language; answers how many."""
    writer = writer_for(path, list(HEADS), [head.in_(language) for head in HEADS.values()], "ties")
    count, after = 0, ""
    try:
        while True:
            found, after = page_of_ties(reader, after=after)
            for one in found:
                writer.write(_cells(one, language))
            count += len(found)
            if not after:
                return count
    finally:
        writer.close()


def _cells(found: Told, language: str) -> list[object]:
    tie = found.tie
    return [
        tie.number, found.one.number, found.one.name.in_(language), found.other.number, found.other.name.in_(language),
        TieKind(tie.tie_kind).text.in_(language), tie.source, found.state.text.in_(language), tie.settled_why,
        tie.declared_at.date(),
    ]  # fmt: skip


def read_ties(path: Path, format: str = "") -> list[tuple[int, Row]]:
    """The rows of a table with their place in the file; heads are codes or as they are written out.

    Raises Invalid where the file cannot be read, a row is broken or a column is missing.
    """
    table = open_table(path, format=format)
    called = {head: CALLED.get(head.strip().casefold(), "") for head in table.columns}
    there = set(called.values())
    if "number" not in there and (missing := [HEADS[code] for code in WANTED if code not in there]):
        said = Text("There is no column “{head}”.", "缺少“{head}”一列。")
        raise Invalid(*(Problem("file", said.fill(head=head)) for head in missing))
    return list(_rows(table.rows(), called))


def _rows(rows: Iterator[tuple[int, object]], called: dict[str, str]) -> Iterator[tuple[int, Row]]:
    for number, cells in rows:
        if isinstance(cells, Text):
            raise Invalid(Problem("file", cells, number))
        yield number, {called[head]: str(cell).strip() for head, cell in cells.items() if called.get(head)}
