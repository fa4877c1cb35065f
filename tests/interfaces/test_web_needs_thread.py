"""Writing on a need by clicks: notes, letters, files, what is kept while typing, and what nobody else sees."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grandunion.records.documents import Document
from grandunion.records.journal import Entry
from grandunion.records.needs import Note, Unsent
from grandunion.records.parties import Watch
from grandunion.terms.needs import Category, NoteKind
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Role
from grandunion.work.actions import needs as actions
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
SECRET = "MARK-among-the-desk"  # noqa: S105 - a marker that must not be seen


@pytest.fixture
def ada_browser(ada_user, sign_in):
    return sign_in(ada_user)


@pytest.fixture
def bo_browser(bo_user, sign_in):
    return sign_in(bo_user)


@pytest.fixture
def need(bo):
    given = {"contact_name": "Bo", "title_en": "A coil", "text_en": "A coil.", "category": Category.TECHNOLOGY.value}
    return actions.register(given, by=bo, at=NOON)


def notes():
    return list(Note.objects.unscoped("tests look at what was made").order_by("pk"))


def at(need, deed=""):
    return f"/w/needs/{need.number}/{deed}"


def test_a_note_is_written_on_the_needs_page_and_sent_back_with_its_words_if_refused(ada_browser, need):
    answer = ada_browser.post(at(need, "notes/internal/"), {"text": "Call on Monday.", "submission": "k"})
    assert (answer.status_code, answer["Location"]) == (303, at(need, "#said"))
    ada_browser.post(at(need, "notes/internal/"), {"text": "Call on Monday.", "submission": "k"})
    assert [note.text for note in notes()] == ["Call on Monday."]
    assert "Call on Monday." in ada_browser.get(at(need)).content.decode()
    long = "Long. " * 5000
    refused = ada_browser.post(at(need, "notes/internal/"), {"text": long})
    assert refused.status_code == 422
    assert long[:300] in refused.content.decode()


def test_the_applicant_reads_and_writes_only_what_is_between_them_and_the_desk(ada_browser, bo_browser, need):
    ada_browser.post(at(need, "notes/internal/"), {"text": SECRET})
    ada_browser.post(at(need, "notes/to_applicant/"), {"text": "Please send the drawing."})
    page = bo_browser.get(at(need)).content.decode()
    assert "Please send the drawing." in page
    assert SECRET not in page
    assert 'id="note-internal"' not in page
    assert bo_browser.post(at(need, "notes/from_applicant/"), {"text": "Here it is."}).status_code == 303
    for kind in ("internal", "to_applicant", "from_answerer", "strange"):
        assert bo_browser.post(at(need, f"notes/{kind}/"), {"text": "x"}).status_code == 404
    assert "Here it is." in ada_browser.get(at(need)).content.decode()


def test_what_is_said_among_the_desk_is_nowhere_for_the_applicant(ada_browser, bo_browser, need, client, ada):
    ada_browser.post(at(need, "notes/internal/"), {"text": SECRET, "files": [SimpleUploadedFile(f"{SECRET}.pdf", PDF)]})
    actions.keep_unsent(need, "answer", {"answer": SECRET}, by=ada, at=NOON)
    note = notes()[0]
    own = f"notes/{note.pk}/"
    pages = ("", "?show=notes", "edit/", "moves/cancel/", f"{own}edit/", f"{own}files/DOC-2026-0001/")
    for page in pages:
        assert SECRET not in bo_browser.get(at(need, page)).content.decode()
    for page in ("/w/needs/?format=csv", "/w/search/?q=among", "/w/search/suggest?q=among", "/w/messages/"):
        assert SECRET not in bo_browser.get(page).getvalue().decode()
    assert bo_browser.get(f"/w/documents/{_document()}/").status_code == 404
    assert bo_browser.post(at(need, f"notes/{note.pk}/withdraw/")).status_code == 404
    assert SECRET not in "".join(str(entry.values) for entry in Entry.objects.all())


def _document():
    return Document.objects.unscoped("tests look at what was made").get().number


def test_a_file_of_a_note_is_opened_by_who_reads_the_note(ada_browser, bo_browser, need):
    for kind in ("internal", "to_applicant"):
        ada_browser.post(at(need, f"notes/{kind}/"), {"text": "See.", "files": [SimpleUploadedFile("plan.pdf", PDF)]})
    inner, outer = [at(need, f"notes/{note.pk}/files/DOC-2026-000{n}/") for n, note in enumerate(notes(), 1)]
    answer = ada_browser.get(inner)
    assert b"".join(answer.streaming_content) == PDF
    assert (answer["X-Content-Type-Options"], answer["Cache-Control"]) == ("nosniff", "no-store")
    assert (bo_browser.get(inner).status_code, bo_browser.get(outer).status_code) == (404, 200)


def test_html_in_a_letter_is_only_words_on_the_page(ada_browser, need):
    actions.file_mail(
        need, actions.Incoming("x@y.example", "<script>alert(1)</script><img src=x onerror=alert(2)>"),
        by=visitor(NOON), at=NOON,
    )  # fmt: skip
    page = ada_browser.get(at(need)).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;img src=x" in page


def test_what_is_typed_comes_back_until_it_is_sent_and_only_to_its_writer(ada_browser, bo_browser, need):
    url = at(need, "unsent/note-internal/")
    assert ada_browser.post(url, {"text": "Half a thought"}).status_code == 204
    assert "Half a thought" in ada_browser.get(at(need)).content.decode()
    assert "Half a thought" in ada_browser.get(at(need, "notes/internal/")).content.decode()
    assert "Half a thought" not in bo_browser.get(at(need)).content.decode()
    answer = ada_browser.post(at(need, "notes/internal/"), {"text": "Half a thought, whole"})
    assert answer.cookies["sent"].value == url
    assert not Unsent.objects.unscoped("tests look at what was made").exists()


def test_a_move_that_was_begun_comes_back_as_it_was_typed(ada_browser, need):
    ada_browser.post(at(need, "unsent/answer/"), {"answer": "We know an institute", "category": "technology"})
    page = ada_browser.get(at(need, "moves/answer/"), headers={"X-Requested-With": "fetch"}).content.decode()
    assert "We know an institute" in page
    assert f'data-keep-url="{at(need, "unsent/answer/")}"' in page
    ada_browser.post(at(need, "moves/answer/"), {"answer": "We know an institute.", "category": "technology"})
    assert not Unsent.objects.unscoped("tests look at what was made").exists()


def test_what_cannot_be_kept_is_said_and_a_get_keeps_nothing(ada_browser, need):
    assert ada_browser.post(at(need, "unsent/answer/"), {"answer": "x" * 50_000}).status_code == 422
    assert ada_browser.get(at(need, "unsent/answer/")).status_code == 405


def test_only_colleagues_who_may_read_are_offered_to_be_named(ada_browser, bo_browser, need):
    make_user("lin@hub.example", Role.OFFICER)
    make_user("dee@else.example", Role.ENTERPRISE, make_organisation("Elsewhere"))
    words = ada_browser.get(at(need, "colleagues/")).content.decode()
    assert "Lin" in words
    assert "Dee" not in words
    assert bo_browser.get(at(need, "colleagues/")).status_code == 404


def test_the_time_line_has_everything_in_order_and_can_be_narrowed(ada_browser, ada, need):
    actions.add_note(need, actions.Writing(NoteKind.INTERNAL, "the note"), by=ada, at=NOON)
    actions.file_mail(need, actions.Incoming("x@y.example", "the letter"), by=visitor(NOON), at=NOON)
    shown = {
        part: [word for word in ("the note", "the letter", "Hand") if word in _thread(ada_browser, need, part)]
        for part in ("", "notes", "mail")
    }
    assert shown["notes"] == ["the note"]
    assert shown["mail"] == ["the letter"]
    assert {"the note", "the letter"} <= set(shown[""])


def _thread(browser, need, part):
    page = browser.get(at(need, f"?show={part}")).content.decode()
    return page.split('<ol class="timeline">')[1].split("</ol>")[0]


def test_a_note_is_withdrawn_by_a_click_and_watching_is_one_too(ada_browser, ada_user, need):
    ada_browser.post(at(need, "notes/internal/"), {"text": "Oh no"})
    note = notes()[0]
    assert ada_browser.post(at(need, f"notes/{note.pk}/withdraw/")).status_code == 303
    page = ada_browser.get(at(need)).content.decode()
    assert "Oh no" not in page
    assert 'name="watch" value="1"' in page
    ada_browser.post(f"/w/messages/watch/{need.number}/", {"watch": "1"})
    assert Watch.objects.unscoped("tests look at what was made").filter(user=ada_user).exists()
    assert 'name="watch" value="0"' in ada_browser.get(at(need)).content.decode()


def test_the_whole_thread_is_a_file_with_what_its_reader_hears(ada_browser, bo_browser, ada, need):
    say(ada, need, NoteKind.INTERNAL, SECRET)
    say(ada, need, NoteKind.TO_APPLICANT, "=2+2, dear Bo")
    told = ada_browser.get(at(need, "thread/?format=json")).json()
    assert [row["words"] for row in told["items"] if row["part"] in ("notes", "mail")] == [SECRET, "=2+2, dear Bo"]
    assert told["items"][0]["at"] <= told["items"][-1]["at"]
    csv = bo_browser.get(at(need, "thread/?format=csv")).content.decode()
    assert "'=2+2, dear Bo" in csv
    assert SECRET not in csv
    assert SECRET not in str(bo_browser.get(at(need, "thread/?format=json")).json())
    assert bo_browser.get(at(need, "thread/")).content[:2] == b"PK"
    assert ada_browser.get(at(need, "thread/?format=exe")).status_code == 404


def say(by, need, kind, text):
    return actions.add_note(need, actions.Writing(kind, text), by=by, at=NOON)


def test_a_letter_is_taken_as_the_answer_to_the_open_question(ada_browser, bo_browser, ada, need):
    actions.file_mail(need, actions.Incoming("x@y.example", "Two rooms."), by=visitor(NOON), at=NOON)
    assert "reply/?note=" not in ada_browser.get(at(need)).content.decode()
    actions.ask_applicant(need, "How many rooms?", by=ada, at=NOON)
    url = at(need, f"reply/?note={notes()[0].pk}")
    assert url in ada_browser.get(at(need)).content.decode()
    assert url not in bo_browser.get(at(need)).content.decode()
    assert "Two rooms." in ada_browser.get(url).content.decode()
    for strange in ("x", "999999999999999999999", "0"):
        assert ada_browser.get(at(need, f"reply/?note={strange}")).status_code in (200, 404)
    ada_browser.post(url, {"text": "Two rooms."})
    assert "reply/?note=" not in ada_browser.get(at(need)).content.decode()
