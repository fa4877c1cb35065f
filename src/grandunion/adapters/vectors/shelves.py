"""A shelf of vectors: the files of one kind in one language, mapped into the memory of every process that searches.

Files only grow, and what the head does not count is not there: rows and entries are written and flushed first, then
the head is put in its place by renaming, so that a crash in between leaves the shelf as it was. A shelf is made anew
from the database under another build number when it is damaged, of another generation or fit, or mostly dead rows.
"""

import fcntl
import json
import os
import threading
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

from grandunion.adapters.vectors import tables
from grandunion.adapters.vectors.scanning import WORD, Codes, signs

ENTRY = np.dtype([("subject", "<i8"), ("place", "<i4"), ("row", "<i4")])  # row -1: all before of the subject is gone
FLOAT = 4  # bytes
EXACT_UP_TO = 200_000  # rows; up to here an exact scan is quick enough (docs/adr/0016)
MANY = 10_000  # rows written between two looks at the database
DEAD_ROWS = 1_000

Centre = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True, slots=True)
class Head:
    """What of the files counts, and which state of the database they show."""

    generation: str
    fit: str
    sequence: int
    numbers: int
    build: int
    rows: int
    entries: int
    coded: int

    @property
    def row(self) -> int:
        """Bytes of a row."""
        return self.numbers * FLOAT

    @property
    def planes(self) -> int:
        """Words of 64 signs that a vector has."""
        return -(-self.numbers // WORD)


@dataclass(frozen=True, slots=True)
class View:
    """A shelf as one search sees it: a vector, a subject (0: gone) and a place for every row; the rows by subject."""

    head: Head
    vectors: np.ndarray
    subjects: np.ndarray
    places: np.ndarray
    codes: Codes | None
    order: np.ndarray | None = None
    has_gone: bool = True

    def rows_of(self, subjects: Collection[int]) -> np.ndarray:
        """The rows of these subjects, in their order."""
        wanted = np.fromiter(subjects, dtype=np.int64, count=len(subjects))
        starts = np.searchsorted(self.subjects, wanted, "left", self.order)
        counts = np.searchsorted(self.subjects, wanted, "right", self.order) - starts
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.sort(self.order[np.repeat(starts, counts) + within])


class Shelf:
    """The files of one kind in one language below a folder."""

    def __init__(self, folder: Path, kind: str, language: str) -> None:
        self.folder, self.kind, self.language = folder, kind, language
        self.name = f"{kind}.{language}"
        self._view: View | None = None
        self._guard = threading.Lock()

    def view(self, state: tables.State, centre: Centre) -> View:
        """The shelf as of this state of the database; what is behind is caught up with first."""
        with self._guard:
            view = self._view
            if view is None or not _shows(view.head, state):
                view = self._view = self._caught_up(state, centre)
            return view

    def _caught_up(self, state: tables.State, centre: Centre) -> View:
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._locked():
            head = self._head()
            if head is None or not self._is_whole(head) or _is_other(head, state):
                return self._opened(self._made_anew(head, state, centre))
            if head.sequence < state.sequence:
                head = self._continued(head, state, centre)
            view = self._opened(head)
            dead = int(np.count_nonzero(view.subjects == 0))
            if dead > DEAD_ROWS and dead * 2 > head.rows:
                return self._opened(self._made_anew(head, state, centre))
            return self._opened(self._coded(head)) if _wants_codes(head) else view

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Only one process writes; the lock goes with the process that held it."""
        with (self.folder / f"{self.name}.lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _head(self) -> Head | None:
        try:
            return Head(**json.loads((self.folder / f"{self.name}.head").read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def _keep(self, head: Head) -> Head:
        path = self.folder / f"{self.name}.head"
        fresh = path.with_suffix(".new")
        with fresh.open("w", encoding="utf-8") as file:
            file.write(json.dumps(asdict(head)))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
        handle = os.open(self.folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        return head

    def _path(self, build: int, part: str) -> Path:
        return self.folder / f"{self.name}.{build}.{part}"

    def _is_whole(self, head: Head) -> bool:
        """Whether the files have at least what the head counts."""
        wanted = {
            "rows": head.rows * head.row,
            "entries": head.entries * ENTRY.itemsize,
            "codes": head.coded * head.planes * 8,
        }
        try:
            return all(self._path(head.build, part).stat().st_size >= size for part, size in wanted.items() if size)
        except OSError:
            return False

    def _made_anew(self, before: Head | None, state: tables.State, centre: Centre) -> Head:
        """All rows out of the database under the next build number; then the files of the old one go."""
        build = before.build + 1 if before else 1
        head = Head(state.generation, state.fit, state.sequence, state.numbers, build, 0, 0, 0)
        for part in ("rows", "entries"):
            self._path(head.build, part).write_bytes(b"")
        for some in pieces_of(tables.all_vectors(self.kind, self.language, state.model)):
            head = self._written(head, [], some, centre)
        head = self._keep(self._with_codes(head) if _wants_codes(head) else head)
        for path in self.folder.glob(f"{self.name}.*.*"):
            if path.name.split(".")[2] != str(head.build):
                path.unlink(missing_ok=True)
        return head

    def _continued(self, head: Head, state: tables.State, centre: Centre) -> Head:
        """What changed since the head's number: the changed subjects' old rows are gone, their new ones follow."""
        changed = tables.changed_since(self.kind, head.sequence)
        if not changed:  # another kind's change: nothing to write
            return replace(head, sequence=state.sequence)
        found = tables.vectors_of(self.kind, self.language, state.model, changed)
        gone: list[int] = changed
        for some in pieces_of(found):
            head, gone = self._written(head, gone, some, centre), []
        if gone:
            head = self._written(head, gone, [], centre)
        return self._keep(replace(head, sequence=state.sequence))

    def _written(self, head: Head, gone: list[int], some: list[tuple[int, int, bytes]], centre: Centre) -> Head:
        """Rows and entries after those that count, flushed to the disk; the head that will count them."""
        entries = np.empty(len(gone) + len(some), dtype=ENTRY)
        entries["subject"] = [*gone, *(subject for subject, _, _ in some)]
        entries["place"] = [*([0] * len(gone)), *(place for _, place, _ in some)]
        entries["row"] = [*([-1] * len(gone)), *range(head.rows, head.rows + len(some))]
        raw = np.frombuffer(b"".join(bytes(vector) for _, _, vector in some), dtype="<f4").reshape(-1, head.numbers)
        _write(self._path(head.build, "rows"), head.rows * head.row, centre(raw).astype("<f4").tobytes())
        _write(self._path(head.build, "entries"), head.entries * ENTRY.itemsize, entries.tobytes())
        return replace(head, rows=head.rows + len(some), entries=head.entries + len(entries))

    def _coded(self, head: Head) -> Head:
        return self._keep(self._with_codes(head))

    def _with_codes(self, head: Head) -> Head:
        """The signs of all rows there are, in planes; written whole, for planes do not grow."""
        vectors = self._rows(head)
        planes = np.empty((head.planes, head.rows), dtype=np.uint64)
        for start in range(0, head.rows, MANY):
            planes[:, start : start + MANY] = signs(vectors[start : start + MANY])
        fresh = self._path(head.build, "codes.new")
        _write(fresh, 0, planes.tobytes())
        fresh.replace(self._path(head.build, "codes"))
        return replace(head, coded=head.rows)

    def _rows(self, head: Head) -> np.ndarray:
        if not head.rows:
            return np.empty((0, head.numbers), dtype=np.float32)
        mapped = np.memmap(self._path(head.build, "rows"), dtype="<f4", mode="r", shape=(head.rows, head.numbers))
        return np.asarray(mapped)  # still mapped, but without what a memmap looks for at every step

    def _opened(self, head: Head) -> View:
        if self._view is not None and replace(self._view.head, sequence=head.sequence) == head:
            return replace(self._view, head=head)
        entries = np.fromfile(self._path(head.build, "entries"), dtype=ENTRY, count=head.entries)
        subjects, places = _living(entries, head.rows)
        codes = None
        if head.coded:
            shape = (head.planes, head.coded)
            codes = Codes(np.memmap(self._path(head.build, "codes"), dtype="<u8", mode="r", shape=shape), head.coded)
        order, has_gone = np.argsort(subjects, kind="stable"), not subjects.all()
        return View(head, self._rows(head), subjects, places, codes, order, has_gone)


def _shows(head: Head, state: tables.State) -> bool:
    return not _is_other(head, state) and head.sequence == state.sequence


def _is_other(head: Head, state: tables.State) -> bool:
    """Whether the head is not an earlier state of this database, but of another, or centred otherwise."""
    return (head.generation, head.fit) != (state.generation, state.fit) or head.sequence > state.sequence


def _wants_codes(head: Head) -> bool:
    """Whether there are many rows, and many of them not in the codes."""
    return head.rows > EXACT_UP_TO and (head.rows - head.coded) * 5 > head.rows


def _living(entries: np.ndarray, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """The subject (0: gone) and the place of every row: entries before a subject's last end are dead."""
    subjects, places = np.zeros(rows, dtype=np.int64), np.zeros(rows, dtype=np.int32)
    order = np.arange(len(entries))
    is_end = entries["row"] < 0
    ended, where = np.unique(entries["subject"][is_end][::-1], return_index=True)
    last = order[is_end][::-1][where]
    alive = ~is_end
    if len(ended):
        at = np.minimum(np.searchsorted(ended, entries["subject"]), len(ended) - 1)
        alive &= (ended[at] != entries["subject"]) | (order > last[at])
    living = entries[alive]
    subjects[living["row"]], places[living["row"]] = living["subject"], living["place"]
    return subjects, places


def _write(path: Path, start: int, content: bytes) -> None:
    with path.open("r+b" if path.exists() else "w+b") as file:
        file.seek(start)
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def pieces_of(rows: Iterable[tuple[int, int, bytes]]) -> Iterator[list[tuple[int, int, bytes]]]:
    """The rows in pieces that fit into the memory."""
    piece: list[tuple[int, int, bytes]] = []
    for row in rows:
        piece.append(row)
        if len(piece) == MANY:
            yield piece
            piece = []
    if piece:
        yield piece
