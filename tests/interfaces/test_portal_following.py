"""A need followed by its key: what happens next in words, what its applicant may do there, and what they never read."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from grandunion.interfaces.portal import guarding
from grandunion.records.needs import Need
from grandunion.terms.needs import CallbackResult, NeedState, NoteKind, Outcome
from grandunion.terms.parties import OrganisationKind
from grandunion.work.actions import needs
from grandunion.work.actions.needs import Rating, Writing
from grandunion.work.queries import needs as queries
from tests.cast import make_organisation
from tests.interfaces.test_portal_forms import asked, the_need

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    cache.clear()


@pytest.fixture
def dees() -> Client:
    """Dee's browser, without an account."""
    client = Client()
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def desk(ada, now):
    """The officer as of now: the door reads the real clock."""
    return replace(ada, at=now)


@pytest.fixture
def office():
    return make_organisation("Loan Office", OrganisationKind.ENTERPRISE)


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def dispatched(office, desk, now) -> Need:
    return needs.dispatch(the_need(), to=[office], question="ask-inside", category=None, by=desk, at=now)


def answered(office, desk, now) -> Need:
    need = dispatched(office, desk, now)
    row = queries.assignments(need)[0]
    needs.handle(row, "take", by=desk, at=now)
    needs.handle(queries.assignments(need)[0], "help", answer="Two engineers found.", by=desk, at=now)
    return the_need()


def test_it_says_in_words_who_does_what_by_when(dees, desk, office, now):
    address = asked(dees)
    assert "The desk reads it and gets in touch with you by" in text(dees, address)
    dispatched(office, desk, now)
    page = text(dees, address)
    assert "Being handled" in page
    assert "Loan Office answers by" in page
    needs.ask_applicant(the_need(), "Which city?", by=desk, at=now)
    page = text(dees, address)
    assert "We wait for your answer" in page
    assert "Which city?" in page


def test_in_chinese_too(dees, desk, office, now):
    address = asked(dees)
    dees.cookies["language"] = "zh"
    assert "服务台将审阅并与您联系" in text(dees, address)


def test_a_question_is_answered_with_a_file_and_the_clocks_run_on(dees, desk, office, now):
    address = asked(dees)
    dispatched(office, desk, now)
    needs.ask_applicant(the_need(), "Which city?", by=desk, at=now)
    sent = dees.post(f"{address}answer/", {"text": "Hefei", "file": SimpleUploadedFile("map.txt", b"here")})
    assert sent.status_code == 303, sent.content.decode()
    assert the_need().paused_at is None
    page = text(dees, address)
    assert "Hefei" in page
    assert "map.txt" in page
    place = page.split("/files/")[1].split("/")[0]
    got = dees.get(f"{address}files/{place}/")
    assert b"".join(got.streaming_content) == b"here"
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert dees.get(f"/track/another-key/files/{place}/").status_code == 404


def test_a_letter_reaches_the_desk_and_an_empty_one_comes_back(dees, desk):
    address = asked(dees)
    refused = dees.post(f"{address}write/", {"text": ""})
    assert refused.status_code == 422
    assert "Write something" in refused.content.decode()
    assert dees.post(f"{address}write/", {"text": "We moved."}).status_code == 303
    said = queries.notes.said_about(the_need(), desk, [NoteKind.FROM_APPLICANT])
    assert [one.note.text for one in said] == ["We moved."]


def test_who_is_not_satisfied_has_it_taken_up_again(dees, desk, office, now):
    address = asked(dees)
    answered(office, desk, now)
    page = text(dees, address)
    assert "Two engineers found." in page
    assert "Loan Office" in page
    assert dees.post(f"{address}again/", {"score": "1", "reason": "No"}).status_code == 409
    rated = dees.post(f"{address}rate/", {"score": "2", "was_contacted": "1", "was_useful": "0", "comment": "Slow"})
    assert rated.status_code == 303, rated.content.decode()
    need = the_need()
    assert (need.state, need.satisfaction, need.was_contacted, need.was_useful) == (NeedState.RATED, 2, True, False)
    assert dees.post(f"{address}again/", {"score": "2", "reason": "Nobody came"}).status_code == 303
    assert the_need().state == NeedState.REOPENED
    assert "takes it up again" in text(dees, address)


def test_who_does_not_need_it_any_more_withdraws_it_once(dees):
    address = asked(dees)
    assert dees.post(f"{address}withdraw/", {"reason": "Solved ourselves"}).status_code == 303
    assert the_need().state == NeedState.CANCELLED
    assert "nothing more happens" in text(dees, address)
    again = dees.post(f"{address}withdraw/", {"reason": "Again"})
    assert again.status_code == 409
    assert "notice-error" in again.content.decode()


def test_the_holder_of_the_key_reads_nothing_of_the_desk(dees, desk, office, now):
    """Every field the desk fills carries a mark; none of them stands on the page, at any step."""
    address = asked(dees)
    need = the_need()
    Need.objects.unscoped("the test plants marks").filter(pk=need.pk).update(
        details={"figures": "inside-details"}, source_note="inside-source"
    )
    needs.take(the_need(), by=desk, at=now)
    needs.add_note(the_need(), Writing(NoteKind.INTERNAL, "inside-note"), by=desk, at=now)
    seen = [text(dees, address)]
    need = dispatched(office, desk, now)
    needs.escalate(the_need(), reason="inside-reason", by=desk, at=now)
    seen.append(text(dees, address))
    needs.answer(the_need(), text="You may hire them.", category=None, by=desk, at=now)
    needs.rate(the_need(), Rating(5, comment="Fine"), by=desk, at=now)
    needs.call_back(the_need(), result=CallbackResult.SATISFIED, note="inside-call", by=desk, at=now)
    needs.close(the_need(), "close_solved", outcome=next(iter(Outcome)), note="inside-outcome", by=desk, at=now)
    seen.append(text(dees, address))
    assert "You may hire them." in seen[-1]
    for page in seen:
        for mark in ("inside-", "ask-inside", desk.name, desk.email):
            assert not mark or mark not in page, mark


def test_a_closed_need_says_when_we_call(dees, desk, now):
    address = asked(dees)
    needs.answer(the_need(), text="Done.", category=None, by=desk, at=now)
    needs.rate(the_need(), Rating(5), by=desk, at=now)
    needs.close(the_need(), "close_solved", outcome=next(iter(Outcome)), by=desk, at=now)
    rows = Need.objects.unscoped("the test says when the call is due").filter(pk=the_need().pk)
    rows.update(call_due_at=now + timedelta(days=10))
    assert "we call you about" in text(dees, address)


def test_nobody_without_an_account_fills_the_disk_within_an_hour(dees, monkeypatch):
    monkeypatch.setitem(guarding.LIMITS, "file", 1)
    address = asked(dees)

    def sent(**values: object) -> int:
        return dees.post(f"{address}write/", {"text": "More", **values}).status_code

    def file() -> SimpleUploadedFile:
        return SimpleUploadedFile("a.pdf", b"%PDF-1.7 x")

    assert [sent(file=file()), sent(file=file()), sent()] == [303, 429, 303], "words are still taken"
