"""The pages of indicators and plans, in both languages, for those who see rows and those who see figures."""

import csv
import io
from collections.abc import Callable

import pytest
from django.test import Client

from grandunion.records.journal import Step
from grandunion.records.parties import User
from grandunion.records.projects import Project
from grandunion.terms.roles import Role
from tests.cast import NOON, make_organisation, make_user
from tests.work.test_plans import landings, make_indicator, plan_2022

__all__ = ["plan_2022"]
SignIn = Callable[[User], Client]


@pytest.fixture
def planner(db: None, sign_in: SignIn) -> Client:
    return sign_in(make_user("planner@hub.example", Role.PLANNER))


@pytest.fixture
def landed(db: None) -> None:
    """Six landed projects, a defined figure of them, and one that nothing counts."""
    landings(6)
    for project in Project.objects.unscoped("the test's own projects"):
        Project.objects.unscoped("the test's own projects").filter(pk=project.pk).update(landed_on="2026-11-18")
    make_indicator("projects_landed")
    make_indicator("", code="talents", why_uncounted_en="Nobody defined it.", why_uncounted_zh="口径未定义。")


PAGES = (
    "/w/indicators/?as_of=2026-11-18",
    "/w/indicators/projects_landed/?as_of=2026-11-18",
    "/w/indicators/projects_landed/records/?as_of=2026-11-18",
    "/w/indicators/projects_landed/uncounted/?as_of=2026-11-18",
    "/w/indicators/projects_landed/?as_of=2026-11-18&by=university",
    "/w/indicators/talents/",
    "/w/plans/",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_in_both_languages(
    address: str, language: str, planner: Client, landed: None, plan_2022: None, queries: Callable
) -> None:
    planner.cookies["language"] = language
    with queries(at_most=30):
        answer = planner.get(address)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in text
    assert text.count("<h1") == 1


@pytest.mark.parametrize(("signed", "is_said"), [(3, True), (1, False)])
def test_a_share_of_more_than_a_hundred_says_why(planner: Client, signed: int, is_said: bool) -> None:
    landings(3)
    projects = Project.objects.unscoped("the test's own projects").order_by("pk").values_list("pk", flat=True)
    came = [("term_sheet", projects[0]), *(("contract_signed", pk) for pk in projects[:signed])]
    for state, pk in came:
        Step.objects.create(flow="project", subject_id=pk, source="", target=state, at=NOON)
    make_indicator("conversion_contract_signed", unit_en="percent", unit_zh="%")
    text = planner.get("/w/indicators/conversion_contract_signed/?as_of=2026-11-18").content.decode()
    assert f"{signed}00" in text
    assert ("超过 100%：分子" in text or "More than 100 %" in text) is is_said


def test_a_visitor_signs_in_first(client: Client) -> None:
    for address in PAGES:
        assert client.get(address)["Location"].startswith("/accounts/login/?next=")


def test_a_figure_opens_to_its_rows_and_downloads_them(planner: Client, landed: None) -> None:
    planner.cookies["language"] = "en"
    answer = planner.get("/w/indicators/projects_landed/?as_of=2026-11-18").content.decode()
    assert 'href="/w/indicators/projects_landed/records/?as_of=2026-11-18"' in answer
    rows = planner.get("/w/indicators/projects_landed/records/?as_of=2026-11-18").content.decode()
    assert 'href="/w/projects/PRJ-2026-0001/"' in rows
    file = planner.get("/w/indicators/projects_landed/records/?as_of=2026-11-18&format=csv")
    text = b"".join(file.streaming_content).decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text)))
    assert len(lines) == 6
    assert {line["Why it counts"] for line in lines} == {"Landed on 2026-11-18."}


def test_a_bureau_reads_figures_and_opens_no_row(sign_in: SignIn, landed: None) -> None:
    bureau = sign_in(make_user("bureau@city.example", Role.BUREAU))
    bureau.cookies["language"] = "en"
    assert "6" in bureau.get("/w/indicators/?as_of=2026-11-18").content.decode()
    rows = bureau.get("/w/indicators/projects_landed/records/?as_of=2026-11-18").content.decode()
    assert "And 6 more that you may not open." in rows
    assert "PRJ-2026" not in rows
    file = bureau.get("/w/indicators/projects_landed/records/?as_of=2026-11-18&format=csv")
    assert b"PRJ-2026" not in b"".join(file.streaming_content)


def test_small_figures_stay_hidden_on_every_page_of_a_bureau(sign_in: SignIn, db: None) -> None:
    landings(3)
    make_indicator("projects_landed")
    bureau = sign_in(make_user("bureau@city.example", Role.BUREAU))
    bureau.cookies["language"] = "en"
    for address in ("/w/indicators/?as_of=2026-11-18", "/w/indicators/projects_landed/?as_of=2026-11-18"):
        text = bureau.get(address).content.decode()
        assert "&lt;5" in text
    assert "may be others" in bureau.get(
        "/w/indicators/projects_landed/records/?as_of=2026-11-18"
    ).content.decode()  # fmt: skip


@pytest.mark.parametrize(
    "query",
    ["as_of=yesterday", "as_of=2999-01-01", "as_of=0001-01-01", "area=nowhere", "as_of=%00", "order=%27", "page=0"],
)
def test_a_bad_question_is_answered_with_a_sentence(query: str, planner: Client, landed: None) -> None:
    assert planner.get(f"/w/indicators/projects_landed/records/?{query}").status_code == 422


def test_words_are_left_aside_where_rows_are_not_searched(planner: Client, landed: None) -> None:
    answer = planner.get("/w/indicators/projects_landed/records/?as_of=2026-11-18&q=x")
    assert answer["Location"] == "/w/indicators/projects_landed/records/?as_of=2026-11-18"


def test_what_is_not_there_is_not_found(planner: Client, landed: None) -> None:
    for address in ("/w/indicators/nothing/", "/w/indicators/talents/records/", "/w/contracts/TCT-2026-0001/"):
        assert planner.get(address).status_code == 404


def test_the_plan_says_what_is_unknown_and_what_was_published(planner: Client, plan_2022: None) -> None:
    planner.cookies["language"] = "zh"
    text = planner.get("/w/plans/").content.decode()
    for words in ("无法判断", "超7万", "70 %", "定性", "不少于2"):
        assert words in text
    make_organisation("Nobody")
    assert "到期未达到" in text
