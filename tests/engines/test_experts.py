"""Experts are ranked by what they wrote, with the passages that met the need."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grandunion.engines.matching.experts import Expert, Writing, ranked, score
from grandunion.engines.matching.library import TOPICS_FROM, Library, against
from grandunion.engines.matching.pieces import confidence_of, mean_of, value_of
from grandunion.engines.matching.terms import terms

MAGNET = Writing("m", "Winding of superconducting magnets", terms("winding superconducting magnets coils tape"), 0.8)
VALVE = Writing("v", "低温阀门", terms("低温阀门泄漏检测 cryogenic valves leaks"), 0.2)
VISION = Writing("s", "Seeing defects", terms("machine vision detects surface defects"), 0.1)
CHEN, DEE, ADA = Expert("chen", (MAGNET, VALVE)), Expert("dee", (VISION,)), Expert("ada", ())
SHELF = Library([one.words for one in (MAGNET, VALVE, VISION)])
NEED = terms("We look for somebody who can wind superconducting coils")
WORDS = st.lists(st.sampled_from(["coil", "magnet", "valve", "vision", "低温", "阀门", "laser"]), max_size=8).map(tuple)
EXPERTS = st.lists(
    st.builds(
        Expert,
        st.uuids().map(str),
        st.lists(st.builds(Writing, st.uuids().map(str), st.just("T"), WORDS, st.none() | st.floats(0, 1)), max_size=4)
        .map(tuple),
    ),
    max_size=5,
    unique_by=lambda one: one.key,
)  # fmt: skip


def test_who_wrote_about_it_comes_first_and_the_passage_is_named():
    found = ranked(NEED, [DEE, ADA, CHEN], SHELF)
    assert [one.key for one, _ in found] == ["chen", "dee", "ada"]
    words = found[0][1].parts[0]
    assert words.met[0].found == MAGNET.title
    assert {"superconduct", "coil"} <= set(words.met[0].asked.split(", "))
    assert MAGNET.title in words.evidence.en
    assert f"《{MAGNET.title}》" in words.evidence.zh


def test_a_chinese_need_finds_who_wrote_in_chinese():
    assert ranked(terms("需要低温阀门的检测方法"), [DEE, CHEN], SHELF)[0][0] is CHEN


def test_an_expert_without_texts_is_unknown_and_not_unfit():
    nobody = score(SHELF.ask(NEED), ADA, SHELF)
    assert nobody.confidence == 0
    assert all(part.value is None for part in nobody.parts)


def test_without_the_model_meaning_is_left_aside_and_lowers_the_confidence_only():
    silent = Expert("chen", tuple(Writing(one.key, one.title, one.words) for one in CHEN.writings))
    known, unknown = score(SHELF.ask(NEED), CHEN, SHELF), score(SHELF.ask(NEED), silent, SHELF)
    assert unknown.confidence < known.confidence
    assert unknown.parts[0] == known.parts[0]


def test_topics_join_words_that_never_meet_once_there_are_texts_enough():
    """Who writes of rotors is near to turbines, because others write of both."""
    texts = [(*(("rotor", "blade") if n % 2 else ("blade", "turbine")), f"n{n % 7}", f"m{n % 11}") for n in range(300)]
    texts += [("lesion", "tissue", f"n{n % 7}", f"m{n % 11}") for n in range(TOPICS_FROM)]
    rotors = Expert("rotors", (Writing("r", "Rotors", ("rotor", "n3")),))
    tissue = Expert("tissue", (Writing("t", "Tissue", ("tissue", "n3")),))
    first, second = ranked(("turbine",), [tissue, rotors], Library(texts))
    assert first[0] is rotors
    assert first[1].parts[1].value > second[1].parts[1].value
    assert first[1].parts[1].value == mean_of(first[1].parts[1].grounds)


@given(WORDS, EXPERTS)
def test_every_score_is_worked_out_again_from_its_parts_and_arrival_changes_nothing(words, experts):
    library = Library([one.words for expert in experts for one in expert.writings])
    found = ranked(words, experts, library)
    assert found == ranked(words, list(reversed(experts)), library)
    for _, one in found:
        assert one.value == value_of(one.parts)
        assert one.confidence == confidence_of(one.parts)
        assert all(part.value is None or 0 <= part.value <= 1 for part in one.parts)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0.001, 1))
def test_more_in_common_is_never_worth_less(one, other, usual):
    less, more = sorted((one, other))
    assert against(less, usual) <= against(more, usual)


@pytest.mark.parametrize("words", [(), ("unheard",), ("coil",) * 5000])
def test_odd_needs_are_answered(words):
    assert [one.key for one, _ in ranked(words, [CHEN, DEE], SHELF)]
    assert score(SHELF.ask(words), CHEN, SHELF).value <= Decimal(1)
