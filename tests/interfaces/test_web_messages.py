"""The pages of messages: the bell, the list, how one is told, what one watches, no more letters, webhooks."""

import json
import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import resolve

from grandunion.records.journal import Entry
from grandunion.records.messages import Delivery, Mail, Message, Preference, Silence, Webhook
from grandunion.records.parties import User, Watch
from grandunion.terms.messages import MessageKind, Way
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import needs
from grandunion.work.actions.base import change
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.queries.messages.happenings import has_policy, tables
from grandunion.work.queries.messages.places import outside, place
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=3)
MAGNET = {"contact_name": "Bo", "contact_phone": "0551-1234567", "category": "technology",
          "title_zh": "高温超导线圈绕制", "title_en": "Winding of coils", "text_zh": "需要绕制线圈。"}  # fmt: skip


@pytest.fixture
def need(bo, ada_user):
    made = needs.register(MAGNET, by=bo, at=NOON)
    while read_journal(at=LATER):
        pass
    return made


@pytest.fixture
def root(db):
    return make_user("root@hub.example", Role.ADMINISTRATOR)


def test_the_bell_says_how_many_wait_and_one_click_opens_the_record(need, ada_user, sign_in, reading, queries):
    adas = sign_in(ada_user)
    with reading(), queries(at_most=12):
        page = adas.get("/w/messages/", headers={"Accept-Language": "en"}).content.decode()
    assert 'class="bell-count" aria-hidden="true">1<' in page
    assert f"A need came in: {need.number}." in page
    assert "Winding of coils" in page
    (message,) = Message._base_manager.filter(user=ada_user)
    answer = adas.post(f"/w/messages/{message.pk}/open/")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/w/needs/{need.number}/")
    assert "bell-count" not in adas.get("/w/messages/").content.decode()
    assert need.number in adas.get("/w/messages/?all=1").content.decode()


def test_a_message_of_what_is_closed_by_now_says_nothing_of_it(need, ada_user, sign_in):
    change(need, at=NOON, level=Level.NAMED.value)
    page = sign_in(ada_user).get("/w/messages/?lang=en").content.decode()
    assert "no longer open to you" in page
    assert need.number not in page
    assert "Winding" not in page


def test_all_that_was_shown_is_marked_as_read_and_nothing_newer(need, ada_user, bo, sign_in):
    adas = sign_in(ada_user)
    shown = Message._base_manager.get(user=ada_user).pk
    needs.register({**MAGNET, "title_zh": "另一项"}, by=bo, at=NOON)
    read_journal(at=LATER)
    adas.post("/w/messages/read/", {"newest": shown})
    assert User.objects.get(pk=ada_user.pk).unread == 1


def test_nobody_opens_or_reads_the_messages_of_another(need, ada_user, dee_user, sign_in):
    dees = sign_in(dee_user)
    (message,) = Message._base_manager.filter(user=ada_user)
    assert dees.post(f"/w/messages/{message.pk}/open/").status_code == 404
    assert need.number not in dees.get("/w/messages/?all=1").content.decode()
    dees.post("/w/messages/read/")
    assert Message._base_manager.get(pk=message.pk).read_at is None


def test_everybody_says_kind_by_kind_how_they_are_told(ada_user, sign_in):
    adas = sign_in(ada_user)
    assert 'name="need"' in adas.get("/w/account/messages/").content.decode()
    adas.post("/w/account/messages/", {"need": "digest", "match": "never", "match_shown": "on", "nonsense": "x"})
    kept = {row.message_kind: (row.way, row.is_shown) for row in Preference._base_manager.filter(user=ada_user)}
    assert kept == {"need": ("digest", False), "match": ("never", True)}
    assert Entry.objects.get(verb="account.messages_chosen").values["need"] == [None, "digest hidden"]


def test_a_record_is_watched_from_beside_its_number(need, ada_user, dee_user, sign_in):
    adas = sign_in(ada_user)
    assert f'href="/w/messages/watch/{need.number}/"' in adas.get(f"/w/needs/{need.number}/").content.decode()
    assert adas.get(f"/w/messages/watch/{need.number}/").status_code == 200
    adas.post(f"/w/messages/watch/{need.number}/", {"watch": "1"})
    adas.post(f"/w/messages/watch/{need.number}/", {"watch": "1"})
    assert [(row.subject_kind, row.subject_id) for row in Watch._base_manager.all()] == [("need", need.pk)]
    adas.post(f"/w/messages/watch/{need.number}/", {"watch": "0"})
    assert not Watch._base_manager.exists()
    assert sign_in(dee_user).post(f"/w/messages/watch/{need.number}/", {"watch": "1"}).status_code == 404


def test_letters_end_with_the_one_click_of_a_mail_programme_and_never_by_looking(postbox, need, ada_user, client):
    send_mails(by=house(LATER), at=LATER)
    (letter,) = postbox.to("ada@hub.example")
    place = re.search(r"<https?://[^/]+(/messages/stop/[^>]+)>", letter["List-Unsubscribe"])[1]
    assert client.get(place).status_code == 200
    assert not Preference._base_manager.exists()
    assert client.post(place, {"List-Unsubscribe": "One-Click"}).status_code == 200
    kept = Preference._base_manager.get(user=ada_user)
    assert (kept.message_kind, kept.way, kept.is_shown) == (MessageKind.NEED, Way.NEVER, True)
    assert client.post(f"{place[:-2]}{'y' if place[-2] == 'x' else 'x'}/").status_code == 404


def test_an_address_without_an_account_ends_its_letters_too(postbox, ada, client):
    needs.register({**MAGNET, "contact_email": "team@start.example"}, by=ada, at=NOON)
    read_journal(at=LATER)
    send_mails(by=house(LATER), at=LATER)
    (letter,) = postbox.to("team@start.example")
    client.post(re.search(r"/messages/stop/[^>]+", letter["List-Unsubscribe"])[0])
    assert Silence._base_manager.count() == 1
    needs.register({**MAGNET, "contact_email": "team@start.example", "title_zh": "再来一项"}, by=ada, at=NOON)
    read_journal(at=LATER)
    send_mails(by=house(LATER), at=LATER)
    assert len(postbox.to("team@start.example")) == 1


def test_only_administrators_see_how_the_worker_is(root, ada_user, sign_in, reading):
    assert sign_in(ada_user).get("/w/worker/").status_code == 403
    roots = sign_in(root)
    with reading():
        assert "grandunion worker" in roots.get("/w/worker/").content.decode()


def test_an_administrator_sends_a_letter_again_that_was_given_up(postbox, need, root, sign_in):
    postbox.answers = ["550 No"]
    send_mails(by=house(LATER), at=LATER)
    letter = Mail._base_manager.get()
    roots = sign_in(root)
    assert "550" in roots.get("/w/worker/").content.decode()
    roots.post(f"/w/worker/mails/{letter.pk}/send/")
    letter.refresh_from_db()
    send_mails(by=house(letter.due_at), at=letter.due_at)
    assert [one["Message-ID"] for one in postbox.to("ada@hub.example")] == [letter.message_id]


def test_an_administrator_adds_a_webhook_sees_its_secret_and_takes_it_away(listener, root, ada_user, sign_in):
    roots = sign_in(root)
    typed = {"name": "Planning office", "url": listener.url, "account": "ada@hub.example", "verbs": "need.*\nmatch.*"}
    answer = roots.post("/w/worker/webhooks/new/", typed)
    hook = Webhook._base_manager.get()
    place = f"/w/worker/webhooks/{hook.pk}/"
    assert (answer.status_code, answer.headers["Location"], hook.verbs) == (303, place, ["need.*", "match.*"])
    first = re.search(r"whsec_[\w+/=]+", roots.get(place).content.decode())[0]
    roots.post(f"{place}rotate/")
    assert first not in roots.get(place).content.decode()
    roots.post(f"{place}pause/")
    roots.post(f"{place}try/")
    assert roots.post(f"{place}send-again/", {"pick": ["9" * 5000, "9" * 30, "x", "1"]}).status_code == 303
    assert Delivery._base_manager.get().verb == "hub.trial"
    assert roots.post(f"{place}nonsense/").status_code == 404
    roots.post(f"{place}remove/")
    assert roots.get(place).status_code == 404
    assert [entry.verb for entry in Entry.objects.filter(subject_kind="webhook")] == [
        "webhook.added", "webhook.secret_changed", "webhook.paused", "webhook.removed",
    ]  # fmt: skip
    assert first not in json.dumps([entry.values for entry in Entry.objects.all()])


@pytest.mark.parametrize("url", [
    "http://example.com/x", "https://127.0.0.1/x", "https://[::1]/", "https://10.0.0.8/", "https://169.254.169.254/",
    "https://user:pass@example.com/", "ftp://example.com/", "https://localhost/", "https://[::ffff:10.0.0.1]/", "x",
    "https://0.0.0.0/", "https://100.64.0.1/", "https://[fd00::1]/",
])  # fmt: skip
def test_a_webhook_goes_to_public_addresses_over_tls_only(url, root, sign_in):
    typed = {"name": "Inside", "url": url, "account": "root@hub.example", "verbs": ""}
    assert sign_in(root).post("/w/worker/webhooks/new/", typed).status_code == 422
    assert not Webhook._base_manager.exists()


def test_nobody_is_written_to_by_django_itself(need):
    assert mail.outbox == []


def test_every_kind_that_can_be_told_of_has_a_page_to_which_it_leads():
    told = [kind for kind in tables() if has_policy(kind)]
    assert len(told) > 12
    for kind in told:
        assert resolve(place(kind, "ABC-2026-0001")), kind
        assert resolve(outside(kind, "ABC-2026-0001")), kind
