"""Twenty hubs in one: a small hub's records again and again, with other owners, fields, prices and vectors.

It is grown piece by piece, each kept before the next: what was broken off goes on where it stopped.
"""

import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from benchmarks.matching import _crowd
from benchmarks.matching._supply import OWNERS, Size

TIMES, PIECE = 20, 20_000
TERMS = {"area_id": 8, "industry_id": 40, "field_id": 60}  # how many of each list there are, one list after the other


def grow(path: Path, small: Size, different: int, kept: Callable[[], None]) -> None:
    """Grow a small hub's database in place, with so many different vectors; only SQLite copies within its file.

    `kept` is called after each piece.
    """
    hub = sqlite3.connect(path, isolation_level=None)
    # Whole even if this process is killed; not if the machine is: then the file is made anew.
    for setting in (
        "journal_mode = TRUNCATE",
        "synchronous = OFF",
        "cache_size = -1000000",
        "locking_mode = EXCLUSIVE",
    ):
        hub.execute(f"PRAGMA {setting}").fetchall()
    hub.execute("DROP INDEX IF EXISTS meaning_vector_digest")
    for kind, letters, count in (("achievement", "ACH", small.works), ("offer", "OFR", small.offers)):
        for turn in range(1, TIMES):
            _copy(hub, kind, letters, count, turn)
            kept()
        for _ in _read(hub, kind, count, different):
            kept()
    _say("index of passages")
    hub.execute("CREATE INDEX meaning_vector_digest ON meaning_vector (digest)")
    hub.execute("UPDATE meaning_state SET sequence = (SELECT MAX(sequence) FROM meaning_subject)")
    hub.execute("ANALYZE")
    hub.execute("PRAGMA journal_mode = WAL").fetchall()
    hub.close()
    _say("grown", end="\n")


def _say(what: str, end: str = "") -> None:
    sys.stderr.write(f"\r\033[K{time.strftime('%H:%M:%S')} {what}{end}")
    sys.stderr.flush()


def _copy(hub: sqlite3.Connection, kind: str, letters: str, count: int, turn: int) -> None:
    """All records of a kind once more: the same texts, other facts; nothing where that is there."""
    table, offset, words = f"records_{kind}", turn * count, f"search_{kind}"
    if hub.execute(f"SELECT 1 FROM {table} WHERE id = {offset + count}").fetchone():  # noqa: S608 - our own names
        return
    _say(f"{kind}s: {turn + 1} of {TIMES}")
    names = [row[1] for row in hub.execute(f"PRAGMA table_info({table})")]
    first, firsts = 1, {}
    for column, many in TERMS.items():
        firsts[column], first = first, first + many
    new = {
        "id": f"id + {offset}",
        "number": f"'{letters}-2026-' || printf('%07d', id + {offset})",
        "owner_id": f"(owner_id * 7 + {turn} * 13) % {OWNERS} + 1",
        "price_min": f"price_min * (10 + {turn}) / 10",
    } | {
        column: f"{firsts[column]} + ({column} - {firsts[column]} + {turn} * 7) % {many}"
        for column, many in TERMS.items()
    }
    said = ", ".join(new.get(name, f'"{name}"') for name in names)
    hub.execute("BEGIN")
    hub.execute(f"INSERT INTO {table} SELECT {said} FROM {table} WHERE id <= {count}")  # noqa: S608 - our own names
    hub.execute(f"INSERT INTO {words} (rowid, words) SELECT rowid + {offset}, words FROM {words} "  # noqa: S608
                f"WHERE rowid <= {count}")  # fmt: skip
    hub.execute("COMMIT")


def _read(hub: sqlite3.Connection, kind: str, count: int, different: int) -> Iterator[None]:
    """A passage in each language for every new record, with a vector of the crowd; piece by piece."""
    model, sequence = hub.execute("SELECT model, sequence + 1 FROM meaning_state").fetchone()
    last = hub.execute("SELECT MAX(subject_id) FROM meaning_subject WHERE kind = ?", [kind]).fetchone()[0]
    for start in range(last + 1, TIMES * count + 1, PIECE):
        some = range(start, min(start + PIECE, TIMES * count + 1))
        _say(f"passages of {kind}s: {start:,} of {TIMES * count:,}")
        hub.execute("BEGIN")
        hub.executemany(
            "INSERT INTO meaning_subject (kind, subject_id, sequence, digest) VALUES (?, ?, ?, ?)",
            ((kind, pk, sequence, f"{kind} {pk}") for pk in some),
        )
        rows = _passages(kind, some, model, different)
        hub.executemany("INSERT INTO meaning_vector VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        hub.execute("COMMIT")
        yield


def _passages(kind: str, new: range, model: str, different: int) -> Iterator[tuple]:
    vectors = _crowd.crowd(different)
    at = 0 if kind == "achievement" else different // 3
    for pk in new:
        for place, (language, text) in enumerate((("zh", f"{kind} {pk} 中文"), ("en", f"{kind} {pk}"))):
            digest = sha256(text.encode()).hexdigest()
            yield kind, pk, place, language, model, digest, text, vectors[(at + 2 * pk + place) % different].tobytes()
