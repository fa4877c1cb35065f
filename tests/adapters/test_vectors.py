"""The index of vectors: found by every process, whole after a crash, equal to the database."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grandunion.adapters.vectors import shelves, tables
from grandunion.adapters.vectors.scanning import Codes, nearest, signs
from grandunion.adapters.vectors.shelves import Shelf, View
from grandunion.adapters.vectors.tables import Passage

NUMBERS = 128
MODEL = f"made-up/{NUMBERS}"


def unchanged(raw: np.ndarray) -> np.ndarray:
    """No centring: these vectors are made up."""
    return raw


def made_up(count: int, seed: int = 1) -> np.ndarray:
    """So many vectors of length 1."""
    raw = np.random.default_rng(seed).standard_normal((count, NUMBERS)).astype("<f4")
    return raw / np.linalg.norm(raw, axis=1, keepdims=True)


def keep(vectors: dict[int, np.ndarray], kind: str = "need") -> None:
    """Let subjects have these vectors in Chinese, one passage a row; none: the subject is forgotten."""
    if tables.state().model != MODEL:
        tables.adopt(MODEL)
    tables.wait([(kind, subject, f"{subject}: {rows.tobytes().hex()[:40]}", "") for subject, rows in vectors.items()])
    read = {
        one: [
            Passage(place, "zh", f"{one.zh} {place}", row.tobytes())
            for place, row in enumerate(vectors[one.subject_id])
        ]
        for one in tables.waiting(1000)
    }
    tables.settle(MODEL, read)


@pytest.fixture(name="shelf")
def _shelf(db: None, tmp_path: Path) -> Callable[[], Shelf]:
    """Another process's shelf over the same files, at each call."""
    return lambda: Shelf(tmp_path / "meaning", "need", "zh")


def subjects(shelf: Shelf) -> list[int]:
    """The subjects on the shelf as of now, once for every passage."""
    view = shelf.view(tables.state(), unchanged)
    return sorted(int(one) for one in view.subjects if one)


def first(shelf: Shelf, asked: np.ndarray) -> int:
    """The subject nearest to a vector."""
    view = shelf.view(tables.state(), unchanged)
    rows, _ = nearest(view.vectors, asked, 1, view.subjects > 0, view.codes)
    return int(view.subjects[rows[0]])


def test_what_was_kept_is_found_by_the_next_search(shelf: Callable[[], Shelf]) -> None:
    """Also by a process that opened its files before."""
    one, other, vectors = shelf(), shelf(), made_up(4)
    keep({7: vectors[:2]})
    assert subjects(one) == [7, 7]
    assert subjects(other) == [7, 7]
    keep({8: vectors[2:3], 9: vectors[3:]})
    assert first(one, vectors[3]) == 9
    assert first(other, vectors[2]) == 8


def test_a_changed_subject_loses_its_old_vectors_and_a_forgotten_one_all(shelf: Callable[[], Shelf]) -> None:
    """The files only grow, the dead rows are not seen."""
    here, vectors = shelf(), made_up(5)
    keep({1: vectors[:2], 2: vectors[2:3]})
    assert subjects(here) == [1, 1, 2]
    keep({1: vectors[3:4]})
    assert subjects(here) == subjects(shelf()) == [1, 2]
    assert first(here, vectors[3]) == 1
    keep({2: vectors[:0]})
    assert subjects(here) == subjects(shelf()) == [1]


@pytest.mark.parametrize("part", ["rows", "entries", "head"])
def test_a_crash_while_writing_leaves_what_was_and_the_next_search_repairs_it(
    shelf: Callable[[], Shelf], part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine stops after the rows, after the entries, or before the head is in its place."""
    vectors = made_up(4)
    keep({1: vectors[:1], 2: vectors[1:2]})
    subjects(shelf())
    keep({2: vectors[2:3], 3: vectors[3:]})
    real = shelves._write

    def stop(path: Path, start: int, content: bytes) -> None:
        real(path, start, content[: len(content) // 2])
        raise SystemExit

    with monkeypatch.context() as crash:
        if part == "head":
            crash.setattr(Shelf, "_keep", lambda *_: (_ for _ in ()).throw(SystemExit))
        else:
            crash.setattr(
                shelves, "_write", lambda path, *rest: (stop if path.suffix == f".{part}" else real)(path, *rest)
            )
        with pytest.raises(SystemExit):
            subjects(shelf())
    again = shelf()
    assert subjects(again) == [1, 2, 3]
    assert [first(again, vectors[row]) for row in (0, 2, 3)] == [1, 2, 3]


@pytest.mark.parametrize("damage", ["rows", "entries", "head", "all"])
def test_damaged_files_are_made_anew_from_the_database(shelf: Callable[[], Shelf], damage: str, tmp_path: Path) -> None:
    """The database is the truth; the files may go at any time."""
    vectors = made_up(3)
    keep({1: vectors[:1], 2: vectors[1:]})
    subjects(shelf())
    for path in (tmp_path / "meaning").iterdir():
        if damage == "all":
            path.unlink()
        elif path.suffix == f".{damage}":
            path.write_bytes(path.read_bytes()[:10])
    assert subjects(shelf()) == [1, 2, 2]


def test_a_database_put_back_from_a_backup_is_not_searched_with_newer_files(
    shelf: Callable[[], Shelf], tmp_path: Path
) -> None:
    """The files know a later number than the database: they are not of this database."""
    keep({1: made_up(1)})
    here = shelf()
    subjects(here)
    head = tmp_path / "meaning" / "need.zh.head"
    later = json.loads(head.read_text("utf-8")) | {"sequence": 99}
    head.write_text(json.dumps(later), "utf-8")
    assert subjects(shelf()) == [1]
    assert json.loads(head.read_text("utf-8"))["sequence"] == tables.state().sequence


def test_many_dead_rows_are_swept_out(shelf: Callable[[], Shelf], monkeypatch: pytest.MonkeyPatch) -> None:
    """The files do not grow for ever."""
    monkeypatch.setattr(shelves, "DEAD_ROWS", 10)
    here = shelf()
    for turn in range(8):
        keep({subject: made_up(1, seed=turn * 10 + subject) for subject in range(1, 6)})
        assert subjects(here) == [1, 2, 3, 4, 5]
    view = here.view(tables.state(), unchanged)
    assert view.head.rows <= 25
    assert first(here, made_up(1, seed=74)[0]) == 4


def test_a_text_that_changed_while_it_was_read_goes_on_waiting(db: None) -> None:
    """A slow reader does not put an old text's vectors in place of a new one's."""
    tables.adopt(MODEL)
    tables.wait([("need", 1, "旧", "")])
    slow = tables.waiting(10)
    tables.wait([("need", 1, "新", "")])
    assert tables.settle(MODEL, {one: [] for one in slow}) == 0
    assert [one.zh for one in tables.waiting(10)] == ["新"]


def test_a_scan_by_signs_finds_what_the_exact_scan_finds() -> None:
    """Nearly all of it: the stated recall is measured on real vectors in the benchmarks."""
    vectors, asked = made_up(20_000), made_up(20_000)[:20] * 0.6 + made_up(20, seed=3) * 0.4
    codes = Codes(signs(vectors), 15_000)  # the last 5,000 rows came later
    shared = 0
    for one in asked:
        exact, cosines = nearest(vectors, one, 10)
        by_signs, _ = nearest(vectors, one, 10, codes=codes)
        assert list(cosines) == sorted(cosines, reverse=True)
        shared += len(set(exact) & set(by_signs))
    assert shared >= 170


@pytest.mark.parametrize("share", [0.001, 0.3, 0.9])
@pytest.mark.parametrize("is_coded", [False, True])
def test_a_search_within_some_rows_finds_their_best(share: float, is_coded: bool) -> None:
    """Few allowed rows or many: the best of them, exactly."""
    vectors = made_up(12_000)
    allowed = np.random.default_rng(5).random(len(vectors)) < share
    codes = Codes(signs(vectors), len(vectors)) if is_coded else None
    inside = np.flatnonzero(allowed)
    asked = vectors[inside[3]]
    rows, cosines = nearest(vectors, asked, 5, allowed, codes)
    best = inside[np.argsort(-(vectors[inside] @ asked), kind="stable")]
    assert rows[0] == inside[3] == best[0]
    assert allowed[rows].all()
    assert cosines[0] == pytest.approx(1, abs=1e-5)
    if not is_coded:
        assert list(rows) == list(best[:5])


def test_nothing_is_found_where_nothing_is_allowed() -> None:
    """An empty shelf, and one of which nothing counts."""
    vectors = made_up(30)
    for some, allowed in ((vectors[:0], None), (vectors, np.zeros(30, dtype=bool))):
        rows, cosines = nearest(some, vectors[0], 5, allowed)
        assert len(rows) == len(cosines) == 0


@given(subjects=st.lists(st.integers(0, 9), max_size=30), wanted=st.sets(st.integers(1, 12)))
def test_the_rows_of_some_subjects_are_those_that_name_them(subjects, wanted):
    every = np.array(subjects, dtype=np.int64)
    view = View(None, every, every, every, None, np.argsort(every, kind="stable"))
    assert view.rows_of(wanted).tolist() == [row for row, one in enumerate(subjects) if one in wanted]


def test_a_product_leaves_no_second_thread_turning():
    said = "import django; django.setup(); import os, numpy; numpy.ones((999, 999)) @ numpy.ones((999, 999))"
    shown = f"{said}; print(len(os.listdir('/proc/self/task')))"
    surroundings = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
    asked = [sys.executable, "-c", shown]
    done = subprocess.run(asked, env=surroundings, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.strip() == "1"
