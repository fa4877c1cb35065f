"""Twenty hubs in one: the small hub's records again and again, with other owners, fields, prices and vectors.

`python -m benchmarks.matching._multiplied HUB.SQLITE3` grows a copy of the hub that `end_to_end` keeps.
"""

import sqlite3
import sys
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from benchmarks.matching import _crowd
from benchmarks.matching._supply import OFFERS, OWNERS, WORKS

TIMES = 20
DIFFERENT = 1_000_000  # vectors; there are twice as many passages, so that each is used twice or thrice
TABLES = (("achievement", "ACH", WORKS), ("offer", "OFR", OFFERS))
TERMS = {"area_id": 8, "industry_id": 40, "field_id": 60}  # how many of each list there are, one list after the other


def make(path: Path) -> None:
    """Grow the small hub's database in place; only SQLite, whose file is copied within itself."""
    hub = sqlite3.connect(path, isolation_level=None)
    for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -2000000", "locking_mode = EXCLUSIVE"):
        hub.execute(f"PRAGMA {setting}").fetchall()
    hub.execute("BEGIN")
    hub.execute("DROP INDEX meaning_vector_digest")
    for kind, letters, count in TABLES:
        for turn in range(1, TIMES):
            _copy(hub, kind, letters, count, turn)
        _read(hub, kind, count)
    hub.execute("CREATE INDEX meaning_vector_digest ON meaning_vector (digest)")
    hub.execute("UPDATE meaning_state SET sequence = sequence + 1")
    hub.execute("COMMIT")
    hub.execute("ANALYZE")
    hub.execute("PRAGMA journal_mode = WAL").fetchall()
    hub.close()


def _copy(hub: sqlite3.Connection, kind: str, letters: str, count: int, turn: int) -> None:
    """All records of a kind once more: the same texts, other facts."""
    table, offset = f"records_{kind}", turn * count
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
    hub.execute(f"INSERT INTO {table} SELECT {said} FROM {table} WHERE id <= {count}")  # noqa: S608 - our own names
    words = f"search_{kind}"
    hub.execute(f"INSERT INTO {words} (rowid, words) SELECT rowid + {offset}, words FROM {words} "  # noqa: S608
                f"WHERE rowid <= {count}")  # fmt: skip


def _read(hub: sqlite3.Connection, kind: str, count: int) -> None:
    """A passage in each language for every new record, with a vector of the crowd."""
    model = hub.execute("SELECT model FROM meaning_state").fetchone()[0]
    sequence = hub.execute("SELECT sequence + 1 FROM meaning_state").fetchone()[0]
    new = range(count + 1, TIMES * count + 1)
    hub.executemany(
        "INSERT INTO meaning_subject (kind, subject_id, sequence, digest) VALUES (?, ?, ?, ?)",
        ((kind, pk, sequence, f"{kind} {pk}") for pk in new),
    )
    hub.executemany("INSERT INTO meaning_vector VALUES (?, ?, ?, ?, ?, ?, ?, ?)", _passages(kind, new, model))


def _passages(kind: str, new: range, model: str) -> Iterator[tuple]:
    vectors = _crowd.crowd(DIFFERENT)
    at = 0 if kind == "achievement" else DIFFERENT // 3
    for pk in new:
        for place, (language, text) in enumerate((("zh", f"{kind} {pk} 中文"), ("en", f"{kind} {pk}"))):
            digest = sha256(text.encode()).hexdigest()
            yield kind, pk, place, language, model, digest, text, vectors[(at + 2 * pk + place) % DIFFERENT].tobytes()


if __name__ == "__main__":
    make(Path(sys.argv[1]))
