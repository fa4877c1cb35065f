"""Work reports through the API: begun, written, bound to values, discussed, checked, signed, and handed out."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Schema
from pydantic import Field

from grandunion.interfaces.api import described, resources
from grandunion.interfaces.api.described import Bilingual
from grandunion.interfaces.api.fields import Body, Day, Nothing, Reason, term, text
from grandunion.interfaces.api.resources import Deed, Resource
from grandunion.interfaces.kit.sheets import as_xlsx
from grandunion.interfaces.kit.tags import language
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.readers import Reader
from grandunion.terms.secrecy import Level
from grandunion.terms.text import LANGUAGES, Text
from grandunion.terms.verdicts import invalid
from grandunion.terms.work_reports import Basis, BoundChange, Fault, WorkReportState
from grandunion.work.actions.plans import ledger
from grandunion.work.actions.plans import reports as actions
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.plans import reports

FORMATS = ("docx", "pdf", "xlsx")


class ReportBody(Body):
    """A new report: its template, and the year where the template serves every year."""

    template: text(60)
    year: Annotated[int, Field(strict=True, ge=2000, le=2100)] | None = None


class ReportEdit(Body):
    """What a report is called."""

    title_zh: text(300) = ""
    title_en: text(300) = ""


class SentenceBody(Body):
    """A sentence in both languages; `{name}` stands where a bound number goes."""

    text_zh: text(4000) = ""
    text_en: text(4000) = ""


class NewSentence(SentenceBody):
    """A sentence for a section, which is named by its place (1, 2, …)."""

    section: Annotated[int, Field(strict=True, ge=1, le=100)]


class NumberBody(Body):
    """A number to bind: “claim:code”, “target:code” or “figure:code”; the last as of a day, for an area."""

    rests_on: text(100)
    measure_zh: text(20) = ""
    measure_en: text(20) = ""
    as_of: Day = None
    area: term("areas") = ""
    qualifier: Qualifier = Qualifier.EXACTLY


class Named(Body):
    """A number of the sentence, by its name."""

    name: text(40)


class KeepBody(Named):
    """Why the old value stays."""

    reason: text(300)


class TypedBody(Body):
    """A number typed by hand, and why it stays; an empty reason takes that back."""

    number: text(100)
    reason: text(300) = ""


class CommentBody(Body):
    """What is said of a sentence."""

    text: text(2000)


class SignerBody(Body):
    """Who signs, by e-mail address."""

    email: text(254)


class ErratumBody(Body):
    """A correction of a signed report: the figure's key, what is right, why."""

    figure: text(80)
    now_zh: text(200)
    now_en: text(200)
    reason_zh: text(500) = ""
    reason_en: text(500) = ""


class NumberOut(Schema):
    """A number as last checked, and what has become of its value since."""

    name: str
    basis: Basis
    indicator: str
    said: Bilingual
    value: str | None
    change: BoundChange
    said_now: Bilingual
    as_of: date | None
    kept_reason: str


class CommentOut(Schema):
    """A comment, settled or not."""

    id: int
    text: str
    at: datetime
    is_settled: bool


class SentenceOut(Schema):
    """A sentence: as it is written, as it reads, what is wrong with it."""

    id: int
    key: str
    pattern: Bilingual
    text: Bilingual
    faults: list[Fault]
    typed: list[str]
    numbers: list[NumberOut]
    comments: list[CommentOut]


class SectionOut(Schema):
    """A section with its sentences."""

    place: int
    title: Bilingual
    sentences: list[SentenceOut]


class ErratumOut(Schema):
    """A correction."""

    figure: str
    was: Bilingual
    now: Bilingual
    reason: Bilingual
    at: datetime


class ReportParts(Schema):
    """What belongs to a report; `sections` live, for those who work on it, `content` as it is signed or stands."""

    sections: list[SectionOut] | None
    content: dict
    errata: list[ErratumOut]


def _parts(reader: Reader, report: object) -> dict[str, object]:
    ledger.keep_up(at=reader.at)
    works = permissions.reads_draft(reader, report)
    body = reports.body(report, reader.at) if works else None
    return {
        "sections": [_section(part) for part in body.parts] if body else None,
        "content": reports.content(report, reader.at, body),
        "errata": [
            {"figure": row.figure, "was": row.was, "now": row.now, "reason": row.reason, "at": row.at}
            for row in reports.errata(report)
        ],
    }  # fmt: skip


def _section(part: object) -> dict[str, object]:
    return {
        "place": part.section.place,
        "title": part.section.title,
        "sentences": [_sentence(one) for one in part.lines],
    }


def _sentence(line: object) -> dict[str, object]:
    return {
        "id": line.sentence.pk, "key": line.key, "pattern": line.sentence.text, "text": line.text,
        "faults": line.faults, "typed": [number for number, _ in line.typed],
        "numbers": [_number(one) for one in line.chips],
        "comments": [
            {"id": one.pk, "text": one.text, "at": one.at, "is_settled": one.resolved_at is not None}
            for one in line.comments
        ],
    }  # fmt: skip


def _number(chip: object) -> dict[str, object]:
    one = chip.binding
    return {
        "name": one.name, "basis": one.basis, "indicator": one.indicator.code, "said": chip.said,
        "value": one.bound.get("value"), "change": chip.change, "said_now": chip.said_now, "as_of": one.as_of,
        "kept_reason": one.kept_reason,
    }  # fmt: skip


def _create(values: dict, *, by: Reader, at: datetime, key: str) -> object:
    ledger.keep_up(at=at)
    template = reports.template(values["template"])
    return actions.draft(template, year=values.get("year"), by=by, at=at, submission=key)


def _edit(report: object, values: dict, **more: object) -> object:
    return actions.edit(report, values, **more)


def _move(code: str) -> object:
    def act(report: object, *, reason: str = "", **more: object) -> object:
        return actions.move(report, code, reason=reason, **more)

    return act


def _add(report: object, *, section: int, text_zh: str = "", text_en: str = "", by: Reader, at: datetime) -> object:
    return actions.add(report, section, Text(text_en, text_zh), by=by, at=at)


def _reword(report: object, child: int, *, text_zh: str = "", text_en: str = "", by: Reader, at: datetime) -> object:
    return actions.reword(report, child, Text(text_en, text_zh), by=by, at=at)


def _bind(report: object, child: int, *, by: Reader, at: datetime, **values: object) -> object:
    return actions.bind(report, child, values, by=by, at=at)


def _take(report: object, child: int, *, name: str, by: Reader, at: datetime) -> object:
    return actions.take(report, child, name, by=by, at=at)


def _keep(report: object, child: int, *, name: str, reason: str, by: Reader, at: datetime) -> object:
    return actions.keep(report, child, name, reason, by=by, at=at)


def _justify(report: object, child: int, *, number: str, reason: str = "", by: Reader, at: datetime) -> object:
    return actions.justify(report, child, number, reason, by=by, at=at)


def _comment(report: object, child: int, *, text: str, by: Reader, at: datetime) -> object:
    return actions.comment(report, child, text, by=by, at=at)


def _signer(report: object, *, email: str, by: Reader, at: datetime) -> object:
    return actions.name_signer(report, email, by=by, at=at)


def _correct(report: object, *, figure: str, by: Reader, at: datetime, **values: object) -> object:
    return actions.correct(report, figure, values, by=by, at=at)


FORMS = {
    "check": (Nothing, Text("Numbers are checked", "完成数据核对")),
    "review": (Nothing, Text("Reviewed", "通过复核")),
    "sign": (Nothing, Text("Sign", "签发")),
    "publish": (Nothing, Text("Publish", "发布")),
    "send_back": (Reason, Text("Send back to the draft", "退回修改")),
    "drop": (Reason, Text("Drop", "终止")),
    "take_up": (Reason, Text("Take up again", "恢复起草")),
}
MOVES: Mapping[str, Deed] = {
    code: Deed(f"moves/{code}", label, _move(code), body, has_version=True) for code, (body, label) in FORMS.items()
}
ONE = "sentences/{int:child}"
DEEDS = (
    Deed("sentences", Text("Add a sentence", "新增语句"), _add, NewSentence),
    Deed(ONE, Text("Reword a sentence", "修改语句"), _reword, SentenceBody),
    Deed(f"{ONE}/drop", Text("Take a sentence out", "删除语句"), actions.drop),
    Deed(f"{ONE}/numbers", Text("Bind a number", "绑定数字"), _bind, NumberBody),
    Deed(f"{ONE}/take", Text("Take the new value", "采用新值"), _take, Named),
    Deed(f"{ONE}/keep", Text("Keep the old value", "保留原值"), _keep, KeepBody),
    Deed(f"{ONE}/typed", Text("Answer for a typed number", "说明手工数字的理由"), _justify, TypedBody),
    Deed(f"{ONE}/comments", Text("Comment", "批注"), _comment, CommentBody),
    Deed("comments/{int:child}/resolve", Text("Settle a comment", "处理批注"), actions.resolve),
    Deed("comments/{int:child}/reopen", Text("Take a comment up again", "重新打开批注"), actions.reopen),
    Deed("signer", Text("Name the signer", "指定签发人"), _signer, SignerBody),
    Deed("errata", Text("Add an erratum", "发布勘误"), _correct, ErratumBody),
)
WORK_REPORTS = Resource(
    Text("Work report", "工作报告"), reports.LISTING, reports.get,
    words={"state": WorkReportState, "scope": Scope, "level": Level}, offers=permissions.offers,
)  # fmt: skip
router = resources.router_of(WORK_REPORTS, MOVES)
resources.creates(router, WORK_REPORTS, ReportBody, _create)
resources.edits(router, WORK_REPORTS, ReportEdit, _edit)
resources.reads_parts(router, WORK_REPORTS, _parts, ReportParts)
for deed in (*MOVES.values(), *DEEDS):
    resources.does(router, WORK_REPORTS, deed)


@router.get(
    "/{number}/file", operation_id="file_of_work_report", summary="As docx, pdf or xlsx · 导出文件",
    openapi_extra=described.beside(
        described.READ_ERRORS,
        described.parameter("format", Text("docx, pdf, or xlsx: its figures.", "docx、pdf，或 xlsx（全部数据）。")),
        described.parameter("language", Text("zh or en.", "zh 或 en。")),
    ),
)  # fmt: skip
def file(request: HttpRequest, number: str) -> HttpResponse:
    """The report as Word or PDF, or its figures as a spreadsheet."""
    report = reports.get(number, request.reader)
    kind, wanted = request.GET.get("format", "pdf"), request.GET.get("language") or language()
    if kind not in FORMATS or wanted not in LANGUAGES:
        raise invalid("format", "format is docx, pdf or xlsx; language is zh or en.",
                      "format 为 docx、pdf 或 xlsx；language 为 zh 或 en。")  # fmt: skip
    if kind == "xlsx":
        return as_xlsx(f"{number}-figures", reports.figure_rows(report, request.reader))
    found = reports.report_file(report, request.reader, wanted, kind)
    return HttpResponse(found.content, content_type=found.media_type)


@router.get(
    "/{number}/evidence", operation_id="evidence_of_work_report", summary="Evidence for auditors · 审计证据",
    openapi_extra=described.beside(described.READ_ERRORS),
)  # fmt: skip
def evidence(request: HttpRequest, number: str) -> HttpResponse:
    """Everything an auditor needs to count each figure anew; taking it is written in the journal."""
    report = reports.get(number, request.reader)
    made = actions.hand_out(report, by=request.reader, at=request.at)
    return HttpResponse(json.dumps(made, ensure_ascii=False), content_type="application/json")
