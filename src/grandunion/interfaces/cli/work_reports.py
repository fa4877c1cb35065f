"""Work reports on the machine: listed, read, written to files, and an evidence file counted anew."""

import json
from pathlib import Path
from typing import Annotated

import typer

from grandunion.interfaces.cli.saying import REFUSED, err, say, speech, table, tell
from grandunion.interfaces.cli.waking import need_tables, now, reader_named, wake
from grandunion.terms.text import LANGUAGES, Text
from grandunion.terms.verdicts import invalid

As = Annotated[str, typer.Option("--as", help="Whose eyes: an account's e-mail address · 以谁的身份")]
Number = Annotated[str, typer.Argument(help="RPT-… · 报告编号")]
ENDINGS = (".docx", ".pdf", ".xlsx", ".json")
LARGEST = 50_000_000


def listed(as_: As) -> None:
    """The reports this user sees · 报告列表"""
    reader = reader_named(as_)
    from grandunion.work.queries.base import Question, listing
    from grandunion.work.queries.plans.reports import LISTING

    found = listing.page(LISTING, reader, Question(size=200))
    heads = [column.label for column in found.columns]
    table(heads, [["" if value is None else getattr(value, "text", value) for value in row] for _, row in found.rows])


def show(number: Number, as_: As) -> None:
    """What a report says, and what is wrong with each sentence · 查看报告"""
    reader = reader_named(as_)
    from grandunion.work.permissions.plans.reports import reads_draft
    from grandunion.work.queries.plans import reports

    report = reports.get(number.upper(), reader)
    tell(report.title, style="bold")
    if not reads_draft(reader, report):
        for section in reports.content(report, reader.at)["sections"]:
            for one in section["sentences"]:
                tell(Text(one["text"]["en"], one["text"]["zh"]))
        return
    for line in reports.body(report, reader.at).lines:
        tell(line.text)
        for fault in line.faults:
            err.print(f"  {line.key}: {speech.line(fault.text)}", style="yellow")


def export(
    number: Number,
    file: Annotated[Path, typer.Argument(help=".docx, .pdf, .xlsx (figures), .json (evidence) · 输出文件")],
    as_: As,
    styles: Annotated[Path | None, typer.Option(help="A .docx whose styles are used · 样式文件")] = None,
) -> None:
    """Write a report to a file · 导出报告"""
    if file.suffix not in ENDINGS:
        raise invalid("file", f"Write a name that ends in one of {', '.join(ENDINGS)}.",
                      f"文件名应以 {'、'.join(ENDINGS)} 之一结尾。")  # fmt: skip
    reader = reader_named(as_)
    from grandunion.work.actions.plans.reports import hand_out
    from grandunion.work.queries.plans import reports

    report = reports.get(number.upper(), reader)
    if file.suffix == ".json":
        made = hand_out(report, by=reader, at=reader.at)
        file.write_text(json.dumps(made, ensure_ascii=False, indent=1), "utf-8")
    elif file.suffix == ".xlsx":
        from grandunion.interfaces.kit.sheets import as_xlsx

        file.write_bytes(as_xlsx(number, reports.figure_rows(report, reader)).content)
    else:
        spoken = speech.language if speech.language in LANGUAGES else "zh"
        mould = styles.read_bytes() if styles else None
        file.write_bytes(reports.report_file(report, reader, spoken, file.suffix[1:], styles=mould).content)
    say(f"{number} → {file}", f"{number} → {file}")


def verify(
    file: Annotated[Path, typer.Argument(help="An evidence file (.json) · 证据文件")],
    alone: Annotated[bool, typer.Option("--alone", help="From the file only, without a hub · 仅凭文件核验")] = False,
) -> None:
    """Count every figure of an evidence file anew, from the file itself and against this hub · 核验证据文件"""
    wake()
    from grandunion.work.queries.plans import reports

    evidence = _read(file, reports.refuse_file)
    if not alone:
        need_tables()
    own, here = reports.verify(evidence, now(), is_alone=alone)
    for title, findings in (
        (Text("From the file alone", "仅凭文件"), own),
        (Text("Against this hub", "与本系统对照"), here),
    ):
        if findings:
            tell(title, style="bold")
            table((Text("Figure", "数据"), Text("Check", "结果"), Text("Why", "说明")),
                  [(one.about, one.check.text, one.says) for one in findings])  # fmt: skip
    if any(one.check != "holds" for one in (*own, *here)):
        raise typer.Exit(REFUSED)
    say("Everything holds.", "全部一致。")


def _read(file: Path, refuse: object) -> object:
    if not file.is_file() or file.stat().st_size > LARGEST:
        raise invalid("file", f"There is no “{file}” of at most 50 MB.", f"没有不超过 50 MB 的文件“{file}”。")
    try:
        return json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise refuse() from error


COMMANDS = {"list": listed, "show": show, "export": export, "verify": verify}
