"""`grandunion round plan` assigns a spreadsheet or a stored round: 0 done, 2 refused or not all placed."""

import csv

import pytest

from grandunion.adapters.tables.books import read_book, write_book
from grandunion.work.queries.matches.round_files import COLUMNS
from tests.interfaces.test_cli import run
from tests.work.test_rounds import roadshow  # noqa: F401

MEMBERS = [
    {"side": "a", "key": "a1", "name_en": "Company one", "min_load": "1", "max_load": "2"},
    {"side": "a", "key": "a2", "name_en": "Company two", "min_load": "1", "max_load": "2"},
    {"side": "b", "key": "b1", "name_en": "Fund one", "max_load": "2"},
    {"side": "b", "key": "b2", "name_en": "Fund two", "max_load": "1"},
]
PAIRS = [
    {"key_a": "a1", "key_b": "b1", "value": "0.9"},
    {"key_a": "a1", "key_b": "b2", "value": "0.8"},
    {"key_a": "a2", "key_b": "b1", "value": "0.4"},
]


def book(tmp_path, **tables):
    given = {"members": MEMBERS, "slots": [{"key": "t1"}, {"key": "t2", "tables": "1"}], "pairs": PAIRS, **tables}
    write_book(tmp_path / "round.xlsx", {name: (COLUMNS[name], rows) for name, rows in given.items()})
    return str(tmp_path / "round.xlsx")


@pytest.mark.django_db
def test_a_spreadsheet_is_assigned_and_written_with_its_meetings(tmp_path):
    target = tmp_path / "plan.xlsx"
    found = run("round", "plan", book(tmp_path), "--out", str(target))
    assert found.exit_code == 0, found.stderr
    assert "3 meetings, worth 2.1000 in all" in found.stdout
    rows = read_book(target)["meetings"]
    assert len({(row["key_a"], row["slot"]) for row in rows}) == len(rows) == 3
    fair = run("round", "plan", book(tmp_path), "--fair", "--out", str(tmp_path / "plan.csv"))
    assert fair.exit_code == 0
    with (tmp_path / "plan.csv").open(encoding="utf-8-sig") as file:
        assert {row["a_en"] for row in csv.DictReader(file)} == {"Company one", "Company two"}


@pytest.mark.django_db
def test_who_cannot_be_placed_is_named_and_the_command_ends_with_two(tmp_path):
    pairs = [{**PAIRS[2], "constraint": "-1", "reason_en": "One house", "reason_zh": "同一单位"}, *PAIRS[:2]]
    found = run("round", "plan", book(tmp_path, pairs=pairs))
    assert found.exit_code == 2
    assert "One house" in found.stderr


@pytest.mark.django_db
def test_a_bad_row_is_named_as_the_spreadsheet_counts_it(tmp_path):
    found = run("round", "plan", book(tmp_path, pairs=[PAIRS[0], {**PAIRS[1], "value": "2"}]))
    assert found.exit_code == 2
    assert "row 3, pairs.value" in found.stderr
    assert run("round", "plan", str(tmp_path / "nothing.xlsx")).exit_code == 2


@pytest.mark.django_db
def test_a_stored_round_is_planned_by_its_number(roadshow):  # noqa: F811
    found = run("round", "plan", roadshow.number)
    assert found.exit_code == 0, found.stderr
    assert "Company 0" in found.stdout
    assert run("round", "plan", "RND-1999-0001").exit_code == 2
