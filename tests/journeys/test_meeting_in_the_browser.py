"""A meeting from its plan to the next one, walked by its secretary in a real browser in both languages."""

from collections.abc import Callable
from itertools import product

import pytest
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Page

from grandunion.adapters.index import KINDS
from grandunion.records.events import Registration
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import house
from grandunion.terms.roles import Role
from grandunion.work.actions.parties import organisations
from grandunion.work.queries.events import tickets
from tests.cast import PASSWORD, make_user
from tests.journeys import ground
from tests.journeys.walking import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CLICKS = {"plan and invite": 7, "minutes": 1, "next meeting": 3}  # of the secretary, at most


@pytest.fixture
def hub(live_server, clock, db):
    """The pack, an enterprise, two officers; what the flush of the tables forgets is emptied by hand."""
    ground.command("pack", "load", str(ground.ROOT / "packs" / "hefei"))
    by, at = house(clock.now()), clock.now()
    company = organisations.create(
        {"organisation_kind": OrganisationKind.ENTERPRISE, "name_zh": "博机器人有限公司", "name_en": "Bo Robotics"},
        by=by, at=at,
    )  # fmt: skip
    make_user("ada@story.example", Role.OFFICER)
    make_user("ben@story.example", Role.OFFICER)
    make_user("bo@story.example", Role.ENTERPRISE, company)
    yield company
    with connection.cursor() as cursor:
        for kind in KINDS:
            cursor.execute(f"DELETE FROM search_{kind}")  # noqa: S608 - names out of a constant tuple


class Guest(Walker):
    """Somebody at the screen in either language: what is clicked is named by where it leads."""

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        page.set_default_timeout(60_000)

    def sign_in(self, email: str) -> None:
        self.go("/accounts/login/")
        self.fill(login=email, password=PASSWORD)
        self.page.locator("form:has(input[name=login]) button").first.click()
        self.page.wait_for_url("**/w/")

    def to(self, ending: str) -> None:
        """A link of the page by the end of its address."""
        self.click(self.page.locator(f"main a[href$='{ending}']").first)

    def menu(self, section: str) -> None:
        self.click(self.page.locator(f"#menu a[href='{section}']"))

    def send(self) -> None:
        """The form's own button."""
        self.click(self.page.locator("main form.form button.button-primary").first)
        self.sees_no_complaint()

    def deed(self, ending: str) -> None:
        """A button by where its form goes."""
        self.click(self.page.locator(f"main form[action$='{ending}'] button").first)
        self.sees_no_complaint()

    def types(self, *keys: str) -> None:
        """Keys one after the other; a word of several letters that names no key is written."""
        for key in keys:
            named = len(key) == 1 or key in ("Tab", "Escape", "Control+Enter")
            (self.page.keyboard.press if named else self.page.keyboard.type)(key)

    def enters(self) -> None:
        """The line that was typed goes in; the page comes anew."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Control+Enter")
        self.sees_no_complaint()


@pytest.fixture
def come(open_page: Callable[..., Page], hub) -> Callable[[str, str], Guest]:
    def arrive(who: str, locale: str) -> Guest:
        made = Guest(open_page(locale=locale))
        made.sign_in(f"{who}@story.example")
        return made

    return arrive


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_secretary_holds_a_meeting_and_follows_it_up(come, clock, hub, locale):
    ada, bo = come("ada", locale), come("bo", locale)
    place = plan_and_invite(ada, hub, clock)
    assert ada.clicks <= CLICKS["plan and invite"], ada.clicks
    code = accept(bo, place)
    clock.pass_days(8)
    open_the_door(ada, place, code)
    began = ada.clicks
    write_minutes(ada)
    assert ada.clicks - began <= CLICKS["minutes"], ada.clicks - began
    confirm(come("ben", locale), place)
    began = ada.clicks
    follow_up(ada, place, clock)
    assert ada.clicks - began <= CLICKS["next meeting"], ada.clicks - began


def plan_and_invite(ada, company, clock):
    """Four fields make an event; one line invites; the list is closed to others."""
    ada.menu("/w/events/")
    ada.to("/w/events/new/")
    ada.fill(title_zh="产业链座谈会", title_en="Meeting on the industrial chain", place_zh="创谷", place_en="Hall",
             starts_at=_in_days(clock, 7))  # fmt: skip
    ada.send()
    place = ada.page.url
    ada.to("/invite/")
    ada.fill(who=company.number)
    ada.send()
    ada.go(place)
    ada.move("close_list")
    return place


def _in_days(clock, days):
    clock.pass_days(days)
    at = timezone.localtime(clock.now()).strftime("%Y-%m-%dT%H:%M")
    clock.pass_days(-days)
    return at


def accept(bo, place):
    """The enterprise says who comes, and holds the ticket."""
    bo.menu("/w/events/")
    bo.to(place.rstrip("/").rpartition("/")[2] + "/")
    bo.to("/accept/")
    bo.fill(name="王博")
    bo.send()
    bo.to("/ticket/")
    assert bo.page.locator(".ticket-code svg").count() == 1
    row = Registration.objects.unscoped("a test shows the ticket's code to a scanner").get()
    return tickets.code_of(row)


def open_the_door(ada, place, code):
    """A scanner types the code; then the meeting is over."""
    ada.go(f"{place}door/")
    ada.page.keyboard.type(code)
    with ada.page.expect_navigation():
        ada.page.keyboard.press("Enter")
    ada.sees("王博")
    assert ada.page.locator("main .door-figures b").inner_text() == "1"
    ada.go(place)
    ada.deed("/moves/hold/")
    assert ada.page.url.endswith("/minutes/")


def write_minutes(ada):
    """Each line by keyboard alone: the kind's letter, who, what; n and a turn what was said into what follows."""
    ada.types("d", "博机器人有限公司", "Tab", "Tab", "Tab", "缺少链主企业配套")
    ada.enters()
    ada.types("c", "Tab", "Tab", "Tab", "本月组织一次供需对接")
    ada.enters()
    ada.types("p", "Tab", "Tab", "Tab", "Output doubled this year")
    ada.enters()
    for key in "na":
        ada.types("Escape")
        with ada.page.expect_navigation():
            ada.types(key)
        ada.sees_no_complaint()
    ada.sees("NED-", "ACT-")
    assert ada.page.locator("[data-key]").count() == 0


def confirm(ben, place):
    """A second officer reads the minutes, confirms, and both kinds of paper come in both languages."""
    ben.go(f"{place}minutes/")
    for kind, language in product(("docx", "pdf"), ("zh", "en")):
        answer = ben.page.request.get(f"{place}minutes/file/?format={kind}&language={language}")
        assert answer.ok
        assert len(answer.body()) > 5000
    ben.move("confirm")
    assert ben.page.url.endswith("/follow-up/")
    ben.sees("NED-", "ACT-")
    ben.move("track")


def follow_up(ada, place, clock):
    """Thirty-five days later the promise is overdue, and the next meeting opens with it."""
    clock.pass_days(35)
    ada.go(f"{place}follow-up/")
    assert ada.page.locator("main .notice-ok").count() == 1
    assert ada.page.locator("main tbody tr").count() == 2
    assert ada.page.locator("main .overdue").count() >= 2
    ada.to(f"?follows={place.rstrip('/').rpartition('/')[2]}")
    ada.send()
    ada.sees("NED-", "ACT-")
    assert ada.page.locator("main tbody tr").count() == 2
