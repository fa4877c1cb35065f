"""The hub's own Word files for reports: a table of levels and templates, a file kept, replaced, read, taken away."""

from django import forms
from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, saying
from grandunion.interfaces.kit.pages import done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.work_reports.files import sent
from grandunion.interfaces.web.work_reports.views import HOME, LIST
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.plans import reports as actions
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.plans import reports

TITLE = Text("Word files of our own", "Word 模板")
PLACE = f"{HOME}styles/"
HINT = Text(
    "A Word file (.docx, up to 5 MB) without macros. Its styles, margins, head and foot are used; its text is not.",
    "不含宏的 Word 文件（.docx，不超过 5 MB）。只使用其样式、页边距、页眉和页脚，不使用其正文。",
)


class StyleForm(Form):
    """The Word file."""

    file = forms.FileField(label=saying(Text("Word file (.docx)", "Word 文件（.docx）")))


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Which Word file the reports of each level and template take."""
    require(permissions.may_style(request.reader), Forbidden)
    return page(
        request, "web/work_reports/styles.html", TITLE, section="work-reports", places=reports.places(),
        crumbs=[LIST, (TITLE, "")],
        subtitle=Text("Whoever takes a report as Word gets it in these styles. A template's own file goes before "
                      "its level's.", "导出 Word 报告时默认采用这里的样式；模板自有文件优先于所属层级的文件。"),
    )  # fmt: skip


@signed_in
def keep(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a Word file for a level or a template, or replace it."""
    place = reports.place(code)
    require(permissions.may_style(request.reader), Forbidden)
    title = Text("Keep a Word file: {name}", "保存 Word 模板：{name}").fill(name=place.name)
    form = StyleForm.of(request, version=place.style.version if place.style else None)

    def save(values: dict) -> HttpResponse:
        kept = actions.keep_style(place, values["file"], values["file"].name, by=request.reader, at=request.at,
                                  version=values.get("version"))  # fmt: skip
        return done(request, PLACE, Text("{file} is kept.", "已保存 {file}。").fill(file=kept.file_name))

    return saving(request, form, save, template="web/work_reports/form.html", title=title, section="work-reports",
                  hint=HINT, crumbs=[LIST, (TITLE, PLACE), (place.name, "")], cancel_url=PLACE)  # fmt: skip


@signed_in
def file(request: HttpRequest, code: str) -> HttpResponse:
    """The kept file itself."""
    style = _kept(code)
    require(permissions.may_style(request.reader), Forbidden)
    return sent(reports.style_bytes(style), reports.MEDIA["docx"], f"{style.number}.docx")


@signed_in
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Take the kept file away."""
    style = _kept(code)
    if request.method == "POST":
        actions.drop_style(style, by=request.reader, at=request.at)
        return done(request, PLACE, Text("{file} is taken away.", "已移除 {file}。").fill(file=style.file_name))
    return keep(request, code)


def _kept(code: str) -> object:
    style = reports.place(code).style
    if style is None:
        raise Absent
    return style
