"""The eight import contracts: all there, all exhaustive, all kept, and each seen to break."""

import subprocess
import sys
import tomllib
from pathlib import Path

from tests.architecture.sources import HOUSE

ROOMS = (
    "config", "interfaces", "interfaces/api", "interfaces/cli", "interfaces/kit", "interfaces/portal",
    "interfaces/web", "work", "work/actions", "work/permissions", "work/queries", "engines", "records", "adapters",
    "terms",
)  # fmt: skip
# A forbidden line in each file, and the contract that must name it.
VIOLATIONS = {
    "records/needs.py": ("from grandunion.work.queries import lists", 1),
    "engines/matching.py": ("from grandunion.records import lists", 1),
    "adapters/mail.py": ("from grandunion.records import lists", 1),
    "terms/needs.py": ("from grandunion.adapters import mail", 1),
    "utils.py": ("", 1),
    "work/queries/needs.py": ("from grandunion.work.actions import needs", 2),
    "work/scripts.py": ("", 2),
    "work/permissions/parties.py": ("from grandunion.work.permissions import needs", 3),
    "records/journal.py": ("from grandunion.records import parties", 3),
    "work/actions/misfits.py": ("", 3),
    "engines/flows.py": ("from grandunion.engines import calendars", 4),
    "interfaces/web/needs.py": ("from grandunion.interfaces.portal import pages", 5),
    "interfaces/kit/tables.py": ("from grandunion.interfaces.web import lists", 5),
    "terms/money.py": ("import django", 6),
    "interfaces/api/needs.py": ("from grandunion.records import lists", 7),
    "interfaces/portal/news.py": ("from grandunion.adapters import mail", 7),
    "interfaces/web/plans.py": ("from grandunion.interfaces.web import funds", 8),
    "interfaces/web/funds.py": ("from grandunion.interfaces.web import plans", 8),
}
INNOCENT = (
    "engines/calendars.py", "records/lists.py", "records/parties.py", "work/actions/needs.py",
    "work/permissions/needs.py", "work/queries/lists.py", "interfaces/portal/pages.py",
    "interfaces/web/lists.py",
)  # fmt: skip


def test_the_house_keeps_all_eight(tmp_path: Path) -> None:
    """The real tree under the real contracts."""
    said, code = lint(HOUSE / "src", tmp_path)
    assert "Contracts: 8 kept, 0 broken." in said, said
    assert code == 0


def test_a_house_in_order_is_left_alone(tmp_path: Path) -> None:
    """A small house without a forbidden line keeps all eight."""
    build(tmp_path, {path: "" for path in INNOCENT})
    said, _ = lint(tmp_path, tmp_path)
    assert "Contracts: 8 kept, 0 broken." in said, said


def test_every_contract_breaks_where_it_is_crossed(tmp_path: Path) -> None:
    """Eighteen forbidden lines and rooms: no contract stays kept, and each culprit is named."""
    build(tmp_path, {path: line for path, (line, _) in VIOLATIONS.items()} | {path: "" for path in INNOCENT})
    said, code = lint(tmp_path, tmp_path)
    assert "Contracts: 0 kept, 8 broken." in said, said
    assert code != 0
    assert [path for path in VIOLATIONS if module(path) not in said and Path(path).stem not in said] == []


def test_the_layers_are_exhaustive() -> None:
    """A new room or column breaks the build until its place is declared."""
    contracts = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    assert len(contracts) == 8
    assert [c["name"] for c in contracts if c["type"] == "layers" and not c.get("exhaustive")] == []


def build(root: Path, files: dict[str, str]) -> None:
    """Write a house of empty rooms with these files in it."""
    for room in ("", *ROOMS):
        folder = root / "grandunion" / room
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "__init__.py").touch()
    for path, line in files.items():
        (root / "grandunion" / path).write_text(line + "\n", "utf-8")


def lint(root: Path, cache: Path) -> tuple[str, int]:
    """What lint-imports says about the house under `root`, and its exit code."""
    program = "import sys; from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [
        sys.executable,
        "-c",
        program,
        "--config",
        str(HOUSE / "pyproject.toml"),
        "--cache-dir",
        str(cache / "kept"),
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)  # noqa: S603 - our own
    return done.stdout + done.stderr, done.returncode


def module(path: str) -> str:
    """grandunion/work/needs.py as grandunion.work.needs."""
    return "grandunion." + path.removesuffix(".py").replace("/", ".")
