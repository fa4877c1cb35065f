"""Words of the desk go out by mail to the applicant alone; what is said among the desk reaches nobody else."""

import io
from datetime import timedelta

import pytest

from grandunion.records.messages import Message
from grandunion.records.parties import Membership, User, Watch
from grandunion.terms.needs import NoteKind
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import needs
from grandunion.work.actions.base import change
from grandunion.work.actions.messages.mails import send_mails
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db
LATER = NOON + timedelta(minutes=3)
PLAN = {
    "contact_name": "Bo", "contact_email": "boss@outside.example", "category": "other",
    "title_en": "Winding of coils", "text_en": "Coils.",
}  # fmt: skip


def deliver(operator):
    while read_journal(at=LATER):
        pass
    send_mails(by=operator, at=LATER + timedelta(minutes=1), limit=200)


def everything(postbox):
    return "\n".join(f"{letter['Subject']}\n{letter.get_content()}" for _, letter in postbox.letters)


def watch(need, user):
    Watch.objects.create(user=user, subject_kind="need", subject_id=need.pk, at=NOON)


def verbs_told(user):
    return [one.verb for one in Message._base_manager.filter(user=user)]


def say(need, by, kind, text):
    return needs.add_note(need, needs.Writing(kind, text), by=by, at=LATER)


def test_the_letter_to_an_applicant_without_an_account_brings_the_desks_words(postbox, ada, operator):
    need = needs.register(PLAN, by=ada, at=NOON)
    say(need, ada, NoteKind.TO_APPLICANT, "Please send us the drawing.")
    say(need, ada, NoteKind.INTERNAL, "They sound impatient.")
    deliver(operator)
    told = [letter.get_content() for letter in postbox.to("boss@outside.example")]
    assert sum("Please send us the drawing." in words for words in told) == 1
    assert "impatient" not in everything(postbox)


def test_words_taken_back_before_the_letter_went_are_not_sent(postbox, ada, operator):
    need = needs.register(PLAN, by=ada, at=NOON)
    note = say(need, ada, NoteKind.TO_APPLICANT, "Wrong person, sorry.")
    needs.withdraw_note(note, by=ada, at=LATER)
    deliver(operator)
    assert postbox.to("boss@outside.example")  # the need was received
    assert "Wrong person" not in everything(postbox)
    assert "给您留言" not in everything(postbox)


def test_a_member_who_left_the_company_gets_no_words_though_the_need_is_open_to_members(
    postbox, bo, bo_user, ada, operator
):
    need = needs.register({**PLAN, "contact_email": ""}, by=bo, at=NOON)
    change(need, at=NOON, level=Level.MEMBERS.value)
    say(need, ada, NoteKind.TO_APPLICANT, "The words.")
    while read_journal(at=LATER):
        pass
    assert "need.written_to" in verbs_told(bo_user)
    Membership.objects.unscoped("Bo has left").filter(user=bo_user).delete()
    Membership.objects.create(user=bo_user, role=Role.STUDENT, starts_on=NOON.date())
    send_mails(by=operator, at=LATER + timedelta(minutes=1), limit=200)
    assert "The words." not in everything(postbox)


def test_only_the_desks_own_watchers_are_told_of_what_is_said_among_the_desk(bo, bo_user, ada, ada_user):
    need = needs.register(PLAN, by=bo, at=NOON)
    lin = make_user("lin@hub.example", Role.OFFICER)
    for user in (bo_user, lin, ada_user):
        watch(need, user)
    say(need, ada, NoteKind.INTERNAL, "Among us.")
    say(need, ada, NoteKind.INTERNAL, "@Lin look.")
    while read_journal(at=LATER):
        pass
    assert verbs_told(lin).count("need.noted") == 1
    assert verbs_told(lin).count("need.mentioned") == 1
    assert not {"need.noted", "need.mentioned"} & set(verbs_told(bo_user))
    assert not {"need.noted", "need.mentioned"} & set(verbs_told(ada_user))
    assert User.objects.get(pk=bo_user.pk).unread == len(verbs_told(bo_user))


def test_a_letter_of_an_answerer_is_told_to_the_desk_and_not_to_other_answerers(bo, ada, ada_user):
    one, two = make_organisation("One"), make_organisation("Two")
    first = make_user("first@one.example", Role.PARTNER, one)
    second = make_user("second@two.example", Role.PARTNER, two)
    need = needs.register(PLAN, by=bo, at=NOON)
    needs.dispatch(need, to=[one, two], by=ada, at=NOON)
    letters = ((reader_of(first, NOON), "first@one.example", "<1>"), (visitor(NOON), "x@y.example", "<2>"))
    for by, sender, key in letters:
        needs.file_mail(need, needs.Incoming(sender, "Word", message_id=key), by=by, at=LATER)
    while read_journal(at=LATER):
        pass
    assert verbs_told(ada_user).count("need.mail_filed") == 2
    assert verbs_told(second).count("need.mail_filed") == 1


def test_the_files_of_the_desks_words_go_with_the_letter_and_what_is_too_large_is_named(
    postbox, ada, operator, settings, tmp_path, monkeypatch
):
    settings.FILES = tmp_path
    monkeypatch.setattr("grandunion.work.queries.messages.letters.MOST_ATTACHED", 40)
    need = needs.register(PLAN, by=ada, at=NOON)
    given = ((b"%PDF-1.7 form", "form.pdf"), (b"%PDF-1.7 " + b"x" * 100, "thick.pdf"))
    files = tuple((io.BytesIO(content), name) for content, name in given)
    needs.add_note(need, needs.Writing(NoteKind.TO_APPLICANT, "Please fill it in.", files=files), by=ada, at=LATER)
    inner = (io.BytesIO(b"%PDF-1.7 opinion"), "opinion.pdf")
    needs.add_note(need, needs.Writing(NoteKind.INTERNAL, "Ours.", files=(inner,)), by=ada, at=LATER)
    deliver(operator)
    (letter,) = [one for one in postbox.to("boss@outside.example") if one.is_multipart()]
    (kept,) = list(letter.iter_attachments())
    assert (kept.get_filename(), kept.get_content()) == ("form.pdf", b"%PDF-1.7 form")
    words = letter.get_body().get_content()
    assert "Please fill it in." in words
    assert "form.pdf, thick.pdf" in words
    assert "opinion" not in words
