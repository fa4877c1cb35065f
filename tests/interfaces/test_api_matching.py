"""Matching through the API: offers, explained candidates, weights, rounds and the report."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from grandunion.engines.matching import confidence_of, value_of
from grandunion.engines.matching.pieces import Part
from grandunion.records.matches import Match, WeightSet
from grandunion.records.needs import Need
from grandunion.records.parties import User
from grandunion.terms.roles import Role
from grandunion.terms.text import NOTHING
from tests.calling import Caller
from tests.cast import make_user

pytestmark = pytest.mark.django_db
PRODUCT = {
    "offer_kind": "product", "title_en": "Quiet magnetic bearings", "title_zh": "低噪声磁悬浮轴承",
    "text_en": "Magnetic bearings for pumps that must not be heard.", "trl_min": 6, "amount_min": "1000.00",
}  # fmt: skip
NEED = {
    "contact_name": "Bo", "category": "technology", "title_en": "A quiet pump", "title_zh": "静音泵",
    "text_en": "Our pump is too loud for a hospital: we look for quiet magnetic bearings.", "trl_wanted": 6,
}  # fmt: skip


@pytest.fixture
def ada_calls(ada_user):
    return Caller(ada_user)


@pytest.fixture
def dee_calls(dee_user):
    return Caller(dee_user)


@pytest.fixture
def offer(dee_calls):
    made = dee_calls.made("offers", PRODUCT)
    return dee_calls.made(f"offers/{made['number']}/moves/publish")["number"]


@pytest.fixture
def need(ada_calls, bo_company):
    return ada_calls.made("needs", {**NEED, "organisation": bo_company.number})["number"]


def told(answer, status):
    assert answer.status_code == status, answer.content.decode()
    assert answer["Content-Type"] == "application/problem+json"
    return answer.json()


def test_an_offer_is_written_changed_published_paused_and_withdrawn(dee_calls, bo_user):
    made = dee_calls.post("offers", PRODUCT, Idempotency_Key="once")
    assert (made.status_code, made.json()["state"]) == (201, "draft")
    here = made["Location"].removeprefix("/api/v1/")
    assert dee_calls.post("offers", PRODUCT, Idempotency_Key="once").json()["number"] == made.json()["number"]
    bo = Caller(bo_user)
    told(bo.get(here), 404)
    told(dee_calls.patch(here, {"quota": 3}), 428)
    changed = dee_calls.patch(here, {"quota": 3, "terms": "net 30"}, If_Match=made["ETag"])
    assert (changed.json()["quota"], changed.json()["terms"]) == (3, "net 30")
    told(dee_calls.patch(here, {"quota": 4}, If_Match=made["ETag"]), 412)
    assert {one["code"] for one in dee_calls.get(f"{here}/moves").json()["items"]} >= {"publish", "withdraw"}
    assert dee_calls.made(f"{here}/moves/publish")["level"] == "members"
    read = bo.get(here).json()
    assert (read["amount_min"], "terms" in read) == ("1000.00", False)
    told(bo.patch(here, {"quota": 9}, If_Match=bo.get(here)["ETag"]), 403)
    told(dee_calls.post(f"{here}/moves/pause"), 409)
    assert dee_calls.made(f"{here}/moves/pause", {"reason": "no room"})["state"] == "paused"
    assert dee_calls.made(f"{here}/moves/resume")["state"] == "published"
    assert dee_calls.get(f"{here}/parts").json() == {"regions": [], "matches": [], "under_way": 0}
    assert dee_calls.made(f"{here}/moves/withdraw", {"reason": "sold"})["state"] == "withdrawn"


def test_an_offer_is_opened_to_the_public_by_a_second_person(dee_calls, ada_calls, bo_user):
    here = f"offers/{dee_calls.made('offers', PRODUCT)['number']}"
    assert told(ada_calls.post(f"{here}/open-to", {"level": "public"}), 403)["detail"]
    asked = dee_calls.made(f"{here}/moves/publish", {"level": "public"})
    assert (asked["level"], bool(asked["public_asked_at"])) == ("members", True)
    told(Caller(bo_user).post(f"{here}/open-to", {"level": "public"}), 403)
    opened = ada_calls.made(f"{here}/open-to", {"level": "public"})
    assert (opened["level"], opened["public_asked_at"]) == ("public", None)
    assert dee_calls.made(f"{here}/open-to")["level"] == "members"


@pytest.mark.parametrize(
    "body",
    [
        {}, {"offer_kind": "planet"}, {"offer_kind": "product"}, {**PRODUCT, "trl_min": 10}, {**PRODUCT, "quota": -1},
        {**PRODUCT, "quota": 10**9}, {**PRODUCT, "amount_max": "1.00"}, {**PRODUCT, "amount_min": 1.5},
        {**PRODUCT, "instruments": ["gold"]}, {**PRODUCT, "regions": ["\x00"]}, {**PRODUCT, "regions": ["x"] * 50},
        {**PRODUCT, "owner": "ORG-2026-9999"}, {**PRODUCT, "offer_kind": "expertise"}, {**PRODUCT, "colour": "red"},
        {**PRODUCT, "title_en": "\x00"}, {**PRODUCT, "starts_on": "2026-13-01"}, {**PRODUCT, "space_kind": "moon"},
        {**PRODUCT, "currency": "XXXX"},
    ],
)  # fmt: skip
def test_an_offer_that_cannot_stand_is_refused_at_its_field(dee_calls, body):
    assert told(dee_calls.post("offers", body), 422)["detail"]


def test_candidates_are_explained_so_that_every_figure_recomputes(ada_calls, need, offer, queries, reading):
    with queries(at_most=45), reading():
        found = ada_calls.get(f"needs/{need}/candidates").json()
    (best,) = found["items"]
    assert (best["kind"], best["number"], best["place"], best["was"]) == ("offer", offer, 1, None)
    parts = [
        Part(one["code"], Decimal(one["weight"]), None if one["value"] is None else Decimal(one["value"]), NOTHING)
        for one in best["parts"]
    ]
    assert Decimal(best["value"]) == value_of(parts)
    assert Decimal(best["confidence"]) == confidence_of(parts)
    assert {one["code"]: Decimal(found["weights"][one["code"]]) for one in best["parts"]} == {
        part.code: part.weight for part in parts
    }
    text = next(one for one in best["parts"] if one["code"] == "text")
    assert any("bearing" in one["found"] for one in text["met"])
    assert set(best["sentence"]) == set(text["evidence"]) == {"en", "zh"}
    assert found["notes"], "without a model the answer says that texts were compared by words alone"
    assert found["is_reweighed"] is False


def test_own_weights_hold_for_one_answer(ada_calls, need, offer):
    found = ada_calls.get(f"needs/{need}/candidates?weights=text:30,maturity:10&limit=5").json()
    assert found["is_reweighed"] is True
    assert (found["weights"]["text"], found["weights"]["maturity"], found["weights"]["place"]) == (
        "0.7500", "0.2500", "0.0000"
    )  # fmt: skip
    assert found["items"][0]["was"] == 1
    assert WeightSet.objects.unscoped("a test looks at what was kept").count() == 0


def test_needs_are_found_for_an_offer_by_its_owner_and_nobody_else(ada_calls, need, offer, dee_calls, bo_user):
    Need.objects.unscoped("tests open a record").filter(number=need).update(level="members")
    (best,) = dee_calls.get(f"offers/{offer}/candidates").json()["items"]
    assert (best["kind"], best["number"]) == ("need", need)
    told(Caller(bo_user).get(f"offers/{offer}/candidates"), 403)
    told(dee_calls.get(f"needs/{need}/candidates"), 403)
    assert dee_calls.get(f"offers/{offer}/candidates").json()["excluded"] == []


def test_the_desk_reads_who_was_left_out_with_the_constraint(ada_calls, need, offer, bo_company):
    mine = ada_calls.made("offers", {**PRODUCT, "owner": bo_company.number})["number"]
    ada_calls.made(f"offers/{mine}/moves/publish")
    found = ada_calls.get(f"needs/{need}/candidates").json()
    (out,) = found["excluded"]
    assert out["number"] == mine
    assert out["excluded"]["zh"]
    assert [one["sign"] for one in out["constraints"]] == [-1]


@pytest.mark.parametrize(
    "asked",
    ["limit=0", "limit=x", "limit=1000", "market=talent", "market=%00", "weights=beauty:1", "weights=text",
     "weights=text:", "weights=text:-1", "weights=text:NaN", "weights=text:0", "weights=text:1e99",
     "weights=" + "text:1," * 60, "weights=%00:1", "colour=blue"],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_refused(ada_calls, need, asked):
    assert told(ada_calls.get(f"needs/{need}/candidates?{asked}"), 422)["detail"]


@pytest.mark.parametrize("address", ["needs/NED-2026-0001", "achievements/x", "offers/NED-2026-0001", "persons/%00"])
def test_what_is_not_there_has_no_candidates(ada_calls, address):
    told(ada_calls.get(f"{address}/candidates"), 404)


def test_an_offer_is_paired_with_a_need_through_the_api(ada_calls, need, offer):
    made = ada_calls.made("matches", {"need": need, "offer": offer})
    assert (made["offer"], made["market"]) == (offer, "technology")


def test_weights_are_proposed_put_in_force_and_taken_back(ada_calls, dee_calls):
    assert told(dee_calls.get("weights"), 403)
    assert {one["market"] for one in ada_calls.get("weights").json()["items"]} >= {"technology", "capital"}
    made = ada_calls.post("weights/capital", {"weights": {"text": "3", "stage": 1}, "reason": "rounds matter"})
    assert (made.status_code, made.json()["edition"], made.json()["state"]) == (201, 2, "proposed")
    assert made.json()["weights"]["text"] == "0.7500"
    here = "weights/capital/2"
    tag = ada_calls.get(here)["ETag"]
    assert ada_calls.get(here, If_None_Match=tag).status_code == 304
    told(ada_calls.post(f"{here}/activate", If_Match='"capital.2-9-s1"'), 412)
    assert ada_calls.made(f"{here}/activate", If_Match=tag)["state"] == "active"
    assert ada_calls.get("weights/capital").json()["weights"]["text"] == "0.7500"
    told(ada_calls.post(f"{here}/activate"), 409)
    assert ada_calls.made("weights/capital/revert")["edition"] == 1
    assert "Too little to learn from" in told(ada_calls.post("weights/capital/learn"), 409)["detail"]


@pytest.mark.parametrize(
    "body",
    [{}, {"weights": {}, "reason": "x"}, {"weights": {"text": 1}}, {"weights": {"text": 1}, "reason": " "},
     {"weights": {"text": -1}, "reason": "x"}, {"weights": {"text": 0.5}, "reason": "x"},
     {"weights": {"text": "NaN"}, "reason": "x"}, {"weights": {"beauty": 1}, "reason": "x"},
     {"weights": {"\x00": 1}, "reason": "x"}, {"weights": {"text": 0}, "reason": "x"},
     {"weights": {f"p{n}": 1 for n in range(50)}, "reason": "x"}, {"weights": [1], "reason": "x"}],
)  # fmt: skip
def test_weights_that_cannot_stand_are_refused(ada_calls, body):
    answer = ada_calls.post("weights/technology", body)
    assert answer.status_code in (409, 422), answer.content
    assert not WeightSet.objects.unscoped("a test looks at what was kept").exists()


def test_a_planner_reads_the_weights_and_changes_none(db):
    planner = Caller(make_user("planner@hub.example", Role.PLANNER))
    assert planner.get("weights/technology").status_code == 200
    for path, body in (("", {"weights": {"text": 1}, "reason": "x"}), ("/learn", None), ("/revert", None)):
        told(planner.post(f"weights/technology{path}", body), 403)
    told(planner.get("weights/planets"), 404)
    told(planner.get("weights/technology/7"), 404)


def test_a_round_is_planned_filled_worked_out_and_assigned(ada_calls, need, offer, dee_calls):
    made = ada_calls.post(
        "rounds", {"market": "technology", "title_en": "Pumps", "slots": [{"code": "a"}, {"code": "b"}]},
        Idempotency_Key="r",
    )  # fmt: skip
    assert made.status_code == 201, made.content
    again = ada_calls.post("rounds", {"market": "technology", "title_en": "Pumps"}, Idempotency_Key="r")
    assert again.json()["number"] == made.json()["number"]
    here = f"rounds/{made.json()['number']}"
    told(dee_calls.get(here), 404)
    told(ada_calls.post(f"{here}/participants", {"side": "needing", "numbers": ["NED-2026-9999"]}), 422)
    ada_calls.made(f"{here}/participants", {"side": "needing", "numbers": [need]})
    ada_calls.made(f"{here}/participants", {"side": "offering", "numbers": [offer]})
    ada_calls.made(f"{here}/pairs")
    assert ada_calls.made(f"{here}/moves/assign")["state"] == "assigned"
    parts = ada_calls.get(f"{here}/parts").json()
    assert [(one["number"], one["side"]) for one in parts["participants"]] == [(need, "needing"), (offer, "offering")]
    assert (parts["pairs"], len(parts["meetings"])) == (1, 1)
    assert ada_calls.made(f"{here}/moves/publish")["state"] == "published"
    mine = dee_calls.get(f"{here}/parts").json()
    assert (mine["participants"], mine["pairs"], len(mine["meetings"])) == (None, None, 1)
    told(dee_calls.post(f"{here}/moves/finish"), 409)
    told(ada_calls.post(f"{here}/participants/999999/cancel", {"reason": "ill"}), 404)


def test_a_round_goes_out_as_tables_and_comes_back_the_same_or_not_at_all(ada_calls, need, offer, dee_calls):
    made = ada_calls.made("rounds", {"market": "technology", "title_en": "Pumps", "slots": [{"code": "a"}]})
    here = f"rounds/{made['number']}"
    for side, number in (("needing", need), ("offering", offer)):
        ada_calls.made(f"{here}/participants", {"side": side, "numbers": [number]})
    ada_calls.made(f"{here}/pairs")
    ada_calls.made(f"{here}/moves/assign")
    tables = ada_calls.get(f"{here}/tables").json()
    assert [len(tables[name]) for name in ("members", "slots", "pairs", "meetings")] == [2, 1, 1, 1]
    assert {row["key"] for row in tables["members"]} == {need, offer}
    wrong = [{**tables["pairs"][0], "key_b": "OFR-2026-9999"}]
    assert told(ada_calls.post(f"{here}/tables", {"pairs": wrong, "members": tables["members"]}), 422)["errors"]
    for body in ({}, {"slots": []}, {"members": [{"side": "z"}]}, {"members": "all"}, {"pairs": [{"key_a": 1}]}):
        told(ada_calls.post(f"{here}/tables", body), 422)
    assert ada_calls.get(f"{here}/tables").json() == tables
    given = {name: tables[name] for name in ("members", "pairs", "meetings")}
    assert ada_calls.post(f"{here}/tables", given).json() == {"members": 2, "pairs": 1, "meetings": 1}
    assert ada_calls.get(f"{here}/tables").json() == tables
    told(dee_calls.get(f"{here}/tables"), 404)


def test_the_report_and_its_rows_are_read_with_the_readers_rights(ada_calls, need, offer, dee_calls):
    made = ada_calls.made("matches", {"need": need, "offer": offer})["number"]
    report = ada_calls.get("reports/matches?by=manager").json()
    (group,) = report["groups"]
    assert (group["counts"]["suggested"], report["whole"]["counts"]["open"]) == (1, 1)
    assert group["key"] == str(User.objects.get(email="ada@hub.example").pk)
    rows = ada_calls.get(f"reports/matches/rows?by=manager&group={group['key']}&stage=open&limit=1").json()
    assert ([one["number"] for one in rows["items"]], rows["hidden"]) == ([made], 0)
    told(dee_calls.get("reports/matches"), 403)
    told(dee_calls.get("reports/matches/rows"), 403)
    bureau = Caller(make_user("bureau@city.example", Role.BUREAU))
    masked = bureau.get("reports/matches").json()
    assert (masked["whole"]["counts"]["suggested"], masked["is_masked"]) == (None, True)
    assert bureau.get("reports/matches/rows").json() == {"items": [], "next": None, "hidden": None}
    told(bureau.get("reports/matches?by=manager"), 403)


def test_a_cursor_walks_the_rows_of_the_report(ada_calls, need, offer):
    made = ada_calls.made("matches", {"need": need, "offer": offer})["number"]
    one = Match.objects.unscoped("tests copy a record").get(number=made)
    for number in range(3):
        one.pk, one.number, one.offer = None, f"MAT-2020-{number:04d}", None
        one.offering_id, one.created_at = one.owner_id, timezone.now() - timedelta(days=number)
        one.save(force_insert=True)
    seen, cursor = [], ""
    for _ in range(5):
        page = ada_calls.get(f"reports/matches/rows?limit=1&cursor={cursor}").json()
        seen += [row["number"] for row in page["items"]]
        cursor = page["next"]
        if not cursor:
            break
    assert len(seen) == len(set(seen)) == 4
