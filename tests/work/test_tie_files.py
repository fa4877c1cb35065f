"""Ties go out to a spreadsheet and come in from one: declared, settled and ended, all of it or nothing."""

import csv
from pathlib import Path

import pytest

from grandunion.adapters.tables import open_table
from grandunion.records.matches import Tie
from grandunion.terms.matches import TieKind
from grandunion.terms.secrecy import Level
from grandunion.terms.verdicts import Forbidden, Invalid
from grandunion.work.actions import matches as actions
from grandunion.work.queries.matches.tie_files import HEADS, read_ties, write_ties
from tests.cast import NOON, make_organisation
from tests.interfaces.test_cli import run

pytestmark = pytest.mark.django_db
COLUMNS = ("one", "other", "kind", "source", "state", "reason")


@pytest.fixture
def rival(db):
    return make_organisation("Rival Robotics")


@pytest.fixture
def file(tmp_path):
    def write(*rows, heads=COLUMNS):
        path = tmp_path / "ties.csv"
        with path.open("w", encoding="utf-8", newline="") as kept:
            csv.writer(kept).writerows([heads, *rows])
        return path

    return write


def kept() -> list[tuple]:
    rows = Tie.objects.unscoped("tests look at what was made").order_by("pk")
    return [(row.tie_kind, row.is_confirmed, row.ended_at is not None) for row in rows]


def bring(path: Path, by):
    return dict(actions.import_ties(read_ties(path), by=by, at=NOON))


def test_ties_are_declared_out_of_a_file_by_number_or_name_in_either_language(
    file, ada, bo_company, rival, chen_person
):
    path = file(
        (bo_company.number, "Rival Robotics", "竞争关系", "a call", "", ""),
        (chen_person.number, rival.number, "family", "the register", "Stands", "Seen in the register."),
        (rival.number, bo_company.number, "One controls the other", "a call", "不属实", "Sold in May."),
    )
    assert bring(path, ada) == {"declared": 3}
    assert kept() == [("competitor", None, False), ("family", True, False), ("control", False, False)]
    assert bring(file((rival.number, bo_company.number, "competitor", "x", "", "")), ada) == {"unchanged": 1}


def test_what_was_exported_comes_back_with_what_was_found(tmp_path, file, ada, bo_company, rival):
    ties = [
        actions.declare_tie(bo_company, rival, kind, source="a call", by=ada, at=NOON)
        for kind in (TieKind.COMPETITOR, TieKind.CONTROL, TieKind.DECLARED)
    ]
    path = tmp_path / "out.xlsx"
    assert write_ties(path, ada, "zh") == 3
    table = open_table(path)
    rows = [dict(row) for _, row in table.rows()]
    assert list(table.columns) == [head.zh for head in HEADS.values()]
    assert [row["关联编号"] for row in rows] == [tie.number for tie in reversed(ties)]
    rows[0] |= {"状态": "属实", "核实情况": "The register says so."}
    rows[1] |= {"状态": "已终止"}
    assert bring(file(*(row.values() for row in rows), heads=table.columns), ada) == {
        "settled": 1, "ended": 1, "unchanged": 1
    }  # fmt: skip
    assert kept() == [("competitor", None, False), ("control", None, True), ("declared", True, False)]


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (("ORG-1999-0001", "Rival Robotics", "family", "x", "", ""), "one"),
        (("Rival Robotics", "", "family", "x", "", ""), "other"),
        (("Rival Robotics", "Rival Robotics", "family", "x", "", ""), "other"),
        (("Bo Robotics", "Rival Robotics", "friends", "x", "", ""), "kind"),
        (("Bo Robotics", "Rival Robotics", "", "x", "", ""), "kind"),
        (("Bo Robotics", "Rival Robotics", "family", "", "", ""), "source"),
        (("Bo Robotics", "Rival Robotics", "family", "x", "perhaps", ""), "state"),
        (("Bo Robotics", "Rival Robotics", "family", "x", "denied", ""), "reason"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_kept(file, ada, bo_company, rival, row, field):
    sound = (bo_company.number, rival.number, "competitor", "a call", "", "")
    with pytest.raises(Invalid) as wrong:
        bring(file(sound, row), ada)
    assert [(one.field, one.row) for one in wrong.value.problems] == [(field, 3)]
    assert kept() == []


def test_a_file_without_its_columns_or_rows_is_refused(file, ada):
    for path in (file(("a", "b"), heads=("one", "other")), file()):
        with pytest.raises(Invalid):
            bring(path, ada)


def test_a_company_exports_only_what_it_declared_and_declares_nothing_of_others(
    file, tmp_path, ada, bo, bo_company, rival
):
    actions.declare_tie(bo_company, rival, TieKind.CONTROL, source="Secret register", by=ada, at=NOON)
    actions.declare_tie(bo_company, rival, TieKind.COMPETITOR, source="we compete", by=bo, at=NOON)
    rival.level = Level.NAMED
    rival.save(update_fields=["level"])
    assert write_ties(tmp_path / "out.csv", bo, "en") == 1
    text = (tmp_path / "out.csv").read_text("utf-8-sig")
    assert "we compete" in text
    assert not {"Secret register", "Rival Robotics", rival.number} & set(text.replace("\n", ",").split(","))
    third, fourth = make_organisation("Third"), make_organisation("Fourth")
    with pytest.raises((Forbidden, Invalid)):
        bring(file((third.number, fourth.number, "family", "x", "", "")), bo)


def test_the_command_brings_ties_in_and_writes_them_out(file, tmp_path, ada_user, bo_company, rival):
    path = file((bo_company.number, rival.number, "competitor", "a call", "", ""))
    done = run("ties", "import", str(path), "--as", ada_user.email)
    assert (done.exit_code, kept()) == (0, [("competitor", None, False)]), done.stderr
    assert "Declared 1" in done.stdout
    out = tmp_path / "out.jsonl"
    assert run("ties", "export", str(out), "--as", ada_user.email).exit_code == 0
    assert rival.number in out.read_text("utf-8")
    refused = run(
        "ties", "import", str(file((bo_company.number, "Nobody", "family", "x", "", ""))), "--as", ada_user.email
    )
    assert refused.exit_code == 2
    assert "Nobody" in refused.stderr
    assert run("ties", "import", str(path), "--as", "nobody@hub.example").exit_code == 2
