"""A hub learns its topics from what every member may read, by the clock or on command; experts are compared by them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from grandunion.engines.matching.topics import ENOUGH
from grandunion.records.achievements import Achievement
from grandunion.records.journal import Entry
from grandunion.terms.achievements import AchievementState
from grandunion.terms.readers import house, visitor
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Forbidden, Refused
from grandunion.work.actions import needs as need_actions
from grandunion.work.actions.matches import due
from grandunion.work.actions.matches.topics import KEPT, OLD, learn_topics
from grandunion.work.queries.matches import topics
from tests.cast import NOON, make_organisation
from tests.engines.test_topics import texts
from tests.interfaces.test_cli import run
from tests.work.test_expert_writings import expert, invented, text

pytestmark = pytest.mark.django_db

HOUSE = house(NOON)


def written(count=ENOUGH, level=Level.MEMBERS, first=1):
    """As many achievements on two matters, straight into the table."""
    Achievement.objects.bulk_create(
        [
            Achievement(
                number=f"ACH-2025-{number:04d}", level=level, state=AchievementState.IN_LIBRARY, state_at=NOON,
                title_en=" ".join(words), keywords=" ".join(words), created_at=NOON, updated_at=NOON,
            )
            for number, words in enumerate(texts(count), first)
        ]
    )  # fmt: skip


def test_too_few_texts_are_refused_with_their_number():
    written(3)
    with pytest.raises(Refused, match=f"There are 3 texts open to members; topics show from {ENOUGH} on"):
        learn_topics(by=HOUSE, at=NOON)
    assert topics.in_force(HOUSE) is None


def test_who_does_not_set_weights_learns_no_topics(bo):
    written()
    with pytest.raises(Forbidden):
        learn_topics(by=bo, at=NOON)


def test_nothing_that_is_closed_to_members_teaches_anything():
    written()
    first = learn_topics(by=HOUSE, at=NOON)
    written(40, Level.ORGANISATION, first=2_000)
    Achievement.objects.unscoped("what is confidential changes, to see that it teaches nothing").filter(
        number="ACH-2025-0001"
    ).update(abstract_confidential="laser " * 40)
    again = learn_topics(by=HOUSE, at=NOON + timedelta(hours=1))
    assert (again.digest, again.texts) == (first.digest, first.texts)
    assert topics.in_force(HOUSE).seen(("rice", "seed")).is_known
    assert not topics.in_force(HOUSE).seen(("laser",)).is_known


def test_whom_some_of_it_is_closed_to_is_answered_without_topics(ada):
    written()
    learn_topics(by=HOUSE, at=NOON)
    assert topics.in_force(ada) is not None
    assert topics.in_force(visitor(NOON)) is None
    assert topics.in_force(replace(ada, conflicts=frozenset({1}))) is None


def test_learning_is_told_in_the_journal_and_the_latest_sets_are_kept():
    written()
    made = [learn_topics(by=HOUSE, at=NOON + timedelta(hours=hour)) for hour in range(KEPT + 1)]
    assert list(topics.sets().values_list("pk", flat=True)) == [one.pk for one in reversed(made[1:])]
    told = Entry.objects.filter(verb="match.topics_learnt")
    assert [one.subject_id for one in told.order_by("seq")] == [one.pk for one in made]


def test_the_clock_learns_when_texts_are_enough_and_again_when_they_are_old():
    assert due.run_due(by=HOUSE, at=NOON) == 0
    written()
    assert due.run_due(by=HOUSE, at=NOON) == 1
    assert due.run_due(by=HOUSE, at=NOON + OLD - timedelta(minutes=1)) == 0
    assert due.run_due(by=HOUSE, at=NOON + OLD) == 1


def test_texts_without_words_to_tell_hold_up_nothing_that_is_due():
    written()
    Achievement.objects.unscoped("their titles become numbers, which tell nothing").update(title_en="7", keywords="")
    assert due.run_due(by=HOUSE, at=NOON) == 0
    with pytest.raises(Refused, match="There are 0 texts open to members"):
        learn_topics(by=HOUSE, at=NOON)


def test_an_expert_is_compared_by_topics_once_there_are_some(bo):
    home = make_organisation("Institute of Magnets")
    chen = expert("Chen Jia")
    invented(chen, home, {"title_en": "Tape with quench protection", "abstract_public_en": "quench tape magnet"})
    need = need_actions.register(
        {"contact_name": "Bo", "category": "technology", "title_en": "Coil of tape", "text_en": "coil tape"},
        by=bo, at=NOON,
    )  # fmt: skip
    before = text(need, HOUSE, chen)
    written()
    learn_topics(by=HOUSE, at=NOON)
    after = text(need, HOUSE, chen)
    assert {one.code for one in before.grounds} == {"words"}
    assert {one.code for one in after.grounds} == {"topics"}
    assert after.value > before.value


def test_the_command_learns_and_shows_the_sets():
    assert "No topics yet" in run("match", "topics").stdout
    few = run("match", "topics", "--learn")
    assert (few.exit_code, "There are 0 texts open to members" in few.output) == (2, True)
    written()
    assert f"Learnt from {ENOUGH} texts open to members" in run("match", "topics", "--learn").stdout
    assert f"已从 {ENOUGH} 条对会员开放的文本学习" in run("match", "topics", "--learn", "--language", "zh").stdout
    assert str(ENOUGH) in run("match", "topics").stdout
