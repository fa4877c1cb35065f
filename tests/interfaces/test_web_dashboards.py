"""The pages of dashboards: opened by their roles, in few questions, kept and mailed by clicks, as known then."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from grandunion.records.lists import Setting, Term
from grandunion.records.parties import User
from grandunion.records.plans import KeptView
from grandunion.records.projects import Project
from grandunion.terms.roles import Role
from tests.cast import make_user
from tests.figures import make_indicator, recounted
from tests.lasting import lasting
from tests.work.test_dashboards import row_of
from tests.work.test_plans import landings

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]
CODES = ["projects_landed"]
BLOCKS = [
    {"chart": "figures", "indicators": CODES, "cut": "none"}, {"chart": "columns", "indicators": CODES, "cut": "month"},
    {"chart": "lines", "indicators": CODES, "cut": "year"}, {"chart": "bars", "indicators": CODES, "cut": "area"},
    {"chart": "bars", "indicators": CODES, "cut": "university"}, {"chart": "bars", "indicators": CODES, "cut": "field"},
    {"chart": "places", "indicators": CODES, "cut": "area"}, {"chart": "funnel", "indicators": [], "cut": "none"},
]  # fmt: skip
PAGES = ("/w/dashboards/all/", "/w/dashboards/planner/", "/w/dashboards/planner/?as_of=2026-03-31",
         "/w/dashboards/planner/?as_of=2026-03-31&known=today", "/w/dashboards/planner/?area=core",
         "/w/dashboards/funnel/", "/w/dashboards/funnel/landed/", "/w/dashboards/map/",
         "/w/dashboards/map/?indicator=projects_landed",
         "/w/dashboards/records/projects_landed/?area=core&known_on=2026-03-31", "/w/dashboards/views/new/",
         "/w/dashboards/records/projects_landed/?month=2026-03",
         "/w/dashboards/planner/follow/")  # fmt: skip


@pytest.fixture(scope="module")
def boards(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A dashboard with every kind of chart, and six projects that landed."""
    with lasting(django_db_blocker, _lay_out):
        yield


def _lay_out() -> None:
    Setting.objects.create(
        key="views", value=[row_of("planner", ["planner"], BLOCKS), row_of("city", ["bureau"], BLOCKS)]
    )
    core = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")
    make_indicator("projects_landed", unit_en="projects")
    landings(6)
    today = timezone.localdate()
    Project.objects.unscoped("the test's own projects").update(landed_on=today.replace(day=1), area=core)
    recounted()


@pytest.fixture
def planner(db: None, sign_in: SignIn) -> Client:
    client = sign_in(make_user("planner@hub.example", Role.PLANNER))
    client.cookies["language"] = "en"
    return client


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_in_both_languages(address: str, language: str, planner: Client, boards: None) -> None:
    planner.cookies["language"] = language
    answer = planner.get(address)
    assert answer.status_code == 200
    assert answer.content.decode().count("<h1") == 1


def test_a_dashboard_of_eight_charts_is_under_ten_questions(planner: Client, boards: None, queries: Callable) -> None:
    planner.get("/w/dashboards/planner/")
    with queries(at_most=9):
        answer = planner.get("/w/dashboards/planner/")
    text = answer.content.decode()
    assert text.count('<svg class="chart"') == 7
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_the_first_address_leads_to_the_dashboard_of_the_role(planner: Client, boards: None) -> None:
    assert planner.get("/w/dashboards/")["Location"] == "/w/dashboards/planner/"


def test_every_bar_leads_to_the_records_of_its_area_month_and_step(planner: Client, boards: None) -> None:
    text = planner.get("/w/dashboards/planner/").content.decode()
    today = timezone.localdate().isoformat()
    assert f'href="/w/dashboards/records/projects_landed/?as_of={today}&amp;area=core"' in text
    assert 'href="/w/dashboards/funnel/landed/"' in text
    for address in set(re.findall(r'href="(/w/(?:indicators|dashboards)/[^"#]+)"', text)):
        assert planner.get(address.replace("&amp;", "&")).status_code == 200, address


def test_a_dashboard_of_another_role_and_a_day_to_come_are_refused(planner: Client, boards: None) -> None:
    assert planner.get("/w/dashboards/city/").status_code == 404
    assert planner.get("/w/dashboards/nothing/").status_code == 404
    assert planner.get("/w/dashboards/funnel/lost/").status_code == 404
    assert planner.get("/w/dashboards/planner/?as_of=2999-01-01").status_code == 422
    assert planner.get("/w/dashboards/planner/?as_of=xx").status_code == 422
    assert planner.get("/w/dashboards/planner/?area=nowhere").status_code == 422


def test_a_bureau_gets_no_small_number_and_no_links_to_more(sign_in: SignIn, boards: None) -> None:
    client = sign_in(make_user("bureau@city.example", Role.BUREAU))
    own = Project.objects.unscoped("the test's own projects")
    own.filter(pk__in=[row.pk for row in own.order_by("pk")[4:]]).update(landed_on=None)
    recounted()
    text = client.get("/w/dashboards/city/").content.decode()
    assert "&lt;5" in text
    assert re.search(r">4</", text) is None


def test_a_dashboard_is_followed_in_one_form_and_its_mail_ended_in_one_click(planner: Client, boards: None) -> None:
    page = planner.get("/w/dashboards/planner/follow/?area=core").content.decode()
    assert '<option value="core" selected' in page
    kept = planner.post("/w/dashboards/planner/follow/", {"name": "Mine", "area": "core", "submission": "one"})
    (view,) = KeptView.objects.unscoped("the test reads what was kept")
    assert kept["Location"] == f"/w/dashboards/views/{view.pk}/"
    assert (view.dashboard, view.area.code, view.is_mailed) == ("planner", "core", True)
    assert "Core Area" in planner.get(kept["Location"]).content.decode()
    planner.post(f"/w/dashboards/views/{view.pk}/mail/")
    view.refresh_from_db(from_queryset=KeptView.objects.unscoped("the test reads it again"))
    assert not view.is_mailed


def test_a_view_of_own_indicators_is_made_changed_and_removed(planner: Client, boards: None) -> None:
    empty = planner.post("/w/dashboards/views/new/", {"name": "Mine", "cut": "area", "submission": "a"})
    assert empty.status_code == 422
    made = planner.post("/w/dashboards/views/new/", {
        "name": "Mine", "cut": "area", "indicators": CODES, "submission": "a"})["Location"]  # fmt: skip
    assert planner.get(made).content.decode().count('<svg class="chart"') == 1
    changed = planner.post(f"{made}edit/", {"name": "Ours", "cut": "none", "indicators": CODES, "version": "1"})
    assert changed["Location"] == made
    assert "Ours" in planner.get("/w/dashboards/all/").content.decode()
    assert planner.post(f"{made}edit/", {"name": "Late", "cut": "none", "indicators": CODES,
                                         "version": "1"}).status_code == 409  # fmt: skip
    planner.post(f"{made}remove/")
    assert planner.get(made).status_code == 404


def test_somebody_elses_view_is_absent(planner: Client, boards: None, sign_in: SignIn) -> None:
    made = planner.post("/w/dashboards/views/new/", {
        "name": "Mine", "cut": "none", "indicators": CODES, "submission": "a"})["Location"]  # fmt: skip
    other = sign_in(make_user("other@hub.example", Role.PLANNER))
    assert other.get(made).status_code == 404
    for deed in ("edit/", "mail/", "remove/"):
        assert other.post(f"{made}{deed}").status_code == 404


def test_a_visitor_signs_in_first(client: Client) -> None:
    for address in PAGES:
        assert client.get(address)["Location"].startswith("/accounts/login/?next=")
