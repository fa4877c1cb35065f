"""Plans a round from a spreadsheet or from the hub, and writes who meets whom, when and at which table."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import REFUSED, err, say, speech, table
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Invalid, Problem, Refused, invalid

TABLES = ("members", "slots", "pairs")
ENDINGS = (".xlsx", ".csv")


def plan(
    source: Annotated[
        str, typer.Argument(help="XLSX, a folder with members.csv, pairs.csv, slots.csv, or a round's number · 来源")
    ],
    fair: Annotated[bool, typer.Option("--fair", help="Best for whoever comes off worst · 优先保障最弱方")] = False,
    out: Annotated[Path | None, typer.Option(help="Write the plan: .xlsx, or .csv for the meetings · 输出")] = None,
) -> None:
    """Assign a whole round; 2 where a minimum or a fixed pair cannot be kept · 编排专场"""
    if out is not None and out.suffix not in ENDINGS:
        raise invalid("--out", "Write a name that ends in .xlsx or .csv.", "文件名应以 .xlsx 或 .csv 结尾。")
    wake()
    from grandunion.terms.rounds import Objective
    from grandunion.work.queries.matches.round_sheets import assign

    found = _stored(source) if source.upper().startswith("RND-") else _read(Path(source))
    if fair:
        found = replace(found, objective=Objective.WORST_OFF)
    answer = assign(found)
    if out is None:
        _print(found, answer.meetings)
    else:
        _write(found, answer.meetings, out)
    _tell(answer)
    names = {one.key: one.name for one in (*found.firsts, *found.seconds)}
    for one in answer.unplaced:
        err.print(f"{speech.line(names[one.key])}: {speech.line(one.reason)}", style="yellow")
    if not answer.is_complete:
        raise typer.Exit(REFUSED)


def _stored(number: str) -> object:
    """The plan of a round of the hub, as the house sees it, everybody by the number of what they bring."""
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.queries import matches
    from grandunion.work.queries.matches.round_files import stored_plan

    try:
        return stored_plan(matches.get_round(number.upper(), house(now())))
    except Absent as absent:
        said = Text(f"There is no round {number}.", f"没有专场 {number}。")
        raise Refused(said, (Problem("source", said),)) from absent


def _read(path: Path) -> object:
    """The plan in a workbook or a folder of CSV; every fault by table, column and row of the sheet."""
    from grandunion.work.queries.matches.round_sheets import plan_of, read_book

    if not path.exists():
        raise invalid("source", f"There is no “{path}”.", f"找不到“{path}”。")
    tables = _folder(path) if path.is_dir() else read_book(path)
    if not tables.get("members") or "pairs" not in tables:
        raise invalid("source", "Needed: the tables members and pairs.", "需要 members 和 pairs 两张表。")
    try:
        return plan_of(tables["members"], tables.get("slots", ()), tables["pairs"])
    except Invalid as wrong:  # rows as a spreadsheet counts them, under the header
        raise Invalid(*(replace(one, row=one.row + 1 if one.row else None) for one in wrong.problems)) from wrong


def _folder(path: Path) -> dict[str, list[Mapping[str, str]]]:
    from grandunion.work.queries.matches.round_sheets import open_table

    found: dict[str, list[Mapping[str, str]]] = {}
    for name in TABLES:
        if (file := path / f"{name}.csv").exists():
            rows = list(open_table(file).rows())
            broken = [Problem(name, row, number) for number, row in rows if isinstance(row, Text)]
            if broken:
                raise Invalid(*broken)
            found[name] = [row for _, row in rows]
    return found


def _print(found: object, meetings: Sequence) -> None:
    from grandunion.work.queries.matches.round_sheets import sittings

    heads = [Text("Time", "时段"), Text("Table", "桌号"), Text("One side", "需求方"), Text("Other side", "供给方"),
             Text("Worth", "分值")]  # fmt: skip
    table(heads, [
        (sitting.name, one.table, one.first.name, one.second.name, one.meeting.value)
        for sitting in sittings(found, meetings) for one in sitting.seatings
    ])  # fmt: skip


def _write(found: object, meetings: Sequence, out: Path) -> None:
    from grandunion.work.queries.matches.round_files import tables_from
    from grandunion.work.queries.matches.round_sheets import harmless_cell, write_book

    tables = tables_from(found, meetings)
    if out.suffix == ".xlsx":
        write_book(out, tables)
    else:
        columns, rows = tables["meetings"]
        with out.open("w", encoding="utf-8-sig", newline="") as file:
            line = csv.writer(file)
            line.writerow(columns)
            line.writerows([harmless_cell(row[column]) for column in columns] for row in rows)
    say(f"{len(meetings)} meetings → {out}", f"{len(meetings)} 场会谈 → {out}")


def _tell(answer: object) -> None:
    gap = float(answer.gap) * 100
    en = "nothing better is possible" if answer.exact and not gap else f"at most {gap:.1f} % better is possible"
    zh = "已证明为最优" if answer.exact and not gap else f"最多还可提高 {gap:.1f}%"
    say(f"{len(answer.meetings)} meetings, worth {answer.total} in all; worst off {answer.worst}; {en}.",
        f"{len(answer.meetings)} 场会谈，总分 {answer.total}；最弱方 {answer.worst}；{zh}。")  # fmt: skip


COMMANDS = {"plan": plan}
