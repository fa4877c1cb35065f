"""The index of meaning as the database keeps it: what waits, what was read, and every passage's raw vector.

These tables are the truth; the files of `shelves.py` can be made anew from them at any time. A subject is one record
of a kind; its texts are cut into passages, each with a place, a language and a vector.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection, transaction

CHUNK = 500


@dataclass(frozen=True, slots=True)
class State:
    """Where the index stands: `sequence` grows with every change, `generation` is new when all was made anew."""

    generation: str
    sequence: int
    model: str
    fit: str

    @property
    def numbers(self) -> int:
        """How many numbers a vector of the model has: its name ends with them."""
        return int(self.model.rpartition("/")[2] or 0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A subject whose texts wait to be read; two empty texts mean that it is to be forgotten."""

    kind: str
    subject_id: int
    zh: str
    en: str
    digest: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a subject's text in one language, with its raw vector as bytes of 32-bit floats."""

    place: int
    language: str
    text: str
    vector: bytes

    @property
    def digest(self) -> str:
        return digest_of(self.text)


def digest_of(*texts: str) -> str:
    """The fingerprint of texts: the same texts are read once."""
    return sha256("\0".join(texts).encode("utf-8", "surrogatepass")).hexdigest()


GONE = digest_of("", "")  # what a forgotten subject says


def state() -> State:
    """Where the index stands."""
    return State(*_rows("SELECT generation, sequence, model, fit FROM meaning_state", [])[0])


def wait(rows: Sequence[tuple[str, int, str, str]]) -> None:
    """Keep texts to be read, (kind, id, zh, en) each, in the transaction of their records."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO meaning_pending (kind, subject_id, zh, en, digest) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT (kind, subject_id) DO UPDATE SET zh = excluded.zh, en = excluded.en, digest = excluded.digest",
            [(kind, subject_id, zh, en, digest_of(zh, en)) for kind, subject_id, zh, en in rows],
        )


def waiting(most: int, kind: str = "") -> list[Waiting]:
    """The subjects that wait, at most so many, of one kind or of all."""
    where, given = ("WHERE kind = %s", [kind]) if kind else ("", [])
    found = _rows(
        f"SELECT kind, subject_id, zh, en, digest FROM meaning_pending {where} "
        "ORDER BY kind, subject_id LIMIT %s",
        [*given, most],
    )  # fmt: skip
    return [Waiting(*row) for row in found]


def waiting_ids(kind: str) -> list[int]:
    """The ids of all subjects of a kind that wait."""
    return [row[0] for row in _rows("SELECT subject_id FROM meaning_pending WHERE kind = %s", [kind])]


def forget(kind: str, subject_id: int) -> None:
    """Let a subject be forgotten, if anything is known of it."""
    key = [kind, subject_id]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meaning_pending (kind, subject_id, zh, en, digest) "
            "SELECT CAST(%s AS text), CAST(%s AS bigint), '', '', CAST(%s AS text) "
            "WHERE EXISTS (SELECT 1 FROM meaning_subject WHERE kind = %s AND subject_id = %s) "
            "OR EXISTS (SELECT 1 FROM meaning_pending WHERE kind = %s AND subject_id = %s) "
            "ON CONFLICT (kind, subject_id) DO UPDATE SET zh = '', en = '', digest = excluded.digest",
            [*key, GONE, *key, *key],
        )


def subject_ids(kind: str) -> set[int]:
    """The ids of all subjects of a kind that have texts, read or waiting."""
    return {subject_id for subject_id, digest in digests(kind).items() if digest != GONE}


def digests(kind: str) -> dict[int, str]:
    """The fingerprint of the texts of every subject of a kind, those that wait included."""
    found = dict(_rows("SELECT subject_id, digest FROM meaning_subject WHERE kind = %s", [kind]))
    return found | dict(_rows("SELECT subject_id, digest FROM meaning_pending WHERE kind = %s", [kind]))


def counts() -> dict[str, tuple[int, int]]:
    """For every kind: how many subjects were read, how many wait."""
    read = dict(_rows("SELECT kind, COUNT(*) FROM meaning_subject GROUP BY kind", []))
    wait_ = dict(_rows("SELECT kind, COUNT(*) FROM meaning_pending GROUP BY kind", []))
    return {kind: (read.get(kind, 0), wait_.get(kind, 0)) for kind in sorted(read.keys() | wait_.keys())}


def known(model: str, wanted: Iterable[str]) -> dict[str, bytes]:
    """The vectors there are already of texts with these fingerprints."""
    found: dict[str, bytes] = {}
    for some in _chunks(sorted(set(wanted))):
        marks = ", ".join(["%s"] * len(some))
        rows = _rows(
            f"SELECT digest, vector FROM meaning_vector WHERE model = %s AND digest IN ({marks})", [model, *some]
        )
        found.update((digest, bytes(vector)) for digest, vector in rows)
    return found


def settle(model: str, read: Mapping[Waiting, Sequence[Passage]]) -> int:
    """Keep what was read of subjects that still wait with the same texts; answers how many that were.

    The row of the state is held meanwhile, so that sequence numbers are seen in their order by everybody.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meaning_state SET sequence = sequence + 1")
        sequence = state().sequence
        settled = [one for one in read if _is_taken(cursor, one)]
        for one in settled:
            _replace(cursor, one, sequence, model, read[one])
        return len(settled)


def _is_taken(cursor: object, one: Waiting) -> bool:
    """Whether the subject waited with these very texts; it waits no longer."""
    cursor.execute(
        "DELETE FROM meaning_pending WHERE kind = %s AND subject_id = %s AND digest = %s",
        [one.kind, one.subject_id, one.digest],
    )
    return cursor.rowcount == 1


def _replace(cursor: object, one: Waiting, sequence: int, model: str, passages: Sequence[Passage]) -> None:
    key = [one.kind, one.subject_id]
    cursor.execute("DELETE FROM meaning_vector WHERE kind = %s AND subject_id = %s", key)
    cursor.executemany(
        "INSERT INTO meaning_vector (kind, subject_id, place, language, model, digest, passage, vector) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
        [(*key, p.place, p.language, model, p.digest, p.text, p.vector) for p in passages],
    )
    cursor.execute(
        "INSERT INTO meaning_subject (kind, subject_id, sequence, digest) VALUES (%s, %s, %s, %s) "
        "ON CONFLICT (kind, subject_id) DO UPDATE SET sequence = excluded.sequence, digest = excluded.digest",
        [*key, sequence, one.digest],
    )


def adopt(model: str) -> None:
    """From now on vectors are of this model: those of another count as stale and are made anew by `renew`."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE meaning_state SET model = %s, generation = %s, sequence = sequence + 1 WHERE model <> %s",
            [model, uuid.uuid4().hex, model],
        )


def refit(version: str, fitted: bytes) -> None:
    """From now on vectors are centred by this fit."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO meaning_fit (version, fitted) VALUES (%s, %s) ON CONFLICT (version) DO NOTHING",
            [version, fitted],
        )
        cursor.execute("UPDATE meaning_state SET fit = %s, sequence = sequence + 1", [version])


def fitted(version: str) -> bytes:
    """The hub's own fit of this version."""
    return bytes(_rows("SELECT fitted FROM meaning_fit WHERE version = %s", [version])[0][0])


def stale(model: str, most: int) -> list[tuple[str, int, int, str]]:
    """Passages whose vector is of another model: (kind, id, place, text)."""
    return _rows(
        "SELECT kind, subject_id, place, passage FROM meaning_vector WHERE model <> %s "
        "ORDER BY kind, subject_id, place LIMIT %s",
        [model, most],
    )


def count_stale(model: str, kind: str) -> int:
    """How many passages of a kind have a vector of another model."""
    return _rows("SELECT COUNT(*) FROM meaning_vector WHERE model <> %s AND kind = %s", [model, kind])[0][0]


def renew(model: str, rows: Sequence[tuple[str, int, int, bytes]]) -> None:
    """Keep new vectors of passages: (kind, id, place, vector)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE meaning_state SET sequence = sequence + 1")
        sequence = state().sequence
        cursor.executemany(
            "UPDATE meaning_vector SET vector = %s, model = %s WHERE kind = %s AND subject_id = %s AND place = %s",
            [(vector, model, kind, subject_id, place) for kind, subject_id, place, vector in rows],
        )
        cursor.executemany(
            "UPDATE meaning_subject SET sequence = %s WHERE kind = %s AND subject_id = %s",
            [(sequence, kind, subject_id) for kind, subject_id in {row[:2] for row in rows}],
        )


def changed_since(kind: str, sequence: int) -> list[int]:
    """The subjects of a kind that changed after a number, in order of their ids."""
    return [
        row[0]
        for row in _rows(
            "SELECT subject_id FROM meaning_subject WHERE kind = %s AND sequence > %s ORDER BY subject_id",
            [kind, sequence],
        )
    ]


def vectors_of(kind: str, language: str, model: str, ids: Sequence[int]) -> Iterator[tuple[int, int, bytes]]:
    """The vectors of these subjects in one language: (id, place, vector)."""
    for some in _chunks(ids):
        marks = ", ".join(["%s"] * len(some))
        yield from _rows(
            "SELECT subject_id, place, vector FROM meaning_vector WHERE kind = %s AND language = %s AND model = %s "
            f"AND subject_id IN ({marks}) ORDER BY subject_id, place",
            [kind, language, model, *some],
        )


def all_vectors(kind: str, language: str, model: str) -> Iterator[tuple[int, int, bytes]]:
    """Every vector of a kind in one language, in order of (id, place), read in pieces."""
    last = (-1, -1)
    while True:
        rows = _rows(
            "SELECT subject_id, place, vector FROM meaning_vector WHERE kind = %s AND language = %s AND model = %s "
            "AND (subject_id > %s OR (subject_id = %s AND place > %s)) ORDER BY subject_id, place LIMIT %s",
            [kind, language, model, last[0], *last, CHUNK * 10],
        )
        yield from rows
        if len(rows) < CHUNK * 10:
            return
        last = rows[-1][:2]


def texts_of(kind: str, wanted: Sequence[tuple[int, int]]) -> dict[tuple[int, int], str]:
    """The passages at (id, place)."""
    ids = sorted({subject_id for subject_id, _ in wanted})
    found: dict[tuple[int, int], str] = {}
    for some in _chunks(ids):
        marks = ", ".join(["%s"] * len(some))
        rows = _rows(
            f"SELECT subject_id, place, passage FROM meaning_vector WHERE kind = %s AND subject_id IN ({marks})",
            [kind, *some],
        )
        found.update(((subject_id, place), text) for subject_id, place, text in rows)
    return {key: found[key] for key in wanted if key in found}


def samples(language: str, model: str, most: int) -> Iterator[bytes]:
    """Raw vectors of a language out of all kinds, to fit its centre on."""
    for row in _rows(
        "SELECT vector FROM meaning_vector WHERE model = %s AND language = %s ORDER BY digest LIMIT %s",
        [model, language, most],
    ):
        yield bytes(row[0])


def _chunks(ids: Sequence) -> Iterator[Sequence]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))


def _rows(sql: str, given: Sequence[object]) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        return cursor.fetchall()
