"""The secret address of somebody's calendar: given, renewed, ended."""

import secrets
from datetime import datetime

from grandunion.records.events import CalendarKey
from grandunion.records.parties import User
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, no, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.queries import events


@atomic
def open_calendar(*, by: Reader, at: datetime) -> str:
    """Give the person a secret calendar address, shown once; an address given before ends."""
    user = _account(by)
    _end(user, at)
    key = secrets.token_urlsafe(24)
    CalendarKey.objects.create(user=user, fingerprint=events.fingerprint(key), created_at=at)
    journal.note("calendar.opened", user, by=by, at=at)
    return key


@atomic
def close_calendar(*, by: Reader, at: datetime) -> None:
    """End the person's calendar address."""
    user = _account(by)
    if _end(user, at):
        journal.note("calendar.closed", user, by=by, at=at)


def _account(by: Reader) -> User:
    user = User.objects.filter(pk=by.user_id).first()
    if user is None:
        require(no("Sign in first: a calendar belongs to an account.", "请先登录：日历归属于账号。"), Forbidden)
    return user


def _end(user: User, at: datetime) -> int:
    rows = CalendarKey.objects.unscoped("a person's own calendar addresses end")
    return rows.filter(user=user, revoked_at=None).update(revoked_at=at)
