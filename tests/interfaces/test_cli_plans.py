"""`grandunion plan` tells how targets stand and where figures disagree, and takes published figures in."""

from pathlib import Path

import pytest

from grandunion.adapters.packs import Pack
from grandunion.records.plans import Claim
from grandunion.terms.claims import ClaimState
from grandunion.terms.roles import Role
from tests.cast import make_user
from tests.interfaces.test_cli import run

AS = ("--as", "planner@hub.example")


@pytest.fixture(autouse=True)
def _planner(hefei: Pack, db: None) -> None:
    make_user("planner@hub.example", Role.PLANNER)


def test_targets_and_disagreements_are_told(hefei: Pack) -> None:
    told = run("plan", "targets", *AS)
    assert told.exit_code == 0, told.stderr
    assert "organisations-2025" in told.stdout
    found = run("plan", "disagreements", *AS, "--cause", "translation")
    assert "1 disagreements." in found.stdout
    assert "the Chinese is the original" in found.stdout


def test_a_table_of_figures_is_taken_in_or_refused_with_its_rows(hefei: Pack, tmp_path: Path) -> None:
    heads = "indicator,source,level,qualifier,value,period\n"
    good, bad = tmp_path / "good.csv", tmp_path / "bad.csv"
    good.write_text(f"{heads}talents_new,Z0,city,over,12000,2025\n", encoding="utf-8")
    bad.write_text(f"{heads}talents_new,Z0,moon,over,12000,2025\n", encoding="utf-8")
    assert run("plan", "claims", str(good), *AS).exit_code == 0
    assert run("plan", "claims", str(bad), *AS).exit_code == 2
    assert Claim.objects.filter(state=ClaimState.ENTERED).count() == 1


def test_nobody_unknown_is_answered(hefei: Pack) -> None:
    assert run("plan", "targets", "--as", "nobody@hub.example").exit_code == 2
