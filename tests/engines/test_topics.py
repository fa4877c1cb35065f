"""Topics bring together what is written of one matter in different words, and know what they do not know."""

import random

from grandunion.engines.matching.authors import Compared, Question, Shelf, Written, text_of
from grandunion.engines.matching.topics import ENOUGH, KNOWN, learnt, read
from grandunion.terms.text import Text

MAGNETS = ("coil", "magnet", "tape", "quench", "超导", "磁体")
RICE = ("rice", "gene", "yield", "seed", "水稻", "育种")


def texts(count=ENOUGH, seed=1):
    """As many texts, half of each theme, of four words each."""
    chance = random.Random(seed)  # noqa: S311 - drawn again the same
    return [tuple(chance.sample((MAGNETS, RICE)[number % 2], 4)) for number in range(count)]


TOPICS = learnt(texts())


def near(one, other):
    return TOPICS.near(TOPICS.seen(one), TOPICS.seen(other))


def test_too_few_texts_show_no_topics_and_empty_ones_do_not_count():
    assert learnt(texts(ENOUGH - 1)) is None
    assert learnt([*texts(ENOUGH - 1), ()]) is None


def test_texts_on_one_matter_are_near_though_they_share_no_word():
    assert near(("coil", "tape"), ("quench", "magnet")) > 0.5
    assert near(("coil", "tape"), ("超导", "磁体")) > 0.5
    assert near(("coil", "tape"), ("rice", "seed")) < 0.1


def test_what_was_learnt_comes_back_as_it_was_kept_and_the_same_texts_teach_the_same():
    again = read(TOPICS.written())
    assert again.written() == TOPICS.written() == learnt(texts()).written()
    words = ("coil", "tape")
    assert again.near(again.seen(words), again.seen(("磁体",))) == near(words, ("磁体",))


def test_a_text_of_strange_words_is_near_to_nothing():
    strange = ("coil", *(f"strange{number}" for number in range(9)))
    assert TOPICS.seen(strange).known < KNOWN
    assert near(strange, strange) == 0
    assert near((), ("coil",)) == 0


def test_a_text_by_its_topics_alone_tells_for_its_author_and_is_named_without_words():
    quench = Written("quench", Text("On quench", "论quench"), ("quench", "magnet"))
    rice = Written("rice", Text("On rice", "论rice"), ("rice", "seed"))
    shelf, asked = Shelf((quench, rice)), Question(("coil", "tape"), {})
    with_topics, without = Compared(shelf, asked, TOPICS), Compared(shelf, asked)
    assert text_of(without, (quench,), 1).value == 0
    part = text_of(with_topics, (quench,), 1)
    assert part.value > text_of(with_topics, (rice,), 1).value
    assert (part.grounds[0].code, part.grounds[0].weight) == ("topics", 1)
    assert "“On quench”" in part.evidence.en
    assert "《" not in part.evidence.zh
    assert "论quench" in part.evidence.zh


def test_topics_that_do_not_know_the_need_change_nothing():
    shelf, asked = Shelf((Written("a", Text("A", "甲"), ("laser",)),)), Question(("laser", "beam"), {})
    assert not Compared(shelf, asked, TOPICS).has_topics
    assert Compared(shelf, asked, TOPICS).half == Compared(shelf, asked).half
