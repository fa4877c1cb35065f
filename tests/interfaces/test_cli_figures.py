"""Figures on the console: all of them, one with its cut, and the ledger counted anew."""

from datetime import date

import pytest
from typer.testing import CliRunner

from grandunion.interfaces.cli.app import app
from grandunion.records.lists import Term
from grandunion.records.plans import Counted
from tests.cast import make_organisation
from tests.figures import make_indicator
from tests.work.test_plans import make_project

pytestmark = pytest.mark.django_db


def run(*words: str):
    """What the console answers to these words, in English."""
    return CliRunner().invoke(app, ["figures", *words, "--language", "en"])


@pytest.fixture
def landed(db: None) -> None:
    core = Term.objects.create(list="areas", code="core", name_zh="核心区", name_en="Core Area")
    for area in (core, core, None):
        make_project("Landed", company=make_organisation("Bo"), landed_on=date(2026, 5, 1), area=area)
    make_indicator("projects_landed", name_en="Projects landed")


def test_every_figure_is_listed_as_of_a_day(landed: None) -> None:
    assert "projects_landed" in run("list", "--as-of", "2026-06-01").output
    answer = run("show", "projects_landed", "--as-of", "2026-06-01", "--by", "area")
    assert answer.exit_code == 0
    assert "Projects landed: 3 pieces" in answer.output
    assert "by the day of landing" in answer.output
    assert "Core Area: 2" in answer.output
    assert "not recorded: 1" in answer.output
    assert (
        "Projects landed: 2 pieces" in run("show", "projects_landed", "--as-of", "2026-06-01", "--area", "core").output
    )


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "nothing"), "There is no"),
        (("show", "projects_landed", "--as-of", "May"), "Write the day like"),
        (("show", "projects_landed", "--by", "colour"), "Cut by one of"),
        (("list", "--area", "nowhere"), "is not a code of the list"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_sentence(landed: None, words: tuple[str, ...], says: str) -> None:
    answer = run(*words)
    assert answer.exit_code == 2
    assert says in answer.output


def test_the_ledger_is_mended_on_demand(landed: None) -> None:
    Counted.objects.all().delete()
    assert "Projects landed: 0 pieces" in run("show", "projects_landed", "--as-of", "2026-06-01").output
    assert "0 lines closed, 3 opened" in run("recount").output
    assert "Projects landed: 3 pieces" in run("show", "projects_landed", "--as-of", "2026-06-01").output
