"""Investors answer by what they did before, as far as the desk sees the matches that led to an investment."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grandunion.engines.matching import reference
from grandunion.records.lists import Term
from grandunion.records.matches import Match, Offer
from grandunion.records.needs import Need
from grandunion.terms.matches import Market, MatchState, SuccessKind
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import base
from grandunion.work.queries import matches
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_user
from tests.work.test_matching_trust import every, told

pytestmark = pytest.mark.django_db

MAGNETS = {"title_zh": "超导磁体企业融资", "text_zh": "高温超导磁体量产，寻求融资。", "finance_round": "angel"}
SEEDS = {"title_zh": "种业企业融资", "text_zh": "水稻育种企业寻求融资。", "finance_round": "b"}


def seeking(owner, said=MAGNETS, state=NeedState.DISPATCHED, level=Level.ORGANISATION, **values):
    """A company that looks for money, straight into the table."""
    need = Need.objects.create(
        number=f"NED-2026-{every(Need).count() + 1:04d}", level=level, owner=owner, category=Category.FINANCING,
        state=state, state_at=NOON, created_at=NOON, updated_at=NOON,
        **{"budget": Decimal(5_000_000), **said, **values},
    )  # fmt: skip
    base.index_words(need)
    return need


def mandate(owner):
    """An investor's offer that says nothing of the field."""
    offer = Offer.objects.create(
        number=f"OFR-2026-{every(Offer).count() + 1:04d}", offer_kind=OfferKind.MANDATE, owner=owner,
        title_zh="企业融资意向", state=OfferState.PUBLISHED, level=Level.MEMBERS, state_at=NOON, created_at=NOON,
        updated_at=NOON,
    )  # fmt: skip
    base.index_words(offer)
    return offer


def invested(investor, need, outcome=SuccessKind.INVESTMENT, **values):
    """A match that led to something, half a year ago."""
    return Match.objects.create(
        number=f"MAT-2026-{every(Match).count() + 1:04d}", market=Market.CAPITAL, state=MatchState.SUCCESS,
        state_at=NOON - timedelta(days=180), need=need, offering=investor, outcome=outcome, owner=need.owner,
        created_at=NOON, updated_at=NOON, **{"level": Level.ORGANISATION, **values},
    )  # fmt: skip


@pytest.fixture
def investors():
    made = [make_organisation(name, OrganisationKind.INVESTOR) for name in ("Fund of magnets", "Fund of seeds")]
    return [(one, mandate(one)) for one in made]


@pytest.fixture
def need(bo_company):
    return seeking(bo_company)


def deals(need, reader, offer):
    found = matches.candidates(need, reader, 50, Market.CAPITAL).offers
    one = next(one for one in found if one.number == offer.number)
    return one.score, next(part for part in one.score.parts if part.code == "deals")


def test_who_invested_in_the_field_comes_first_and_the_deal_is_named(need, investors, ada, reading):
    (magnets, first), (seeds, second) = investors
    other = make_organisation("Other company")
    invested(magnets, seeking(other, MAGNETS | {"title_zh": "磁体线圈企业融资"}))
    invested(seeds, seeking(other, SEEDS))
    with reading():
        found = matches.candidates(need, ada, 50, Market.CAPITAL).offers
    assert [one.number for one in found] == [first.number, second.number]
    score, part = deals(need, ada, first)
    assert "磁体线圈企业融资" in part.evidence.zh
    assert part.value == reference.mean(part.grounds)
    assert score.value == reference.value(score)
    (back,) = matches.needs_for(first, ada, 50).needs[:1]
    assert next(one for one in back.score.parts if one.code == "deals").value is not None


def test_an_investor_without_deals_is_unknown_and_no_worse_for_it(need, investors, ada):
    (_, offer), _ = investors
    score, part = deals(need, ada, offer)
    assert part.value is None
    assert score.confidence < 1
    assert score.value == reference.value(score)


def test_what_led_to_an_order_or_is_still_open_is_no_deal(need, investors, ada, bo_company):
    (fund, offer), _ = investors
    invested(fund, seeking(bo_company), SuccessKind.ORDER)
    open_ = invested(fund, seeking(bo_company))
    every(Match).filter(pk=open_.pk).update(state=MatchState.NEGOTIATING)
    assert deals(need, ada, offer)[1].value is None


def test_nobody_but_the_desk_is_told_of_deals(need, investors, bo, ada):
    (fund, offer), _ = investors
    every(Need).filter(pk=need.pk).update(level=Level.MEMBERS)
    before = told(need, bo, Market.CAPITAL)
    invested(fund, seeking(make_organisation("Other company"), level=Level.MEMBERS), level=Level.MEMBERS)
    assert told(need, bo, Market.CAPITAL) == before
    assert deals(need, ada, offer)[1].value is not None


def test_a_deal_that_an_officer_may_not_see_leaves_no_trace(need, investors, ada):
    (fund, offer), (other_fund, _) = investors
    far, near = (Term.objects.create(list="areas", code=code, name_zh=code, name_en=code) for code in ("far", "near"))
    elsewhere = reader_of(make_user("far@hub.example", Role.OFFICER, area=far), NOON)
    company = make_organisation("Other company")
    hidden = [
        invested(fund, seeking(company, area=near), area=near),  # of another area
        invested(fund, seeking(company, level=Level.NAMED)),  # of a need that is open by name only
        invested(other_fund, seeking(company), level=Level.NAMED),
    ]
    assert deals(need, ada, offer)[1].value is not None  # whose areas are all
    assert [deals(need, elsewhere, one)[1].value for _, one in investors] == [None, None]
    every(Match).filter(pk__in=[one.pk for one in hidden]).update(area=far, level=Level.ORGANISATION)
    every(Need).filter(level=Level.NAMED).update(level=Level.ORGANISATION)
    assert [deals(need, elsewhere, one)[1].value is None for _, one in investors] == [False, False]
