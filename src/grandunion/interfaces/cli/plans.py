"""Plans on the machine: how targets stand, what is foreseen, where figures disagree, claims taken in from a table."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import say, table, tell
from grandunion.interfaces.cli.waking import reader_named
from grandunion.terms.text import Text

As = Annotated[str, typer.Option("--as", help="Whose eyes: an account's e-mail address · 以谁的身份")]
Cause = Annotated[str, typer.Option(help="A cause, like enterprise_or_project · 原因代码")]
Year = Annotated[int | None, typer.Option(help="A year that something was said of · 年份")]
Sheet = Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A workbook or CSV · 工作簿或 CSV")]


def targets(as_: As) -> None:
    """How every target stands today · 各项目标进展"""
    reader = reader_named(as_)
    from grandunion.work.actions.plans import ledger
    from grandunion.work.queries import plans

    ledger.keep_up(at=reader.at)
    heads = [Text("Target", "目标"), Text("Indicator", "指标"), Text("Wanted", "目标值"), Text("By", "期限"),
             Text("From the records", "系统记录"), Text("Foreseen", "期末推算"), Text("State", "状态")]  # fmt: skip
    rows = []
    for _, aims in plans.plans(as_of=reader.at.date(), reader=reader):
        for aim in aims:
            kept = aim.projection
            span = f"{kept.low:f} – {kept.high:f}" if kept is not None and kept.low is not None else ""
            rows.append([aim.target.code, aim.target.indicator.name, aim.said() or "", str(aim.target.deadline or ""),
                         aim.figure.cell.said(), span, aim.state.text])  # fmt: skip
    table(heads, rows)


def disagreements(as_: As, cause: Cause = "", year: Year = None) -> None:
    """Every disagreement among published figures and with the records · 数据核对"""
    reader = reader_named(as_)
    from grandunion.work.actions.plans import ledger
    from grandunion.work.queries import plans

    ledger.keep_up(at=reader.at)
    found = plans.reconciliation(reader=reader, cause=cause, year=year)
    for one in found:
        tell(Text("{family}: {cause}", "{family}：{cause}").fill(family=one.family, cause=one.cause.text), style="bold")
        tell(one.sentence)
    say(f"{len(found)} disagreements.", f"共 {len(found)} 处不一致。")


def claims(file: Sheet, as_: As) -> None:
    """Take published figures in from a table; a second person confirms them · 导入已发布数据"""
    reader = reader_named(as_)
    from grandunion.work.actions.plans import claims as actions
    from grandunion.work.queries.base.sheets import rows_of

    count = actions.take_in(rows_of(file), by=reader, at=reader.at)
    say(f"{count} rows taken in; somebody else confirms them.", f"已导入 {count} 行，请由他人复核。")


COMMANDS = {"targets": targets, "disagreements": disagreements, "claims": claims}
