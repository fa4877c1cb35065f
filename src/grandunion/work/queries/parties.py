"""Reads organisations, persons, users and what they are to the hub."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from grandunion.records.parties import Conflict, Membership, Organisation, Person, User
from grandunion.terms.readers import MANAGING_ROLES, Reader, visitor
from grandunion.terms.roles import HUB_ROLES, Role
from grandunion.work.queries.base import visible


def reader_of(user: object, at: datetime) -> Reader:
    """Who a signed-in user is at this moment, from the memberships and conflicts that hold now."""
    if not getattr(user, "is_authenticated", False) or not user.is_active:
        return visitor(at)
    held = list(_memberships(user.pk, at))
    conflicts = Conflict.objects.unscoped("a reader's own conflicts close records to the reader").filter(
        user=user.pk, ended_at=None
    )
    areas = {area for role, _, area in held if role in HUB_ROLES}
    return Reader(
        at=at,
        user_id=user.pk,
        person_id=user.person_id,
        name=user.name_zh or user.name_en or user.email,
        email=user.email,
        roles=frozenset(Role(role) for role, _, _ in held),
        organisation_ids=frozenset(o for role, o, _ in held if o and Role(role) in MANAGING_ROLES),
        areas=None if None in areas else frozenset(areas),
        conflicts=frozenset(conflicts.values_list("organisation", flat=True)),
    )


def _memberships(user_id: int, at: datetime) -> QuerySet:
    today = timezone.localtime(at).date()
    return (
        Membership.objects.unscoped("a reader's own memberships decide what the reader sees")
        .filter(Q(ends_on=None) | Q(ends_on__gt=today), user=user_id, starts_on__lte=today)
        .values_list("role", "organisation_id", "area_id")
    )


def organisations(reader: Reader) -> QuerySet[Organisation]:
    """The organisations the reader may see."""
    return visible(Organisation, reader)


def persons(reader: Reader) -> QuerySet[Person]:
    """The persons the reader may see."""
    return visible(Person, reader)


def user_by_email(email: str) -> User | None:
    """The account with this address."""
    return User.objects.filter(email__iexact=email.strip()).first()
