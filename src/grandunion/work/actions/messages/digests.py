"""Puts what somebody wants to read once a day into one letter, when the hub opens on a working day."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from grandunion.adapters import mail
from grandunion.records.messages import Mail, Message
from grandunion.terms.messages import Way
from grandunion.work.queries.lists import working_calendar


def make_digests(*, at: datetime, limit: int = 200) -> int:
    """One letter for each account that has something to read in it; at most one a day, never while the hub is closed.

    What was read in the meantime is left out. Answers how many letters were made.
    """
    if not mail.is_set_up():
        return 0
    waiting = _waiting().order_by("user").values_list("user", flat=True).distinct()
    if not waiting.exists():
        return 0
    calendar = working_calendar()
    if not calendar.is_working(at):
        return 0
    day = at.astimezone(ZoneInfo(calendar.zone)).date()
    return sum(_digest(user_id, f"digest:{day}:{user_id}", at) for user_id in waiting[:limit])


def _waiting() -> object:
    rows = Message.objects.unscoped("what waits for the day's letter to each account")
    return rows.filter(way=Way.DIGEST, mail=None)


@transaction.atomic
def _digest(user_id: int, key: str, at: datetime) -> bool:
    rows = _waiting().filter(user=user_id)
    rows.exclude(read_at=None).update(way=Way.NEVER)
    has_one = Mail.objects.unscoped("whether the day's letter was made already").filter(key=key).exists()
    if has_one or not rows.exists():
        return False
    letter = Mail.objects.create(
        key=key, message_id=mail.new_message_id(), user_id=user_id, is_digest=True, made_at=at, due_at=at
    )
    rows.update(mail=letter)
    return True
