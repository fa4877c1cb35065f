"""Targets, published figures and their disagreements through the API, by token and within the user's own rights."""

from decimal import Decimal

import pytest

from grandunion.adapters.packs import Pack
from grandunion.records.parties import User
from grandunion.records.plans import Claim, Target
from grandunion.terms.claims import ClaimState
from grandunion.terms.roles import Role
from grandunion.terms.targets import TargetStage
from tests.calling import Caller
from tests.cast import make_user

pytestmark = pytest.mark.django_db
TARGET = {"plan": "city-2024", "indicator": "projects_landed", "operator": ">=", "value": "90",
          "deadline": "2026-12-31", "wording_zh": "落地 90 个项目"}  # fmt: skip
CLAIM = {"indicator": "talents_new", "qualifier": "over", "value": "12000", "level": "city", "period": "2025",
         "source": "Z0"}  # fmt: skip


@pytest.fixture
def planner(db: None) -> Caller:
    return Caller(make_user("planner@hub.example", Role.PLANNER))


def test_a_target_is_proposed_split_adopted_and_revised(planner: Caller, hefei: Pack) -> None:
    made = planner.post("targets", TARGET)
    assert (made.status_code, made["Location"]) == (201, "/api/v1/targets/TGT-2026-0001")
    address = "targets/TGT-2026-0001"
    parts = [{"who": "core", "value": "2"}, {"who": "shushan", "value": "1"}]
    split = {"along": "area", "method": "weighted", "parts": parts}
    assert [part["value"] for part in planner.post(f"{address}/split", split).json()["parts"]] == ["60.00", "30.00"]
    adopted = planner.post(f"{address}/moves/adopt", {})
    assert adopted.json()["state"] == "adopted"
    stale = planner.post(f"{address}/moves/revise", {"value": "1", "reason": "x"}, If_Match=made["ETag"])
    assert stale.status_code in (409, 412)
    revised = planner.post(f"{address}/moves/revise", {"value": "120", "reason": "More."}, If_Match=adopted["ETag"])
    body = revised.json()
    assert (body["state"], body["value"], body["missing"]) == ("revised", "120.00", "30.00")
    assert body["revisions"][0]["value"] == "90.00"
    assert Target.objects.get(code="TGT-2026-0001").state == TargetStage.REVISED


def test_the_targets_of_the_packs_plans_are_listed_with_their_progress(planner: Caller, hefei: Pack) -> None:
    rows = {row["code"]: row for row in planner.get("targets").json()["items"]}
    assert rows["organisations-2025"]["published_part"] == "0.700"
    assert rows["high-tech-2025"]["published_part"] is None
    assert planner.get("targets/organisations-2025").json()["carried_by"]["en"] == "the whole hub"


def test_a_figure_is_entered_and_confirmed_by_somebody_else(planner: Caller, ada_user: User, hefei: Pack) -> None:
    made = planner.post("claims", CLAIM)
    assert made.status_code == 201
    assert planner.post(f"claims/{made.json()['code']}/moves/confirm", {}).status_code == 409
    assert Caller(ada_user).post(f"claims/{made.json()['code']}/moves/confirm", {}).json()["state"] == "confirmed"
    assert Claim.objects.get(code=made.json()["code"]).state == ClaimState.CONFIRMED
    assert planner.get("claims?level=city&limit=2").json()["items"]


def test_disagreements_are_asked_by_cause_level_and_year(planner: Caller, hefei: Pack) -> None:
    rows = planner.get("disagreements?cause=translation").json()["items"]
    assert [row["claims"] for row in rows] == [
        ["province-centres-2023", "province-centres-2023-zh", "city-centres-2023"]
    ]
    assert planner.get("disagreements?year=spring").status_code == 422
    assert planner.get("disagreements?colour=red").status_code == 422


def test_members_propose_nothing(bo_user: User, hefei: Pack) -> None:
    bo = Caller(bo_user)
    assert bo.post("targets", TARGET).status_code == 403
    assert bo.post("claims", CLAIM).status_code == 403
    assert Decimal(bo.get("targets/organisations-2025").json()["value"]) == 10000
