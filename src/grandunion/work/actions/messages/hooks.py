"""What an administrator does with webhooks: add, change, give a new secret, pause, try, send again, take away."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from grandunion.adapters import hooks as outside
from grandunion.records.messages import Delivery, Webhook
from grandunion.records.parties import User
from grandunion.terms.messages import DeliveryState, HookState
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Forbidden, Refused, invalid, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic, change
from grandunion.work.actions.messages.deliveries import TRIAL
from grandunion.work.actions.messages.tries import mark
from grandunion.work.actions.parties.values import sound
from grandunion.work.permissions import messages as permissions
from grandunion.work.queries import parties
from grandunion.work.queries.messages import hooks

OVERLAP = timedelta(days=1)  # both secrets sign, so that the other side can change without losing a call
MOST = 50


@atomic
def add(values: Mapping[str, object], *, by: Reader, at: datetime) -> Webhook:
    """Speak to an address outside from now on, with the eyes of one account.

    `values`: name, url, account (the e-mail of the account), verbs (one a line or by commas; empty for all).
    """
    require(permissions.may_run(by), Forbidden)
    if hooks.webhooks().count() >= MOST:
        raise Refused(Text(f"There are {MOST} webhooks already.", f"Webhook 数量已达上限（{MOST} 个）。"))
    hook = Webhook.objects.create(seed=secrets.token_hex(16), created_at=at, updated_at=at, **_values(values))
    journal.note("webhook.added", hook, by=by, at=at, changes=_told(hook))
    return hook


def _told(hook: Webhook) -> dict[str, tuple[None, object]]:
    return {"name": (None, hook.name), "url": (None, hook.url), "account": (None, hook.user.email)}


def _values(given: Mapping[str, object]) -> dict[str, object]:
    name = sound("name", str(given.get("name", "")).strip(), 100)
    if not name:
        raise invalid("name", "Give it a name.", "请填写名称。")
    user = parties.user_by_email(str(given.get("account", "")))
    if user is None or not user.is_active:
        raise invalid("account", "There is no open account with this address.", "没有使用该邮箱的有效账户。")
    return {"name": name, "url": outside.checked(str(given.get("url", ""))), "user": user,
            "verbs": _verbs(str(given.get("verbs", "")))}  # fmt: skip


def _verbs(written: str) -> list[str]:
    found = list(dict.fromkeys(written.replace(",", "\n").replace("，", "\n").split()))
    for verb in found:
        if not all(sign.isascii() and (sign.isalnum() or sign in "._*") for sign in verb) or len(verb) > 60:
            raise invalid("verbs", f"“{verb[:60]}” is not a verb. Write need.received, or need.* for all of needs.",
                          f"“{verb[:60]}”不是有效事件，请写 need.received，或以 need.* 表示全部需求事件。")  # fmt: skip
    return found[:100]


@atomic
def edit(
    hook: Webhook, values: Mapping[str, object], *, by: Reader, at: datetime, version: int | None = None
) -> Webhook:
    """Change its name, address, account or verbs."""
    require(permissions.may_run(by), Forbidden)
    changes = change(hook, at=at, version=version, **_values(values))
    told = {name: pair if name != "user" else tuple(_email(one) for one in pair) for name, pair in changes.items()}
    journal.note("webhook.edited", hook, by=by, at=at, changes=told)
    return hook


def _email(user: User | None) -> str:
    return user.email if user else ""


@atomic
def rotate(hook: Webhook, *, by: Reader, at: datetime) -> Webhook:
    """Give it a new secret; for a day the old one signs along."""
    require(permissions.may_run(by), Forbidden)
    change(hook, at=at, old_seed=hook.seed, old_until=at + OVERLAP, seed=secrets.token_hex(16))
    journal.note("webhook.secret_changed", hook, by=by, at=at)
    return hook


@atomic
def pause(hook: Webhook, *, by: Reader, at: datetime) -> None:
    """Call it no more; what happens meanwhile is not told later."""
    require(permissions.may_run(by), Forbidden)
    if hook.state == HookState.PAUSED:
        raise Refused(Text("It is paused already.", "该 Webhook 已暂停。"))
    change(hook, at=at, state=HookState.PAUSED.value, reason="")
    journal.note("webhook.paused", hook, by=by, at=at)


@atomic
def resume(hook: Webhook, *, by: Reader, at: datetime) -> None:
    """Call it again; what still waits from before goes out."""
    require(permissions.may_run(by), Forbidden)
    if hook.state == HookState.ACTIVE:
        raise Refused(Text("It is active.", "该 Webhook 已启用。"))
    change(hook, at=at, state=HookState.ACTIVE.value, reason="", failing_since=None)
    journal.note("webhook.resumed", hook, by=by, at=at)


@atomic
def try_out(hook: Webhook, *, by: Reader, at: datetime) -> Delivery:
    """Send it a trial, once; the worker does it within seconds."""
    require(permissions.may_run(by), Forbidden)
    return Delivery.objects.create(webhook=hook, delivery_id=hooks.new_delivery_id(), verb=TRIAL, at=at, due_at=at)


@atomic
def send_again(hook: Webhook, pks: Sequence[int], *, by: Reader, at: datetime) -> int:
    """Deliver once more what was given up (or was delivered), under the same ids; answers how many."""
    require(permissions.may_run(by), Forbidden)
    rows = hooks.deliveries_of(hook).filter(pk__in=pks, state__in=(DeliveryState.GIVEN_UP, DeliveryState.DELIVERED))
    found = list(rows)
    for row in found:
        mark(row, state=DeliveryState.WAITING, due_at=at, attempts=0, done_at=None)
    if found:
        journal.note("webhook.sent_again", hook, by=by, at=at, changes={"count": (None, len(found))})
    return len(found)


@atomic
def remove(hook: Webhook, *, by: Reader, at: datetime) -> None:
    """Take a webhook away; what it was told stays in the journal."""
    require(permissions.may_run(by), Forbidden)
    change(hook, at=at, state=HookState.PAUSED.value, removed_at=at)
    journal.note("webhook.removed", hook, by=by, at=at)
