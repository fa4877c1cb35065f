"""Saved searches: somebody leaves an address at a list, confirms it by letter, and ends it with one click."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.pages import done
from grandunion.interfaces.kit.tags import lang
from grandunion.interfaces.portal import guarding
from grandunion.interfaces.portal.pages import private, show
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused
from grandunion.work.actions.messages import alerts as actions
from grandunion.work.queries.messages import alerts as queries

TITLE = Text("Tell me of new ones", "有更新时通知我")
WRITTEN = Text(
    "We have written to this address. Nothing more is sent until the letter is answered.",
    "已向该邮箱发送确认邮件，确认前不会发送其他内容。",
)
BEGUN = Text("Confirmed. You get a letter on days when something new answers.", "已确认。有更新时，您将收到邮件。")
ENDED = Text("Ended, and the address is forgotten.", "已取消订阅，邮箱地址已删除。")


class AlertForm(kit.Form):
    """Which address is written to; what is followed stands in the address of the page."""

    email = kit.email("E-mail", "电子邮箱", required=True)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)


def begin(request: HttpRequest, section: str) -> HttpResponse:
    """Leave an address at a list, as it is searched and filtered in the page's address."""
    listing = queries.section(section)
    form, status = AlertForm.of(request, opened=guarding.stamp(request.at)), 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return _begun(request, section, form.cleaned_data["email"])
            except Refused as refused:
                form.take(refused)
                status = refused.status
    return show(
        request, "alert_new.html", TITLE, form=form, status=status, name=listing.name, words=request.GET.get("q", ""),
        crumbs=[(listing.name, f"/{section}/"), (TITLE, "")], submit=Text("Send me the letter", "发送确认邮件"),
        trap="portal/trap.html", is_private=True,
    )  # fmt: skip


def _begun(request: HttpRequest, section: str, email: str) -> HttpResponse:
    guarding.check_person(request)
    guarding.count(request, "alert")
    narrowed = {code: value for code, value in request.GET.dict().items() if code not in ("q", "page", "lang")}
    actions.begin(
        section, request.GET.get("q", ""), narrowed, email=email, language=lang(), by=request.reader, at=request.at
    )
    return done(request, f"/{section}/", WRITTEN)


def kept(request: HttpRequest, word: str) -> HttpResponse:
    """The saved search of a signed word; posting confirms it, for programmes that look into letters open every link."""
    found = queries.kept(word)
    if request.method == "POST":
        actions.confirm(found.alert, by=request.reader, at=request.at)
        return private(done(request, f"/alerts/{word}/", BEGUN))
    return private(show(request, "alert.html", TITLE, found=found, word=word, is_private=True))


@csrf_exempt
@require_POST
def end(request: HttpRequest, word: str) -> HttpResponse:
    """End it with one click, also from within a mail programme (RFC 8058): the signed word is the permission."""
    found = queries.kept(word)
    section = found.alert.section
    actions.end(found.alert, by=request.reader, at=request.at)
    return private(done(request, f"/{section}/", ENDED))
