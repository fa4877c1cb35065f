"""Everything that can be done to accounts: open, give and end roles, declare conflicts, issue and revoke tokens."""

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from grandunion.records.lists import Term
from grandunion.records.parties import Conflict, Membership, Organisation, Person, Token, User
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role, Scope
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Invalid, Problem, Refused, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.parties.values import kept_once, sound
from grandunion.work.permissions import parties as permissions
from grandunion.work.queries.parties import readers
from grandunion.work.queries.parties.children import today

TOKEN_DAYS = 365  # the longest a token works
TOKENS_AT_ONCE = 20


@atomic
def open_account(
    email: str, name_zh: str, name_en: str, password: str, *, by: Reader, at: datetime, person: Person | None = None
) -> User:
    """Open an account with a first password; refuses a weak password and an address that has one."""
    require(permissions.may_open_accounts(by), Forbidden)
    address = sound("email", email.strip().lower(), 254)
    _proper_address(address)
    if readers.user_by_email(address):
        raise invalid("email", f"“{address}” has an account already.", f"“{address}”已开通账户。")
    user = User(email=address, name_zh=sound("name_zh", name_zh.strip(), 100),
                name_en=sound("name_en", name_en.strip(), 100), person=person, date_joined=at)  # fmt: skip
    _strong(password, user)
    user.set_password(password)
    with kept_once():
        user.save()
    journal.note("account.opened", user, by=by, at=at, changes={"email": (None, address)})
    return user


def _proper_address(address: str) -> None:
    try:
        validate_email(address)
    except ValidationError as error:
        raise invalid("email", f"“{address}” is not an e-mail address.", f"“{address}”不是有效的电子邮箱。") from error


def _strong(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Invalid(
            Problem(
                "password",
                Text(
                    "The password is too easy to guess: at least ten characters, no common word, not only "
                    "digits, nothing of the name or address.",
                    "密码过于简单：至少 10 个字符，不能是常见密码或纯数字，且不得包含姓名或邮箱。",
                ),
            )
        ) from error


@atomic
def enrol(
    user: User,
    role: Role,
    organisation: Organisation | None = None,
    area: Term | None = None,
    *,
    starts_on: date,
    by: Reader,
    at: datetime,
) -> Membership:
    """Give a user a role from a day on: in the hub (one area or all), or at an organisation."""
    require(permissions.may_enrol(by, Role(role), organisation, user.pk))
    rows = Membership.objects.unscoped("a user's memberships, when a role is given")
    if rows.filter(user=user, role=role, organisation=organisation, area=area, ends_on=None).exists():
        raise Refused(Text("The user holds this role already.", "该用户已具有此角色。"))
    membership = Membership.objects.create(
        user=user, role=role, organisation=organisation, area=area, starts_on=starts_on
    )
    said = f"{Role(role).value} {organisation.number if organisation else ''} {area.code if area else ''}".strip()
    journal.note("membership.given", user, by=by, at=at, changes={"role": (None, said)})
    return membership


@atomic
def end_membership(membership: Membership, *, by: Reader, at: datetime) -> None:
    """End a role from today on; the next click of the user is judged without it."""
    require(permissions.may_end_membership(by, membership), Forbidden)
    if membership.ends_on is not None and membership.ends_on <= today(at):
        raise Refused(Text("This role has ended already.", "该角色已终止。"))
    if membership.starts_on >= today(at):
        membership.delete()
    else:
        membership.ends_on = today(at)
        membership.save(update_fields=["ends_on"])
    journal.note("membership.ended", membership.user, by=by, at=at, changes={"role": (membership.role, None)})


@atomic
def close_account(user: User, *, by: Reader, at: datetime) -> None:
    """Close an account: its sessions and tokens end with their next click; what it did stays in the journal."""
    require(permissions.may_look_after(by, user.pk), Forbidden)
    if not user.is_active:
        raise Refused(Text("This account is closed already.", "该账户已停用。"))
    user.is_active = False
    user.save(update_fields=["is_active"])
    journal.note("account.closed", user, by=by, at=at)


@atomic
def declare_conflict(user: User, organisation: Organisation, reason: str, *, by: Reader, at: datetime) -> Conflict:
    """Declare that a user stands in conflict of interest with an organisation: its records close to the user."""
    require(permissions.may_declare(by, user.pk), Forbidden)
    written = sound("reason", reason.strip(), 300)
    if not written:
        raise invalid("reason", "Say what the conflict is.", "请说明利益冲突的情形。")
    rows = Conflict.objects.unscoped("a user's own conflicts, when one is declared")
    conflict, is_new = rows.get_or_create(
        user=user, organisation=organisation, ended_at=None, defaults={"reason": written, "declared_at": at}
    )
    if is_new:
        journal.note("conflict.declared", user, by=by, at=at, changes={"organisation": (None, organisation.number)})
    return conflict


@atomic
def end_conflict(conflict: Conflict, *, by: Reader, at: datetime) -> None:
    """End a conflict of interest: only somebody else than the person concerned does that."""
    require(permissions.may_open_accounts(by), Forbidden)
    conflict.ended_at = at
    conflict.save(update_fields=["ended_at"])
    journal.note("conflict.ended", conflict.user, by=by, at=at,
                 changes={"organisation": (conflict.organisation.number, None)})  # fmt: skip


@atomic
def issue_token(
    user: User, name: str, scopes: Collection[str], days: int, *, by: Reader, at: datetime
) -> tuple[Token, str]:
    """Issue a key to the API; the plain token is answered once, only its fingerprint is kept."""
    if by.user_id != user.pk and not by.is_house:
        raise Forbidden(Text("Everybody issues their own tokens only.", "只能为本人签发令牌。"))
    written = sound("name", name.strip(), 100)
    _sound_token(written, scopes, days)
    if len(readers.tokens(user.pk, at)) >= TOKENS_AT_ONCE:
        raise Refused(Text(f"At most {TOKENS_AT_ONCE} tokens work at once: revoke one first.",
                           f"同时有效的令牌不超过 {TOKENS_AT_ONCE} 个，请先撤销一个。"))  # fmt: skip
    plain = f"gu_{secrets.token_urlsafe(32)}"
    token = Token.objects.create(
        user=user, name=written, fingerprint=readers.fingerprint(plain), scopes=sorted(set(scopes)),
        created_at=at, expires_at=at + timedelta(days=days),
    )  # fmt: skip
    journal.note("token.issued", user, by=by, at=at, changes={"token": (None, written)})
    return token, plain


def _sound_token(name: str, scopes: Collection[str], days: int) -> None:
    if not name:
        raise invalid("name", "Name the token after what uses it.", "请填写令牌名称，说明其用途。")
    if not scopes or not all(Scope.has(scope) for scope in scopes):
        raise invalid(
            "scopes", f"Choose among: {', '.join(Scope.codes())}.", f"请选择权限范围：{'、'.join(Scope.codes())}。"
        )
    if not 1 <= days <= TOKEN_DAYS:
        raise invalid("days", f"A token works 1 to {TOKEN_DAYS} days.", f"令牌有效期为 1 至 {TOKEN_DAYS} 天。")


@atomic
def revoke_token(token: Token, *, by: Reader, at: datetime) -> None:
    """Stop a token from working, at once."""
    require(permissions.may_revoke(by, token), Forbidden)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        journal.note("token.revoked", token.user, by=by, at=at, changes={"token": (token.name, None)})


@atomic
def choose_language(user: User, language: str, *, by: Reader, at: datetime) -> None:
    """Keep the language in which the hub writes to the user."""
    if by.user_id != user.pk or language not in ("zh", "en"):
        raise invalid("language", "Choose Chinese or English.", "请选择中文或英文。")
    user.language = language
    user.save(update_fields=["language"])
    journal.note("account.language_chosen", user, by=by, at=at)
