"""The pages of plans, targets and published figures, in both languages, and the planner's day by clicks."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from grandunion.adapters.packs import Pack
from grandunion.records.parties import User
from grandunion.records.plans import Claim, Plan, Target, TargetRevision
from grandunion.terms.claims import ClaimState
from grandunion.terms.roles import Role
from grandunion.terms.targets import TargetStage
from grandunion.work.actions.plans import targets
from grandunion.work.queries.parties import reader_of
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db
SignIn = Callable[[User], Client]


@pytest.fixture
def planner_user() -> User:
    return make_user("planner@hub.example", Role.PLANNER)


@pytest.fixture
def planner(sign_in: SignIn, planner_user: User) -> Client:
    return sign_in(planner_user)


@pytest.fixture
def target(hefei: Pack, planner_user: User) -> Target:
    given = {"plan": "city-2024", "indicator": "projects_landed", "operator": ">=", "value": Decimal(90),
             "deadline": date(2026, 12, 31), "wording_zh": "落地 90 个项目", "wording_en": "90 landed"}  # fmt: skip
    return targets.propose(given, by=reader_of(planner_user, NOON), at=NOON)


PAGES = (
    "/w/plans/", "/w/plans/plan-2022/", "/w/plans/new/", "/w/plans/reconciliation/",
    "/w/plans/reconciliation/?cause=qualifier&year=2023&level=province&with=claims", "/w/targets/new/",
    "/w/targets/TGT-2026-0001/", "/w/targets/TGT-2026-0001/edit/", "/w/targets/TGT-2026-0001/moves/adopt/",
    "/w/targets/TGT-2026-0001/split/", "/w/targets/TGT-2026-0001/split/?along=district",
    "/w/targets/TGT-2026-0001/split/?along=partner", "/w/targets/TGT-2026-0001/split/?along=year",
    "/w/targets/organisations-2025/", "/w/claims/", "/w/claims/new/", "/w/claims/import/",
    "/w/claims/province-enterprises-2023/",
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_opens_in_both_languages(language: str, planner: Client, target: Target, queries: Callable) -> None:
    planner.cookies["language"] = language
    for address in PAGES:
        with queries(at_most=36):  # the records are asked once for each time that was claimed
            answer = planner.get(address)
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert text.count("<h1") == 1, address
        assert f'lang="{"zh-Hans" if language == "zh" else "en"}"' in text


def test_the_reconciliation_says_each_cause_in_words(planner: Client, hefei: Pack, queries: Callable) -> None:
    planner.cookies["language"] = "en"
    with queries(at_most=14):
        text = planner.get("/w/plans/reconciliation/?with=claims").content.decode()
    assert "<b>11</b>" in text
    for said in ("An enterprise is not a project", "Recruited is not signed", "mistake", "Floor area is built"):
        assert said in text
    assert planner.get("/w/plans/reconciliation/?year=spring").status_code == 422


def test_a_planner_proposes_splits_adopts_and_revises_by_forms(planner: Client, hefei: Pack) -> None:
    form = {"plan": "city-2024", "indicator": "projects_landed", "operator": ">=", "value": "90",
            "deadline": "2026-12-31", "wording_zh": "落地项目 90 个", "submission": "once"}  # fmt: skip
    made = planner.post("/w/targets/new/", form)
    again = planner.post("/w/targets/new/", form)
    assert made["Location"] == again["Location"] == "/w/targets/TGT-2026-0001/"
    parts = {"method": "weighted", "part_core": "2", "part_shushan": "1", "part_high_tech": ""}
    assert planner.post("/w/targets/TGT-2026-0001/split/?along=area", parts).status_code == 303
    assert planner.post("/w/targets/TGT-2026-0001/moves/adopt/", {}).status_code == 303
    told = {"operator": ">=", "value": "120", "deadline": "2026-12-31", "reason": "More was asked."}
    assert planner.post("/w/targets/TGT-2026-0001/moves/revise/", told).status_code == 303
    target = Target.objects.get(code="TGT-2026-0001")
    assert (target.value, target.state) == (120, TargetStage.REVISED)
    assert sorted(Target.objects.filter(parent=target).values_list("value", flat=True)) == [30, 60]
    assert TargetRevision.objects.get().value == 90
    planner.cookies["language"] = "en"
    text = planner.get("/w/targets/TGT-2026-0001/").content.decode()
    assert "The parts lack 30 of the whole." in text
    assert "More was asked." in text


def test_a_refusal_comes_back_on_the_form_with_what_was_typed(planner: Client, target: Target) -> None:
    answer = planner.post("/w/targets/TGT-2026-0001/moves/withdraw/", {"reason": ""})
    assert answer.status_code == 422
    answer = planner.post("/w/targets/new/", {"plan": "city-2024", "indicator": "projects_landed", "value": "7"})
    assert answer.status_code == 422
    assert 'value="7"' in answer.content.decode()


def test_a_projection_is_worked_out_at_a_click_and_says_unknown_honestly(planner: Client, target: Target) -> None:
    planner.post("/w/targets/TGT-2026-0001/moves/adopt/", {})
    assert planner.get("/w/targets/TGT-2026-0001/foresee/")["Location"] == "/w/targets/TGT-2026-0001/"
    assert planner.post("/w/targets/TGT-2026-0001/foresee/").status_code == 303
    planner.cookies["language"] = "en"
    assert "Too little data" in planner.get("/w/targets/TGT-2026-0001/").content.decode()


def test_a_plan_is_opened_and_targets_proposed_to_it(planner: Client, hefei: Pack) -> None:
    form = {"name_zh": "2027 年计划", "name_en": "Plan 2027", "source": "Z0"}
    assert planner.post("/w/plans/new/", form)["Location"] == "/w/plans/PLN-2026-0001/"
    assert Plan.objects.get(code="PLN-2026-0001").name.en == "Plan 2027"


def test_two_people_bring_a_published_figure_in(planner: Client, sign_in: SignIn, ada_user: User, hefei: Pack) -> None:
    form = {"indicator": "talents_new", "qualifier": "over", "value": "12000", "level": "city", "period": "2025",
            "source": "Z0", "original": "zh", "place": "p. 2"}  # fmt: skip
    assert planner.post("/w/claims/new/", form)["Location"] == "/w/claims/CLM-2026-0001/"
    assert planner.post("/w/claims/CLM-2026-0001/moves/confirm/", {}).status_code == 409
    ada = sign_in(ada_user)
    ada.cookies["language"] = "en"
    assert "1 wait for your confirmation." in ada.get("/w/claims/?state=entered").content.decode()
    assert ada.post("/w/claims/CLM-2026-0001/moves/confirm/", {}).status_code == 303
    assert Claim.objects.get(code="CLM-2026-0001").state == ClaimState.CONFIRMED


def test_a_table_of_figures_is_taken_in(planner: Client, hefei: Pack) -> None:
    kept = io.BytesIO("指标,来源,发布层级,限定词,数值,统计期\ntalents_new,Z0,市级,超过,12000,2025\n".encode())
    kept.name = "figures.csv"
    assert planner.post("/w/claims/import/", {"file": kept}).status_code == 303
    assert Claim.objects.get(state=ClaimState.ENTERED).value == 12000


def test_members_read_what_is_in_force_and_change_nothing(sign_in: SignIn, bo_user: User, target: Target) -> None:
    bo = sign_in(bo_user)
    assert bo.get("/w/plans/").status_code == 200
    assert bo.get("/w/targets/organisations-2025/").status_code == 200
    assert bo.get("/w/targets/TGT-2026-0001/").status_code == 404
    for address in ("/w/targets/new/", "/w/plans/new/", "/w/claims/new/", "/w/claims/import/"):
        assert bo.get(address).status_code == 403, address
    assert bo.post("/w/targets/organisations-2025/moves/revise/", {"value": "1", "reason": "x"}).status_code == 404
