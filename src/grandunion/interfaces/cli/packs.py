"""Checks a pack's files and loads them into the hub."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import REFUSED, err, say, speech

PathOrName = Annotated[str, typer.Argument(help="A pack's folder, or the name of one that ships · 包目录或内置包名")]


def check(
    pack: PathOrName,
    notes: Annotated[bool, typer.Option(help="Also list what nobody has verified · 同时列出未核实内容")] = False,
) -> None:
    """Say what is wrong with a pack, by file and line · 检查包文件"""
    from grandunion.work.queries.upkeep.packs import checked

    mistakes, unverified = checked(pack)
    for problem in (*mistakes, *(unverified if notes else ())):
        err.print(speech.of(problem))
    if mistakes:
        raise typer.Exit(REFUSED)
    say(
        f"The pack {Path(pack).name} has no mistakes; {len(unverified)} facts are unverified.",
        f"包 {Path(pack).name} 没有错误；有 {len(unverified)} 项内容未核实。",
    )


COMMANDS = {"check": check}
