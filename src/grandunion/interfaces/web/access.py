"""Access by name to one record: who holds it, until when and why; give it and take it back."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.records import saving
from grandunion.interfaces.web.parties import CLASSES, home_of
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, invalid, require
from grandunion.work.actions.parties import grants
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries import documents, parties
from grandunion.work.queries.parties import readers

TITLE = Text("Access by name", "查阅授权")


class GrantForm(kit.Form):
    """Who may read, how deep, how long and why."""

    email = kit.email("Account (e-mail)", "账户（邮箱）", required=True)
    secrecy = kit.one_of("How deep", "查阅范围", lambda: ((str(int(depth)), text) for depth, text in CLASSES.items()))
    days = kit.whole("Days", "有效天数", least=1, most=180, required=True)
    reason = kit.text("Reason", "理由", longest=300)


@signed_in
def access(request: HttpRequest, kind: str, number: str) -> HttpResponse:
    """The grants on a record, and a form for one more."""
    record = documents.subject(kind, number, request.reader)
    require(permissions.may_grant(request.reader, record), Forbidden)
    form = GrantForm.of(request, secrecy=str(int(Secrecy.S1)), days=30)

    def save(values: dict) -> HttpResponse:
        user = parties.user_by_email(values["email"])
        if user is None:
            raise invalid("email", "No account has this address.", "没有使用该邮箱的账户。")
        grants.grant(record, user, values["reason"], Secrecy(int(values["secrecy"])), by=request.reader,
                     expires_at=request.at + timedelta(days=values["days"]), at=request.at)  # fmt: skip
        said = Text(f"{user.name.en} may read {number}.", f"已授权{user.name.zh or user.email}查阅 {number}。")
        return done(request, request.path, said)

    rows = [(row, CLASSES[Secrecy(row.secrecy)]) for row in readers.grants(record, request.at)]
    return saving(request, form, save, template="web/access.html", title=TITLE, number=record.number, record=record,
                  crumbs=[(Text(record.number, record.number), home_of(record)), (TITLE, "")],
                  rows=rows, back=home_of(record))  # fmt: skip


@signed_in
@require_POST
def withdraw(request: HttpRequest, kind: str, number: str, grant: int) -> HttpResponse:
    """Take a grant back."""
    record = documents.subject(kind, number, request.reader)
    require(permissions.may_grant(request.reader, record), Forbidden)
    held = {row.pk: row for row in readers.grants(record, request.at)}
    if grant not in held:
        raise Absent
    grants.withdraw(record, held[grant], by=request.reader, at=request.at)
    return done(request, f"/w/access/{kind}/{number}/", Text("The access was taken back.", "授权已撤回。"))


urlpatterns = [
    path("<str:kind>/<str:number>/", access),
    path("<str:kind>/<str:number>/<int:grant>/withdraw/", withdraw),
]
