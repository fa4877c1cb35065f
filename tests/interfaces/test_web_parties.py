"""Organisations, persons, files, areas and the account through the web door."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import Settings

from grandunion.records.lists import Term
from grandunion.records.parties import Organisation, Person, User
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader
from grandunion.terms.roles import Role
from grandunion.work.actions.parties import organisations
from tests.cast import NOON, make_organisation, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("contexts")]
SignIn = Callable[[User], Client]


@pytest.fixture
def area(db: None) -> Term:
    """The Core Area."""
    return Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")


@pytest.fixture
def kept(settings: Settings, tmp_path: Path) -> Path:
    """A place for files that goes away."""
    settings.FILES = tmp_path / "files"
    return settings.FILES


def one(number: str) -> Organisation:
    return Organisation.objects.unscoped("tests look at the table itself").get(number=number)


PAGES = [
    "/w/organisations/", "/w/organisations/?kind=enterprise&order=-name&q=bo", "/w/organisations/new/",
    "/w/organisations/{org}/", "/w/organisations/{org}/edit/", "/w/organisations/{org}/names/",
    "/w/organisations/{org}/labels/", "/w/organisations/{org}/positions/", "/w/organisations/{org}/close/",
    "/w/organisations/duplicates/", "/w/organisations/duplicates/?of={org}", "/w/persons/", "/w/persons/new/",
    "/w/persons/{person}/", "/w/persons/{person}/edit/", "/w/areas/", "/w/areas/core/", "/w/account/",
    "/w/access/organisation/{org}/", "/w/documents/attach/organisation/{org}/", "/w/organisations/?label=unicorn",
    "/w/persons/?role=founder",
]  # fmt: skip


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_opens_for_an_officer_in_both_languages(
    ada_user: User, bo_company: Organisation, chen_person: Person, area: Term, sign_in: SignIn, language: str
) -> None:
    client = sign_in(ada_user)
    client.cookies["language"] = language
    for address in PAGES:
        answer = client.get(address.format(org=bo_company.number, person=chen_person.number))
        assert answer.status_code == 200, address
        assert ("保存" in answer.text or "中文" in answer.text) or language == "en"


def test_nobody_comes_in_without_signing_in(bo_company: Organisation, client: Client) -> None:
    for address in PAGES:
        answer = client.get(address.format(org=bo_company.number, person="PER-1"))
        assert answer.status_code == 302, address
        assert answer.url.startswith("/accounts/login/"), address


def test_an_organisation_is_added_once_however_often_the_button_is_clicked(ada_user: User, sign_in: SignIn) -> None:
    client = sign_in(ada_user)
    sent = {
        "name_zh": "合肥星火科技有限公司",
        "organisation_kind": "enterprise",
        "level": "members",
        "submission": "k1",
    }
    first, second = client.post("/w/organisations/new/", sent), client.post("/w/organisations/new/", sent)
    assert first.status_code == second.status_code == 303
    assert first.url == second.url


def test_a_likely_duplicate_is_named_and_saved_only_when_confirmed(ada_user: User, sign_in: SignIn) -> None:
    client = sign_in(ada_user)
    sent = {"name_zh": "合肥星火科技有限公司", "organisation_kind": "enterprise", "level": "members"}
    client.post("/w/organisations/new/", sent)
    again = client.post("/w/organisations/new/", {**sent, "name_zh": "星火科技股份有限公司"})
    assert again.status_code == 422
    assert "ORG-" in again.text
    assert 'name="is_confirmed"' in again.text
    sure = client.post("/w/organisations/new/", {**sent, "name_zh": "星火科技股份有限公司", "is_confirmed": "on"})
    assert sure.status_code == 303


def test_look_alikes_are_shown_while_typing_and_nothing_where_there_are_none(
    ada_user: User, bo_company: Organisation, ada: Reader, sign_in: SignIn
) -> None:
    organisations.edit(bo_company, {"name_zh": "博机器人有限公司", "name_en": "Bo Robotics"}, by=ada, at=NOON)
    client = sign_in(ada_user)
    assert bo_company.number in client.get("/w/organisations/similar", {"q": "博机器人"}).text
    assert client.get("/w/organisations/similar", {"q": "完全不同\x00"}).text.strip() == ""


def test_a_stale_edit_shows_both_versions_and_can_then_be_saved(
    ada_user: User, bo_company: Organisation, ada: Reader, sign_in: SignIn
) -> None:
    sent = {"name_zh": "博机器人有限公司", "name_en": "Bo Robotics", "organisation_kind": "enterprise",
            "level": "members", "city": "Hefei", "version": bo_company.version}  # fmt: skip
    organisations.edit(bo_company, {"city": "Wuhu"}, by=ada, at=NOON)
    client = sign_in(ada_user)
    address = f"/w/organisations/{bo_company.number}/edit/"
    stale = client.post(address, sent)
    assert stale.status_code == 409
    assert "Wuhu" in stale.text
    assert "Hefei" in stale.text
    assert one(bo_company.number).city == "Wuhu"
    assert stale.context["form"]["version"].value() == one(bo_company.number).version
    again = client.post(address, {**sent, "version": stale.context["form"]["version"].value()})
    assert again.status_code == 303
    assert one(bo_company.number).city == "Hefei"


@pytest.mark.parametrize(
    "number", ["ORG-0", "%00", "x" * 3000, "00000000-0000-0000-0000-00000000000g", "%ED%A0%80", "1e400"]
)
def test_a_number_that_is_none_is_not_found(ada_user: User, sign_in: SignIn, number: str) -> None:
    client = sign_in(ada_user)
    for section in ("organisations", "persons", "documents", "areas"):
        assert client.get(f"/w/{section}/{number}/").status_code == 404


def test_a_giant_child_number_is_not_found(ada_user: User, bo_company: Organisation, sign_in: SignIn) -> None:
    address = f"/w/organisations/{bo_company.number}/remove-name/{10**40}/"
    assert sign_in(ada_user).post(address).status_code == 404


def test_the_old_number_of_a_merged_record_leads_to_the_one_that_lives(
    ada_user: User, bo_company: Organisation, sign_in: SignIn
) -> None:
    twin = make_organisation("Bo Robotics Ltd", name_zh="博机器人")
    client = sign_in(ada_user)
    compared = client.get("/w/organisations/compare/", {"first": bo_company.number, "second": twin.number})
    assert compared.status_code == 200
    assert compared.text.count('name="absorbed"') == 2
    merged = client.post(f"/w/organisations/{bo_company.number}/merge/", {"absorbed": twin.number})
    assert merged.status_code == 303
    answer = client.get(f"/w/organisations/{twin.number}/")
    assert (answer.status_code, answer.url) == (302, f"/w/organisations/{bo_company.number}/")


def test_an_outsider_neither_edits_nor_reads_what_is_for_officers(
    dee_user: User, bo_company: Organisation, ada: Reader, sign_in: SignIn
) -> None:
    organisations.edit(bo_company, {"contact_phone": "0551-1234567"}, by=ada, at=NOON)
    client = sign_in(dee_user)
    shown = client.get(f"/w/organisations/{bo_company.number}/").text
    assert "0551-1234567" not in shown
    assert "/edit/" not in shown
    assert client.get(f"/w/organisations/{bo_company.number}/edit/").status_code == 403
    assert client.post(f"/w/organisations/{bo_company.number}/close/", {"reason": "x"}).status_code == 403


def test_the_page_of_an_organisation_asks_the_database_a_bounded_number_of_questions(
    ada_user: User, bo_company: Organisation, sign_in: SignIn, queries: Callable, reading: Callable
) -> None:
    client = sign_in(ada_user)
    client.get(f"/w/organisations/{bo_company.number}/")
    with queries(at_most=24), reading():
        client.get(f"/w/organisations/{bo_company.number}/")


def test_a_file_is_attached_read_and_taken_away(
    ada_user: User, bo_company: Organisation, sign_in: SignIn, kept: Path
) -> None:
    client, home = sign_in(ada_user), f"/w/organisations/{bo_company.number}/"
    sent = {"file": SimpleUploadedFile("营业执照.pdf", b"%PDF-1.7 licence"), "secrecy": "2", "next": home}
    answer = client.post(f"/w/documents/attach/organisation/{bo_company.number}/", sent)
    assert (answer.status_code, answer.url) == (303, home)
    panel = client.get(home).text
    assert "营业执照.pdf" in panel
    number = panel.split('href="/w/documents/DOC-')[1].split("/")[0]
    got = client.get(f"/w/documents/DOC-{number}/")
    assert b"".join(got.streaming_content) == b"%PDF-1.7 licence"
    assert got["Content-Disposition"].startswith("attachment")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert client.post(f"/w/documents/DOC-{number}/remove/", {"next": home}).url == home
    assert client.get(f"/w/documents/DOC-{number}/").status_code == 404


def test_a_page_in_disguise_is_refused_on_the_form(
    ada_user: User, bo_company: Organisation, sign_in: SignIn, kept: Path
) -> None:
    sent = {"file": SimpleUploadedFile("photo.png", b"<html><script>alert(1)</script>"), "secrecy": "2"}
    answer = sign_in(ada_user).post(f"/w/documents/attach/organisation/{bo_company.number}/", sent)
    assert answer.status_code == 422
    assert "png" in answer.text


def test_a_bureau_sees_no_cell_of_fewer_than_five(area: Term, sign_in: SignIn) -> None:
    for place in range(3):
        make_organisation(f"Small {place}", area=area)
    client = sign_in(make_user("bureau@city.example", Role.BUREAU))
    assert "&lt;5" in client.get("/w/areas/").text
    for place in range(4):
        make_organisation(f"Large {place}", OrganisationKind.INSTITUTE, area=area)
    shown = client.get("/w/areas/core/").text
    assert ">7<" in shown.replace("\n", "").replace(" ", "")
    assert ">3<" not in shown
    assert "/w/organisations/?area" not in shown


def test_a_token_is_shown_once_and_can_be_revoked(ada_user: User, sign_in: SignIn) -> None:
    client = sign_in(ada_user)
    issued = client.post("/w/account/tokens/", {"name": "Report", "scopes": ["read"], "days": "30"})
    assert issued.status_code == 200
    assert "gu_" in issued.text
    page = client.get("/w/account/").text
    assert "gu_" not in page
    assert "Report" in page
    place = page.split("/w/account/tokens/")[1].split("/")[0]
    assert client.post(f"/w/account/tokens/{place}/revoke/").status_code == 303
    assert "Report" not in client.get("/w/account/").text


def test_a_token_form_with_mistakes_keeps_what_was_typed(ada_user: User, sign_in: SignIn) -> None:
    answer = sign_in(ada_user).post("/w/account/tokens/", {"name": "Report", "days": "9999"})
    assert answer.status_code == 422
    assert 'value="Report"' in answer.text


def test_an_officer_lets_somebody_read_a_record_and_takes_it_back(
    ada_user: User, dee_user: User, bo_company: Organisation, sign_in: SignIn
) -> None:
    client, address = sign_in(ada_user), f"/w/access/organisation/{bo_company.number}/"
    sent = {"email": dee_user.email, "secrecy": "2", "days": "30", "reason": "due diligence"}
    assert client.post(address, sent).status_code == 303
    page = client.get(address).text
    assert dee_user.email in page
    assert "due diligence" in page
    grant = page.split(f'action="{address}')[1].split("/")[0]
    assert client.post(f"{address}{grant}/withdraw/").status_code == 303
    assert dee_user.email not in client.get(address).text
