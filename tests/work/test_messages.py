"""From the journal to whoever has to do with it: who is told, by which way, once, and never what they may not see."""

from datetime import timedelta

import pytest

from grandunion.adapters.mail import masked
from grandunion.records.events import Event, Registration
from grandunion.records.journal import Entry
from grandunion.records.messages import Mail, Message, Preference
from grandunion.records.parties import Membership, User, Watch
from grandunion.terms.messages import MAIL_WAITS, MailState, MessageKind, Way
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import journal, needs
from grandunion.work.actions.base import change
from grandunion.work.actions.messages.digests import make_digests
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.actions.messages.tidying import forget
from grandunion.work.queries.messages.rules import ALL, rules_of
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(minutes=3)
MAGNET = {
    "contact_name": "Bo", "contact_phone": "0551-1234567", "category": "technology",
    "title_zh": "高温超导线圈绕制", "title_en": "Winding of coils", "text_zh": "需要绕制线圈。",
}  # fmt: skip


def read(at=LATER):
    while read_journal(at=at):
        pass


def messages(**by):
    return list(Message._base_manager.filter(**by).order_by("pk"))


def mails(**by):
    return list(Mail._base_manager.filter(**by).order_by("pk"))


@pytest.fixture
def helper(db):
    return make_organisation("Cryogenics Institute", OrganisationKind.INSTITUTE, name_zh="低温研究所")


@pytest.fixture
def helper_user(helper):
    return make_user("eve@institute.example", Role.UNIVERSITY, helper)


@pytest.fixture
def need(bo, ada_user):
    return needs.register(MAGNET, by=bo, at=NOON)


def test_who_has_to_do_with_a_need_is_told_once_and_its_author_is_not(
    need, ada, ada_user, bo_user, helper, helper_user
):
    needs.dispatch(need, to=[helper], by=ada, at=LATER)
    read()
    read()
    told = {(one.user.email, one.verb) for one in messages()}
    assert told == {
        ("ada@hub.example", "need.received"),
        ("eve@institute.example", "need.dispatched"),
        ("bo@company.example", "need.dispatched"),
    }
    assert [one.text.en for one in messages(user=helper_user)] == [f"You are asked to answer {need.number}."]
    assert len(messages()) == 3
    assert {user.email: user.unread for user in User.objects.filter(unread__gt=0)} == {
        "ada@hub.example": 1, "bo@company.example": 1, "eve@institute.example": 1,
    }  # fmt: skip


def test_a_reader_of_the_journal_that_dies_before_the_end_has_written_nothing(need, monkeypatch):
    real = Message.objects.bulk_create

    def dies(rows, **options):
        real(rows, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(Message.objects, "bulk_create", dies)
    with pytest.raises(KeyboardInterrupt):
        read_journal(at=LATER)
    assert messages() == []
    monkeypatch.undo()
    read()
    assert len(messages(verb="need.received")) == 1


def test_nobody_is_told_of_what_they_may_not_see(need, ada_user, dee_user, ada):
    change(need, at=NOON, level=Level.NAMED.value)
    Watch.objects.create(user=dee_user, subject_kind="need", subject_id=need.pk, at=NOON)
    Watch.objects.create(user=ada_user, subject_kind="need", subject_id=need.pk, at=NOON)
    journal.note("need.answered", need, by=house(NOON), at=NOON, changes={"state": ("dispatched", "answered")})
    read()
    assert {one.user_id for one in messages()} & {dee_user.pk, ada_user.pk} == set()


def test_who_watches_a_record_is_told_of_its_states(need, bo_user, ada, ada_user):
    other = make_user("otto@hub.example", Role.OFFICER)
    Watch.objects.create(user=other, subject_kind="need", subject_id=need.pk, at=NOON)
    read()
    needs.move(need, "begin_triage", by=ada, at=LATER)
    read()
    (told,) = messages(user=other, verb="need.begin_triage")
    assert (told.message_kind, told.text.en) == ("watched", f"{need.number} is now: Triage.")


def test_a_letter_is_sent_once_says_no_secret_and_stands_in_the_journal(postbox, need, ada, ada_user):
    read()
    assert send_mails(by=house(LATER), at=LATER) == 1
    assert send_mails(by=house(LATER), at=LATER + timedelta(hours=1)) == 0
    (letter,) = postbox.to("ada@hub.example")
    kept = mails()[0]
    assert (kept.state, kept.sent_at, letter["Message-ID"]) == (MailState.SENT, LATER, kept.message_id)
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    body = letter.get_content()
    assert need.number in body
    assert "0551" not in body
    assert "高温超导线圈绕制" in body  # its title lies in class S0
    sent = Entry.objects.get(verb="mail.sent")
    assert sent.values["to"] == [None, masked("ada@hub.example")]
    assert sent.values["message_id"] == [None, kept.message_id]


def test_a_letter_is_not_sent_once_its_reader_may_no_longer_see_the_record(postbox, need, ada_user):
    read()
    Membership._base_manager.filter(user=ada_user).delete()
    send_mails(by=house(LATER), at=LATER)
    assert postbox.letters == []
    assert [one.state for one in mails()] == [MailState.DROPPED]


def test_the_title_of_what_is_open_by_name_alone_stands_in_no_letter(postbox, need, ada, ada_user):
    change(need, at=NOON, level=Level.NAMED.value, in_charge_id=ada_user.pk)
    read()
    send_mails(by=house(LATER), at=LATER)
    body = postbox.to("ada@hub.example")[0].get_content()
    assert need.number in body
    assert "线圈" not in body


def test_a_letter_is_tried_again_with_growing_waits_and_given_up_with_the_reason(postbox, need, ada_user):
    administrator = make_user("root@hub.example", Role.ADMINISTRATOR)
    read()
    at = LATER
    postbox.answers = ["451 Later"] * (len(MAIL_WAITS) + 1)
    waited = []
    for _ in range(len(MAIL_WAITS) + 1):
        assert send_mails(by=house(at), at=at) == 1
        assert send_mails(by=house(at), at=at) == 0
        due = mails()[0].due_at
        waited.append(due - at)
        at = due
    kept = mails()[0]
    assert (kept.state, kept.attempts) == (MailState.GIVEN_UP, len(MAIL_WAITS) + 1)
    assert "451" in kept.problem
    assert waited[:-1] == sorted(waited[:-1])
    read(at)
    assert [one.verb for one in messages(user=administrator)] == ["mail.given_up"]


def test_an_address_that_says_no_for_good_is_not_tried_again(postbox, need, ada_user):
    read()
    postbox.answers = ["550 No such user"]
    send_mails(by=house(LATER), at=LATER)
    assert (mails()[0].state, mails()[0].attempts) == (MailState.GIVEN_UP, 1)


def test_a_mail_server_that_is_down_costs_no_letter(postbox, settings, need, ada_user):
    settings.EMAIL_PORT = 1  # nobody listens there
    read()
    send_mails(by=house(LATER), at=LATER)
    assert (mails()[0].state, bool(mails()[0].problem)) == (MailState.WAITING, True)
    settings.EMAIL_PORT = postbox.port
    later = LATER + timedelta(hours=1)
    send_mails(by=house(later), at=later)
    assert len(postbox.to("ada@hub.example")) == 1


def test_who_wants_one_letter_a_day_gets_one_when_the_hub_opens(postbox, need, ada_user, bo):
    for kind in MessageKind:
        Preference.objects.create(user=ada_user, message_kind=kind, way=Way.DIGEST)
    needs.register({**MAGNET, "title_zh": "第二项需求"}, by=bo, at=NOON)
    read()
    night = NOON + timedelta(hours=12)
    assert make_digests(at=night) == 0
    morning = NOON + timedelta(hours=21)
    assert (make_digests(at=morning), make_digests(at=morning)) == (1, 0)
    send_mails(by=house(morning), at=morning)
    (letter,) = postbox.to("ada@hub.example")
    assert letter.get_content().count("收到新需求") == 2


def test_who_wants_no_letters_of_a_kind_and_none_in_the_list_is_told_nothing(postbox, need, ada_user):
    Preference.objects.create(user=ada_user, message_kind=MessageKind.NEED, way=Way.NEVER, is_shown=False)
    read()
    assert (messages(user=ada_user), mails()) == ([], [])


def test_a_contact_without_an_account_is_written_to_and_stands_in_no_list(postbox, ada, ada_user):
    made = needs.register(
        {**MAGNET, "contact_email": "Team@Start.example", "applicant_type": "pre_company_team"}, by=ada, at=NOON
    )
    read()
    send_mails(by=house(LATER), at=LATER)
    (letter,) = postbox.to("team@start.example")
    assert made.number in letter.get_content()
    assert "/w/needs/" not in letter.get_content()
    assert [one.is_shown for one in messages(address="team@start.example")] == [False]


def test_what_is_older_than_a_week_is_in_the_list_but_nobody_is_written_to(postbox, need, ada_user):
    read(NOON + timedelta(days=8))
    assert (len(messages(user=ada_user)), mails()) == (1, [])


def test_every_rule_has_a_verb_a_reader_and_two_sentences():
    for rule in ALL:
        assert rule.to
        assert "." in rule.verb
        assert rule.says.en != rule.says.zh
        assert ("{number}" in rule.says.en) == ("{number}" in rule.says.zh)
    assert [rule.message_kind for rule in rules_of("need.begin_triage")][-1] == MessageKind.WATCHED


def test_what_is_old_is_forgotten_and_the_journal_keeps_that_it_was_sent(postbox, need, ada, ada_user):
    needs.register({**MAGNET, "contact_email": "team@start.example"}, by=ada, at=NOON)
    read()
    send_mails(by=house(LATER), at=LATER)
    soon, late = LATER + timedelta(days=80), LATER + timedelta(days=91)
    assert forget(at=soon) == 0
    assert forget(at=late) > 0
    assert (messages(address="team@start.example"), mails(address="team@start.example")) == ([], [])
    assert len(messages(user=ada_user)) == 1
    assert Entry.objects.filter(verb="mail.sent").count() == 2
    assert "team@start" not in str([entry.values for entry in Entry.objects.filter(verb="mail.sent")])
    while forget(at=LATER + timedelta(days=4 * 365)):
        pass
    assert (messages(), User.objects.get(pk=ada_user.pk).unread) == ([], 0)


def test_who_registers_without_an_account_is_written_to_until_the_names_are_forgotten(postbox, ada):
    event = Event.objects.create(
        number="EVT-2026-0001", level=Level.PUBLIC, state="registration_open", title_en="Roadshow", title_zh="路演",
        starts_at=LATER, ends_at=LATER + timedelta(hours=1), created_at=NOON, updated_at=NOON, state_at=NOON,
    )  # fmt: skip
    row = Registration.objects.create(
        number="REG-2026-0001", event=event, email="guest@start.example", name_en="Guest", language="en",
        state="complete", state_at=NOON, registered_at=NOON,
    )  # fmt: skip
    told = {"registration": (None, row.number), "registration_state": (None, "complete")}
    for verb in ("event.registered", "event.reminded"):
        journal.note(verb, event, by=house(NOON), at=NOON, changes=told)
    read()
    assert send_mails(by=house(LATER), at=LATER, limit=1) == 1
    body = postbox.to("guest@start.example")[0].get_content()
    assert "You are registered for EVT-2026-0001." in body
    assert "Roadshow" in body
    assert "/events/EVT-2026-0001/" in body
    Registration._base_manager.update(email="")
    send_mails(by=house(LATER), at=LATER)
    assert len(postbox.letters) == 1
