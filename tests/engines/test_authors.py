"""Somebody who stands for all they wrote: each text adds, the nearest most, and every figure works out."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from grandunion.engines.matching import Offer, Wanted, corpus_of, reference, score
from grandunion.engines.matching.authors import WORDS, Compared, Question, Shelf, Written, text_of, words_of
from grandunion.engines.matching.terms import as_written, terms
from grandunion.terms.text import Text

NEED = "Winding of superconducting coils, 高温超导磁体"
ASKED = Question(terms(NEED), as_written(NEED))


def written(key, text, closeness=None, languages=("zh", "en")):
    return Written(key, Text(f"About {key}", f"关于 {key}"), terms(text), closeness, frozenset(languages))


COILS = written("coils", "Superconducting coils wound of tape")
MAGNETS = written("magnets", "高温超导磁体的绕制")
RICE = written("rice", "Breeding of rice 水稻育种")
VISION = written("vision", "Machine vision sees defects")
BESIDE = Compared(Shelf((COILS, MAGNETS, RICE, VISION)), ASKED)
TEXT = st.builds(
    written,
    st.uuids().map(str), st.sampled_from(["coils", "超导磁体", "rice", "", "coils of tape"]),
    st.none() | st.decimals(0, 1, places=4), st.sampled_from([("zh",), ("en",), ("zh", "en"), ()]),
)  # fmt: skip


def value(*texts):
    return text_of(BESIDE, texts, Decimal(1)).value


def test_each_further_text_on_the_matter_adds_and_others_take_nothing_away():
    assert value(RICE, VISION) == 0
    assert 0 < value(COILS) < value(COILS, MAGNETS)
    assert value(COILS, RICE, VISION) == value(COILS)


def test_the_texts_that_met_are_named_with_the_words_as_the_need_writes_them():
    part = text_of(BESIDE, (RICE, COILS, MAGNETS), Decimal(1))
    assert "“About coils” (" in part.evidence.en
    assert "superconducting" in part.evidence.en
    assert "“关于 magnets”（" in part.evidence.zh
    assert "高温超导磁体" in part.evidence.zh
    assert "rice" not in part.evidence.en
    assert {met.found for met in part.met if met.is_meaning} == {"关于 coils", "关于 magnets"}


def test_the_fewer_texts_are_in_the_needs_language_the_more_the_meaning_tells():
    near = Decimal("0.9")
    same, other = written("coils", "coils", near), written("spulen", "Spulen", near, ())
    beside = Compared(Shelf((same, other)), ASKED)
    alone = text_of(beside, (same,), Decimal(1)).grounds
    both = text_of(beside, (same, other), Decimal(1)).grounds
    assert [one.weight for one in alone] == [WORDS, 1 - WORDS]
    assert [one.weight for one in both] == [WORDS / 2, 1 - WORDS / 2]
    (meaning,) = text_of(beside, (other,), Decimal(1)).grounds
    assert (meaning.code, meaning.value) == ("meaning", near)


def test_who_wrote_nothing_is_unknown_and_not_unfit():
    assert text_of(BESIDE, (), Decimal(1)).value is None


def test_a_part_of_all_that_was_written_takes_the_place_of_the_offers_own_words():
    part = text_of(BESIDE, (COILS, MAGNETS), Decimal(1))
    offer = Offer("PER-1", ("nothing",), text=part)
    wanted = Wanted(("superconducting",))
    found = score(wanted, offer, corpus_of([offer]))
    assert found.parts[0].value == part.value
    assert found.parts[0].weight != part.weight
    assert found.value == reference.value(found)


@given(st.lists(TEXT, max_size=6, unique_by=lambda one: one.key), st.randoms())
def test_every_figure_works_out_and_the_order_of_texts_changes_nothing(texts, chance):
    beside = Compared(Shelf(texts), ASKED)
    part = text_of(beside, tuple(texts), Decimal(1))
    mixed = list(texts)
    chance.shuffle(mixed)
    assert text_of(Compared(Shelf(mixed), ASKED), tuple(mixed), Decimal(1)) == part
    assert part.value is None or 0 <= part.value <= 1
    assert part.value == reference.mean(part.grounds)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0, 1))
def test_one_more_text_is_never_worth_less(near, more):
    before, after = sorted(near, reverse=True), sorted([*near, more], reverse=True)
    assert 0 <= words_of(before) <= words_of(after) <= 1
