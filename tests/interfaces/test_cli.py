"""The console: done is 0, refused is 2 with a sentence on stderr, and help is quick."""

import os
import subprocess
import sys
import tarfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core import checks as django_checks
from typer.testing import CliRunner

from grandunion.adapters import backups
from grandunion.interfaces.cli import app
from grandunion.records.parties import Membership, Organisation, User
from grandunion.terms.roles import Role
from grandunion.terms.verdicts import Refused
from tests.cast import make_organisation
from tests.tables import lay_tables

ROOT = Path(__file__).resolve().parents[2]


def run(*words: str, typed: str = ""):
    spoken = () if "--language" in words or words[-1] == "--help" else ("--language", "en")
    return CliRunner().invoke(app, [*words, *spoken], input=typed)


def test_help_names_every_word_and_loads_nothing_heavy():
    code = (
        "import sys; from grandunion.interfaces.cli import app; print('django' in sys.modules, 'rich' in sys.modules)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    said = subprocess.run(  # noqa: S603 - our own interpreter
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert said.stdout.split()[0] == "False"
    shown = run("--help").output
    for word in ("demo", "serve", "check", "migrate", "pack", "import", "export", "user", "backup", "restore", "docs"):
        assert f"  {word} " in shown


def test_a_refusal_speaks_the_language_asked_for_and_ends_with_two():
    zh = run("pack", "check", "nowhere", "--language", "zh")
    assert (zh.exit_code, zh.stdout) == (2, "")
    assert "没有名为" in zh.stderr
    assert "There is no" not in zh.stderr
    both = run("pack", "check", "nowhere", "--language", "both")
    assert "没有名为" in both.stderr
    assert "There is no" in both.stderr
    assert run("pack", "check", "nowhere", "--language", "fr").exit_code == 2


def test_the_pack_that_ships_has_no_mistake():
    found = run("pack", "check", "hefei")
    assert found.exit_code == 0, found.stderr


def test_a_bug_is_loud(monkeypatch):
    monkeypatch.setattr("grandunion.work.queries.upkeep.packs.checked", lambda name: 1 / 0)
    found = run("pack", "check", "hefei")
    assert isinstance(found.exception, ZeroDivisionError)
    assert found.exit_code == 1


def test_docs_that_are_not_current_are_refused(tmp_path):
    assert run("docs", "--root", str(tmp_path)).exit_code == 0
    assert run("docs", "--check", "--root", str(tmp_path)).exit_code == 0
    page = next((tmp_path / "docs" / "generated").rglob("*.md"))
    page.write_text("changed by hand", "utf-8")
    refused = run("docs", "--check", "--root", str(tmp_path))
    assert refused.exit_code == 2
    assert page.name in refused.stderr


@pytest.mark.django_db
def test_an_import_is_looked_at_then_written_then_the_same(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source_ref,name_zh\n1,博机器人有限公司\n", "utf-8")
    look = run("import", "organisations", str(path), "--dry-run")
    assert (look.exit_code, Organisation.objects.unscoped("a test looks at what was kept").count()) == (0, 0)
    unasked = run("import", "organisations", str(path))
    assert (unasked.exit_code, Organisation.objects.unscoped("a test looks at what was kept").count()) == (2, 0)
    assert "--yes" in unasked.stderr
    done = run("import", "organisations", str(path), "--yes")
    assert (done.exit_code, Organisation.objects.unscoped("a test looks at what was kept").count()) == (0, 1)
    assert "1 new, 0 changed" in done.stdout
    assert "Everything in this file is in the hub already" in run("import", "organisations", str(path), "--yes").stdout
    path.write_text("source_ref,name_zh\n", "utf-8")
    assert "no rows below its header" in run("import", "organisations", str(path), "--yes").stdout


@pytest.mark.django_db
def test_a_bad_row_is_named_with_its_row_and_field(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("source_ref,name_zh,credit_code\n1,博,123\n", "utf-8")
    found = run("import", "organisations", str(path), "--yes")
    assert found.exit_code == 2
    assert "row 2, credit_code: " in found.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    "words",
    [
        ("import", "planets", "a.csv"),
        ("import", "organisations", "nowhere.csv"),
        ("import", "organisations", "a.csv", "--mapping", "nowhere"),
        ("import", "needs", "a.csv", "--mapping", "ror"),
        ("import", "organisations", "a.csv", "--mapping", "ror", "--join", "names"),
        ("export", "organisations", "a.csv", "--as", "nobody@hub.example"),
        ("backup", "/nowhere/at/all.tar"),
        ("restore", "nowhere.tar"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(words):
    found = run(*words)
    assert found.exit_code == 2, found.exception
    assert found.stderr.strip()


@pytest.mark.django_db
def test_an_export_is_what_its_user_sees(tmp_path, bo_user, bo_company):
    make_organisation("Hidden", level="named")
    path = tmp_path / "all.csv"
    found = run("export", "organisations", str(path), "--as", bo_user.email)
    assert found.exit_code == 0, found.stderr
    text = path.read_text("utf-8-sig")
    assert "博机器人有限公司" in text or "Bo Robotics" in text
    assert "Hidden" not in text


@pytest.mark.django_db
def test_an_account_is_opened_with_its_role(bo_company):
    words = ("user", "add", "eve@company.example", "--role", "enterprise", "--organisation", bo_company.number,
             "--name-zh", "伊芙", "--password-stdin")  # fmt: skip
    assert run(*words, typed="short\n").exit_code == 2
    assert not User.objects.filter(email="eve@company.example").exists()
    done = run(*words, typed="a-long-enough-password\n")
    assert done.exit_code == 0, done.stderr
    user = User.objects.get(email="eve@company.example")
    assert user.check_password("a-long-enough-password")
    (held,) = Membership.objects.unscoped("a test looks at what was kept").filter(user=user)
    assert (held.role, held.organisation) == (Role.ENTERPRISE, bo_company)
    assert (
        run("user", "add", "x@y.example", "--role", "king", "--password-stdin", typed="a-long-enough\n").exit_code == 2
    )


@pytest.mark.django_db
def test_the_checks_are_said_one_by_one():
    found = run("check")
    assert found.exit_code == 0, found.stderr
    assert "journal" in found.stdout


def test_the_addresses_of_the_house_have_no_fault():
    assert django_checks.run_checks(tags=[django_checks.Tags.urls]) == []


SEVERAL = """
import sys
from typer.testing import CliRunner
from grandunion.interfaces.cli import app
for line in sys.argv[1:]:
    done = CliRunner().invoke(app, line.split(";"))
    print(f"{done.exit_code} {done.stdout} {done.stderr}".replace("\\n", " "))
"""


def commands(home: Path, *lines: str) -> list[str]:
    """What each command says that is given one after the other in a process whose hub this is: its code, its words."""
    return process(home, "-c", SEVERAL, *lines).stdout.splitlines()


def process(home: Path, *words: str) -> subprocess.CompletedProcess:
    known = {"PYTHONPATH": str(ROOT / "src"), "GRANDUNION_HOME": str(home), "GRANDUNION_LANGUAGE": "en"}
    given = {**os.environ, **known}
    given.pop("GRANDUNION_DATABASE_URL", None)
    return subprocess.run(  # noqa: S603 - our own commands
        [sys.executable, *words], env=given, capture_output=True, text=True, check=False
    )


def test_a_hub_is_backed_up_and_comes_back_whole(tmp_path):
    first, second, kept = tmp_path / "first", tmp_path / "second", tmp_path / "hub.tar.gz"
    lay_tables(first)
    (first / "files" / "ab").mkdir(parents=True)
    (first / "files" / "ab" / "abc").write_bytes(b"a kept file")
    made = commands(first, "migrate", f"backup;{kept}")
    assert [one[:2] for one in made] == ["0 ", "0 "], made
    restored, replaced = commands(second, f"restore;{kept}", f"restore;{kept};--replace")
    assert restored.startswith("0 "), restored
    assert (second / "files" / "ab" / "abc").read_bytes() == b"a kept file"
    assert replaced.startswith("0 "), replaced
    assert len(list(second.glob("hub.sqlite3.before-*"))) == 1
    occupied = process(second, "-m", "grandunion.interfaces.cli", "restore", str(kept))
    assert occupied.returncode == 2
    assert "--replace" in occupied.stderr
    damaged = tmp_path / "damaged.tar.gz"
    damaged.write_bytes(kept.read_bytes()[:-2000])
    with pytest.raises(Refused):
        backups.prove(damaged)


MANIFEST = b'{"format": 1, "made_at": "", "database": "hub.sqlite3", "parts": {%b}}'


def packed(path: Path, **parts: bytes) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, content in parts.items():
            member = tarfile.TarInfo(name.replace("__", "."))
            member.size = len(content)
            tar.addfile(member, BytesIO(content))
    return path


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"hub__sqlite3": b"x"},
        {"manifest__json": b"[]"},
        {"manifest__json": MANIFEST % b"", "hub__sqlite3": b"x"},
        {"manifest__json": MANIFEST % b'"hub.sqlite3": {"sha256": "00", "size": 1}', "hub__sqlite3": b"x"},
    ],
)  # fmt: skip
def test_what_is_no_sound_backup_never_takes_the_place_of_a_hub(tmp_path, parts):
    with pytest.raises(Refused):
        backups.prove(packed(tmp_path / "a.tar", **parts))
