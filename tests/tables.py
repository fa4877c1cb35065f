"""The hub's tables, made once by their migrations and kept: workers and programs of tests begin with a copy."""

import fcntl
import hashlib
import shutil
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

import django
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / ".pytest_cache" / "tables"
DAYS = 2 * 24 * 3600  # seconds
HELD: list[sqlite3.Connection] = []  # a database in memory lives as long as somebody holds it


def kept_tables(folder: Path = FOLDER) -> Path:
    """Where the tables of exactly this house are kept: another line of it, or another library, is another file."""
    return folder / f"{_fingerprint()}.sqlite3"


@cache
def _fingerprint() -> str:
    told = hashlib.sha256(f"{sys.version} {sqlite3.sqlite_version} {django.__version__}".encode())
    for path in sorted([ROOT / "requirements" / "dev.lock", *(ROOT / "src").rglob("*.py")]):
        told.update(f"{path.relative_to(ROOT)} {path.stat().st_size}\n".encode() + path.read_bytes())
    return told.hexdigest()[:24]


@contextmanager
def _alone() -> Iterator[None]:
    """One process at a time; who comes second finds what the first has made."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def begin_with_kept_tables() -> None:
    """From here on a test database on SQLite is begun with the kept tables; the first one made is kept.

    Django still asks for migrations afterwards and finds none to make.
    """
    creation = connection.creation
    made, begun = creation.create_test_db, creation._create_test_db

    def begin(*words: object, **more: object) -> str:
        name = begun(*words, **more)
        if kept_tables().exists():
            HELD.append(sqlite3.connect(name, uri=name.startswith("file:"), check_same_thread=False))
            with closing(sqlite3.connect(kept_tables())) as kept:
                kept.backup(HELD[-1])
        return name

    def make(*words: object, **more: object) -> str:
        with _alone():
            name = made(*words, **more)
            if not kept_tables().exists():
                _keep()
        return name

    creation.create_test_db, creation._create_test_db = make, begin


def _keep() -> None:
    """Keep the tables as they are now; those of a house of some days ago go."""
    for old in FOLDER.glob("*.sqlite3"):
        if time.time() - old.stat().st_mtime > DAYS:
            old.unlink()
    half = kept_tables().with_suffix(".half")
    half.unlink(missing_ok=True)
    with closing(sqlite3.connect(half)) as kept:
        connection.connection.backup(kept)
    half.rename(kept_tables())


def lay_tables(home: Path) -> None:
    """Put the kept tables into the home of a program; it makes its own where none are kept (as on PostgreSQL)."""
    home.mkdir(parents=True, exist_ok=True)
    if kept_tables().exists():
        shutil.copyfile(kept_tables(), home / "hub.sqlite3")
