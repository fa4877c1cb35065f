"""Work reports that were published by decision: a list, a page for each with its errata, PDF and evidence."""

import json

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.papers import blocks
from grandunion.interfaces.kit.tags import language
from grandunion.interfaces.portal.pages import show
from grandunion.terms.plans import Scope
from grandunion.terms.readers import visitor
from grandunion.terms.text import LANGUAGES, Text
from grandunion.terms.verdicts import Absent
from grandunion.work.queries.plans import reports

LIST = (Text("Work reports", "工作报告"), "/reports/")
ABOUT = Text(
    "Reports that were signed and published. Their text and figures are sealed; a correction is added, never put in.",
    "已签发并公开的工作报告。正文和数据已封存，如有更正以勘误形式公布。",
)
STATISTICS = (Text("Statistics", "统计数据"), "/statistics/")


def index(request: HttpRequest) -> HttpResponse:
    """Every published report, the latest year first."""
    rows = [(row, Scope(row.scope).text) for row in reports.published(visitor(request.at))]
    return show(request, "reports.html", LIST[0], about=ABOUT, subtitle=ABOUT, rows=rows,
                crumbs=[STATISTICS, (LIST[0], "")])  # fmt: skip


def report(request: HttpRequest, number: str) -> HttpResponse:
    """One published report as anybody reads it, whoever is signed in."""
    reader = visitor(request.at)
    found, spoken = reports.get(number, reader), language()
    made = reports.paper(found, reader, spoken)
    scope = Scope(found.scope).text
    about = Text(f"{scope.en} · {found.year}", f"{scope.zh} · {found.year} 年度")
    return show(
        request, "report.html", found.title, about=about, subtitle=about, number=number, report=found, paper=made,
        blocks=list(blocks(made)), spoken=spoken, is_sound=reports.is_sound(found),
        errata=len(reports.errata(found)), crumbs=[STATISTICS, LIST, (Text(number, number), "")],
    )  # fmt: skip


def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The report as PDF, in the language asked for."""
    reader, wanted = visitor(request.at), request.GET.get("language") or language()
    found = reports.get(number, reader)
    if wanted not in LANGUAGES:
        raise Absent
    made = reports.report_file(found, reader, wanted, "pdf")
    return _sent(made.content, made.media_type, made.name)


def evidence(request: HttpRequest, number: str) -> HttpResponse:
    """What anybody may check the report with: its sealed text, figures and sources; no record is listed."""
    reader = visitor(request.at)
    made = reports.public_evidence(reports.get(number, reader), reader)
    return _sent(json.dumps(made, ensure_ascii=False, indent=1).encode(), "application/json", f"{number}-evidence.json")


def _sent(content: bytes, media_type: str, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=media_type, headers={
        "Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "public, max-age=600",
    })  # fmt: skip
