"""Reads figures on the console, and mends their ledger."""

from datetime import date
from typing import Annotated

import typer
from rich.table import Table

from grandunion.interfaces.cli.saying import out, say, speech
from grandunion.interfaces.cli.waking import need_tables, now, wake
from grandunion.terms.counting import Dimension
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid

AsOf = Annotated[str, typer.Option("--as-of", help="A day like 2026-03-31; else today · 截止日期")]
Area = Annotated[str, typer.Option("--area", help="A code of the list “areas” · 片区代码")]
Code = Annotated[str, typer.Argument(help="The code of an indicator · 指标代码")]
NONE = Text("not recorded", "未登记")


def show(as_of: AsOf = "", area: Area = "") -> None:
    """Every figure as of a day · 列出全部指标"""
    asked = _asked(as_of, area)
    from grandunion.work.queries import plans

    table = Table("", speech.line(Text("Indicator", "指标")), speech.line(Text("Value", "数值")), "")
    for figure in plans.values(**asked):
        indicator, said = figure.indicator, figure.cell.said()
        table.add_row(indicator.code, speech.line(indicator.name), speech.line(said), speech.line(figure.unit))
    out.print(table)


def one(
    code: Code,
    as_of: AsOf = "",
    area: Area = "",
    by: Annotated[str, typer.Option("--by", help="area, partner, university, field, industry · 分类维度")] = "",
) -> None:
    """One figure, how it is counted, and cut by a dimension · 查看单项指标"""
    asked = _asked(as_of, area)
    from grandunion.work.queries import plans

    wanted = plans.indicator(code)
    figure = plans.value(wanted, **asked)
    out.print(f"{speech.line(wanted.name)}: {speech.line(figure.cell.said())} {speech.line(figure.unit)}".rstrip())
    out.print(speech.of(figure.rule or wanted.why_uncounted))
    if by and not Dimension.has(by):
        raise invalid("by", f"Cut by one of: {', '.join(Dimension.codes())}.",
                      f"分类维度可选：{'、'.join(Dimension.codes())}。")  # fmt: skip
    for name, cell in plans.by(wanted, Dimension(by), **asked) if by else ():
        out.print(f"  {speech.line(name.name if name else NONE)}: {speech.line(cell.said())}")


def _asked(as_of: str, area: str) -> dict[str, object]:
    """The day, the area and the reader; the figures are brought up to date first."""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.plans import ledger
    from grandunion.work.queries.lists import term

    at = now()
    while ledger.keep_up(at=at).behind:
        pass
    try:
        day = date.fromisoformat(as_of) if as_of else at.astimezone().date()
    except ValueError as error:
        raise invalid("as_of", "Write the day like 2026-03-31.", "请将日期写成 2026-03-31 的形式。") from error
    return {"as_of": day, "area": term("areas", area, "area"), "reader": house(at)}


def recount() -> None:
    """Count every figure anew and mend the ledger where it differs · 全量重算并修正台账"""
    wake()
    need_tables()
    from grandunion.terms.readers import house
    from grandunion.work.actions.upkeep.figures import recount as count_anew

    at = now()
    closed, opened = count_anew(by=house(at), at=at)
    say(f"{closed} lines closed, {opened} opened.", f"关闭 {closed} 行，新增 {opened} 行。")


COMMANDS = {"list": show, "show": one, "recount": recount}
