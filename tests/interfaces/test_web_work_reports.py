"""The pages, the API and the commands of work reports: written, checked, signed and proved by their people."""

import json
import re
from io import BytesIO
from pathlib import Path

import docx
import pytest
from django.test import Client

from grandunion.adapters.tables.books import read_book
from grandunion.records.parties import User
from grandunion.records.plans import Claim, ReportTemplate, WorkReport
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.terms.work_reports import WorkReportState
from grandunion.work.actions.plans import reports as deeds
from grandunion.work.queries.parties import reader_of
from tests.calling import Caller
from tests.cast import NOON, make_user
from tests.interfaces.test_cli import run
from tests.work.test_work_reports import template  # noqa: F401

HOME = "/w/work-reports/"
PAULA, PETE = "paula@hub.example", "pete@hub.example"


@pytest.fixture
def paula(db: None) -> Reader:
    return reader_of(make_user(PAULA, Role.PLANNER), NOON)


@pytest.fixture
def pete(db: None) -> Reader:
    return reader_of(make_user(PETE, Role.PLANNER), NOON)


@pytest.fixture
def writes(paula: Reader) -> Client:
    return signed_in(PAULA)


@pytest.fixture
def report(template: ReportTemplate, paula: Reader) -> WorkReport:  # noqa: F811
    return deeds.draft(template, year=2026, by=paula, at=NOON)


@pytest.fixture
def signed(report: WorkReport, paula: Reader, pete: Reader) -> WorkReport:
    deeds.name_signer(report, PETE, by=paula, at=NOON)
    deeds.move(report, "check", by=paula, at=NOON)
    deeds.move(report, "review", by=pete, at=NOON)
    return deeds.sign(report, by=pete, at=NOON)


def signed_in(email: str) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(reader_user(email))
    return client


def reader_user(email: str) -> User:
    return User.objects.get(email=email)


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def sent(client: Client, address: str, **values: object) -> str:
    """A form sent; it must be taken (303), answers where it led to."""
    answer = client.post(address, values)
    assert answer.status_code == 303, answer.content.decode()[-3000:]
    return answer["Location"]


def test_a_report_is_begun_written_and_checked_by_clicks(template: ReportTemplate, writes: Client) -> None:  # noqa: F811
    there = sent(writes, f"{HOME}new/", template="test", year=2026)
    said = page(writes, there)
    assert "846家" in said
    assert "846" in said
    assert "Every number is bound" in said
    pk = int(re.search(r"/sentences/(\d+)/bind/", said).group(1))
    assert "claim-1" in page(writes, f"{there}sentences/{pk}/bind/")
    bound = sent(writes, f"{there}sentences/{pk}/bind/", rests_on="claim:claim-1", qualifier="exactly")
    assert "{n1}" in page(writes, bound)
    sent(writes, f"{there}sentences/{pk}/", text_zh="{n1}，14 场。", text_en="{n1}, 14 times.")
    assert "A number typed by hand" in page(writes, there)
    assert "typed by hand" in writes.post(f"{there}moves/check/").content.decode()
    sent(writes, f"{there}sentences/{pk}/typed/?number=14", reason="By the district's letter")
    sent(writes, f"{there}sentences/{pk}/comment/", text="Is it so?")
    sent(writes, f"{there}moves/check/")
    assert WorkReport.objects.unscoped("what the clicks have made").get().state == WorkReportState.NUMBERS_CHECKED


def test_a_changed_value_is_taken_or_kept_from_the_page(report: WorkReport, writes: Client) -> None:
    here = f"{HOME}{report.number}/"
    Claim.objects.update(value=850)
    said = page(writes, here)
    assert "Take the new value" in said
    keep, take = (
        re.search(rf'(/w/work-reports/\S+/numbers/claimed/{deed}/)"', said).group(1) for deed in ("keep", "take")
    )
    assert "Why" in page(writes, keep)
    sent(writes, keep, reason="Printed already")
    assert "Printed already" in page(writes, here)
    Claim.objects.update(value=851)
    sent(writes, take)
    assert "851家" in page(writes, here)
    Claim.objects.update(value=852)
    sent(writes, f"{here}take-all/")
    assert "852家" in page(writes, here)


def test_what_was_typed_comes_back_when_it_cannot_be_taken(report: WorkReport, writes: Client) -> None:
    pk = re.search(r"/sentences/(\d+)/bind/", page(writes, f"{HOME}{report.number}/")).group(1)
    answer = writes.post(f"{HOME}{report.number}/sentences/{pk}/", {"text_zh": "{none}！", "text_en": "{none}!"})
    assert answer.status_code == 422
    assert "{none}！" in answer.content.decode()
    stale = {"text_zh": "甲", "text_en": "A", "version": 0}
    assert writes.post(f"{HOME}{report.number}/sentences/{pk}/", stale).status_code == 409


@pytest.mark.parametrize("role", [Role.OFFICER, Role.INVESTOR, Role.BUREAU])
def test_others_neither_write_nor_begin(report: WorkReport, role: Role) -> None:
    make_user("other@x.example", role)
    other = signed_in("other@x.example")
    assert other.get(f"{HOME}new/").status_code == 403
    seen = other.get(f"{HOME}{report.number}/")
    assert seen.status_code == (200 if role is Role.OFFICER else 404)
    assert b"Take the new value" not in seen.content


def test_a_signed_report_shows_its_seal_its_figures_and_its_errata(signed: WorkReport, writes: Client) -> None:
    here = f"{HOME}{signed.number}/"
    said = page(writes, here)
    assert signed.digest in said
    assert "/sentences/" not in said
    sent(writes, f"{here}errata/?figure=1.1.claimed", now_zh="850家", now_en="850", reason_en="Counted twice")
    assert "Counted twice" in page(writes, here)
    assert "have changed since" not in page(writes, here)
    Claim.objects.update(value=852)
    assert "have changed since" in page(writes, here)
    assert "846 companies came" in page(writes, here), "what was signed stays"
    sent(writes, f"{here}moves/publish/")
    make_user("dee@x.example", Role.INVESTOR)
    dee = signed_in("dee@x.example")
    assert "846 companies came" in page(dee, here)
    assert dee.get(f"{here}evidence/").status_code == 403


def test_the_files_are_what_they_say(signed: WorkReport, writes: Client, tmp_path: Path) -> None:
    here = f"{HOME}{signed.number}/"
    assert writes.get(f"{here}file/?format=pdf&language=en").content.startswith(b"%PDF-1.7")
    assert writes.get(f"{here}file/?format=exe").status_code == 404
    assert "新入驻企业846家" in page(writes, f"{here}print/?language=zh")
    sheet = tmp_path / "figures.xlsx"
    sheet.write_bytes(writes.get(f"{here}file/?format=xlsx").content)
    rows = next(iter(read_book(sheet).values()))
    assert [row["文中表述"] for row in rows] == ["846家", "2个", "超过60个"]
    assert {row["勘误"] for row in rows} == {""}
    assert json.loads(writes.get(f"{here}evidence/").content)["digest"] == signed.digest


def test_word_takes_the_styles_of_an_uploaded_file_and_refuses_another(signed: WorkReport, writes: Client) -> None:
    here, mould = f"{HOME}{signed.number}/own-style/", BytesIO()
    made = docx.Document()
    made.sections[0].footer.paragraphs[0].text = "Office of the city"
    made.save(mould)
    mould.seek(0)
    mould.name = "ours.docx"
    answer = writes.post(here, {"file": mould, "language": "en"})
    assert answer["Content-Disposition"].endswith('-en.docx"')
    assert docx.Document(BytesIO(answer.content)).sections[0].footer.paragraphs[0].text == "Office of the city"
    broken = BytesIO(b"%PDF-1.7")
    broken.name = "ours.docx"
    refused = writes.post(here, {"file": broken, "language": "en"})
    assert refused.status_code == 422
    assert "no Word file" in refused.content.decode()


def test_the_word_file_of_a_level_is_uploaded_once_and_taken_by_default(signed: WorkReport, writes: Client) -> None:
    styles, word = f"{HOME}styles/", f"{HOME}{signed.number}/file/?format=docx&language=en"
    made, mould = docx.Document(), BytesIO()
    made.sections[0].footer.paragraphs[0].text = "Office of the city"
    made.save(mould)
    mould.seek(0)
    mould.name = "ours.docx"
    assert writes.post(f"{styles}hub/", {"file": mould, "version": "0"})["Location"] == styles
    assert "ours.docx" in page(writes, styles)
    assert (
        docx.Document(BytesIO(writes.get(word).content)).sections[0].footer.paragraphs[0].text == "Office of the city"
    )
    assert writes.get(f"{styles}hub/file/").content == mould.getvalue()
    assert writes.post(f"{styles}hub/drop/")["Location"] == styles
    assert "ours.docx" not in page(writes, styles).split("<main")[1].split("<table")[1]
    assert writes.get(f"{styles}hub/file/").status_code == 404


def test_the_page_of_a_report_asks_a_bounded_number_of_questions(report: WorkReport, writes: Client, queries) -> None:
    writes.get(f"{HOME}{report.number}/")
    with queries(at_most=16):
        page(writes, f"{HOME}{report.number}/")


def test_a_program_writes_checks_and_reads_a_report(template: ReportTemplate, paula: Reader, pete: Reader) -> None:  # noqa: F811
    calls, other = Caller(reader_user(PAULA)), Caller(reader_user(PETE))
    made = calls.made("work-reports", {"template": "test", "year": 2026}, Idempotency_Key="k")
    path = f"work-reports/{made['number']}"
    assert (
        calls.made("work-reports", {"template": "test", "year": 2026}, Idempotency_Key="k")["number"] == made["number"]
    )
    section = calls.get(f"{path}/parts").json()["sections"][0]
    first = section["sentences"][0]
    assert first["text"]["en"] == "846 companies came and two projects landed."
    calls.made(f"{path}/sentences/{first['id']}/numbers", {"rests_on": "target:target-1", "measure_zh": "个"})
    calls.made(f"{path}/sentences/{first['id']}/comments", {"text": "So?"})
    assert calls.post(f"{path}/sentences/{first['id']}/numbers", {"rests_on": "claim:none"}).status_code == 422
    told = calls.get(f"{path}/parts").json()["sections"][0]["sentences"][0]
    assert [one["name"] for one in told["numbers"]] == ["claimed", "counted", "n1"]
    calls.made(f"{path}/comments/{told['comments'][0]['id']}/resolve")
    calls.made(f"{path}/signer", {"email": PETE})
    calls.made(f"{path}/moves/check")
    assert calls.post(f"{path}/moves/review").status_code == 409
    other.made(f"{path}/moves/review")
    assert other.made(f"{path}/moves/sign")["state"] == "signed"
    assert calls.get(f"{path}/file?format=docx&language=zh").content.startswith(b"PK")
    assert calls.get(f"{path}/file?format=exe").status_code == 422
    assert calls.get(f"{path}/evidence").json()["is_signed"] is True


def test_the_command_proves_an_evidence_file_alone_and_against_the_hub(signed: WorkReport, tmp_path: Path) -> None:
    file = tmp_path / "proof.json"
    assert run("report", "export", signed.number, str(file), "--as", PAULA).exit_code == 0
    assert run("report", "verify", str(file)).exit_code == 0
    Claim.objects.update(value=900)
    assert run("report", "verify", str(file), "--alone").exit_code == 0
    moved = run("report", "verify", str(file))
    assert moved.exit_code == 2
    assert "1.1.claimed" in moved.stdout
    forged = json.loads(file.read_text("utf-8"))
    forged["report"]["figures"][0]["value"] = "900"
    file.write_text(json.dumps(forged), "utf-8")
    assert run("report", "verify", str(file), "--alone").exit_code == 2
    file.write_text("[" * 100_000, "utf-8")
    assert run("report", "verify", str(file)).exit_code == 2
    for name in ("a.pdf", "a.docx", "a.xlsx"):
        assert run("report", "export", signed.number, str(tmp_path / name), "--as", PAULA).exit_code == 0
    assert run("report", "export", signed.number, str(tmp_path / "a.exe"), "--as", PAULA).exit_code == 2
    assert "846" in run("report", "show", signed.number, "--as", PAULA).stdout
    assert signed.number in run("report", "list", "--as", PAULA).stdout


def test_whoever_has_the_next_step_of_a_report_finds_it_on_the_first_page(
    report: WorkReport, writes: Client, paula: Reader, pete: Reader
) -> None:
    colleague, address = signed_in(PETE), f'href="/w/work-reports/{report.number}/"'

    def waits() -> list[bool]:
        return [address in one.get("/w/").content.decode() for one in (writes, colleague)]

    assert waits() == [True, False]
    deeds.move(report, "check", by=paula, at=NOON)
    assert waits() == [False, True]
    deeds.move(report, "review", by=pete, at=NOON)
    assert waits() == [False, False]
    page = f"/w/work-reports/{report.number}/signer/"
    assert f'value="{PETE}"' in writes.get(page).content.decode()
    assert writes.post(page, {"who": PETE, "version": ""}).status_code == 303
    assert waits() == [False, True]
