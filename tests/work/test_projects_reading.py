"""Who reads what of a project, in how many questions, and who may do what in which state."""

from datetime import date

import pytest

from grandunion.records.achievements import Achievement, Inventor
from grandunion.records.lists import NumberSeries, Term
from grandunion.records.parties import Access, Conflict
from grandunion.records.projects import Project
from grandunion.terms.achievements import AchievementState
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Part, Role
from grandunion.terms.secrecy import Secrecy
from grandunion.terms.verdicts import Absent, Forbidden, Refused
from grandunion.work.actions import projects
from grandunion.work.permissions import projects as permissions
from grandunion.work.permissions.base import clearance
from grandunion.work.queries import projects as reads
from grandunion.work.queries.base import Question, listing
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_organisation, make_person, make_user

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 18)


@pytest.fixture(autouse=True)
def series(db):
    """The cast numbers its organisations itself; the house goes on from a hundred."""
    NumberSeries.objects.create(prefix="ORG-2026", last=100)


@pytest.fixture
def project(ada):
    made = projects.open_project(
        {"title_en": "Sensor", "risk_level": "high", "risk_reason": "Founder leaves", "market_note": "Secret market"},
        by=ada,
        at=NOON,
    )
    projects.add_milestone(made, "Prototype", due_on=TODAY, by=ada, at=NOON)
    projects.note_interaction(made, on=TODAY, interaction_kind="call", note="Spoke at length", next_step="Visit",
                              next_step_on=TODAY, by=ada, at=NOON)  # fmt: skip
    return made


@pytest.fixture
def founder(project, ada):
    """A person of the team with an account of their own."""
    person = make_person("Fang Yi", "方毅")
    user = make_user("fang@team.example", None, person=person)
    projects.add_member(project, person, by=ada, at=NOON, role="CEO", share_percent="60")
    return reader_of(user, NOON)


def seen(project, reader):
    return reads.page(project, reader, clearance(reader, project))


def test_the_officer_in_charge_reads_all_and_another_officer_no_market_note(project, ada):
    other = reader_of(make_user("eve@hub.example", Role.OFFICER), NOON)
    assert seen(project, ada).reads("market_note")
    assert not seen(project, other).reads("market_note")
    assert seen(project, other).reads("risk_reason")


def test_the_confidential_part_stays_closed_until_it_is_opened_that_day(project, ada):
    assert permissions.desk(ada, project).depth == Secrecy.S2
    projects.open_confidential(project, by=ada, at=NOON)
    projects.open_confidential(project, by=ada, at=NOON)
    assert permissions.desk(ada, project).depth == Secrecy.S3
    lines = [line.verb for line in (one.line for one in seen(project, ada).thread) if line]
    assert lines.count("project.opened_confidential") == 1


def test_a_member_of_the_team_opens_the_project_until_taken_out(project, founder, ada):
    assert reads.get(project.number, founder) == project
    assert permissions.desk(founder, project).depth == Secrecy.S3
    projects.remove_member(project, reads.members([project.pk]).get(), by=ada, at=NOON)
    with pytest.raises(Absent):
        reads.get(project.number, founder)


def test_whoever_is_only_let_in_reads_no_contacts_and_no_deal(project, bo_company, bo, university, ada):
    Access.objects.create(subject_kind="project", subject_id=project.pk, organisation=bo_company, part=Part.OFFERING,
                          secrecy=1, reason="test", granted_by="test", granted_at=NOON)  # fmt: skip
    other = make_organisation("Third")
    for seller, buyer in ((bo_company, university), (university, other)):
        projects.draft_contract(project, {"contract_kind": "service", "title": f"By {seller.name_en}", "seller": seller,
                                          "buyer": buyer, "value_total": 10}, by=ada, at=NOON)  # fmt: skip
    page = seen(project, bo)
    assert [contract.title for contract in page.contracts] == ["By Bo Robotics"]
    assert (page.interactions, page.proofs) == ((), ())
    assert not page.reads("risk_reason")
    assert all("Spoke" not in str(one.line.changes) for one in page.thread if one.line)


@pytest.mark.parametrize("who", ["bo", "chen", "office", "dee"])
def test_outsiders_do_not_find_it(who, request, project):
    reader = request.getfixturevalue(who)
    assert not reads.visible_to(reader).exists()
    assert listing.page(reads.LISTING, reader, Question()).total == 0
    assert all(count == 0 for _, count, _ in reads.board(reader, Question()).columns)


def test_the_university_and_the_inventor_see_where_their_achievement_went(
    project, university, chen_person, chen, office, ada
):
    made = Achievement.objects.create(
        number="ACH-2026-0001", title_en="Sensor", owner=university, state=AchievementState.EVALUATED,
        state_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    Inventor.objects.create(achievement=made, person=chen_person, share_percent=100)
    projects.link_achievement(project, made, by=ada, at=NOON)
    for reader in (chen, office):
        page = seen(project, reader)
        assert reads.get(project.number, reader) == project
        assert (page.depth, page.interactions, page.reads("first_funding")) == (Secrecy.S1, (), False)
        assert not permissions.offers(reader, project)


def test_nobody_in_particular_sees_nothing(project):
    assert not reads.visible_to(visitor(NOON)).exists()


def test_a_conflict_of_interest_closes_the_project_even_to_its_officer(project, ada_user):
    Conflict.objects.create(user=ada_user, organisation=project.owner, reason="Shares", declared_at=NOON)
    assert not reads.visible_to(reader_of(ada_user, NOON)).exists()


def test_an_officer_of_another_area_finds_it_not(project):
    core, town = (Term.objects.create(list="areas", code=code, name_zh=code, name_en=code) for code in ("core", "town"))
    Project.objects.unscoped("the test sets an area").filter(pk=project.pk).update(area=core)
    here, there = (
        reader_of(make_user(f"{area.code}@hub.example", Role.OFFICER, area=area), NOON) for area in (core, town)
    )
    assert reads.visible_to(here).count() == 1
    assert not reads.visible_to(there).exists()


DEEDS = {
    "edit": lambda p, by: projects.edit(p, {"why_hefei": "USTC"}, by=by, at=NOON, version=p.version),
    "move": lambda p, by: projects.move(p, "contact", by=by, at=NOON),
    "hold": lambda p, by: projects.hold(p, reason="Wait", by=by, at=NOON),
    "note": lambda p, by: projects.note_interaction(p, on=TODAY, interaction_kind="call", note="Hi", by=by, at=NOON),
    "milestone": lambda p, by: projects.add_milestone(p, "Trial", due_on=TODAY, by=by, at=NOON),
    "risk": lambda p, by: projects.set_risk(p, risk_level="low", risk_reason="", by=by, at=NOON),
    "next": lambda p, by: projects.plan_next(p, next_step="Call", next_step_on=TODAY, by=by, at=NOON),
    "member": lambda p, by: projects.add_member(p, make_person("Guo"), by=by, at=NOON),
    "confidential": lambda p, by: projects.open_confidential(p, by=by, at=NOON),
}
MAY = {
    "ada": set(DEEDS),
    "owner": {"confidential"},
    "planner": set(),
    "bo": set(),
    "dee": set(),
}


@pytest.mark.parametrize("deed", sorted(DEEDS))
@pytest.mark.parametrize("who", sorted(MAY))
def test_each_deed_is_open_to_those_who_run_the_case(who, deed, project, request):
    reader = _reader(who, project, request)
    if deed in MAY[who]:
        DEEDS[deed](project, reader)
        return
    before = Project.objects.unscoped("the test looks at the row").get(pk=project.pk)
    with pytest.raises(Refused):
        DEEDS[deed](project, reader)
    assert Project.objects.unscoped("the test looks at the row").get(pk=project.pk).version == before.version


def _reader(who, project, request):
    if who == "owner":
        return reader_of(make_user("boss@team.example", Role.ENTERPRISE, project.owner), NOON)
    if who == "planner":
        return reader_of(make_user("plan@hub.example", Role.PLANNER), NOON)
    return request.getfixturevalue(who)


def test_only_those_who_read_rows_see_the_funnel(ada, bo, dee):
    assert permissions.may_see_reports(ada)
    assert not permissions.may_see_reports(bo)
    assert not permissions.may_see_reports(dee)


def test_a_resting_project_takes_no_daily_deeds(project, ada):
    projects.hold(project, reason="Wait", by=ada, at=NOON)
    for deed in ("note", "milestone", "risk", "next", "member"):
        with pytest.raises((Refused, Forbidden), match="rests"):
            DEEDS[deed](project, ada)
    assert {move.code for move, _ in permissions.offers(ada, project)} == {"resume", "lose"}


def test_a_contract_is_moved_by_its_sides_and_registered_by_officers(project, bo, dee, bo_company, university, ada):
    contract = projects.draft_contract(
        project,
        {"contract_kind": "service", "title": "Measuring", "seller": bo_company, "buyer": university,
         "value_total": 10, "effective_from": TODAY},
        by=ada, at=NOON,
    )  # fmt: skip
    with pytest.raises(Refused, match="Only these may"):
        projects.move_contract(project, contract, "sign", by=dee, at=NOON)
    projects.move_contract(project, contract, "sign", by=bo, at=NOON)
    projects.move_contract(project, contract, "submit", by=bo, at=NOON)
    with pytest.raises(Refused, match="Only these may"):
        projects.move_contract(project, contract, "register", by=bo, at=NOON, registration_no="1")
    projects.move_contract(project, contract, "register", by=ada, at=NOON, registration_no="1")
    assert contract.state == "registered"


def test_of_an_import_contract_the_buyer_hands_in_the_registration(project, bo, office, bo_company, university, ada):
    contract = projects.draft_contract(
        project,
        {"contract_kind": "licence", "title": "Import", "seller": university, "buyer": bo_company, "is_import": True,
         "value_total": 10, "effective_from": TODAY},
        by=ada, at=NOON,
    )  # fmt: skip
    projects.move_contract(project, contract, "sign", by=office, at=NOON)
    with pytest.raises(Refused, match="Only these may"):
        projects.move_contract(project, contract, "submit", by=office, at=NOON)
    projects.move_contract(project, contract, "submit", by=bo, at=NOON)
    assert contract.state == "submitted_for_registration"


def test_one_page_is_read_in_a_bounded_number_of_questions(project, founder, ada, reading, queries):
    with reading(), queries(at_most=16):
        one = reads.get(project.number, ada)
        own = reads.belongings([one.pk])
        desk = permissions.desk(ada, one, own)
        page = reads.page(one, ada, desk.depth, own)
    assert len(page.members) == 1
    assert page.interactions[0].noted_by.name.en == "Ada"


def test_a_board_of_forty_cards_asks_as_little_as_one_of_four(ada, reading, queries):
    for n in range(40):
        projects.open_project({"title_en": f"Project {n}"}, by=ada, at=NOON)
    with reading(), queries(at_most=10):
        board = reads.board(ada, Question())
        offered = [
            permissions.board_offers(ada, project, board.facts[project.pk], board.access[project.pk])
            for _, _, cards in board.columns
            for project in cards
        ]
    assert len(offered) == 30
    assert {move.code for move, _ in offered[0]} == {"contact", "verify", "hold", "lose"}


def test_the_funnel_of_many_asks_little(project, ada, reading, queries):
    with reading(), queries(at_most=8):
        report = reads.funnel(ada, university="ORG-2026-9999")
    assert report.steps[0].reached == 0


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ({"in_charge": "mine"}, 1),
        ({"in_charge": "nobody"}, 0),
        ({"next_step": "overdue"}, 0),
        ({"next_step": "week"}, 1),
        ({"next_step": "missing"}, 0),
        ({"phase": "discovery"}, 1),
        ({"state": "lead,contacted"}, 1),
        ({"owner": "ORG-2026-0101"}, 1),
        ({"owner": "ORG-1999-0001"}, 0),
        ({"owner": "a\x00"}, 0),
        ({"reached": "lead"}, 1),
    ],
)
def test_the_list_answers_the_mornings_questions(question, found, project, ada, reading):
    with reading():
        assert listing.page(reads.LISTING, ada, Question(filters=question)).total == found


def test_an_enterprise_reports_the_figures_of_its_own_visit_only(project, ada, bo):
    boss = reader_of(make_user("boss@team.example", Role.ENTERPRISE, project.owner), NOON)
    assert permissions.may_report(boss, project)
    assert not permissions.may_report(bo, project)
