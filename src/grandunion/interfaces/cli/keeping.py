"""Backs the hub up into one file, and restores it from one."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.checking import is_whole
from grandunion.interfaces.cli.saying import REFUSED, say
from grandunion.interfaces.cli.waking import bring_tables, need_tables, now, wake


def backup(file: Annotated[Path, typer.Argument(help="A new file, .tar or .tar.gz · 备份文件")]) -> None:
    """Write database and files into one proved file, while the hub is served · 备份"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.upkeep.backups import back_up

    at = now()
    manifest = back_up(file.resolve(), by=house(at), at=at)
    size = file.stat().st_size / 1024 / 1024
    say(
        f"{file}: {len(manifest.parts)} parts, {size:.1f} MB. Keep it on another machine.",
        f"{file}：共 {len(manifest.parts)} 项，{size:.1f} MB。请保存到另一台机器。",
    )


def restore(
    file: Annotated[Path, typer.Argument(help="A backup · 备份文件")],
    replace: Annotated[bool, typer.Option("--replace", help="Put it in the place of a hub · 替换现有平台")] = False,
) -> None:
    """Prove a backup, put it in place, and check the hub · 恢复备份"""
    wake()
    from grandunion.terms.readers import house
    from grandunion.work.actions.upkeep.backups import restore as put_back

    at = now()
    manifest = put_back(file.resolve(), by=house(at), at=at, is_replacing=replace)
    bring_tables()
    say(f"Restored as of {manifest.made_at}.", f"已恢复至 {manifest.made_at} 的状态。")
    if not is_whole():
        raise typer.Exit(REFUSED)


COMMANDS = {"backup": backup, "restore": restore}
