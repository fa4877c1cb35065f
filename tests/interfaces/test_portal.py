"""The public pages: what anybody reads, in both languages, and nothing that is not public."""

import gzip
import re
from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from grandunion.interfaces.portal import guarding
from grandunion.records.achievements import Achievement, Objection, PublicNotice
from grandunion.records.journal import Entry
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.terms.achievements import AchievementState
from grandunion.terms.needs import NeedState
from grandunion.terms.secrecy import Level
from grandunion.work.actions.base import index_words

pytestmark = pytest.mark.django_db
STATIC = Path("src/grandunion/interfaces/kit/static/gu")
PAGES = (
    "/", "/technologies/", "/needs/", "/news/", "/areas/", "/hours/", "/ask/", "/disclose/", "/join/", "/partners/",
    "/programmes/",
)  # fmt: skip
FIRST_VIEW = 45 * 1024
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    """Each test begins with an address from which nothing has come."""
    cache.clear()


@pytest.fixture(params=["en", "zh"])
def anybody(request: pytest.FixtureRequest) -> Client:
    """Somebody without an account, in each language."""
    client = Client()
    client.cookies["language"] = request.param
    return client


@pytest.fixture
def visitor() -> Client:
    """Somebody without an account, reading English."""
    client = Client()
    client.cookies["language"] = "en"
    return client


def make_achievement(title: str, **values: object) -> Achievement:
    """A public achievement on offer, straight into its table."""
    now = timezone.now()
    number = f"ACH-2026-{Achievement.objects.unscoped('tests number their rows').count() + 1:04d}"
    given = {"level": Level.PUBLIC, "state": AchievementState.IN_LIBRARY, "title_en": title, **values}
    row = Achievement.objects.create(number=number, state_at=now, created_at=now, updated_at=now, **given)
    index_words(row)
    return row


def make_need(title: str, **values: object) -> Need:
    """A public need that is open, straight into its table."""
    now = timezone.now()
    number = f"NED-2026-{Need.objects.unscoped('tests number their rows').count() + 1:04d}"
    given = {"level": Level.PUBLIC, "state": NeedState.RECEIVED, "category": "technology", "title_en": title, **values}
    row = Need.objects.create(number=number, state_at=now, created_at=now, updated_at=now, **given)
    index_words(row)
    return row


@pytest.fixture
def notice() -> PublicNotice:
    """A notice that stands today, of an achievement that is not public."""
    row = make_achievement("Quiet pump", level=Level.ORGANISATION, state=AchievementState.PUBLIC_NOTICE)
    today = timezone.localdate()
    return PublicNotice.objects.create(
        achievement=row, text_zh="拟转让，价格 120 万元。", text_en="To be transferred for CNY 1,200,000.",
        starts_on=today, ends_on=today + timedelta(days=15), objections_to="Transfer office",
    )  # fmt: skip


@pytest.mark.parametrize("address", PAGES)
def test_a_page_stands_in_both_languages_with_a_preview(anybody, reading, queries, address):
    make_achievement("Quiet pump")
    make_need("A quieter pump")
    with reading(), queries(at_most=30):
        answer = anybody.get(address)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count("<h1") == 1
    assert '<meta property="og:title"' in page
    assert f'<link rel="canonical" href="http://testserver{address}">' in page
    assert "<script>" not in page


def test_each_language_has_an_address_of_its_own_that_is_remembered(client):
    page = client.get("/needs/?lang=en")
    text = page.content.decode()
    assert '<html lang="en"' in text
    assert '<link rel="canonical" href="http://testserver/needs/?lang=en">' in text
    for tag, address in (("zh-Hans", "?lang=zh"), ("en", "?lang=en"), ("x-default", "")):
        assert f'<link rel="alternate" hreflang="{tag}" href="http://testserver/needs/{address}">' in text
    assert '<html lang="en"' in client.get("/news/", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert '<html lang="zh-Hans"' in client.get("/news/?lang=zh").content.decode()
    assert '<html lang="zh-Hans"' in client.get("/news/?lang=xx").content.decode()


def test_the_switch_counts_more_than_the_address_it_was_pressed_at(client):
    answer = client.post("/language/", {"language": "zh", "next": "/needs/?q=a&lang=en&page=1"})
    assert answer["Location"] == "/needs/?q=a&page=1"
    assert '<html lang="zh-Hans"' in client.get(answer["Location"]).content.decode()


def test_the_front_page_has_its_first_view_within_the_budget(visitor):
    for number in range(6):
        make_achievement(f"Quiet pump {number}", abstract_public_en="It pumps and is quiet. " * 10)
        make_need(f"A quieter pump {number}", text_en="Ours is loud. " * 20)
    page = visitor.get("/").content
    parts = [page, *((STATIC / name).read_bytes() for name in ("gu.css", "gu.js", "icons.svg", "favicon.svg"))]
    assert sum(len(gzip.compress(part)) for part in parts) < FIRST_VIEW


def test_the_front_page_leads_to_both_deeds(visitor):
    page = visitor.get("/").content.decode()
    assert 'href="/disclose/"' in page
    assert 'href="/ask/"' in page


def test_only_public_technologies_on_offer_are_listed(visitor):
    make_achievement("Open pump")
    make_achievement("Members' pump", level=Level.MEMBERS)
    make_achievement("Draft pump", state=AchievementState.DRAFT)
    make_achievement("Transferred pump", state=AchievementState.TRANSFORMED)
    page = visitor.get("/technologies/?q=pump").content.decode()
    assert "Open pump" in page
    assert not any(word in page for word in ("Members&#x27; pump", "Draft pump", "Transferred pump"))


def test_a_member_reads_on_the_portal_what_everybody_reads(sign_in, ada_user):
    hidden = make_achievement("Members' pump", level=Level.MEMBERS)
    client = sign_in(ada_user)
    assert "pump" not in client.get("/technologies/").content.decode()
    assert client.get(f"/technologies/{hidden.number}/").status_code == 404


def test_a_technology_shows_public_fields_only(visitor, university: Organisation):
    row = make_achievement(
        "Quiet pump", abstract_public_en="Pumps quietly.", abstract_confidential="Helmholtz chamber",
        applications="Hospitals at night", owner=university, price_min=5, trl=4,
    )  # fmt: skip
    page = visitor.get(f"/technologies/{row.number}/").content.decode()
    assert "Pumps quietly." in page
    assert "Components validated" in page
    assert f"/ask/?about={row.number}" in page
    assert not any(word in page for word in ("Helmholtz", "Hospitals at night", university.name_en))


def test_a_list_cannot_be_asked_whose_a_row_is(visitor, bo_company: Organisation):
    make_need("A quieter pump", owner=bo_company)
    asked = visitor.get(f"/needs/?owner={bo_company.number}").content.decode()
    other = visitor.get("/needs/?owner=ORG-2026-9999").content.decode()
    assert "A quieter pump" in asked
    assert "A quieter pump" in other
    assert bo_company.name_en not in asked


def test_a_public_need_says_in_which_form_money_or_technology_may_come(visitor):
    row = make_need("Money for a pump", modes_wanted=["transfer"], finance_round="seed", instruments_wanted=["equity"])
    page = visitor.get(f"/needs/{row.number}/?lang=en").content.decode()
    assert all(word in page for word in ("Transfer", "Seed round", "Equity"))


def test_a_need_does_not_say_who_states_it(visitor, bo_company: Organisation):
    row = make_need("A quieter pump", owner=bo_company, contact_name="Bo Li", contact_phone="13800000000",
                    text_en="Ours is loud.", applicant_name="Bo the maker")  # fmt: skip
    page = visitor.get(f"/needs/{row.number}/").content.decode()
    assert "Ours is loud." in page
    assert not any(word in page for word in ("Bo Li", "13800000000", bo_company.name_en, "Bo the maker"))


def test_what_is_not_public_and_what_is_not_there_look_alike(visitor):
    hidden = make_need("Hidden", level=Level.MEMBERS)
    answers = [visitor.get(f"/needs/{number}/") for number in (hidden.number, "NED-2026-9999")]
    assert [answer.status_code for answer in answers] == [404, 404]
    told = re.compile(f'{hidden.number}|NED-2026-9999|csrfmiddlewaretoken" value="[^"]+')
    assert told.sub("", answers[0].content.decode()) == told.sub("", answers[1].content.decode())


def test_filters_narrow_the_list_and_a_wrong_one_is_refused(visitor):
    make_achievement("Quiet pump", trl=4)
    make_achievement("Quiet code", trl=7)
    page = visitor.get("/technologies/?trl=7").content.decode()
    assert "Quiet code" in page
    assert "Quiet pump" not in page
    assert visitor.get("/technologies/?trl=77").status_code == 422


def test_a_notice_stands_in_the_news_whatever_its_achievement_is(anybody, notice):
    assert f"/notices/{notice.pk}/" in anybody.get("/news/").content.decode()
    page = anybody.get(f"/notices/{notice.pk}/").content.decode()
    assert "CNY 1,200,000" in page or "120 万元" in page
    assert str(notice.last_day) in page


def objection(**values: str) -> dict[str, str]:
    """An objection as a person sends it."""
    opened = guarding.stamp(timezone.now() - timedelta(minutes=1))
    return {"raised_by": "Dee", "text": "It was ours.", "contact": "dee@x.example", "opened": opened, **values}


def test_anybody_objects_to_a_notice(visitor, notice):
    answer = visitor.post(f"/notices/{notice.pk}/", objection())
    assert answer.status_code == 303
    row = Objection.objects.unscoped("this test made one objection").get()
    assert (row.notice_id, row.raised_by, row.text) == (notice.pk, "Dee", "It was ours.")


@pytest.mark.parametrize("wrong", [{"text": ""}, {"website": "http://spam.example"}, {"opened": "made up"}])
def test_an_objection_without_reason_or_from_a_machine_is_refused_on_the_page(visitor, notice, wrong):
    answer = visitor.post(f"/notices/{notice.pk}/", objection(**wrong))
    assert answer.status_code in (409, 422)
    assert 'value="Dee"' in answer.content.decode()
    assert not Objection.objects.unscoped("nothing was kept").exists()


def test_a_notice_that_has_ended_takes_no_objection(visitor, notice):
    PublicNotice.objects.unscoped("the test lets it end").update(starts_on="2026-01-01", ends_on="2026-01-16")
    assert visitor.post(f"/notices/{notice.pk}/", objection()).status_code == 404


def test_feeds_are_atom_and_dated_by_publication(visitor):
    row = make_achievement("Quiet pump", abstract_public_en="Pumps quietly.")
    published = timezone.now() - timedelta(days=3)
    Entry.objects.create(
        seq=1, at=published, verb="achievement.published", subject_kind="achievement", subject_id=row.pk, digest="x",
        values={},
    )  # fmt: skip
    feed = ElementTree.fromstring(visitor.get("/feeds/technologies.atom").content)  # noqa: S314 - our own
    entry = feed.find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Quiet pump"
    assert entry.find(f"{ATOM}published").text.startswith(published.date().isoformat())
    assert "Quiet pump" in visitor.get("/feeds/news.atom").content.decode()


def test_a_feed_stands_whatever_signs_a_title_holds(visitor):
    make_achievement("Quiet\x01\x0b\uffff pump")
    for address in ("/feeds/technologies.atom", "/feeds/news.atom"):
        feed = ElementTree.fromstring(visitor.get(address).content)  # noqa: S314 - our own
        assert "Quiet pump" in "".join(feed.itertext())


def test_the_site_map_names_public_pages_only(visitor, notice):
    row, hidden = make_achievement("Quiet pump"), make_need("Hidden", level=Level.MEMBERS)
    found = visitor.get("/sitemap.xml").content.decode()
    ElementTree.fromstring(found)  # noqa: S314 - our own
    assert f"/technologies/{row.number}/" in found
    assert f"/notices/{notice.pk}/" in found
    assert hidden.number not in found
    assert "Disallow: /w/" in visitor.get("/robots.txt").content.decode()


def test_a_technology_tells_search_engines_what_it_is(visitor):
    row = make_achievement("Quiet pump")
    page = visitor.get(f"/technologies/{row.number}/").content.decode()
    assert 'itemtype="https://schema.org/CreativeWork"' in page
    assert f'<meta itemprop="identifier" content="{row.number}">' in page
    assert "ld+json" not in page  # an inline script, which our policy refuses
