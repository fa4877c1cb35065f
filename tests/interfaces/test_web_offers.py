"""The pages of offers: written by kind, published, paused and withdrawn, each reader as deep as they may read."""

import pytest

from grandunion.records.matches import Offer
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.secrecy import Level
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from tests.cast import NOON

pytestmark = pytest.mark.django_db

MANDATE = {
    "title": "硬科技天使投资", "text": "投资量子信息方向的早期企业。", "stages": ["angel"], "instruments": ["equity"],
    "amount_min": "1000000", "amount_max": "10000000", "opened_to": "members", "terms": "Secret terms",
    "partners_excluded": "Secret rival",
}  # fmt: skip


def only() -> Offer:
    return Offer.objects.unscoped("tests look at what was made").get()


def text_of(answer: object) -> str:
    return answer.content.decode()


@pytest.fixture
def mandate(dee):
    given = {
        "offer_kind": "mandate", "title_zh": "硬科技天使投资", "text_zh": "投资量子信息方向。", "stages": ["angel"],
        "terms": "Secret terms", "partners_excluded": "Secret rival",
    }  # fmt: skip
    return actions.publish_offer(actions.create_offer(given, by=dee, at=NOON), by=dee, at=NOON)


def test_an_investor_writes_and_publishes_a_mandate_with_one_form(dee, dee_user, bo_user, sign_in):
    browser = sign_in(dee_user)
    assert "kind=mandate" in text_of(browser.get("/w/offers/"))
    answer = browser.post("/w/offers/new/?kind=mandate", {**MANDATE, "then": "publish"})
    offer = only()
    assert (answer.status_code, answer["Location"]) == (303, f"/w/offers/{offer.number}/")
    assert (offer.state, offer.level, offer.title_zh) == (OfferState.PUBLISHED, Level.MEMBERS, "硬科技天使投资")
    assert (offer.stages, offer.owner_id) == (["angel"], next(iter(dee.organisation_ids)))
    theirs = text_of(sign_in(bo_user).get(f"/w/offers/{offer.number}/"))
    assert "硬科技天使投资" in theirs
    assert "Secret" not in theirs
    assert "Secret terms" in text_of(browser.get(f"/w/offers/{offer.number}/"))


def test_what_cannot_be_published_is_not_kept_either_and_nothing_typed_is_lost(ada_user, sign_in):
    answer = sign_in(ada_user).post("/w/offers/new/?kind=mandate", {**MANDATE, "then": "publish"})
    assert answer.status_code == 409
    assert "硬科技天使投资" in text_of(answer)
    assert not Offer.objects.unscoped("tests look at what was made").exists()


@pytest.mark.parametrize(
    ("kind", "asked", "not_asked"),
    [
        ("mandate", ("stages", "instruments", "amount_min"), ("trl_min", "square_metres", "starts_on")),
        ("expertise", ("person", "field"), ("stages", "amount_min", "trl_min")),
        ("product", ("trl_min", "trl_max", "amount_min", "industry"), ("stages", "square_metres")),
        ("scenario_capability", ("trl_min", "field"), ("stages", "starts_on")),
        ("space", ("space_kind", "square_metres", "amount_min"), ("trl_min", "stages", "field")),
        ("course", ("starts_on", "ends_on"), ("trl_min", "stages", "square_metres")),
    ],
)
def test_a_form_asks_only_what_its_kind_needs(ada_user, sign_in, kind, asked, not_asked):
    text = text_of(sign_in(ada_user).get(f"/w/offers/new/?kind={kind}"))
    assert all(f'name="{name}"' in text for name in asked)
    assert not any(f'name="{name}"' in text for name in not_asked)


def test_every_kind_can_be_chosen(ada_user, sign_in):
    text = text_of(sign_in(ada_user).get("/w/offers/new/"))
    assert all(f"?kind={kind.value}" in text for kind in OfferKind)


def test_a_researcher_offers_expertise_as_themselves(chen_user, chen_person, sign_in):
    chen = sign_in(chen_user)
    given = {"title": "超导磁体咨询", "text": "失超保护。", "opened_to": "members", "then": "publish"}
    answer = chen.post("/w/offers/new/?kind=expertise", {**given, "person": chen_person.number})
    assert answer.status_code == 303, text_of(answer)
    assert only().person_id == chen_person.pk


def test_an_offer_is_changed_paused_resumed_and_withdrawn(mandate, dee_user, bo_user, sign_in):
    dee, base = sign_in(dee_user), f"/w/offers/{mandate.number}/"
    form = text_of(dee.get(f"{base}edit/"))
    assert 'value="硬科技天使投资"' in form
    dee.post(f"{base}edit/", {"title_en": "Angel money", "title_zh": "天使投资", "text_zh": "量子。", "version": 2})
    assert only().title_en == "Angel money"
    assert dee.post(f"{base}moves/pause/", {"reason": "额度用完"}).status_code == 303
    assert sign_in(bo_user).get(base).status_code == 404
    assert dee.post(f"{base}moves/resume/", {"opened_to": "public"}).status_code == 303
    assert (only().level, only().public_asked_at is None) == (Level.MEMBERS, False)
    assert dee.post(f"{base}moves/withdraw/", {"reason": "不再投资"}).status_code == 303
    assert (only().state, only().public_asked_at) == (OfferState.WITHDRAWN, None)


def test_a_second_person_opens_an_offer_to_the_public_with_one_click(ada_user, dee_user, bo_user, sign_in):
    dee, ada = sign_in(dee_user), sign_in(ada_user)
    given = {"title": "硬科技天使投资", "text": "量子。", "opened_to": "public", "then": "publish"}
    home = dee.post("/w/offers/new/?kind=mandate", given)["Location"]
    assert only().level == Level.MEMBERS
    here, button = f"{home}open-to/", 'name="opened_to" value="public"'
    assert button not in text_of(dee.get(home))
    dee.post(here, {"opened_to": "public", "version": only().version})
    assert only().level == Level.MEMBERS, "asking twice opens nothing"
    assert sign_in(bo_user).post(here, {"opened_to": "public"}).status_code == 403
    assert only().number in text_of(ada.get("/w/offers/?whose=to_open"))
    assert f'href="{home}"' in text_of(ada.get("/w/"))
    assert button in text_of(ada.get(home))
    assert ada.post(here, {"opened_to": "public", "version": only().version}).status_code == 303
    assert (only().level, only().public_asked_at) == (Level.PUBLIC, None)
    assert f'href="{home}"' not in text_of(ada.get("/w/offers/?whose=to_open"))
    dee.post(here, {"opened_to": "members", "version": only().version})
    assert only().level == Level.MEMBERS, "to close it again takes nobody else"


def test_a_stale_save_shows_what_somebody_else_wrote(mandate, dee_user, sign_in):
    answer = sign_in(dee_user).post(
        f"/w/offers/{mandate.number}/edit/", {"title_zh": "天使", "text_zh": "量子。", "version": 1}
    )
    assert answer.status_code == 409


def test_others_neither_change_nor_move_an_offer(mandate, bo_user, sign_in):
    bo, base = sign_in(bo_user), f"/w/offers/{mandate.number}/"
    assert bo.get(f"{base}edit/").status_code == 403
    assert bo.post(f"{base}moves/withdraw/", {"reason": "x"}).status_code == 409
    assert only().state == OfferState.PUBLISHED


def test_the_page_and_the_list_are_read_in_a_bounded_number_of_queries(mandate, ada_user, sign_in, queries, reading):
    ada = sign_in(ada_user)
    with reading(), queries(at_most=24):
        assert ada.get(f"/w/offers/{mandate.number}/").status_code == 200
    with reading(), queries(at_most=20):
        assert mandate.number in text_of(ada.get("/w/offers/?kind=mandate&market=capital&q=硬科技"))
    assert mandate.number not in text_of(ada.get("/w/offers/?market=premises"))


def test_the_list_is_a_file_for_whoever_asks(mandate, dee_user, sign_in):
    dee = sign_in(dee_user)
    text = b"".join(dee.get("/w/offers/?whose=ours&format=csv").streaming_content).decode()
    assert mandate.number in text
    assert mandate.number not in text_of(dee.get("/w/offers/?whose=mine"))


def test_an_offer_is_found_by_the_box_over_everything(mandate, bo_user, sign_in):
    bo = sign_in(bo_user)
    assert f"/w/offers/{mandate.number}/" in text_of(bo.get("/w/search/?q=硬科技"))
    assert bo.get(f"/w/search/?q={mandate.number}")["Location"] == f"/w/offers/{mandate.number}/"


def test_the_list_of_matches_names_what_is_offered_of_every_kind(mandate, ada_user, ada, bo, chen_person, sign_in):
    given = {"contact_name": "Bo", "category": "financing", "title_zh": "天使轮融资", "text_zh": "中试线。"}
    need = need_actions.register(given, by=bo, at=NOON)
    for subject in (mandate, chen_person):
        actions.propose(need, subject, by=ada, at=NOON)
    browser = sign_in(ada_user)
    text = text_of(browser.get("/w/matches/"))
    file = b"".join(browser.get("/w/matches/?format=csv").streaming_content).decode()
    for name in (mandate.title.zh, chen_person.name.zh):
        assert name in text
        assert name in file
