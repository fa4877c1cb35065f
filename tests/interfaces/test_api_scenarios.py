"""Scenarios and open challenges through the API: the same deeds, the same refusals, nothing of a sealed bid."""

from datetime import timedelta

import orjson
import pytest
from django.test import Client
from django.utils import timezone

from grandunion.records.lists import Term
from grandunion.terms.roles import Role
from grandunion.work.actions.parties.accounts import issue_token
from grandunion.work.queries.parties import reader_of
from tests.cast import make_organisation, make_user

pytestmark = pytest.mark.django_db

ROOT = "/api/v1/"
PAGE = {"heading": "A camera", "solution": "We look.", "rationale": "Lab.", "plan": "Weeks.", "trl": 7,
        "price": "90000"}  # fmt: skip


class Caller:
    """Somebody with a token; `calls` sends JSON and answers (status, body)."""

    def __init__(self, user):
        now = timezone.now()
        _, token = issue_token(user, "tests", ["read", "write"], 30, by=reader_of(user, now), at=now)
        self.client, self.headers = Client(), {"Authorization": f"Bearer {token}"}

    def calls(self, method, path, body=None, **headers):
        answer = self.client.generic(
            method, f"{ROOT}{path}", _json(body), content_type="application/json", headers=self.headers | headers
        )
        return answer.status_code, (answer.json() if answer.content else None), answer.headers

    def does(self, path, body=None):
        status, found, _ = self.calls("POST", path, body or {})
        assert status in (200, 201, 204), found
        return found

    def reads(self, path):
        status, found, _ = self.calls("GET", path)
        assert status == 200, found
        return found


def _json(body):
    return orjson.dumps(body) if body is not None else b""


@pytest.fixture
def world(db, ada_user, bo_user):
    Term.objects.create(list="scenario_domains", code="transport", name_zh="交通出行", name_en="Transport")
    unit = make_organisation("City Bus", name_zh="市公交集团")
    eve, una = make_user("eve@hub.example", Role.OFFICER), make_user("una@bus.example", Role.ENTERPRISE, unit)
    people = {"ada": ada_user, "bo": bo_user, "eve": eve, "una": una}
    return {"unit": unit, **{name: Caller(user) for name, user in people.items()}}


def opportunity(world):
    made = world["ada"].does("scenarios", {
        "title_en": "Bus lanes", "pain_en": "Blocked.", "domain": "transport", "owner": world["unit"].number,
        "safety_permit": "not_needed", "indicators": "Accuracy ≥ 95 %", "demand_type": "soe",
    })  # fmt: skip
    return f"scenarios/{made['number']}"


def test_a_scenario_is_run_by_calls(world):
    ada, eve, una, bo = (world[name] for name in ("ada", "eve", "una", "bo"))
    at = opportunity(world)
    ada.does(f"{at}/moves/refine")
    status, refused, _ = ada.calls("POST", f"{at}/moves/approve", {})
    assert (status, "second person" in str(refused) or "第二人" in str(refused)) == (409, True)
    eve.does(f"{at}/moves/approve")
    soon = (timezone.localdate() + timedelta(days=3)).isoformat()
    ada.does(f"{at}/moves/publish", {"proposals_until": soon})
    draft = f"proposals/{bo.does(f'{at}/proposals')['number']}"
    _, _, headers = bo.calls("GET", draft)
    status, saved, _ = bo.calls("PATCH", draft, PAGE, **{"If-Match": headers["ETag"]})
    assert (status, saved["solution"]) == (200, "We look.")
    too_long = {"solution": "x" * 826}
    assert bo.calls("PATCH", draft, too_long, **{"If-Match": "*"})[0] == 422
    bo.does(f"{draft}/moves/hand_in")
    ada.does(f"{at}/moves/begin_matching")
    una.does(f"{at}/moves/select", {"proposal": draft.partition("/")[2]})
    una.does(f"{at}/moves/begin_trial", {"site": "Lane 4", "starts_on": timezone.localdate().isoformat()})
    indicator = una.reads(f"{at}/parts")["indicators"][0]
    assert (indicator["asked"], indicator["finding"]) == ("≥ 95 %", "unmeasured")
    una.does(f"{at}/results", {"values": [{"indicator": indicator["id"], "value": "96.5"}], "measured_by": "Institute",
                               "measured_on": timezone.localdate().isoformat()})  # fmt: skip
    found = una.reads(f"{at}/parts")
    assert (found["indicators"][0]["finding"], found["is_passed"]) == ("no_report", False)
    assert una.calls("POST", f"{at}/moves/accept", {})[0] == 409
    una.does(f"{at}/indicators/{indicator['id']}/waive", {"reason": "The report is under way."})
    assert una.calls("POST", f"{at}/indicators/{indicator['id']}/grant", {})[0] == 403
    eve.does(f"{at}/indicators/{indicator['id']}/grant")
    assert una.does(f"{at}/moves/accept")["state"] == "accepted"
    assert bo.reads(f"{at}/timeline")["items"]


def test_a_sealed_bid_is_nobody_elses_through_the_api_too(world):
    ada, eve, una, bo = (world[name] for name in ("ada", "eve", "una", "bo"))
    made = ada.does("challenges", {
        "title_en": "Hot coating", "text_en": "1200 degrees.", "owner": world["unit"].number, "total_budget": "5000000",
        "enterprise_share": "4000000", "fiscal_share": "1000000", "conditions_en": "A pilot line.",
        "indicators": "Temperature ≥ 1200 °C",
    })  # fmt: skip
    at = f"challenges/{made['number']}"
    ada.does(f"{at}/moves/screen")
    eve.does(f"{at}/moves/publish_list", {"bids_until": (timezone.now() + timedelta(days=3)).isoformat()})
    bid = f"bids/{bo.does(f'{at}/bids')['number']}"
    _, _, headers = bo.calls("GET", bid)
    assert bo.calls("PATCH", bid, PAGE, **{"If-Match": headers["ETag"]})[0] == 200
    bo.does(f"{bid}/moves/hand_in")
    for other in (ada, eve, una):
        assert other.calls("GET", bid)[0] == 404
        assert other.reads("bids")["items"] == []
        assert other.reads(f"{at}/parts")["bids"] == []
        assert "A camera" not in str(other.reads("bids?q=camera"))
    assert bo.reads(f"{at}/parts")["bids"] == [bid.partition("/")[2]]
    assert ada.calls("POST", f"{at}/moves/close_bids", {})[0] == 409


def test_a_capability_is_created_once_for_each_key(world):
    bo, ada = world["bo"], world["ada"]
    body = {"title_en": "Lane camera", "text_en": "Finds cars.", "domain": "transport"}
    first = bo.calls("POST", "capabilities", body, **{"Idempotency-Key": "k1"})[1]["number"]
    assert bo.calls("POST", "capabilities", body, **{"Idempotency-Key": "k1"})[1]["number"] == first
    ada.does(f"capabilities/{first}/moves/verify", {"note": "Seen."})
    moves = {one["code"]: one["is_allowed"] for one in ada.reads(f"capabilities/{first}/moves")["items"]}
    assert moves["publish"] is True
    assert ada.does(f"capabilities/{first}/moves/publish", {"level": "members"})["state"] == "published"
    assert world["una"].reads(f"capabilities/{first}").get("verified_note") is None
