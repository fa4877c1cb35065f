"""Ties between parties out to a spreadsheet and in from one."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say, speech
from grandunion.interfaces.cli.waking import reader_named
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused

Eyes = Annotated[str, typer.Option("--as", help="Who does it: an account's e-mail address · 以谁的身份办理")]


def export(
    file: Annotated[Path, typer.Argument(help="A name ending in .csv, .xlsx or .jsonl · 输出文件")], as_: Eyes
) -> None:
    """Write the ties this user may read to a file · 导出关联关系"""
    by = reader_named(as_)
    from grandunion.work.queries.matches.tie_files import write_ties

    count = write_ties(file, by, "en" if speech.language == "en" else "zh")
    say(f"{count} ties → {file}", f"已导出 {count} 条关联关系 → {file}")


def import_(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, JSON or JSON lines · 数据文件")], as_: Eyes
) -> None:
    """Declare, settle and end ties out of a file, all of it or nothing · 导入关联关系"""
    by = reader_named(as_)
    from grandunion.work.actions.matches import import_ties
    from grandunion.work.queries.matches.tie_files import read_ties

    if not file.exists():
        raise Refused(Text(f"There is no “{file}”.", f"找不到“{file}”。"))
    done = import_ties(read_ties(file), by=by, at=by.at)
    new, settled, ended, same = (done[what] for what in ("declared", "settled", "ended", "unchanged"))
    say(f"Declared {new}, settled {settled}, ended {ended}, unchanged {same}.",
        f"新申报 {new} 条，核实 {settled} 条，终止 {ended} 条，未变 {same} 条。")  # fmt: skip


COMMANDS = {"export": export, "import": import_}
