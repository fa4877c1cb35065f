"""Exports a list: exactly the rows and columns that one user sees."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say, speech
from grandunion.interfaces.cli.waking import reader_named


def export(
    kind: Annotated[
        str, typer.Argument(help="organisations | persons | achievements | needs | need_answers | projects …")
    ],
    file: Annotated[Path, typer.Argument(help="A name ending in .csv, .xlsx or .jsonl · 输出文件")],
    as_: Annotated[str, typer.Option("--as", help="Whose eyes: an account's e-mail address · 以谁的身份导出")],
    every_column: Annotated[
        bool, typer.Option("--every-column", help="Also hidden columns · 包括默认隐藏的列")
    ] = False,
    archived: Annotated[bool, typer.Option("--archived", help="With what was archived · 包括已归档记录")] = False,
) -> None:
    """Write what this user sees of a list to a file · 导出数据"""
    reader = reader_named(as_)
    from grandunion.work.queries.upkeep.exports import export as exported

    language = "en" if speech.language == "en" else "zh"
    count = exported(kind, file, reader, language, every_column=every_column, is_whole=archived)
    say(f"{count} rows → {file}", f"已导出 {count} 行 → {file}")


COMMANDS = {"export": export}
