"""The pages by which staff keep the hub in order: imports with a preview, the journal, the last backup."""

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, one_of, saying
from grandunion.interfaces.kit.pages import done, page
from grandunion.interfaces.kit.records import saving
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.upkeep import undoing, uploads
from grandunion.work.permissions import upkeep as permissions
from grandunion.work.queries import journal
from grandunion.work.queries.upkeep import batches, mappings, templates
from grandunion.work.queries.upkeep.imports import KINDS, Examination
from grandunion.work.queries.upkeep.imports.written import batch

HERE, TITLE, LOOK = "/w/upkeep/", Text("Upkeep", "维护"), Text("Look at the file", "预览文件")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100  # problems and warnings on the page; the command line has them all


class ImportForm(Form):
    """A file, what it holds, and a second file where the mapping joins one."""

    choice = one_of("What the file holds", "文件内容", batches.choices)
    file = forms.FileField(label=saying(Text("File", "文件")), max_length=255, help_text=saying(Text(
        "CSV, TSV, XLSX, JSON or JSON lines, also gzipped. Nothing is written before you have seen what changes.",
        "支持 CSV、TSV、XLSX、JSON、JSON Lines，也可为 gzip 压缩文件。预览确认前不会写入任何数据。")))  # fmt: skip
    joined = forms.FileField(label=saying(Text("Second file, if the mapping joins one", "关联文件（如映射需要）")),
                             required=False, max_length=255)  # fmt: skip


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Imports, the journal and the backup on one page."""
    require(permissions.may_open(request.reader), Forbidden)
    may = permissions.may_import(request.reader)
    form = ImportForm.of(request) if may else None
    if request.method == "POST" and may:
        return saving(request, form, lambda values: _taken(request, values), template="web/upkeep/home.html",
                      title=TITLE, section="upkeep", **_around(request, may))  # fmt: skip
    return page(request, "web/upkeep/home.html", TITLE, section="upkeep", form=form, **_around(request, may))


def _around(request: HttpRequest, may: object) -> dict[str, object]:
    """What stands round the form; the journal is proved only when asked, for it is read from end to end."""
    is_proved = request.GET.get("prove") == "1"
    return {
        "kept": batches.keeping(), "may": may, "kinds": [(code, kind.name) for code, kind in KINDS.items()],
        "kind_names": {kind.record.kind: kind.name for kind in KINDS.values()},
        "is_proved": is_proved, "broken": journal.first_broken() if is_proved else None,
    }  # fmt: skip


def _taken(request: HttpRequest, values: dict) -> HttpResponse:
    file = values["file"]
    token = uploads.take(file, file.name, values["choice"], by=request.reader, at=request.at,
                         limit=settings.UPLOAD_LIMIT, joined=values.get("joined"))  # fmt: skip
    text = Text("The file was read. Nothing is written yet.", "文件已读取，尚未写入任何数据。")
    return done(request, f"{HERE}import/{token}/", text)


@signed_in
def preview(request: HttpRequest, token: str) -> HttpResponse:
    """What writing the file would do."""
    require(permissions.may_import(request.reader), Forbidden)
    sent = batches.upload(token, request.reader)
    found = batches.preview(sent, request.reader)
    title = Text("Preview of {name}", "{name} 预览").fill(name=sent.facts["name"])
    return page(
        request, "web/upkeep/preview.html", title, section="upkeep", crumbs=((TITLE, HERE), (LOOK, "")),
        subtitle=KINDS[sent.facts["kind"]].name, found=found, warnings=found.warnings[:SHOWN],
        base=f"{HERE}import/{token}/", **_labelled(found),
    )  # fmt: skip


def _labelled(found: Examination) -> dict[str, object]:
    """Problems, differences and absent columns with the fields in the reader's words."""
    is_ours = found.mapping.name == mappings.TEMPLATE  # a template is meant to be filled in part
    return {
        "problems": [(one.row, label(one.field), one.text) for one in found.problems[:SHOWN]],
        "absent": [] if is_ours else [label(name) for name in found.absent_columns],
        "differences": [(one, [(label(name), *values) for name, *values in one.fields]) for one in found.differences],
    }  # fmt: skip


def label(field: str) -> Text:
    """A field in the reader's words; one that has none keeps its name."""
    return mappings.LABELS.get(field, Text(field, field))


@require_POST
@signed_in
def write(request: HttpRequest, token: str) -> HttpResponse:
    """Write the file, all of it or nothing."""
    made = uploads.commit(token, by=request.reader, at=request.at)
    text = Text("Written: {added} new, {changed} changed, {unchanged} as they were.",
                "已写入：新增 {added} 条，变更 {changed} 条，未变 {unchanged} 条。")  # fmt: skip
    said = text.fill(added=made.added, changed=made.changed, unchanged=made.unchanged)
    return done(request, HERE, said)


@require_POST
@signed_in
def discard(request: HttpRequest, token: str) -> HttpResponse:
    """Throw the file away."""
    uploads.discard(token, by=request.reader)
    return done(request, HERE, Text("The file was thrown away. Nothing was written.", "文件已丢弃，未写入任何数据。"))


@require_POST
@signed_in
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Undo an import whose records nobody touched since."""
    found = undoing.take_back(batch(pk), by=request.reader, at=request.at)
    text = Text("Taken back. New records removed: {added}. Records put back as they were: {changed}.",
                "已撤销导入：删除 {added} 条，还原 {changed} 条。")  # fmt: skip
    return done(request, HERE, text.fill(added=len(found.added), changed=len(found.changed)))


@signed_in
def template(request: HttpRequest, kind: str) -> HttpResponse:
    """The workbook to fill in."""
    require(permissions.may_open(request.reader), Forbidden)
    if kind not in KINDS:
        raise Absent
    response = HttpResponse(templates.template(kind), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{kind}.xlsx"'
    return response


urlpatterns = [
    path("", home),
    path("import/<str:token>/", preview),
    path("import/<str:token>/write/", write),
    path("import/<str:token>/discard/", discard),
    path("batches/<int:pk>/take-back/", take_back),
    path("templates/<str:kind>.xlsx", template),
]
