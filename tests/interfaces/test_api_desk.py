"""The desk through the API: questions, common problems, whom the rules name, offices watched."""

import pytest

from grandunion.records.lists import Term
from grandunion.work.actions.lists import put_setting
from tests.calling import Caller
from tests.cast import make_organisation

pytestmark = pytest.mark.django_db

NEED = {"contact_name": "Bo", "title_en": "Ten flats", "text_en": "For ten people.", "category": "park_facilities"}


@pytest.fixture
def ada_calls(ada_user):
    return Caller(ada_user)


@pytest.fixture
def bo_calls(bo_user, bo_company):
    return Caller(bo_user)


@pytest.fixture
def park(db):
    park = make_organisation("Park Services")
    row = {"institution_zh": "园区", "institution_en": "Park", "organisation": park.number, "email": "", "level": 0,
           "capacity": 3, "is_automatic": False}  # fmt: skip
    put_setting("routes", [
        {**row, "code": "park", "conditions": [{"categories": ["park_facilities"]}]},
        {**row, "code": "core", "conditions": [{"areas": ["core"]}]},
        {**row, "code": "money", "conditions": [{"categories": ["financing"]}]},
    ])  # fmt: skip
    return park


def test_a_question_is_asked_and_answered(ada_calls, bo_calls):
    need = bo_calls.made("needs", NEED)
    here = f"needs/{need['number']}"
    asked = ada_calls.made(f"{here}/ask", {"text": "How many rooms?"})
    assert (asked["due_at"], asked["paused_at"] is None) == (None, False)
    assert bo_calls.post(f"{here}/ask", {"text": "me too"}).status_code == 403
    answered = bo_calls.made(f"{here}/reply", {"text": "Two."})
    assert answered["paused_at"] is None
    (question,) = ada_calls.get(f"{here}/parts").json()["questions"]
    assert (question["text"], question["answer"]) == ("How many rooms?", "Two.")


def test_the_desk_reads_whom_the_rules_name_and_why_and_the_applicant_does_not(ada_calls, bo_calls, park):
    here = f"needs/{bo_calls.made('needs', NEED)['number']}/parts"
    told = {one["rule"]: one for one in ada_calls.get(here).json()["answerers"]}
    assert {rule: one["may"] for rule, one in told.items()} == {"park": True, "core": None, "money": False}
    assert told["money"]["why"]["en"] == "does not answer “Park facilities”"
    assert told["core"]["why"]["en"] == "not known: the area"
    assert bo_calls.get(here).json()["answerers"] == []


def test_an_assignment_is_passed_on_with_a_suggestion(ada_calls, bo_calls, park):
    need = bo_calls.made("needs", NEED)
    here = f"needs/{need['number']}"
    other = make_organisation("Housing Office")
    ada_calls.made(f"{here}/moves/dispatch", {"to": [park.number], "category": "park_facilities"})
    row = ada_calls.get(f"{here}/parts").json()["assignments"][0]["id"]
    bad = ada_calls.post(f"{here}/assignments/{row}/moves/pass_on", {"reason": "no", "suggest": "ORG-2026-9999"})
    assert bad.status_code == 422
    ada_calls.made(f"{here}/assignments/{row}/moves/pass_on", {"reason": "not ours", "suggest": other.number})
    assert ada_calls.get(here).json()["state"] == "triage"


def test_a_common_problem_lives_through_the_api(ada_calls, bo_calls):
    need = bo_calls.made("needs", NEED)
    made = ada_calls.made("problems", {"title_en": "Too few flats", "category": "park_facilities"}, Idempotency_Key="k")
    again = ada_calls.made("problems", {"title_en": "Too few flats"}, Idempotency_Key="k")
    assert made["number"] == again["number"]
    here = f"problems/{made['number']}"
    ada_calls.made(f"needs/{need['number']}/link", {"to": made["number"]})
    assert ada_calls.get(f"{here}/parts").json() == {"needs": [need["number"]], "others": 0, "waiting": 1}
    assert [one["code"] for one in ada_calls.get(f"{here}/moves").json()["items"]] == ["start", "answer", "drop"]
    seen = ada_calls.get(here)["ETag"]
    assert ada_calls.patch(here, {"title_en": "Far too few flats"}, If_Match=seen).status_code == 200
    answered = ada_calls.made(f"{here}/moves/answer", {"answer": "Three hundred next year."})
    assert (answered["state"], answered["answer"]) == ("answered", "Three hundred next year.")
    assert bo_calls.get(f"needs/{need['number']}").json()["state"] == "answered"
    assert bo_calls.post("problems", {"title_en": "x"}).status_code == 403
    assert bo_calls.get(here).status_code == 404


def test_answers_to_a_subject_are_checked_and_kept(bo_calls):
    questions = [{"code": "flats", "name_zh": "套数", "name_en": "How many", "kind": "number", "is_required": True}]
    Term.objects.create(
        list="need_subjects", code="flats", name_zh="公寓", name_en="Flats", details={"questions": questions}
    )
    made = bo_calls.made("needs", {**NEED, "subject": "flats", "details": {"flats": 10}})
    assert made["details"] == {"flats": "10"}
    refused = bo_calls.post("needs", {**NEED, "subject": "flats", "details": {"flats": "ten"}})
    assert (refused.status_code, refused.json()["errors"][0]["field"]) == (422, "details.flats")
    assert bo_calls.post("needs", {**NEED, "details": {"x": 1.5}}).status_code == 422


def test_the_offices_watched_are_told_to_staff_and_to_others_their_own(ada_calls, bo_calls, park):
    need = bo_calls.made("needs", NEED)
    ada_calls.made(f"needs/{need['number']}/moves/dispatch", {"to": [park.number]})
    told = ada_calls.get("reports/offices").json()
    assert [(one["number"], one["asked"], one["is_watched"]) for one in told["offices"]] == [(park.number, 1, False)]
    assert [(one["number"], one["open"], one["capacity"]) for one in told["baskets"]] == [(park.number, 1, 3)]
    other = bo_calls.get("reports/offices").json()
    assert (other["offices"], other["baskets"]) == ([], [])


def test_a_need_is_called_again_and_archived(ada_calls):
    need = ada_calls.made("needs", NEED)
    here = f"needs/{need['number']}"
    assert ada_calls.post(f"{here}/archive").status_code == 409
    ada_calls.made(f"{here}/moves/answer", {"answer": "done"})
    ada_calls.made(f"{here}/moves/call_back", {"result": "satisfied"})
    ada_calls.made(f"{here}/moves/close_solved", {"outcome": "support_found"})
    ada_calls.made(f"{here}/follow-up", {"result": "not_reached"})
    assert [one["result"] for one in ada_calls.get(f"{here}/parts").json()["call_backs"]] == [
        "not_reached",
        "satisfied",
    ]
    assert ada_calls.made(f"{here}/archive")["archived_at"]
    assert ada_calls.get("needs").json()["items"] == []
    assert ada_calls.made(f"{here}/bring-back")["archived_at"] is None
