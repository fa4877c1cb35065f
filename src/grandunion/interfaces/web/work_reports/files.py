"""A report on its way out: as printed, as Word, PDF, spreadsheet and evidence; and an evidence file checked."""

import json

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import page
from grandunion.interfaces.kit.papers import blocks
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.sheets import as_xlsx
from grandunion.interfaces.kit.tags import language
from grandunion.interfaces.web.work_reports.forms import MouldForm
from grandunion.interfaces.web.work_reports.views import HOME, crumbs
from grandunion.terms.text import LANGUAGES, Text
from grandunion.terms.verdicts import Absent, invalid
from grandunion.work.actions.plans import reports as actions
from grandunion.work.queries.plans import reports

LARGEST = 5_000_000


@signed_in
def printed(request: HttpRequest, number: str) -> HttpResponse:
    """The report as it is printed, as a page, in the language asked for."""
    report = reports.get(number, request.reader)
    wanted = _language(request)
    title, made = Text("As printed", "成稿"), reports.paper(report, request.reader, wanted)
    return page(
        request, "web/work_reports/print.html", title, section="work-reports", number=number, report=report,
        paper=made, blocks=list(blocks(made)), spoken=wanted,
        crumbs=crumbs(report, title),
    )  # fmt: skip


@signed_in
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The report as a file: docx, pdf, xlsx (its figures) or json (its evidence)."""
    report = reports.get(number, request.reader)
    kind = request.GET.get("format", "pdf")
    if kind == "xlsx":
        return as_xlsx(f"{number}-figures", reports.figure_rows(report, request.reader))
    if kind not in reports.WRITERS:
        raise Absent
    found = reports.report_file(report, request.reader, _language(request), kind)
    return sent(found.content, found.media_type, found.name)


def _language(request: HttpRequest) -> str:
    wanted = request.GET.get("language") or language()
    if wanted not in LANGUAGES:
        raise Absent
    return wanted


@signed_in
def evidence(request: HttpRequest, number: str) -> HttpResponse:
    """The evidence of a report; taking it is written in the journal."""
    report = reports.get(number, request.reader)
    made = actions.hand_out(report, by=request.reader, at=request.at)
    return sent(json.dumps(made, ensure_ascii=False, indent=1).encode(), "application/json", f"{number}-evidence.json")


@signed_in
def mould(request: HttpRequest, number: str) -> HttpResponse:
    """The report as Word on the staff's own file."""
    report = reports.get(number, request.reader)
    title = Text("Word in another style, once", "临时按其他样式导出 Word")
    form = MouldForm.of(request, language=language())

    def save(values: dict) -> HttpResponse:
        if values["file"].size > LARGEST:
            raise invalid("file", "The file is larger than 5 MB.", "文件超过 5 MB。")
        styles = values["file"].read()
        found = reports.report_file(report, request.reader, str(values["language"]), "docx", styles=styles)
        return sent(found.content, found.media_type, found.name)

    kept = reports.style_of(report)
    usual = kept.file_name if kept else Text("the hub's own look", "系统默认样式")
    hint = Text("Its styles, margins, head and foot are used; its text is not. The file is not kept: otherwise Word "
                "reports like this one take {usual}.",
                "只使用其样式、页边距、页眉和页脚，不使用其正文；文件不会保存。此类报告平时采用：{usual}。",
                ).fill(usual=usual)  # fmt: skip
    return saving(request, form, save, template="web/work_reports/form.html", title=title, section="work-reports",
                  hint=hint, crumbs=crumbs(report, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


def sent(content: bytes, media_type: str, name: str) -> HttpResponse:
    """A file to be kept by whoever asked for it, and by nobody on the way."""
    return HttpResponse(content, content_type=media_type, headers={
        "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store",
    })  # fmt: skip
