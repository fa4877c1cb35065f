"""Every page and answer asks the database a bounded number of questions, however much there is to show."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from grandunion.records.achievements import Achievement
from grandunion.records.matches import Match
from grandunion.records.parties import Organisation, OrganisationName, User
from grandunion.records.projects import (
    Contract,
    Interaction,
    Member,
    Milestone,
    Project,
    ProjectAchievement,
    ProjectMatch,
    Visit,
)
from grandunion.terms.contracts import ContractKind
from grandunion.terms.matches import Market
from grandunion.terms.parties import NameKind
from grandunion.terms.secrecy import Level
from grandunion.work.actions import journal
from grandunion.work.actions.base import index_words
from grandunion.work.actions.plans import ledger
from grandunion.work.queries.parties import reader_of
from tests.calling import Caller
from tests.cast import NOON, make_organisation, make_person
from tests.watching import queries
from tests.work.test_plans import make_achievement, make_need, make_project

pytestmark = pytest.mark.django_db
ROWS = 12  # of each kind: a question per row would be found out
# What an officer's page may ask at most, the session, the account, the standing and the hub's own facts among it.
LISTS = {"organisations": 7, "persons": 6, "achievements": 7, "needs": 7, "matches": 8, "projects": 7}
RECORDS = {"organisations": 12, "persons": 9, "achievements": 17, "needs": 18, "matches": 12, "projects": 20}
OTHERS = {
    "/w/": 22, "/w/search/?q=quantum": 21, "/w/search/suggest?q=quantum": 21, "/w/projects/board/": 14,
    "/w/projects/funnel/": 12, "/w/needs/desk/": 13, "/w/achievements/queue/": 10, "/w/areas/": 9,
    "/w/indicators/": 9, "/w/plans/": 10, "/w/organisations/duplicates/": 9, "/w/account/": 8, "/": 21,
}  # fmt: skip
API_LIST, API_RECORD = 3, 5


@pytest.fixture
def world(ada_user: User) -> dict[str, str]:
    """A dozen of every kind, one of them with a dozen of everything that hangs on it; answers its numbers."""
    companies = [make_organisation(f"Quantum Company {n}", name_zh=f"量子公司{n}") for n in range(ROWS)]
    persons = [make_person(f"Person {n}", f"人员{n}") for n in range(ROWS)]
    shared = {"level": Level.ORGANISATION, "owner": companies[0]}
    achievements = [make_achievement(f"Quantum sensor {n}", **shared) for n in range(ROWS)]
    needs = [make_need(f"Quantum chip {n}", **shared) for n in range(ROWS)]
    projects = [make_project(f"Quantum project {n}", company=companies[n], **shared) for n in range(ROWS)]
    matches = [_match(n, needs[n], achievements[n], companies[0]) for n in range(ROWS)]
    _hang_on(projects[0], persons, companies, ada_user)
    for achievement, match in zip(achievements, matches, strict=True):
        ProjectAchievement.objects.create(project=projects[0], achievement=achievement)
        ProjectMatch.objects.create(project=projects[0], match=match)
    for n in range(ROWS):
        OrganisationName.objects.create(organisation=companies[0], name=f"A{n}", core=f"a{n}", name_kind=NameKind.ALIAS)
    for record in (*companies, *achievements, *needs, *projects):
        index_words(record)
    ledger.keep_up(at=NOON)
    return {
        "organisations": companies[0].number, "persons": persons[0].number, "achievements": achievements[0].number,
        "needs": needs[0].number, "matches": matches[0].number, "projects": projects[0].number,
    }  # fmt: skip


def _match(n: int, need: object, achievement: Achievement, owner: Organisation) -> Match:
    return Match.objects.create(
        number=f"MAT-2026-{n:04d}", level=Level.ORGANISATION, owner=owner, need=need, achievement=achievement,
        market=Market.TECHNOLOGY, created_at=NOON, updated_at=NOON, state_at=NOON,
    )  # fmt: skip


def _hang_on(project: Project, persons: list, companies: list, officer: User) -> None:
    for n in range(ROWS):
        contract = Contract.objects.create(
            number=f"CON-2026-{n:04d}", project=project, contract_kind=next(iter(ContractKind)), title="Licence",
            seller=companies[n], buyer=companies[n - 1], value_total=2, value_technical=1, created_at=NOON,
            updated_at=NOON,
        )  # fmt: skip
        Member.objects.create(project=project, person=persons[n], role="engineer")
        Milestone.objects.create(project=project, contract=contract, name=f"Step {n}", due_on=NOON.date())
        Interaction.objects.create(project=project, on=NOON.date(), interaction_kind="call", note="x", noted_by=officer)
        day = NOON.date() + timedelta(days=n)
        Visit.objects.create(project=project, label="month_3", due_on=day, visited_by=officer)
        journal.note("project.edited", project, by=reader_of(officer, NOON), at=NOON)


@pytest.fixture
def browser(ada_user: User, sign_in: Callable[[User], Client]) -> Client:
    return sign_in(ada_user)


def test_a_list_asks_no_more_for_many_rows(world: dict, browser: Client) -> None:
    for section, at_most in LISTS.items():
        with queries(at_most=at_most):
            answer = browser.get(f"/w/{section}/")
        assert answer.content.decode().count('class="cell-main"') == ROWS, section


def test_a_record_asks_no_more_for_all_that_hangs_on_it(world: dict, browser: Client) -> None:
    for section, at_most in RECORDS.items():
        with queries(at_most=at_most):
            answer = browser.get(f"/w/{section}/{world[section]}/")
        assert answer.status_code == 200, section
        assert world[section] in answer.content.decode()


def test_a_page_over_many_records_asks_a_bounded_number(world: dict, browser: Client) -> None:
    for address, at_most in OTHERS.items():
        with queries(at_most=at_most):
            answer = browser.get(address)
        assert answer.status_code == 200, address


def test_the_api_asks_a_handful_for_a_list_and_for_a_record(world: dict, ada_user: User) -> None:
    program = Caller(ada_user)
    for section in LISTS:
        with queries(at_most=API_LIST):
            listed = program.get(section).json()
        assert len(listed["items"]) == ROWS, section
        with queries(at_most=API_RECORD):
            shown = program.get(f"{section}/{world[section]}").json()
        assert shown["number"] == world[section]
