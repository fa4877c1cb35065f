"""My account: roles, tokens for the API, language, and the way to password and second factor."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import done, page
from grandunion.interfaces.web import messages
from grandunion.terms.roles import Role, Scope
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Refused
from grandunion.work.actions.parties import accounts
from grandunion.work.queries.parties import readers

HOME = "/w/account/"
TITLE = Text("My account", "我的账户")
YEAR = 365 * 24 * 3600


class TokenForm(kit.Form):
    """A new token."""

    name = kit.text("What uses it", "用途", longest=100)
    scopes = kit.several_of("It may", "权限范围", lambda: ((word.value, word.text) for word in Scope), required=True)
    days = kit.whole("Days it works", "有效天数", least=1, most=accounts.TOKEN_DAYS, required=True)


@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """The reader's own account."""
    return _shown(request, TokenForm(initial={"scopes": ["read"], "days": 90}))


def _shown(request: HttpRequest, form: TokenForm, *, plain: str = "", status: int = 200) -> HttpResponse:
    held = [(row, Role(row.role).text) for row in readers.memberships(request.reader.user_id)]
    return page(
        request, "web/account.html", TITLE, status=status, form=form, plain=plain, held=held,
        tokens=readers.tokens(request.reader.user_id, request.at), scopes={word.value: word.text for word in Scope},
    )  # fmt: skip


@signed_in
def tokens(request: HttpRequest) -> HttpResponse:
    """Issue a token and show it this once."""
    form = TokenForm.of(request, scopes=["read"], days=90)
    if request.method != "POST" or not form.is_valid():
        return _shown(request, form, status=422 if form.is_bound else 200)
    values = form.values()
    try:
        _, plain = accounts.issue_token(request.user, values["name"], values["scopes"], values["days"],
                                        by=request.reader, at=request.at)  # fmt: skip
    except Refused as refused:
        form.take(refused)
        return _shown(request, form, status=refused.status)
    return _shown(request, TokenForm(initial={"scopes": ["read"], "days": 90}), plain=plain)


@signed_in
@require_POST
def revoke(request: HttpRequest, token: int) -> HttpResponse:
    """Stop one of the reader's tokens."""
    mine = {row.pk: row for row in readers.tokens(request.reader.user_id, request.at)}
    if token not in mine:
        raise Absent
    accounts.revoke_token(mine[token], by=request.reader, at=request.at)
    return done(request, HOME, Text("The token no longer works.", "令牌已失效。"))


@signed_in
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language for pages on this device and for letters."""
    chosen = request.POST.get("language", "")
    accounts.choose_language(request.user, chosen, by=request.reader, at=request.at)
    response = done(request, HOME, Text("Saved.", "已保存。"))
    response.set_cookie("language", chosen, max_age=YEAR, samesite="Lax", secure=request.is_secure(), httponly=True)
    return response


urlpatterns = [
    path("", account),
    path("tokens/", tokens),
    path("tokens/<int:token>/revoke/", revoke),
    path("language/", language),
    path("messages/", messages.choices),
]
