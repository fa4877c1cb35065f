"""The sentences of a report: written, bound to values, kept or taken anew, answered for, commented on."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import figures
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.work_reports.forms import CommentForm, ReasonForm, SentenceForm, bind_form
from grandunion.interfaces.web.work_reports.views import HOME, crumbs
from grandunion.interfaces.web.work_reports.words import CHANGE_TONES, FAULT_TONES
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.plans import reports as actions
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.plans import reports

Values = Mapping[str, object]
USUAL = {"qualifier": "exactly"}
KEPT = Text("Kept.", "已保存。")


def _back(number: str, pk: int | None = None) -> str:
    return f"{HOME}{number}/#s{pk}" if pk else f"{HOME}{number}/"


def _shown(
    request: HttpRequest,
    of: object,
    form: object,
    save: Callable,
    title: Text,
    *,
    pk: int | None = None,
    template: str = "web/work_reports/form.html",
    **more: object,
) -> HttpResponse:  # fmt: skip
    return saving(request, form, save, template=template, title=title, section="work-reports",
                  crumbs=crumbs(of, title), cancel_url=_back(of.number, pk), **more)  # fmt: skip


@signed_in
def add(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A new sentence at the end of a section, which is named by its place."""
    report = reports.get(number, request.reader)
    require(permissions.may_edit(request.reader, report), Forbidden)

    def save(values: Values) -> HttpResponse:
        text = Text(str(values.get("text_en", "")), str(values.get("text_zh", "")))
        made = actions.add(report, pk, text, by=request.reader, at=request.at)
        return done(request, f"{HOME}{number}/sentences/{made.pk}/", Text("Added. Bind its numbers now.",
                                                                         "已新增，请绑定其中的数字。"))  # fmt: skip

    return _shown(request, report, SentenceForm.of(request), save, Text("New sentence", "新增语句"))


@signed_in
def sentence(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """A sentence to write, with its numbers and what may be bound into it."""
    report = reports.get(number, request.reader)
    require(permissions.may_edit(request.reader, report), Forbidden)
    line = _line(report, pk, request)
    row = line.sentence
    form = SentenceForm.of(request, version=row.version, text_zh=row.text_zh, text_en=row.text_en)

    def save(values: Values) -> HttpResponse:
        text = Text(str(values.get("text_en", "")), str(values.get("text_zh", "")))
        actions.reword(report, pk, text, by=request.reader, at=request.at, version=values.get("version"))
        return done(request, _back(number, pk), KEPT)

    return _shown(
        request, report, form, save, Text("Sentence {key}", "语句 {key}").fill(key=line.key), pk=pk,
        template="web/work_reports/sentence.html", report=report, line=line, keep=Text("Save", "保存"),
        fault_tones=FAULT_TONES, change_tones=CHANGE_TONES,
        binding=_bind_form(report)(initial=USUAL, auto_id="bind-%s"),
    )  # fmt: skip


def _line(report: object, pk: int, request: HttpRequest) -> reports.Line:
    return next((one for one in reports.body(report, request.at).lines if one.sentence.pk == pk), None) or _absent()


def _absent() -> reports.Line:
    raise Absent


def _bind_form(report: object) -> type:
    return bind_form(lambda: ((one.code, one.text) for one in reports.choices(report)))


@signed_in
def bind(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Bind a number into the sentence."""
    report = reports.get(number, request.reader)
    require(permissions.may_edit(request.reader, report), Forbidden)
    reports.sentence(report, pk)
    form = _bind_form(report).of(request, qualifier="exactly")

    def save(values: Values) -> HttpResponse:
        figures.kept(request)
        made = actions.bind(report, pk, values, by=request.reader, at=request.at)
        said = Text(f"Bound: {{{made.name}}} stands at the end. Move it to its place.",
                    f"已绑定：{{{made.name}}} 位于句末，请移至所需位置。")  # fmt: skip
        return done(request, f"{HOME}{number}/sentences/{pk}/", said)

    return _shown(request, report, form, save, Text("Bind a number", "绑定数字"), pk=pk)


@require_POST
@signed_in
def do(request: HttpRequest, number: str, pk: int, deed: str) -> HttpResponse:
    """Take a sentence out, or put it up or down."""
    report = reports.get(number, request.reader)
    by = {"by": request.reader, "at": request.at}
    if deed == "drop":
        actions.drop(report, pk, **by)
        return done(request, _back(number), Text("Taken out.", "已删除。"))
    if deed not in ("up", "down"):
        raise Absent
    actions.shift(report, pk, is_up=deed == "up", **by)
    return done(request, _back(number, pk), Text("Moved.", "已调整。"))


@require_POST
@signed_in
def take(request: HttpRequest, number: str, pk: int, name: str) -> HttpResponse:
    """Take the value as it is now."""
    report = reports.get(number, request.reader)
    actions.take(report, pk, name, by=request.reader, at=request.at)
    return done(request, _back(number, pk), Text("The new value is taken.", "已采用新值。"))


@require_POST
@signed_in
def take_all(request: HttpRequest, number: str) -> HttpResponse:
    """Take every value that has changed."""
    report = reports.get(number, request.reader)
    figures.kept(request)
    count = actions.take_all(report, by=request.reader, at=request.at)
    return done(request, _back(number), Text(f"{count} new values are taken.", f"已采用 {count} 个新值。"))


@signed_in
def keep(request: HttpRequest, number: str, pk: int, name: str) -> HttpResponse:
    """Keep what the text says, with the reason."""
    report = reports.get(number, request.reader)
    require(permissions.may_edit(request.reader, report), Forbidden)
    reports.sentence(report, pk)

    def save(values: Values) -> HttpResponse:
        actions.keep(report, pk, name, str(values["reason"]), by=request.reader, at=request.at)
        return done(request, _back(number, pk), KEPT)

    return _shown(request, report, ReasonForm.of(request), save, Text("Keep the old value", "保留原值"), pk=pk)


@signed_in
def justify(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Answer for a number typed by hand (named in the address)."""
    report = reports.get(number, request.reader)
    require(permissions.may_edit(request.reader, report), Forbidden)
    reports.sentence(report, pk)
    typed = request.GET.get("number", "")
    title = Text("Why “{typed}” stays as typed", "“{typed}”保留手工录入的理由").fill(typed=typed[:40])

    def save(values: Values) -> HttpResponse:
        actions.justify(report, pk, typed, str(values["reason"]), by=request.reader, at=request.at)
        return done(request, _back(number, pk), KEPT)

    return _shown(request, report, ReasonForm.of(request), save, title, pk=pk)


@signed_in
def comment(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Say something about the sentence."""
    report = reports.get(number, request.reader)
    require(permissions.may_comment(request.reader, report), Forbidden)
    reports.sentence(report, pk)

    def save(values: Values) -> HttpResponse:
        actions.comment(report, pk, str(values["text"]), by=request.reader, at=request.at)
        return done(request, _back(number, pk), Text("Said.", "已添加批注。"))

    return _shown(request, report, CommentForm.of(request), save, Text("Comment", "批注"), pk=pk)


@require_POST
@signed_in
def settle(request: HttpRequest, number: str, pk: int, deed: str) -> HttpResponse:
    """Settle a comment, or take it up again."""
    report = reports.get(number, request.reader)
    if deed not in ("resolve", "reopen"):
        raise Absent
    act = actions.resolve if deed == "resolve" else actions.reopen
    row = act(report, pk, by=request.reader, at=request.at)
    return done(request, _back(number, row.sentence_id), KEPT)
