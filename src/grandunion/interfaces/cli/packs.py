"""Checks a pack's files and loads them into the hub."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import REFUSED, err, say, speech, table
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.text import Text

PathOrName = Annotated[str, typer.Argument(help="A pack's folder, or the name of one that ships · 包目录或内置包名")]


def check(
    pack: PathOrName,
    notes: Annotated[bool, typer.Option(help="Also list what nobody has verified · 同时列出未核实内容")] = False,
) -> None:
    """Say what is wrong with a pack, by file and line · 检查包文件"""
    wake()
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


def load(pack: PathOrName) -> None:
    """Read a pack into the hub; run it again after every change · 加载包"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.upkeep.packs import load_pack
    from grandunion.work.queries.upkeep.packs import opened

    at = now()
    tally = load_pack(opened(pack), by=house(at), at=at)
    rows = [(section, tally.new[section], tally.changed[section], tally.same[section]) for section in tally.sections()]
    table((Text("section", "部分"), Text("new", "新增"), Text("changed", "变更"), Text("unchanged", "未变")), rows)
    say(f"{tally.changes} changes.", f"共 {tally.changes} 处变更。")


COMMANDS = {"check": check, "load": load}
