"""Files on record pages: the panel, upload, download, removal."""

from dataclasses import dataclass

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.downloads import sent
from grandunion.interfaces.kit.forms import Form, one_of, saying
from grandunion.interfaces.kit.pages import done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.parties import CLASSES, home_of
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions import documents as actions
from grandunion.work.permissions import documents as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import documents

ATTACH = Text("Attach a file", "上传文件")
WHAT = Text(
    "PDF, Office, images, text, ZIP; at most {most}.", "支持 PDF、Office、图片、文本、ZIP，单个文件不超过 {most}。"
)


class FileForm(Form):
    """A file and who may read it."""

    file = forms.FileField(label=saying(Text("File", "文件")), max_length=255)
    secrecy = one_of("Open to", "可查阅范围", lambda: ((str(int(depth)), text) for depth, text in CLASSES.items()))
    next = forms.CharField(required=False, widget=forms.HiddenInput)


@dataclass(frozen=True, slots=True)
class Shown:
    """One file as the panel shows it."""

    number: str
    name: str
    size: str
    at: object
    by: Text | None
    depth: Text
    url: str
    is_journaled: bool
    may_remove: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """The files of a record for `web/documents/panel.html`; `url` is empty where the reader may not attach."""

    files: list[Shown]
    url: str
    next: str


def panel(request: HttpRequest, record: object, depth: Secrecy, mine: frozenset[Part] | None = None) -> Panel:
    """What a record page needs to show its files: `files=documents.panel(request, record, clearance(...))`.

    `mine` is what the reader is to the record, where the page knows it already.
    """
    rows = documents.on(record, depth)
    may_tidy = bool(rows and permissions.may_tidy(request.reader, record, mine))
    url = f"/w/documents/attach/{record.kind}/{record.number}/?next={request.path}"
    return Panel(
        files=[_shown(row, request, may_tidy) for row in rows],
        url=url if permissions.may_attach(request.reader, record, mine) else "",
        next=request.path,
    )


def _shown(row: object, request: HttpRequest, may_remove: bool) -> Shown:
    return Shown(
        number=row.number, name=row.file_name, size=size(row.size), at=row.created_at,
        by=row.uploaded_by.name if row.uploaded_by else None, depth=CLASSES[Secrecy(row.secrecy_class)],
        url=f"/w/documents/{row.number}/", is_journaled=permissions.is_journaled(row),
        may_remove=may_remove or (row.uploaded_by_id or 0) == request.reader.user_id,
    )  # fmt: skip


def size(number: int) -> str:
    return f"{number / 1024 / 1024:.1f} MB" if number >= 1024 * 1024 else f"{max(number // 1024, 1)} KB"


@signed_in
def attach(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """Attach a file to a record the reader may see; a refusal shows the form again."""
    record = documents.subject(kind, number, request.reader)
    require(permissions.may_attach(request.reader, record), Forbidden)
    depth = min(Secrecy.S2, clearance(request.reader, record))
    form = FileForm.of(request, secrecy=str(int(depth)), next=_back(request, record))

    def save(values: dict) -> HttpResponse:
        file = values["file"]
        made = actions.attach(record, file, file.name, secrecy=Secrecy(int(values["secrecy"])),
                              limit=settings.UPLOAD_LIMIT, by=request.reader, at=request.at)  # fmt: skip
        return done(
            request, _back(request, record), Text(f"{made.file_name} was attached.", f"已上传 {made.file_name}。")
        )

    return saving(request, form, save, template="web/documents/form.html", title=ATTACH, number=record.number,
                  crumbs=[(Text(record.number, record.number), _back(request, record)), (ATTACH, "")],
                  cancel_url=_back(request, record), submit=ATTACH,
                  help=WHAT.fill(most=size(settings.UPLOAD_LIMIT)))  # fmt: skip


def _back(request: HttpRequest, record: object) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/w/"):
        return wanted
    return home_of(record)


@signed_in
def download(request: HttpRequest, number: str) -> HttpResponse:
    """A file as an attachment; one whose opening is journaled is opened by POST only."""
    document, record = documents.get(number, request.reader)
    if not permissions.may_read(request.reader, document, record):
        raise Absent
    if permissions.is_journaled(document) and request.method != "POST":
        return page(request, "web/documents/open.html", Text(document.file_name, document.file_name),
                    number=document.number, document=document, back=_back(request, record))  # fmt: skip
    file = actions.open_file(document, record, by=request.reader, at=request.at)
    return sent(file, document)


@signed_in
@require_POST
def remove(request: HttpRequest, number: str) -> HttpResponse:
    """Take a file off its record."""
    document, record = documents.get(number, request.reader)
    if not permissions.may_read(request.reader, document, record):
        raise Absent
    actions.remove(document, record, by=request.reader, at=request.at)
    return done(request, _back(request, record), Text("The file was taken away.", "文件已移除。"))


urlpatterns = [
    path("attach/<str:kind>/<str:number>/", attach),
    path("<str:number>/", download),
    path("<str:number>/remove/", remove),
]
