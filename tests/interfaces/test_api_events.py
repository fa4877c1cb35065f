"""Events through the API: planned, registered for, minuted and followed up by programs."""

import pytest

from grandunion.terms.roles import Role
from tests.calling import Caller
from tests.cast import make_user

pytestmark = pytest.mark.django_db
EVENT = {"title_en": "A meeting", "place_en": "Hall", "starts_at": "2036-12-01T14:00:00+08:00", "capacity": 1}
PAST = {
    "title_en": "It was",
    "place_en": "Hall",
    "starts_at": "2026-01-01T14:00:00+08:00",
    "retain_until": "2036-01-01",
}


@pytest.fixture
def ada_calls(ada_user):
    return Caller(ada_user)


@pytest.fixture
def bo_calls(bo_user):
    return Caller(bo_user)


@pytest.fixture
def event(ada_calls):
    made = ada_calls.made("events", EVENT)
    return ada_calls.made(f"events/{made['number']}/moves/open", {"level": "members"})


@pytest.fixture
def held(ada_calls):
    number = ada_calls.made("events", PAST)["number"]
    ada_calls.made(f"events/{number}/moves/close_list")
    return ada_calls.made(f"events/{number}/moves/hold")["number"]


def test_an_event_is_planned_once_for_each_key_and_read_with_its_moves(ada_calls, bo_calls):
    first = ada_calls.made("events", EVENT, Idempotency_Key="k")
    assert ada_calls.made("events", EVENT, Idempotency_Key="k")["number"] == first["number"]
    assert first["ends_at"] == "2036-12-01T08:00:00+00:00"
    assert bo_calls.get(f"events/{first['number']}").status_code == 404
    assert bo_calls.post("events", EVENT).status_code == 403
    moves = ada_calls.get(f"events/{first['number']}/moves").json()["items"]
    assert {"open", "close_list", "cancel"} <= {one["code"] for one in moves}
    assert ada_calls.post("events", {**EVENT, "colour": "red"}).status_code == 422
    assert ada_calls.post("events", {**EVENT, "capacity": 0}).status_code == 422


def test_a_member_registers_waits_and_withdraws_and_sees_nobody_else(ada_calls, bo_calls, dee_user, event):
    path = f"events/{event['number']}"
    dee_calls = Caller(dee_user)
    mine = bo_calls.made(f"{path}/registrations", {})
    assert mine["state"] == "complete"
    theirs = dee_calls.made(f"{path}/registrations", {})
    assert theirs["state"] == "waitlisted"
    seen = dee_calls.get(f"{path}/parts").json()
    assert seen["registrations"] is None
    assert [one["number"] for one in seen["own_registrations"]] == [theirs["number"]]
    assert dee_calls.post(f"{path}/registrations/{mine['id']}/withdraw").status_code == 404
    assert dee_calls.post(f"{path}/registrations/{theirs['id']}/approve").status_code == 409
    assert bo_calls.made(f"{path}/registrations/{mine['id']}/withdraw")["state"] == "withdrawn"
    states = {one["number"]: one["state"] for one in ada_calls.get(f"{path}/parts").json()["registrations"]}
    assert states == {mine["number"]: "withdrawn", theirs["number"]: "complete"}
    assert bo_calls.get(f"{path}/event.ics").content.startswith(b"BEGIN:VCALENDAR")


def test_the_desk_invites_by_numbers(ada_calls, bo_calls, bo_company):
    number = ada_calls.made("events", EVENT)["number"]
    assert ada_calls.post(f"events/{number}/invitations", {"who": ["ORG-1999-0001"]}).status_code == 422
    invited = ada_calls.made(f"events/{number}/invitations", {"who": [bo_company.number]})["items"]
    assert [one["state"] for one in invited] == ["invited"]
    assert bo_calls.get(f"events/{number}").status_code == 200


def test_statements_become_needs_and_actions_and_the_follow_up_is_read(ada_calls, bo_calls, bo_company, held):
    path = f"events/{held}"
    hard = {"statement_kind": "difficulty", "text_en": "Engineers are missing", "organisation": bo_company.number}
    first = ada_calls.made(f"{path}/statements", hard, Idempotency_Key="one")
    assert ada_calls.made(f"{path}/statements", hard, Idempotency_Key="one")["id"] == first["id"]
    second = ada_calls.made(f"{path}/statements", {"statement_kind": "commitment", "text_zh": "我们来办"})
    third = ada_calls.made(f"{path}/statements", {"statement_kind": "difficulty", "text_zh": "会上已解决"})
    assert bo_calls.post(f"{path}/statements", hard).status_code == 404
    need = ada_calls.made(f"{path}/statements/{first['id']}/need")["need"]
    action = ada_calls.made(f"{path}/statements/{second['id']}/action", {"due_on": "2036-01-01"})["action"]
    ada_calls.made(f"{path}/statements/{third['id']}/settle", {"note": "Solved in the room"})
    assert bo_calls.get(f"needs/{need}").json()["raised_at"] == held
    parts = ada_calls.get(f"{path}/parts").json()
    assert {one["number"] for one in parts["follow_up"]} == {need, action, ""}
    assert not any(one["is_loose"] for one in parts["follow_up"])
    assert ada_calls.post(f"{path}/moves/confirm").status_code == 409
    ben = Caller(make_user("ben@hub.example", Role.OFFICER))
    assert ben.made(f"{path}/moves/confirm")["state"] == "minutes_confirmed"
    assert ben.made(f"{path}/moves/track")["state"] == "actions_tracked"
    assert ben.post(f"actions/{action}/moves/finish", {}).status_code == 422
    assert ben.made(f"actions/{action}/moves/finish", {"result": "Done"})["state"] == "done"
    assert [one["number"] for one in ada_calls.get("actions").json()["items"]] == [action]


def test_a_stale_change_of_an_event_is_refused(ada_calls, event):
    path = f"events/{event['number']}"
    seen = ada_calls.get(path)["ETag"]
    assert ada_calls.patch(path, {"capacity": 5}).status_code == 428
    assert ada_calls.patch(path, {"capacity": 5, "ends_at": None}, If_Match=seen).json()["capacity"] == 5
    assert ada_calls.patch(path, {"capacity": 6}, If_Match=seen).status_code == 412
