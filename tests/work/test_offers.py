"""Offers of every kind are written, opened, brought together with needs, paused and withdrawn."""

from datetime import timedelta
from decimal import Decimal

import pytest

from grandunion.adapters import index
from grandunion.engines.matching import categories_of, market_for
from grandunion.records.lists import Term
from grandunion.records.matches import Offer, Tie
from grandunion.records.needs import Need
from grandunion.records.parties import Position
from grandunion.terms.matches import Market, MatchState, Side, TieKind
from grandunion.terms.needs import Category, NeedState
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.parties import OrganisationKind, PersonRole
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.permissions import matches as permissions
from grandunion.work.queries import matches
from tests.cast import LONG_AGO, NOON, make_organisation

pytestmark = pytest.mark.django_db

MANDATE = {
    "offer_kind": "mandate",
    "title_zh": "硬科技天使投资",
    "title_en": "Angel money for hard technology",
    "text_zh": "投资量子信息、超导与聚变方向的早期企业。",
    "amount_min": "1000000",
    "amount_max": "10000000",
    "stages": ["angel", "pre_a"],
    "instruments": "equity,convertible",
}
MONEY = {
    "contact_name": "Bo",
    "category": Category.FINANCING.value,
    "title_zh": "超导磁体企业天使轮融资",
    "text_zh": "用于超导磁体中试线。",
    "budget": "5000000",
    "finance_round": "angel",
    "instruments_wanted": ["equity"],
}


@pytest.fixture
def dee_company(dee):
    return next(iter(dee.organisation_ids))


@pytest.fixture
def mandate(dee):
    """What Dee's fund looks for, published to members."""
    return actions.publish_offer(actions.create_offer(MANDATE, by=dee, at=NOON), by=dee, at=NOON)


@pytest.fixture
def need(bo):
    return need_actions.register(MONEY, by=bo, at=NOON)


def only(found):
    assert len(found.offers) == 1, found
    return found.offers[0]


def part(found, code):
    return next(one for one in found.parts if one.code == code)


def test_an_investor_writes_a_mandate_that_members_see_once_it_is_published(dee, dee_company, bo):
    offer = actions.create_offer(MANDATE, by=dee, at=NOON)
    assert (offer.number, offer.owner_id, offer.state) == ("OFR-2026-0001", dee_company, OfferState.DRAFT)
    assert (offer.instruments, offer.stages) == (["equity", "convertible"], ["angel", "pre_a"])
    with pytest.raises(Absent):
        matches.get_offer(offer.number, bo)
    actions.publish_offer(offer, by=dee, at=NOON)
    assert matches.get_offer(offer.number, bo).title.en == "Angel money for hard technology"
    assert offer.pk in index.kept_ids("offer")


def test_a_form_sent_twice_makes_one_offer(dee):
    first = actions.create_offer(MANDATE, by=dee, at=NOON, submission="k1")
    assert actions.create_offer(MANDATE, by=dee, at=NOON, submission="k1").pk == first.pk


def test_a_mandate_is_found_for_a_financing_need_with_its_reasons(need, mandate, ada, reading):
    with reading():
        found = matches.candidates(need, ada)
    one = only(found)
    assert (found.market, one.kind, one.number) == (Market.CAPITAL, "mandate", mandate.number)
    assert part(one.score, "stage").value == part(one.score, "budget").value == 1
    assert part(one.score, "instrument").evidence.zh == "双方均可接受股权"
    assert "超导" in one.sentence.zh


def test_a_pair_with_a_mandate_is_sent_and_the_fund_answers(need, mandate, ada, dee):
    match = actions.propose(need, mandate, by=ada, at=NOON)
    assert (match.market, match.offer, match.offering_id) == (Market.CAPITAL, mandate, mandate.owner_id)
    theirs = matches.get(match.number, dee)
    actions.accept(theirs, Side.OFFERING, by=dee, at=NOON)
    assert theirs.state == MatchState.INTERESTED
    assert actions.suggest(need, mandate, by=ada, at=NOON).pk == match.pk
    assert matches.candidates(need, ada).offers == ()


def test_an_applicant_asks_for_an_offer(need, mandate, bo, dee):
    match = actions.ask_for(need, mandate, by=bo, at=NOON)
    assert permissions.open_sides(dee, matches.get(match.number, dee)) == (Side.OFFERING,)


@pytest.mark.parametrize(
    ("changed", "code"),
    [({"amount_min": "8000000"}, "budget_floor"), ({"quota": "1"}, "quota"), ({"regions": ["310000"]}, "region")],
)
def test_what_an_offer_rules_out_is_named(need, mandate, ada, bo_company, changed, code):
    Term.objects.create(list="regions", code="310000", name_zh="上海市", name_en="Shanghai")
    hefei = Term.objects.create(list="regions", code="340100", name_zh="合肥市", name_en="Hefei")
    bo_company.region = hefei
    bo_company.save(update_fields=["region"])
    need.refresh_from_db()
    if code == "quota":
        other = need_actions.register({**MONEY, "title_zh": "另一家"}, by=ada, at=NOON)
        actions.propose(other, mandate, by=ada, at=NOON)
    actions.edit_offer(mandate, changed, by=ada, at=NOON)
    found = matches.candidates(need, ada)
    assert found.offers == ()
    assert [one.code for one in found.excluded[0].score.rulings] == [code]


def test_a_tie_that_nobody_confirmed_keeps_apart_and_asks(need, mandate, ada, bo_company, dee_company):
    fund = mandate.owner
    tie = actions.declare_tie(bo_company, fund, TieKind.CONTROL, source="a newspaper", by=ada, at=NOON)
    found = matches.candidates(need, ada)
    assert found.offers == ()
    assert "Confirm whether one side controls the other" in found.excluded[0].sentence.en
    assert "来源：a newspaper" in found.excluded[0].sentence.zh
    with pytest.raises(Refused, match="not confirmed"):
        actions.suggest(need, mandate, by=ada, at=NOON)
    actions.settle_tie(tie, stands=False, reason="looked", by=ada, at=NOON)
    assert only(matches.candidates(need, ada)).number == mandate.number


def test_what_only_the_desk_knows_neither_hides_nor_moves_an_offer_for_the_applicant(
    need, mandate, ada, bo, bo_company
):
    before = matches.candidates(need, bo)
    actions.declare_tie(
        bo_company, mandate.owner, TieKind.COMPETITOR, source="a call", by=ada, at=NOON, is_confirmed=True
    )
    actions.edit_offer(mandate, {"partners_excluded": "不与博机器人有限公司合作", "terms": "秘密"}, by=ada, at=NOON)
    assert matches.candidates(need, bo) == before
    assert len(matches.candidates(need, ada).excluded[0].score.rulings) == 2


def test_whoever_opted_out_is_suggested_to_nobody_until_they_come_back(need, mandate, ada, bo, dee):
    actions.choose_markets(mandate.owner, set(Market) - {Market.CAPITAL}, by=dee, at=NOON)
    assert "opted out" in matches.candidates(need, ada).excluded[0].sentence.en
    assert matches.candidates(need, bo).offers == ()
    with pytest.raises(Refused, match="opted out"):
        actions.suggest(need, mandate, by=ada, at=NOON)
    actions.choose_markets(mandate.owner, {Market.CAPITAL}, by=dee, at=NOON)
    assert only(matches.candidates(need, ada)).number == mandate.number
    assert only(matches.candidates(need, bo)).number == mandate.number
    actions.choose_markets(mandate.owner, (), by=dee, at=NOON)
    assert matches.candidates(need, ada).offers == ()


def test_a_group_is_kept_apart_over_several_steps_of_control(need, mandate, ada, bo_company):
    middle, other = make_organisation("Middle Holding"), make_organisation("Other Holding")
    steps = [
        actions.declare_tie(one, two, TieKind.CONTROL, source=source, by=ada, at=NOON, is_confirmed=True)
        for one, two, source in (
            (bo_company, middle, "register"),
            (other, middle, "a call"),
            (other, mandate.owner, "web"),
        )
    ]
    found = matches.candidates(need, ada)
    assert found.offers == ()
    assert "Bo Robotics – Middle Holding – Other Holding" in found.excluded[0].sentence.en
    assert matches.needs_for(mandate, ada).needs == ()
    Tie.objects.unscoped("nobody has looked into one step").filter(pk=steps[1].pk).update(is_confirmed=None)
    assert "not confirmed" in matches.candidates(need, ada).excluded[0].sentence.en
    actions.settle_tie(steps[2], stands=False, reason="Sold.", by=ada, at=NOON, version=steps[2].version)
    assert only(matches.candidates(need, ada)).number == mandate.number


def test_neither_what_stands_beside_an_offer_nor_what_is_over_is_found_for_it(need, mandate, ada, bo):
    other = need_actions.register(MONEY, by=bo, at=NOON)
    assert {one.need for one in matches.needs_for(mandate, ada).needs} == {need, other}
    actions.suggest(need, mandate, by=ada, at=NOON)
    assert [one.need for one in matches.needs_for(mandate, ada).needs] == [other]
    Need.objects.unscoped("a test ends it").filter(pk=other.pk).update(state=NeedState.CANCELLED)
    assert matches.needs_for(mandate, ada).compared == 0


def test_a_need_of_whoever_opted_out_is_not_suggested_to_others_and_is_still_answered_when_asked(
    need, mandate, ada, bo, bo_company
):
    assert [one.need for one in matches.needs_for(mandate, ada).needs] == [need]
    actions.choose_markets(bo_company, set(Market) - {Market.CAPITAL}, by=bo, at=NOON)
    found = matches.needs_for(mandate, ada)
    assert found.needs == ()
    assert "needing side has opted out" in found.excluded[0].sentence.en
    assert only(matches.candidates(need, bo)).number == mandate.number


@pytest.mark.parametrize("deed", ["pause_offer", "withdraw_offer"])
def test_an_offer_that_is_paused_or_withdrawn_is_not_found_and_can_come_back(need, mandate, ada, dee, deed):
    with pytest.raises(Refused):
        getattr(actions, deed)(mandate, reason="", by=dee, at=NOON)
    getattr(actions, deed)(mandate, reason="the fund is full", by=dee, at=NOON)
    assert matches.candidates(need, ada).offers == ()
    with pytest.raises(Absent):
        actions.suggest(need, mandate, by=ada, at=NOON)
    if deed == "withdraw_offer":
        actions.reopen_offer(mandate, by=dee, at=NOON)
    actions.publish_offer(mandate, by=dee, at=NOON)
    assert only(matches.candidates(need, ada)).number == mandate.number


def test_an_offer_past_its_day_is_not_found(need, mandate, ada):
    actions.edit_offer(mandate, {"valid_until": (NOON - timedelta(days=1)).date().isoformat()}, by=ada, at=NOON)
    assert matches.candidates(need, ada).offers == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"offer_kind": "wish"}, "offer_kind"),
        ({"title_zh": "", "title_en": ""}, "title_zh"),
        ({"stages": ["z"]}, "stages"),
        ({"trl_min": "7", "trl_max": "3"}, "trl_max"),
        ({"amount_max": "-1"}, "amount_max"),
        ({"regions": ["atlantis"]}, "regions"),
        ({"offer_kind": "expertise"}, "person"),
        ({"state": "published"}, "state"),
    ],
)
def test_what_cannot_be_taken_is_said_at_its_field(dee, values, field):
    with pytest.raises(Invalid) as wrong:
        actions.create_offer({**MANDATE, **values}, by=dee, at=NOON)
    assert field in {problem.field for problem in wrong.value.problems}
    assert not Offer.objects.unscoped("a test looks whether anything was kept").exists()


@pytest.mark.parametrize(("who", "may"), [("ada", True), ("dee", True), ("bo", False), ("chen", False)])
def test_only_its_owner_and_the_desk_change_an_offer(request, mandate, who, may):
    reader = request.getfixturevalue(who)
    assert bool(permissions.may_edit_offer(reader, mandate)) is may
    allowed = {move.code for move, verdict in permissions.moves_of_offer(reader, mandate) if verdict}
    assert ("pause" in allowed) is may
    if not may:
        with pytest.raises(Forbidden):
            actions.edit_offer(mandate, {"title_zh": "我的"}, by=reader, at=NOON)


def test_nobody_offers_for_others(bo, university):
    with pytest.raises(Forbidden):
        actions.create_offer({**MANDATE, "owner": university.number}, by=bo, at=NOON)


def test_an_expert_offers_for_himself_and_reads_his_draft(chen, chen_person):
    values = {"offer_kind": "expertise", "title_zh": "超导磁体设计咨询", "text_zh": "低温与线圈。",
              "person": chen_person.number}  # fmt: skip
    offer = actions.create_offer(values, by=chen, at=NOON)
    assert matches.get_offer(offer.number, chen).pk == offer.pk
    assert permissions.may_edit_offer(chen, offer)
    actions.publish_offer(offer, by=chen, at=NOON)


def test_experts_and_their_offers_answer_on_the_market_of_experts(ada, chen_person, bo, bo_company, need):
    chen_person.expertise = "超导磁体、低温工程"
    chen_person.save(update_fields=["expertise"])
    index.put("person", chen_person.pk, [chen_person.expertise])
    found = matches.candidates(need, ada, market=Market.EXPERT)
    assert (only(found).kind, only(found).title.zh) == ("person", "陈佳")
    Position.objects.create(person=chen_person, organisation=bo_company, role=PersonRole.FOUNDER, starts_on=LONG_AGO)
    found = matches.candidates(need, ada, market=Market.EXPERT)
    assert found.offers == ()
    assert "one organisation" in found.excluded[0].sentence.en


def test_an_offer_finds_the_needs_it_may_answer(need, mandate, ada, dee, bo, reading, queries):
    need_actions.register({**MONEY, "title_zh": "招聘会计", "category": "talent"}, by=ada, at=NOON)
    with reading(), queries(16):
        found = matches.needs_for(mandate, ada)
    assert [one.need.pk for one in found.needs] == [need.pk]
    assert found.needs[0].market == Market.CAPITAL
    other_way = matches.candidates(need, ada).offers[0].score
    for mine, yours in zip(other_way.parts, found.needs[0].score.parts, strict=True):
        assert mine == yours or mine.code == "text"  # words are weighed among needs here, among offers there
    assert matches.needs_for(mandate, dee).compared == 0  # the need is its organisation's and the desk's
    assert permissions.may_find_needs(dee, mandate)
    assert not permissions.may_find_needs(bo, mandate)


def test_a_tie_with_one_applicant_does_not_keep_another_apart(need, mandate, ada, bo_company):
    far = make_organisation("Far Away", OrganisationKind.ENTERPRISE)
    other = need_actions.register({**MONEY, "organisation": far.number}, by=ada, at=NOON)
    actions.declare_tie(bo_company, mandate.owner, TieKind.FAMILY, source="told", by=ada, at=NOON, is_confirmed=True)
    found = matches.needs_for(mandate, ada)
    assert [one.need.pk for one in found.needs] == [other.pk]
    assert [one.need.pk for one in found.excluded] == [need.pk]


def test_own_weights_answer_with_the_place_each_had_before(need, mandate, ada, dee):
    cheap = {**MANDATE, "title_zh": "种子基金", "text_zh": "超导早期投资。", "stages": ["seed"], "amount_min": "1"}
    actions.publish_offer(actions.create_offer(cheap, by=dee, at=NOON), by=dee, at=NOON)
    plain = matches.candidates(need, ada)
    assert [one.was for one in plain.offers] == [None, None]
    turned = matches.candidates(need, ada, weights={"freshness": 1})
    assert {one.was for one in turned.offers} == {1, 2}
    assert all(one.score.value == part(one.score, "freshness").value for one in turned.offers)
    with pytest.raises(Invalid, match="no reason on this market"):
        matches.candidates(need, ada, weights={"beauty": 1})


def test_weights_are_set_by_hand_put_in_force_and_taken_back(need, mandate, ada, bo):
    before = matches.candidates(need, ada).offers[0].score
    with pytest.raises(Forbidden):
        actions.set_weights(Market.CAPITAL, {"text": 1}, reason="x", by=bo, at=NOON)
    with pytest.raises(Refused, match="Say why"):
        actions.set_weights(Market.CAPITAL, {"text": 1}, reason=" ", by=ada, at=NOON)
    made = actions.set_weights(Market.CAPITAL, {"text": 3, "stage": 1}, reason="rounds matter", by=ada, at=NOON)
    assert (made.edition, made.weights["text"]) == (2, "0.7500")
    assert matches.candidates(need, ada).offers[0].score == before
    actions.activate_weights(made, by=ada, at=NOON)
    after = matches.candidates(need, ada).offers[0].score
    assert part(after, "text").weight == Decimal("0.7500")
    actions.revert_weights(Market.CAPITAL, by=ada, at=NOON)
    assert matches.candidates(need, ada).offers[0].score == before
    assert [one.edition for one in matches.editions(Market.CAPITAL)] == [2, 1]


@pytest.mark.parametrize("kind", list(OfferKind))
def test_every_kind_of_offer_answers_some_category_of_need(kind):
    categories = categories_of(kind)
    assert categories
    assert all(market_for(category, kind) for category in categories)


def test_an_offer_at_the_desks_level_is_not_seen_by_others(mandate, bo):
    Offer.objects.unscoped("a test closes a row").filter(pk=mandate.pk).update(level=Level.NAMED)
    with pytest.raises(Absent):
        matches.get_offer(mandate.number, bo)
