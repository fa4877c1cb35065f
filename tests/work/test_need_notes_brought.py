"""Notes kept elsewhere, out of a table: all rows or none, at their own moments, once, and told to nobody."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from grandunion.records.journal import Entry
from grandunion.records.messages import Message
from grandunion.records.needs import Note
from grandunion.terms.needs import NoteKind
from grandunion.terms.verdicts import Forbidden, Invalid
from grandunion.work.actions import needs as actions
from grandunion.work.actions.messages.reading import read_journal
from grandunion.work.queries.base.sheets import rows_of
from tests.cast import NOON

pytestmark = pytest.mark.django_db
SAID = {"contact_name": "Bo", "contact_email": "bo@company.example", "title_en": "Two flats", "text_en": "Soon."}
HEADS = ["need", "kind", "text", "who", "at"]


@pytest.fixture
def need(bo):
    return actions.register(SAID, by=bo, at=NOON)


def table(tmp_path, heads, *rows):
    path = tmp_path / "notes.csv"
    with path.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows([heads, *rows])
    return rows_of(path)


def kept():
    rows = Note.objects.unscoped("a test looks at what was kept").order_by("at", "pk")
    return [(one.note_kind, one.text, one.sender) for one in rows]


def test_notes_come_in_at_their_own_moments_once_and_nobody_is_told(tmp_path, need, ada):
    rows = table(
        tmp_path, HEADS,
        [need.number, "From the applicant", "We called in May.", "王经理", "2026-05-04 09:30"],
        [need.number.lower(), "内部备注", "答复过一次。", "Lin", "2026/05/05 10:00"],
    )  # fmt: skip
    later = NOON + timedelta(days=1)
    while read_journal(at=later):
        pass
    before = Message._base_manager.count()
    assert actions.bring_notes(rows, by=ada, at=later) == (2, 0)
    assert kept() == [("from_applicant", "We called in May.", "王经理"), ("internal", "答复过一次。", "Lin")]
    assert actions.bring_notes(rows, by=ada, at=later) == (0, 2)
    while read_journal(at=later):
        pass
    assert Message._base_manager.count() == before
    assert Entry.objects.filter(verb="need.notes_brought").count() == 1


def test_one_wrong_row_keeps_all_out_and_every_fault_is_named(tmp_path, need, ada):
    good = [need.number, "internal", "Well.", "", "2026-05-04 09:30"]
    rows = table(
        tmp_path, HEADS, good, ["NED-1999-0001", *good[1:]], [need.number, "held", *good[2:]],
        [need.number, "internal", "", "", "2026-05-04"], [*good[:4], "soon"], [*good[:4], "2030-01-01"],
        [need.number, "internal", "11010519491231002X", "", "2026-05-04"],
    )  # fmt: skip
    with pytest.raises(Invalid) as refused:
        actions.bring_notes(rows, by=ada, at=NOON)
    assert sorted({problem.row for problem in refused.value.problems}) == [3, 4, 5, 6, 7, 8]
    assert all(problem.text.zh.startswith("第") for problem in refused.value.problems)
    assert kept() == []


def test_only_the_desk_brings_notes_in(tmp_path, need, bo):
    with pytest.raises((Forbidden, Invalid)):
        actions.bring_notes(table(tmp_path, HEADS, [need.number, "internal", "x", "", "2026-05-04"]), by=bo, at=NOON)
    assert kept() == []


def test_what_a_conversation_exports_is_brought_in_on_another_need(need, ada, ada_user, bo, sign_in, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    actions.add_note(need, actions.Writing(NoteKind.INTERNAL, "Call the park."), by=ada, at=NOON)
    browser = sign_in(ada_user)
    browser.cookies["language"] = "en"
    exported = b"".join(browser.get(f"/w/needs/{need.number}/thread/?format=csv")).decode("utf-8-sig")
    other = actions.register({**SAID, "title_en": "A canteen"}, by=bo, at=NOON)
    rows = list(csv.reader(io.StringIO(exported.replace(need.number, other.number))))
    said = [rows[0], *[row for row in rows[1:] if "Internal note" in row]]
    text = io.StringIO()
    csv.writer(text).writerows(said)
    sent = {"file": SimpleUploadedFile("notes.csv", text.getvalue().encode())}
    assert "Bring in notes" in browser.get("/w/needs/notes/").content.decode()
    assert browser.post("/w/needs/notes/", sent).status_code in (302, 303)
    assert [one[1] for one in kept()] == ["Call the park.", "Call the park."]
