"""Who somebody is to the hub: accounts, memberships, conflicts and tokens."""

import hashlib
import json
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from grandunion.records.parties import Access, Membership, Token, User
from grandunion.terms.readers import MANAGING_ROLES, Reader, visitor
from grandunion.terms.roles import HUB_ROLES, Part, Role
from grandunion.work.queries.base import kept

CONFLICT = "conflict"
STANDING = (
    "SELECT role, organisation_id, area_id FROM records_membership "
    "WHERE user_id = %s AND starts_on <= %s AND (ends_on IS NULL OR ends_on > %s) "
    "UNION ALL SELECT %s, organisation_id, NULL FROM records_conflict WHERE user_id = %s AND ended_at IS NULL"
)

TOLD = ("id", "person_id", "name_zh", "name_en", "email")
SPOKEN = (  # the user a token speaks for, with the token's scopes
    f"SELECT {', '.join(f'spoken.{name}' for name in TOLD)}, token.scopes, {{standing}} FROM records_token token "  # noqa: S608
    "JOIN records_user spoken ON spoken.id = token.user_id {joined} WHERE token.fingerprint = %s "
    "AND token.revoked_at IS NULL AND token.expires_at > %s AND spoken.is_active = %s"
)
SPEAKING = " UNION ALL ".join((
    SPOKEN.format(
        standing="held.role, held.organisation_id, held.area_id",
        joined="LEFT JOIN records_membership held ON held.user_id = spoken.id "
        "AND held.starts_on <= %s AND (held.ends_on IS NULL OR held.ends_on > %s)",
    ),
    SPOKEN.format(
        standing=f"'{CONFLICT}', torn.organisation_id, NULL",
        joined="JOIN records_conflict torn ON torn.user_id = spoken.id AND torn.ended_at IS NULL",
    ),
))  # fmt: skip


def reader_of(user: object, at: datetime) -> Reader:
    """Who a signed-in user is at this moment, from the memberships and conflicts that hold now."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return visitor(at)
    told = (user.pk, user.person_id, user.name_zh, user.name_en, user.email)
    return _reader(told, _standing(user.pk, at), at)


def _reader(told: tuple, standing: list[tuple], at: datetime, scopes: frozenset[str] | None = None) -> Reader:
    """The reader out of the facts in `TOLD`, and their standing as (role, organisation, area)."""
    user_id, person_id, name_zh, name_en, email = told
    held = [row for row in standing if row[0] != CONFLICT]
    areas = {area for role, _, area in held if role in HUB_ROLES}
    return Reader(
        at=at,
        user_id=user_id,
        person_id=person_id,
        name=name_zh or name_en or email,
        name_en=name_en,
        email=email,
        roles=frozenset(Role(role) for role, _, _ in held),
        organisation_ids=frozenset(o for role, o, _ in held if o and Role(role) in MANAGING_ROLES),
        areas=None if None in areas else frozenset(areas),
        conflicts=frozenset(organisation for role, organisation, _ in standing if role == CONFLICT),
        scopes=scopes,
    )


def _standing(user_id: int, at: datetime) -> list[tuple[str, int | None, int | None]]:
    """The user's memberships that hold and conflicts that stand, as (role, organisation, area), in one question.

    Asked at every request: written out, it costs a third of what Django's query building would.
    """
    today = connection.ops.adapt_datefield_value(timezone.localtime(at).date())
    with connection.cursor() as cursor:
        cursor.execute(STANDING, [user_id, today, today, CONFLICT, user_id])
        return cursor.fetchall()


def has_second_factor(user_id: int) -> bool:
    """Whether the account has set up a second factor; written out as `_standing` is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM mfa_authenticator WHERE user_id = %s LIMIT 1", [user_id])
        return cursor.fetchone() is not None


def user_by_email(email: str) -> User | None:
    """The account with this address."""
    return User.objects.filter(email__iexact=email.strip()).first()


def user_by_id(user_id: int) -> User | None:
    """The account behind a reader, and whether it `has_second_factor`; read at every request, so its SQL is kept."""
    return next(iter(kept.of(_users, [user_id])), None)


def _users(ids: list[int]) -> QuerySet[User]:
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    return User.objects.filter(pk__in=ids).annotate(has_second_factor=Exists(factors))


def memberships(user_id: int) -> list[Membership]:
    """Everything a user is or was to the hub, newest first, with organisations and areas."""
    rows = Membership.objects.unscoped("a user's own memberships, on the user's own page").filter(user=user_id)
    return list(rows.select_related("organisation", "area").order_by("-starts_on", "-pk"))


def tokens(user_id: int, at: datetime) -> list[Token]:
    """The user's tokens that work now, newest first."""
    rows = Token.objects.unscoped("a user's own tokens, on the user's own page").filter(user=user_id)
    return list(rows.filter(revoked_at=None, expires_at__gt=at).order_by("-created_at", "-pk"))


def fingerprint(token: str) -> str:
    """What is kept of a token: its SHA-256; a token has 256 random bits, so no slow hash is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def reader_of_token(token: str, at: datetime) -> Reader | None:
    """Who speaks by a token, within its scopes, if the token still works: user, token and standing in one question."""
    today = connection.ops.adapt_datefield_value(timezone.localtime(at).date())
    holds = [fingerprint(token), connection.ops.adapt_datetimefield_value(at), True]
    with connection.cursor() as cursor:
        cursor.execute(SPEAKING, [today, today, *holds, *holds])
        rows = cursor.fetchall()
    if not rows:
        return None
    *told, scopes = rows[0][:-3]
    return _reader(tuple(told), [row[-3:] for row in rows if row[-3]], at, frozenset(json.loads(scopes)))


def owners_of(record: object, at: datetime) -> list[User]:
    """Those who are told when somebody else is let into a record: its owner's managers and its officer in charge."""
    on = timezone.localtime(at).date()
    rows = Membership.objects.unscoped("who manages the affairs of a record's owner, to be told of an access")
    managers = rows.filter(
        Q(ends_on=None) | Q(ends_on__gt=on),
        organisation=getattr(record, "owner_id", None) or 0, role__in=MANAGING_ROLES, starts_on__lte=on,
    )  # fmt: skip
    told = Q(pk__in=managers.values("user")) | Q(pk=getattr(record, "in_charge_id", None) or 0)
    return list(User.objects.filter(told, is_active=True).order_by("pk"))


def grants(record: object, at: datetime) -> list[Access]:
    """The grants by name that hold on a record, for those who may take them back."""
    rows = Access.objects.unscoped("grants on a record the reader has opened and may give access to")
    rows = rows.filter(subject_kind=record.kind, subject_id=record.pk, part=Part.GRANTEE, expires_at__gt=at)
    return list(rows.select_related("user").order_by("expires_at", "pk"))
