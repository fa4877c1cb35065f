"""Files that somebody sends: every one is taken or refused with a sentence, and a refused one leaves nothing."""

import gzip
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from grandunion.records.documents import Document
from grandunion.records.parties import Organisation
from tests.tables import lay_tables

HEAD = "source_ref,name_zh,kind,city"
ROW = "R1,合肥精密仪器有限公司,enterprise,合肥"
MEGABYTE = 1024 * 1024


@pytest.fixture
def ada_browser(sign_in, ada_user, open_gate, settings: Settings, tmp_path: Path) -> Client:
    settings.HOME, settings.FILES = tmp_path, tmp_path / "files"
    client = sign_in(ada_user)
    client.raise_request_exception = False
    return client


def workbook(*rows: list[object]) -> bytes:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet()
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    return kept.getvalue()


def altered(content: bytes, part: str, text: bytes) -> bytes:
    """The workbook with one of its parts replaced."""
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return kept.getvalue()


def text(*lines: str, end: str = "\n") -> str:
    return end.join([HEAD, *lines, ""])


BOOK = workbook(HEAD.split(","), ROW.split(","))


def bomb() -> bytes:
    """A small workbook that unpacks to 12 MB; packed when a test sends it, for that takes a moment."""
    return altered(BOOK, "xl/worksheets/sheet1.xml", b"0" * (12 * MEGABYTE))


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 20) for n in range(9))
    + b']><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>&j;</t></si></sst>'
)
SOUND = {
    "a.csv": text(ROW).encode(), "gb.csv": text(ROW).encode("gb18030"), "wide.csv": text(ROW).encode("utf-16"),
    "bom.csv": b"\xef\xbb\xbf" + text(ROW, end="\r\n").encode(), "tabs.tsv": text(ROW).replace(",", "\t").encode(),
    "semicolons.csv": text(ROW).replace(",", ";").encode(), "a.xlsx": BOOK,
    "a.csv.gz": gzip.compress(text(ROW).encode()),
    "a.jsonl": json.dumps(dict(zip(HEAD.split(","), ROW.split(","), strict=True))).encode(),
    "../../etc/a.csv": text(ROW).encode(), "short.csv": text("R1,合肥精密仪器有限公司,enterprise").encode(),
    "formula.csv": text("R1,=1+1 有限公司,enterprise,合肥").encode(),
    "formula.xlsx": workbook(HEAD.split(","), ["R2", "=1+1", "enterprise", "合肥"], ROW.split(",")),
}  # fmt: skip
BROKEN = {
    "empty.csv": b"", "only-header.csv": HEAD.encode(), "blank.csv": b"\n\n\n",
    "quotes.csv": text('R1,"合肥,enterprise').encode(),
    "twice.csv": f"name_zh,{HEAD}\n甲,{ROW}\n".encode(), "strange.csv": "甲,乙\n1,2\n".encode(),
    "bytes.csv": bytes(range(256)) * 40, "nul.csv": text("R1,合\x00肥,enterprise,合肥").encode(),
    "wide-row.csv": text(f"{ROW},1,2,3").encode(), "cell.csv": text(f"R1,{'合' * 1_000_001},enterprise,合肥").encode(),
    "citizens.csv": f"{HEAD},证件\n{ROW},11010519491231002X\n".encode(),
    "no-kind.csv": text("R1,甲,empire,合肥").encode(),
    "bomb.csv.gz": gzip.compress(b"0" * MEGABYTE) * 60, "cut.csv.gz": gzip.compress(text(ROW).encode())[:-9],
    "bomb.xlsx": bomb,
    "laughs.xlsx": altered(BOOK, "xl/sharedStrings.xml", LAUGHS), "cut.xlsx": BOOK[: len(BOOK) // 2],
    "no-book.xlsx": text(ROW).encode(), "xml.xlsx": altered(BOOK, "xl/worksheets/sheet1.xml", b"<worksheet><"),
    "deep.json": b"[" * 200_000 + b"]" * 200_000, "nan.json": b'[{"name_zh": NaN}]', "number.json": b"7",
    "deep.jsonl": b'{"name_zh": ' + b"[" * 5000 + b"]" * 5000 + b"}", "half.jsonl": b'{"name_zh": "\\ud800"}',
    "list.jsonl": b"[1]\n", "a.exe": b"MZ", "a.html": b"<html>", "a.xls": b"\xd0\xcf\x11\xe0",
    "noending": b"a,b\n1,2\n",
    "entity.json": b'[{"name_zh": {"$ne": 1}, "kind": ["a", {"b": []}]}]',
}  # fmt: skip


def sent(client: Client, name: str, content: bytes) -> object:
    """The page after a file was sent to be imported: the preview, or the refusal."""
    file = SimpleUploadedFile("x", content)
    file.file.name, file._name = name, name
    answer = client.post("/w/upkeep/", {"choice": "organisations:template", "file": file},
                         headers={"Accept-Language": "en"})  # fmt: skip
    return client.get(answer["Location"], headers={"Accept-Language": "en"}) if answer.status_code == 303 else answer


def count() -> int:
    return Organisation.objects.unscoped("a test counts what came in").count()


@pytest.mark.django_db
@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_previewed_and_then_written(ada_browser, name):
    preview = sent(ada_browser, name, SOUND[name])
    assert preview.status_code == 200, preview.content.decode()[-3000:]
    assert count() == 0, "a preview writes nothing"
    action = re.search(r'action="(/w/upkeep/import/[\w-]+/write/)"', preview.content.decode())
    assert action, "the preview offers to write"
    assert ada_browser.post(action[1]).status_code == 303
    assert count() >= 1


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_a_sentence_and_leaves_nothing(ada_browser, name):
    content = BROKEN[name]
    answer = sent(ada_browser, name, content() if callable(content) else content)
    page = answer.content.decode()
    assert answer.status_code < 500, page[:300]
    assert "/write/" not in page, "what is broken cannot be written"
    assert re.search(r'field-error|error-page|class="notice|role="alert"', page), page[-3000:]
    assert count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "content"), [
    ("page.html", b"<html><script>alert(1)</script>"), ("image.svg", b"<svg onload='alert(1)'/>"),
    ("photo.png", b"<svg onload='alert(1)'/>"), ("run.exe", b"MZ\x90"), ("a.pdf", b""),
    ("double.pdf.html", b"%PDF-1.7"), ("a.txt", b"\x00\x01"),
    ("book.xlsx", bomb),
    ("big.pdf", b"%PDF-" + b"0" * (2 * MEGABYTE)), ("a\r\nSet-Cookie: a=b.exe", b"MZ"),
])  # fmt: skip
def test_a_harmful_attachment_is_refused_on_its_form(ada_browser, bo_company, settings, name, content):
    settings.UPLOAD_LIMIT = MEGABYTE
    file = SimpleUploadedFile("x", content() if callable(content) else content)
    file._name = name
    answer = ada_browser.post(f"/w/documents/attach/organisation/{bo_company.number}/", {"file": file, "secrecy": "1"})
    assert answer.status_code == 422
    assert "field-error" in answer.content.decode()
    assert Document.objects.unscoped("a test counts").count() == 0
    kept = [path for path in settings.FILES.rglob("*") if path.is_file()] if settings.FILES.exists() else []
    assert kept == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.pdf", "C:\\Windows\\a.pdf", "合同 \u202efdp.pdf", "a;b.pdf", "x" * 400 + ".pdf"]
)
def test_a_download_is_an_attachment_that_no_browser_runs(ada_browser, bo_company, name):
    file = SimpleUploadedFile("x", b"%PDF-1.7 <script>alert(1)</script>")
    file._name = name
    ada_browser.post(f"/w/documents/attach/organisation/{bo_company.number}/", {"file": file, "secrecy": "1"})
    document = Document.objects.unscoped("a test looks").get()
    assert not set(document.file_name) & set("/\\\r\n\x00")
    answer = ada_browser.get(f"/w/documents/{document.number}/")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "\r" not in answer["Content-Disposition"]
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    b"".join(answer.streaming_content)


def test_fifty_thousand_rows_go_in_together_or_not_at_all_in_bounded_memory(tmp_path):
    lay_tables(tmp_path)
    path = os.pathsep.join(filter(None, sys.path))
    surroundings = {**os.environ, "GRANDUNION_HOME": str(tmp_path), "GRANDUNION_DATABASE_URL": "", "PYTHONPATH": path}
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, Path(__file__).with_name("heavy.py")], env=surroundings, capture_output=True, text=True,
        timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout)
    assert (told["bad"]["rows"], told["bad"]["entries"]) == (0, 0), "nothing is written"
    assert told["bad"]["problems"] == [[5_501, "kind"]]
    assert told["bad"]["refused"]
    assert (told["good"]["rows"], told["good"]["refused"]) == (50_000, "")
    assert told["megabytes"] < 400
