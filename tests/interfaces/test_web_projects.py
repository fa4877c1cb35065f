"""The pages of projects: who finds them, that they say what is there, and that deeds come through them."""

import re
from datetime import date

import pytest

from grandunion.records.lists import NumberSeries
from grandunion.records.parties import Membership
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.actions import projects
from grandunion.work.queries import projects as reads
from tests.cast import LONG_AGO, NOON, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def series(db):
    """The cast numbers its organisations itself; the house goes on from a hundred."""
    NumberSeries.objects.create(prefix="ORG-2026", last=100)


@pytest.fixture
def project(ada):
    made = projects.open_project({"title_en": "Quantum sensor", "title_zh": "量子传感器"}, by=ada, at=NOON)
    projects.add_milestone(made, "Prototype", due_on=date(2020, 1, 1), by=ada, at=NOON)
    return made


@pytest.fixture
def page(ada_user, sign_in):
    return sign_in(ada_user)


def fields_of(html: str) -> dict[str, str]:
    """The hidden fields of the first form that has a version."""
    return dict(re.findall(r'<input type="hidden" name="(version|submission)" value="([^"]*)"', html))


@pytest.mark.parametrize("path", ["", "board/", "visits/", "funnel/", "new/"])
def test_an_officer_opens_every_page_of_the_section(path, page, project):
    answer = page.get(f"/w/projects/{path}")
    assert answer.status_code == 200
    assert ("量子传感器" in answer.content.decode()) == (path in ("", "board/"))


@pytest.mark.parametrize("deed", ["edit", "achievements", "matches", "members", "milestones", "interactions", "next",
                                  "risk", "confidential", "contracts/new", "moves/contact", "moves/lose"])  # fmt: skip
def test_every_deed_has_a_page_that_works_without_script(deed, page, project):
    answer = page.get(f"/w/projects/{project.number}/{deed}/")
    assert answer.status_code == 200
    assert b"csrfmiddlewaretoken" in answer.content


def test_the_record_draws_no_form_of_a_move_before_it_is_opened(page, project):
    html = page.get(f"/w/projects/{project.number}/").content.decode()
    link = re.search(r'<div class="move" id="move-lose" data-unfold data-version="1"><a href="([^"]*)">', html)
    assert "lost_reason" not in html
    part = page.get(link[1], headers={"X-Requested-With": "fetch"}).content.decode()
    assert part.lstrip().startswith("<form")
    assert f'action="{link[1]}"' in part
    assert all(f'name="{name}"' in part for name in ("lost_reason", "version", "submission", "csrfmiddlewaretoken"))
    assert "<html" in page.get(link[1]).content.decode()


def test_a_move_sent_after_somebody_else_saved_is_told_so(page, project, ada):
    shown = project.version
    projects.edit(project, {"title_zh": "他人所改"}, by=ada, at=NOON, version=shown)
    answer = page.post(f"/w/projects/{project.number}/moves/lose/", {"lost_reason": "other", "version": shown})
    assert answer.status_code == 409


def test_a_text_with_signs_of_html_is_shown_as_it_is(page, project, ada):
    trap = "<script>alert('&')</script>"
    projects.add_milestone(project, trap, due_on=date(2020, 1, 1), by=ada, at=NOON)
    projects.plan_next(project, next_step=trap, next_step_on=date(2020, 1, 1), by=ada, at=NOON, version=project.version)
    html = page.get(f"/w/projects/{project.number}/").content.decode()
    assert trap not in html
    assert html.count("&lt;script&gt;") >= 3


def test_whoever_has_not_signed_in_is_sent_to_the_door(client, project):
    answer = client.get(f"/w/projects/{project.number}/")
    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


def test_an_outsider_finds_neither_the_record_nor_its_deeds(dee_user, sign_in, project):
    outside = sign_in(dee_user)
    for path in ("", "edit/", "moves/contact/", "contracts/new/", "confidential/"):
        assert outside.get(f"/w/projects/{project.number}/{path}").status_code == 404
    assert "量子传感器" not in outside.get("/w/projects/").content.decode()


def test_the_record_says_the_phase_the_milestone_overdue_and_what_is_missing(page, project):
    html = page.get(f"/w/projects/{project.number}/").content.decode()
    assert all(words in html for words in ("线索", "逾期", "请关联对应的科技成果。", "登记首次接触"))
    page.cookies["django_language"] = "en"
    english = page.get(f"/w/projects/{project.number}/").content.decode()
    assert all(words in english for words in ("Lead", "overdue", "Link the achievement it is about."))


def test_a_project_is_opened_once_even_if_the_form_is_sent_twice(page, ada):
    form = {"title_en": "Fresh", **fields_of(page.get("/w/projects/new/").content.decode())}
    first, second = (page.post("/w/projects/new/", form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.url == second.url
    assert reads.visible_to(ada).count() == 1


def test_what_was_typed_comes_back_with_the_sentence(page):
    answer = page.post("/w/projects/new/", {"summary_en": "Nameless"})
    assert answer.status_code == 422
    assert "Nameless" in answer.content.decode()
    assert "请填写项目的中文名称或英文名称。" in answer.content.decode()


def test_a_card_moves_from_the_board_and_goes_back_to_it(page, project):
    answer = page.post(f"/w/projects/{project.number}/moves/contact/?from=board", {"version": project.version})
    assert (answer.status_code, answer.url) == (303, "/w/projects/board/")
    project.refresh_from_db()
    assert project.state == "contacted"


def test_a_refused_move_says_what_is_missing_on_its_form(page, project):
    page.post(f"/w/projects/{project.number}/moves/verify/", {"version": project.version})
    project.refresh_from_db()
    answer = page.post(f"/w/projects/{project.number}/moves/begin_triage/", {"version": project.version})
    assert answer.status_code == 409
    assert "请关联对应的科技成果。" in answer.content.decode()


def test_a_stale_edit_shows_the_difference_and_overwrites_nothing(page, project, ada):
    form = fields_of(page.get(f"/w/projects/{project.number}/edit/").content.decode())
    projects.edit(project, {"title_zh": "他人所改"}, by=ada, at=NOON, version=project.version)
    answer = page.post(f"/w/projects/{project.number}/edit/", {**form, "title_zh": "我所改"})
    assert answer.status_code == 409
    assert all(words in answer.content.decode() for words in ("他人所改", "我所改"))
    project.refresh_from_db()
    assert project.title_zh == "他人所改"


@pytest.mark.parametrize("number", ["PRJ-1999-0001", "a\x00b", "'; drop", "9" * 400, "项目"])
def test_a_number_that_is_not_there_is_not_found(number, page):
    assert page.get(f"/w/projects/{number}/").status_code == 404


@pytest.mark.parametrize("query", ["phase=nowhere", "in_charge=everybody", "reached=moon", "order=market_note",
                                   "page=0", "next_step=never"])  # fmt: skip
def test_a_question_that_cannot_be_asked_is_refused_with_a_sentence(query, page):
    assert page.get(f"/w/projects/?{query}").status_code == 422


@pytest.mark.parametrize(
    "child",
    [
        "milestones/999/reached",
        "visits/999",
        "visits/99999999999999999999",
        "members/999/remove",
        "contracts/TCT-2026-9999",
        "contracts/TCT-2026-9999/moves/sign",
        "moves/fly",
    ],
)
def test_what_belongs_to_another_project_is_not_found(child, page, project):
    assert page.get(f"/w/projects/{project.number}/{child}/").status_code == 404


def test_an_enterprise_hands_in_figures_but_makes_no_moves(project, bo_user, bo_company, sign_in, ada):
    Membership.objects.create(user=bo_user, organisation=project.owner, role=Role.ENTERPRISE, starts_on=LONG_AGO)
    mine = sign_in(bo_user)
    assert mine.get(f"/w/projects/{project.number}/").status_code == 200
    assert mine.get(f"/w/projects/{project.number}/edit/").status_code == 403
    assert mine.post(f"/w/projects/{project.number}/moves/contact/").status_code in (403, 409)
    assert mine.get("/w/projects/funnel/").status_code == 403


def test_the_confidential_part_opens_with_a_click_that_is_journaled(page, project, ada):
    projects.edit(project, {"market_note": "Worth a billion"}, by=ada, at=NOON, version=project.version)
    url = f"/w/projects/{project.number}/"
    assert "Worth a billion" not in page.get(url).content.decode()
    assert "Worth a billion" not in page.get(f"{url}edit/").content.decode()
    page.post(f"{url}confidential/")
    html = page.get(url).content.decode()
    assert "Worth a billion" in html
    assert "查阅保密内容" in html


def test_a_bureau_sees_no_rows_and_no_funnel(sign_in, project):
    bureau = sign_in(make_user("bureau@city.example", Role.BUREAU))
    assert bureau.get(f"/w/projects/{project.number}/").status_code == 404
    assert bureau.get("/w/projects/funnel/").status_code == 403
    assert "量子" not in bureau.get("/w/projects/board/").content.decode()


def test_a_named_project_is_on_no_list_of_other_officers(project, ada, sign_in):
    projects.edit(project, {"level": Level.NAMED}, by=ada, at=NOON, version=project.version)
    other = sign_in(make_user("other@hub.example", Role.OFFICER))
    for path in ("", "board/", "funnel/", "?q=量子", f"{project.number}/"):
        assert "量子传感器" not in other.get(f"/w/projects/{path}").content.decode()
