"""The pages of work reports: the list, a new one, the report itself, last year's beside it."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from grandunion.interfaces.kit import figures
from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving, worded
from grandunion.interfaces.kit.tags import language
from grandunion.interfaces.web.work_reports.forms import NewForm, ReasonForm, TitleForm
from grandunion.interfaces.web.work_reports.words import (
    CHANGE_TONES,
    FAULT_TONES,
    FIELDS,
    PHASES,
    TONES,
    VERBS,
    WORDS,
)
from grandunion.terms.plans import Scope
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.terms.work_reports import SEALED_STATES, BoundChange, WorkReportState
from grandunion.work.actions.plans import reports as actions
from grandunion.work.permissions.base import clearance
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries import journal
from grandunion.work.queries.plans import reports

HOME = "/w/work-reports/"
LIST = (Text("Work reports", "工作报告"), HOME)
NEW = Text("New report", "新建报告")
STYLES = Text("Word files", "Word 模板")
LINES = 100
TO_DO = {
    "stale": Text("{n} with a changed value", "{n} 条数据已变化"),
    "typed": Text("{n} with a number typed by hand", "{n} 条含手工数字"),
    "gaps": Text("{n} that the languages do not both say", "{n} 条中英文不一致"),
    "open_comments": Text("{n} open comments", "{n} 条批注未处理"),
}
ONWARD = ("check", "review", "sign", "publish")  # the one click that brings the report on
SURE = {
    "sign": Text("Sign it? Text and figures are frozen for good.", "确认签发？签发后正文和数据即封存。"),
    "publish": Text("Publish it to everybody?", "确认向所有人发布？"),
}
ASKS = {"send_back": ReasonForm, "drop": ReasonForm, "take_up": ReasonForm}


@dataclass(frozen=True, slots=True)
class Phase:
    """One phase of the stepper."""

    text: Text
    status: str
    detail: Text | None


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """All reports the reader may see."""
    deeds = [Deed(f"{HOME}new/", NEW, "plus", is_primary=True)] if permissions.may_draft(request.reader) else []
    if permissions.may_style(request.reader):
        deeds.insert(0, Deed(f"{HOME}styles/", STYLES, "file-text"))
    return kit_lists.show(request, reports.LISTING, actions=deeds)


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Begin a report from a template."""
    require(permissions.may_draft(request.reader), Forbidden)
    last_year = timezone.localtime(request.at).year - 1
    form = NewForm.of(request, template=request.GET.get("template", ""), year=last_year)

    def save(values: dict) -> HttpResponse:
        figures.kept(request)
        made = actions.draft(
            reports.template(values["template"]), year=values.get("year"), by=request.reader, at=request.at,
            submission=str(values.get("submission", "")),
        )  # fmt: skip
        return done(request, f"{HOME}{made.number}/", Text(f"{made.number} is begun.", f"已新建 {made.number}。"))

    return saving(request, form, save, template="web/work_reports/form.html", title=NEW, section="work-reports",
                  crumbs=[LIST, (NEW, "")], cancel_url=HOME)  # fmt: skip


def crumbs(report: object, title: Text | None = None) -> list:
    """The way to a report, or to a page of it."""
    here = (Text(report.number, report.number), "" if title is None else f"{HOME}{report.number}/")
    return [LIST, here, *([(title, "")] if title else [])]


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One report: to those who work on it with live numbers, to the others as it was signed."""
    report, how_far = reports.get(number, request.reader), figures.kept(request)
    reader, state = request.reader, WorkReportState(report.state)
    works = permissions.reads_draft(reader, report)
    body = reports.body(report, reader.at) if works else None
    said = reports.content(report, reader.at, body)
    lines = journal.timeline(report, clearance(reader, report), LINES) if works else ()
    given = {
        "report": report, "said": said, "phases": _phases(state), "errata": _errata(report, said), "works": works,
        "is_sealed": state in SEALED_STATES, "is_sound": reports.is_sound(report), "spoken": language(),
        "until": figures.until(how_far), "may_evidence": bool(permissions.may_read_evidence(reader, report)),
    }  # fmt: skip
    if body is not None:
        given |= {
            "parts": body.parts, "to_do": _to_do(body.facts()), "fault_tones": FAULT_TONES,
            "change_tones": CHANGE_TONES,
            "since": _since(body) if state in SEALED_STATES else (),
            "may_edit": bool(permissions.may_edit(reader, report)),
            "may_comment": bool(permissions.may_comment(reader, report)),
            "may_correct": bool(permissions.may_correct(reader, report)),
            "may_plan": bool(permissions.may_draft(reader)), "before": reports.before(report, reader),
            "offers": offers(permissions.offers(reader, report, body), ASKS, f"{HOME}{number}/"),
            "entries": happenings(worded(lines, WORDS), VERBS, FIELDS),
        }  # fmt: skip
    scope = Scope(report.scope).text
    return page(
        request, "web/work_reports/record.html", report.title, section="work-reports", number=number,
        state=state.text, tone=TONES[state], crumbs=crumbs(report), actions=_deeds(report, given),
        subtitle=Text(f"{scope.en} · {report.year}", f"{scope.zh} · {report.year} 年度"), **given,
    )  # fmt: skip


def _errata(report: object, said: dict) -> list[tuple[object, Text]]:
    """The corrections, each with what its figure is called."""
    names = {one["key"]: Text(one["label"]["en"], one["label"]["zh"]) for one in said["figures"]}
    return [(row, names.get(row.figure, Text(row.figure, row.figure))) for row in reports.errata(report)]


def _since(body: reports.Body) -> list[tuple[str, reports.Chip]]:
    """The numbers of a signed report whose value has changed since, by their keys."""
    return [
        (f"{line.key}.{chip.binding.name}", chip)
        for line in body.lines for chip in line.chips if chip.change in (BoundChange.CHANGED, BoundChange.GONE)
    ]  # fmt: skip


def _to_do(facts: dict) -> Text | None:
    """What stands in the way of the check, in one line; nothing where nothing does."""
    found = [text.fill(n=facts[name]) for name, text in TO_DO.items() if facts[name]]
    return listed(found) if found else None


def _deeds(report: object, given: dict) -> list[Deed]:
    base = f"{HOME}{report.number}/"
    stale = given.get("may_edit") and any(one.change == "changed" for part in given["parts"]
                                          for line in part.lines for one in line.chips)  # fmt: skip
    take = Deed(f"{base}take-all/", Text("Take all new values", "采用全部新值"), "refresh-cw", method="post")
    change = Deed(f"{base}edit/", Text("Title", "名称"), "pencil")
    see = Deed(f"{base}print/", Text("Read as printed", "查看成稿"), "printer")
    forward = [
        Deed(one.url, one.text, "check", is_primary=True, method="post", confirm=SURE.get(one.code))
        for one in given.get("offers", ()) if one.code in ONWARD and one.is_allowed
    ]  # fmt: skip
    return [*forward, *([take] if stale else []), see, *([change] if given.get("may_edit") else [])]


def _phases(state: WorkReportState) -> list[Phase]:
    at = next(n for n, (_, states) in enumerate(PHASES) if state in states)
    return [
        Phase(text, "done" if n < at else "current" if n == at else "next", state.text if n == at else None)
        for n, (text, _) in enumerate(PHASES)
    ]


@signed_in
def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change what the report is called."""
    report = reports.get(number, request.reader)
    require(permissions.may_edit(request.reader, report), Forbidden)
    title = Text("Title", "名称")
    form = TitleForm.of(request, version=report.version, title_zh=report.title_zh, title_en=report.title_en)

    def save(values: dict) -> HttpResponse:
        named = {name: values.get(name, "") for name in ("title_zh", "title_en")}
        actions.edit(report, named, by=request.reader, at=request.at, version=values.get("version"))
        return done(request, f"{HOME}{number}/", Text("Changed.", "已修改。"))

    return saving(request, form, save, template="web/work_reports/form.html", title=title, section="work-reports",
                  crumbs=crumbs(report, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def note(request: HttpRequest, number: str) -> HttpResponse:
    """What the planner should know: where published figures disagree with each other and with the records."""
    report = reports.get(number, request.reader)
    require(permissions.may_comment(request.reader, report) or permissions.may_draft(request.reader), Forbidden)
    figures.kept(request)
    title = Text("Note to the planner", "规划专员提示")
    return page(
        request, "web/work_reports/note.html", title, section="work-reports", number=number, report=report,
        notes=reports.notes(reports.body(report, request.at), request.reader), crumbs=crumbs(report, title),
        subtitle=Text("Figures of this report that are taken for others, and why they differ.",
                      "本报告数据与其他数据之间的矛盾及原因。"),
    )  # fmt: skip


@signed_in
def beside(request: HttpRequest, number: str) -> HttpResponse:
    """The report beside last year's."""
    report = reports.get(number, request.reader)
    found = reports.compared(report, request.reader)
    if found is None:
        raise Absent
    title = Text("Beside last year's", "与上年对照")
    return page(
        request, "web/work_reports/beside.html", title, section="work-reports", number=number, report=report,
        found=found, crumbs=crumbs(report, title),
    )  # fmt: skip
