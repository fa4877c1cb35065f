"""The life cycles as tables: sound, complete, and guarded as the domain page says."""

from decimal import Decimal
from itertools import pairwise

import pytest

from grandunion.engines import flows
from grandunion.engines.flows import (
    ACHIEVEMENT_FLOW,
    ALL_FLOWS,
    ASSIGNMENT_FLOW,
    BID_FLOW,
    CAPABILITY_FLOW,
    CHALLENGE_FLOW,
    CONTRACT_FLOW,
    EXIT_GUARDS,
    MATCH_FLOW,
    NEED_FLOW,
    OFFER_FLOW,
    OPPORTUNITY_FLOW,
    PERFORMANCE_FLOW,
    PHASES,
    PROJECT_FLOW,
    PROPOSAL_FLOW,
    RESPONSE_FLOW,
    RIGHTS_FLOW,
    ROUND_FLOW,
    derived_state,
)
from grandunion.terms import achievements, contracts, matches, needs, offers, projects, rights, rounds, scenarios
from grandunion.terms.projects import Phase
from grandunion.terms.roles import Part

OFFICER = frozenset({Part.OFFICER})
INVENTOR = frozenset({Part.INVENTOR})
OWNER = frozenset({Part.OWNER})
OUTSIDER: frozenset[Part] = frozenset()

DISCLOSED = {
    "title": "Sodium-ion cell",
    "kind": "invention",
    "owner_org": 7,
    "shares_total": Decimal("100.00"),
    "unconfirmed_inventors": 0,
    "has_public_disclosure_answer": True,
}
EVALUATED = {"reviews_without_conflict": 2, "trl": 4, "trl_evidence": 1}
FREE = {"notice_days_left": 0, "open_objections": 0}
LANDED = {
    "company": 3,
    "credit_code": "91340000711771143J",
    "area": 1,
    "has_lease_or_agreement": True,
}


@pytest.mark.parametrize("flow", ALL_FLOWS.values(), ids=ALL_FLOWS.keys())
def test_every_table_is_sound(flow):
    assert flow.check() == ()


@pytest.mark.parametrize(
    ("flow", "words"),
    [
        (ACHIEVEMENT_FLOW, achievements.AchievementState),
        (RIGHTS_FLOW, rights.RightsState),
        (NEED_FLOW, needs.NeedState),
        (ASSIGNMENT_FLOW, needs.AssignmentState),
        (RESPONSE_FLOW, needs.ResponseState),
        (OFFER_FLOW, offers.OfferState),
        (OPPORTUNITY_FLOW, scenarios.OpportunityState),
        (CAPABILITY_FLOW, scenarios.CapabilityState),
        (PROPOSAL_FLOW, scenarios.ProposalState),
        (CHALLENGE_FLOW, scenarios.ChallengeState),
        (BID_FLOW, scenarios.BidState),
        (MATCH_FLOW, matches.MatchState),
        (ROUND_FLOW, rounds.RoundState),
        (PROJECT_FLOW, projects.ProjectState),
        (CONTRACT_FLOW, contracts.ContractState),
        (PERFORMANCE_FLOW, contracts.ContractPerformance),
    ],
)
def test_every_word_for_a_state_stands_in_its_table_and_no_other(flow, words):
    assert tuple(state.code for state in flow.states) == words.codes()


@pytest.mark.parametrize("flow", ALL_FLOWS.values(), ids=ALL_FLOWS.keys())
def test_every_name_and_sentence_is_there_in_both_languages(flow):
    said = [flow.name, *(fact.label for fact in flow.facts)]
    said += [text for state in flow.states for text in (state.name, state.public_name)]
    said += [move.label for move in flow.moves] + [g.says for m in flow.moves for g in m.guards]
    for text in said:
        assert text.en.strip()
        assert any("一" <= sign <= "鿿" for sign in text.zh)


class Watching(dict):
    """A mapping that remembers which names were asked for."""

    def __init__(self, facts):
        super().__init__(facts)
        self.asked = set()

    def get(self, name, default=None):
        self.asked.add(name)
        return super().get(name, default)


@pytest.mark.parametrize("flow", ALL_FLOWS.values(), ids=ALL_FLOWS.keys())
def test_a_guard_reads_only_the_facts_it_names_and_refuses_when_it_knows_nothing(flow):
    for guard in {guard.code: guard for move in flow.moves for guard in move.guards}.values():
        for facts in ({}, dict.fromkeys(guard.reads, 1), dict.fromkeys(guard.reads, True)):
            watched = Watching(facts)
            guard.holds(watched)
            assert watched.asked <= set(guard.reads), guard.code
        if guard.code not in {"poc_not_stopped", "negotiated_price_published"}:
            assert guard.holds({}) is False, guard.code


@pytest.mark.parametrize(
    ("flow", "path"),
    [
        (
            ACHIEVEMENT_FLOW,
            "draft submitted screening more_info screening evaluating evaluated in_library rights_review "
            "public_notice disposable linked_to_project transformed archived",
        ),
        (
            RIGHTS_FLOW,
            "draft unit_review tto_review notice approved agreement_signed title_changed monitoring closed",
        ),
        (
            NEED_FLOW,
            "draft received triage dispatched answered rated called_back closed_unsolved reopened escalated "
            "dispatched answered called_back closed_solved",
        ),
        (ASSIGNMENT_FLOW, "waiting taking_care done_helped"),
        (RESPONSE_FLOW, "submitted qualified shortlisted finalist selected"),
        (OFFER_FLOW, "draft published paused published withdrawn draft"),
        (ROUND_FLOW, "draft assigned published cancelled draft assigned assigned published finished"),
        (
            OPPORTUNITY_FLOW,
            "collected refined collected refined approved published matching selected matching selected testing "
            "accepted demonstration scaled",
        ),
        (OPPORTUNITY_FLOW, "collected failed collected refined approved published closed_no_supplier collected"),
        (CAPABILITY_FLOW, "submitted verified published submitted verified published withdrawn submitted"),
        (PROPOSAL_FLOW, "draft submitted draft submitted shortlisted selected declined"),
        (
            CHALLENGE_FLOW,
            "need_collected screened list_published bids_open bids_closed review notice review notice signed "
            "in_progress acceptance in_progress acceptance settled",
        ),
        (BID_FLOW, "draft submitted draft submitted qualified awarded qualified declined"),
        (MATCH_FLOW, "suggested sent viewed interested introduced meeting negotiating success"),
        (
            PROJECT_FLOW,
            "lead contacted qualified triage due_diligence poc due_diligence evaluated profile_ready matching "
            "introduced negotiating term_sheet contract_signed contract_registered company_registered "
            "space_assigned first_funding landed month_3 month_6 month_12 check growing check at_risk stalled "
            "growing graduated",
        ),
        (CONTRACT_FLOW, "draft signed submitted_for_registration correction submitted_for_registration registered"),
        (PERFORMANCE_FLOW, "active breached active completed"),
    ],
)
def test_the_main_chain_can_be_walked_in_its_written_order(flow, path):
    codes = path.split()
    for source, target in pairwise(codes):
        assert any(move.target == target for move in flow.moves_from(source)), (source, target)


@pytest.mark.parametrize(
    ("missing", "word"),
    [
        ({"shares_total": Decimal("99.99")}, "100 per cent"),
        ({"unconfirmed_inventors": 1}, "confirm"),
        ({"has_public_disclosure_answer": False}, "made public"),
        ({"title": " "}, "title"),
        ({"owner_org": None}, "owner"),
    ],
)
def test_chen_submits_only_a_complete_disclosure(missing, word):
    assert ACHIEVEMENT_FLOW.may_move("draft", "submit", DISCLOSED, INVENTOR)
    verdict = ACHIEVEMENT_FLOW.may_move("draft", "submit", {**DISCLOSED, **missing}, INVENTOR)
    assert not verdict
    assert word in verdict.reason.en


@pytest.mark.parametrize(
    "missing", [{"reviews_without_conflict": 1}, {"trl": None}, {"trl_evidence": 0}, {"trl_evidence": None}]
)
def test_an_evaluation_needs_two_reviews_and_a_proven_level(missing):
    assert ACHIEVEMENT_FLOW.may_move("evaluating", "evaluated", EVALUATED, OFFICER)
    assert not ACHIEVEMENT_FLOW.may_move("evaluating", "evaluated", {**EVALUATED, **missing}, OFFICER)


@pytest.mark.parametrize(
    ("facts", "is_allowed"),
    [
        ({}, False),
        ({"price_basis": "guessed"}, False),
        ({"price_basis": "negotiated"}, False),
        ({"price_basis": "negotiated", "has_published_price": True}, True),
        ({"price_basis": "listed"}, True),
        ({"price_basis": "auction"}, True),
    ],
)
def test_public_notice_waits_for_the_price_basis(facts, is_allowed):
    assert bool(ACHIEVEMENT_FLOW.may_move("rights_review", "public_notice", facts, OWNER)) is is_allowed


@pytest.mark.parametrize("blocked", [{"open_objections": 1}, {"notice_days_left": 1}, {"open_objections": None}])
def test_an_objection_or_a_running_notice_blocks_the_transfer(blocked):
    assert ACHIEVEMENT_FLOW.may_move("public_notice", "disposable", FREE, OFFICER)
    assert not ACHIEVEMENT_FLOW.may_move("public_notice", "disposable", {**FREE, **blocked}, OFFICER)


def test_a_service_achievement_does_not_go_round_the_rights_review():
    facts = {"is_service_achievement": True}
    assert "rights review" in ACHIEVEMENT_FLOW.may_move("in_library", "disposable", facts, OFFICER).reason.en
    assert ACHIEVEMENT_FLOW.may_move("in_library", "disposable", {"is_service_achievement": False}, OFFICER)


def test_the_inventor_is_always_told_why():
    for move in ("take_in", "set_aside", "release"):
        assert not ACHIEVEMENT_FLOW.may_move("evaluated", move, {"reason": ""}, OFFICER)
        assert ACHIEVEMENT_FLOW.may_move("evaluated", move, {"reason": "Strong claims."}, OFFICER)


@pytest.mark.parametrize(
    ("facts", "is_allowed"),
    [
        ({"scheme": "ownership"}, False),
        ({"scheme": "ownership", "is_title_changed": True}, True),
        ({"scheme": "licence"}, True),
        ({"scheme": "long_term_use", "is_title_changed": False}, True),
        ({}, False),
    ],
)
def test_monitoring_waits_for_the_title_where_the_scheme_moves_it(facts, is_allowed):
    assert bool(RIGHTS_FLOW.may_move("agreement_signed", "monitoring", facts, OWNER)) is is_allowed


def test_both_sides_consent_before_they_are_introduced():
    consents = {"has_conflict": False, "has_offering_consent": True, "has_needing_consent": True}
    assert MATCH_FLOW.may_move("interested", "introduced", consents, OFFICER)
    for missing in consents:
        assert not MATCH_FLOW.may_move("interested", "introduced", {**consents, missing: None}, OFFICER)
    assert not MATCH_FLOW.may_move("interested", "introduced", consents, {Part.NEEDING})


def test_a_declined_match_has_a_reason():
    assert not MATCH_FLOW.may_move("viewed", "decline", {}, {Part.NEEDING})
    assert MATCH_FLOW.may_move("viewed", "decline", {"decline_reason": "too_far"}, {Part.NEEDING})


@pytest.mark.parametrize(
    ("facts", "is_solved", "may_reopen"),
    [
        ({}, False, False),
        ({"satisfaction_score": 5}, True, False),
        ({"satisfaction_score": 3}, True, False),
        ({"satisfaction_score": 2}, False, True),
        ({"callback_result": "satisfied"}, True, False),
        ({"callback_result": "not_reached"}, False, False),
        ({"callback_result": "unsatisfied", "satisfaction_score": 5}, False, True),
    ],
)
def test_bo_decides_whether_a_need_is_solved(facts, is_solved, may_reopen):
    facts = {**facts, "outcome": "support_found", "reason": "Nobody came."}
    assert bool(NEED_FLOW.may_move("called_back", "closed_solved", facts, OFFICER)) is is_solved
    assert bool(NEED_FLOW.may_move("called_back", "reopen", facts, OWNER)) is may_reopen


@pytest.mark.parametrize(
    ("assignments", "state"),
    [
        ((), "triage"),
        (("waiting",), "dispatched"),
        (("not_for_me", "expired"), "triage"),
        (("not_for_me", "taking_care"), "dispatched"),
        (("done_helped", "taking_care"), "answered"),
        (("done_no_help_available", "taking_care"), "dispatched"),
        (("done_no_help_available", "not_for_me"), "answered"),
        (("done_not_reachable",), "answered"),
    ],
)
def test_a_need_stands_where_its_assignments_stand(assignments, state):
    assert derived_state(assignments) == state
    assert derived_state(reversed(assignments)) == state


def test_every_project_state_has_a_phase_but_the_side_states():
    assert {state.code for state in PROJECT_FLOW.states} - set(PHASES) == {"on_hold", "lost"}
    assert all(PROJECT_FLOW.state(code).group == phase.text for code, phase in PHASES.items())


def test_no_move_leaves_a_phase_without_its_exit_guards():
    order = list(Phase)
    for move in PROJECT_FLOW.moves:
        for source in move.sources:
            before, after = PHASES.get(source), PHASES.get(move.target)
            if before and after and order.index(after) > order.index(before):
                assert set(EXIT_GUARDS[before]) <= set(move.guards), move.code


@pytest.mark.parametrize("missing", LANDED)
def test_a_project_lands_only_with_company_code_area_and_lease(missing):
    assert PROJECT_FLOW.may_move("company_registered", "landed", LANDED, OFFICER)
    assert not PROJECT_FLOW.may_move("company_registered", "landed", {**LANDED, missing: None}, OFFICER)


@pytest.mark.parametrize(
    ("facts", "is_allowed"),
    [
        ({"accepted_matches": 1, "contracts": 1}, True),
        ({"accepted_matches": 0, "route": "start_up", "contracts": 1}, True),
        ({"accepted_matches": 0, "route": "licence", "contracts": 1}, False),
        ({"accepted_matches": 1, "contracts": 0}, False),
    ],
)
def test_a_contract_follows_an_accepted_match_or_the_own_company_route(facts, is_allowed):
    assert bool(PROJECT_FLOW.may_move("negotiating", "contract_signed", facts, OFFICER)) is is_allowed


def test_a_held_project_resumes_where_it_was_and_nowhere_else():
    assert PROJECT_FLOW.may_move("on_hold", "resume", {"came_from": "growing"}, OFFICER)
    assert PROJECT_FLOW.may_move("on_hold", "growing", {"came_from": "growing"}, OFFICER)
    assert not PROJECT_FLOW.may_move("on_hold", "landed", {"came_from": "growing"}, OFFICER)
    assert not PROJECT_FLOW.may_move("on_hold", "resume", {}, OFFICER)
    assert not PROJECT_FLOW.may_move("on_hold", "resume", {"came_from": "graduated"}, OFFICER)


def test_a_loss_has_a_counted_reason_and_a_landed_project_is_not_lost():
    assert not PROJECT_FLOW.may_move("negotiating", "lost", {"has_landed": False}, OFFICER)
    facts = {"loss_reason": "price_too_high", "has_landed": False}
    assert PROJECT_FLOW.may_move("negotiating", "lost", facts, OFFICER)
    assert not PROJECT_FLOW.may_move("on_hold", "lost", {**facts, "has_landed": True}, OFFICER)
    assert not PROJECT_FLOW.may_move("month_6", "lost", facts, OFFICER)


@pytest.mark.parametrize("move", ["begin_month_6", "begin_month_12", "begin_check", "graduate", "exit"])
def test_follow_up_goes_on_only_with_visit_and_metrics(move):
    source = PROJECT_FLOW.move(move).sources[0]
    facts = {"has_visit": True, "has_metrics": True, "reason": "Sold."}
    assert PROJECT_FLOW.may_move(source, move, facts, OFFICER)
    for missing in ("has_visit", "has_metrics"):
        assert not PROJECT_FLOW.may_move(source, move, {**facts, missing: False}, OFFICER)


def test_a_contract_is_registered_only_while_it_is_valid():
    facts = {"value_technical": Decimal(1), "registration_no": "2026340000000001", "is_inside_validity": True}
    for source, move in (("signed", "submit"), ("correction", "correct"), ("submitted_for_registration", "register")):
        assert CONTRACT_FLOW.may_move(source, move, facts, OFFICER)
        assert not CONTRACT_FLOW.may_move(source, move, {**facts, "is_inside_validity": False}, OFFICER)


@pytest.mark.parametrize("flow", ALL_FLOWS.values(), ids=ALL_FLOWS.keys())
def test_dee_who_has_no_part_may_do_nothing(flow):
    everything = {fact.name: True for fact in flow.facts}
    for state in flow.states:
        assert flow.offers(state.code, everything, OUTSIDER) == ()
        for move in flow.moves_from(state.code):
            assert not flow.may_move(state.code, move.code, everything, OUTSIDER)


def test_the_package_hands_out_every_flow_by_its_code():
    assert {code: flow.code for code, flow in ALL_FLOWS.items()} == {code: code for code in ALL_FLOWS}
    assert set(flows.__all__) <= set(vars(flows))
