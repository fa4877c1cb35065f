"""Periodic returns through the API and on the command line."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from grandunion.interfaces.cli import app
from grandunion.records.parties import Organisation, User
from grandunion.records.plans import Return, ReturnForm
from grandunion.terms.parties import OrganisationKind
from grandunion.terms.readers import Reader
from grandunion.terms.returns import ReturnPeriod, ReturnState, Span
from grandunion.terms.roles import Role
from grandunion.work.actions.plans import returns as deeds
from tests.calling import Caller
from tests.cast import make_organisation, make_user
from tests.reporting import make_form

pytestmark = pytest.mark.django_db
QUARTER = Span(ReturnPeriod.QUARTER, date(2026, 7, 1))
VALUES = {"projects": 12, "money": "35000.50", "staff": True, "words_zh": "签约"}


@pytest.fixture
def form(db: None) -> ReturnForm:
    return make_form("partner_quarterly", "partner", "quarter")


@pytest.fixture
def partner(db: None) -> Organisation:
    return make_organisation("Pia Partners", OrganisationKind.PARTNER, name_zh="派合伙人")


@pytest.fixture
def pia_user(partner: Organisation) -> User:
    return make_user("pia@partner.example", Role.PARTNER, partner)


@pytest.fixture
def asked(form: ReturnForm, partner: Organisation, operator: Reader) -> Return:
    deeds.open_cycle(form, QUARTER, by=operator, at=datetime(2026, 10, 9, 1, 0, tzinfo=UTC))
    return fresh()


def fresh() -> Return:
    return Return.objects.unscoped("tests read what was written").select_related("form", "owner").get()


def test_a_return_is_filled_in_and_reviewed_by_programs(asked: Return, pia_user: User, ada_user: User) -> None:
    pia, ada, here = Caller(pia_user), Caller(ada_user), f"returns/{asked.number}"
    assert [one["number"] for one in pia.get("returns").json()["items"]] == [asked.number]
    tag = pia.get(here).headers["ETag"]
    answer = pia.call("PATCH", here, {"values": VALUES}, If_Match=tag)
    assert (answer.status_code, answer.json()["values"]["money"]) == (200, "35000.50")
    assert pia.call("PATCH", here, {"values": {"projects": 1}}, If_Match=tag).status_code == 412
    tag = pia.get(here).headers["ETag"]
    wrong = pia.call("PATCH", here, {"values": {"projects": "many"}}, If_Match=tag)
    assert wrong.status_code == 422
    assert "projects" in wrong.content.decode()
    assert pia.call("PATCH", here, {"values": {"money": 1.5}}, If_Match=tag).status_code == 422
    assert pia.post(f"{here}/moves/submit").json()["state"] == "submitted"
    parts = ada.get(f"{here}/parts").json()
    assert (parts["period"], parts["lines"][0]["value"]) == ("2026-Q3", "12")
    assert ada.post(f"{here}/moves/send_back", {"comments": {}}).status_code == 409
    ada.post(f"{here}/moves/send_back", {"comments": {"money": "Which currency?"}})
    assert pia.get(f"{here}/parts").json()["lines"][1]["comment"] == "Which currency?"
    pia.post(f"{here}/moves/submit")
    assert ada.post(f"{here}/moves/accept").json()["state"] == "accepted"
    told = ada.get("reports/returns?form=partner_quarterly&period=2026-Q3").json()
    assert (told["accepted"], told["sums"][0]["value"]) == (1, "12")
    assert pia.get("reports/returns?form=partner_quarterly").status_code == 403


def test_nobody_elses_return_is_there_for_a_program(asked: Return, dee_user: User) -> None:
    dee = Caller(dee_user)
    assert dee.get("returns").json()["items"] == []
    assert dee.get(f"returns/{asked.number}").status_code == 404


def run(*words: str) -> object:
    return CliRunner().invoke(app, ["returns", *words, "--language", "en"])


def test_a_table_goes_out_and_comes_back_on_the_command_line(asked: Return, tmp_path: Path) -> None:
    out, back = tmp_path / "out.csv", tmp_path / "back.csv"
    assert run("export", "partner_quarterly", str(out), "--period", "2026-Q3").exit_code == 0
    assert out.read_text("utf-8-sig").splitlines()[1].startswith(f"{asked.number},派合伙人,,2026-Q3,due")
    back.write_text(f"number,projects,money,staff,words_zh\n{asked.number},12,9万,是,签约\n", "utf-8")
    assert run("import", str(back)).exit_code == 0
    assert (fresh().state, fresh().values["money"]) == (ReturnState.DRAFT, "90000.00")
    assert run("import", str(back), "--submit").exit_code == 0
    assert fresh().state == ReturnState.SUBMITTED


def test_one_bad_cell_keeps_the_whole_table_out_and_is_named(asked: Return, tmp_path: Path) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(f"number,projects\n{asked.number},12\nRTN-1999-0001,1\n{asked.number},lots\n", "utf-8")
    found = run("import", str(path))
    assert found.exit_code == 2
    assert "3: RTN-1999-0001" in found.stderr
    assert "4: " in found.stderr
    assert "projects" in found.stderr
    assert fresh().values == {}


def test_a_past_period_is_opened_by_hand_once(form: ReturnForm, partner: Organisation) -> None:
    assert run("open", "partner_quarterly", "2026-Q1").exit_code == 0
    assert run("open", "partner_quarterly", "2026-Q1").exit_code == 2
    assert run("open", "partner_quarterly", "2031-Q1").exit_code == 2
    assert "partner_quarterly" in run("forms").stdout
