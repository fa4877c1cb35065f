"""Replies by mail: filed on the need they are about, once; every other letter is refused at the door."""

import smtplib
from datetime import timedelta
from email.message import EmailMessage

import pytest
from aiosmtpd.controller import Controller

from grandunion.interfaces.cli.posting import Door
from grandunion.records.messages import Message
from grandunion.records.needs import Note
from grandunion.records.parties import Membership
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house, visitor
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, Refused
from grandunion.work.actions import needs
from grandunion.work.actions.messages.arriving import arrive, whose
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.permissions.needs import hears
from grandunion.work.queries import journal
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.messages import replies
from grandunion.work.queries.needs import LISTING
from grandunion.work.queries.needs import notes as queries
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_user
from tests.posting import free_port

LATER = NOON + timedelta(minutes=3)
MAGNET = {"contact_name": "Bo", "contact_phone": "0551-1234567", "category": "technology",
          "title_zh": "高温超导线圈绕制", "title_en": "Winding of coils", "text_zh": "需要绕制线圈。"}  # fmt: skip


def letter(to, text="We can wind it.", sender="eve@institute.example", message_id="<1@institute.example>", **headers):
    made = EmailMessage()
    made["From"], made["To"], made["Subject"], made["Message-ID"] = sender, to, "Re: the coils", message_id
    for name, value in headers.items():
        made[name.replace("_", "-")] = value
    made.set_content(text)
    return made


@pytest.fixture
def helper(db):
    return make_organisation("Cryogenics Institute", OrganisationKind.INSTITUTE, name_zh="低温研究所")


@pytest.fixture
def eve_user(helper):
    return make_user("eve@institute.example", Role.UNIVERSITY, helper)


@pytest.fixture
def asked(bo, ada, ada_user, helper, eve_user, settings):
    """A need that Eve is asked to answer; letters about it may be answered."""
    settings.MAIL_LISTEN, settings.MAIL_DOMAIN = "127.0.0.1:8025", "hub.example"
    made = needs.register({**MAGNET, "contact_email": "team@start.example"}, by=bo, at=NOON)
    return needs.dispatch(made, to=[helper], by=ada, at=NOON)


def notes():
    return [(one.note_kind, one.text) for one in Note._base_manager.order_by("pk")]


@pytest.mark.django_db
def test_an_answer_to_a_letter_is_filed_on_its_need_and_the_desk_is_told(asked, postbox, eve_user, ada_user):
    while read_journal(at=LATER):
        pass
    send_mails(by=house(LATER), at=LATER)
    (sent,) = postbox.to("eve@institute.example")
    reply = letter(sent["Reply-To"], "We can wind it.\n\nOn Wed, 18 Nov 2026, the hub wrote:\n> You are asked")
    assert arrive(reply.as_bytes(), [sent["Reply-To"]], at=LATER).numbers == (asked.number,)
    assert notes() == [("from_answerer", "We can wind it.")]
    while read_journal(at=LATER):
        pass
    assert Message._base_manager.filter(verb="need.mail_filed", user=ada_user).count() == 1
    assert not Message._base_manager.filter(verb="need.mail_filed", user=eve_user).exists()


@pytest.mark.django_db
def test_the_same_letter_is_filed_once(asked, eve_user):
    to = replies.address(asked.pk, eve_user.pk, "")
    for _ in range(3):
        arrive(letter(to).as_bytes(), [to], at=LATER)
    assert len(notes()) == 1


@pytest.mark.django_db
def test_the_contact_answers_without_an_account_while_it_is_the_contact(asked):
    to = replies.address(asked.pk, None, "team@start.example")
    arrive(letter(to, sender="team@start.example").as_bytes(), [to], at=LATER)
    assert notes() == [("from_applicant", "We can wind it.")]
    asked.contact_email = "other@start.example"
    asked.save(update_fields=["contact_email"])
    with pytest.raises(Absent):
        whose(to, LATER)


@pytest.mark.django_db
def test_whoever_may_no_longer_see_the_need_is_not_let_in_by_an_old_address(asked, ada_user):
    to = replies.address(asked.pk, ada_user.pk, "")
    assert whose(to, LATER)[0] == asked
    Membership._base_manager.filter(user=ada_user).delete()
    asked.in_charge = None
    asked.save(update_fields=["in_charge"])
    with pytest.raises(Absent):
        whose(to, LATER)


@pytest.mark.django_db
def test_no_address_is_guessed_or_bent(asked, eve_user, dee_user):
    sound = replies.address(asked.pk, eve_user.pk, "")
    assert whose(sound.upper(), LATER)[0] == asked  # a mail server may write it large
    box, _, domain = sound.partition("@")
    name, plain, signed = box.partition("+")[0], box.partition("+")[2].rpartition("-")[0], box.rpartition("-")[2]
    wrong = signed[:-1] + ("b" if signed.endswith("a") else "a")
    for bent in (
        f"{name}@{domain}", f"{name}+{plain}@{domain}", f"{name}+{plain}-@{domain}", f"{box}@elsewhere.example",
        f"{name}+{asked.pk}-u{dee_user.pk}-{signed}@{domain}",
        f"{name}+{asked.pk + 1}-u{eve_user.pk}-{signed}@{domain}",
        f"other+{plain}-{signed}@{domain}", f"{name}+{plain}-{wrong}@{domain}", "", "@", f"{name}+线圈@{domain}",
        f"{name}+{plain}-{signed}\x00@{domain}", f"{name}+-u-{signed}@{domain}",
    ):  # fmt: skip
        with pytest.raises(Absent):
            whose(bent, LATER)


@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}, {"Return_Path": "<>"}])
@pytest.mark.django_db
def test_what_a_machine_answers_is_held_apart_so_that_no_two_machines_talk(asked, eve_user, ada_user, headers):
    to = replies.address(asked.pk, eve_user.pk, "")
    arrived = arrive(letter(to, "I am away.", **headers).as_bytes(), [to], at=LATER)
    assert (arrived.is_held, arrived.numbers) == (True, (asked.number,))
    assert notes() == [("held", "Re: the coils\n\nI am away.")]
    while read_journal(at=LATER):
        pass
    assert not Message._base_manager.filter(verb="need.mail_filed").exists()
    (note,) = Note._base_manager.all()
    for reader in (reader_of(eve_user, LATER), visitor(LATER)):
        assert note not in queries.notes_of(asked, reader, hears(reader, asked))
    ada = reader_of(ada_user, LATER)
    assert note in queries.notes_of(asked, ada, hears(ada, asked))
    assert listing.page(LISTING, ada, Question(filters={"whose": "held"})).total == 1
    assert listing.page(LISTING, reader_of(eve_user, LATER), Question(filters={"whose": "held"})).total == 0


@pytest.mark.parametrize("whom", ["account", "contact"])
@pytest.mark.django_db
def test_a_stranger_who_has_got_hold_of_an_address_does_not_write_in_its_readers_name(asked, ada_user, eve_user, whom):
    account = eve_user.pk if whom == "account" else None
    to = replies.address(asked.pk, account, "team@start.example")
    arrived = arrive(letter(to, "Pay to this account.", sender="mallory@evil.example").as_bytes(), [to], at=LATER)
    assert (arrived.is_held, [kind for kind, _ in notes()]) == (True, ["held"])
    (note,) = Note._base_manager.all()
    ada = reader_of(ada_user, LATER)
    for reader in (reader_of(eve_user, LATER), visitor(LATER)):
        assert note not in queries.notes_of(asked, reader, hears(reader, asked))
    (said,) = queries.said_about(asked, ada, hears(ada, asked))
    assert "mallory@evil.example" in str(said.who), "the desk sees from where it came"
    while read_journal(at=LATER):
        pass
    assert Message._base_manager.filter(verb="need.mail_held", user=ada_user).count() == 1
    assert not Message._base_manager.filter(verb="need.mail_held", user=eve_user).exists()


@pytest.mark.django_db
def test_a_letter_that_was_held_by_mistake_is_taken_in_where_it_belongs(asked, eve_user, ada_user):
    to = replies.address(asked.pk, eve_user.pk, "")
    arrive(letter(to, Precedence="list").as_bytes(), [to], at=LATER)
    (note,) = Note._base_manager.all()
    with pytest.raises(Forbidden):
        needs.release_letter(note, by=reader_of(eve_user, LATER), at=LATER)
    needs.release_letter(note, by=reader_of(ada_user, LATER), at=LATER)
    assert [kind for kind, _ in notes()] == ["from_answerer"]
    assert "need.mail_filed" in {line.verb for line in journal.timeline(asked, Secrecy.S2)}
    with pytest.raises(Forbidden, match="held"):
        needs.release_letter(note, by=reader_of(ada_user, LATER), at=LATER)


@pytest.mark.django_db
def test_the_desk_finds_held_letters_under_their_own_heading_and_takes_one_in(
    asked, eve_user, ada_user, sign_in, settings
):
    settings.SECOND_FACTOR_REQUIRED = False
    to = replies.address(asked.pk, None, "team@start.example")
    arrive(letter(to, "Out of the house.", Auto_Submitted="auto-replied").as_bytes(), [to], at=LATER)
    browser = sign_in(ada_user)
    page = f"/w/needs/{asked.number}/"
    assert "Out of the house." not in browser.get(page).content.decode()
    assert "Out of the house." in browser.get(f"{page}?show=held").content.decode()
    (note,) = Note._base_manager.all()
    assert browser.post(f"{page}notes/{note.pk}/release/").status_code in (302, 303)
    assert "Out of the house." in browser.get(page).content.decode()
    assert notes()[0][0] == "from_applicant"


@pytest.mark.django_db
def test_files_are_looked_at_and_what_lies_is_left_out(asked, eve_user, settings, tmp_path):
    settings.FILES = tmp_path
    to = replies.address(asked.pk, eve_user.pk, "")
    made = letter(to)
    made.add_attachment(b"%PDF-1.7 coils", maintype="application", subtype="pdf", filename="coils.pdf")
    made.add_attachment(b"MZ\x90", maintype="application", subtype="pdf", filename="virus.pdf")
    made.add_attachment(b"MZ\x90", maintype="application", subtype="octet-stream", filename="setup.exe")
    arrive(made.as_bytes(), [to], at=LATER)
    (note,) = Note._base_manager.all()
    assert [one[0] for one in note.left_out] == ["virus.pdf", "setup.exe"]


@pytest.mark.django_db
def test_an_empty_letter_is_refused(asked, eve_user):
    to = replies.address(asked.pk, eve_user.pk, "")
    with pytest.raises(Refused):
        arrive(letter(to, "> only what you wrote").as_bytes(), [to], at=LATER)


@pytest.fixture
def door(transactional_db, asked):
    """The hub's own mail server."""
    port = free_port()
    server = Controller(Door(), hostname="127.0.0.1", port=port)
    server.start()
    yield port
    server.stop()


@pytest.mark.django_db(transaction=True)
def test_over_the_line_what_is_ours_is_taken_and_all_else_refused(door, asked, eve_user):
    to = replies.address(asked.pk, eve_user.pk, "")
    with smtplib.SMTP("127.0.0.1", door, timeout=20) as line:
        line.send_message(letter(to), to_addrs=[to])
        with pytest.raises(smtplib.SMTPRecipientsRefused) as refused:
            line.send_message(letter("desk@hub.example"), to_addrs=["desk@hub.example"])
        assert [code for code, _ in refused.value.recipients.values()] == [550]
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            line.sendmail("a@x.example", ["victim@elsewhere.example"], b"Subject: relay\r\n\r\nx")
    assert notes() == [("from_answerer", "We can wind it.")]
