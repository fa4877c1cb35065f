"""Every market's scores add up, constraints are named, words and meaning fuse, and other names meet."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grandunion.engines import matching
from grandunion.engines.matching import (
    PARTS,
    PLANS,
    Bond,
    Concept,
    Meant,
    Offer,
    Record,
    Topic,
    Wanted,
    categories_of,
    corpus_of,
    markets_of,
    measured,
    ranked,
    reference,
    reweighed,
    rulings,
    score,
    sentence,
    sign,
    spoken_of,
)
from grandunion.engines.matching.fusing import fused, share_of_words, terms_of
from grandunion.terms.achievements import Mode
from grandunion.terms.matches import Market, TieKind
from grandunion.terms.money import Money
from grandunion.terms.needs import Category
from grandunion.terms.offers import FinanceRound, Instrument, OfferKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid
from tests.engines.drawing import MONEY, figures, one_of, some_of

AI, VISION = Topic("ai", Text("AI", "人工智能")), Topic("ai_vision", Text("Vision", "机器视觉"))
ANHUI, SHANGHAI = Topic("340000", Text("Anhui", "安徽省")), Topic("310000", Text("Shanghai", "上海市"))
LIDAR = Concept((("激光", "光雷", "雷达"), ("lidar",), ("laser", "radar")), ("激光雷达", "LiDAR", "laser radar"))
WORDS = some_of(["激光", "光雷", "雷达", "lidar", "laser", "radar", "芯片", "1200 V"], most=6)
CODES = {word: some_of(word.codes(), most=3) for word in (FinanceRound, Instrument, Mode)}
LEVELS = range(1, 10)
BONDS = [Bond(kind, Text("a – b", "甲与乙"), "told", known) for kind in TieKind for known in (True, False, None)]
WANTED = st.builds(
    Wanted, words=WORDS, concepts=st.sampled_from([(), (LIDAR,)]), field=st.sampled_from([(), (AI,), (VISION, AI)]),
    trl=one_of(*LEVELS), region=st.sampled_from([(), ("340100", "340000")]), budget=MONEY,
    stage=st.sampled_from(["", *FinanceRound.codes()]), instruments=CODES[Instrument], modes=CODES[Mode],
    organisation=one_of(1, 2, 3), is_confidential=st.booleans(),
    forced=st.sampled_from([(), (("a", Text("The bureau asks for it.", "主管部门要求。")),)]),
)  # fmt: skip
OFFER = st.builds(
    Offer, key=st.sampled_from("abcdef"), words=WORDS,
    meant=st.none() | st.builds(Meant, figures(1, places=4), st.sampled_from(["", "a passage", "一段文字"]),
                                st.booleans()),
    field=st.sampled_from([(), (AI,), (VISION, AI)]), trl=one_of(*LEVELS),
    trl_range=one_of(*product([None, *LEVELS], repeat=2)),
    regions=st.sampled_from([(), (ANHUI,), (SHANGHAI,)]), price=MONEY,
    ticket=st.none() | st.tuples(MONEY, MONEY), stages=CODES[FinanceRound], instruments=CODES[Instrument],
    modes=CODES[Mode], organisation=one_of(1, 2, 3), is_secret=st.booleans(), has_opted_out=st.booleans(),
    bonds=some_of(BONDS, most=2), quota=one_of(*range(4)), open_now=one_of(*range(4)),
    record=one_of(*(Record(*both) for both in product(range(4), range(3, 10)))),
    age_days=st.none() | st.integers(0, 3000),
)  # fmt: skip
PLAN = st.sampled_from(list(PLANS.values()))


def alone(wanted, offer, market=Market.TECHNOLOGY):
    return score(wanted, offer, corpus_of([offer]), PLANS[market])


def part(found, code):
    return next(one for one in found.parts if one.code == code)


@given(WANTED, st.lists(OFFER, max_size=5, unique_by=lambda one: one.key), PLAN)
@settings(max_examples=60, deadline=None)
def test_every_figure_of_every_market_is_worked_out_again_by_the_slow_reference(wanted, offers, plan):
    found = ranked(wanted, offers, plan)
    assert [offer.key for offer, _ in found] == reference.ranking(wanted, offers, plan)
    for _, one in found:
        assert one.value == reference.value(one)
        assert one.confidence == reference.confidence(one)
        assert tuple(p.code for p in one.parts) == tuple(plan.weights)
        for figure in one.parts:
            assert figure.value is None or 0 <= figure.value <= 1
            assert figure.evidence.en
            assert figure.evidence.zh
            if figure.grounds:
                assert figure.value == reference.mean(figure.grounds)
        assert sentence(one).en
        assert sentence(one).zh


@given(WANTED, OFFER)
@settings(max_examples=60, deadline=None)
def test_a_constraint_comes_to_minus_one_nothing_or_plus_one_and_says_why(wanted, offer):
    found = rulings(wanted, offer)
    total = sign(found)
    assert total == (-1 if any(one.sign < 0 for one in found) else 1 if found else 0)
    scored = alone(wanted, offer)
    assert (scored.excluded is None) is (total >= 0)
    assert scored.is_forced is (total == 1)
    assert all(one.reason.en and one.reason.zh for one in found)


@given(WANTED, OFFER, PLAN)
@settings(max_examples=60, deadline=None)
def test_what_becomes_unknown_lowers_confidence_and_never_the_score_of_a_misfit(wanted, offer, plan):
    known = alone(wanted, offer, plan.market)
    unknown = alone(wanted, Offer(offer.key, offer.words, meant=offer.meant), plan.market)
    assert unknown.confidence <= known.confidence
    for mine, yours in zip(unknown.parts, known.parts, strict=True):
        assert mine.value is None or mine.value == yours.value


@given(st.lists(OFFER, min_size=1, max_size=5, unique_by=lambda one: one.key), WANTED, PLAN)
@settings(max_examples=40, deadline=None)
def test_other_weights_count_the_same_parts_differently(offers, wanted, plan):
    code = next(iter(plan.weights))
    turned = reweighed(ranked(wanted, offers, plan), plan.weighed({code: 2}))
    for _, one in turned:
        assert one.value == (part(one, code).value or 0)
    again = reweighed(turned, plan)
    assert again == ranked(wanted, offers, plan)


@pytest.mark.parametrize("market", list(Market))
def test_the_weights_of_every_market_make_one_and_every_part_has_a_name(market):
    plan = PLANS[market]
    assert sum(plan.weights.values()) == 1
    assert set(plan.weights) <= set(PARTS)


@pytest.mark.parametrize("category", list(Category))
def test_every_category_of_need_is_answered_on_some_market(category):
    assert all(PLANS[market].kinds for market in markets_of(category))


@pytest.mark.parametrize("kind", [*OfferKind, matching.ACHIEVEMENT, matching.EXPERT])
def test_every_kind_of_offer_answers_some_need(kind):
    assert categories_of(kind)


@pytest.mark.parametrize(
    "given_", [{"beauty": 1}, {"text": -1}, {"text": "much"}, {"text": 0}, {}, {"text": "NaN"}, {"text": "1e99"}]
)
def test_weights_that_make_no_sense_are_refused(given_):
    with pytest.raises(Invalid):
        PLANS[Market.TECHNOLOGY].weighed(given_)


def test_other_names_of_one_thing_meet_in_both_languages():
    wanted = Wanted(("激光", "光雷", "雷达"), concepts=spoken_of(("激光", "光雷", "雷达"), [LIDAR]))
    found = part(alone(wanted, Offer("a", ("lidar", "chip"))), "text")
    assert found.value == 1
    assert found.evidence == Text("“激光雷达” is “LiDAR”", "“激光雷达”即“LiDAR”")
    assert part(alone(Wanted(wanted.words), Offer("a", ("lidar", "chip"))), "text").value == 0


def test_a_need_without_a_word_in_common_is_answered_by_meaning_with_the_passage():
    offer = Offer("a", ("photon", "counter"), meant=Meant(Decimal("0.8"), "A counter of single photons."))
    found = part(
        alone(Wanted(("单光", "光子", "子探", "探测", "测器", "阵列", "响应", "时间", "暗计", "计数")), offer), "text"
    )
    assert found.value == Decimal("0.72")
    assert "close in meaning: “A counter of single photons.”" in found.evidence.en
    assert "含义相近" in found.evidence.zh
    assert [one.is_meaning for one in found.met] == [True]


def test_a_passage_is_shown_to_each_reader_in_what_the_record_says_in_their_language():
    met = Meant(Decimal("0.8"), "A counter of single photons.", said=("单光子计数器。", "A counter of single photons."))
    found = part(alone(Wanted(("单光",)), Offer("a", ("photon",), meant=met)), "text")
    assert "close in meaning: “A counter of single photons.”" in found.evidence.en
    assert "含义相近：“单光子计数器。”" in found.evidence.zh
    assert [one.found for one in found.met] == ["A counter of single photons."]
    met = Meant(Decimal("0.8"), "单光子计数器。", said=("单光子计数器。", ""))
    found = part(alone(Wanted(("photon",)), Offer("a", ("单光",), meant=met)), "text")
    assert "“单光子计数器。”" in found.evidence.en


def test_without_a_model_words_stand_alone_and_without_words_meaning_does():
    words, meaning = Decimal("0.5"), Decimal("0.9")
    assert fused(words, None, 9)[0] == words
    assert fused(None, meaning, 9)[0] == meaning
    assert fused(None, None, 9) == (None, ())
    assert fused(words, meaning, 9)[0] == Decimal("0.86")
    assert fused(words, meaning, 1)[0] == Decimal("0.7")
    assert fused(words, meaning, 9, is_one_language=True)[0] == Decimal("0.7")


def test_few_words_count_for_more():
    shares = [share_of_words(terms) for terms in range(1, 8)]
    assert shares == sorted(shares, reverse=True)
    assert terms_of(("激光", "光雷", "雷达", "lidar")) == 3


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("耐压1.2kV 的 SiC 器件", ("1200 V",)),
        ("1,200 V and 1200V", ("1200 V",)),
        ("77 K、10千瓦", ("77 K", "10000 W")),
        ("符合 GB/T 34670-2017 与 ISO 13485", ("gbt34670", "iso13485")),
        ("LM-317, lm317", ("lm317",)),
        ("300 m2、300平方米, 300 m² and 0.03公顷", ("300 m²",)),
        ("2 m³ 与 2立方米", ("2 m³",)),
        ("0.5 μm 与 500 nm", ("0.0000005 m",)),
        ("in 2025 we need it", ()),
        ("", ()),
    ],
)
def test_measures_and_model_numbers_are_found_however_they_are_written(text, found):
    assert measured(text) == found


@given(st.text(max_size=300))
@settings(max_examples=80, deadline=None)
def test_any_text_can_be_looked_through_for_measures(text):
    assert len(measured(text * 3)) <= 40


@pytest.mark.parametrize(
    ("wanted", "offer", "code"),
    [
        (Wanted((), organisation=1), Offer("a", (), organisation=1), "same_organisation"),
        (Wanted(()), Offer("a", (), has_opted_out=True), "opted_out"),
        (Wanted((), has_opted_out=True), Offer("a", ()), "opted_out"),
        (Wanted(()), Offer("a", (), quota=2, open_now=2), "quota"),
        (Wanted(()), Offer("a", (), is_secret=True), "confidentiality"),
        (Wanted((), is_confidential=True), Offer("a", ()), "confidentiality"),
        (Wanted((), region=("340100", "340000")), Offer("a", (), regions=(SHANGHAI,)), "region"),
        (
            Wanted((), budget=Money(Decimal(10))),
            Offer("a", (), ticket=(Money(Decimal(20)), None)),
            "budget_floor",
        ),
        (Wanted((), modes=("transfer",)), Offer("a", (), modes=("licence_sole",)), "licence_kind"),
        *((Wanted(()), Offer("a", (), bonds=(Bond(kind, Text("a – b", "甲与乙")),)), kind.value) for kind in TieKind),
    ],
)
def test_every_constraint_is_named(wanted, offer, code):
    assert [one.code for one in rulings(wanted, offer)] == [code]
    assert alone(wanted, offer).excluded is not None


def test_what_nobody_confirmed_excludes_and_asks_and_what_was_refuted_does_neither():
    unsure = Offer("a", (), bonds=(Bond(TieKind.FAMILY, Text("a – b", "甲与乙"), "a call", None),))
    assert alone(Wanted(()), unsure).asks.zh == "请核实是否属实：甲与乙，双方存在近亲属关系（来源：a call）。"
    assert "Confirm whether they are close relatives" in sentence(alone(Wanted(()), unsure)).en
    refuted = Offer("a", (), bonds=(Bond(TieKind.FAMILY, Text("a – b", "甲与乙"), "a call", False),))
    assert alone(Wanted(()), refuted).excluded is None


@pytest.mark.parametrize(
    ("stage", "stages", "value"),
    [("angel", ("angel",), "1"), ("seed", ("angel",), "0.5"), ("c", ("angel",), "0"), ("strategic", ("angel",), "0")],
)
def test_a_financing_round_fits_when_it_is_wanted_or_next_to_it(stage, stages, value):
    found = alone(Wanted((), stage=stage), Offer("a", (), stages=stages), Market.CAPITAL)
    assert part(found, "stage").value == Decimal(value)


@pytest.mark.parametrize(
    ("amount", "value"), [("5", "0.5000"), ("10", "1"), ("50", "1"), ("100", "1"), ("200", "0.5000")]
)
def test_an_amount_fits_within_the_span_somebody_deals_in(amount, value):
    offer = Offer("a", (), ticket=(Money(Decimal(10)), Money(Decimal(100))))
    found = alone(Wanted((), budget=Money(Decimal(amount))), offer, Market.CAPITAL)
    assert part(found, "budget").value == Decimal(value)


def test_a_forced_pair_stands_first_unless_something_forbids_it():
    wanted = Wanted((), trl=5, forced=(("far", Text("asked for", "指定")), ("mine", Text("asked for", "指定"))),
                    organisation=1)  # fmt: skip
    offers = [Offer("near", (), trl=5), Offer("far", (), trl=1), Offer("mine", (), organisation=1)]
    assert [offer.key for offer, _ in ranked(wanted, offers)] == ["far", "near", "mine"]
