"""Writes the hub's figures as open data to a file."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say
from grandunion.interfaces.cli.waking import need_tables, now, wake


def export(
    file: Annotated[Path, typer.Argument(help="Where to write the zip · 输出的 zip 文件")] = Path("open-data.zip"),
) -> None:
    """Write what anybody may know of the figures as a Data Package · 导出开放数据包"""
    wake()
    need_tables()
    from grandunion.work.queries.plans.opentables import package

    size = file.write_bytes(package(now()))
    say(f"{size:,} bytes → {file}", f"已写入 {file}（{size:,} 字节）")


COMMANDS = {"export": export}
