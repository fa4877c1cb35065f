"""A need is answered by what means the same in the other language; without a model the page says so."""

from pathlib import Path

import pytest

from grandunion.adapters import meaning
from grandunion.adapters.index import HAN
from grandunion.engines.matching import reference
from grandunion.terms.matches import Market
from grandunion.terms.needs import Category
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.queries import matches
from tests.cast import NOON

pytestmark = pytest.mark.django_db

ROAD = {"contact_name": "Bo", "category": Category.SUPPLY_CHAIN.value, "title_zh": "自动驾驶汽车怎样看清道路",
        "text_zh": "夜间和雨雾天气下识别行人与障碍物。"}  # fmt: skip
SENSORS = {"offer_kind": "product", "title_en": "LiDAR perception for self-driving cars",
           "text_en": "Detects pedestrians and obstacles at night, in rain and in fog."}  # fmt: skip
RICE = {"offer_kind": "product", "title_zh": "水稻基因编辑育种", "text_zh": "高产抗病水稻新品种。"}


@pytest.fixture
def need(bo):
    return need_actions.register(ROAD, by=bo, at=NOON)


@pytest.fixture
def offers(dee):
    written = [actions.create_offer(values, by=dee, at=NOON) for values in (SENSORS, RICE)]
    return [actions.publish_offer(offer, by=dee, at=NOON) for offer in written]


@pytest.fixture
def reads(settings, tmp_path: Path):
    """A hub that reads what texts mean."""
    settings.MEANING, settings.MEANING_FOLDER = "auto", tmp_path / "meaning"


def test_a_need_without_any_word_in_common_is_answered_with_the_passage_that_met(reads, need, offers, ada, reading):
    meaning.catch_up()
    with reading():
        found = matches.candidates(need, ada)
    best = found.offers[0]
    assert (found.market, found.missing, best.number) == (Market.SUPPLY_CHAIN, None, offers[0].number)
    text = best.score.parts[0]
    assert [ground.code for ground in text.grounds] == ["words", "meaning"]
    assert text.grounds[0].value == 0
    assert text.value == reference.mean(text.grounds) > 0
    assert "含义相近" in best.sentence.zh
    assert any(met.is_meaning and "night" in met.found for met in text.met)
    backwards = matches.needs_for(offers[0], ada)
    assert [one.need.pk for one in backwards.needs] == [need.pk]


def test_the_sentence_quotes_what_the_record_says_in_the_language_of_the_page(reads, need, dee, ada):
    written = actions.create_offer(SENSORS | {"text_zh": "夜间和雨雾中识别行人。"}, by=dee, at=NOON)
    offer = actions.publish_offer(written, by=dee, at=NOON)
    meaning.catch_up()
    (best,) = [one for one in matches.candidates(need, ada).offers if one.number == offer.number]
    assert "含义相近：“夜间和雨雾中识别行人。”" in best.sentence.zh
    assert "close in meaning: “" in best.sentence.en
    assert not HAN.search(best.sentence.en.partition("close in meaning")[2].partition("”")[0])
    (back,) = matches.needs_for(offer, ada).needs
    assert "close in meaning: “" in back.sentence.en
    assert HAN.search(back.sentence.zh.partition("含义相近")[2])


def test_a_match_keeps_the_meaning_that_met(reads, need, offers, ada):
    match = actions.suggest(need, offers[0], by=ada, at=NOON)
    kept = matches.kept_score(matches.get(match.number, ada))
    assert reference.value(kept) == kept.value == match.score
    assert kept.parts[0].grounds[1].code == "meaning"


def test_without_a_model_words_alone_are_compared_and_the_answer_says_so(need, offers, ada):
    found = matches.candidates(need, ada)
    assert found.offers == ()
    assert found.missing.en
    assert found.missing.zh
