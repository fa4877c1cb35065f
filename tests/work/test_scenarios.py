"""Scenarios: collected, refined by one and approved by another, proposed for, tried, decided by evidence, scaled up."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grandunion.records.documents import Document
from grandunion.records.lists import Term
from grandunion.records.parties import Access, Membership
from grandunion.terms.roles import Part, Role
from grandunion.terms.scenarios import ONE_PAGE, CapabilityState, Finding, OpportunityState, ProposalState
from grandunion.terms.secrecy import Level, Secrecy
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions import scenarios as actions
from grandunion.work.actions.scenarios.due import run_due
from grandunion.work.permissions import scenarios as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import journal, scenarios
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.parties import reader_of
from tests.cast import LONG_AGO, NOON, make_organisation, make_user
from tests.watching import reading

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 18)
LINES = "识别准确率 / Accuracy ≥ 95 % | 第三方检测\n误报率 ≤ 2 %\n（参考）续航 > 8 h"
PAGE = {
    "heading": "Camera on the bus lane", "solution": "We watch the lane.", "rationale": "It works elsewhere.",
    "plan": "Four weeks on one lane.", "trl": 7, "price": "180000",
}  # fmt: skip


@pytest.fixture
def domain(db):
    return Term.objects.create(list="scenario_domains", code="transport", name_zh="交通出行", name_en="Transport")


@pytest.fixture
def unit(db):
    return make_organisation("City Bus", name_zh="市公交集团")


@pytest.fixture
def una(unit):
    """Una, who acts for the demand unit."""
    return reader_of(make_user("una@bus.example", Role.ENTERPRISE, unit), NOON)


@pytest.fixture
def eve(db):
    """Eve, a second officer."""
    return reader_of(make_user("eve@hub.example", Role.OFFICER), NOON)


@pytest.fixture
def rival(db):
    return reader_of(make_user("rival@rival.example", Role.ENTERPRISE, make_organisation("Rival")), NOON)


def collected(by, **values):
    given = {
        "title_zh": "公交专用道违停识别", "title_en": "Parking on bus lanes", "pain_zh": "专用道常被占用。",
        "domain": "transport", "demand_type": "soe", "safety_permit": "not_needed", "contact_name": "Una",
    }  # fmt: skip
    return actions.create_opportunity(given | values, by=by, at=NOON, wanted=LINES)


@pytest.fixture
def opportunity(domain, ada, unit):
    return collected(ada, owner=unit.number)


def listed(opportunity, ada, eve, level=Level.PUBLIC):
    actions.move_opportunity(opportunity, "refine", by=ada, at=NOON)
    actions.move_opportunity(opportunity, "approve", by=eve, at=NOON)
    return actions.publish_opportunity(
        opportunity, proposals_until=TODAY + timedelta(days=10), level=level, by=ada, at=NOON
    )


@pytest.fixture
def on_the_list(opportunity, ada, eve):
    return listed(opportunity, ada, eve)


def proposed(opportunity, by, **values):
    draft = actions.begin_proposal(opportunity, by=by, at=NOON, values=PAGE | values)
    return actions.hand_in(draft, by=by, at=NOON)


def report_on(record, name="report.pdf"):
    return Document.objects.create(
        number=f"DOC-2026-{Document.objects.unscoped('numbers files in a test').count():04d}", level=Level.ORGANISATION,
        title=name, file_name=name, media_type="application/pdf", size=1,
        fingerprint="0" * 64, subject_kind=record.kind,
        subject_id=record.pk, created_at=NOON, updated_at=NOON,
    )  # fmt: skip


def on_trial(opportunity, ada, una, bo):
    proposal = proposed(opportunity, bo)
    actions.move_opportunity(opportunity, "begin_matching", by=ada, at=NOON)
    actions.select(opportunity, proposal, by=una, at=NOON)
    actions.begin_trial(opportunity, site="Lane 4", starts_on=TODAY, by=una, at=NOON)
    return opportunity


@pytest.fixture
def trial(on_the_list, ada, una, bo):
    return on_trial(on_the_list, ada, una, bo)


def indicators(opportunity):
    return scenarios.opportunity_rows(opportunity).indicators


def taken(value, report=None, day=TODAY):
    return actions.Taken(Decimal(value), day, "Anhui Testing Institute", report)


def test_an_opportunity_keeps_its_indicators_as_they_were_written(opportunity):
    first, second, third = indicators(opportunity)
    assert (first.name, first.unit) == (Text("Accuracy", "识别准确率"), "%")
    assert (scenarios.written(second), third.is_required) == ("≤ 2 %", False)
    assert opportunity.number.startswith("SCO-2026-")
    assert actions.edit_opportunity(opportunity, {}, wanted=scenarios.lines_of(opportunity), by=reader_of(
        make_user("x@hub.example", Role.OFFICER), NOON), at=NOON)  # fmt: skip
    assert [one.pk for one in indicators(opportunity)] == [first.pk, second.pk, third.pk]  # nothing was said anew


def test_nobody_approves_alone_what_they_refined(opportunity, ada, eve):
    actions.move_opportunity(opportunity, "refine", by=ada, at=NOON)
    with pytest.raises(Refused, match="second person"):
        actions.move_opportunity(opportunity, "approve", by=ada, at=NOON)
    assert actions.move_opportunity(opportunity, "approve", by=eve, at=NOON).state == OpportunityState.APPROVED


def test_what_cannot_be_measured_is_not_refined(domain, ada, unit):
    bare = actions.create_opportunity(
        {"title_en": "x", "pain_en": "y", "domain": "transport", "owner": unit.number}, by=ada, at=NOON
    )
    with pytest.raises(Refused, match="indicator"):
        actions.move_opportunity(bare, "refine", by=ada, at=NOON)
    actions.edit_opportunity(bare, {"pain_en": ""}, wanted=LINES, by=ada, at=NOON)
    with pytest.raises(Refused, match="pain point"):
        actions.move_opportunity(bare, "refine", by=ada, at=NOON)


def test_a_member_states_for_their_own_organisation_only(domain, una, unit, bo_company):
    assert collected(una).owner == unit
    with pytest.raises(Forbidden):
        collected(una, owner=bo_company.number)
    with pytest.raises(Invalid):
        collected(una, owner="Somebody unknown")


def test_an_officer_keeps_the_name_of_a_unit_that_is_no_record_here(domain, ada):
    assert collected(ada, owner="包河区城管局").demand_name == "包河区城管局"


@pytest.mark.parametrize(
    ("field", "value"),
    [("budget", "-1"), ("domain", "nowhere"), ("demand_type", "x"), ("openness", ["data", "moon"]), ("currency", "ZZZ"),
     ("contact_email", "no"), ("title_zh", "a\x00b"), ("state", "scaled"), ("starts_on", "soon")],
)  # fmt: skip
def test_what_does_not_fit_is_said_at_its_field(domain, ada, field, value):
    with pytest.raises(Invalid) as refused:
        collected(ada, **{field: value})
    assert refused.value.problems[0].field == field


def test_indicators_stand_still_once_it_is_on_the_list(on_the_list, ada):
    with pytest.raises(Forbidden, match="stand still"):
        actions.edit_opportunity(on_the_list, {}, wanted="其他 ≥ 1", by=ada, at=NOON)


def test_a_proposal_is_one_page(on_the_list, bo):
    assert ONE_PAGE["solution"] == 825
    with pytest.raises(Invalid) as refused:
        proposed(on_the_list, bo, solution="x" * 826, heading="h" * 81, techniques=[str(n) for n in range(11)])
    assert {problem.field for problem in refused.value.problems} == {"solution", "heading", "techniques"}
    with pytest.raises(Refused, match="why it will work"):
        proposed(on_the_list, bo, rationale="")


def test_a_draft_is_its_writers_alone_and_kept_while_they_type(on_the_list, bo, ada, una, dee):
    draft = actions.begin_proposal(on_the_list, by=bo, at=NOON)
    assert actions.begin_proposal(on_the_list, by=bo, at=NOON).pk == draft.pk  # one for each supplier
    for other in (ada, una, dee):
        with pytest.raises(Absent):
            scenarios.proposal(draft.number, other)
    lines = len(journal.timeline(draft, Secrecy.S4))
    actions.keep_page(draft, {"heading": "half a"}, version=draft.version, by=bo, at=NOON)
    again = scenarios.proposal(draft.number, bo)
    assert (again.heading, again.version, len(journal.timeline(draft, Secrecy.S4))) == ("half a", draft.version, lines)
    actions.save_page(again, {"heading": "half a title"}, by=bo, at=NOON, version=again.version)
    with pytest.raises(Stale):
        actions.keep_page(draft, {"heading": "old"}, version=draft.version - 1, by=bo, at=NOON)


def test_a_proposal_handed_in_is_read_by_the_demand_unit_and_the_desk_but_by_no_rival(on_the_list, bo, ada, una, rival):
    proposal = proposed(on_the_list, bo)
    for reader in (ada, una, bo):
        assert clearance(reader, scenarios.proposal(proposal.number, reader)) >= Secrecy.S2
    with pytest.raises(Absent):
        scenarios.proposal(proposal.number, rival)
    taken_back = actions.take_back(scenarios.proposal(proposal.number, bo), by=bo, at=NOON)
    assert taken_back.state == ProposalState.DRAFT
    with pytest.raises(Absent):
        scenarios.proposal(proposal.number, una)


def test_nobody_proposes_late_nor_to_themselves_nor_without_an_organisation(on_the_list, una, chen, bo_user, unit):
    late = reader_of(bo_user, NOON + timedelta(days=11))
    assert not permissions.may_propose(late, on_the_list)
    assert not permissions.may_propose(una, on_the_list)
    with pytest.raises(Forbidden):
        actions.begin_proposal(on_the_list, by=chen, at=NOON)
    Membership.objects.create(user=bo_user, organisation=unit, role=Role.ENTERPRISE, starts_on=LONG_AGO)
    with pytest.raises(Forbidden, match="asked for themselves"):
        actions.begin_proposal(on_the_list, by=reader_of(bo_user, NOON), at=NOON, organisation=unit.number)


def test_no_trial_begins_before_every_loser_has_an_answer(on_the_list, bo, rival, ada, una):
    winner, loser = proposed(on_the_list, bo), proposed(on_the_list, rival)
    actions.move_opportunity(on_the_list, "begin_matching", by=ada, at=NOON)
    actions.select(on_the_list, winner, by=una, at=NOON)
    with pytest.raises(Refused, match="feedback"):
        actions.begin_trial(on_the_list, site="Lane 4", starts_on=TODAY, by=una, at=NOON)
    lost = scenarios.proposal(loser.number, una)
    with pytest.raises(Refused, match="feedback"):
        actions.decline(lost, feedback=" ", by=una, at=NOON)
    actions.decline(lost, feedback="No permit for drones.", by=una, at=NOON)
    assert scenarios.proposal(loser.number, rival).feedback == "No permit for drones."
    actions.begin_trial(on_the_list, site="Lane 4", starts_on=TODAY, by=una, at=NOON)
    assert on_the_list.state == OpportunityState.TESTING


def test_the_supplier_selected_reads_what_the_trial_needs_until_it_is_let_go(on_the_list, bo, bo_company, ada, una):
    winner = proposed(on_the_list, bo)
    actions.move_opportunity(on_the_list, "begin_matching", by=ada, at=NOON)
    assert clearance(bo, on_the_list) == Secrecy.S1
    actions.select(on_the_list, winner, by=una, at=NOON)
    assert clearance(bo, on_the_list) == Secrecy.S2
    actions.choose_again(on_the_list, reason="The firm cannot deliver.", by=ada, at=NOON)
    assert clearance(bo, on_the_list) == Secrecy.S1
    assert scenarios.proposal(winner.number, bo).feedback == "The firm cannot deliver."
    held = Access.objects.unscoped("tests look at what was written").filter(
        subject_kind="opportunity", organisation=bo_company
    )
    assert not held.filter(part=Part.OFFERING).exists()


def test_nothing_is_tried_before_the_permit_is_there(domain, unit, ada, eve, una, bo):
    record = listed(collected(ada, owner=unit.number, safety_permit="applied"), ada, eve)
    proposal = proposed(record, bo)
    actions.move_opportunity(record, "begin_matching", by=ada, at=NOON)
    actions.select(record, proposal, by=una, at=NOON)
    with pytest.raises(Refused, match="permit"):
        actions.begin_trial(record, site="Lane 4", starts_on=TODAY, by=una, at=NOON)
    actions.edit_opportunity(record, {"safety_permit": "granted"}, by=ada, at=NOON)
    actions.begin_trial(record, site="Lane 4", starts_on=TODAY, by=una, at=NOON)


def test_evidence_decides_the_trial_and_nobody_types_the_result(trial, ada, eve, una, bo):
    accuracy, alarms, _ = indicators(trial)
    report = report_on(trial)
    with pytest.raises(Refused, match="evidence"):
        actions.accept(trial, by=una, at=NOON)
    with pytest.raises(Forbidden, match="Only the demand unit"):
        actions.measure(trial, accuracy.pk, taken("99", report), by=bo, at=NOON)
    actions.measure(trial, accuracy.pk, taken("96.2", report), by=una, at=NOON)
    actions.measure(trial, alarms.pk, taken("2.4", report), by=una, at=NOON)
    found = scenarios.opportunity_rows(trial).found
    assert [one.finding for one in found] == [Finding.MET, Finding.NOT_MET, Finding.UNMEASURED]
    with pytest.raises(Refused, match="evidence"):
        actions.accept(trial, by=una, at=NOON)
    actions.ask_waiver(trial, alarms.pk, reason="Rain on both days.", by=ada, at=NOON)
    with pytest.raises(Forbidden, match="second person"):
        actions.settle_waiver(trial, alarms.pk, is_granted=True, by=ada, at=NOON)
    actions.settle_waiver(trial, alarms.pk, is_granted=True, by=eve, at=NOON)
    actions.accept(trial, by=una, at=NOON)
    assert (trial.state, trial.test_report) == (OpportunityState.ACCEPTED, report)
    ended = scenarios.opportunity_rows(trial).trial
    assert (ended.is_passed, ended.ended_at) == (True, NOON)


def test_a_passed_trial_cannot_be_failed_and_a_failed_one_leaves_the_list(trial, ada, una):
    accuracy, alarms, _ = indicators(trial)
    report = report_on(trial)
    actions.measure(trial, accuracy.pk, taken("97", report), by=una, at=NOON)
    actions.measure(trial, alarms.pk, taken("1", report), by=una, at=NOON)
    with pytest.raises(Refused, match="accept it instead"):
        actions.fail(trial, reason="We do not like it.", by=una, at=NOON)
    actions.measure(trial, alarms.pk, taken("5", report), by=una, at=NOON + timedelta(hours=1))
    actions.fail(trial, reason="Too many false alarms.", by=una, at=NOON)
    assert (trial.state, trial.level) == (OpportunityState.FAILED, Level.ORGANISATION)


def test_a_report_of_another_record_shows_nothing_here(trial, una, ada, unit):
    other = collected(ada, owner=unit.number)
    with pytest.raises(Invalid):
        actions.measure(trial, indicators(trial)[0].pk, taken("99", report_on(other)), by=una, at=NOON)
    with pytest.raises(Invalid):
        actions.measure(trial, indicators(trial)[0].pk, taken("99", day=TODAY + timedelta(days=1)), by=una, at=NOON)
    with pytest.raises(Absent):
        actions.measure(trial, indicators(other)[0].pk, taken("99"), by=una, at=NOON)


def test_an_accepted_trial_becomes_a_demonstration_and_is_carried_over(trial, ada, una):
    report = report_on(trial)
    for one, value in zip(indicators(trial), ("97", "1"), strict=False):
        actions.measure(trial, one.pk, taken(value, report), by=una, at=NOON)
    actions.accept(trial, by=una, at=NOON)
    actions.demonstrate(trial, by=ada, at=NOON)
    with pytest.raises(Refused, match="place"):
        actions.scale(trial, follow_on_value=Decimal(3_000_000), by=una, at=NOON)
    planned = actions.add_place(trial, name=Text("Chuzhou", "滁州"), is_replication=True, by=una, at=NOON)
    with pytest.raises(Refused, match="place"):  # planned is not used
        actions.scale(trial, follow_on_value=Decimal(3_000_000), by=una, at=NOON)
    actions.drop_place(trial, planned.pk, by=una, at=NOON)
    actions.add_place(
        trial, name=Text("Chuzhou", "滁州"), is_replication=True, used_since=TODAY, by=una, at=NOON
    )  # fmt: skip
    actions.scale(trial, follow_on_value=Decimal(3_000_000), by=una, at=NOON, note="HT-2026-1")
    assert (trial.state, trial.follow_on_value) == (OpportunityState.SCALED, 3_000_000)


def test_a_closed_opportunity_has_answered_everybody_and_can_be_taken_up_again(on_the_list, bo, ada, una, eve):
    proposal = proposed(on_the_list, bo)
    with pytest.raises(Refused, match="feedback"):
        actions.move_opportunity(on_the_list, "close", reason="none fits", by=ada, at=NOON)
    actions.decline(scenarios.proposal(proposal.number, ada), feedback="Too early.", by=ada, at=NOON)
    with pytest.raises(Refused, match="had its answer"):
        actions.begin_proposal(on_the_list, by=bo, at=NOON)
    actions.move_opportunity(on_the_list, "close", reason="none fits", by=ada, at=NOON)
    assert on_the_list.level == Level.ORGANISATION
    actions.move_opportunity(on_the_list, "collect_again", reason="new money", by=ada, at=NOON)
    later = NOON + timedelta(hours=1)
    actions.move_opportunity(on_the_list, "refine", by=ada, at=later)
    actions.move_opportunity(on_the_list, "approve", by=eve, at=later)
    actions.publish_opportunity(on_the_list, proposals_until=TODAY, by=ada, at=later)
    assert actions.begin_proposal(on_the_list, by=bo, at=later).pk != proposal.pk


def test_the_clock_closes_the_list_once_somebody_has_proposed(on_the_list, bo, operator):
    after = NOON + timedelta(days=11)
    assert run_due(operator, after) == 0  # nobody has proposed: it stays open to be extended or closed
    proposed(on_the_list, bo)
    assert run_due(operator, NOON) == 0
    assert run_due(operator, after) == 1
    assert run_due(operator, after) == 0
    on_the_list.refresh_from_db(from_queryset=scenarios.opportunities(operator))
    assert on_the_list.state == OpportunityState.MATCHING


def test_a_capability_is_verified_by_somebody_else_before_it_stands_on_the_list(domain, ada, bo, dee):
    record = actions.create_capability(
        {"title_en": "Lane camera", "text_en": "Finds parked cars.", "domain": "transport", "trl": 8}, by=bo, at=NOON
    )
    assert record.owner_id in bo.organisation_ids
    with pytest.raises(Absent):
        scenarios.capability(record.number, dee)
    with pytest.raises(Refused, match="Only these may"):
        actions.verify_capability(record, note="x", by=bo, at=NOON)
    with pytest.raises(Forbidden):  # or the supplier would be an officer to it
        actions.take(record, by=bo, at=NOON)
    with pytest.raises(Refused, match="what was looked at"):
        actions.verify_capability(record, note=" ", by=ada, at=NOON)
    actions.verify_capability(record, note="Seen running in Feixi.", by=ada, at=NOON)
    actions.publish_capability(record, by=ada, at=NOON)
    assert scenarios.capability(record.number, dee).state == CapabilityState.PUBLISHED
    with pytest.raises(Forbidden):
        actions.edit_capability(record, {"trl": 9}, by=bo, at=NOON)
    actions.move_capability(record, "withdraw", reason="new version", by=bo, at=NOON)
    actions.move_capability(record, "hand_in_again", by=bo, at=NOON)
    assert actions.edit_capability(record, {"trl": 9}, by=bo, at=NOON).trl == 9


def test_only_what_is_public_is_public(on_the_list, domain, ada, eve, unit):
    listed(collected(ada, owner=unit.number, title_en="For members"), ada, eve, level=Level.MEMBERS)
    collected(ada, owner=unit.number, title_en="Not yet")
    found = scenarios.scenario(on_the_list.number, NOON)
    assert (found.is_open, len(found.indicators), found.indicators[0].threshold) == (True, 3, "≥ 95 %")
    assert unit.name.en not in repr(found)
    from_list = scenarios.all_scenarios(scenarios.OPEN_SCENARIOS.rows(ada), NOON)
    assert [one.number for one in from_list] == [on_the_list.number]


def test_a_page_is_read_in_a_bounded_number_of_questions(trial, ada, django_assert_max_num_queries):
    record = scenarios.opportunity(trial.number, ada)
    with django_assert_max_num_queries(9), reading():
        page = scenarios.opportunity_page(record, ada, Secrecy.S2)
    assert len(page.proposals) == 1
    with reading():
        assert listing.page(scenarios.OPPORTUNITIES, ada, Question()).total == 1


def test_the_public_and_members_learn_nothing_of_the_measurements(trial, dee, una):
    actions.measure(trial, indicators(trial)[0].pk, taken("96"), by=una, at=NOON)
    page = scenarios.opportunity_page(trial, dee, Secrecy.S1)
    assert all(one.found is None and not one.readings for one in page.indicators)
    assert (page.trial, page.proposals, page.is_passed) == (None, (), None)
    assert "contact_name" not in page.fields
