"""A difficulty from the team that has it to its end, walked by team, officer and enterprise in a real browser."""

import re
from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Page

from grandunion.adapters.index import KINDS
from grandunion.records.needs import Assignment, Need
from grandunion.terms.needs import NeedState
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.work.actions.parties import organisations
from tests.cast import PASSWORD, make_user
from tests.journeys import ground
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MOST = 12  # clicks and choices of the officer, from the arrival to the end
PATIENCE = 2500  # milliseconds a person needs at least for a public form
SAID = {
    "zh-CN": {"next": "服务台将审阅并与您联系", "turn": "等待您回复我们的问题", "closed": "已办结",
              "taken": "服务台将重新办理"},
    "en-GB": {"next": "The desk reads it", "turn": "We wait for your answer", "closed": "It is closed",
              "taken": "takes it up again"},
}  # fmt: skip


@pytest.fixture
def hub(live_server, clock, db):
    """The pack, an enterprise, an officer; what the flush of the tables forgets is emptied by hand."""
    cache.clear()
    ground.command("pack", "load", str(ground.ROOT / "packs" / "hefei"))
    by, at = house(clock.now()), clock.now()
    company = organisations.create(
        {"organisation_kind": OrganisationKind.ENTERPRISE, "name_zh": "博机器人有限公司", "name_en": "Bo Robotics"},
        by=by, at=at,
    )  # fmt: skip
    make_user("ada@story.example", Role.OFFICER)
    make_user("bo@story.example", Role.ENTERPRISE, company)
    yield company
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM search_{kind}")  # noqa: S608 - names out of a constant tuple


class Guest(Walker):
    """Somebody at the screen in either language; what is chosen in a list counts as a click too."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        page.set_default_timeout(20_000)

    def sign_in(self, email: str) -> None:
        self.go("/accounts/login/")
        self.fill(login=email, password=PASSWORD)
        self.page.locator("form:has(input[name=login]) button").first.click()
        self.page.wait_for_url("**/w/")
        self.clicks = 0

    def fill(self, within: str = "main", **values: object) -> None:
        super().fill(within, **values)
        self.clicks += sum(self._is_choice(within, name) for name in values)

    def _is_choice(self, within: str, name: str) -> bool:
        field = self.page.locator(f"{within} [name='{name}']")
        return field.count() == 1 and field.evaluate("one => one.tagName") == "SELECT"

    def send(self, within: str = "main form.form") -> None:
        """The form's own button."""
        self.click(self.page.locator(f"{within} button.button-primary").first)
        self.sees_no_complaint()


@pytest.fixture
def come(open_page: Callable[..., Page], hub) -> Callable[..., Guest]:
    def arrive(locale: str, who: str = "") -> Guest:
        made = Guest(open_page(locale=locale))
        if who:
            made.sign_in(f"{who}@story.example")
        return made

    return arrive


def the_need() -> Need:
    return Need.objects.unscoped("the story has one need at a time").latest("pk")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_team_without_a_company_is_helped_and_says_so(come, locale):
    team, ada, said = come(locale), come(locale, "ada"), SAID[locale]
    place = ask(team)
    team.sees(said["next"])
    handle(ada, team, place, said)
    assert the_need().state == NeedState.CLOSED_SOLVED
    assert ada.clicks <= MOST, ada.clicks
    team.go(place)
    team.sees(said["closed"])
    team.sees_not("Ada")


def ask(team):
    """Three saved steps; the subject asks what it needs while it is chosen."""
    team.go("/ask/")
    team.fill(contact_name="Dee", contact_phone="13800000000", applicant_type="pre_company_team", is_agreed=True)
    team.page.wait_for_timeout(PATIENCE)
    team.send()
    team.fill(applicant_name="金刚石磁力计团队")
    team.send()
    team.fill(
        category="premises", title="需要洁净实验室", text="中试需要 200 平方米洁净间。", subject="premises_laboratory"
    )
    asked = team.page.locator("#asked-of-subject [name='details.area_m2']")
    asked.wait_for()
    asked.fill("200")
    team.page.locator("#asked-of-subject [name='details.hazards']").select_option("0")
    team.send()
    assert re.search(r"/track/[\w-]+/$", team.page.url), team.page.url
    return team.page.url


def handle(ada, team, place, said):
    """From the officer's first page: read, ask, answer, call back, close."""
    need = the_need()
    assert need.details == {"area_m2": "200", "hazards": False}
    ada.go("/w/")
    ada.click(ada.page.locator(f"main a[href='/w/needs/{need.number}/']").first)
    ada.move("answer", answer="创谷三号楼有 240 平方米洁净间，可于下月入驻。")
    team.go(place)
    team.sees("创谷三号楼")
    team.fill("#rate", score="5", was_contacted="1", was_useful="1")
    team.send("#rate")
    ada.go(f"/w/needs/{need.number}/")
    ada.clicks += 1
    ada.move("call_back", callback_result="satisfied")
    ada.move("close_solved", outcome="support_found")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_an_enterprise_answers_a_question_and_has_its_need_taken_up_again(come, locale):
    bo, ada, said = come(locale, "bo"), come(locale, "ada"), SAID[locale]
    bo.go("/w/needs/new/")
    bo.fill(title="招聘两名算法工程师", text="需要两名。", category="talent", contact_phone="13800000001")
    bo.send()
    need, place = the_need(), bo.page.url
    bo.sees(said["next"])
    ada.go(f"/w/needs/{need.number}/ask/")
    ada.fill(text="希望何时到岗？")
    ada.send()
    bo.go(place)
    bo.sees(said["turn"], "希望何时到岗？")
    bo.go(f"{place}reply/")
    bo.fill(text="三月")
    bo.send()
    ada.go(place)
    ada.move("answer", answer="已转人才市场。")
    bo.go(place)
    bo.move("rate", satisfaction_score="1")
    bo.move("reopen", satisfaction_score="1", reason="没有人联系")
    bo.sees(said["taken"])
    assert the_need().state == NeedState.REOPENED


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_need_is_dispatched_answered_and_closed_in_few_clicks_and_the_next_one_follows(come, hub, locale):
    bo, ada = come(locale, "bo"), come(locale, "ada")
    for title in ("设备融资租赁", "另一项待办"):
        bo.go("/w/needs/new/")
        bo.fill(title=title, text="购置两台设备。", category="other", contact_phone="13800000001")
        bo.send()
    first, second = Need.objects.unscoped("the story has two needs").order_by("pk")
    place = f"/w/needs/{first.number}/"
    ada.go("/w/")
    ada.click(ada.page.locator(f"main a[href='{place}']").first)
    ada.move("begin_triage")
    ada.move("dispatch")  # whom the rules are sure of is chosen already
    row = asked_for(first)
    make_user("pia@story.example", Role.PARTNER, row.organisation)
    pia = come(locale, "pia")
    pia.go("/w/")
    pia.click(pia.page.locator(f"main a[href='{place}']").first)
    pia.move(f"help-{row.pk}", answer="可办理融资租赁，请联系客户经理。")
    bo.go(place)
    bo.move("rate", satisfaction_score="5")
    ada.go(place)
    ada.clicks += 1
    ada.move("call_back", callback_result="satisfied")
    ada.move("close_solved", outcome="support_found")
    assert the_need_of(first).state == NeedState.CLOSED_SOLVED
    assert ada.clicks <= MOST, ada.clicks
    ada.page.keyboard.press("l")
    ada.page.wait_for_url(f"**/w/needs/{second.number}/")


def asked_for(need):
    rows = Assignment.objects.unscoped("the story looks whom it was given to").select_related("organisation")
    return rows.get(need=need)


def the_need_of(need):
    return Need.objects.unscoped("the story looks how it ended").get(pk=need.pk)
