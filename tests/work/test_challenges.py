"""Open challenges: listed by a second person, bids sealed to the last moment, reviewed without a tie, paid in parts."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grandunion.records.matches import Tie
from grandunion.records.parties import Conflict, Membership, Position
from grandunion.terms.matches import TieKind
from grandunion.terms.parties import PersonRole
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.terms.scenarios import BidCriterion, BidState, ChallengeState
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused
from grandunion.work.actions import matches
from grandunion.work.actions import scenarios as actions
from grandunion.work.actions.scenarios.due import run_due
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.queries import journal, scenarios
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.matches import free_reviewers
from grandunion.work.queries.parties import reader_of
from tests.cast import LONG_AGO, NOON, make_organisation, make_person, make_user
from tests.watching import reading
from tests.work.test_scenarios import report_on, taken

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
CLOSING = NOON + timedelta(days=20)
AFTER = CLOSING + timedelta(hours=1)
PAGE = {"heading": "A coating", "solution": "We coat it.", "rationale": "Lab data.", "plan": "18 months.",
        "price": "4000000"}  # fmt: skip


def at(moment, user):
    return reader_of(user, moment)


@pytest.fixture
def eve_user(db):
    return make_user("eve@hub.example", Role.OFFICER)


@pytest.fixture
def eve(eve_user):
    """Eve, a second officer."""
    return reader_of(eve_user, NOON)


@pytest.fixture
def enterprise(db):
    return make_organisation("Needy", name_zh="需方公司")


@pytest.fixture
def nell_user(enterprise):
    return make_user("nell@needy.example", Role.ENTERPRISE, enterprise)


@pytest.fixture
def rival_user(db):
    return make_user("rival@rival.example", Role.ENTERPRISE, make_organisation("Rival"))


@pytest.fixture
def reviewers(db):
    """Three people of universities that have nothing to do with it."""
    home = make_organisation("Far University")
    return [make_user(f"r{n}@far.example", Role.UNIVERSITY, home) for n in range(3)]


@pytest.fixture
def challenge(ada, enterprise):
    return actions.create_challenge(
        {"title_zh": "高温涂层", "title_en": "Hot coating", "text_zh": "需耐 1200 度。", "owner": enterprise.number,
         "total_budget": "5000000", "enterprise_share": "4000000", "fiscal_share": "1000000",
         "conditions_zh": "有中试条件。", "months": 18},
        wanted="耐温 ≥ 1200 °C | 台架\n寿命 ≥ 500 h", by=ada, at=NOON,
    )  # fmt: skip


@pytest.fixture
def open_for_bids(challenge, ada, eve):
    actions.move_challenge(challenge, "screen", by=ada, at=NOON)
    return actions.publish_list(challenge, bids_until=CLOSING, by=eve, at=NOON)


def bid_of(challenge, by, **values):
    draft = actions.begin_bid(challenge, by=by, at=NOON, values=PAGE | values)
    return actions.hand_in(draft, by=by, at=NOON)


def fresh(challenge, user, moment=AFTER):
    return scenarios.challenge(challenge.number, at(moment, user))


@pytest.fixture
def two_bids(open_for_bids, bo, rival_user):
    return [bid_of(open_for_bids, bo), bid_of(open_for_bids, at(NOON, rival_user), heading="Another coating")]


@pytest.fixture
def closed(open_for_bids, two_bids):
    actions.close_bids(open_for_bids, by=house(AFTER), at=AFTER)
    return open_for_bids


def admitted(closed, ada_user):
    for bid in scenarios.bids(at(AFTER, ada_user)).filter(challenge=closed.pk):
        actions.admit(scenarios.bid(bid.number, at(AFTER, ada_user)), by=at(AFTER, ada_user), at=AFTER)


@pytest.fixture
def under_review(closed, ada_user, reviewers):
    admitted(closed, ada_user)
    officer = at(AFTER, ada_user)
    for user in reviewers:
        actions.ask_reviewer(closed, user, by=officer, at=AFTER)
        actions.declare(closed, user.pk, has_conflict=False, by=at(AFTER, user), at=AFTER)
    return actions.begin_review(closed, by=officer, at=AFTER)


def scored(challenge, users, *rows):
    """Everybody gives the first bid the first row, the second the second."""
    for user in users:
        reader = at(AFTER, user)
        bids = scenarios.bids(reader).filter(challenge=challenge.pk).order_by("pk")
        for bid, row in zip(bids, rows, strict=True):
            points = dict(zip((one.value for one in BidCriterion), row, strict=True))
            actions.score(scenarios.bid(bid.number, reader), points=points, by=reader, at=AFTER)


@pytest.fixture
def noticed(under_review, reviewers, ada_user):
    scored(under_review, reviewers, (9, 9, 9, 9), (6, 6, 6, 6))
    actions.give_notice(under_review, objections_to="desk@hub.example", by=at(AFTER, ada_user), at=AFTER)
    return under_review


def signed_day(noticed):
    return AFTER + timedelta(days=9)


@pytest.fixture
def signed(noticed, ada_user):
    later = signed_day(noticed)
    officer = at(later, ada_user)
    loser = scenarios.bids(officer).get(challenge=noticed.pk, state=BidState.QUALIFIED)
    actions.decline(scenarios.bid(loser.number, officer), feedback="Weaker data.", by=officer, at=later)
    return actions.sign(noticed, contract_number="HT-1", contract_value=Decimal(4_000_000), signed_on=later.date(),
                        by=officer, at=later)  # fmt: skip


def test_the_shares_add_up_and_a_second_person_publishes(challenge, ada, eve):
    actions.edit_challenge(challenge, {"fiscal_share": "900000"}, by=ada, at=NOON)
    with pytest.raises(Refused, match="add up"):
        actions.move_challenge(challenge, "screen", by=ada, at=NOON)
    actions.edit_challenge(challenge, {"fiscal_share": "1000000"}, by=ada, at=NOON)
    actions.move_challenge(challenge, "screen", by=ada, at=NOON)
    with pytest.raises(Refused, match="second person"):
        actions.publish_list(challenge, bids_until=CLOSING, by=ada, at=NOON)
    actions.publish_list(challenge, bids_until=CLOSING, by=eve, at=NOON)
    assert challenge.state == ChallengeState.BIDS_OPEN
    with pytest.raises(Forbidden, match="stands still"):
        actions.edit_challenge(challenge, {"months": 3}, by=ada, at=NOON)


def test_what_is_announced_for_later_is_opened_and_closed_by_the_clock(challenge, ada, eve, bo, operator):
    actions.move_challenge(challenge, "screen", by=ada, at=NOON)
    tomorrow = NOON + timedelta(days=1)
    actions.publish_list(challenge, bids_from=tomorrow, bids_until=CLOSING, by=eve, at=NOON)
    assert not permissions.may_bid(bo, challenge)
    assert run_due(operator, NOON) == 0
    assert run_due(operator, tomorrow) == 1
    # Down for a month, it closes what should have been closed long ago, once.
    assert run_due(operator, NOON + timedelta(days=40)) == 1
    assert run_due(operator, NOON + timedelta(days=40)) == 0
    assert scenarios.challenge(challenge.number, ada).state == ChallengeState.BIDS_CLOSED


def test_a_bid_is_sealed_from_everybody_until_the_last_moment(open_for_bids, two_bids, ada, eve, nell_user, rival_user):
    mine, theirs = two_bids
    for reader in (ada, eve, at(NOON, nell_user), at(NOON, rival_user)):
        with pytest.raises(Absent):
            scenarios.bid(mine.number, reader)
        assert mine.number not in {row for row, _ in listing.page(scenarios.BIDS, reader, Question()).rows}
    page = scenarios.challenge_page(open_for_bids, ada, Secrecy.S2, runs=True, owns=False)
    assert page.bids == ()
    with pytest.raises(Refused, match="sealed"):
        actions.close_bids(open_for_bids, by=ada, at=CLOSING - timedelta(seconds=1))
    assert permissions.bid_parts(ada, mine) == frozenset()
    assert theirs.level == Level.NAMED


def test_a_closed_bidding_unseals_what_was_handed_in_and_drafts_stay_shut(
    open_for_bids, bo, ada_user, rival_user, nell_user
):
    handed_in = bid_of(open_for_bids, bo)
    draft = actions.begin_bid(open_for_bids, by=at(NOON, rival_user), at=NOON, values=PAGE)
    actions.close_bids(open_for_bids, by=house(AFTER), at=AFTER)
    for user in (ada_user, nell_user):
        assert scenarios.bid(handed_in.number, at(AFTER, user)).solution == "We coat it."
        with pytest.raises(Absent):
            scenarios.bid(draft.number, at(AFTER, user))
    assert "bid.unsealed" in {line.verb for line in journal.timeline(handed_in, Secrecy.S2)}
    with pytest.raises(Refused, match="not taken"):
        actions.hand_in(draft, by=at(AFTER, rival_user), at=AFTER)


def test_bidding_is_only_made_longer(open_for_bids, ada, bo):
    with pytest.raises(Invalid):
        actions.extend_bidding(open_for_bids, bids_until=CLOSING - timedelta(days=1), reason="x", by=ada, at=NOON)
    with pytest.raises(Forbidden):
        actions.extend_bidding(open_for_bids, bids_until=AFTER, reason="x", by=bo, at=NOON)
    actions.extend_bidding(open_for_bids, bids_until=AFTER, reason="Spring Festival", by=ada, at=NOON)
    assert open_for_bids.bids_until == AFTER


def test_the_enterprise_does_not_bid_for_its_own_need(open_for_bids, nell_user):
    assert not permissions.may_bid(at(NOON, nell_user), open_for_bids)
    sister = make_organisation("Sister of the enterprise")
    Membership.objects.create(user=nell_user, organisation=sister, role=Role.ENTERPRISE, starts_on=LONG_AGO)
    for_both = at(NOON, nell_user)
    with pytest.raises(Forbidden, match="asked for themselves"):
        actions.begin_bid(open_for_bids, by=for_both, at=NOON, organisation=open_for_bids.owner.number)
    assert actions.begin_bid(open_for_bids, by=for_both, at=NOON, organisation=sister.number).owner == sister


@pytest.mark.parametrize("tie", ["member", "employee", "declared", "enterprise"])
def test_nobody_with_a_tie_reviews(closed, ada_user, bo_company, enterprise, tie):
    person = make_person("Tied")
    home = make_organisation("Home")
    user = make_user("tied@x.example", Role.ENTERPRISE, bo_company if tie == "member" else home, person=person)
    if tie in ("employee", "enterprise"):
        where = bo_company if tie == "employee" else enterprise
        Position.objects.create(person=person, organisation=where, role=next(iter(PersonRole)), starts_on=LONG_AGO)
    if tie == "declared":
        Conflict.objects.create(user=user, organisation=bo_company, reason="brother", declared_at=NOON)
    officer = at(AFTER, ada_user)
    with pytest.raises(Refused, match="belong to"):
        actions.ask_reviewer(closed, user, by=officer, at=AFTER)
    rows = scenarios.challenge_rows(closed)
    assert user not in scenarios.possible_reviewers(closed, rows, AFTER)


def test_reviewers_are_asked_only_when_the_bidders_are_known(open_for_bids, ada, reviewers):
    with pytest.raises(Forbidden, match="once bidding is over"):
        actions.ask_reviewer(open_for_bids, reviewers[0], by=ada, at=NOON)


def test_the_review_waits_for_judged_bids_and_enough_reviewers(closed, ada_user, reviewers):
    officer = at(AFTER, ada_user)
    with pytest.raises(Refused, match="Admit or refuse"):
        actions.begin_review(closed, by=officer, at=AFTER)
    admitted(closed, ada_user)
    for user in reviewers[:2]:
        actions.ask_reviewer(closed, user, by=officer, at=AFTER)
    with pytest.raises(Refused, match="More reviewers"):
        actions.begin_review(closed, by=officer, at=AFTER)


def test_a_bid_not_admitted_is_told_why_and_is_not_ranked(closed, ada_user, reviewers, rival_user):
    officer = at(AFTER, ada_user)
    first, second = scenarios.bids(officer).filter(challenge=closed.pk).order_by("pk")
    actions.admit(scenarios.bid(first.number, officer), by=officer, at=AFTER)
    with pytest.raises(Refused, match="feedback"):
        actions.refuse(scenarios.bid(second.number, officer), feedback="", by=officer, at=AFTER)
    actions.refuse(scenarios.bid(second.number, officer), feedback="No pilot line.", by=officer, at=AFTER)
    assert scenarios.bid(second.number, at(AFTER, rival_user)).feedback == "No pilot line."
    assert scenarios.challenge_facts(closed, AFTER)["admitted_bids"] == 1


def test_a_reviewer_reads_the_bids_only_after_declaring_and_never_with_a_conflict(under_review, reviewers):
    ann, ben, _ = reviewers
    assert scenarios.bids(at(AFTER, ann)).filter(challenge=under_review.pk).count() == 2
    with pytest.raises(Invalid):
        actions.declare(under_review, ben.pk, has_conflict=True, by=at(AFTER, ben), at=AFTER)
    actions.declare(under_review, ben.pk, has_conflict=True, note="A former pupil.", by=at(AFTER, ben), at=AFTER)
    assert scenarios.bids(at(AFTER, ben)).filter(challenge=under_review.pk).count() == 0
    facts = scenarios.challenge_facts(under_review, AFTER)
    assert facts["reviewers_missing"] == 1
    with pytest.raises(Refused, match="conflict on file stands"):  # nobody takes a conflict back to read on
        actions.declare(under_review, ben.pk, has_conflict=False, by=at(AFTER, ben), at=AFTER)
    assert scenarios.bids(at(AFTER, ben)).filter(challenge=under_review.pk).count() == 0


def test_points_are_final_within_bounds_and_seen_by_nobody_before_the_ranking(under_review, reviewers):
    ann, ben, _ = reviewers
    reader = at(AFTER, ann)
    bid = scenarios.bid(scenarios.bids(reader).filter(challenge=under_review.pk).first().number, reader)
    with pytest.raises(Invalid):
        actions.score(bid, points={one.value: 11 for one in BidCriterion}, by=reader, at=AFTER)
    actions.score(bid, points={one.value: 7 for one in BidCriterion}, by=reader, at=AFTER)
    with pytest.raises(Invalid, match="final"):
        actions.score(bid, points={one.value: 9 for one in BidCriterion}, by=reader, at=AFTER)
    page = scenarios.challenge_page(under_review, at(AFTER, ben), Secrecy.S1, runs=False, owns=False)
    assert (page.ranking, page.reviewers, len(page.to_score)) == ((), (), 2)


def test_the_ranking_names_the_winner_and_the_notice_counts_working_days(under_review, reviewers, ada_user):
    officer = at(AFTER, ada_user)
    with pytest.raises(Refused, match="reviews are missing"):
        actions.give_notice(under_review, objections_to="desk", by=officer, at=AFTER)
    scored(under_review, reviewers, (9, 9, 9, 9), (6, 6, 6, 6))
    notice = actions.give_notice(under_review, objections_to="desk@hub.example", by=officer, at=AFTER)
    first = scenarios.bids(officer).filter(challenge=under_review.pk).order_by("pk").first()
    assert (first.state, notice.winner.en) == (BidState.AWARDED, "Bo Robotics")
    # Noticed on Tuesday 8 December: five working days later is Tuesday 15 December.
    assert (notice.starts_on, notice.last_day) == (date(2026, 12, 8), date(2026, 12, 15))
    assert scenarios.challenges_announced(AFTER)[0].winner.zh == "博机器人有限公司"


def test_nothing_is_signed_while_the_notice_stands_or_a_loser_waits(noticed, ada_user, rival_user):
    terms = {"contract_number": "HT-1", "contract_value": Decimal(4_000_000)}
    officer = at(AFTER, ada_user)
    with pytest.raises(Refused, match="still running"):
        actions.sign(noticed, **terms, signed_on=AFTER.date(), by=officer, at=AFTER)
    later = signed_day(noticed)
    with pytest.raises(Refused, match="feedback"):
        actions.sign(noticed, **terms, signed_on=later.date(), by=at(later, ada_user), at=later)


def test_an_objection_blocks_and_one_upheld_takes_the_award_back(noticed, ada_user, operator):
    officer = at(AFTER, ada_user)
    standing = scenarios.challenge_notice(scenarios.challenges_announced(AFTER)[0].pk, AFTER)
    with pytest.raises(Invalid):
        actions.object_to(standing, raised_by=" ", text="It is copied.", by=operator, at=AFTER)
    objection = actions.object_to(standing, raised_by="Dee", text="It is copied.", by=operator, at=AFTER)
    assert scenarios.challenge_facts(noticed, signed_day(noticed))["open_objections"] == 1
    with pytest.raises(Invalid):
        actions.settle_objection(noticed, objection, is_upheld=True, settlement=" ", by=officer, at=AFTER)
    actions.settle_objection(noticed, objection, is_upheld=True, settlement="It is.", by=officer, at=AFTER)
    assert noticed.state == ChallengeState.REVIEW
    states = set(scenarios.bids(officer).filter(challenge=noticed.pk).values_list("state", flat=True))
    assert states == {BidState.QUALIFIED}


def test_money_goes_out_by_milestones_met_and_by_a_second_person(signed, ada_user, eve_user, nell_user, operator):
    later = signed_day(signed)
    ada, eve, nell = (at(later, user) for user in (ada_user, eve_user, nell_user))
    with pytest.raises(Refused, match="add up"):
        actions.move_challenge(signed, "begin_work", by=ada, at=later)
    lines = scenarios.instalments_of("样机 | 1500000 | 2027-03-31\n验收 | 2400000 | 2027-12-31")
    with pytest.raises(Invalid, match="contract value"):
        actions.plan_instalments(signed, lines, by=ada, at=later)
    lines = scenarios.instalments_of("样机 | 1500000 | 2027-03-31\n验收 | 2500000 | 2027-12-31")
    actions.plan_instalments(signed, lines, by=ada, at=later)
    actions.move_challenge(signed, "begin_work", by=ada, at=later)
    first, last = scenarios.challenge_rows(signed).instalments
    with pytest.raises(Refused, match="not met"):
        actions.pay(signed, first, paid_on=later.date(), payment="V1", by=eve, at=later)
    actions.meet_milestone(signed, first, note="Prototype ran 500 h.", by=ada, at=later)
    with pytest.raises(Refused, match="second person"):
        actions.pay(signed, first, paid_on=later.date(), payment="V1", by=ada, at=later)
    actions.pay(signed, first, paid_on=later.date(), payment="V1", by=eve, at=later)
    late = later + timedelta(days=800)
    assert run_due(operator, late) == 1  # the last one is late, and said so once
    assert run_due(operator, late) == 0
    actions.move_challenge(signed, "begin_acceptance", by=nell, at=later)
    report = report_on(signed)
    with pytest.raises(Refused, match="evidence"):
        actions.move_challenge(signed, "settle", by=ada, at=later)
    for one, value in zip(scenarios.challenge_rows(signed).indicators, ("1250", "620"), strict=True):
        actions.measure(signed, one.pk, taken(value, report), by=nell, at=later)
    with pytest.raises(Refused, match="not paid"):
        actions.move_challenge(signed, "settle", by=ada, at=later)
    actions.meet_milestone(signed, last, evidence=report, by=ada, at=later)
    actions.pay(signed, last, paid_on=later.date(), payment="V2", by=eve, at=later)
    assert actions.move_challenge(signed, "settle", by=ada, at=later).state == ChallengeState.SETTLED


def test_a_challenge_without_a_fitting_bid_is_announced_again_and_answered_bidders_bid_anew(
    closed, ada_user, eve_user, bo_user
):
    officer = at(AFTER, ada_user)
    with pytest.raises(Refused, match="feedback"):
        actions.move_challenge(closed, "announce_again", reason="none fits", by=officer, at=AFTER)
    for bid in list(scenarios.bids(officer).filter(challenge=closed.pk)):
        actions.refuse(scenarios.bid(bid.number, officer), feedback="No.", by=officer, at=AFTER)
    actions.move_challenge(closed, "announce_again", reason="none fits", by=officer, at=AFTER)
    actions.publish_list(closed, bids_until=AFTER + timedelta(days=9), by=at(AFTER, eve_user), at=AFTER)
    assert actions.begin_bid(closed, by=at(AFTER, bo_user), at=AFTER).state == BidState.DRAFT


def test_the_public_reads_the_challenge_but_not_whose_it_is(open_for_bids, enterprise, two_bids):
    found = scenarios.open_challenge(open_for_bids.number, NOON)
    assert found.is_open
    assert (found.total_budget.zh, len(found.indicators)) == ("500万元", 2)
    assert enterprise.name.en not in repr(found)
    assert "需方" not in repr(found)


def test_a_page_is_read_in_a_bounded_number_of_questions(noticed, ada_user, django_assert_max_num_queries):
    officer = at(AFTER, ada_user)
    record = scenarios.challenge(noticed.number, officer)
    with django_assert_max_num_queries(13), reading():
        page = scenarios.challenge_page(record, officer, Secrecy.S2, runs=True, owns=False)
    assert [one.ranked.place for one in page.ranking] == [1, 2]
    assert [line.given for line in page.reviewers] == [2, 2, 2]
    assert page.notice.objections_to == "desk@hub.example"
    assert page.notice.text == actions.usual_notice(record, Text("Bo Robotics", "博机器人有限公司"))


@pytest.fixture
def expert(db):
    """Somebody with a post at an institute that is no side of the challenge."""
    home, person = make_organisation("Institute"), make_person("Expert")
    Position.objects.create(person=person, organisation=home, role=next(iter(PersonRole)), starts_on=LONG_AGO)
    user = make_user("expert@institute.example", Role.UNIVERSITY, home, person=person)
    return user, home, person


def tie(kind, *, stands=True, **sides):
    number = f"TIE-2026-{Tie.objects.unscoped('tests number their ties').count() + 1:04d}"
    return Tie.objects.create(
        number=number, tie_kind=kind, source="register", is_confirmed=stands, declared_at=NOON, **sides
    )


def asked(record, user, ada_user):
    return matches.ask_reviewer(record, user, by=at(AFTER, ada_user), at=AFTER)


@pytest.mark.parametrize("stands", [True, None])
def test_nobody_of_a_bidders_group_reviews_however_many_steps_lie_between(closed, expert, bo_company, ada_user, stands):
    user, home, _ = expert
    holding = make_organisation("Holding")
    tie(TieKind.CONTROL, organisation=holding, other_organisation=bo_company)
    tie(TieKind.CONTROL, organisation=holding, other_organisation=home, stands=stands)
    assert user not in free_reviewers(closed, AFTER)
    with pytest.raises(Refused, match="A tie stands between"):
        asked(closed, user, ada_user)


def test_a_tie_that_was_looked_into_and_does_not_stand_keeps_nobody_away(closed, expert, bo_company, ada_user):
    user, home, _ = expert
    tie(TieKind.CONTROL, organisation=home, other_organisation=bo_company, stands=False)
    assert user in free_reviewers(closed, AFTER)
    assert asked(closed, user, ada_user).reviewer == user


@pytest.mark.parametrize("kind", [TieKind.FAMILY, TieKind.CO_AUTHOR, TieKind.DECLARED])
def test_relatives_and_co_authors_of_a_sides_own_people_do_not_review(closed, expert, enterprise, ada_user, kind):
    user, _, person = expert
    chief = make_person("Chief")
    Position.objects.create(person=chief, organisation=enterprise, role=next(iter(PersonRole)), starts_on=LONG_AGO)
    tie(kind, person=chief, other_person=person)
    with pytest.raises(Refused, match="A tie stands between"):
        asked(closed, user, ada_user)


def test_a_competitor_of_a_bidder_does_not_review_and_a_competitors_competitor_may(
    closed, expert, bo_company, ada_user
):
    user, home, _ = expert
    between = make_organisation("Between")
    tie(TieKind.COMPETITOR, organisation=bo_company, other_organisation=between)
    tie(TieKind.COMPETITOR, organisation=between, other_organisation=home)
    assert user in free_reviewers(closed, AFTER)
    tie(TieKind.COMPETITOR, organisation=home, other_organisation=bo_company)
    with pytest.raises(Refused, match="competition"):
        asked(closed, user, ada_user)


def test_ties_are_told_to_the_desk_alone(closed, expert, bo):
    with pytest.raises(Forbidden):
        matches.ask_reviewer(closed, expert[0], by=bo, at=AFTER)


def test_who_may_be_asked_is_found_in_few_questions(closed, expert, bo_company, django_assert_max_num_queries):
    for n in range(6):
        part = make_organisation(f"Part {n}")
        tie(TieKind.CONTROL, organisation=bo_company, other_organisation=part)
    with reading(), django_assert_max_num_queries(13):
        assert expert[0] in list(free_reviewers(closed, AFTER))


def test_a_tie_that_comes_to_light_ends_the_review_until_it_is_looked_into(closed, expert, bo_company, ada_user):
    user, home, _ = expert
    admitted(closed, ada_user)
    asked(closed, user, ada_user)
    matches.declare(closed, user.pk, has_conflict=False, by=at(AFTER, user), at=AFTER)
    for other in (
        make_user(f"free{n}@free.example", Role.UNIVERSITY, make_organisation(f"Free {n}")) for n in range(2)
    ):
        asked(closed, other, ada_user)
        matches.declare(closed, other.pk, has_conflict=False, by=at(AFTER, other), at=AFTER)
    actions.begin_review(closed, by=at(AFTER, ada_user), at=AFTER)
    bid = scenarios.bids(at(AFTER, user)).filter(challenge=closed.pk).first()
    points = {one.value: 8 for one in BidCriterion}
    found = tie(TieKind.CONTROL, stands=None, organisation=home, other_organisation=bo_company)
    with pytest.raises(Refused, match="the review ends here"):
        matches.score(scenarios.bid(bid.number, at(AFTER, user)), points=points, by=at(AFTER, user), at=AFTER)
    with pytest.raises(Refused, match="the review ends here"):
        matches.declare(closed, user.pk, has_conflict=False, by=at(AFTER, user), at=AFTER)
    found.is_confirmed = False
    found.save(update_fields=["is_confirmed"])
    assert matches.score(scenarios.bid(bid.number, at(AFTER, user)), points=points, by=at(AFTER, user), at=AFTER).pk
    matches.declare(closed, user.pk, has_conflict=True, note="found later", by=at(AFTER, user), at=AFTER)
