"""A scenario from the owner's first word to the accepted trial, walked in a real browser in both languages."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page

from grandunion.adapters.index import KINDS
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.work.actions import scenarios as challenges
from grandunion.work.actions.parties import organisations
from grandunion.work.actions.scenarios.due import run_due
from grandunion.work.queries import scenarios
from tests.cast import make_user
from tests.journeys import ground
from tests.journeys.test_meeting_in_the_browser import Guest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLICKS = {"state and refine": 4, "select and begin": 5, "measure and accept": 4}  # of the scenario owner, at most
ASKED = {"invite": 1, "propose": 3, "agree": 2}  # of the officer, the supplier and the unit, at most
WORDS = {
    "zh-CN": {"title": "公交专用道违停识别", "pain": "专用道常被占用。", "wanted": "识别准确率 ≥ 95 % | 第三方检测",
              "site": "四号线", "met": "达标", "accepted": "已验收", "kept": "保存"},
    "en-GB": {"title": "Cars parked on bus lanes", "pain": "Lanes are blocked.", "wanted": "Accuracy ≥ 95 % | a test",
              "site": "Lane four", "met": "Met", "accepted": "Trial accepted", "kept": "saved"},
}  # fmt: skip
PAGE = {"heading": "A camera on the bus", "solution": "We look ahead.", "rationale": "It runs elsewhere.",
        "plan": "Four weeks.", "trl": 8, "price": "180000"}  # fmt: skip


@pytest.fixture
def hub(live_server, clock, db):
    """The pack, a demand unit, a supplier, two officers; what the flush of the tables forgets is emptied by hand."""
    ground.command("pack", "load", str(ground.ROOT / "packs" / "hefei"))
    by, at = house(clock.now()), clock.now()
    for name, zh, who in (("City Bus", "市公交集团", "una"), ("Bo Robotics", "博机器人有限公司", "bo")):
        made = organisations.create(
            {"organisation_kind": OrganisationKind.ENTERPRISE, "name_zh": zh, "name_en": name}, by=by, at=at
        )
        make_user(f"{who}@story.example", Role.ENTERPRISE, made)
    make_user("ada@story.example", Role.OFFICER)
    yield
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM search_{kind}")  # noqa: S608 - names out of a constant tuple


@pytest.fixture
def come(open_page: Callable[..., Page], hub) -> Callable[[str, str], Guest]:
    def arrive(who: str, locale: str) -> Guest:
        made = Guest(open_page(locale=locale))
        made.sign_in(f"{who}@story.example")
        return made

    return arrive


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_scenario_owner_finds_who_solves_it_and_learns_what_the_trial_showed(come, clock, locale, tmp_path):
    words = WORDS[locale]
    una = come("una", locale)
    place = state_and_refine(una, words)
    assert una.clicks <= CLICKS["state and refine"], una.clicks
    approve_and_list(come("ada", locale), place, clock)
    propose(come("bo", locale), place, words)
    clock.pass_days(6)
    assert run_due(house(clock.now()), clock.now()) == 1  # the list closes by the clock
    began = una.clicks
    select_and_begin(una, place, words)
    assert una.clicks - began <= CLICKS["select and begin"], una.clicks - began
    began = una.clicks
    measure_and_accept(una, words, tmp_path)
    assert una.clicks - began <= CLICKS["measure and accept"], una.clicks - began
    assert una.state() == words["accepted"]


def state_and_refine(una, words):
    """One form, with what decides the trial in one line; then it is refined."""
    una.menu("/w/scenarios/")
    una.to("/w/scenarios/new/")
    una.fill(title=words["title"], pain=words["pain"], wanted=words["wanted"], domain="transport", demand_type="soe",
             safety_permit="not_needed")  # fmt: skip
    una.send()
    una.sees(words["title"], "≥ 95 %")
    una.deed("moves/refine/")
    return una.page.url


def approve_and_list(ada, place, clock):
    """Somebody else approves and puts it on the list; the public reads it."""
    ada.go(place)
    ada.move("approve")
    ada.move("publish", proposals_until=(timezone.localdate(clock.now()) + timedelta(days=5)).isoformat())
    number = ada.number()
    assert ada.page.request.get(f"/scenarios/{number}/").ok


def propose(bo, place, words):
    """The supplier comes from the public page, writes one page that is kept while typing, and hands it in."""
    bo.go(place.replace("/w/scenarios/", "/scenarios/"))
    bo.click(bo.page.locator("a[href$='/propose/']").first)
    bo.send()
    bo.fill(**PAGE)
    bo.page.locator("[data-draft-status]:not(.is-bad)").get_by_text(words["kept"]).wait_for()
    bo.click(bo.page.locator("button[value='hand_in']"))
    bo.sees_no_complaint()
    bo.sees(PAGE["solution"])


def select_and_begin(una, place, words):
    """The demand unit reads the page, selects, and says where and when it is tried."""
    una.go(place)
    una.sees(PAGE["heading"])
    number = una.page.locator("a[href*='/w/proposals/']").first.get_attribute("href").split("/")[-2]
    una.move("select", proposal=number)
    una.move("begin_trial", site=words["site"])
    una.sees(words["site"])


def measure_and_accept(una, words, folder: Path):
    """All values of a test on one page with its report; the evidence decides."""
    report = folder / "report.txt"
    report.write_text("96.2", "utf-8")
    una.to("results/")
    una.page.locator("main input[name^='value_']").first.fill("96.2")
    una.fill(measured_by="Institute")
    una.page.locator("main input[name='file']").set_input_files(str(report))
    una.send()
    una.sees(words["met"], "96.2")
    una.move("accept")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_an_invited_supplier_proposes_and_each_learns_how_the_other_is_reached_once_both_agree(come, clock, locale):
    scene, able = listed_pair(clock)
    ada, bo, una = come("ada", locale), come("bo", locale), come("una", locale)
    ada.go(f"/w/scenarios/{scene.number}/")
    began = ada.clicks
    ada.deed(f"invite/{able.number}/")
    assert ada.clicks - began <= ASKED["invite"]
    bo.go("/w/")
    began = bo.clicks
    bo.click(bo.page.locator("main a[href*='/w/matches/MAT']").first)
    bo.sees_not(scene.contact_phone)
    place = bo.page.url
    bo.deed("propose/")
    bo.fill(**PAGE)
    bo.click(bo.page.locator("button[value='hand_in']"))
    bo.sees(PAGE["solution"])
    assert bo.clicks - began <= ASKED["propose"]
    una.go("/w/")
    began = una.clicks
    una.click(una.page.locator("main a[href*='/w/matches/MAT']").first)
    una.sees_not(able.contact_phone)
    una.deed("moves/accept/")
    assert una.clicks - began <= ASKED["agree"]
    una.sees(able.contact_phone)
    bo.go(place)
    bo.sees(scene.contact_phone)


def listed_pair(clock):
    """An opportunity on the list and a capability that answers it, each with a contact."""
    who = {"by": house(clock.now()), "at": clock.now()}
    scene = challenges.create_opportunity(
        {"owner": "City Bus", "title_zh": "公交专用道违停识别", "title_en": "Cars parked on bus lanes",
         "pain_zh": "专用道常被占用，需要识别违停车辆。", "pain_en": "Cars parked on bus lanes block them.",
         "domain": "transport", "contact_phone": "0551-1110000"},
        wanted="识别准确率 ≥ 95 % | 第三方检测", **who,
    )  # fmt: skip
    for code in ("refine", "approve"):
        challenges.move_opportunity(scene, code, **who)
    challenges.publish_opportunity(scene, proposals_until=(clock.now() + timedelta(days=30)).date(), **who)
    able = challenges.create_capability(
        {"owner": "Bo Robotics", "title_zh": "违停车辆识别相机", "title_en": "A camera for cars parked on bus lanes",
         "text_zh": "车载相机识别违停车辆。", "text_en": "It sees cars parked on bus lanes.", "domain": "transport",
         "trl": 8, "contact_phone": "0551-2220000"}, **who,
    )  # fmt: skip
    challenges.verify_capability(able, note="seen at work", **who)
    return scene, challenges.publish_capability(able, **who)


def test_a_bidder_writes_a_sealed_bid_and_no_officer_finds_it(come, clock):
    ada, bo = come("ada", "en-GB"), come("bo", "zh-CN")
    ada.go("/w/challenges/new/")
    ada.fill(owner="City Bus", title="Hot coating", text="1200 degrees.", wanted="Temperature ≥ 1200 °C",
             total_budget="5000000", enterprise_share="4000000", fiscal_share="1000000", months="18",
             conditions="A pilot line.")  # fmt: skip
    ada.send()
    place, number = ada.page.url, ada.number()
    ada.move("screen")
    record = scenarios.challenge(number, house(clock.now()))
    publish(record, clock)
    bo.go(place)
    bo.to("bid/")
    bo.send()
    bo.fill(**PAGE)
    bo.click(bo.page.locator("button[value='hand_in']"))
    bo.sees(PAGE["solution"])
    own = bo.page.url
    ada.go(place)
    ada.sees("Bids are sealed")
    ada.sees_not(PAGE["heading"])
    assert ada.page.request.get(own).status == 404


def publish(record, clock):
    """A second person publishes: here the house itself."""
    from_now = clock.now()
    challenges.publish_list(record, bids_until=from_now + timedelta(days=9), by=house(from_now), at=from_now)
