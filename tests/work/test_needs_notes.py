"""What is said about a need: who reads it, who is named, what comes by mail, what is taken back."""

import io
import zipfile
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest

from grandunion.records.documents import Document
from grandunion.records.journal import Entry
from grandunion.records.needs import Note
from grandunion.records.parties import User
from grandunion.terms.needs import Category, NoteKind
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions import needs as actions
from grandunion.work.permissions import needs as permissions
from grandunion.work.queries.needs import notes as queries
from grandunion.work.queries.needs import unsent
from tests.cast import NOON, make_organisation, make_user

pytestmark = pytest.mark.django_db
INTERNAL, TO, FROM, ANSWERER, _ = NoteKind
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def ada(as_reader):
    return as_reader(make_user("ada@hub.example", Role.OFFICER))


@pytest.fixture
def lin(as_reader):
    """A colleague of Ada's."""
    return as_reader(make_user("lin@hub.example", Role.OFFICER))


@pytest.fixture
def company(db):
    return make_organisation("Light Works", name_zh="光工")


@pytest.fixture
def bo(as_reader, company):
    return as_reader(make_user("bo@light.example", Role.ENTERPRISE, company))


@pytest.fixture
def office(db):
    return make_organisation("Park Services", name_zh="园区服务公司")


@pytest.fixture
def pat(as_reader, office):
    """Who answers, at the office."""
    return as_reader(make_user("pat@park.example", Role.PARTNER, office))


@pytest.fixture
def dee(as_reader):
    """A member who has nothing to do with it."""
    other = make_organisation("Elsewhere", name_zh="别处")
    return as_reader(make_user("dee@else.example", Role.ENTERPRISE, other))


@pytest.fixture
def need(ada, company, office):
    given = {
        "contact_name": "Bo", "contact_email": "bo@light.example", "category": Category.OTHER.value,
        "title_en": "Ten flats", "text_en": "Ten flats near the park.", "organisation": company.number,
    }  # fmt: skip
    made = actions.register(given, by=ada, at=NOON)
    actions.dispatch(made, to=[office], category=Category.OTHER, by=ada, at=NOON)
    return made


def say(need, by, kind=INTERNAL, text="Word", at=NOON, **more):
    return actions.add_note(need, actions.Writing(kind, text, **more), by=by, at=at)


def heard(need, reader):
    return [note.text for note in queries.notes_of(need, reader, permissions.hears(reader, need))]


def letter(need, by, text="I write.", **more):
    given = {"sender": "bo@light.example", "message_id": "<1@light.example>", **more}
    return actions.file_mail(need, actions.Incoming(text=text, **given), by=by, at=NOON)


def verbs(need):
    return list(
        Entry.objects.filter(subject_kind="need", subject_id=need.pk).order_by("seq").values_list("verb", flat=True)
    )


def test_everybody_reads_what_is_to_them_and_nothing_else(need, ada, lin, bo, pat, dee):
    say(need, ada, INTERNAL, "among us")
    say(need, ada, TO, "to you")
    say(need, bo, FROM, "from me")
    say(need, pat, ANSWERER, "from the office")
    everything = ["among us", "to you", "from me", "from the office"]
    assert heard(need, ada) == heard(need, lin) == everything
    assert heard(need, bo) == ["to you", "from me"]
    assert heard(need, pat) == ["to you", "from me", "from the office"]
    assert heard(need, dee) == heard(need, visitor(NOON)) == []


def test_an_office_does_not_read_what_another_office_wrote(need, ada, pat, as_reader):
    other = make_organisation("Second Office", name_zh="二处")
    sue = as_reader(make_user("sue@second.example", Role.PARTNER, other))
    actions.ask_also(need, to=[other], by=ada, at=NOON)
    say(need, pat, ANSWERER, "ours")
    say(need, sue, ANSWERER, "theirs")
    assert heard(need, pat) == ["ours"]
    assert heard(need, sue) == ["theirs"]


@pytest.mark.parametrize(
    ("who", "kind"),
    [("bo", INTERNAL), ("bo", TO), ("bo", ANSWERER), ("pat", INTERNAL), ("pat", TO), ("dee", FROM), ("ada", FROM)],
)
def test_nobody_writes_in_the_name_of_another_side(request, need, who, kind):
    with pytest.raises(Forbidden):
        say(need, request.getfixturevalue(who), kind)
    assert not Note.objects.unscoped("nothing was kept").exists()


def test_a_word_to_somebody_who_cannot_be_written_to_is_refused_with_what_to_do(ada):
    given = {"contact_name": "Bo", "contact_phone": "1", "category": "other", "title_en": "x", "text_en": "y"}
    need = actions.register(given, by=ada, at=NOON)
    with pytest.raises(Forbidden, match="Call"):
        say(need, ada, TO)


def test_somebody_named_is_told_and_half_a_name_names_nobody(need, ada, lin):
    noted = say(need, ada, text="@Lin please look; not ada@lin.example, not @Linda")
    assert noted.mentioned == [lin.user_id]
    told = Entry.objects.get(verb="need.mentioned")
    assert told.values["mentioned"] == [None, [lin.user_id]]
    assert "need.noted" not in verbs(need)


def test_a_chinese_name_is_found_without_a_space_after_it(need, ada, lin):
    User.objects.filter(pk=lin.user_id).update(name_zh="林一")
    assert say(need, ada, text="请@林一看一下").mentioned == [lin.user_id]


def test_who_may_not_read_a_note_cannot_be_named_in_it(need, ada, bo, dee):
    for text in ("@Bo look", "@Dee look"):
        with pytest.raises(Invalid, match="may not read this"):
            say(need, ada, text=text)
    assert not Note.objects.unscoped("nothing was kept").exists()
    assert say(need, ada, TO, "@Bo look").mentioned == [bo.user_id]


def test_a_note_is_mended_for_a_quarter_of_an_hour_by_who_wrote_it(need, ada, lin):
    noted = say(need, ada)
    with pytest.raises(Forbidden):
        actions.edit_note(noted, "Other", by=lin, at=NOON)
    actions.edit_note(noted, "Better @Lin", by=ada, at=NOON, version=1)
    assert (noted.text, noted.edited_at, noted.mentioned) == ("Better @Lin", NOON, [lin.user_id])
    with pytest.raises(Stale):
        actions.edit_note(noted, "Older", by=ada, at=NOON, version=1)
    with pytest.raises(Forbidden, match="quarter"):
        actions.edit_note(noted, "Late", by=replace(ada, at=NOON + timedelta(minutes=16)), at=NOON)
    with pytest.raises(Forbidden, match="on its way"):
        actions.edit_note(say(need, ada, TO), "Other", by=ada, at=NOON)


def test_what_is_withdrawn_leaves_its_place_and_no_word_anywhere(need, ada, bo):
    noted = say(need, bo, FROM, "a secret word", files=[(io.BytesIO(PDF), "plan.pdf")])
    actions.withdraw_note(noted, by=ada, at=NOON)
    assert (noted.text, noted.withdrawn_at) == ("", NOON)
    assert queries.files_of([noted.pk]) == {}
    assert "need.note_withdrawn" in verbs(need)
    assert not any("secret word" in str(entry.values) for entry in Entry.objects.all())
    with pytest.raises(Forbidden):
        actions.withdraw_note(noted, by=ada, at=NOON)


def test_a_form_sent_twice_says_it_once(need, ada):
    writing = actions.Writing(INTERNAL, "Once")
    first = actions.add_note(need, writing, by=ada, at=NOON, submission="k1")
    assert actions.add_note(need, writing, by=ada, at=NOON, submission="k1").pk == first.pk
    assert heard(need, ada) == ["Once"]


@pytest.mark.parametrize(
    ("text", "said"),
    [("x" * 100_000, "At most"), ("   ", "Write something"), ("\x00", "broken"), ("11010519491231002X", "citizen")],
)
def test_a_text_that_cannot_be_kept_is_refused_with_its_sentence(need, ada, text, said):
    with pytest.raises(Invalid, match=said):
        say(need, ada, text=text)


def bomb():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        made.writestr("word/document.xml", b"0" * 12_000_000)
    return packed.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"MZ\x90\x00", "tool.exe"), (b"<html><script>", "page.pdf"), (b"", "empty.pdf"), (PDF, "noending")],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(need, ada, content, name):
    with pytest.raises(Invalid):
        say(need, ada, files=[(io.BytesIO(content), name)])
    assert not Note.objects.unscoped("nothing was kept").exists()
    assert not Document.objects.unscoped("nothing was kept").exists()


def test_of_a_letter_the_bad_files_are_left_out_and_named_and_the_good_are_kept(need):
    files = [
        SimpleNamespace(name="plan.pdf", content=PDF),
        SimpleNamespace(name="../../bomb.docx", content=bomb()),
        SimpleNamespace(name="tool.exe", content=b"MZ"),
    ]
    filed = letter(need, visitor(NOON), attachments=files)
    assert [one.file_name for one in queries.files_of([filed.pk])[filed.pk]] == ["plan.pdf"]
    assert [name for name, _, _ in filed.left_out] == ["../../bomb.docx", "tool.exe"]
    assert all(zh and en for _, zh, en in filed.left_out)


def test_a_letter_is_filed_once_by_its_message_id(need):
    assert letter(need, visitor(NOON)).pk == letter(need, visitor(NOON)).pk
    assert verbs(need).count("need.mail_filed") == 1


def test_a_letter_is_filed_as_what_its_writer_is_to_the_need(need, ada, bo, pat, dee):
    found = {
        who: letter(need, reader, message_id=f"<{who}>").note_kind
        for who, reader in {"ada": ada, "bo": bo, "pat": pat, "visitor": visitor(NOON)}.items()
    }
    assert found == {"ada": INTERNAL, "bo": FROM, "pat": ANSWERER, "visitor": FROM}
    with pytest.raises(Absent):
        letter(need, dee, message_id="<dee>")


def test_a_letter_that_cannot_be_kept_is_refused_whole_and_a_long_one_cut(need):
    with pytest.raises(Refused, match="citizen"):
        letter(need, visitor(NOON), "My number is 11010519491231002X")
    with pytest.raises(Refused, match="empty"):
        letter(need, visitor(NOON), "  ")
    assert len(letter(need, visitor(NOON), "y" * 100_000).text) == 20_000


def test_the_desk_reads_the_words_about_a_joined_need_here_and_the_applicant_does_not(need, ada, bo):
    given = {"contact_name": "Wu", "contact_email": "wu@x.example", "category": "other", "title_en": "Flats too",
             "text_en": "Flats."}  # fmt: skip
    other = actions.register(given, by=ada, at=NOON)
    letter(other, visitor(NOON), "I am the other one", sender="wu@x.example")
    actions.merge(other, into=need.number, by=ada, at=NOON)
    found = queries.said_about(need, ada, permissions.hears(ada, need))
    assert [(one.note.text, one.need_number) for one in found] == [("I am the other one", other.number)]
    assert heard(need, bo) == []


def test_what_is_typed_is_kept_for_its_writer_alone_until_it_is_sent(need, ada, lin):
    actions.keep_unsent(need, "note-internal", {"text": "half a tho", "csrfmiddlewaretoken": "t"}, by=ada, at=NOON)
    actions.keep_unsent(need, "note-internal", {"text": "half a thought"}, by=ada, at=NOON)
    assert unsent(need, ada)["note-internal"].answers == {"text": "half a thought"}
    assert unsent(need, lin) == unsent(need, visitor(NOON)) == {}
    say(need, ada, text="half a thought, whole")
    assert unsent(need, ada) == {}


def test_an_emptied_form_is_forgotten_and_a_strange_one_refused(need, ada):
    actions.keep_unsent(need, "close_solved", {"note": "x"}, by=ada, at=NOON)
    actions.keep_unsent(need, "close_solved", {"note": " ", "outcome": "other"}, by=ada, at=NOON)
    assert unsent(need, ada) == {}
    for form, answers in (("../x", {"text": "x"}), ("answer", {"answer": "x" * 50_000})):
        with pytest.raises(Invalid):
            actions.keep_unsent(need, form, answers, by=ada, at=NOON)
    with pytest.raises(Forbidden):
        actions.keep_unsent(need, "answer", {"answer": "x"}, by=visitor(NOON), at=NOON)
