"""What of the things that happened goes to which webhook: only what its reader may see at this moment."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from fnmatch import fnmatchcase

from django.db.models import Q, QuerySet

from grandunion.records.messages import Delivery, Webhook
from grandunion.terms.messages import DeliveryState, HookState
from grandunion.work.queries.base import one
from grandunion.work.queries.messages.happenings import Happening, has_policy, seen_by
from grandunion.work.queries.needs.notes import NOTE_VERBS
from grandunion.work.queries.parties import reader_of


def webhooks() -> QuerySet[Webhook]:
    """Every webhook that was not removed, with the account whose eyes it has."""
    rows = Webhook.objects.unscoped("webhooks are the administrator's, and the worker's who calls them")
    return rows.filter(removed_at=None).select_related("user").order_by("name", "pk")


def deliveries(found: Sequence[Happening], at: datetime) -> list[Delivery]:
    """A delivery, not yet kept, for each of these things and each active webhook that is to hear of it."""
    told = [what for what in found if what.record is not None and is_told(what)]
    if not told:
        return []
    made = []
    for hook in webhooks().filter(state=HookState.ACTIVE, user__is_active=True):
        wanted = [what for what in told if wants(hook, what.verb)]
        if not wanted:
            continue
        reader = reader_of(hook.user, at)
        wanted = [what for what in wanted if reader.reads_rows or what.verb not in NOTE_VERBS]
        seen = seen_by(reader, {(what.kind, what.pk) for what in wanted})
        made += [delivery(hook, what, at) for what in wanted if (what.kind, what.pk) in seen]
    return made


def is_told(what: Happening) -> bool:
    """Deeds on records that have a policy, told by the records' own verbs; never who was let in, or accounts."""
    return has_policy(what.kind) and what.verb.partition(".")[0] == what.kind


def wants(hook: Webhook, verb: str) -> bool:
    """Whether a webhook is to hear of a verb."""
    return not hook.verbs or any(fnmatchcase(verb, pattern) for pattern in hook.verbs)


def delivery(hook: Webhook, what: Happening, at: datetime) -> Delivery:
    """The delivery of one thing to one webhook."""
    return Delivery(
        webhook=hook, seq=what.seq, delivery_id=new_delivery_id(), verb=what.verb, at=what.at, due_at=at,
        subject_kind=what.kind, subject_id=what.pk, subject_number=what.number,
    )  # fmt: skip


def new_delivery_id() -> str:
    """The id under which the other side knows a delivery again, however often it is tried."""
    return f"msg_{secrets.token_urlsafe(18)}"


def due() -> QuerySet[Delivery]:
    """What is still to be delivered to webhooks that are not paused; trials go to paused ones too."""
    waiting = Delivery.objects.unscoped("the worker delivers what is due").filter(state=DeliveryState.WAITING)
    return waiting.filter(Q(webhook__state=HookState.ACTIVE) | Q(seq=None), webhook__removed_at=None)


def deliveries_of(hook: Webhook) -> QuerySet[Delivery]:
    """What was told to a webhook, or is to be, newest first."""
    rows = Delivery.objects.unscoped("an administrator sees what a webhook was told")
    return rows.filter(webhook=hook).order_by("-pk")


def webhook(pk: int) -> Webhook:
    """The webhook with this id; Absent when there is none."""
    return one(webhooks(), pk=pk)
