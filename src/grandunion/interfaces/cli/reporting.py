"""Periodic returns on the command line: the forms, what was reported as a table, and a table taken in as drafts."""

from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import REFUSED, err, say, speech, table
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused, invalid

ENDINGS = (".csv", ".xlsx")


def forms() -> None:
    """The forms in force: who reports, how often, by when · 报表样式"""
    wake()
    need_tables()
    from grandunion.terms.returns import Reporter, ReturnPeriod
    from grandunion.work.queries.plans import returns

    heads = [Text("Form", "代码"), Text("Name", "名称"), Text("Who reports", "填报单位"), Text("How often", "周期"),
             Text("Due on working day", "期后工作日")]  # fmt: skip
    table(heads, [
        (one.code, speech.line(one.name), speech.line(Reporter(one.reporter).text),
         speech.line(ReturnPeriod(one.period).text), returns.schedule_of(one).due_after)
        for one in returns.forms()
    ])  # fmt: skip


def export(
    form: Annotated[str, typer.Argument(help="The form's code · 报表代码")],
    file: Annotated[Path, typer.Argument(help="A name ending in .csv or .xlsx · 输出文件")],
    period: Annotated[str, typer.Option(help="Like 2026-09, 2026-Q3, 2026-H1, 2026 · 所属期")] = "",
) -> None:
    """Write every return of a form to a table, which `import` reads again · 导出报表"""
    if file.suffix not in ENDINGS:
        raise invalid("file", "Write a name that ends in .csv or .xlsx.", "文件名应以 .csv 或 .xlsx 结尾。")
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.queries.plans import returns

    count = returns.write_many(file, returns.form(form), house(now()), period=period)
    say(f"{count} returns → {file}", f"已导出 {count} 份报表 → {file}")


def take(
    file: Annotated[Path, typer.Argument(help="A table as `export` writes it · 导出的表格")],
    submit: Annotated[bool, typer.Option("--submit", help="Also submit what is complete · 同时报送")] = False,
) -> None:
    """Take a table in: each row the draft of its return, all of it or nothing; 2 where a cell is bad · 导入报表"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.plans import returns as actions

    taken = actions.take_many(file, is_submitted=submit, by=house(now()), at=now())
    for line, number, reason in taken.refused:
        err.print(f"{line}: {number}: {speech.line(reason)}", style="yellow")
    if taken.refused:
        err.print(speech.line(Text("Nothing was taken in.", "未导入任何数据。")), style="yellow")
        raise typer.Exit(REFUSED)
    say(f"{taken.count} returns taken in", f"已导入 {taken.count} 份报表")


def open_period(
    form: Annotated[str, typer.Argument(help="The form's code · 报表代码")],
    period: Annotated[str, typer.Argument(help="Like 2026-09, 2026-Q3, 2026-H1, 2026 · 所属期")],
) -> None:
    """Ask for a past period now, for everybody who reports; the worker opens the coming ones · 开启往期填报"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.plans import returns as actions
    from grandunion.work.queries.plans import returns

    at = now()
    found = returns.form(form)
    span = actions.past_span(found, period, at)
    count = actions.open_cycle(found, span, by=house(at), at=at)
    if not count:
        raise Refused(Text("Nobody reports in this form.", "本报表没有填报单位。"))
    say(f"{count} returns opened for {span.name.en}", f"已开启{span.name.zh}填报 {count} 份")


COMMANDS = {"forms": forms, "export": export, "import": take, "open": open_period}
