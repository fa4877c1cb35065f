"""Exports a list: exactly the rows and columns that one user sees."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say, speech
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused


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
    wake()
    need_tables()
    from grandunion.work.queries.parties import reader_of, user_by_email
    from grandunion.work.queries.upkeep.exports import export as exported

    user = user_by_email(as_)
    if user is None:
        raise Refused(Text(f"There is no account “{as_}”.", f"没有账户“{as_}”。"))
    language = "en" if speech.language == "en" else "zh"
    count = exported(kind, file, reader_of(user, now()), language, every_column=every_column, is_whole=archived)
    say(f"{count} rows → {file}", f"已导出 {count} 行 → {file}")


COMMANDS = {"export": export}
