"""Names and texts are recognised as the same whatever their form, order, language or length."""

import time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grandunion.engines.matching.identity import (
    ALIKE,
    SHORT,
    SURE,
    TWICE,
    Called,
    Known,
    Registry,
    Writing,
    answer,
    likeness,
    twins,
)
from grandunion.engines.matching.identity import alike as alike_of
from grandunion.engines.matching.identity.folding import folded, initials, is_short_form, words
from grandunion.engines.matching.pieces import confidence_of, value_of


def known(key, *names, city=("Hefei", "合肥"), country="CN", **more):
    called = tuple(name if isinstance(name, Called) else Called(name) for name in names)
    return Known(key, called, country, city, **more)


USTC = known(
    "ustc",
    "University of Science and Technology of China",
    "中国科学技术大学",
    Called("中国科大", SHORT),
    is_school=True,
)
HFUT = known("hfut", "Hefei University of Technology", "合肥工业大学", is_school=True)
AHU = known("ahu", "Anhui University", "安徽大学", is_school=True)
BO = known("bo", "Bo Robotics Co., Ltd.", "安徽博一机器人有限公司", Called("合肥博一自动化有限责任公司", "other"))
FIRST = known("first", "The First Affiliated Hospital of Anhui Medical University", "安徽医科大学第一附属医院")
DAVIS = known("davis", "University of California, Davis", city=("Davis",), country="US", is_school=True)
IRVINE = known("irvine", "University of California, Irvine", city=("Irvine",), country="US", is_school=True)
HARVARD = known("harvard", "Harvard University", city=("Cambridge",), country="US", is_school=True)
IBM = known("ibm", "IBM (Germany)", city=("Ehningen",), country="DE")
HUB = Registry([USTC, HFUT, AHU, BO, FIRST, DAVIS, IRVINE, HARVARD, IBM])
NAMES = st.lists(
    st.sampled_from(["博一", "机器人", "有限公司", "University", "of", "Science", "China", "3", "Bo", "Co.", "Ltd"]),
    min_size=1, max_size=6,
).map(" ".join)  # fmt: skip
RECORDS = st.builds(
    lambda names, city, country: Known("k", tuple(map(Called, names)), country, city),
    st.lists(NAMES, min_size=1, max_size=3),
    st.sampled_from([(), ("Hefei",), ("Davis",)]),
    st.sampled_from(["", "CN", "US"]),
)
PROSE = st.text(alphabet="量子磁体 magnet coil测试12，。", max_size=120)
WRITINGS = st.builds(Writing, PROSE, PROSE, PROSE, PROSE)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("University of Science and Technology of China", "ustc"),
        ("Dept. of Physics, Univ. of Sci. and Tech. of China, Hefei 230026, P. R. China", "ustc"),
        ("中国科学技术大学物理学院，合肥，中国", "ustc"),
        ("中科大", "ustc"),
        ("USTC", "ustc"),
        ("合工大", "hfut"),
        ("1Hefei University of TechnologyHefeiChina", "hfut"),
        ("Hefei Univeristy of Technology", "hfut"),
        ("安徽博一机器人股份有限公司", "bo"),
        ("安徽博一机器人有限责任公司 研发部，合肥", "bo"),
        ("合肥博一自动化有限公司", "bo"),
        ("BO ROBOTICS CO LTD", "bo"),
        ("Department of Anatomy, University of California, School of Medicine, Davis, CA 95616, USA", "davis"),
        ("Harvard Medical School, Boston, MA, USA", "harvard"),
        ("IBM Deutschland GmbH, IBM, Germany", "ibm"),
    ],
)
def test_an_organisation_is_found_by_any_of_its_ways_to_be_written(text, key):
    found = answer(text, HUB)
    assert found.best is not None, found.ranked[:2]
    assert found.best.key == key
    assert found.best.score.value >= SURE


@pytest.mark.parametrize("text", ["", "，，；", "北京大学", "Department of Physics", "1234 5678", "有限公司"])
def test_where_nobody_is_meant_for_sure_nobody_is_named(text):
    found = answer(text, HUB)
    assert found.best is None
    assert found.reason.en
    assert found.reason.zh


def test_the_reason_names_the_organisation_in_both_languages_and_the_parts_make_the_value():
    found = answer("合肥工业大学", HUB).best
    assert found is not None
    assert found.score.value == value_of(found.score.parts)
    assert found.score.confidence == confidence_of(found.score.parts)
    reason = answer("合肥工业大学", HUB).reason
    assert reason.en.startswith("合肥工业大学: ")
    assert reason.zh.startswith("合肥工业大学：")


@given(NAMES)
def test_every_answer_decomposes_and_the_order_of_the_registry_changes_nothing(text):
    backwards = Registry(reversed(HUB.known))
    found, again = answer(text, HUB), answer(text, backwards)
    assert [(one.key, one.score) for one in found.ranked] == [(one.key, one.score) for one in again.ranked]
    for one in found.ranked:
        assert one.score.value == value_of(one.score.parts)
        assert all(part.value is None or 0 <= part.value <= 1 for part in one.score.parts)


@given(RECORDS, RECORDS)
def test_likeness_of_records_is_the_same_both_ways_round_and_whole_for_the_same(one, other):
    assert alike_of(one, other).value == alike_of(other, one).value
    assert alike_of(one, one).value == 1
    assert 0 <= alike_of(one, other).value <= 1


@pytest.mark.parametrize(
    ("one", "other", "is_alike"),
    [
        ("博一机器人有限公司", "博一机器人股份有限公司", True),
        ("博一机器人（集团）有限公司", "博一机器人有限责任公司", True),
        ("中国科学技术大学", "中科大", True),
        ("University of Science and Technology of China", "USTC", True),
        ("Robotics Bo Limited", "Bo Robotics Co., Ltd.", True),
        ("合肥市第一人民医院", "合肥市第二人民医院", False),
        ("安徽大学", "安徽工业大学", False),
        ("Northern Optics Ltd", "Southern Optics Ltd", False),
    ],
)
def test_two_names_are_alike_by_their_telling_words(one, other, is_alike):
    found = alike_of(Known("a", (Called(one),)), Known("b", (Called(other),)))
    assert (found.value >= ALIKE) is is_alike, found


def test_the_same_name_in_another_country_is_less_alike():
    here, there = known("a", "Optics Institute"), known("b", "Optics Institute", country="US", city=("Davis",))
    assert alike_of(here, there).value == Decimal("0.8500")


@pytest.mark.parametrize(
    ("short", "full", "is_one"),
    [("中科大", "中国科学技术大学", True), ("合工大", "合肥工业大学", True), ("安大", "安徽大学", True),
     ("北大", "安徽大学", False), ("安徽", "安徽大学", False), ("中国科学技术", "中国科学技术大学", False)],
)  # fmt: skip
def test_a_chinese_short_form_is_known_by_its_characters(short, full, is_one):
    assert is_short_form(short, full) is is_one


def test_names_are_brought_to_one_way_of_writing():
    assert folded("Ｂｏ　ÉCOLE") == "bo　école".replace("　", " ").replace("é", "e")
    assert words("Universität Bremen") == words("University of Bremen")
    assert initials("University of Science and Technology of China") == "ustc"


@given(WRITINGS, WRITINGS)
def test_likeness_of_texts_is_the_same_both_ways_round_and_whole_for_the_same(one, other):
    assert likeness(one, other).value == likeness(other, one).value
    same = likeness(one, one)
    assert same.value == value_of(same.parts)
    assert same.value == 1 or all(part.value is None or part.value == 0 for part in same.parts)


MAGNET = Writing(
    "高温超导磁体绕制装置", "Winding device for high-temperature superconducting magnets",
    "本装置用于绕制高温超导带材双饼线圈，张力闭环控制，适用于聚变与核磁共振磁体，可在洁净环境中连续工作。" * 2,
    "The device winds double pancake coils from high-temperature superconducting tape at constant tension.",
)  # fmt: skip


def test_an_achievement_entered_twice_is_found_in_either_language():
    again = Writing("绕制装置：高温超导磁体", "", MAGNET.body_zh[:60])
    english = Writing("", "Superconducting magnets: a winding device for high temperature", "", MAGNET.body_en)
    apart = Writing(
        "低温阀门检测方法",
        "Testing of cryogenic valves",
        "一种低温阀门泄漏检测方法，采用氦质谱检漏与红外成像相结合。" * 3,
    )
    found = twins(MAGNET, [("again", again), ("english", english), ("apart", apart)])
    assert {twin.key for twin in found} == {"again", "english"}
    assert all(twin.score.value >= TWICE for twin in found)


@pytest.mark.parametrize("text", ["a " * 50_000, "大学" * 50_000, "x" * 100_000, "A,B;" * 30_000, "é" * 50_000])
def test_hostile_input_takes_no_longer_than_other_input(text):
    began = time.process_time()
    answer(text, HUB)
    alike_of(Known("a", (Called(text),)), Known("b", (Called(text[::-1]),)))
    likeness(Writing(text, text, text, text), Writing(text[1:], text[1:], text[1:], text[1:]))
    assert time.process_time() - began < 2
