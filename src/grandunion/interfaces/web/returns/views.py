"""The pages of returns: what is owed and what waits for review, one return beside last period's, and its moves."""

from collections.abc import Callable, Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import lists as kit_lists
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, offers, saving
from grandunion.interfaces.kit.tones import tone
from grandunion.interfaces.web.returns import forms
from grandunion.interfaces.web.returns.bulk import choices
from grandunion.interfaces.web.returns.words import HOME, LIST, TOLD, VERBS, crumbs, who
from grandunion.terms.returns import OPEN, ReturnState
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent
from grandunion.work.actions.plans import returns as actions
from grandunion.work.permissions.base import clearance
from grandunion.work.permissions.plans import returns as permissions
from grandunion.work.queries import journal
from grandunion.work.queries.plans import returns

Values = Mapping[str, object]
CANNOT = Text("That cannot be done now", "当前无法执行")
INLINE = frozenset({"begin", "send_back", "accept"})  # on the page itself, beside what they are about


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """What the reader owes, and every return they may see; a bureau reads sums."""
    reader = request.reader
    if reader.has(Role.BUREAU) and not reader.reads_rows:
        return redirect(f"{HOME}reported/")
    found = choices(request)
    return kit_lists.show(
        request, returns.RETURNS, template="web/returns/list.html", bulk=found, picking="bulk" if found else "",
        owed=returns.owed_by(reader) if not request.GET else (), is_staff=reader.reads_rows,
        may_agree=reader.has(Role.ENTERPRISE) or reader.is_officer,
    )  # fmt: skip


@signed_in
def record(request: HttpRequest, number: str) -> HttpResponse:
    """One return: what was reported beside last period's and the hub's own count, and what can be done with it."""
    found = returns.get(number, request.reader)
    depth, base = clearance(request.reader, found), f"{HOME}{number}/"
    if depth < Secrecy.S1:
        raise Absent
    shown, offered = returns.page(found, request.reader, depth), permissions.offers(request.reader, found)
    codes = {move.code for move, verdict in offered if verdict}
    may_fill, is_deep = bool(permissions.may_fill(request.reader, found)), depth >= Secrecy.S2
    form = forms.commenting(request, found, shown.lines) if {"send_back", "accept"} & codes and is_deep else None
    return page(
        request, "web/returns/record.html", found.title, section="returns", number=number,
        subtitle=found.owner.name if found.owner else (found.area.name if found.area else None),
        crumbs=[LIST, (Text(number, number), "")], state=ReturnState(found.state).text, tone=tone(found.state),
        actions=_deeds(found, base, may_fill, is_deep), record=found, found=shown, is_deep=is_deep,
        rows=[(line, form[f"{forms.COMMENT}{line.field.code}"] if form else None) for line in shown.lines],
        whole=form[f"{forms.COMMENT}{actions.WHOLE}"] if form else None, form=form, codes=codes,
        may_remind=found.state in OPEN and bool(permissions.may_review(request.reader, found)),
        facts=_facts(found, shown),
        offers=offers([one for one in offered if one[0].code not in INLINE], forms.MOVE_FORMS, base), base=base,
        said_of_whole=found.comments.get(actions.WHOLE, "") if is_deep else "",
        has_counted=any(line.counted.zh for line in shown.lines),
        entries=happenings(journal.timeline(found, depth), VERBS, TOLD) if is_deep else (),
    )  # fmt: skip


def _deeds(found: object, base: str, may_fill: bool, is_deep: bool) -> list[Deed]:
    deeds = []
    if may_fill:
        label = Text("Correct it", "修改") if found.state == ReturnState.RETURNED else Text("Fill it in", "填报")
        deeds.append(Deed(f"{base}fill/", label, "pencil", is_primary=True))
    if is_deep:
        deeds.append(Deed(f"{base}sheet/", Text("Spreadsheet", "下载表格"), "download"))
    return deeds


def _facts(found: object, shown: returns.ReturnPage) -> list[tuple]:
    form = found.form
    rows = [
        (Text("Form", "报表"), form.name, f"{HOME}forms/{form.code}/"),
        (Text("Period", "所属期"), found.span.name, ""),
        (
            Text("Reporter", "填报单位"),
            found.owner.name if found.owner else None,
            f"/w/organisations/{found.owner.number}/" if found.owner else "",
        ),
        (Text("Area", "片区"), found.area.name if found.area else None, ""),
        (Text("Due", "截止时间"), shown.due, ""),
        (Text("In review by", "审核人"), found.in_charge.name if found.in_charge else None, ""),
    ]
    return [(None, [row for row in rows if row[1]])]


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    found = returns.get(number, request.reader)
    offered = {move.code: move.label for move, _ in permissions.offers(request.reader, found)}
    if code == "send_back":
        return _send_back(request, found, offered.get(code, CANNOT))
    if code not in DO:
        raise Absent
    title = offered.get(code, CANNOT)
    form = forms.MOVE_FORMS.get(code, Form).of(request, version=found.version)

    def save(values: Values) -> HttpResponse:
        DO[code](found, values, request)
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return saving(request, form, save, template="web/returns/deed.html", title=title, section="returns",
                  crumbs=crumbs(number, title), cancel_url=f"{HOME}{number}/", record=found)  # fmt: skip


def _send_back(request: HttpRequest, found: object, title: Text) -> HttpResponse:
    depth = clearance(request.reader, found)
    shown = returns.page(found, request.reader, depth)
    form = forms.commenting(request, found, shown.lines)

    def save(values: Values) -> HttpResponse:
        said, version = forms.comments_of(values), values.get("version")
        actions.send_back(found, said, version=version, **who(request))
        return done(request, f"{HOME}{found.number}/", Text("Sent back.", "已退回修改。"))

    return saving(request, form, save, template="web/returns/deed.html", title=title, section="returns",
                  crumbs=crumbs(found.number, title), cancel_url=f"{HOME}{found.number}/", record=found)  # fmt: skip


@require_POST
@signed_in
def remind(request: HttpRequest, number: str) -> HttpResponse:
    """Remind the reporter now."""
    actions.remind(returns.get(number, request.reader), **who(request))
    return done(request, f"{HOME}{number}/", Text("The reporter is reminded.", "已提醒填报单位。"))


def _plain(verb: Callable[..., object], *names: str) -> Callable[[object, Values, HttpRequest], object]:
    def do(found: object, values: Values, request: HttpRequest) -> object:
        given = {name: str(values[name]) for name in names}
        return verb(found, version=values.get("version"), **given, **who(request))

    return do


DO = {
    "submit": _plain(actions.submit),
    "take_back": _plain(actions.take_back),
    "review": _plain(actions.review),
    "accept": _plain(actions.accept),
    "reopen": _plain(actions.reopen, "reason"),
    "waive": _plain(actions.waive, "reason"),
    "ask_again": _plain(actions.ask_again, "reason"),
}
