"""The thread from an inventor's disclosure to a counted company, walked by people in a real browser."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from playwright.sync_api import Page

from grandunion.adapters.index import KINDS
from grandunion.terms.identifiers import credit_check
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.work.actions.parties import organisations, persons
from tests.cast import make_user
from tests.journeys.ground import ROOT
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TITLE = "Fibre sensor for micro-vibration"
CODE = "91340100MA8Q7XW15"
PHONE = "0551-1234567"
GUIDE = ROOT / "docs" / "guide" / "journey.md"
LINE = re.compile(r"^\| `(\w+)` \|.*\| (\d+) \|$", re.M)


@pytest.fixture
def hub(live_server, clock, loaded):
    """The loaded hub with the story's people; what the flush of the tables forgets is emptied by hand."""
    by, at = house(clock.now()), clock.now()
    university = organisations.create(
        {"organisation_kind": OrganisationKind.UNIVERSITY, "name_zh": "巢湖光学大学",
         "name_en": "Chaohu University of Optics"}, by=by, at=at,
    )  # fmt: skip
    company = organisations.create(
        {"organisation_kind": OrganisationKind.ENTERPRISE, "name_zh": "博机器人有限公司", "name_en": "Bo Robotics"},
        by=by, at=at,
    )  # fmt: skip
    person = persons.create({"name_zh": "陈佳", "name_en": "Chen Jia"}, by=by, at=at)
    make_user("ada@story.example", Role.OFFICER)
    make_user("planner@story.example", Role.PLANNER)
    make_user("chen@story.example", Role.INVENTOR, university, person=person)
    make_user("office@story.example", Role.UNIVERSITY, university)
    make_user("bo@story.example", Role.ENTERPRISE, company)
    make_user("first@story.example", Role.INVESTOR)
    make_user("second@story.example", Role.INVESTOR)
    yield university, company
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM search_{kind}")  # noqa: S608 - names out of a constant tuple


@pytest.fixture
def come(open_page: Callable[..., Page], hub) -> Callable[[str], Walker]:
    """Somebody of the story at the screen, signed in once and for all."""
    here: dict[str, Walker] = {}

    def arrive(who: str) -> Walker:
        if who not in here:
            here[who] = Walker(open_page())
            here[who].sign_in(f"{who}@story.example")
        return here[who]

    arrive.all = here
    return arrive


def disclose(chen):
    """The inventor discloses in four saved steps and hands it in."""
    chen.follow("Disclose an achievement")
    chen.fill(
        title_zh="微振动光纤传感器", title_en=TITLE, keywords="光纤, 传感器, 机器人, vibration, robot joint",
        abstract_public_zh="用于机器人关节的光纤微振动传感，抗电磁干扰。",
        abstract_public_en="Senses micro-vibration in robot joints by optical fibre, immune to interference.",
    )  # fmt: skip
    chen.press("Save and go on")
    chen.fill(is_own_confirmed=True)
    chen.press("Save and go on")
    chen.fill(prior_publication="none")
    chen.press("Save and go on")
    chen.press("Save and finish")
    chen.move("submit")
    assert chen.state() == "Disclosed"
    return chen.number()


def evaluate(ada, come):
    """The office screens, asks two reviewers, waits for both, and takes the achievement into the library."""
    ada.section("Today")
    ada.follow(TITLE)
    ada.move("screen")
    ada.move("begin_evaluation")
    for reviewer in ("first", "second"):
        ada.fill(reviewer=f"{reviewer}@story.example")
        ada.press("Ask a reviewer")
        ada.sees_no_complaint()
    ada.click(ada.page.locator("#maturity").get_by_role("link", name="Add", exact=True))
    ada.fill(level="5", evidence="Tested for 1,000 hours on a robot joint.")
    ada.press("Add evidence of maturity")
    for reviewer in ("first", "second"):
        review(come(reviewer))
    ada.page.reload()
    ada.move("conclude_evaluation")
    ada.move("take_in", reason="Two sound reviews, TRL 5.")
    assert ada.state() == "In the library"


def review(reviewer):
    """A reviewer finds what was asked, declares no conflict, and gives an opinion."""
    reviewer.section("Achievements")
    reviewer.follow(TITLE)
    reviewer.follow("Write the review")
    reviewer.fill(conflict="no", market="8", novelty="9", team="7", fit="8", recommendation="yes", comment="Sound.")
    reviewer.press("Hand in the review")
    reviewer.sees("handed in")


def release(office, visitor, clock, company):
    """Rights are settled and stand in public notice, which anybody reads; after its days they are free."""
    office.section("Achievements")
    office.follow(TITLE)
    office.follow("Begin the rights case")
    office.fill(scheme="transfer", acceptor=company.number, opinion="All inventors agree.", price_method="negotiated",
                price="2000000", inventor_share_percent="80")  # fmt: skip
    office.press("Begin the rights case")
    office.move("submit")
    office.move("pass_unit")
    office.follow("Give public notice")
    office.fill(objections_to="Room 12")
    office.press("Give public notice")
    assert office.state() == "In public notice"
    office.sees("The public notice is still running")
    visitor.go("/news/")
    visitor.follow(TITLE)
    visitor.sees("2,000,000", "Room 12")
    clock.pass_days(16)
    office.page.reload()
    office.move("approve")
    office.move("sign", agreement="Agreement 7, safe 3")
    assert office.state() == "Free to transfer"


def introduce(ada, bo, office):
    """The enterprise states its need; the officer sees candidates with reasons; both accept; contacts open."""
    bo.section("Today")
    bo.follow("State a need")
    bo.fill(contact_phone=PHONE, title="Micro-vibration of robot joints", category="technology",
            text="We need a vibration sensor for robot joints that no interference disturbs.")  # fmt: skip
    bo.press("State a need")
    need = bo.number()
    ada.find("robot joints", "Micro-vibration of robot joints")
    ada.follow("Find candidates")
    first = ada.page.locator("article").first
    assert TITLE in first.inner_text()
    ada.click(first.get_by_role("button", name="Ask both sides"))
    ada.click(ada.page.locator("aside a[href*='/w/matches/MAT-']").first)
    match = ada.number()
    for side in (bo, office):
        side.section("Today")
        side.click(
            side.page.locator("main").get_by_role("link").filter(has_text="Micro-vibration of robot joints").first
        )
        if side is bo:
            side.page.goto(f"/w/matches/{match}/")
        else:
            side.sees_not(PHONE)
        side.press("Accept")
    ada.page.reload()
    ada.press("Introduce")
    office.page.reload()
    office.sees(PHONE)
    return need, match


def contract(ada, achievement, match, hub, clock):
    """The project goes through proof of concept, contract and registration."""
    ada.find(achievement, TITLE)
    ada.follow("Open a project for it")
    ada.fill(route="start_up")
    ada.press("Open a project")
    for code in ("contact", "verify", "begin_triage", "investigate"):
        ada.move(code)
    ada.move("begin_poc", technical_question="Does it last 5,000 hours?", scene_question="On a real robot?")
    ada.move("end_poc", result="go", finding="5,200 hours without a fault.")
    ada.move("pass_evaluation")
    ada.follow("Edit")
    ada.fill(market_note="Robot makers, CNY 400 million.", conflict_check="None found.")
    ada.press("Save")
    ada.move("finish_profile")
    ada.move("begin_matching")
    ada.follow("Link a match")
    ada.fill(number=match)
    ada.press("Link a match")
    assert ada.state() == "Introduced"
    ada.move("negotiate")
    here = ada.page.url
    ada.click(ada.page.locator("#contracts").get_by_role("link", name="Add", exact=True))
    today = clock.now().date()
    ada.fill(title="Transfer of the fibre sensor", contract_kind="transfer", seller=hub[0].number,
             buyer=hub[1].number, value_total="2000000", deductions="Test bench 200000", effective_from=f"{today}",
             last_day=f"{today.year + 2}-06-30")  # fmt: skip
    ada.press("Save")
    ada.sees("1,800,000.00")
    ada.move("sign")
    ada.move("submit")
    ada.move("register", registration_no="2026340100001")
    ada.go(here)
    assert ada.state() == "Contract registered"


def land(ada):
    """The team becomes a company and lands in an area."""
    ada.move("register_company", credit_code=CODE + credit_check(CODE), name_zh="合肥微振传感科技有限公司",
             name_en="Weizhen Sensing", registered_capital="5000000")  # fmt: skip
    ada.move("assign_space", area_code="high_tech", space_agreement="Lease 12", building="A3")
    ada.move("record_funding", first_funding="3000000")
    ada.move("land")
    assert ada.state() == "Landed"
    ada.sees("Weizhen Sensing", "High-tech Area")


def figure(planner):
    """The figure as the planning officer reads it."""
    planner.section("Indicators")
    planner.click(
        planner.page.locator("article").filter(has_text="Technology enterprises landed").get_by_role("link").first
    )
    return int(planner.page.locator(".figure-value").inner_text().split()[0])


def follow_up(ada, clock):
    """The three-month visit is made; three months later the six-month visit is due on the first page."""
    for days, name in ((93, "Three-month visit"), (92, "Six-month visit")):
        clock.pass_days(days)
        ada.section("Today")
        due = ada.page.locator("main section").filter(has_text="Follow-up visits").last
        assert f"{name}, due" in due.inner_text()
        ada.click(due.get_by_role("link", name=TITLE))
        ada.click(ada.page.locator("#visits tr").filter(has_text=name).get_by_role("link", name="Log the visit"))
        ada.fill(staff_count="12", revenue="800000", rd_spending="500000")
        ada.click(ada.page.locator("main form button.button-primary"))
        ada.sees_no_complaint()
    assert ada.state() == "Six-month visit"


def test_a_disclosure_becomes_a_company_that_the_plan_counts(come, hub, open_page, clock):
    achievement = disclose(come("chen"))
    ada = come("ada")
    evaluate(ada, come)
    visitor = Walker(open_page())
    release(come("office"), visitor, clock, hub[1])
    _, match = introduce(ada, come("bo"), come("office"))
    contract(ada, achievement, match, hub, clock)
    planner = come("planner")
    before = figure(planner)
    land(ada)
    assert figure(planner) == before + 1
    planner.follow("Open the records behind it")
    planner.follow("Weizhen Sensing")
    planner.sees("High-tech Area")
    follow_up(ada, clock)
    clicks = {who: walker.clicks for who, walker in come.all.items()} | {"visitor": visitor.clicks}
    recorded = {who: int(count) for who, count in LINE.findall(GUIDE.read_text("utf-8"))}
    assert sum(len(walker.seen) for walker in come.all.values()) > 40
    assert clicks == recorded, f"docs/guide/journey.md counts otherwise: {clicks}"
