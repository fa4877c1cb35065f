"""Imports a file: shows what it would change, asks, and writes all of it or nothing."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.counting import counting
from grandunion.interfaces.cli.saying import REFUSED, complain, err, out, placed, say, speech, table
from grandunion.interfaces.cli.waking import is_terminal, need_tables, now, wake
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused, invalid

KindCode = Annotated[str, typer.Argument(help="organisations | persons | achievements | needs | projects")]
FIRST_WARNINGS = 10


def import_(
    kind: KindCode,
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, JSON or JSON lines, also .gz · 数据文件")],
    mapping: Annotated[str, typer.Option(help="A mapping's name or file; left out: our template · 映射")] = "template",
    join: Annotated[list[str] | None, typer.Option(help="NAME=FILE, a second file · 关联文件")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only look · 仅预览")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Write without asking · 直接写入")] = False,
) -> None:
    """Import a file; nothing is written before you have seen what changes · 导入数据"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.queries.upkeep import mappings
    from grandunion.work.queries.upkeep.imports import examine

    by, wanted = house(now()), mappings.mapping_of(mapping, kind)
    joins = dict(_pair(one) for one in join or ())
    source = mappings.table_of(file, wanted)
    with counting(Text("Checking", "检查")) as progress:
        found = examine(
            source, wanted, by, joins=joins, is_template=wanted.name == mappings.TEMPLATE, progress=progress
        )
    preview(found)
    if not found.is_sound:
        complain(Refused(Text("Nothing was written: correct the bad rows and import again.",
                              "未写入任何数据：请更正问题行后重新导入。"), tuple(found.problems)))  # fmt: skip
        raise typer.Exit(REFUSED)
    if found.idle:
        say(f"Nothing was written. {found.idle.en}", f"未写入任何数据。{found.idle.zh}")
        return
    if dry_run:
        say("Nothing was written.", "未写入任何数据。")
        return
    if not yes and not confirmed(found.new + found.changed):
        say("Nothing was written.", "未写入任何数据。")
        raise typer.Exit(REFUSED)
    _write(found, file, by)


def _pair(written: str) -> tuple[str, Path]:
    name, _, path = written.partition("=")
    if not path:
        raise invalid("--join", f"“{written}”: write NAME=FILE.", f"“{written}”应写成 名称=文件。")
    return name, Path(path)


def preview(found: object) -> None:
    """The counts, the first changed rows field by field, the first warnings."""
    heads = [Text("new", "新增"), Text("changed", "变更"), Text("unchanged", "未变"), Text("bad", "错误"),
             Text("left out", "跳过")]  # fmt: skip
    table(heads, [(found.new, found.changed, found.unchanged, found.bad, found.skipped)])
    for one in found.differences:
        out.print(speech.line(Text(f"row {one.row} changes {one.number}", f"第 {one.row} 行变更 {one.number}")))
        for field, before, after in one.fields:
            out.print(f"    {field}: {before or '—'} → {after}")
    if found.absent_columns:
        names = ", ".join(found.absent_columns)
        say(f"The file has no column for: {names}.", f"文件中没有以下字段的列：{names}。")
    for warning in found.warnings[:FIRST_WARNINGS]:
        err.print(f"{speech.line(Text('look', '注意'))}: {placed(warning)}{speech.line(warning.text)}", style="yellow")
    if found.warned > FIRST_WARNINGS:
        more = found.warned - FIRST_WARNINGS
        err.print(speech.line(Text(f"… and {more} more to look at", f"……另有 {more} 处需注意")), style="yellow")


def confirmed(count: int) -> bool:
    """Whether the person at the terminal says yes; nobody there is a no."""
    if not is_terminal():
        err.print(speech.of(Text("Nobody to ask: add --yes.", "无法询问确认，请加上 --yes。")))
        return False
    return typer.confirm(speech.line(Text(f"Write {count} rows?", f"写入 {count} 行？")))


def _write(found: object, file: Path, by: object) -> None:
    from grandunion.work.actions.upkeep import imports

    with file.open("rb") as content:
        sent = imports.Sent(file.name, hashlib.file_digest(content, "sha256").hexdigest())
    with counting(Text("Writing", "写入"), found.total) as progress:
        batch = imports.write(found, sent, by=by, at=by.at, progress=progress)
    say(
        f"Written as batch {batch.pk}: {batch.added} new, {batch.changed} changed.",
        f"已写入，批次 {batch.pk}：新增 {batch.added} 行，变更 {batch.changed} 行。",
    )


COMMANDS = {"import": import_}
