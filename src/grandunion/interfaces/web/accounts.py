"""The pages of the administrator: who has an account, open one, give and end roles, see to how people sign in."""

import secrets
from collections.abc import Mapping

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from grandunion.interfaces.kit import forms as kit
from grandunion.interfaces.kit.doors import signed_in
from grandunion.interfaces.kit.pages import Deed, done, page
from grandunion.interfaces.kit.records import happenings, saving
from grandunion.terms.roles import Role
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, require
from grandunion.work.actions.parties import accounts, signing
from grandunion.work.actions.upkeep.accounts import Account, add_user, give_role
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries import lists
from grandunion.work.queries.parties import accounts as queries

HOME = "/w/accounts/"
LIST = (Text("Accounts", "账户"), HOME)
NEW, GIVE = Text("Open an account", "开通账户"), Text("Give a role", "赋予角色")
VERBS: Mapping[str, Text] = {
    "account.opened": Text("opened the account", "开通账户"),
    "account.closed": Text("suspended the account", "停用账户"),
    "account.reopened": Text("reopened the account", "恢复账户"),
    "account.link_made": Text("made a link to choose a password", "生成密码设置链接"),
    "account.second_factor_reset": Text("reset the second factor", "重置双重验证"),
    "account.sessions_ended": Text("ended all sessions", "结束全部会话"),
    "account.language_chosen": Text("chose a language", "选择语言"),
    "membership.given": Text("gave a role", "赋予角色"),
    "membership.ended": Text("ended a role", "终止角色"),
    "token.issued": Text("issued a key to the API", "签发 API 令牌"),
    "token.revoked": Text("revoked a key to the API", "撤销 API 令牌"),
    "conflict.declared": Text("declared a conflict of interest", "申报利益冲突"),
    "conflict.ended": Text("ended a conflict of interest", "解除利益冲突"),
}
FIELDS: Mapping[str, Text] = {
    "email": Text("E-mail", "电子邮箱"), "role": Text("Role", "角色"), "token": Text("Key", "令牌"),
    "sessions": Text("Sessions", "会话"),
}  # fmt: skip


def _role(*, required: bool) -> object:
    return kit.one_of("Role", "角色", lambda: ((role.value, role.text) for role in Role), required=required)


class RoleForm(kit.Form):
    """One more role."""

    role = _role(required=True)
    organisation = kit.text(
        "Organisation", "所属单位", required=False, longest=200,
        help=Text("Number or full name. Left empty for the hub's own roles.", "填写编号或全称；平台自身角色留空。"),
    )  # fmt: skip
    area = kit.one_of("Only for the area", "仅限片区", lambda: lists.choices("areas")["areas"], required=False)


class AccountForm(RoleForm):
    """Somebody who shall sign in."""

    email = kit.email("E-mail to sign in with", "登录邮箱", required=True)
    name_zh = kit.text("Name in Chinese", "中文姓名", required=False, longest=100)
    name_en = kit.text("Name in English", "英文姓名", required=False, longest=100)
    person = kit.text(
        "Person in the register", "名录中的人员", required=False, longest=100,
        help=Text("Number or name, where the register has this person: the names are then taken from there.",
                  "如名录中已有此人，填写编号或姓名，姓名将自动带入。"),
    )  # fmt: skip
    role = _role(required=False)
    field_order = ("email", "name_zh", "name_en", "person", "role", "organisation", "area")


@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """Everybody who has an account."""
    require(permissions.may_open_accounts(request.reader), Forbidden)
    asked = {name: request.GET.get(name, "") for name in ("role", "standing")}
    number = request.GET.get("page", "1")
    found = queries.roll(
        request.at,
        words=request.GET.get("q", ""),
        **asked,
        number=int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 1,
    )
    rows = [(line, [(Role(row.role).text, row) for row in line.roles]) for line in found.lines]
    return page(
        request, "web/accounts/list.html", LIST[0], section="accounts", found=found, rows=rows,
        words=request.GET.get("q", ""), previous=_turned(request, found.previous),
        following=_turned(request, found.following),
        choices=(("role", Text("Role", "角色"), Role, asked["role"]),
                 ("standing", Text("State", "状态"), queries.Standing, asked["standing"])),
        actions=[Deed(f"{HOME}new/", NEW, "plus", is_primary=True)],
    )  # fmt: skip


def _turned(request: HttpRequest, number: int | None) -> str:
    """The address of another page of the same list."""
    asked = request.GET.copy()
    asked["page"] = str(number)
    return f"?{asked.urlencode()}"


@signed_in
def new(request: HttpRequest) -> HttpResponse:
    """Open an account; its owner chooses the password by a link that is shown once and sent."""
    require(permissions.may_open_accounts(request.reader), Forbidden)

    def save(values: Mapping[str, str]) -> HttpResponse:
        given = {name: value for name, value in values.items() if name not in ("version", "submission")}
        user = add_user(Account(**given), secrets.token_urlsafe(32), by=request.reader, at=request.at)
        return _linked(request, user)

    return saving(request, AccountForm.of(request), save, template="web/accounts/form.html", title=NEW,
                  section="accounts", crumbs=[LIST, (NEW, "")], cancel_url=HOME)  # fmt: skip


def _linked(request: HttpRequest, user: object) -> HttpResponse:
    """The account's page with a fresh link to choose a password, this once."""
    key = [user_pk_to_url_str(user), default_token_generator.make_token(user)]
    link = request.build_absolute_uri(reverse("account_reset_password_from_key", args=key))
    signing.hand_link(user, link, by=request.reader, at=request.at)
    return _shown(request, user, link=link)


@signed_in
def record(request: HttpRequest, user: int) -> HttpResponse:
    """One account: its roles, how it signs in, and what happened to it."""
    account = queries.account(user)
    require(permissions.may_open_accounts(request.reader), Forbidden)
    return _shown(request, account)


def _shown(request: HttpRequest, user: object, *, link: str = "") -> HttpResponse:
    found = queries.account_page(user, request.at)
    return page(
        request, "web/accounts/record.html", user.name, section="accounts", crumbs=[LIST, (user.name, "")],
        subtitle=Text(user.email, user.email), state=queries.Standing.OPEN.text if user.is_active else
        queries.Standing.CLOSED.text, tone="good" if user.is_active else "bad",
        found=found, account=user, held=[(row, Role(row.role).text, row.pk in found.is_held) for row in found.held],
        may=permissions.may_look_after(request.reader, user.pk), link=link, base=f"{HOME}{user.pk}/",
        entries=happenings(found.lines, VERBS, FIELDS),
    )  # fmt: skip


@signed_in
def give(request: HttpRequest, user: int) -> HttpResponse:
    """One more role for an account."""
    account = queries.account(user)
    require(permissions.may_open_accounts(request.reader), Forbidden)

    def save(values: Mapping[str, str]) -> HttpResponse:
        give_role(account, values["role"], values["organisation"], values["area"], by=request.reader, at=request.at)
        return done(request, f"{HOME}{user}/", Text("The role holds from today.", "角色自今日起生效。"))

    return saving(request, RoleForm.of(request), save, template="web/accounts/form.html", title=GIVE,
                  section="accounts", crumbs=[LIST, (account.name, f"{HOME}{user}/"), (GIVE, "")],
                  cancel_url=f"{HOME}{user}/")  # fmt: skip


@require_POST
@signed_in
def end_role(request: HttpRequest, user: int, membership: int) -> HttpResponse:
    """End a role from today."""
    require(permissions.may_open_accounts(request.reader), Forbidden)
    held = {row.pk: row for row in queries.account_page(queries.account(user), request.at).held}
    if membership not in held:
        raise Absent
    accounts.end_membership(held[membership], by=request.reader, at=request.at)
    return done(request, f"{HOME}{user}/", Text("The role has ended.", "角色已终止。"))


@require_POST
@signed_in
def link(request: HttpRequest, user: int) -> HttpResponse:
    """Another link to choose a password, for somebody locked out."""
    require(permissions.may_look_after(request.reader, user), Forbidden)
    return _linked(request, queries.account(user))


DEEDS = {
    "suspend": (accounts.close_account, Text("The account is suspended.", "账户已停用。")),
    "reopen": (signing.reopen_account, Text("The account is open again.", "账户已恢复。")),
    "reset-factor": (signing.reset_second_factor, Text("The second factor was reset.", "双重验证已重置。")),
    "end-sessions": (signing.end_sessions, Text("All sessions have ended.", "全部会话已结束。")),
}


@require_POST
@signed_in
def look_after(request: HttpRequest, user: int, deed: str) -> HttpResponse:
    """Suspend, reopen, reset the second factor, end sessions."""
    if deed not in DEEDS:
        raise Absent
    require(permissions.may_look_after(request.reader, user), Forbidden)
    act, said = DEEDS[deed]
    act(queries.account(user), by=request.reader, at=request.at)
    return done(request, f"{HOME}{user}/", said)


@require_POST
@signed_in
def revoke(request: HttpRequest, user: int, token: int) -> HttpResponse:
    """Stop one of the account's keys to the API."""
    require(permissions.may_open_accounts(request.reader), Forbidden)
    held = {row.pk: row for row in queries.account_page(queries.account(user), request.at).tokens}
    if token not in held:
        raise Absent
    accounts.revoke_token(held[token], by=request.reader, at=request.at)
    return done(request, f"{HOME}{user}/", Text("The key no longer works.", "令牌已失效。"))


urlpatterns = [
    path("", index),
    path("new/", new),
    path("<int:user>/", record),
    path("<int:user>/roles/", give),
    path("<int:user>/roles/<int:membership>/end/", end_role),
    path("<int:user>/link/", link),
    path("<int:user>/tokens/<int:token>/revoke/", revoke),
    path("<int:user>/<str:deed>/", look_after),
]
