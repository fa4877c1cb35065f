"""Reminds once of a public form that was left, and lets its author in again under a new address."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from grandunion.adapters import mail
from grandunion.records.documents import Draft
from grandunion.records.messages import Mail
from grandunion.work.actions.base import atomic, lock
from grandunion.work.actions.documents import held
from grandunion.work.queries.documents import key_print
from grandunion.work.queries.messages import unfinished


def remind(*, at: datetime, limit: int = 100) -> int:
    """Write one letter for each public form that was left for a day; answers how many forms were looked at."""
    if not mail.is_set_up():
        return 0
    return sum(_remind(draft, at) for draft in list(unfinished.waiting(at)[:limit]))


@atomic
def _remind(draft: Draft, at: datetime) -> bool:
    fresh = lock(draft)
    if fresh.reminded_at is not None or fresh.became:
        return False
    fresh.reminded_at = at
    fresh.save(update_fields=["reminded_at"])
    address = unfinished.address_in(fresh)
    if _is_address(address):
        Mail.objects.create(
            key=f"draft:{fresh.pk}",
            message_id=mail.new_message_id(),
            address=address,
            draft=fresh,
            made_at=at,
            due_at=at,
        )
    return True


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True


@atomic
def let_in_again(draft: Draft, *, key: str, at: datetime) -> None:
    """From now on the form opens with this key; the address it had before opens it no longer."""
    found = held(draft)
    found.key, found.saved_at = key_print(key), at
    found.save(update_fields=["key", "saved_at"])
