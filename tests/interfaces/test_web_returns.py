"""The pages of periodic returns: what is owed, filling in, review, bulk, agreements, sums; in both languages."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from urllib.parse import urlencode

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from python_calamine import CalamineWorkbook

from grandunion.records.parties import Organisation, User
from grandunion.records.plans import Return, ReturnForm
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader
from grandunion.terms.returns import ReturnPeriod, ReturnState, Span
from grandunion.terms.roles import Role
from grandunion.work.actions.plans import returns as deeds
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_user
from tests.reporting import FULL, make_form
from tests.work.test_plans import make_indicator

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
QUARTER = Span(ReturnPeriod.QUARTER, date(2026, 7, 1))


@pytest.fixture
def form(db: None) -> ReturnForm:
    return make_form("partner_quarterly", "partner", "quarter")


@pytest.fixture
def partner(db: None) -> Organisation:
    return make_organisation("Pia Partners", OrganisationKind.PARTNER, name_zh="派合伙人")


@pytest.fixture
def pia_user(partner: Organisation) -> User:
    return make_user("pia@partner.example", Role.PARTNER, partner)


@pytest.fixture
def asked(form: ReturnForm, partner: Organisation, operator: Reader) -> Return:
    deeds.open_cycle(form, QUARTER, by=operator, at=datetime(2026, 10, 9, 1, 0, tzinfo=UTC))
    return fresh()


def fresh() -> Return:
    return Return.objects.unscoped("tests read what was written").select_related("form", "owner").get()


@pytest.fixture
def pia(sign_in: SignIn, pia_user: User, asked: Return) -> Client:
    return sign_in(pia_user)


@pytest.fixture
def ada_client(sign_in: SignIn, ada_user: User) -> Client:
    return sign_in(ada_user)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", ["", "{n}/", "{n}/fill/", "{n}/upload/", "forms/", "forms/partner_quarterly/"])
def test_the_reporters_pages_open_in_both_languages(
    pia: Client, asked: Return, language: str, page: str, queries: Callable
) -> None:
    pia.cookies["language"] = language
    with queries(at_most=18):
        answer = pia.get(f"/w/returns/{page.format(n=asked.number)}")
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


@pytest.mark.parametrize("page", ["", "{n}/", "reported/", "reported/?format=csv", "consents/", "forms/x/ask/"])
def test_the_hubs_pages_open(ada_client: Client, asked: Return, page: str, queries: Callable) -> None:
    ReturnForm.objects.update(code="x")
    with queries(at_most=20):
        assert ada_client.get(f"/w/returns/{page.format(n=asked.number)}").status_code == 200


def test_what_is_owed_stands_first_with_its_deadline(pia: Client, asked: Return) -> None:
    text = pia.get("/w/returns/").content.decode()
    assert f"/w/returns/{asked.number}/fill/" in text
    assert "2026-10-14 14:00" in text


def test_the_first_page_leads_straight_to_the_form(pia: Client, asked: Return) -> None:
    assert f'href="/w/returns/{asked.number}/fill/"' in pia.get("/w/").content.decode()


def test_a_return_is_kept_while_typing_saved_and_submitted_with_two_buttons(pia: Client, asked: Return) -> None:
    here = f"/w/returns/{asked.number}/"
    assert pia.post(f"{here}keep/", {"version": 1, "projects": "12"}).status_code == 204
    assert pia.post(f"{here}keep/", {"version": 1, "projects": "lots"}).status_code == 202
    assert fresh().values == {"projects": "12"}
    answer = pia.post(f"{here}fill/", {**FULL, "version": 1, "then": "save"})
    assert (answer.status_code, answer["Location"]) == (303, f"{here}fill/")
    answer = pia.post(f"{here}fill/", {**FULL, "version": fresh().version, "then": "submit"})
    assert (answer.status_code, answer["Location"], fresh().state) == (303, "/w/returns/", ReturnState.SUBMITTED)


def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(pia: Client, asked: Return) -> None:
    typed = {"projects": "12", "money": "much", "words_zh": "签约", "version": 1, "then": "submit"}
    answer = pia.post(f"/w/returns/{asked.number}/fill/", typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "“much”" in text
    assert 'value="12"' in text
    assert "签约</textarea>" in text


def test_comments_by_field_send_it_back_and_one_click_accepts(
    sign_in: SignIn, pia: Client, ada_client: Client, asked: Return, pia_user: User
) -> None:
    deeds.submit(asked, FULL, by=reader_of(pia_user, NOON), at=NOON)
    here = f"/w/returns/{asked.number}/"
    text = ada_client.get(here).content.decode()
    assert 'name="comment_money"' in text
    assert f'formaction="{here}moves/accept/"' in text
    empty = ada_client.post(f"{here}moves/send_back/", {"version": fresh().version})
    assert (empty.status_code, fresh().state) == (409, ReturnState.SUBMITTED)
    ada_client.post(f"{here}moves/send_back/", {"version": fresh().version, "comment_money": "Which currency?"})
    assert fresh().state == ReturnState.RETURNED
    assert "Which currency?" in pia.get(f"{here}fill/").content.decode()
    pia.post(f"{here}fill/", {**FULL, "version": fresh().version, "then": "submit"})
    ada_client.post(f"{here}moves/accept/", {"version": fresh().version, "comment_money": ""})
    assert fresh().state == ReturnState.ACCEPTED


def test_many_are_reminded_after_a_look_at_what_would_happen(ada_client: Client, asked: Return) -> None:
    sent = {"deed": "remind", "pick": [asked.number]}
    assert "It would be done for 1" in _en(ada_client).post("/w/returns/bulk/", sent).content.decode()
    assert fresh().reminders == 0
    ada_client.post("/w/returns/bulk/", {**sent, "is_asked": "1", "is_sure": "1"})
    assert fresh().reminders == 1


def _en(client: Client) -> Client:
    client.cookies["language"] = "en"
    return client


def test_the_spreadsheet_goes_out_and_comes_back_and_bad_cells_are_named(pia: Client, asked: Return) -> None:
    answer = pia.get(f"/w/returns/{asked.number}/sheet/")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1] for row in rows[1:5]] == ["projects", "money", "staff", "words_zh"]
    head, *lines = [",".join(str(cell).replace(",", " ") for cell in row[:5]) for row in rows]
    filled = [line.rstrip(",") + ("," + FULL[code] if (code := line.split(",")[1]) in FULL else ",") for line in lines]
    answer = _sent(pia, asked, "\n".join([head, *filled]))
    assert (answer.status_code, fresh().values["money"], fresh().state) == (303, "35000.50", ReturnState.DRAFT)
    answer = _sent(_en(pia), asked, f"number,code,value\n{asked.number},projects,many\n{asked.number},colour,red\n")
    assert answer.status_code == 422
    assert "Row 3: the form has no field “colour”" in answer.content.decode()


def _sent(client: Client, asked: Return, text: str) -> object:
    file = SimpleUploadedFile("return.csv", text.encode("utf-8-sig"))
    return client.post(f"/w/returns/{asked.number}/upload/", {"file": file, "version": fresh().version})


def test_an_enterprise_agrees_with_one_click_and_takes_it_back_with_another(
    sign_in: SignIn, bo_user: User, bo_company: Organisation
) -> None:
    make_form("enterprise_half", "enterprise", "half")
    bo = _en(sign_in(bo_user))
    assert "Agree to report" in bo.get("/w/returns/consents/").content.decode()
    sent = {"organisation": bo_company.number, "form": "enterprise_half"}
    bo.post("/w/returns/consents/", {**sent, "deed": "agree"})
    assert "Take it back" in bo.get("/w/returns/consents/").content.decode()
    bo.post("/w/returns/consents/", {**sent, "deed": "withdraw"})
    assert "Withdrawn" in bo.get("/w/returns/consents/").content.decode()


def test_the_page_of_an_indicator_says_what_was_reported_apart_from_what_is_counted(
    sign_in: SignIn, asked: Return, ada_client: Client, pia_user: User, ada: Reader, queries: Callable
) -> None:
    make_indicator("", code="talents_new", why_uncounted_en="Nobody counts it.", why_uncounted_zh="口径未定义。")
    pia = reader_of(pia_user, NOON)
    deeds.accept(deeds.submit(asked, FULL, by=pia, at=NOON), by=ada, at=NOON)
    ada_client.get("/w/indicators/talents_new/")  # the ledger catches up
    with queries(at_most=25):
        text = _en(ada_client).get("/w/indicators/talents_new/?as_of=2026-11-18").content.decode()
    assert "As reported" in text
    assert "<b>12</b> · Q3 2026 · reporters: 1" in text
    assert "As reported" not in ada_client.get("/w/indicators/talents_new/?as_of=2026-09-29").content.decode()
    assert "As reported" not in _en(sign_in(pia_user)).get("/w/indicators/talents_new/").content.decode()


def test_a_bureau_reads_sums_and_no_return(sign_in: SignIn, asked: Return) -> None:
    bureau = sign_in(make_user("bureau@city.example", Role.BUREAU))
    assert bureau.get("/w/returns/")["Location"] == "/w/returns/reported/"
    assert bureau.get("/w/returns/reported/").status_code == 200
    assert bureau.get(f"/w/returns/{asked.number}/").status_code == 404


def test_an_officer_opens_one_more_return_for_who_joined_late(
    ada_client: Client, asked: Return, form: ReturnForm
) -> None:
    late = make_organisation("Late Partner", OrganisationKind.PARTNER)
    answer = ada_client.post(f"/w/returns/forms/{form.code}/ask/", {"who": late.number, "period": "2026-Q3"})
    assert answer.status_code == 303
    answer = ada_client.post(f"/w/returns/forms/{form.code}/ask/", {"who": late.number, "period": "2026-Q3"})
    assert answer.status_code == 422


def test_an_excel_file_with_numbers_as_numbers_comes_back_too(pia: Client, asked: Return) -> None:
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["number", "code", "项目 item", "单位 unit", "value"])
        for row, (code, value) in enumerate({"projects": 12, "money": 35000.5, "staff": "是"}.items(), 1):
            sheet.write_row(row, 0, [asked.number, code, "", "", value])
    file = SimpleUploadedFile("return.xlsx", kept.getvalue())
    answer = pia.post(f"/w/returns/{asked.number}/upload/", {"file": file, "version": fresh().version})
    assert answer.status_code == 303
    assert fresh().values == {"projects": "12", "money": "35000.50", "staff": True}


STRANGE = ("a\x00b", "\ud800 {{7*7}} ' OR 1=1 --", "9" * 400, "-1e999999", "NaN", "<script>x</script>")


@pytest.mark.parametrize("strange", STRANGE, ids=range(len(STRANGE)))
def test_no_form_breaks_on_what_no_person_would_send(
    pia: Client, ada_client: Client, asked: Return, strange: str
) -> None:
    here = f"/w/returns/{asked.number}/"
    typed = dict.fromkeys(("projects", "money", "staff", "words_zh", "words_en", "remark"), strange)
    for path, then in ((f"{here}fill/", "save"), (f"{here}fill/", "submit"), (f"{here}keep/", "")):
        _answers(pia, path, {**typed, "version": "1", "then": then})
        _answers(pia, path, {**typed, "version": strange, "then": then})
    _answers(pia, "/w/returns/consents/", {"organisation": strange, "form": strange, "deed": strange})
    for code in ("send_back", "waive", "accept", "reopen", "nothing"):
        _answers(ada_client, f"{here}moves/{code}/", {"reason": strange, "comment_money": strange, "version": "1"})
    _answers(ada_client, "/w/returns/consents/", {"organisation": strange, "form": "x", "note": strange})
    _answers(
        ada_client, "/w/returns/bulk/", {"deed": "send-back", "pick": strange, "comment": strange, "is_asked": "1"}
    )
    _answers(ada_client, f"/w/returns/forms/{asked.form_code}/ask/", {"who": strange, "period": strange})
    ask = urlencode(
        {"form": strange, "period": strange, "area": strange, "turn": strange, "q": strange}, errors="replace"
    )
    assert ada_client.get(f"/w/returns/?{ask}").status_code < 500
    assert ada_client.get(f"/w/returns/reported/?{ask}").status_code < 500


def _answers(client: Client, path: str, values: dict) -> None:
    with transaction.atomic():
        written = urlencode(values, doseq=True, errors="surrogatepass")
        answer = client.post(path, written, content_type="application/x-www-form-urlencoded")
        assert answer.status_code < 500, path
        assert b"<script>x</script>" not in answer.content
        transaction.set_rollback(True)
