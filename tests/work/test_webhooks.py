"""Webhooks: signed after the standard, thin, only what their reader may see, tried again, paused, never inside."""

import base64
import hashlib
import hmac
import json
import socket
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from grandunion.adapters import hooks as outside
from grandunion.records.journal import Entry
from grandunion.records.messages import Delivery, Message, Webhook
from grandunion.terms.messages import HOOK_WAITS, MAIL_WAITS, PAUSED_AFTER, DeliveryState, HookState, next_try
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Forbidden, Invalid
from grandunion.work.actions import needs
from grandunion.work.actions.base import change
from grandunion.work.actions.messages import hooks
from grandunion.work.actions.messages.deliveries import deliver, secrets_of
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.queries.messages.hooks import webhook
from tests.cast import NOON, make_user

LATER = NOON + timedelta(minutes=3)
MAGNET = {"contact_name": "Bo", "contact_phone": "0551-1234567", "category": "technology",
          "title_zh": "高温超导线圈绕制", "title_en": "Winding of coils", "text_zh": "需要绕制线圈。"}  # fmt: skip


@pytest.fixture
def root(db, as_reader):
    return as_reader(make_user("root@hub.example", Role.ADMINISTRATOR))


@pytest.fixture
def hook(listener, root, ada_user):
    values = {"name": "Planning", "url": listener.url, "account": "ada@hub.example", "verbs": "need.*"}
    return hooks.add(values, by=root, at=NOON)


@pytest.fixture
def need(hook, bo):
    made = needs.register(MAGNET, by=bo, at=NOON)
    read()
    return made


def read(at=LATER):
    while read_journal(at=at):
        pass


def run(at=LATER):
    return deliver(by=house(at), at=at)


def waiting():
    return list(Delivery._base_manager.order_by("pk"))


def signed(secret, headers, body):
    """The signature as the standard words it, worked out anew."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    told = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}".encode()
    return "v1," + base64.b64encode(hmac.new(key, told, hashlib.sha256).digest()).decode()


@pytest.mark.django_db
def test_a_webhook_is_told_that_something_happened_and_where_to_read_it(listener, hook, need):
    assert run() == len(listener.calls) == len(waiting())
    headers, body = listener.calls[-1]
    (secret,) = secrets_of(hook, LATER)
    assert headers["webhook-signature"] == signed(secret, headers, body)
    told = json.loads(body)
    assert told["type"] == "need.received"
    assert told["data"] == {
        "kind": "need", "number": need.number, "url": f"http://localhost:8000/w/needs/{need.number}/",
    }  # fmt: skip
    assert "Winding" not in body.decode()
    assert {one.state for one in waiting()} == {DeliveryState.DELIVERED}
    assert Entry.objects.filter(verb="webhook.called").count() == len(waiting())
    read()
    assert run() == 0  # what the worker itself notes is told to nobody


@pytest.mark.django_db
def test_after_a_change_of_secret_both_sign_for_a_day(listener, hook, need, root):
    before = secrets_of(hook, LATER)[0]
    hooks.rotate(hook, by=root, at=LATER)
    run()
    headers, body = listener.calls[0]
    assert set(headers["webhook-signature"].split()) == {
        signed(secret, headers, body) for secret in (before, secrets_of(webhook(hook.pk), LATER)[0])
    }
    assert len(secrets_of(webhook(hook.pk), LATER + timedelta(days=2))) == 1
    assert before not in json.dumps(list(Webhook._base_manager.values()), default=str)


@pytest.mark.django_db
def test_it_is_told_nothing_its_account_may_not_see_and_nothing_any_more_once_that_has_changed(listener, hook, bo):
    secret = needs.begin({"contact_name": "Bo"}, by=bo, at=NOON)  # a draft is its author's alone
    read()
    assert waiting() == []
    made = needs.register(MAGNET, by=bo, at=NOON)
    read()
    assert {one.subject_number for one in waiting()} == {made.number} != {secret.number}
    change(made, at=LATER, level=Level.NAMED.value)
    run()
    assert listener.calls == []
    assert {one.state for one in waiting()} == {DeliveryState.DROPPED}


@pytest.mark.django_db
def test_what_fails_is_tried_again_as_the_standard_proposes_and_given_up(listener, hook, need):
    Delivery._base_manager.exclude(pk=waiting()[0].pk).delete()
    listener.statuses = [500] * 20
    at, waits = LATER, []
    for _ in HOOK_WAITS:
        assert run(at) == 1
        waits.append(waiting()[0].due_at - at)
        at = waiting()[0].due_at
    for wait, said in zip(waits, HOOK_WAITS, strict=True):
        assert said <= wait <= said * 1.1
    assert run(at) == 1
    assert (waiting()[0].state, waiting()[0].status) == (DeliveryState.GIVEN_UP, 500)
    assert len({headers["webhook-id"] for headers, _ in listener.calls}) == 1


@pytest.mark.django_db
def test_a_webhook_that_fails_for_days_is_paused_and_the_administrator_told(listener, hook, need, root):
    listener.statuses = [500] * 9
    run()
    assert Webhook._base_manager.get().failing_since == LATER
    at = LATER + PAUSED_AFTER
    run(at)
    kept = webhook(hook.pk)
    assert (kept.state, bool(kept.reason)) == (HookState.PAUSED, True)
    read(at)
    assert [one.verb for one in Message._base_manager.filter(user=root.user_id)] == ["webhook.paused_by_failure"]
    hooks.resume(kept, by=root, at=at)
    listener.statuses = []
    run(at + timedelta(days=1))
    assert Webhook._base_manager.get().failing_since is None
    assert {one.state for one in waiting()} == {DeliveryState.DELIVERED}


@pytest.mark.django_db
def test_an_address_that_says_it_is_gone_is_paused_at_once(listener, hook, need):
    listener.statuses = [410]
    run()
    assert webhook(hook.pk).state == HookState.PAUSED


@pytest.mark.django_db
def test_nobody_is_followed_elsewhere(listener, hook, need):
    Delivery._base_manager.exclude(pk=waiting()[0].pk).delete()
    listener.statuses = [302]
    run()
    assert (len(listener.calls), waiting()[0].status, waiting()[0].state) == (1, 302, DeliveryState.WAITING)


@pytest.mark.django_db
def test_a_name_that_leads_inside_by_the_time_of_the_call_is_not_called(listener, hook, need, settings):
    settings.WEBHOOKS_INSIDE = frozenset()
    Webhook._base_manager.update(url=listener.url.replace("http://127.0.0.1", "https://localhost"))
    run()
    assert listener.calls == []
    assert "private network" in waiting()[0].problem


@pytest.mark.django_db
def test_a_trial_goes_out_once_even_to_one_that_is_paused(listener, hook, root):
    hooks.pause(hook, by=root, at=NOON)
    hooks.try_out(hook, by=root, at=NOON)
    listener.statuses = [500]
    assert (run(), run(LATER + timedelta(hours=1))) == (1, 0)
    hooks.send_again(hook, [one.pk for one in waiting()], by=root, at=LATER)
    run()
    assert [one.state for one in waiting()] == [DeliveryState.DELIVERED]
    assert len({headers["webhook-id"] for headers, _ in listener.calls}) == 1


@pytest.mark.django_db
def test_whose_eyes_a_webhook_has_is_told_so(hook, ada_user, root):
    read()
    (told,) = Message._base_manager.filter(user=ada_user)
    assert (told.verb, told.message_kind) == ("webhook.added", "access")
    assert not Message._base_manager.filter(user=root.user_id).exists()


@pytest.mark.django_db
def test_only_administrators_have_to_do_with_webhooks(hook, ada, bo, listener):
    values = {"name": "Mine", "url": listener.url, "account": "bo@company.example", "verbs": ""}
    for deed in (
        lambda who: hooks.add(values, by=who, at=NOON),
        lambda who: hooks.edit(hook, values, by=who, at=NOON),
        lambda who: hooks.rotate(hook, by=who, at=NOON),
        lambda who: hooks.pause(hook, by=who, at=NOON),
        lambda who: hooks.remove(hook, by=who, at=NOON),
        lambda who: hooks.try_out(hook, by=who, at=NOON),
    ):
        for who in (ada, bo):
            with pytest.raises(Forbidden):
                deed(who)


@pytest.mark.parametrize("values", [
    {"name": ""}, {"account": "nobody@hub.example"}, {"verbs": "need received!"}, {"url": "https://"}, {"verbs": "<b>"},
])  # fmt: skip
@pytest.mark.django_db
def test_what_is_no_webhook_is_refused_with_its_field(values, listener, root):
    sound = {"name": "Planning", "url": listener.url, "account": "root@hub.example", "verbs": "need.*"}
    with pytest.raises(Invalid) as refused:
        hooks.add({**sound, **values}, by=root, at=NOON)
    assert [problem.field for problem in refused.value.problems] == list(values)


def test_a_call_that_drips_for_ever_is_cut(monkeypatch, settings):
    """A server that sends one letter of its head a moment, and never ends it."""
    monkeypatch.setattr(outside, "DEADLINE", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        settings.WEBHOOKS_INSIDE = frozenset({f"127.0.0.1:{port}"})
        answer = outside.call(f"http://127.0.0.1:{port}/", b"{}", {})
    assert (answer.status, bool(answer.problem)) == (None, True)


@given(tried=some.integers(1, 20), waits=some.sampled_from([MAIL_WAITS, HOOK_WAITS]), key=some.text(max_size=20))
def test_each_wait_is_the_tables_lengthened_by_at_most_a_tenth_and_always_the_same(tried, waits, key):
    later = next_try(tried, NOON, waits, key)
    if tried > len(waits):
        assert later is None
    else:
        assert waits[tried - 1] <= later - NOON <= waits[tried - 1] * 1.1
        assert next_try(tried, NOON, waits, key) == later
        assert tried == len(waits) or next_try(tried + 1, NOON, waits, key) > later


def test_only_what_was_tried_is_tried_again():
    with pytest.raises(ValueError, match="tried"):
        next_try(0, NOON, MAIL_WAITS)
