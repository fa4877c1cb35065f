"""Ties between parties: declared from a party's page, looked into by the desk."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form, choice, one_of, saying, text
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.kit.tags import language
from grandunion.interfaces.kit.uploads import laid
from grandunion.interfaces.web.parties import home_of
from grandunion.terms.matches import TieKind, TieState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, invalid, require
from grandunion.work.actions import matches as actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries.matches import ties
from grandunion.work.queries.matches.tie_files import HEADS, read_ties, write_ties

HOME = "/w/ties/"
TITLE = Text("Ties and conflicts", "关联关系与利益冲突")
IMPORT = Text("Import a file", "导入文件")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DECLARE = Text("Declare a tie", "申报关联关系")
OTHER = Text("Full name or number of the organisation or person.", "填写单位全称、人员姓名或编号。")
KNOWN = (("1", Text("It stands", "情况属实")),)
TONES = {TieState.WAITING: "warn", TieState.STANDS: "info"}
SAID = {
    "stands": Text("Kept: the tie stands.", "已确认：关联关系属实。"),
    "does-not-stand": Text("Kept: the tie does not stand.", "已确认：关联关系不属实。"),
    "ended": Text("Kept: the tie has ended.", "已登记：关联关系终止。"),
}
ANSWERS = {
    "yes": Text("Confirmed: the two stay apart.", "已核实属实，双方不予撮合。"),
    "no": Text("Denied: the two may be brought together.", "已核实不属实，可以撮合。"),
}


class TieForm(Form):
    """With whom, which tie, and where it is known from."""

    other = text("Tied to", "关联方", longest=200, help=OTHER)
    tie_kind = choice("Tie", "关联类型", TieKind)
    source = text("Known from", "信息来源", longest=300)
    is_confirmed = one_of("Looked into", "核实情况", lambda: KNOWN, required=False)


class FileForm(Form):
    """A spreadsheet of ties."""

    file = forms.FileField(label=saying(Text("File: XLSX, CSV or JSON lines", "文件：XLSX、CSV 或 JSON 行")))


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The ties that wait for the desk to look into them."""
    require(permissions.may_read_ties(request.reader), Forbidden)
    rows = _shown(ties.waiting_ties(request.reader))
    deeds = [Deed(f"{HOME}export/", Text("All ties as a spreadsheet", "导出全部关联关系"), "download"),
             Deed(f"{HOME}import/", IMPORT, "upload")]  # fmt: skip
    return page(
        request, "web/ties/list.html", TITLE, section="matches", crumbs=[(TITLE, "")], rows=rows, may_settle=True,
        actions=deeds,
    )  # fmt: skip


@signed_in
def of_party(request: HttpRequest, number: str) -> HttpResponse:
    """The ties of one organisation or person, with the form to declare another."""
    party = ties.party(number, request.reader)
    may_tie = permissions.may_tie(request.reader, *_sides(party))
    require(may_tie, Forbidden)
    here = f"{HOME}{party.number}/"
    form = TieForm.of(request)
    if not request.reader.is_officer:
        del form.fields["is_confirmed"]

    def save(values: Mapping[str, object]) -> HttpResponse:
        sure = True if values.get("is_confirmed") else None
        other, kind = _other(str(values["other"]), request.reader), TieKind(values["tie_kind"])
        source = str(values["source"])
        actions.declare_tie(party, other, kind, source=source, is_confirmed=sure, by=request.reader, at=request.at)
        return done(request, here, Text("The tie is declared.", "已申报关联关系。"))

    return saving(
        request, form, save, template="web/ties/party.html", title=TITLE, section=f"{party.kind}s", number=party.number,
        subtitle=party.name, crumbs=[(party.name, home_of(party)), (TITLE, "")], submit=DECLARE,
        rows=_shown(ties.ties_of(party, request.reader)), may_settle=bool(permissions.may_settle_tie(request.reader)),
        actions=_heads(request.reader, party), cancel_url=home_of(party),
        is_desk=request.reader.is_officer,
    )  # fmt: skip


def _sides(party: object) -> tuple[frozenset[int], frozenset[int]]:
    one = frozenset({party.pk})
    return (one, frozenset()) if party.kind == "organisation" else (frozenset(), one)


def _other(written: str, reader: Reader) -> object:
    found = ties.party_called(written.strip(), reader) if written.isprintable() else None
    if found is None:
        raise invalid("other", f"There is no “{written}” here, or several: write the number.",
                      f"未找到“{written}”，或有多条同名记录，请填写编号。")  # fmt: skip
    return found


def _heads(reader: Reader, party: object) -> list[Deed]:
    suggesting = Deed(f"/w/suggestions/{party.number}/", Text("Suggestions", "推荐设置"), "bell")
    return (
        [Deed(HOME, Text("All to look into", "全部待核实"), "inbox"), suggesting] if reader.is_officer else [suggesting]
    )


def _shown(rows: tuple[ties.Told, ...]) -> list[tuple]:
    """Each tie with its kind and its state in words, and its tone."""
    return [(row, TieKind(row.tie.tie_kind).text, row.state.text, TONES.get(row.state, "neutral")) for row in rows]


@signed_in
@require_POST
def settle(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """The desk has looked: the tie stands, does not stand, or has ended."""
    tie = ties.get_tie(number, request.reader)
    if name not in SAID:
        raise Absent
    if name == "ended":
        actions.end_tie(tie, by=request.reader, at=request.at)
    else:
        reason = request.POST.get("reason", "")
        actions.settle_tie(tie, stands=name == "stands", reason=reason, by=request.reader, at=request.at)
    return done(request, _next(request), SAID[name])


def _next(request: HttpRequest) -> str:
    """Back to the page of ours on which it was asked."""
    there = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return there if is_ours else HOME


@signed_in
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """What the workbench or a round asks: whether two are tied; with what was found."""
    require(permissions.may_settle_tie(request.reader), Forbidden)
    stands, kind = request.POST.get("stands", ""), request.POST.get("tie_kind", "")
    if stands not in ANSWERS or not TieKind.has(kind):
        raise invalid("stands", "Say whether it stands.", "请选择是否属实。")
    one, other = (ties.party(request.POST.get(end, ""), request.reader) for end in ("one", "other"))
    reason = request.POST.get("reason", "")
    actions.answer_question(
        one, other, TieKind(kind), stands=stands == "yes", reason=reason, by=request.reader, at=request.at
    )
    return done(request, _next(request), ANSWERS[stands])


@signed_in
def export(request: HttpRequest) -> HttpResponse:
    """All ties the reader may read, as a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path_ = Path(folder) / "ties.xlsx"
        write_ties(path_, request.reader, language())
        response = HttpResponse(path_.read_bytes(), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="ties.xlsx"'
    return response


@signed_in
def take_in(request: HttpRequest) -> HttpResponse:
    """Take a spreadsheet of ties in, all of it or nothing."""
    require(permissions.may_settle_tie(request.reader), Forbidden)

    def save(values: Mapping[str, object]) -> HttpResponse:
        made = actions.import_ties(_read(values["file"]), by=request.reader, at=request.at)
        return done(request, HOME, _brought(made))

    return saving(
        request, FileForm.of(request), save, template="web/ties/import.html", title=IMPORT, section="matches",
        crumbs=[(TITLE, HOME), (IMPORT, "")], cancel_url=HOME, submit=IMPORT, heads=list(HEADS.values()),
    )  # fmt: skip


def _read(file: object) -> list:
    with laid(file) as path_:
        return read_ties(path_)


def _brought(made: Mapping[str, int]) -> Text:
    return Text(
        "Declared {declared}, settled {settled}, ended {ended}, unchanged {unchanged}.",
        "新申报 {declared} 条，核实 {settled} 条，终止 {ended} 条，未变 {unchanged} 条。",
    ).fill(**{name: str(made[name]) for name in ("declared", "settled", "ended", "unchanged")})


urlpatterns = [
    path("", index),
    path("answer/", answer),
    path("export/", export),
    path("import/", take_in),
    path("<str:number>/", of_party),
    path("<str:number>/<str:name>/", settle),
]
