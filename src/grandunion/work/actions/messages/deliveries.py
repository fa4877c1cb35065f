"""Calls webhooks with what is due: thin, signed, tried again as the standard says, paused after days of failure."""

from datetime import datetime

import orjson
from django.conf import settings
from django.db import transaction

from grandunion.adapters import hooks as outside
from grandunion.records.messages import Delivery, Webhook
from grandunion.terms.messages import HOOK_WAITS, PAUSED_AFTER, DeliveryState, HookState, next_try
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.work.actions import journal
from grandunion.work.actions.base import change
from grandunion.work.actions.messages.tries import mark, take
from grandunion.work.queries.messages import hooks
from grandunion.work.queries.messages.happenings import seen_by
from grandunion.work.queries.messages.places import place
from grandunion.work.queries.parties import reader_of

AT_ONCE = 20
TRIAL = "hub.trial"
FAILED = Text("It failed for days.", "连续多日投递失败。")
GONE = Text("The other side says that it is gone (410).", "对方返回 410，地址已停用。")


def deliver(*, by: Reader, at: datetime, limit: int = AT_ONCE) -> int:
    """Call the webhooks for what is due, the oldest first; answers how many calls were tried."""
    taken = take(hooks.due(), at, limit)
    for one in taken:
        _call(one, by=by, at=at)
    return len(taken)


def _call(one: Delivery, *, by: Reader, at: datetime) -> None:
    hook = hooks.webhooks().filter(pk=one.webhook_id).first()
    if hook is None or not hook.user.is_active or not _may_be_told(hook, one, at):
        mark(one, state=DeliveryState.DROPPED, due_at=at)
        return
    stamp = int(at.timestamp())
    body = orjson.dumps(payload(one))
    signed = outside.signature(secrets_of(hook, at), one.delivery_id, stamp, body)
    answer = outside.call(hook.url, body, {
        "webhook-id": one.delivery_id, "webhook-timestamp": str(stamp), "webhook-signature": signed,
    })  # fmt: skip
    _keep(hook, one, answer, by=by, at=at)


def payload(one: Delivery) -> dict[str, object]:
    """What is told: that something happened, and where it is read with the rights of whoever asks."""
    return {
        "type": one.verb,
        "timestamp": one.at.isoformat(),
        "data": {
            "kind": one.subject_kind or None,
            "number": one.subject_number or None,
            "url": settings.ADDRESS + (place(one.subject_kind, one.subject_number) if one.subject_number else "/"),
        },
    }


def secrets_of(hook: Webhook, at: datetime) -> list[str]:
    """The secrets that sign: the one in force, and for a while the one before it."""
    seeds = [hook.seed, *([hook.old_seed] if hook.old_seed and hook.old_until and hook.old_until > at else [])]
    return [outside.secret(seed) for seed in seeds]


def _may_be_told(hook: Webhook, one: Delivery, at: datetime) -> bool:
    """Asked once more at the moment of the call: a right taken away is gone here too."""
    if one.seq is None:
        return True
    subject = (one.subject_kind, one.subject_id)
    return subject in seen_by(reader_of(hook.user, at), {subject})


def _keep(hook: Webhook, one: Delivery, answer: outside.Answer, *, by: Reader, at: datetime) -> None:
    with transaction.atomic():
        if answer.is_taken:
            mark(one, state=DeliveryState.DELIVERED, status=answer.status, problem="", done_at=at, due_at=at)
            Webhook._base_manager.filter(pk=hook.pk).exclude(failing_since=None).update(failing_since=None)
            told = {"type": (None, one.verb), "about": (None, one.subject_number), "id": (None, one.delivery_id)}
            journal.note("webhook.called", hook, by=by, at=at, changes=told)
            return
        problem = answer.problem or f"answered {answer.status}"
        later = None if one.seq is None else next_try(one.attempts, at, HOOK_WAITS, one.delivery_id)
        mark(one, status=answer.status, problem=problem, due_at=later or at,
             state=DeliveryState.WAITING if later else DeliveryState.GIVEN_UP)  # fmt: skip
        if one.seq is not None:
            _judge(hook, answer, by=by, at=at)


def _judge(hook: Webhook, answer: outside.Answer, *, by: Reader, at: datetime) -> None:
    """Pause a webhook that is gone, or that has done nothing but fail for days; the administrators are told."""
    since = hook.failing_since or at
    is_gone = answer.status == outside.GONE
    if hook.state == HookState.ACTIVE and (is_gone or at - since >= PAUSED_AFTER):
        reason = GONE if is_gone else FAILED
        changes = change(hook, at=at, state=HookState.PAUSED.value, reason=reason.en, failing_since=since)
        journal.note("webhook.paused_by_failure", hook, by=by, at=at, changes=changes)
    elif hook.failing_since is None:
        Webhook._base_manager.filter(pk=hook.pk).update(failing_since=at)
