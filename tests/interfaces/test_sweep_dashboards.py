"""A sweep over dashboards: no role is shown a name or a row behind a figure that it may not read, at any door."""

import io
import re
import zipfile

import pytest
from django.test import Client

from grandunion.records.lists import Setting, Term
from grandunion.records.parties import Organisation
from grandunion.records.projects import Project
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import visitor
from grandunion.terms.roles import HUB_ROLES, Role
from grandunion.terms.secrecy import Level
from grandunion.work.queries.base import visible
from grandunion.work.queries.parties import reader_of
from tests.asking import Asker
from tests.calling import Caller
from tests.cast import NOON, make_organisation, make_user
from tests.figures import make_indicator, recounted
from tests.work.test_dashboards import row_of
from tests.work.test_plans import make_project, passed

pytestmark = pytest.mark.django_db
CODES = ["projects_landed"]
CUTS = ("area", "field", "industry", "university", "partner")
MARK = re.compile(r"xq(university|project)z([a-z]+)zq")
PAGES = (
    "/w/dashboards/", "/w/dashboards/all/", "/w/dashboards/every/", "/w/dashboards/every/?as_of=2026-11-18",
    "/w/dashboards/every/?area=core", "/w/dashboards/funnel/", "/w/dashboards/map/", "/w/dashboards/every/follow/",
    "/w/indicators/projects_landed/?by=university", "/w/indicators/projects_landed/?by=partner",
    *(f"/w/dashboards/records/projects_landed/?{cut}=-{form}" for cut in CUTS for form in ("", "&format=csv")),
    *(f"/w/dashboards/records/projects_landed/?month=2026-11{form}" for form in ("", "&format=csv", "&format=xlsx")),
    *(f"/w/dashboards/funnel/{step}/{form}" for step in ("lead", "landed") for form in ("", "?format=csv")),
)  # fmt: skip


@pytest.fixture
def world(ada: object) -> dict[str, Organisation]:
    """Projects at every level, each of a university and a partner of its own level; all landed, so all are counted."""
    blocks = [{"chart": "figures", "indicators": CODES, "cut": "none"}, {"chart": "funnel", "indicators": [],
               "cut": "none"}, *({"chart": "bars", "indicators": CODES, "cut": cut} for cut in CUTS)]  # fmt: skip
    roles = list(Role.codes())
    Setting.objects.create(key="views", value=[
        row_of("every", roles, blocks), row_of("public", [], blocks, is_public=True)])  # fmt: skip
    make_indicator("projects_landed")
    core = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")
    found, stranger = {}, make_organisation("Stranger")
    for level in Level:
        one = make_organisation(f"xquniversityz{level.value}zq", OrganisationKind.UNIVERSITY, level=level)
        found[level.value] = one
        project = make_project(f"xqprojectz{level.value}zq", level=level, owner=stranger, company=stranger,
                               landed_on=NOON.date(), university=one, host_partner=one, area=core)  # fmt: skip
        passed("project", project, "lead", NOON.date(), ada)
        passed("project", project, "landed", NOON.date(), ada)
    recounted()
    return found


def marks(content: bytes) -> set[tuple[str, str]]:
    """Which marks stand in an answer; a zip is looked into."""
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return set().union(*(set(MARK.findall(archive.read(name).decode())) for name in archive.namelist()))
    return set(MARK.findall(content.decode("utf-8", "replace")))


def allowed(reader: object) -> set[tuple[str, str]]:
    """The marks of what this reader may see."""
    universities = visible(Organisation, reader).filter(name_en__startswith="xquniversity")
    projects = visible(Project, reader).filter(title_en__startswith="xqproject")
    return {("university", one.level) for one in universities} | {("project", one.level) for one in projects}


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


@pytest.mark.parametrize("role", list(Role))
def test_no_dashboard_shows_what_its_reader_may_not_read(role: Role, world: dict) -> None:
    home = None if role in HUB_ROLES else make_organisation(f"Home of {role.value}")
    user = make_user(f"{role.value}@sweep.example", role, home)
    may, client = allowed(reader_of(user, NOON)), Asker()
    client.force_login(user)
    seen: set[tuple[str, str]] = set()
    narrow = [f"/w/dashboards/records/projects_landed/?{cut}={one.number}" for cut in ("university", "partner")
              for one in world.values()]  # fmt: skip
    for address in (*PAGES, *narrow):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 404), address
        found = marks(body(answer))
        assert found <= may, (address, found - may)
        seen |= found
    answer = Caller(user).get("open-data")
    assert not marks(answer.content)
    if role in (Role.OFFICER, Role.PLANNER):
        assert {("university", "public"), ("project", "organisation")} <= seen  # the sweep does see what is open


def test_the_public_sees_no_more(world: dict, client: Client) -> None:
    may = allowed(visitor(NOON))
    for address in ("/statistics/", "/statistics/open-data.zip"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert marks(body(answer)) <= may
