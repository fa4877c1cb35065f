"""The public search answers by words, other names and meaning, and knows nothing of what is hidden."""

import pytest
from django.conf import settings

from grandunion.adapters import meaning
from grandunion.records.achievements import Achievement
from grandunion.records.lists import Term
from grandunion.records.matches import Offer
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import Market
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.readers import visitor
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent
from grandunion.work.actions.base import index_words
from grandunion.work.queries.achievements.public import OFFERED
from grandunion.work.queries.matches.public import PUBLIC_OFFERS, public_offer, public_offers
from grandunion.work.queries.matches.seeking import DEGRADED, NOT_ASKED, query, seek
from tests.cast import NOON, make_person

pytestmark = pytest.mark.django_db
ANYBODY = visitor(NOON)


def make(title: str, **values: object) -> Achievement:
    """A public achievement on offer, straight into its table."""
    number = f"ACH-2026-{Achievement.objects.unscoped('tests number their rows').count() + 1:04d}"
    given = {"level": Level.PUBLIC, "state": AchievementState.IN_LIBRARY, "title_en": title, **values}
    row = Achievement.objects.create(number=number, state_at=NOON, created_at=NOON, updated_at=NOON, **given)
    index_words(row)
    return row


def make_offer(title: str, **values: object) -> Offer:
    """A public offer, straight into its table."""
    number = f"OFR-2026-{Offer.objects.unscoped('tests number their rows').count() + 1:04d}"
    given = {"level": Level.PUBLIC, "state": OfferState.PUBLISHED, "offer_kind": OfferKind.SPACE, "title_en": title}
    row = Offer.objects.create(number=number, state_at=NOON, created_at=NOON, updated_at=NOON, **{**given, **values})
    index_words(row)
    return row


def sought(words: str, listing: object = OFFERED) -> tuple[int, ...]:
    return seek(listing.rows(ANYBODY), query(words)).ids


def test_what_holds_all_words_comes_before_what_holds_most_of_them():
    most = make("Quiet pump for hospitals")
    every = make("Quiet magnetic pump for hospitals")
    make("Something else")
    assert sought("quiet magnetic pump") == (every.pk, most.pk)
    assert sought("pump") == (every.pk, most.pk)
    assert sought("nothing of the kind") == ()


def test_another_name_of_the_same_thing_answers_too():
    Term.objects.create(list="synonyms", code="lidar", name_zh="激光雷达", name_en="LiDAR")
    row = make("", title_zh="车规激光雷达接收芯片")
    make("", title_zh="微波雷达")
    assert sought("LiDAR") == (row.pk,)
    assert sought("激光雷达") == (row.pk,)


def test_without_the_model_the_search_says_so_and_words_stand_alone():
    row = make("Quiet pump")
    found = seek(OFFERED.rows(ANYBODY), query("quiet pump"))
    assert (found.ids, found.missing) == ((row.pk,), DEGRADED)
    assert seek(OFFERED.rows(ANYBODY), query("quiet pump"), with_meaning=False).missing == NOT_ASKED


def test_a_hidden_record_is_neither_found_nor_counted_nor_moves_another():
    shown = [make(f"Quiet pump {number}") for number in range(3)]
    before = seek(OFFERED.rows(ANYBODY), query("quiet pump"))
    for level in (Level.MEMBERS, Level.ORGANISATION, Level.NAMED):
        make("Quiet pump quiet pump", level=level)
    make("Quiet pump", state=AchievementState.DRAFT)
    after = seek(OFFERED.rows(ANYBODY), query("quiet pump"))
    assert before == after
    assert set(after.ids) == {row.pk for row in shown}


def test_a_hidden_field_does_not_find_its_record():
    make("Quiet pump", abstract_confidential="Helmholtz chamber", problem="Helmholtz")
    make_offer("Hall", terms="Helmholtz", partners_excluded="Helmholtz")
    assert sought("Helmholtz") == sought("Helmholtz", PUBLIC_OFFERS) == ()


def test_meaning_answers_in_the_other_language_and_never_with_what_is_hidden(monkeypatch, tmp_path):
    monkeypatch.setattr(settings, "MEANING", "auto")
    monkeypatch.setattr(settings, "MEANING_FOLDER", tmp_path)
    coil = make("", title_zh="高温超导磁体线圈绕制工艺")
    make("Recipe for banana bread")
    hidden = make("Winding of superconducting magnet coils", level=Level.MEMBERS)
    while meaning.catch_up(64):
        pass
    found = seek(OFFERED.rows(ANYBODY), query("superconducting magnet coils"))
    assert found.missing is None
    assert found.ids == (coil.pk,)
    assert hidden.pk not in found.ids


def test_only_public_offers_that_stand_today_are_listed():
    hall = make_offer("Hall")
    for values in ({"level": Level.MEMBERS}, {"state": OfferState.PAUSED}, {"valid_until": "2026-11-01"}):
        make_offer("Hall of others", **values)
    assert [row.pk for row in PUBLIC_OFFERS.rows(ANYBODY)] == [hall.pk]
    assert sought("hall", PUBLIC_OFFERS) == (hall.pk,)


def test_a_public_offer_says_neither_whose_it_is_nor_an_expert_who_is_not_public(bo_company):
    closed, opened = make_person("Closed Expert"), make_person("Open Expert", level=Level.PUBLIC)
    for person in (closed, opened):
        make_offer("Advice", offer_kind=OfferKind.EXPERTISE, person=person, owner=bo_company, terms="Secret")
    first, second = public_offers(PUBLIC_OFFERS.rows(ANYBODY).order_by("pk"), NOON)
    assert first.expert is None
    assert second.expert.en == "Open Expert"
    assert not {"owner", "owner_name", "area", "terms", "quota"} & set(first.__slots__)


def test_what_is_not_public_is_absent(bo_company):
    row = make_offer("Hall", level=Level.MEMBERS)
    with pytest.raises(Absent):
        public_offer(row.number, NOON)


def test_the_markets_of_offers_name_known_kinds():
    for market in Market:
        wanted = next(one for one in PUBLIC_OFFERS.filters if one.code == "market")
        assert PUBLIC_OFFERS.rows(ANYBODY).filter(wanted.asks(market.value, ANYBODY)).count() == 0
