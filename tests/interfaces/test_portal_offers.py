"""The portal's offers and its one search: what anybody finds, reads and asks for."""

import re
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from grandunion.interfaces.portal import guarding
from grandunion.records.matches import Offer
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.secrecy import Level
from grandunion.work.actions.base import index_words
from tests.cast import NOON
from tests.interfaces.test_portal import make_achievement, make_need

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_counted() -> None:
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    client = Client()
    client.cookies["language"] = "en"
    return client


def make_offer(title: str, **values: object) -> Offer:
    """A public offer, straight into its table."""
    now = timezone.now()
    number = f"OFR-2026-{Offer.objects.unscoped('tests number their rows').count() + 1:04d}"
    given = {"level": Level.PUBLIC, "state": OfferState.PUBLISHED, "offer_kind": OfferKind.MANDATE, "title_en": title}
    row = Offer.objects.create(number=number, state_at=now, created_at=now, updated_at=now, **{**given, **values})
    index_words(row)
    return row


def text_of(answer: object) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_an_offer_has_a_page_with_structured_data_in_both_languages(reading, queries, bo_company, language):
    row = make_offer("Angel money", title_zh="天使资金", stages=["angel"], amount_min=1_000_000, owner=bo_company,
                     terms="Secret terms")  # fmt: skip
    client = Client()
    client.cookies["language"] = language
    with reading(), queries(at_most=20):
        text = text_of(client.get(f"/offers/{row.number}/"))
    assert {"en": "Angel round", "zh": "天使轮"}[language] in text
    assert 'itemtype="https://schema.org/Offer"' in text
    assert f"/ask/?about={row.number}" in text
    assert not any(word in text for word in ("Secret terms", bo_company.name_en, bo_company.name_zh))
    with reading(), queries(at_most=20):
        assert row.number in text_of(client.get("/offers/?kind=mandate"))


def test_whoever_is_interested_finds_the_form_begun(visitor):
    row = make_offer("Angel money")
    page = text_of(visitor.get(f"/ask/?about={row.number}"))
    drawn = re.search(r'name="opened" value="([^"]+)"', page).group(1)
    stamped = guarding.stamp(timezone.now() - timedelta(minutes=1))
    given = {"contact_name": "Eve", "contact_email": "eve@else.example", "is_agreed": "on", "about": row.number,
             "applicant_type": "company"}  # fmt: skip
    assert "faster than a person types" in text_of(visitor.post("/ask/", {**given, "opened": drawn}))
    answer = visitor.post("/ask/", {**given, "opened": stamped})
    key = answer["Location"].split("/ask/")[1].split("/")[0]
    visitor.post(f"/ask/{key}/?step=team", {"applicant_name": "Eve's team", "opened": stamped})
    form = text_of(visitor.get(f"/ask/{key}/?step=need"))
    assert f"Interested in {row.number}: Angel money" in form
    assert '<option value="financing" selected>' in form


def test_one_search_answers_with_technologies_first_and_nothing_hidden(visitor, reading, queries):
    make_achievement("Quiet pump")
    make_offer("Pump test", offer_kind=OfferKind.PRODUCT)
    make_need("A quieter pump")
    for level in (Level.MEMBERS, Level.NAMED):
        make_achievement("Hidden pump", level=level)
        make_offer("Hidden pump", level=level)
        make_need("Hidden pump", level=level)
    with reading(), queries(at_most=40):
        text = text_of(visitor.get("/search/?q=pump"))
    assert [text.index(word) for word in ("Quiet pump", "Pump test", "A quieter pump")] == sorted(
        text.index(word) for word in ("Quiet pump", "Pump test", "A quieter pump")
    )
    assert "Hidden" not in text
    assert re.findall(r'class="count">(\d+)', text) == ["1", "1", "1"]
    suggested = text_of(visitor.get("/search/suggest?q=pump"))
    assert suggested.count("<li>") == 3
    assert "Hidden" not in suggested
    assert text_of(visitor.get("/search/suggest?q=hidden")).strip() == ""


def test_a_number_goes_straight_to_its_page_if_it_is_public(visitor):
    shown, hidden = make_offer("Angel money"), make_offer("Angel money", level=Level.MEMBERS)
    assert visitor.get(f"/search/?q={shown.number}")["Location"] == f"/offers/{shown.number}/"
    answer = visitor.get(f"/search/?q={hidden.number}")
    assert answer.status_code == 200
    assert f"/offers/{hidden.number}/" not in text_of(answer)
    assert visitor.get(f"/offers/{hidden.number}/").status_code == 404


def test_lists_are_searched_the_same_way_and_say_that_meaning_was_not_compared(visitor):
    for number in range(3):
        make_achievement(f"Quiet pump {number}")
    make_achievement("Hidden pump", level=Level.MEMBERS)
    text = text_of(visitor.get("/technologies/?q=quiet+pump"))
    assert "<b>3</b>" in text
    assert "searched by words" in text
    assert "searched by words" not in text_of(visitor.get("/technologies/"))


def test_the_map_of_the_site_has_the_offers(visitor):
    row, hidden = make_offer("Angel money"), make_offer("Angel money", state=OfferState.PAUSED)
    text = text_of(visitor.get("/sitemap.xml"))
    assert f"/offers/{row.number}/" in text
    assert hidden.number not in text


def test_an_offer_past_its_day_is_not_offered_any_more(visitor):
    row = make_offer("Angel money", valid_until="2020-01-01")
    text = text_of(visitor.get(f"/offers/{row.number}/"))
    assert "/ask/?about=" not in text
    assert row.number not in text_of(visitor.get("/offers/"))


def test_whoever_searches_without_end_is_answered_by_words_alone(rf, monkeypatch):
    monkeypatch.setitem(guarding.LIMITS, "search", 2)
    request = rf.get("/search/", REMOTE_ADDR="203.0.113.9")
    request.at = NOON
    assert [guarding.is_within(request, "search") for _ in range(3)] == [True, True, False]
