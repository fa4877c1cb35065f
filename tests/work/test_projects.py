"""Transfer projects: the thread from a lead to a landed company and the years after."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from grandunion.records.achievements import Achievement, Inventor, TrlEvidence
from grandunion.records.lists import NumberSeries, Term
from grandunion.records.matches import Match
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation
from grandunion.records.projects import Project, Visit
from grandunion.terms.achievements import AchievementState
from grandunion.terms.identifiers import credit_check
from grandunion.terms.matches import Market, MatchState
from grandunion.terms.needs import Category
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.projects import LossReason, Phase, ProjectState, Route
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Absent, Forbidden, Invalid, Refused, Stale
from grandunion.work.actions import projects
from grandunion.work.queries import projects as reads
from grandunion.work.queries.base import Question, listing
from tests.cast import NOON

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


def code_of(first: str) -> str:
    """A sound credit code out of its first seventeen characters."""
    return first + credit_check(first)


CODE = code_of("91340100MA2TE8T12")


@pytest.fixture(autouse=True)
def series(db):
    """The cast numbers its organisations itself; the house goes on from a hundred."""
    NumberSeries.objects.create(prefix="ORG-2026", last=100)


@pytest.fixture
def core(db):
    return Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")


@pytest.fixture
def achievement(university, chen_person, db):
    made = Achievement.objects.create(
        number="ACH-2026-0001", title_en="Quantum sensor", title_zh="量子传感器", owner=university, trl=4,
        state=AchievementState.DISPOSABLE, level=Level.MEMBERS, state_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    Inventor.objects.create(achievement=made, person=chen_person, share_percent=100)
    return made


@pytest.fixture
def lead(ada):
    """A bare lead without an achievement."""
    return projects.open_project({"title_en": "Sensor", "title_zh": "传感器项目"}, by=ada, at=NOON)


@pytest.fixture
def project(ada, achievement):
    return projects.open_project({}, by=ada, at=NOON, achievement=achievement)


def make_match(achievement, bo_company, *, is_accepted=True):
    need = Need.objects.create(number="NED-2026-0001", title_en="Sense", category=Category.TECHNOLOGY, owner=bo_company,
                               state_at=NOON, created_at=NOON, updated_at=NOON)  # fmt: skip
    when = NOON if is_accepted else None
    return Match.objects.create(
        number="MAT-2026-0001", market=Market.TECHNOLOGY, state=MatchState.INTERESTED, need=need, owner=bo_company,
        achievement=achievement, needing_accepted_at=when, offering_accepted_at=when, state_at=NOON,
        created_at=NOON, updated_at=NOON,
    )  # fmt: skip


def walk(project, ada, *codes):
    for code in codes:
        projects.move(project, code, by=ada, at=NOON)


def to_evaluated(project, ada):
    walk(project, ada, "contact", "verify", "begin_triage", "investigate", "pass_evaluation")


def to_negotiating(project, ada):
    to_evaluated(project, ada)
    link = reads.achievement_links([project.pk]).get()
    TrlEvidence.objects.create(achievement_id=link.achievement_id, level=4, evidence="Bench test")
    projects.edit(project, {"market_note": "Large", "conflict_check": "None found"}, by=ada, at=NOON,
                  version=project.version)  # fmt: skip
    walk(project, ada, "finish_profile", "begin_matching")
    projects.move(project, "go_own_way", by=ada, at=NOON, route=Route.START_UP)


def contract_of(project, university, bo_company, ada, **more):
    values = {
        "contract_kind": "licence", "contract_subkind": "exclusive", "title": "Licence of the sensor",
        "seller": university, "buyer": bo_company, "value_total": "1000000",
        "deductions": [("Equipment", "200000")], "effective_from": TODAY - timedelta(days=10),
        "effective_to": TODAY + timedelta(days=300),
    } | more  # fmt: skip
    return projects.draft_contract(project, values, by=ada, at=NOON)


def to_registered_company(project, ada, university, bo_company):
    to_negotiating(project, ada)
    contract = contract_of(project, university, bo_company, ada)
    projects.move_contract(project, contract, "sign", by=ada, at=NOON, signed_on=TODAY)
    projects.register_company(project, credit_code=CODE, name_zh="量子传感科技有限公司", registered_on=TODAY,
                              registered_capital="5000000", by=ada, at=NOON)  # fmt: skip


def to_landed(project, ada, university, bo_company):
    to_registered_company(project, ada, university, bo_company)
    projects.land(project, area_code="core", space_agreement="Lease 12", by=ada, at=NOON)


def test_a_project_opened_from_an_achievement_takes_over_what_is_known(project, achievement, university, ada):
    assert (project.number, project.state, project.phase) == ("PRJ-2026-0001", "lead", "discovery")
    assert (project.title_zh, project.university, project.trl_now) == ("量子传感器", university, 4)
    assert project.in_charge_id == ada.user_id
    achievement.refresh_from_db()
    assert achievement.state == AchievementState.LINKED_TO_PROJECT


def test_a_project_without_an_owner_gets_a_team_that_owns_it(lead):
    assert lead.owner.organisation_kind == OrganisationKind.TEAM
    assert lead.owner.name_zh == "传感器项目项目团队"


def test_a_form_sent_twice_opens_one_project(ada):
    first = projects.open_project({"title_en": "Once"}, by=ada, at=NOON, key="form-1")
    assert projects.open_project({"title_en": "Once"}, by=ada, at=NOON, key="form-1") == first
    assert reads.visible_to(ada).count() == 1


@pytest.mark.parametrize("who", ["bo", "chen", "dee"])
def test_only_officers_open_a_project(who, request):
    with pytest.raises(Forbidden):
        projects.open_project({"title_en": "Mine"}, by=request.getfixturevalue(who), at=NOON)


@pytest.mark.parametrize(
    ("values", "field"),
    [({}, "title_zh"), ({"title_en": "X", "trl_now": 12}, "trl_now"), ({"title_en": "X", "area": "nowhere"}, "area"),
     ({"title_en": "X", "owner": "ORG-1999-0001"}, "owner"), ({"title_en": "X", "state": "landed"}, "state"),
     ({"title_en": "X", "next_step_on": "soon"}, "next_step_on"), ({"title_en": "X\x00"}, "title_en")],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_at_its_field(values, field, ada):
    with pytest.raises(Invalid) as refused:
        projects.open_project(values, by=ada, at=NOON)
    assert refused.value.problems[0].field == field


def test_only_an_officer_is_put_in_charge(ada, bo_user):
    with pytest.raises(Invalid):
        projects.open_project({"title_en": "X", "in_charge": bo_user.email}, by=ada, at=NOON)


def test_discovery_is_left_only_with_an_achievement_and_its_owner(lead, achievement, ada):
    walk(lead, ada, "contact", "verify")
    with pytest.raises(Refused, match="Link the achievement"):
        projects.move(lead, "begin_triage", by=ada, at=NOON)
    projects.link_achievement(lead, achievement, by=ada, at=NOON)
    walk(lead, ada, "begin_triage")
    assert (lead.state, lead.phase) == ("triage", "evaluation")


def test_evaluation_is_left_only_with_evidence_market_note_and_conflict_check(project, ada):
    to_evaluated(project, ada)
    with pytest.raises(Refused) as refused:
        projects.move(project, "finish_profile", by=ada, at=NOON)
    assert all(words in refused.value.reason.en for words in ("evidence", "market note", "conflict check"))


def test_a_proof_of_concept_that_said_stop_bars_the_way_until_repeated(project, ada):
    walk(project, ada, "contact", "verify", "begin_triage", "investigate")
    asked = {"technical_question": "Does it sense?", "budget": "300000"}
    projects.begin_poc(project, by=ada, at=NOON, **asked)
    projects.end_poc(project, result="stop", finding="No signal", by=ada, at=NOON)
    with pytest.raises(Refused, match="said stop"):
        projects.move(project, "pass_evaluation", by=ada, at=NOON)
    projects.begin_poc(project, by=ada, at=NOON, **asked)
    projects.end_poc(project, result="go", finding="Signal", by=ada, at=NOON)
    walk(project, ada, "pass_evaluation")
    assert project.state == "evaluated"


def test_an_accepted_match_is_the_introduction_and_opens_the_contract(project, ada, achievement, bo_company):
    to_evaluated(project, ada)
    TrlEvidence.objects.create(achievement=achievement, level=4, evidence="Bench")
    projects.edit(project, {"market_note": "M", "conflict_check": "C"}, by=ada, at=NOON, version=project.version)
    walk(project, ada, "finish_profile", "begin_matching")
    match = make_match(achievement, bo_company)
    projects.link_match(project, match, by=ada, at=NOON)
    assert project.state == ProjectState.INTRODUCED
    assert reads.facts(project)["accepted_matches"] == 1
    other = projects.open_project({"title_en": "Other"}, by=ada, at=NOON)
    with pytest.raises(Invalid, match="belongs to a project"):
        projects.link_match(other, match, by=ada, at=NOON)


def test_signing_and_registering_a_contract_moves_the_project(project, ada, university, bo_company):
    to_negotiating(project, ada)
    contract = contract_of(project, university, bo_company, ada)
    assert (contract.number, contract.value_technical) == ("TCT-2026-0001", Decimal("800000.00"))
    projects.move_contract(project, contract, "sign", by=ada, at=NOON, signed_on=TODAY)
    assert (project.state, contract.performance) == ("contract_signed", "active")
    projects.move_contract(project, contract, "submit", by=ada, at=NOON)
    projects.move_contract(project, contract, "register", by=ada, at=NOON, registration_no="2026340100000001")
    assert (project.state, contract.state) == ("contract_registered", "registered")
    assert (contract.registration_number, contract.decided_on) == ("2026340100000001", TODAY)


@pytest.mark.parametrize(
    ("since", "until"), [(TODAY + timedelta(days=1), None), (TODAY - timedelta(days=9), TODAY), (None, None)]
)
def test_a_contract_is_registered_only_while_it_is_valid(since, until, project, ada, university, bo_company):
    contract = contract_of(project, university, bo_company, ada, effective_from=since, effective_to=until)
    projects.move_contract(project, contract, "sign", by=ada, at=NOON)
    with pytest.raises(Refused, match="only while it is valid"):
        projects.move_contract(project, contract, "submit", by=ada, at=NOON)


def test_the_day_of_acceptance_moves_to_the_correction(project, ada, university, bo_company):
    contract = contract_of(project, university, bo_company, ada)
    later = NOON + timedelta(days=5)
    projects.move_contract(project, contract, "sign", by=ada, at=NOON)
    projects.move_contract(project, contract, "submit", by=ada, at=NOON)
    projects.move_contract(project, contract, "ask_correction", by=ada, at=NOON, reason="Annex missing")
    projects.move_contract(project, contract, "correct", by=ada, at=later)
    assert contract.accepted_on == TODAY + timedelta(days=5)


def test_a_contract_is_complete_when_nothing_is_owed(project, ada, university, bo_company):
    contract = contract_of(project, university, bo_company, ada)
    projects.move_contract(project, contract, "sign", by=ada, at=NOON)
    owed = projects.add_milestone(project, "Second payment", due_on=TODAY, contract=contract, by=ada, at=NOON)
    with pytest.raises(Refused, match="still open"):
        projects.move_contract(project, contract, "complete", by=ada, at=NOON, ended_on=TODAY)
    projects.finish_milestone(project, owed, done_on=TODAY, evidence="Receipt 7", by=ada, at=NOON)
    projects.move_contract(project, contract, "complete", by=ada, at=NOON, ended_on=TODAY)
    assert contract.performance == "completed"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"deductions": [("Equipment", "2000000")]}, "deductions"), ({"value_total": "much"}, "value_total"),
     ({"contract_subkind": "commissioned"}, "contract_subkind"), ({"effective_to": date(2020, 1, 1)}, "effective_to"),
     ({"title": ""}, "title"), ({"contract_kind": "marriage"}, "contract_kind")],
)  # fmt: skip
def test_a_contract_that_does_not_add_up_is_refused(wrong, field, project, ada, university, bo_company):
    with pytest.raises(Invalid) as refused:
        contract_of(project, university, bo_company, ada, **wrong)
    assert refused.value.problems[0].field == field


def test_the_team_becomes_the_company_and_keeps_its_number(project, ada, university, bo_company):
    team = project.owner
    to_registered_company(project, ada, university, bo_company)
    company = Organisation.objects.unscoped("the test looks at the row").get(pk=team.pk)
    assert (project.company_id, company.number) == (team.pk, team.number)
    assert (company.organisation_kind, company.credit_code) == (OrganisationKind.ENTERPRISE, CODE)
    assert project.owner_id == team.pk


def test_a_company_known_here_is_linked_by_its_credit_code(project, ada, university, bo, bo_company):
    Organisation.objects.unscoped("the test gives Bo a code").filter(pk=bo_company.pk).update(credit_code=CODE)
    to_negotiating(project, ada)
    projects.move_contract(project, contract_of(project, university, bo_company, ada), "sign", by=ada, at=NOON)
    projects.register_company(project, credit_code=CODE.lower(), by=ada, at=NOON)
    assert project.company_id == bo_company.pk
    assert reads.get(project.number, bo) == project


@pytest.mark.parametrize("code", ["", "91340100MA2TE8T120", "not a code"])
def test_a_mistyped_credit_code_is_refused(code, project, ada):
    with pytest.raises(Invalid) as refused:
        projects.register_company(project, credit_code=code, name_zh="某公司", by=ada, at=NOON)
    assert refused.value.problems[0].field == "credit_code"


def test_space_and_money_come_before_landing_in_either_order(project, ada, university, bo_company, core):
    to_registered_company(project, ada, university, bo_company)
    projects.move(project, "record_funding", by=ada, at=NOON, first_funding="2000000")
    projects.move(project, "assign_space", by=ada, at=NOON, area_code="core", space_agreement="Lease 3", building="B2")
    assert (project.first_funding, project.area, project.building) == (Decimal(2000000), core, "B2")
    projects.move(project, "land", by=ada, at=NOON)
    assert project.state == "landed"


def test_without_lease_or_agreement_nobody_lands(project, ada, university, bo_company, core):
    to_registered_company(project, ada, university, bo_company)
    with pytest.raises(Refused, match="lease or the agreement"):
        projects.land(project, area_code="core", by=ada, at=NOON)


def test_landing_marks_the_company_transforms_the_achievement_and_sets_visits(
    project, achievement, ada, university, bo_company, core
):
    to_landed(project, ada, university, bo_company)
    achievement.refresh_from_db()
    company = Organisation.objects.unscoped("the test looks at the row").get(pk=project.company_id)
    assert (project.phase, project.landed_on, company.landed_on) == (Phase.LANDING, TODAY, TODAY)
    assert achievement.state == AchievementState.TRANSFORMED
    due = [(visit.label, visit.due_on) for visit in reads.visits([project.pk])]
    assert due == [("month_3", date(2027, 2, 18)), ("month_6", date(2027, 5, 18)), ("month_12", date(2027, 11, 18))]


def test_visits_fall_due_by_themselves_and_the_yearly_check_follows(project, ada, university, bo_company, core):
    to_landed(project, ada, university, bo_company)
    mine = reads.visible_to(ada)
    assert not reads.due_visits(mine, TODAY).exists()
    assert [visit.label for visit in reads.due_visits(mine, date(2027, 6, 1))] == ["month_3", "month_6"]
    figures = {"staff_count": 12, "revenue": "1500000"}
    for n, label in enumerate(("month_3", "month_6", "month_12", "check")):
        visit = reads.visits([project.pk]).get(label=label, visited_on=None)
        at = NOON + timedelta(days=100 * (n + 1))
        projects.log_visit(project, visit, visited_on=reads.day_of(at), by=ada, at=at, **figures)
        assert project.state == label
    assert reads.visits([project.pk]).filter(visited_on=None).get().due_on == date(2029, 11, 18)
    projects.move(project, "find_growing", by=ada, at=at)
    projects.move(project, "graduate", by=ada, at=at)
    assert (project.state, project.phase) == ("graduated", "follow_up")
    assert not reads.due_visits(mine, date(2030, 1, 1)).exists()


def test_the_next_visit_waits_for_the_figures_of_the_last(project, ada, university, bo_company, core):
    to_landed(project, ada, university, bo_company)
    third, sixth, _ = reads.visits([project.pk])
    at = NOON + timedelta(days=200)
    projects.log_visit(project, third, visited_on=TODAY, by=ada, at=at)
    with pytest.raises(Refused, match="metrics have to be handed in"):
        projects.log_visit(project, sixth, visited_on=TODAY, by=ada, at=at)
    assert Visit.objects.unscoped("the test looks at the row").get(pk=sixth.pk).visited_on is None
    projects.hand_in_figures(project, third, staff_count=3, revenue=0, by=ada, at=at)
    projects.log_visit(project, sixth, visited_on=TODAY, by=ada, at=at)
    assert project.state == "month_6"


def test_a_resting_project_comes_back_to_where_it_stood(project, ada):
    walk(project, ada, "contact")
    projects.hold(project, reason="Founder abroad", by=ada, at=NOON)
    assert (project.state, project.phase) == ("on_hold", "discovery")
    with pytest.raises(Forbidden, match="rests"):
        projects.note_interaction(project, on=TODAY, interaction_kind="call", note="Hello", by=ada, at=NOON)
    projects.resume(project, by=ada, at=NOON)
    assert (project.state, project.state_before_hold) == ("contacted", "")


def test_a_lost_project_has_a_counted_reason_and_frees_its_achievement(project, achievement, ada):
    walk(project, ada, "contact")
    with pytest.raises(Refused):
        projects.move(project, "lose", by=ada, at=NOON, lost_reason="")
    projects.move(project, "lose", by=ada, at=NOON, lost_reason="price_too_high", lost_note="Asked 5 million")
    achievement.refresh_from_db()
    assert achievement.state == AchievementState.DISPOSABLE
    report = reads.funnel(ada)
    assert [(loss.reason, loss.count) for loss in report.losses] == [(LossReason.PRICE_TOO_HIGH, 1)]
    assert report.lost == 1
    projects.win_back(project, reason="Price halved", by=ada, at=NOON)
    achievement.refresh_from_db()
    assert (project.state, project.lost_reason) == ("contacted", "")
    assert achievement.state == AchievementState.LINKED_TO_PROJECT


def test_the_funnel_counts_who_came_how_far_and_how_long_it_took(ada, achievement):
    for n, days in enumerate((2, 4, 9)):
        one = projects.open_project({"title_en": f"P{n}"}, by=ada, at=NOON)
        projects.move(one, "verify", by=ada, at=NOON + timedelta(days=days))
    projects.open_project({"title_en": "Stays"}, by=ada, at=NOON)
    first, second, third, *_ = reads.funnel(ada).steps
    assert (first.reached, second.reached, third.reached) == (4, 3, 0)
    assert (second.conversion, second.median_days) == (0.75, 4.0)
    found = listing.page(reads.LISTING, ada, Question(filters={"reached": second.state}))
    assert found.total == second.reached


def test_two_people_saving_at_once_see_the_difference(project, ada):
    version = project.version
    projects.edit(project, {"summary_en": "First"}, by=ada, at=NOON, version=version)
    with pytest.raises(Stale) as refused:
        projects.edit(project, {"summary_en": "Second"}, by=ada, at=NOON, version=version)
    assert ("summary_en", "First", "Second") in refused.value.differences


def test_a_move_on_a_stale_page_is_refused(project, ada):
    version = project.version
    projects.move(project, "contact", by=ada, at=NOON, version=version)
    with pytest.raises(Refused):
        projects.move(project, "verify", by=ada, at=NOON, version=version)
    assert Project.objects.unscoped("the test looks at the row").get(pk=project.pk).state == "contacted"


def test_an_unknown_move_is_absent(project, ada):
    with pytest.raises(Absent):
        projects.move(project, "fly", by=ada, at=NOON)
