"""Reads accounts for those who look after them: the roll, and one account's roles, keys and sessions."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from allauth.mfa.models import Authenticator
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet

from grandunion.records.parties import Membership, Token, User
from grandunion.terms.roles import STAFF_ROLES, Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.text import Word
from grandunion.terms.verdicts import Absent, invalid
from grandunion.work.queries import journal
from grandunion.work.queries.parties.children import today
from grandunion.work.queries.parties.readers import has_second_factor, memberships, tokens

A_PAGE = 50


class Standing(Word):
    """Whether an account can be used, as a filter."""

    OPEN = "open", "Open", "正常"
    CLOSED = "closed", "Suspended", "已停用"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of the roll."""

    user: User
    roles: tuple[Membership, ...]
    has_second_factor: bool


@dataclass(frozen=True, slots=True)
class Roll:
    """One page of the accounts."""

    lines: tuple[Listed, ...]
    total: int
    first: int
    previous: int | None
    following: int | None


@dataclass(frozen=True, slots=True)
class AccountPage:
    """One account: what it is to the hub and how it signs in."""

    user: User
    held: tuple[Membership, ...]
    is_held: frozenset[int]  # of the memberships that hold today
    has_second_factor: bool
    tokens: tuple[Token, ...]
    sessions: int
    lines: tuple[journal.Line, ...]


@dataclass(frozen=True, slots=True)
class _Told:
    """An account as the journal names it; what it tells of an account has no class of its own."""

    pk: int
    kind: str = User.kind
    secrecy: ClassVar[Mapping[str, Secrecy]] = {}


def roll(at: datetime, *, words: str = "", role: str = "", standing: str = "", number: int = 1) -> Roll:
    """One page of the accounts, by name; `words` stand in the name or the address."""
    rows = _asked(at, words.strip(), role, standing)
    total = rows.count()
    last = max(1, -(-total // A_PAGE))
    number = min(max(number, 1), last)
    first = (number - 1) * A_PAGE
    users = list(rows.select_related("person").order_by("email", "pk")[first : first + A_PAGE])
    held, guarded = _held([user.pk for user in users], at), _guarded([user.pk for user in users])
    return Roll(
        lines=tuple(Listed(user, tuple(held[user.pk]), user.pk in guarded) for user in users),
        total=total,
        first=first,
        previous=number - 1 if number > 1 else None,
        following=number + 1 if number < last else None,
    )


def _asked(at: datetime, words: str, role: str, standing: str) -> QuerySet[User]:
    rows = User.objects.all()
    if words:
        rows = rows.filter(Q(email__icontains=words) | Q(name_zh__icontains=words) | Q(name_en__icontains=words))
    if role:
        _known("role", role, Role)
        rows = rows.filter(pk__in=_holding(at).filter(role=role).values("user"))
    if standing:
        _known("standing", standing, Standing)
        rows = rows.filter(is_active=standing == Standing.OPEN)
    return rows


def _known(field: str, code: str, words: type[Word]) -> None:
    if not words.has(code):
        raise invalid(field, f"“{code}” is not one of: {', '.join(words.codes())}.",
                      f"“{code}”不在可选范围：{'、'.join(words.codes())}。")  # fmt: skip


def _holding(at: datetime) -> QuerySet[Membership]:
    rows = Membership.objects.unscoped("the roles of accounts, for the administrator who gives them")
    return rows.filter(Q(ends_on=None) | Q(ends_on__gt=today(at)), starts_on__lte=today(at))


def _held(users: Iterable[int], at: datetime) -> Mapping[int, list[Membership]]:
    found: dict[int, list[Membership]] = defaultdict(list)
    rows = _holding(at).filter(user__in=users).select_related("organisation", "area")
    for membership in rows.order_by("starts_on", "pk"):
        found[membership.user_id].append(membership)
    return found


def _guarded(users: Iterable[int]) -> frozenset[int]:
    """Those of the accounts that have set up a second factor."""
    rows = Authenticator.objects.filter(user__in=users, type=Authenticator.Type.TOTP)
    return frozenset(rows.values_list("user_id", flat=True))


def unused() -> QuerySet[User]:
    """Open accounts with which nobody has signed in yet, the newest first."""
    return User.objects.filter(is_active=True, last_login=None).order_by("-date_joined", "-pk")


def unguarded(at: datetime) -> QuerySet[User]:
    """Open accounts of the hub's staff without a second factor, by address."""
    staff = _holding(at).filter(role__in=STAFF_ROLES).values("user")
    guarded = Authenticator.objects.filter(type=Authenticator.Type.TOTP).values("user")
    return User.objects.filter(is_active=True, pk__in=staff).exclude(pk__in=guarded).order_by("email", "pk")


def account(user_id: int) -> User:
    """The account with this key."""
    found = User.objects.filter(pk=user_id).select_related("person").first() if user_id < 2**63 else None
    if found is None:
        raise Absent
    return found


def account_page(user: User, at: datetime) -> AccountPage:
    """Everything an account's page shows."""
    held = memberships(user.pk)
    on = today(at)
    return AccountPage(
        user=user,
        held=tuple(held),
        is_held=frozenset(row.pk for row in held if row.ends_on is None or row.ends_on > on),
        has_second_factor=has_second_factor(user.pk),
        tokens=tuple(tokens(user.pk, at)),
        sessions=len(sessions(user.pk, at)),
        lines=tuple(journal.timeline(_Told(user.pk), Secrecy.S2)),
    )


def sessions(user_id: int, at: datetime) -> list[str]:
    """The keys of the account's sessions that are still open; a session names its account only inside."""
    mine = str(user_id)
    rows = Session.objects.filter(expire_date__gt=at).iterator(chunk_size=500)
    return [row.session_key for row in rows if row.get_decoded().get(SESSION_KEY) == mine]
