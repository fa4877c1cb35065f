"""Who may be chosen on an achievement's forms: persons, organisations, reviewers without a tie."""

import re
from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.parties import Conflict, Membership, Organisation, Person, Position, User
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.base import visible

MOST = 100
NUMBER = re.compile(r"[A-Z]{3}-\d{4}-\d{4,}")


def own_user(person: Person) -> User | None:
    """The account of a person, if the person has one."""
    return User.objects.filter(person=person.pk, is_active=True).first()


def tie_of(record: Achievement, user: User, at: datetime) -> str:
    """What keeps a user from reviewing an achievement: inventor, member, conflict, or nothing."""
    if user.person_id and user.person_id in _inventor_ids(record):
        return "inventor"
    if user.pk in set(_members(record, at)) or user.person_id in set(_holders(record, at)):
        return "member"
    return "conflict" if user.pk in set(_conflicted(record)) else ""


def possible_reviewers(record: Achievement, at: datetime) -> QuerySet[User]:
    """Accounts without a tie to the achievement, by name, at most a hundred."""
    persons = [*_inventor_ids(record), *_holders(record, at)]
    tied = Q(pk__in=[*_members(record, at), *_conflicted(record)]) | Q(person__in=persons)
    return User.objects.filter(is_active=True).exclude(tied).order_by("name_zh", "email")[:MOST]


def _inventor_ids(record: Achievement) -> list[int]:
    rows = Inventor.objects.unscoped("inventors never review their own achievement").filter(achievement=record.pk)
    return list(rows.values_list("person", flat=True))


def _members(record: Achievement, at: datetime) -> Iterable[int]:
    rows = Membership.objects.unscoped("members of the owner never review its achievement")
    return rows.filter(_now(at), organisation=record.owner_id or 0).values_list("user", flat=True)


def _holders(record: Achievement, at: datetime) -> Iterable[int]:
    rows = Position.objects.unscoped("people employed by the owner never review its achievement")
    return rows.filter(_now(at), organisation=record.owner_id or 0).values_list("person", flat=True)


def _conflicted(record: Achievement) -> Iterable[int]:
    rows = Conflict.objects.unscoped("people in conflict with the owner never review its achievement")
    return rows.filter(organisation=record.owner_id or 0, ended_at=None).values_list("user", flat=True)


def _now(at: datetime) -> Q:
    today = timezone.localtime(at).date()
    return Q(starts_on__lte=today) & (Q(ends_on=None) | Q(ends_on__gt=today))


def own_organisations(reader: Reader) -> QuerySet[Organisation]:
    """The organisations the reader belongs to in any role, for the owner's field."""
    member = Membership.objects.unscoped("a reader's own memberships").filter(_now(reader.at), user=reader.user_id)
    rows = visible(Organisation, reader).filter(pk__in=member.values("organisation"))
    return rows.order_by("sort_key", "pk")[:MOST]


def organisation_named(written: str, reader: Reader, field: str) -> Organisation | None:
    """The visible organisation with the number in what was written, or exactly this name; None for nothing written."""
    text = written.strip()
    if not text:
        return None
    same = Q(number=_number(text)) | Q(name_zh=text) | Q(name_en__iexact=text)
    found = list(visible(Organisation, reader).filter(same, merged_into=None).order_by("pk")[:5])
    if not found:
        raise invalid(
            field,
            f"No organisation called “{text}” is recorded. Write its full name or its number.",
            f"没有名为“{text}”的单位，请填写单位全称或编号。",
        )
    return _only(found, text, field)


def person_named(written: str, reader: Reader, field: str) -> Person | None:
    """The visible person with the number in what was written, this account's address or exactly this name, if any."""
    text = written.strip()
    account = User.objects.filter(email__iexact=text, is_active=True).values("person")
    same = Q(number=_number(text)) | Q(name_zh=text) | Q(name_en__iexact=text) | Q(pk__in=account)
    return _only(list(visible(Person, reader).filter(same).order_by("pk")[:5]), text, field)


def _number(text: str) -> str:
    """The record's number that stands in a chosen suggestion, like “陈佳 · PER-2026-0001”."""
    found = NUMBER.search(text)
    return found.group() if found else ""


def _only(found: list, text: str, field: str) -> object | None:
    if len(found) > 1:
        numbers = ", ".join(one.number for one in found)
        raise invalid(
            field,
            f"Several are called “{text}” ({numbers}). Write the number.",
            f"有多条名为“{text}”的记录（{numbers}），请填写编号。",
        )
    return found[0] if found else None


def likely_inventors(record: Achievement, reader: Reader) -> QuerySet[Person]:
    """Persons who work for the owner, and the reader, for the inventors' field."""
    here = Q(pk__in=_holders(record, reader.at)) | Q(pk=reader.person_id or 0)
    return visible(Person, reader).filter(here).order_by("sort_key", "pk")[:MOST]
