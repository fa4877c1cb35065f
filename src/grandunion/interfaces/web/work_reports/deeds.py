"""The moves of a report, who signs it, what is corrected afterwards, and to whom its evidence is opened."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.forms import Form
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.work_reports.forms import ErratumForm, GrantForm, SignerForm
from grandunion.interfaces.web.work_reports.views import ASKS, HOME, crumbs
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.plans import reports as actions
from grandunion.work.permissions.plans import reports as permissions
from grandunion.work.queries.plans import reports

Values = Mapping[str, object]


@signed_in
def move(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Make a move; a GET shows its form as a page."""
    report = reports.get(number, request.reader)
    found = {one.code: one.label for one, _ in permissions.offers(request.reader, report)}
    title = found.get(code, Text("That cannot be done now", "当前无法执行"))
    if code not in found and code not in actions.MOVES:
        raise Absent
    form = ASKS.get(code, Form).of(request, version=report.version)

    def save(values: Values) -> HttpResponse:
        actions.move(report, code, by=request.reader, at=request.at, reason=str(values.get("reason", "")),
                     version=values.get("version"))  # fmt: skip
        return done(request, f"{HOME}{number}/", Text("{deed}: done.", "已办理：{deed}。").fill(deed=title))

    return saving(request, form, save, template="web/work_reports/form.html", title=title, section="work-reports",
                  crumbs=crumbs(report, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def signer(request: HttpRequest, number: str) -> HttpResponse:
    """Name who signs."""
    report = reports.get(number, request.reader)
    require(permissions.may_name_signer(request.reader, report), Forbidden)
    title = Text("Who signs", "签发人")
    form = SignerForm.of(request, who=report.signer.email if report.signer else "")

    def save(values: Values) -> HttpResponse:
        actions.name_signer(report, str(values["email"] or values["who"]), by=request.reader, at=request.at)
        return done(request, f"{HOME}{number}/", Text("The signer is named.", "已指定签发人。"))

    return saving(request, form, save, template="web/work_reports/form.html", title=title, section="work-reports",
                  crumbs=crumbs(report, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def correct(request: HttpRequest, number: str) -> HttpResponse:
    """Add an erratum to a signed report, for the figure the address names."""
    report = reports.get(number, request.reader)
    require(permissions.may_correct(request.reader, report), Forbidden)
    key = request.GET.get("figure", "")
    figure = next((one for one in report.frozen["figures"] if one["key"] == key), None)
    if figure is None:
        raise Absent
    title, said = Text("Correct a figure", "勘误"), figure["said"]
    form = ErratumForm.of(request, now_zh=said["zh"], now_en=said["en"])

    def save(values: Values) -> HttpResponse:
        actions.correct(report, key, values, by=request.reader, at=request.at)
        return done(request, f"{HOME}{number}/#errata", Text("The erratum is published with the report.",
                                                             "勘误已随报告公布。"))  # fmt: skip

    hint = Text("The signed text stays as it is; the correction stands beside it.", "已签发的正文不变，勘误附于其后。")
    return saving(request, form, save, template="web/work_reports/form.html", title=title, section="work-reports",
                  hint=hint, crumbs=crumbs(report, title), cancel_url=f"{HOME}{number}/")  # fmt: skip


@signed_in
def grant(request: HttpRequest, number: str) -> HttpResponse:
    """Open the report with its evidence to an auditor by name."""
    report = reports.get(number, request.reader)
    require(permissions.may_draft(request.reader), Forbidden)
    title = Text("Open the evidence to an auditor", "向审计人员开放证据文件")

    def save(values: Values) -> HttpResponse:
        who = actions.open_evidence(
            report, str(values["email"]), str(values["reason"]), by=request.reader, at=request.at
        )
        return done(request, f"{HOME}{number}/", Text("Opened to {who}.", "已向{who}开放。").fill(who=who.name))

    return saving(request, GrantForm.of(request), save, template="web/work_reports/form.html", title=title,
                  section="work-reports", crumbs=crumbs(report, title), cancel_url=f"{HOME}{number}/")  # fmt: skip
