"""The workbench's reads: both sides in the middle, weights and their effect, what is new, what is alike."""

from datetime import timedelta

import pytest

from grandunion.engines.matching import PLANS, value_of
from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.matches import Match
from grandunion.terms.achievements import AchievementState
from grandunion.terms.matches import DeclineReason, Market, MatchState, TieKind
from grandunion.terms.needs import Category
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused
from grandunion.work.actions import base
from grandunion.work.actions import matches as actions
from grandunion.work.actions import needs as need_actions
from grandunion.work.queries import matches
from grandunion.work.queries.matches.alike import alike
from grandunion.work.queries.matches.asking import unsettled
from grandunion.work.queries.matches.bench import bench, markets_for, middle
from grandunion.work.queries.matches.fresh import fresh, last_look
from grandunion.work.queries.matches.suggestions import of_organisation, of_person, suggested
from tests.cast import NOON
from tests.watching import queries, reading

pytestmark = pytest.mark.django_db

LATER = NOON + timedelta(hours=1)


def make_achievement(title, owner, **values):
    """An achievement straight into its table, with its words in the index."""
    count = Achievement.objects.unscoped("tests number their achievements").count() + 1
    given = {"level": Level.MEMBERS, "state": AchievementState.IN_LIBRARY, "number": f"ACH-2026-{count:04d}",
             "created_at": NOON, **values}  # fmt: skip
    made = Achievement.objects.create(title_zh=title, owner=owner, state_at=NOON, updated_at=NOON, **given)
    base.index_words(made)
    return made


def make_need(by, title="高温超导磁体线圈", at=NOON, **values):
    given = {"contact_name": "Bo", "contact_phone": "0551-7654321", "category": Category.TECHNOLOGY.value,
             "title_zh": title, "text_zh": f"需要{title}绕制工艺。", "trl_wanted": 5, **values}  # fmt: skip
    return need_actions.register(given, by=by, at=at)


def open_to_members(need, ada):
    """What the desk does to let members read a need."""
    need.level = Level.MEMBERS
    need.save(update_fields=["level"])
    return need


@pytest.fixture
def need(bo):
    return make_need(bo)


@pytest.fixture
def coil(university):
    return make_achievement("超导磁体线圈绕制工艺", university, trl=5, abstract_public_zh="高温超导带材绕制磁体线圈。")


def test_a_need_and_an_achievement_find_each_other_from_either_side(need, coil, ada):
    from_need, from_coil = bench(need, ada), bench(coil, ada)
    assert [line.number for line in from_need.lines] == [coil.number]
    assert [line.number for line in from_coil.lines] == [need.number]
    assert {part.code: part.value for part in from_need.lines[0].score.parts if part.code != "text"} == {
        part.code: part.value for part in from_coil.lines[0].score.parts if part.code != "text"
    }
    assert from_coil.market == Market.TECHNOLOGY


@pytest.mark.parametrize("side", ["need", "coil"])
def test_other_weights_are_laid_over_the_same_figures_and_say_where_each_stood(need, coil, ada, university, side, bo):
    other = make_achievement("量子计算测控系统", university, trl=5)
    make_need(bo, "量子计算测控系统", trl_wanted=9)
    record = {"need": need, "coil": coil}[side]
    now, changed = bench(record, ada), bench(record, ada, weights={"maturity": 100})
    assert not now.is_changed
    assert changed.is_changed
    assert all(line.was is None for line in now.lines)
    before = {line.number: line.place for line in now.lines}
    assert {line.number: line.was for line in changed.lines} == before
    for line in changed.lines:
        assert line.score.value == value_of(line.score.parts)
        assert [part.code for part in line.score.parts if part.weight] == ["maturity"]
    assert other.number not in before or side == "need"


def test_weights_that_make_no_sense_are_refused(need, coil, ada):
    for wrong in ({"nothing": 1}, {"text": "much"}, {"text": -1}, {"text": 0}):
        with pytest.raises(Invalid):
            bench(need, ada, weights=wrong)


def test_given_weights_are_shares_of_their_sum(need, coil, ada):
    first = {code: weight * 300 for code, weight in PLANS[Market.TECHNOLOGY].weights.items()}
    now, same = bench(need, ada), bench(need, ada, weights=first)
    assert [line.score.value for line in now.lines] == [line.score.value for line in same.lines]


def test_what_is_in_the_middle_is_what_the_address_says(need, coil, ada, dee):
    assert middle("need", need.number, ada) == need
    assert middle("achievement", coil.number, ada) == coil
    with pytest.raises(Absent):
        middle("offer", coil.number, ada)
    with pytest.raises(Absent):
        middle("need", need.number, dee)
    assert markets_for(need)[0] == Market.TECHNOLOGY
    assert markets_for(coil) == (Market.TECHNOLOGY,)


def test_a_record_in_one_language_says_so(need, ada):
    assert any("English" in said.en for said in bench(need, ada).missing)


def test_a_tie_nobody_looked_into_keeps_apart_until_the_desk_denies_it(need, coil, ada, bo_company, university):
    tie = actions.declare_tie(bo_company, university, TieKind.CONTROL, source="heard", by=ada, at=NOON)
    found = bench(need, ada)
    assert not found.lines
    ((number, (asked,)),) = unsettled(need, found.excluded, ada).items()
    assert (number, {asked.one, asked.other}, asked.is_open) == (coil.number, {bo_company, university}, True)
    assert [len(one) for one in unsettled(coil, bench(coil, ada).excluded, ada).values()] == [1]
    actions.settle_tie(tie, stands=False, reason="looked", by=ada, at=NOON)
    assert [line.number for line in bench(need, ada).lines] == [coil.number]
    assert unsettled(need, bench(need, ada).excluded, ada) == {}


def test_the_desk_sets_candidates_aside_all_or_none_with_a_counted_reason(need, coil, ada, bo, university):
    other = make_achievement("超导磁体线圈检测", university)
    same = make_achievement("博机器人的超导磁体线圈", need.owner)
    with pytest.raises(Refused):
        actions.dismiss([(need, other), (need, same)], DeclineReason.WRONG_FIELD, by=ada, at=NOON)
    assert not Match.objects.unscoped("tests look at what was made").exists()
    actions.dismiss([(need, coil), (need, other)], DeclineReason.WRONG_FIELD, by=ada, at=NOON)
    found = bench(need, ada)
    assert not found.lines
    assert {line.number for line in found.excluded} == {coil.number, other.number, same.number}
    assert matches.declined_counts(ada) == [(Market.TECHNOLOGY, DeclineReason.WRONG_FIELD, 2)]
    with pytest.raises(Forbidden):
        actions.dismiss([(need, coil)], DeclineReason.OTHER, by=bo, at=NOON)
    with pytest.raises(Refused):
        actions.dismiss([], DeclineReason.OTHER, by=ada, at=NOON)


def test_whoever_offers_something_brings_it_before_a_need_and_only_the_other_side_is_asked(
    need, coil, ada, bo, office, dee
):
    open_to_members(need, ada)
    with pytest.raises(Forbidden):
        actions.offer_to(need, coil, by=dee, at=NOON)
    match = actions.offer_to(need, coil, by=office, at=NOON)
    assert match.state == MatchState.INTERESTED
    assert match.offering_accepted_at == NOON
    assert match.needing_accepted_at is None
    assert matches.get(match.number, bo) == match
    assert actions.offer_to(need, coil, by=office, at=LATER) == match


def test_new_needs_are_told_to_whoever_offers_what_fits_and_only_until_they_are_seen(need, coil, ada, office, dee):
    assert not fresh(office).news, "the need is not open to members yet"
    open_to_members(need, ada)
    found = fresh(office)
    assert [(one.mine.number, one.line.number) for one in found.news] == [(coil.number, need.number)]
    assert not fresh(dee).news
    actions.look_at_new(by=office, at=LATER)
    assert last_look(office) == LATER
    assert not fresh(office).news
    assert fresh(office).looked == 0


def test_new_offers_are_told_to_whoever_needs_them_and_to_the_officer_in_charge(need, university, bo, ada, as_reader):
    actions.look_at_new(by=bo, at=NOON)
    make_achievement("旧的超导磁体线圈", university, created_at=NOON - timedelta(days=1))
    fits = make_achievement("高温超导磁体线圈绕制", university, trl=5, created_at=LATER)
    hidden = make_achievement("高温超导磁体线圈秘方", university, created_at=LATER, level=Level.NAMED)
    told = [one.line.number for one in fresh(bo).news]
    assert told == [fits.number]
    assert not [one for one in fresh(ada).news if one.line.number == hidden.number]
    assert fits.number not in [one.line.number for one in fresh(ada).news], "nobody in charge of the need yet"
    need.in_charge_id = ada.user_id
    need.save(update_fields=["in_charge"])
    assert fits.number in [one.line.number for one in fresh(ada).news]


def test_a_pair_that_stands_already_is_no_news(need, coil, ada, office):
    open_to_members(need, ada)
    actions.propose(need, coil, by=ada, at=NOON)
    assert not fresh(office).news


def test_what_is_new_costs_a_bounded_number_of_questions(need, coil, ada, office, bo, university):
    for number in range(12):
        open_to_members(make_need(bo, f"超导磁体线圈第{number}型"), ada)
        make_achievement(f"超导磁体线圈工艺第{number}型", university)
    with reading(), queries(at_most=90):
        assert fresh(office).news


def test_an_organisation_and_a_person_are_suggested_by_what_they_have(need, coil, ada, bo_company, university):
    open_to_members(need, ada)
    assert [one.number for one in of_organisation(bo_company, ada)] == [need.number]
    (mine, line), *_ = suggested(of_organisation(university, ada), ada).pairs
    assert (mine, line.record) == (coil, need)


def test_a_person_is_suggested_by_expertise(chen_person, ada):
    assert of_person(chen_person, ada) == []
    chen_person.expertise, chen_person.level = "超导磁体线圈", Level.MEMBERS
    chen_person.save(update_fields=["expertise", "level"])
    assert of_person(chen_person, ada) == [chen_person]


def test_titles_that_are_alike_are_shown_with_a_reason_and_only_those_one_may_see(need, coil, ada, dee, university):
    (found,) = alike("need", "高温超导磁体的线圈", ada)
    assert found.record == need
    assert "%" in found.reason.en
    assert alike("need", "高温超导磁体的线圈", dee) == ()
    assert alike("need", "高温超导磁体线圈", ada, but=need.number) == ()
    assert alike("achievement", "超导磁体线圈绕制工艺", dee)[0].percent == 100
    assert alike("need", "x", ada) == ()
    with pytest.raises(Absent):
        alike("person", "anything", ada)


def test_an_inventor_is_told_of_needs_for_the_own_achievement(need, coil, ada, chen, chen_person):
    open_to_members(need, ada)
    assert not fresh(chen).news
    Inventor.objects.create(achievement=coil, person=chen_person, share_percent=100)
    assert [one.line.number for one in fresh(chen).news] == [need.number]
