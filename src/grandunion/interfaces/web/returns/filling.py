"""The pages on which a return is filled in: the form that keeps what is typed, and the spreadsheet beside it."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.sheets import as_xlsx
from grandunion.interfaces.kit.uploads import laid
from grandunion.interfaces.web.returns import forms
from grandunion.interfaces.web.returns.words import HOME, crumbs, who
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.plans import returns as actions
from grandunion.work.permissions.base import clearance
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries.plans import returns

HIDDEN = frozenset({"version", "submission"})
FILL, UPLOAD = Text("Fill in", "填报"), Text("Upload a filled-in spreadsheet", "上传已填表格")
Values = Mapping[str, object]


@signed_in
def fill(request: HttpRequest, number: str) -> HttpResponse:
    """Fill in a return; it is kept while one types, saved with one button and submitted with the other."""
    found = returns.get(number, request.reader)
    require(permissions.may_fill(request.reader, found), Forbidden)
    beside = returns.sheet(found, request.reader)
    form = forms.filled(request, beside, found)

    def save(values: Values) -> HttpResponse:
        sent = {name: value for name, value in values.items() if name not in HIDDEN}
        shared = {"version": values.get("version"), **who(request)}
        if request.POST.get("then") == "submit":
            actions.submit(found, sent, **shared)
            return done(request, HOME, Text("{number} is submitted.", "{number} 已报送。").fill(number=number))
        actions.save(found, sent, **shared)
        return done(request, f"{HOME}{number}/fill/", Text("Saved as a draft.", "草稿已保存。"))

    shown = returns.page(found, request.reader, Secrecy.S2)
    return saving(
        request, form, save, template="web/returns/fill.html", title=found.title, section="returns",
        crumbs=crumbs(number, FILL), cancel_url=f"{HOME}{number}/", keep_at=f"{HOME}{number}/keep/", record=found,
        rows=forms.rows_of(form, beside), remark=form["remark"], is_prefilled=beside.is_prefilled, found=shown,
        has_counted=any(line.counted.zh for line in beside.lines.values()),
        base=f"{HOME}{number}/", number=number, said_of_whole=found.comments.get(actions.WHOLE, ""),
    )  # fmt: skip


@require_POST
@signed_in
def keep(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what is being typed; what does not fit yet is left until it is saved."""
    found = returns.get(number, request.reader)
    form = forms.filled(request, returns.sheet(found, request.reader), found)
    form.is_valid()
    version = form.cleaned_data.get("version")
    if version is None:
        raise Absent
    sent = {name: value for name, value in form.cleaned_data.items() if name not in HIDDEN}
    is_whole = actions.keep(found, sent, version=version, **who(request))
    return HttpResponse(status=204 if is_whole else 202)


@signed_in
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The return as a spreadsheet, to be filled in and sent back."""
    found = returns.get(number, request.reader)
    if clearance(request.reader, found) < Secrecy.S2:
        raise Absent
    return as_xlsx(number, returns.form_rows(found, request.reader))


@signed_in
def upload(request: HttpRequest, number: str) -> HttpResponse:
    """Take a filled-in spreadsheet as the draft; every row that cannot be taken is named, and nothing is kept then."""
    found = returns.get(number, request.reader)
    require(permissions.may_fill(request.reader, found), Forbidden)
    form = forms.UploadForm.of(request, version=found.version)

    def save(values: Values) -> HttpResponse:
        sent = _read(values["file"], found)
        actions.save(found, sent, version=values.get("version"), **who(request))
        told = Text("Taken in: look at it, then submit.", "已读取表格，请核对后报送。")
        return done(request, f"{HOME}{number}/fill/", told)

    return saving(request, form, save, template="web/returns/deed.html", title=UPLOAD, section="returns",
                  crumbs=crumbs(number, UPLOAD), cancel_url=f"{HOME}{number}/fill/", record=found)  # fmt: skip


def _read(file: object, found: object) -> dict[str, object]:
    with laid(file) as path:
        return returns.read_form(path, path.name, found)
