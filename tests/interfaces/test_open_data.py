"""Public statistics and open data: what anybody may know, complete, described, and the same at every door."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from grandunion.interfaces.cli.app import app
from grandunion.interfaces.portal import guarding
from grandunion.records.lists import Setting, Term
from grandunion.records.plans import Claim, SourceDocument
from grandunion.records.projects import Project
from grandunion.terms.readers import visitor
from grandunion.terms.roles import Role
from grandunion.terms.text import Text
from grandunion.work.queries import plans
from grandunion.work.queries.plans.opendata import unit_code
from tests.calling import Caller
from tests.cast import make_organisation, make_user
from tests.figures import make_indicator, recounted
from tests.watching import reading
from tests.work.test_dashboards import row_of
from tests.work.test_plans import make_project

pytestmark = pytest.mark.django_db
UNLISTED = "organisations_in_hub"  # counted, but on no public page
TYPES = {"string": str, "number": Decimal, "date": date.fromisoformat}
LICENCE = {"code": "CC-BY-4.0", "name_zh": "署名 4.0", "name_en": "Attribution 4.0", "address": "https://cc.example/by"}


@pytest.fixture
def published(db: None) -> None:
    """A public page of a counted figure and one that was only published; six projects landed in one area, two in
    another, none in a third."""
    blocks = [{"chart": "figures", "indicators": ["projects_landed", "talents"], "cut": "none"},
              {"chart": "places", "indicators": ["projects_landed"], "cut": "area"}]  # fmt: skip
    Setting.objects.create(key="views", value=[row_of("public", [], blocks, is_public=True)])
    Setting.objects.create(key="open_data", value=LICENCE)
    make_indicator("projects_landed", unit_en="projects", position=1)
    make_indicator(UNLISTED, position=2, name_en="Not public")
    talents = make_indicator("", code="talents", why_uncounted_en="Nobody defined it.", why_uncounted_zh="口径未定义。",
                             position=3)  # fmt: skip
    core, town, _ = (
        Term.objects.create(list="areas", code=code, name_zh=code, name_en=code.title(), position=at)
        for at, code in enumerate(("core", "town", "empty"))
    )
    bo = make_organisation("Bo")
    today = timezone.localdate().replace(month=1, day=1)
    for at in range(8):
        make_project(f"P{at}", company=bo, landed_on=today, area=core if at < 6 else town)
    recounted()
    source = SourceDocument.objects.create(code="S91", title_en="Progress", title_zh="进展")
    Claim.objects.create(code="c1", indicator=talents, source=source, level="press", qualifier="over", value=70_000,
                         unit_en="persons", unit_zh="人", as_of=date(2025, 10, 22), state="confirmed")  # fmt: skip


def unpacked(content: bytes) -> tuple[dict, dict[str, bytes]]:
    """The description of a package, and its files."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(files["datapackage.json"]), files


def rows_of(resource: Mapping, files: Mapping[str, bytes]) -> list[dict]:
    """The rows of a resource, every value read as the type it is said to have."""
    found = []
    for row in csv.DictReader(io.StringIO(files[resource["path"]].decode("utf-8"))):
        fields = {field["name"]: field for field in resource["schema"]["fields"]}
        assert list(row) == list(fields)
        for name, value in row.items():
            rules = fields[name].get("constraints", {})
            assert value or not rules.get("required"), (name, row)
            assert not value or "enum" not in rules or value in rules["enum"], (name, value)
        found.append({name: TYPES[fields[name]["type"]](value) if value else None for name, value in row.items()})
    return found


def tables(content: bytes) -> dict[str, list[dict]]:
    package, files = unpacked(content)
    return {resource["name"]: rows_of(resource, files) for resource in package["resources"]}


@pytest.fixture
def file(published: None, client: Client) -> bytes:
    answer = client.get("/statistics/open-data.zip")
    assert answer["Content-Type"] == "application/zip"
    return answer.content


def test_the_package_is_as_frictionless_describes_one(file: bytes) -> None:
    """Data Package v1: what is demanded of a package, a resource, a schema and a field, and what they promise."""
    package, files = unpacked(file)
    assert package["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[-a-z0-9._/]+", package["name"])
    assert package["licenses"] == [{
        "name": "CC-BY-4.0", "path": "https://cc.example/by",
        "title": "署名 4.0（建议采用，运营方尚未最终确定） · "
                 "Attribution 4.0 (proposed; the operator has not decided yet)",
    }]  # fmt: skip
    assert {f"data/{one['name']}.csv" for one in package["resources"]} == {n for n in files if n.startswith("data/")}
    found = tables(file)
    for one in package["resources"]:
        content = files[one["path"]]
        assert one["profile"] == "tabular-data-resource"
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        names = [field["name"] for field in one["schema"]["fields"]]
        assert len(names) == len(set(names))
        assert all(" · " in field["title"] and field["type"] in TYPES for field in one["schema"]["fields"])
        keys = [tuple(row[name] for name in one["schema"]["primaryKey"]) for row in found[one["name"]]]
        assert len(keys) == len(set(keys)), one["name"]
        for foreign in one["schema"].get("foreignKeys", []):
            known = {row[foreign["reference"]["fields"]] for row in found[foreign["reference"]["resource"]]}
            assert {row[foreign["fields"]] for row in found[one["name"]]} <= known


def test_the_same_figures_are_the_same_bytes(file: bytes, client: Client) -> None:
    again = client.get("/statistics/open-data.zip").content
    (one, files), (other, others) = unpacked(file), unpacked(again)
    assert {name: one[name] for name in one if name != "created"} == {n: other[n] for n in other if n != "created"}
    assert {n: c for n, c in files.items() if n.startswith("data/")} == {
        n: c for n, c in others.items() if n.startswith("data/")
    }


def test_nobody_has_every_figure_counted_again_and_again(published: None, client: Client, monkeypatch) -> None:
    caches["here"].clear()
    monkeypatch.setitem(guarding.LIMITS, "open_data", 2)
    answers = [client.get("/statistics/open-data.zip").status_code for _ in range(3)]
    caches["here"].clear()
    assert answers == [200, 200, 429]


def test_every_observation_is_the_figure_a_visitor_sees(file: bytes) -> None:
    today = timezone.localdate()
    observed = tables(file)["observations"]
    landed = [row for row in observed if row["INDICATOR"] == "projects_landed" and row["REF_AREA"] == "HUB"]
    assert len(landed) == 5 + 24
    for row in landed:
        figure = plans.value(
            plans.indicator("projects_landed"), as_of=row["COUNTED_TO"], reader=visitor(timezone.now())
        )
        assert row["OBS_VALUE"] == figure.cell.value
        assert row["COUNTED_FROM"] == figure.since
    (now,) = (row for row in landed if row["FREQ"] == "A" and row["TIME_PERIOD"] == str(today.year))
    assert (now["OBS_VALUE"], now["OBS_STATUS"], now["UNIT_MEASURE"]) == (8, "P", "PROJECTS")
    assert {row["OBS_STATUS"] for row in observed if row["INDICATOR"] == "talents"} == {"L"}


def test_small_cells_of_areas_are_suppressed_with_one_more_so_that_none_can_be_worked_out(file: bytes) -> None:
    year = str(timezone.localdate().year)
    asked = ("projects_landed", "A", year)
    cells = {row["REF_AREA"]: (row["OBS_VALUE"], row["OBS_STATUS"]) for row in tables(file)["observations"]
             if (row["INDICATOR"], row["FREQ"], row["TIME_PERIOD"]) == asked}  # fmt: skip
    assert cells == {"HUB": (8, "P"), "core": (None, "Q"), "town": (None, "Q"), "empty": (0, "P")}


def test_what_is_on_no_public_page_is_in_no_open_data(file: bytes) -> None:
    _, files = unpacked(file)
    assert not [name for name, content in files.items() if UNLISTED in content.decode()]


def test_published_figures_stand_beside_with_their_source(file: bytes, client: Client) -> None:
    (claim,) = tables(file)["claims"]
    assert (claim["VALUE"], claim["SAID_EN"], claim["SOURCE_EN"]) == (70_000, "over 70,000", "Progress")
    text = client.get("/statistics/?lang=en").content.decode()
    assert "over 70,000" in text
    assert "Progress" in text
    assert "Nobody defined it." in text


def test_api_and_command_give_the_same(file: bytes, tmp_path: Path) -> None:
    caller = Caller(make_user("bureau@city.example", Role.BUREAU))
    assert tables(caller.get("open-data").content) == tables(file)
    listed = caller.get("open-data/observations").json()
    assert listed["licence"]["code"] == "CC-BY-4.0"
    assert listed["licence"]["is_decided"] is False
    told = [(one["FREQ"], one["REF_AREA"], one["INDICATOR"], one["TIME_PERIOD"], one["OBS_STATUS"])
            for one in listed["items"]]  # fmt: skip
    assert told == [(row["FREQ"], row["REF_AREA"], row["INDICATOR"], row["TIME_PERIOD"], row["OBS_STATUS"])
                    for row in tables(file)["observations"]]  # fmt: skip
    assert caller.get("open-data?x=1").status_code == 422
    answer = CliRunner().invoke(app, ["figures", "export", str(tmp_path / "out.zip")])
    assert answer.exit_code == 0, answer.output
    assert tables((tmp_path / "out.zip").read_bytes()) == tables(file)


def test_the_public_page_is_the_same_for_everybody_and_stands_in_menu_and_sitemap(
    published: None, client: Client, sign_in: Callable, queries: Callable
) -> None:
    client.get("/statistics/")
    with queries(at_most=14), reading():
        text = client.get("/statistics/?lang=en").content.decode()
    planner = sign_in(make_user("planner@hub.example", Role.PLANNER))
    shown = planner.get("/statistics/?lang=en").content.decode()
    assert re.findall(r'class="figure-value">(.*?)</p>', text) == re.findall(r'class="figure-value">(.*?)</p>', shown)
    assert 'itemtype="https://schema.org/Dataset"' in text
    assert 'itemtype="https://schema.org/DataDownload"' in text
    assert 'href="/areas/core/"' in text
    assert "/w/indicators/" not in text
    assert '<a href="/statistics/"' in client.get("/").content.decode()
    assert "/statistics/</loc>" in client.get("/sitemap.xml").content.decode()


def test_a_hub_without_public_figures_says_so_and_has_no_file(client: Client) -> None:
    assert "No figures are public yet" in client.get("/statistics/?lang=en").content.decode()
    assert client.get("/statistics/open-data.zip").status_code == 404


@pytest.mark.parametrize(
    ("unit", "code"),
    [(Text("square metres", "平方米"), "SQUARE_METRES"), (Text("CNY", "元"), "CNY"), (Text("%", "%"), "UNIT")],
)
def test_a_unit_has_a_code(unit: Text, code: str) -> None:
    assert unit_code(unit) == code


def test_a_year_that_is_over_is_no_longer_provisional(published: None, client: Client) -> None:
    first = timezone.localdate().replace(month=1, day=1) - timedelta(days=1)
    Project.objects.unscoped("the test's own projects").update(landed_on=first)
    recounted()
    observed = tables(client.get("/statistics/open-data.zip").content)["observations"]
    (row,) = (one for one in observed if one["FREQ"] == "A" and one["REF_AREA"] == "HUB"
              and one["INDICATOR"] == "projects_landed" and one["TIME_PERIOD"] == str(first.year))  # fmt: skip
    assert (row["OBS_VALUE"], row["OBS_STATUS"]) == (8, "A")
