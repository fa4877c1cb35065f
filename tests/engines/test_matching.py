"""Offers and needs are scored by named parts from which the value can be worked out again."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grandunion.engines.matching import WEIGHTS, Offer, Topic, Wanted, corpus_of, ranked, score, sentence
from grandunion.engines.matching.pieces import Met, Part, Score, confidence_of, value_of
from grandunion.engines.matching.wording import joined
from grandunion.terms.money import Money
from grandunion.terms.text import Text
from tests.engines.drawing import MONEY, one_of, some_of

AI = Topic("ai", Text("Artificial intelligence", "人工智能"))
VISION = Topic("ai_vision", Text("Machine vision", "机器视觉"))
SPEECH = Topic("ai_speech", Text("Speech", "智能语音"))
QUANTUM = Topic("quantum", Text("Quantum information", "量子信息"))
CHEMISTRY, MACHINES = Topic("C26", Text("Chemicals", "化工")), Topic("C35", Text("Machinery", "专用设备"))
FARMING = Topic("A01", Text("Agriculture", "农业"))
CORE, SHUSHAN = Topic("core", Text("Core Area", "核心区")), Topic("shushan", Text("Shushan", "蜀山园"))
TOPICS = st.sampled_from([(), (AI,), (VISION, AI), (SPEECH, AI), (QUANTUM,)])
VOCABULARY = ["超导", "导磁", "磁体", "线圈", "magnet", "coil", "quantum", "视觉", "觉检", "检测"]
WORDS = some_of(VOCABULARY, most=8)
WANTED = st.builds(
    Wanted, words=WORDS, field=TOPICS, industry=st.sampled_from([None, CHEMISTRY, MACHINES, FARMING]),
    trl=one_of(*range(1, 10)), area=st.sampled_from([None, CORE, SHUSHAN]), budget=MONEY,
    organisation=one_of(1, 2, 3), names=st.sampled_from([(), ("Bo Robotics", "博机器人")]),
    conflicts=st.frozensets(st.integers(1, 3), max_size=1),
)  # fmt: skip
OFFER = st.builds(
    Offer, key=st.uuids().map(str), words=WORDS, field=TOPICS,
    industry=st.sampled_from([None, CHEMISTRY, MACHINES, FARMING]), trl=one_of(*range(1, 10)),
    area=st.sampled_from([None, CORE, SHUSHAN]), price=MONEY, organisation=one_of(1, 2, 3),
    excluded_partners=st.sampled_from(["", "不与博机器人合作"]), age_days=st.none() | st.integers(0, 4000),
)  # fmt: skip


def alone(wanted, offer):
    return score(wanted, offer, corpus_of([offer]))


def part(found, code):
    return next(p for p in found.parts if p.code == code)


@given(WANTED, st.lists(OFFER, max_size=5))
def test_the_value_is_worked_out_again_from_its_parts(wanted, offers):
    for _, found in ranked(wanted, offers):
        weighed, weights = Decimal(0), Decimal(0)
        for one in found.parts:
            if one.value is not None:
                weighed += one.weight * one.value
                weights += one.weight
                assert 0 <= one.value <= 1
        assert found.value == ((weighed / weights).quantize(Decimal("0.0001")) if weights else 0)
        assert found.confidence == weights / sum(WEIGHTS.values())
        assert 0 <= found.value <= 1


@given(WANTED, OFFER)
def test_what_is_not_known_lowers_confidence_and_is_never_counted_as_a_misfit(wanted, offer):
    known = Offer(key=offer.key, words=offer.words, trl=5)
    unknown = Offer(key=offer.key, words=offer.words)
    wanted = Wanted(words=wanted.words, trl=9)
    with_it, without = alone(wanted, known), alone(wanted, unknown)
    assert without.confidence < with_it.confidence
    assert without.value >= with_it.value  # a misfit counts, a gap does not


@given(WANTED, st.lists(OFFER, min_size=1, max_size=6, unique_by=lambda one: one.key))
def test_the_order_of_arrival_changes_nothing_and_the_excluded_come_last(wanted, offers):
    forwards, backwards = ranked(wanted, offers), ranked(wanted, list(reversed(offers)))
    assert forwards == backwards
    flags = [found.excluded is not None for _, found in forwards]
    assert flags == sorted(flags)


@pytest.mark.parametrize(
    ("mine", "yours", "value"),
    [
        ((VISION, AI), (VISION, AI), "1"),
        ((VISION, AI), (SPEECH, AI), "0.7"),
        ((VISION, AI), (AI,), "0.7"),
        ((VISION, AI), (QUANTUM,), "0"),
    ],
)
def test_fields_fit_when_they_are_the_same_or_neighbours(mine, yours, value):
    found = alone(Wanted((), field=mine), Offer("a", (), field=yours))
    assert part(found, "classification").value == Decimal(value)


@pytest.mark.parametrize(("wanted", "offered", "value"), [(5, 5, "1"), (5, 7, "0.5"), (7, 5, "0.5"), (1, 9, "0")])
def test_maturity_fits_by_the_levels_between(wanted, offered, value):
    assert part(alone(Wanted((), trl=wanted), Offer("a", (), trl=offered)), "maturity").value == Decimal(value)


def test_a_rare_word_tells_more_than_a_common_one():
    offers = [Offer("rare", ("coil",)), Offer("common", ("laser",)), *(Offer(f"o{n}", ("laser",)) for n in range(9))]
    order = [offer.key for offer, _ in ranked(Wanted(("coil", "laser", "x1", "x2", "x3", "x4", "x5", "x6")), offers)]
    assert order[0] == "rare"


def test_chinese_pairs_are_read_as_words_again():
    assert [text for text, _ in joined(["超导", "导磁", "磁体", "coil", "线圈"])] == ["超导磁体", "coil", "线圈"]


@pytest.mark.parametrize(
    ("wanted", "offer", "said"),
    [
        (Wanted((), organisation=1), Offer("a", (), organisation=1), "same organisation"),
        (Wanted((), conflicts=frozenset({2})), Offer("a", (), organisation=2), "conflict of interest"),
        (
            Wanted((), names=("博机器人",)),
            Offer("a", (), excluded_partners="不与博机器人合作"),
            "leave this partner out",
        ),
        (Wanted((), declined=(("a", Text("Declined: too far", "已谢绝：距离过远")),)), Offer("a", ()), "too far"),
    ],
)
def test_every_exclusion_says_why(wanted, offer, said):
    found = alone(wanted, offer)
    assert said in found.excluded.en
    assert sentence(found) == found.excluded


@pytest.mark.parametrize(
    ("near", "met", "opening"),
    [("0.2", (), "Only the conditions fit"), ("0.2", (Met("pump", "pump"),), "Worth introducing"),
     ("0.9", (), "Worth introducing"), (None, (), "Worth introducing")],
)  # fmt: skip
def test_a_pair_whose_texts_have_nothing_in_common_is_not_recommended_for_its_conditions(near, met, opening):
    text = Part("text", Decimal("0.4"), near and Decimal(near), Text("no telling word in common", "没有"), met=met)
    field = Part("classification", Decimal("0.6"), Decimal(1), Text("same field", "领域一致"))
    parts = (text, field)
    said = sentence(Score(value_of(parts), confidence_of(parts), parts))
    assert said.en.startswith(opening)
    assert said.zh.startswith("仅条件相符") == (opening == "Only the conditions fit")


def test_the_sentence_says_what_speaks_for_it_and_what_is_not_known():
    offer = Offer("a", ("超导", "导磁", "磁体"), field=(QUANTUM,), trl=9, age_days=3)
    found = alone(Wanted(("超导", "导磁", "磁体"), field=(QUANTUM,), trl=5), offer)
    said = sentence(found)
    assert said.zh == (
        "建议对接：都提到“超导磁体”；领域一致：量子信息；近一个月内更新。"
        "但成熟度 9 级，需求为 5 级。尚不清楚：价格、转化方式、过往成效。"
    )
    assert said.en == (
        "Worth introducing: both speak of “超导磁体”; same field: Quantum information; brought up to date this month. "
        "But: maturity 9 where 5 is wanted. Not known: price, form of transfer, track record."
    )


def test_a_price_in_another_currency_is_not_compared():
    found = alone(Wanted((), budget=Money(Decimal(10))), Offer("a", (), price=Money(Decimal(5), "USD")))
    assert part(found, "budget").value is None
