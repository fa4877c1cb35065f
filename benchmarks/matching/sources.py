"""Opens the data sets the cases are measured on: they stay where they are, nothing of them is copied here."""

import csv
import gzip
import hashlib
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(os.environ.get("GRANDUNION_BENCH_DATA", ROOT.parent / "shared" / "data"))
KEPT = Path(os.environ.get("GRANDUNION_BENCH_KEPT", ROOT / "var" / "bench" / "matching"))


def missing(folders: tuple[str, ...]) -> list[str]:
    """Those of the folders that are not on this machine."""
    return [name for name in folders if not (DATA / name).is_dir()]


def table(folder: str, name: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV file, packed or not."""
    with _opened(folder, name) as file:
        yield from csv.DictReader(file)


def lines(folder: str, name: str) -> Iterator[dict]:
    """The objects of a file with one JSON object a line, packed or not."""
    with _opened(folder, name) as file:
        yield from map(json.loads, file)


def _opened(folder: str, name: str) -> TextIO:
    path = DATA / folder / name
    return gzip.open(path, "rt", encoding="utf-8-sig") if name.endswith(".gz") else path.open(encoding="utf-8-sig")


def half(key: str, salt: str = "") -> int:
    """0 or 1 for a key, the same on every machine: what is tuned on one half is reported on the other."""
    return hashlib.md5(f"{salt}{key}".encode(), usedforsecurity=False).digest()[0] & 1


def kept(name: str) -> Path:
    """Where a case keeps what is costly to work out anew (vectors); outside of what is committed."""
    KEPT.mkdir(parents=True, exist_ok=True)
    return KEPT / name
