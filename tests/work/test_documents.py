"""Files: kept once, seen when their record is, up to a class; what lies about itself is refused."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from pytest_django import Settings

from grandunion.records.documents import Document
from grandunion.records.journal import Entry
from grandunion.records.parties import Organisation, User
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Part
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, Invalid
from grandunion.work.actions import documents as actions
from grandunion.work.actions.parties import let_in
from grandunion.work.permissions import documents as permissions
from grandunion.work.queries import documents
from grandunion.work.queries.base import visible
from tests.cast import NOON

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7 a file"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def kept(settings: Settings, tmp_path: Path) -> Path:
    settings.FILES = tmp_path / "files"
    return settings.FILES


def attach(record: object, by: Reader, content: bytes = PDF, name: str = "licence.pdf", **given: object) -> Document:
    return actions.attach(record, io.BytesIO(content), name, limit=MEGABYTE, by=by, at=NOON, **given)


def zipped(*names: str, content: bytes = b"x") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            packed.writestr(name, content)
    return kept.getvalue()


WORD = zipped("[Content_Types].xml", "word/document.xml")
TAKEN = [
    ("a.pdf", PDF, "application/pdf"),
    ("照片.PNG", b"\x89PNG\r\n\x1a\n...", "image/png"),
    ("a.jpg", b"\xff\xd8\xff\xe0", "image/jpeg"),
    ("a.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    ("说明.txt", "第一行".encode("gb18030"), "text/plain"),
    ("a.csv", "﻿名称,数量\n甲,1\n".encode(), "text/csv"),
    ("a.zip", zipped("a.txt"), "application/zip"),
    ("a.docx", WORD, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("C:\\Users\\ada\\a.pdf", PDF, "application/pdf"),
]
REFUSED = [
    ("page.html", b"<html></html>"), ("picture.svg", b"<svg onload='x'/>"), ("run.exe", b"MZ\x90"), ("noending", PDF),
    ("photo.png", b"<html><script>alert(1)</script>"), ("a.pdf", b"MZ\x90\x00"), ("a.txt", b" <!DOCTYPE html><p>"),
    ("a.csv", b"<svg/>"), ("a.txt", b"a\x00b"), ("a.docx", zipped("xl/workbook.xml")), ("a.docx", zipped("word/a.xml")),
    ("a.docx", zipped("[Content_Types].xml", "word/a.xml", "word/vbaProject.bin")), ("a.zip", b"PK\x03\x04broken"),
    ("a.xlsx", PDF), ("bomb.zip", zipped(*(f"{n}.txt" for n in range(4)), content=b"0" * MEGABYTE)), ("a.pdf", b""),
    ("many.zip", zipped(*(f"{n}" for n in range(5001)), content=b"")), ("nul\x00.pdf", PDF),
    ("big.pdf", PDF * MEGABYTE), (".pdf", PDF), ("a.txt", b"\xff\xfe\xff\xff\xff"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "content", "media_type"), TAKEN, ids=[name for name, _, _ in TAKEN])
def test_a_file_that_is_what_it_says_is_taken(
    bo_company: Organisation, ada: Reader, name: str, content: bytes, media_type: str
) -> None:
    made = attach(bo_company, ada, content, name)
    assert (made.media_type, made.size) == (media_type, len(content))
    assert made.file_name == name.rsplit("\\", 1)[-1]
    with actions.open_file(made, bo_company, by=ada, at=NOON) as file:
        assert file.read() == content


@pytest.mark.parametrize(("name", "content"), REFUSED, ids=range(len(REFUSED)))
def test_a_file_that_lies_or_harms_is_refused_and_leaves_nothing(
    bo_company: Organisation, ada: Reader, kept: Path, name: str, content: bytes
) -> None:
    with pytest.raises(Invalid) as refused:
        attach(bo_company, ada, content, name)
    assert refused.value.reason.zh
    assert refused.value.reason.en
    assert documents.on(bo_company, Secrecy.S4) == []
    assert not kept.exists() or [path for path in kept.rglob("*") if path.is_file()] == []


def test_the_same_bytes_are_kept_once_and_a_second_click_changes_nothing(
    bo_company: Organisation, university: Organisation, ada: Reader, kept: Path
) -> None:
    first, again = attach(bo_company, ada), attach(bo_company, ada)
    elsewhere = attach(university, ada)
    assert first == again
    assert elsewhere != first
    assert len([path for path in kept.rglob("*") if path.is_file()]) == 1


# Who, what they are let in as, up to which class → what they may: attach, read S1, S2, S3.
READERS = [
    ("ada", None, (True, True, True, False)),
    ("bo", None, (True, True, True, True)),
    ("dee", None, (False, True, False, False)),
    ("chen", None, (False, True, False, False)),
    ("dee", (Part.GRANTEE, Secrecy.S3), (False, True, True, True)),
    ("dee", (Part.REVIEWER, Secrecy.S2), (False, True, True, False)),
    ("chen", (Part.ASSIGNEE, Secrecy.S2), (True, True, True, False)),
]


@pytest.mark.parametrize(("who", "let", "may"), READERS)
def test_a_file_is_read_up_to_its_class_by_whom_the_record_is_open_to(
    bo_company: Organisation, bo: Reader, request: pytest.FixtureRequest, who: str, let: tuple | None, may: tuple
) -> None:
    files = [attach(bo_company, bo, PDF + bytes([depth]), secrecy=Secrecy(depth)) for depth in (1, 2, 3)]
    reader: Reader = request.getfixturevalue(who)
    if let:
        user = User.objects.get(pk=reader.user_id)
        let_in(bo_company, user, let[0], by=bo, at=NOON, reason="the case", secrecy=let[1])
    found = tuple(bool(permissions.may_read(reader, file, bo_company)) for file in files)
    assert (bool(permissions.may_attach(reader, bo_company)), *found) == may


def test_a_file_of_a_hidden_record_is_not_there(bo_company: Organisation, bo: Reader, dee: Reader) -> None:
    made = attach(bo_company, bo, secrecy=Secrecy.S1)
    assert documents.get(made.number, dee)[0] == made
    Organisation.objects.unscoped("the test hides the record").update(level=Level.NAMED)
    for number in (made.number, "DOC-1", "\x00"):
        with pytest.raises(Absent):
            documents.get(number, dee)


def test_the_table_of_files_is_no_way_around_the_record(bo_company: Organisation, bo: Reader, ada: Reader) -> None:
    attach(bo_company, bo, secrecy=Secrecy.S1)
    assert not visible(Document, ada).exists()


def test_opening_a_confidential_file_is_journaled_and_an_open_one_writes_nothing(
    bo_company: Organisation, bo: Reader, reading: Callable
) -> None:
    secret, plain = attach(bo_company, bo, secrecy=Secrecy.S3), attach(bo_company, bo, PDF + b"2")
    with reading():
        actions.open_file(plain, bo_company, by=bo, at=NOON).close()
    actions.open_file(secret, bo_company, by=bo, at=NOON).close()
    opened = Entry.objects.filter(verb="document.opened", subject_id=bo_company.pk)
    assert [(row.actor_id, row.values) for row in opened] == [(bo.user_id, {"document": [None, secret.number]})]


def test_nobody_sets_a_class_deeper_than_they_read(bo_company: Organisation, ada: Reader, dee: Reader) -> None:
    with pytest.raises(Invalid):
        attach(bo_company, ada, secrecy=Secrecy.S4)
    with pytest.raises(Forbidden):
        attach(bo_company, dee)


def test_a_removed_file_is_gone_from_the_record_for_all(bo_company: Organisation, bo: Reader, dee: Reader) -> None:
    made = attach(bo_company, bo)
    with pytest.raises(Forbidden):
        actions.remove(made, bo_company, by=dee, at=NOON)
    actions.remove(made, bo_company, by=bo, at=NOON)
    assert documents.on(bo_company, Secrecy.S4) == []
    with pytest.raises(Absent):
        documents.get(made.number, bo)


def test_a_file_hangs_on_every_kind_of_guarded_record_and_on_nothing_else(bo: Reader) -> None:
    kinds = documents.subject_kinds()
    assert {"organisation", "person", "achievement", "need", "match", "project"} <= kinds.keys()
    assert not {"document", "account"} & kinds.keys()
    for kind in ("account", "term", "nothing"):
        with pytest.raises(Absent):
            documents.subject(kind, "ORG-1", bo)
