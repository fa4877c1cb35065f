"""Experts answer by what they wrote in the hub: inventions, offers, answers; and only by what the reader may know."""

from decimal import Decimal

import pytest

from grandunion.adapters import meaning
from grandunion.engines.matching import reference
from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.matches import Offer
from grandunion.records.needs import Assignment
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import Market
from grandunion.terms.needs import AssignmentState, Category
from grandunion.terms.offers import OfferKind, OfferState
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import base
from grandunion.work.actions import needs as need_actions
from grandunion.work.permissions.base import may_see
from grandunion.work.queries import matches
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_person, make_user
from tests.work.test_matching_trust import change_hidden, every, gone, hidden, told

pytestmark = pytest.mark.django_db

ASKED = {"contact_name": "Bo", "category": Category.TECHNOLOGY.value, "title_zh": "高温超导磁体线圈绕制",
         "text_zh": "寻找能解决高温超导磁体线圈绕制与失超保护的专家。"}  # fmt: skip
COIL = {"title_zh": "超导磁体线圈绕制工艺", "abstract_public_zh": "高温超导带材绕制磁体线圈，失超保护。"}
RICE = {"title_zh": "水稻基因编辑育种", "abstract_public_zh": "高产抗病水稻新品种。"}


def expert(name, expertise="工程技术", **values):
    person = make_person(name, expertise=expertise, **values)
    base.index_words(person)
    return person


def invented(person, owner, said=COIL, level=Level.MEMBERS, state=AchievementState.IN_LIBRARY, **values):
    """An achievement with its inventor, straight into the tables, with its words in the index."""
    count = every(Achievement).count() + 1
    work = Achievement.objects.create(
        number=f"ACH-2026-{count:04d}", level=level, state=state, owner=owner, state_at=NOON, created_at=NOON,
        updated_at=NOON, **{**said, **values},
    )  # fmt: skip
    base.index_words(work)
    if person is not None:
        Inventor.objects.create(achievement=work, person=person, organisation=owner, share_percent=Decimal(100))
    return work


def published(person, owner, title):
    """A written offer in a person's name, straight into its table."""
    offer = Offer.objects.create(
        number="OFR-2026-0001", offer_kind=OfferKind.EXPERTISE, person=person, title_zh=title,
        state=OfferState.PUBLISHED, level=Level.MEMBERS, owner=owner, state_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    base.index_words(offer)
    return offer


@pytest.fixture
def need(bo):
    return need_actions.register(ASKED, by=bo, at=NOON)


@pytest.fixture
def home():
    return make_organisation("Institute of Magnets")


@pytest.fixture
def chen(home):
    """Whose own description says nothing of coils, but who has invented some."""
    return expert("Chen Jia")


def ranked(need, reader):
    return [one.number for one in matches.candidates(need, reader, 50, Market.EXPERT).offers]


def text(need, reader, person):
    found = matches.candidates(need, reader, 50, Market.EXPERT).offers
    return next(one.score.parts[0] for one in found if one.number == person.number)


def test_an_inventor_is_found_by_an_invention_and_the_invention_is_named(need, chen, home, ada, reading):
    invented(chen, home)
    other = expert("Dee", "水稻育种 高温")
    with reading():
        assert ranked(need, ada) == [chen.number, other.number]
    part = text(need, ada, chen)
    assert COIL["title_zh"] in part.evidence.zh
    assert "失超保护" in part.evidence.zh
    assert part.value == reference.mean(part.grounds)


def test_more_inventions_on_the_matter_stand_before_one_and_inventions_on_others_change_nothing(
    need, chen, home, ada
):  # fmt: skip
    second = expert("Li Lei")
    for person in (chen, second, second):
        invented(person, home)
    assert ranked(need, ada) == [second.number, chen.number]
    one, two = text(need, ada, chen).value, text(need, ada, second).value
    for _ in range(5):
        invented(chen, home, RICE)
    assert ranked(need, ada) == [second.number, chen.number]
    assert one < two


def test_an_offer_in_a_persons_name_answers_with_what_that_person_invented(need, chen, home, ada):
    offer = published(chen, home, "工程技术咨询")
    invented(chen, home)
    assert set(ranked(need, ada)) == {chen.number, offer.number}
    assert COIL["title_zh"] in text(need, ada, offer).evidence.zh


def test_an_answer_that_helped_tells_for_its_author_at_the_desk_and_to_nobody_else(need, chen, home, ada, bo):
    invented(chen, home, RICE, keywords="高温")  # found by it, but no more
    before, members = text(need, ada, chen), told(need, bo, Market.EXPERT)
    user = make_user("chen@magnets.example", Role.INVENTOR, home, person=chen)
    asked = need_actions.register(ASKED | {"title_zh": "磁体失超"}, by=bo, at=NOON)
    Assignment.objects.create(
        need=asked, user=user, state=AssignmentState.DONE_HELPED, assigned_at=NOON, answered_at=NOON,
        answer="线圈绕制时加绝缘层，失超保护用快速断路。",
    )  # fmt: skip
    after = text(need, ada, chen)
    assert after.value > before.value
    assert "磁体失超" in after.evidence.zh
    assert told(need, bo, Market.EXPERT) == members


def test_who_is_no_member_of_the_hub_is_not_told_by_rank_who_invented_what(need, home, ada):
    open_to_all = expert("Chen Jia", "磁体", level=Level.PUBLIC)
    invented(open_to_all, home, level=Level.PUBLIC)
    bureau = reader_of(make_user("bureau@city.example", Role.BUREAU), NOON)
    every(type(need)).filter(pk=need.pk).update(level=Level.PUBLIC)
    for reader in (visitor(NOON), bureau):
        assert COIL["title_zh"] not in text(need, reader, open_to_all).evidence.zh
    assert COIL["title_zh"] in text(need, ada, open_to_all).evidence.zh


def test_no_invention_that_a_reader_may_not_see_leaves_a_trace(need, chen, home, ada, bo):
    second = expert("Li Lei", "磁体线圈")
    invented(second, home)
    every(type(need)).filter(pk=need.pk).update(level=Level.MEMBERS)
    works = [invented(chen, home, level=level) for level in Level]
    seen = 0
    for reader in (ada, bo, reader_of(make_user("inv@home.example", Role.INVENTOR, home), NOON)):
        unseen = [work for work in works if not may_see(reader, work)]
        before = told(need, reader, Market.EXPERT)
        with gone(unseen):
            assert told(need, reader, Market.EXPERT) == before
        assert len(before) > 1
        seen += len(unseen)
    assert seen, "something must be hidden from somebody, or it proves nothing"


def test_the_ranking_does_not_change_when_only_what_is_hidden_of_an_invention_changes(need, chen, home, bo, ada):
    work = invented(chen, home)
    for reader in (bo, ada):
        before, names = told(need, reader, Market.EXPERT), [field.name for field in hidden(work, reader)]
        assert names
        change_hidden(every(Achievement).get(pk=work.pk), reader, names)
        assert told(need, reader, Market.EXPERT) == before
    every(Achievement).filter(pk=work.pk).update(title_zh=RICE["title_zh"], abstract_public_zh="")
    assert told(need, ada, Market.EXPERT) != before


def test_an_invention_in_the_other_language_counts_by_its_meaning(need, chen, home, ada, settings, tmp_path):
    settings.MEANING, settings.MEANING_FOLDER = "auto", tmp_path / "meaning"
    coil = {
        "title_en": "Winding of coils for high-temperature superconducting magnets",
        "abstract_public_en": "Coils are wound of superconducting tape and protected against a quench.",
    }
    rice = {"title_en": "Gene editing of rice", "abstract_public_en": "New kinds of rice that resist disease."}
    second = expert("Li Lei", "engineering")
    for person, said in ((chen, rice), (second, coil)):
        work = invented(person, home, said)
        meaning.put(work.kind, work.pk, *meaning.by_language(getattr(work, name) for name in work.meant))
    while meaning.catch_up():
        pass
    assert ranked(need, ada)[0] == second.number
    part = text(need, ada, second)
    assert "含义相近：“Winding of coils" in part.evidence.zh
    assert part.value == reference.mean(part.grounds)


def test_a_pair_and_a_round_compare_an_expert_by_the_same_writings(need, chen, home, ada):
    invented(chen, home)
    ((subject, score),) = matches.compared(need, [chen], ada, Market.EXPERT)
    assert subject.pk == chen.pk
    assert COIL["title_zh"] in score.parts[0].evidence.zh
    assert COIL["title_zh"] in matches.pair_score(need, chen, ada).parts[0].evidence.zh
    # What a match keeps is read by both sides, and rests on nothing but what everybody sees.
    assert COIL["title_zh"] not in matches.shared_score(need, chen, NOON).parts[0].evidence.zh


def test_the_needs_for_an_expert_are_those_their_inventions_answer(need, chen, home, ada, bo, queries):
    rice = ASKED | {"title_zh": "水稻育种", "text_zh": "抗病水稻新品种。"}
    other = need_actions.register(rice, by=bo, at=NOON)
    assert not matches.needs_for(chen, ada).needs
    invented(chen, home)
    with queries(40) as few:
        (found,) = [one for one in matches.needs_for(chen, ada).needs if one.score.parts[0].value]
    assert found.need.pk == need.pk != other.pk
    assert COIL["title_zh"] in found.score.parts[0].evidence.zh
    for _ in range(6):
        invented(chen, home, RICE)
    with queries(len(few)):
        assert matches.needs_for(chen, ada).needs[0].need.pk in (need.pk, other.pk)


def test_many_inventions_are_read_in_as_many_questions_as_few(need, chen, home, ada, queries):
    invented(chen, home)
    with queries(40) as few:
        ranked(need, ada)
    for number in range(12):
        invented(expert(f"Expert {number}"), home)
    with queries(len(few)):
        assert len(ranked(need, ada)) == 13
