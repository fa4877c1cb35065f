"""The pages on what came of matches and on what matching has learned from it."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest

from grandunion.adapters.tables import open_table
from grandunion.records.matches import Match, WeightSet
from grandunion.records.needs import Need
from grandunion.terms.matches import Market, MatchState
from grandunion.terms.roles import Role
from grandunion.terms.secrecy import Level
from grandunion.work.queries import matches
from tests.cast import NOON, make_user

pytestmark = pytest.mark.django_db
REPORT, LEARNING = "/w/reports/matches/", "/w/learning/technology/"
DAYS = "since=2020-01-01&as_of=2026-11-20"


@pytest.fixture
def past(bo_company, university):
    """A hundred and sixty matches that ended: where the texts agreed they succeeded."""
    need = Need.objects.create(
        number="NED-2026-0001", title_en="A cold amplifier", owner=bo_company, state="received", category="technology",
        level=Level.ORGANISATION, state_at=NOON, created_at=NOON, updated_at=NOON,
    )  # fmt: skip
    plan = matches.plan_of(Market.TECHNOLOGY)

    def ended(number):
        is_good = number % 2 == 0
        known = {"text": f"0.{5 + is_good}{number % 7}00", "freshness": f"0.{(number * 37) % 90 + 10:02d}00"}
        parts = [{"part": code, "weight": str(weight), "value": known.get(code), "evidence_en": "", "evidence_zh": ""}
                 for code, weight in plan.weights.items()]  # fmt: skip
        at = NOON - timedelta(days=number)
        return Match(
            number=f"MAT-2020-{number:04d}", level=Level.ORGANISATION, market=Market.TECHNOLOGY, need=need,
            state=MatchState.SUCCESS if is_good else MatchState.DECLINED, offering=university, parts=parts,
            score=Decimal("0.5"), reason="" if is_good else "price_too_high", state_at=at, created_at=at, updated_at=at,
        )  # fmt: skip

    return Match.objects.bulk_create(ended(number) for number in range(160))


@pytest.fixture
def ada_browses(ada_user, sign_in):
    client = sign_in(ada_user)
    client.cookies["django_language"] = "en"
    return client


def test_every_number_of_the_report_opens_to_its_rows(past, ada_browses, queries, reading):
    with queries(at_most=24), reading():
        shown = ada_browses.get(f"{REPORT}?{DAYS}").content.decode()
    assert "<svg" in shown
    assert "160" in shown
    address = f"{REPORT}rows/?{DAYS}&stage=success&group=technology"
    assert f'href="{address.replace("&", "&amp;")}"' in shown
    rows = ada_browses.get(address)
    assert "<b>80</b>" in rows.content.decode()
    assert "MAT-2020-0000" in rows.content.decode()


def test_the_report_is_saved_as_a_table(past, ada_browses, tmp_path):
    told = ada_browses.get(f"{REPORT}?{DAYS}&by=reason&format=csv").content.decode("utf-8-sig")
    head, reason, whole = csv.reader(io.StringIO(told))
    assert head[:2] == ["Reason it came to nothing", "Suggested"]
    assert (reason[0], reason[8]) == ("Declined: Too expensive", "80")
    assert (whole[0], whole[1]) == ("All matches", "160")
    path = tmp_path / "report.xlsx"
    path.write_bytes(ada_browses.get(f"{REPORT}?{DAYS}&format=xlsx").content)
    assert [row["Suggested"] for _, row in open_table(path).rows()] == ["160", "160"]


@pytest.mark.parametrize(
    "asked", ["by=planet", "as_of=2999-01-01", "as_of=x", "market=x", "field=x", "since=2027-01-01", "since=0001-01-01"]
)
def test_what_the_report_does_not_know_is_refused(ada_browses, asked):
    assert ada_browses.get(f"{REPORT}?{asked}").status_code == 422


@pytest.mark.parametrize("asked", ["group=x&by=month", "group=x&by=field", "manager=x"])
def test_a_group_that_is_not_there_is_not_found(ada_browses, asked):
    assert ada_browses.get(f"{REPORT}rows/?{asked}").status_code == 404


def test_a_bureau_reads_the_report_without_people_and_a_company_none_of_it(past, sign_in, bo_user):
    bureau = sign_in(make_user("bureau@city.example", Role.BUREAU))
    shown = bureau.get(f"{REPORT}?{DAYS}").content.decode()
    assert "160" in shown
    assert "rows/" not in shown
    assert bureau.get(f"{REPORT}?{DAYS}&by=manager").status_code == 403
    assert bureau.get(LEARNING).status_code == 403
    assert "MAT-2020" not in bureau.get(f"{REPORT}rows/?{DAYS}").content.decode()
    company = sign_in(bo_user)
    assert [company.get(one).status_code for one in (REPORT, f"{REPORT}rows/", "/w/learning/", LEARNING)] == [403] * 4


def test_weights_are_learned_looked_at_put_in_force_and_taken_back(past, ada_browses, queries, reading):
    learned = ada_browses.post(f"{LEARNING}learn/")
    assert (learned.status_code, learned["Location"]) == (303, LEARNING)
    with queries(at_most=16), reading():
        shown = ada_browses.get(LEARNING).content.decode()
    assert "Proposed: no. 2" in shown
    assert "A good one stands above another" in shown
    assert matches.plan_of(Market.TECHNOLOGY).weights["text"] == Decimal("0.4000")
    assert ada_browses.post(f"{LEARNING}editions/2/activate/").status_code == 303
    assert matches.plan_of(Market.TECHNOLOGY).weights["text"] > Decimal("0.4000")
    assert ada_browses.post(f"{LEARNING}revert/").status_code == 303
    assert matches.active(Market.TECHNOLOGY).edition == 1
    assert "No. 2" in ada_browses.get(LEARNING).content.decode()
    with queries(at_most=12), reading():
        assert "Technology" in ada_browses.get("/w/learning/").content.decode()


def test_too_little_to_learn_from_is_said(ada_browses):
    refused = ada_browses.post(f"{LEARNING}learn/")
    assert refused.status_code == 409
    assert "Too little to learn from" in refused.content.decode()
    assert ada_browses.post(f"{LEARNING}editions/9/activate/").status_code == 404
    assert ada_browses.get("/w/learning/planets/").status_code == 404


def test_weights_set_by_hand_are_shares_with_a_reason(ada_browses):
    given = {code: "0" for code in matches.plan_of(Market.TECHNOLOGY).weights} | {"text": "30", "maturity": "10"}
    assert "This field is required" in ada_browses.post(f"{LEARNING}set/", given).content.decode()
    assert ada_browses.post(f"{LEARNING}set/", {**given, "reason": "texts first"}).status_code == 303
    made = matches.editions(Market.TECHNOLOGY)[0]
    assert (made.weights["text"], made.weights["maturity"], made.reason) == ("0.7500", "0.2500", "texts first")
    assert ada_browses.post(f"{LEARNING}set/", {"text": "0", "reason": "nothing"}).status_code == 422


def test_a_planner_reads_the_weights_and_changes_none(past, sign_in):
    planner = sign_in(make_user("planner@hub.example", Role.PLANNER))
    assert planner.get(LEARNING).status_code == 200
    for address in ("learn/", "revert/", "editions/1/activate/", "set/"):
        assert planner.post(f"{LEARNING}{address}").status_code in (403, 404)
    assert not WeightSet.objects.unscoped("a test looks at what was kept").exists()
