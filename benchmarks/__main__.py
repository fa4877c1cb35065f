"""`python -m benchmarks`: measures on SQLite and PostgreSQL in one run, prints the table, writes RESULTS.md."""

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks import report

ROOT = Path(__file__).resolve().parent.parent
WITH_POSTGRES = ROOT / ".ci" / "with-postgres"


def main() -> int:
    """One process for each database, so that each loads its own settings; then the report over both."""
    asked = _asked()
    folder = asked.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    for database in ("sqlite", "postgresql") if asked.database == "both" else (asked.database,):
        if database == "postgresql" and not _has_postgres():
            sys.stderr.write("PostgreSQL's programs are not on this machine; its half is left out.\n")
            continue
        _measure(database, asked, folder)
    found = [json.loads(path.read_text("utf-8")) for path in (folder / "sqlite.json", folder / "postgresql.json")
             if path.exists()]  # fmt: skip
    sys.stdout.write(report.table(found))
    if asked.results:
        asked.results.write_text(report.page(found), "utf-8")
    return 0


def _asked() -> argparse.Namespace:
    said = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    said.add_argument("--scale", type=float, default=1.0, help="1.0 is 10,000 organisations and 50,000 projects")
    said.add_argument("--rounds", type=int, default=60, help="how often each way is asked")
    said.add_argument("--database", choices=("sqlite", "postgresql", "both"), default="both")
    said.add_argument("--folder", type=Path, default=ROOT / "var" / "bench", help="where worlds and figures are kept")
    said.add_argument("--results", type=Path, help="the page to write; benchmarks/RESULTS.md at full scale")
    asked = said.parse_args()
    if asked.results is None and asked.scale == 1.0:
        asked.results = Path(__file__).parent / "RESULTS.md"
    return asked


def _has_postgres() -> bool:
    return (
        "GRANDUNION_DATABASE_URL" in os.environ
        or not subprocess.run([WITH_POSTGRES, "--is-there"], check=False).returncode  # noqa: S603 - our own
    )


def _measure(database: str, asked: argparse.Namespace, folder: Path) -> None:
    home = folder / database
    home.mkdir(exist_ok=True)
    surroundings = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "grandunion.config.settings", "GRANDUNION_HOME": str(home),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]), "PYTHONHASHSEED": "0",
    }  # fmt: skip
    command = [sys.executable, "-m", "benchmarks.one_database", str(asked.scale), str(asked.rounds), str(folder)]
    if database == "sqlite":
        surroundings.pop("GRANDUNION_DATABASE_URL", None)
    elif "GRANDUNION_DATABASE_URL" not in surroundings:
        command.insert(0, str(WITH_POSTGRES))
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True)  # noqa: S603 - our own


sys.exit(main())
