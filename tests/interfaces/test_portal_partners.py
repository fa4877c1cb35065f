"""The portal's partners, programmes, areas and applications: what anybody reads, and what becomes of an application."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from grandunion.interfaces.portal import guarding
from grandunion.records.lists import Setting, Term
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.records.plans import SourceDocument
from grandunion.records.spaces import Area
from grandunion.terms.parties import OrganisationKind, OrganisationStatus
from grandunion.terms.secrecy import Level
from grandunion.work.actions.base import index_words
from tests.cast import NOON

pytestmark = pytest.mark.django_db
PROGRAMME = {
    "code": "support", "name_zh": "运营支持", "name_en": "Operating support", "summary_zh": "按年度考核给予支持。",
    "summary_en": "By yearly assessment.", "organisation": "", "known": "partly", "cap": "5000000", "currency": "CNY",
    "cap_note_zh": "每年", "cap_note_en": "a year", "valid_from": "2025-02-05", "source": "S2", "verified_on": None,
}  # fmt: skip


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    cache.clear()


@pytest.fixture(params=["en", "zh"])
def anybody(request: pytest.FixtureRequest) -> Client:
    """Somebody without an account, in each language."""
    client = Client()
    client.cookies["language"] = request.param
    return client


def make_partner(name: str, **values: object) -> Organisation:
    """A public university, straight into its table."""
    number = f"ORG-2026-{Organisation.objects.unscoped('tests number their rows').count() + 1:04d}"
    given = {"level": Level.PUBLIC, "organisation_kind": OrganisationKind.UNIVERSITY, "name_en": name, "name_zh": name}
    row = Organisation.objects.create(number=number, created_at=NOON, updated_at=NOON, **{**given, **values})
    index_words(row)
    return row


@pytest.fixture
def programme() -> dict:
    """A programme of a pack that nobody compared with its source."""
    SourceDocument.objects.create(code="S2", title_zh="若干政策", title_en="Policies of 2025")
    Setting.objects.update_or_create(key="programmes", defaults={"value": [PROGRAMME]})
    return PROGRAMME


@pytest.fixture
def core() -> Term:
    """The core area."""
    return Term.objects.get_or_create(list="areas", code="core", defaults={"name_zh": "核心区", "name_en": "Core"})[0]


def begin(client: Client) -> str:
    """The secret address of an application whose first step is saved."""
    stamp = guarding.stamp(timezone.now() - timedelta(minutes=1))
    sent = {"contact_name": "Dee", "contact_email": "dee@quiet.example", "is_agreed": "on", "opened": stamp}
    answer = client.post("/join/", sent)
    assert answer.status_code == 303, answer.content.decode()
    return answer.headers["Location"]


def text_of(answer: object) -> str:
    return re.sub(r"\s+", " ", answer.content.decode())


def test_public_partners_are_listed_and_found_by_words(anybody, reading, queries):
    make_partner("Quiet University", summary_en="It studies pumps.", summary_zh="It studies pumps.")
    make_partner("Loud Institute", organisation_kind=OrganisationKind.INSTITUTE)
    with reading(), queries(at_most=20):
        every = text_of(anybody.get("/partners/"))
    assert "Quiet University" in every
    assert "Loud Institute" in every
    found = text_of(anybody.get("/partners/?q=pumps"))
    assert "Quiet University" in found
    assert "Loud Institute" not in found
    assert "Quiet University" not in text_of(anybody.get("/partners/?kind=institute"))


@pytest.mark.parametrize(
    "hidden",
    [
        {"level": Level.MEMBERS},
        {"organisation_kind": OrganisationKind.ENTERPRISE},
        {"status": OrganisationStatus.CLOSED},
        {"status": OrganisationStatus.MERGED},
    ],
    ids=str,
)
def test_what_is_no_public_partner_has_no_page_and_is_in_no_list(client, hidden):
    row = make_partner("Hidden Hall", **hidden)
    assert "Hidden Hall" not in text_of(client.get("/partners/"))
    assert client.get(f"/partners/{row.number}/").status_code == 404
    assert row.number not in text_of(client.get("/sitemap.xml"))


def test_a_partner_says_what_is_public_of_it_and_nothing_else(anybody):
    row = make_partner("Quiet University", contact_name="Secret Name", staff_count=4711, ror="04c4dkn09",
                       website="https://quiet.example/")  # fmt: skip
    page = text_of(anybody.get(f"/partners/{row.number}/"))
    assert 'itemtype="https://schema.org/CollegeOrUniversity"' in page
    assert 'href="https://quiet.example/"' in page
    assert "04c4dkn09" in page
    assert "Secret Name" not in page
    assert "4,711" not in page
    assert f"/partners/{row.number}/" in text_of(anybody.get("/sitemap.xml"))


def test_a_programme_says_its_cap_its_source_and_that_nobody_verified_it(client, programme):
    page = text_of(client.get("/programmes/support/?lang=en"))
    assert "Operating support" in page
    assert "CNY 5" in page
    assert "Policies of 2025" in page
    assert "Nobody compared it with its source yet" in page
    zh = text_of(client.get("/programmes/support/?lang=zh"))
    assert "运营支持" in zh
    assert "尚未与原文核对" in zh
    assert client.get("/programmes/nothing/").status_code == 404


def test_programmes_are_searched_in_both_languages(client, programme):
    for words in ("assessment", "年度考核"):
        assert "Operating support" in text_of(client.get("/programmes/", {"q": words, "lang": "en"}))
    assert "Operating support" not in text_of(client.get("/programmes/?q=nowhere&lang=en"))
    assert "/programmes/support/" in text_of(client.get("/sitemap.xml"))


def test_a_hub_without_programmes_says_so(anybody):
    Setting.objects.filter(key="programmes").delete()
    assert anybody.get("/programmes/").status_code == 200


def test_an_area_has_a_page_with_the_partners_in_it(client, core):
    make_partner("Quiet University", area=core)
    make_partner("Far University")
    page = text_of(client.get(f"/areas/{core.code}/?lang=en"))
    assert "Quiet University" in page
    assert "Far University" not in page
    assert client.get("/areas/nowhere/").status_code == 404


def test_the_areas_stand_within_their_districts(client, core):
    district = Term.objects.create(list="regions", code="D1", name_zh="某区", name_en="Some District")
    other = Term.objects.create(list="areas", code="planned", name_zh="规划区", name_en="Planned Area", position=9)
    Area.objects.create(term=core, district=district)
    Area.objects.create(term=other, district=district, is_open=False)
    Term.objects.create(list="areas", code="lost", name_zh="丙", name_en="Lost Area", position=1)
    page = text_of(client.get("/areas/?lang=en"))
    here, nowhere = page.index("Some District"), page.index("District not recorded")
    assert here < page.index("/areas/core/") < page.index("/areas/planned/") < nowhere < page.index("/areas/lost/")
    assert page.count("Planned<") == 1


def test_who_would_be_a_partner_applies_in_three_steps_and_follows_it(client):
    client.cookies["language"] = "en"
    place = begin(client)
    given = {"applicant_name": "Quiet Partners", "place": "Singapore", "homepage": "https://quiet.example/"}
    client.post(f"{place}?step=applicant", given)
    answer = client.post(f"{place}?step=partnership", {"partner_role": "centre", "brings": "Forty companies a year."})
    row = Need.objects.unscoped("this test made one need").get()
    assert (row.applicant_type, row.applicant_name, row.state) == ("partner", "Quiet Partners", "received")
    assert row.title_en == "Quiet Partners: wants to become a partner (Partner of an innovation centre)"
    assert row.title_zh.endswith("（创新中心合伙人）")
    assert row.text_en == "Forty companies a year.\n\nSingapore\n\nhttps://quiet.example/"
    followed = text_of(client.get(answer.headers["Location"]))
    assert row.number in followed
    assert "Received" in followed


def test_an_application_says_what_is_missing(client):
    client.cookies["language"] = "en"
    answer = client.post(f"{begin(client)}?step=applicant", {"applicant_name": ""})
    assert answer.status_code == 422
    assert not Need.objects.unscoped("nothing may have come of it").exists()


def test_the_front_page_shows_the_code_of_its_own_address(anybody):
    page = text_of(anybody.get("/"))
    assert re.search(r'<svg [^>]*class="qr"', page)
