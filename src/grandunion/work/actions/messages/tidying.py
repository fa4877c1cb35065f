"""Forgets what nobody needs any more: letters to addresses without an account, old messages, old deliveries."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from grandunion.records.messages import Delivery, Mail, Message
from grandunion.terms.messages import DeliveryState, MailState
from grandunion.work.actions.messages.inbox import recount

ADDRESSES_KEPT = timedelta(days=90)  # what was sent stands in the journal, without the address
READ_KEPT, ALL_KEPT = timedelta(days=365), timedelta(days=3 * 365)
CALLS_KEPT = timedelta(days=90)
AT_ONCE = 500


@transaction.atomic
def forget(*, at: datetime) -> int:
    """Take away what is older than it is kept for; answers how many messages, letters and deliveries went.

    To be called again until it answers less than `AT_ONCE`.
    """
    messages = Message.objects.unscoped("what is older than it is kept for goes, whosever it is")
    strangers = Q(user=None, at__lt=at - ADDRESSES_KEPT)
    read = Q(read_at__lt=at - READ_KEPT) | Q(at__lt=at - ALL_KEPT)
    old = messages.filter(strangers | read).exclude(mail__state=MailState.WAITING)
    found = list(old.order_by("pk").values_list("pk", "user_id", "read_at")[:AT_ONCE])
    gone, _ = messages.filter(pk__in=[pk for pk, *_ in found]).delete()
    for user_id in {user for _, user, read_at in found if user and read_at is None}:
        recount(user_id)
    return gone + _letters(at) + _calls(at)


def _letters(at: datetime) -> int:
    """Letters of which no message is left, a while after they were made."""
    kept = Message.objects.unscoped("letters that still tell something").exclude(mail=None).values("mail")
    rows = Mail.objects.unscoped("what is older than it is kept for goes").exclude(state=MailState.WAITING)
    old = rows.filter(made_at__lt=at - ADDRESSES_KEPT).exclude(pk__in=kept)
    return rows.filter(pk__in=list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])).delete()[0]


def _calls(at: datetime) -> int:
    rows = Delivery.objects.unscoped("what is older than it is kept for goes").exclude(state=DeliveryState.WAITING)
    old = rows.filter(at__lt=at - CALLS_KEPT)
    return rows.filter(pk__in=list(old.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])).delete()[0]
