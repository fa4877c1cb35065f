"""Keeps files under their own fingerprint: the same bytes are kept once, and a kept file never changes."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from grandunion.terms.verdicts import Absent, invalid

CHUNK = 64 * 1024


class Stream(Protocol):
    """Anything that can be read from its beginning, an upload or an open file."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """Bytes that came in and lie in a temporary file: their fingerprint (SHA-256) and size in bytes."""

    path: Path
    fingerprint: str
    size: int


@contextmanager
def taking(stream: Stream, limit: int) -> Iterator[Taken]:
    """Write a stream of at most `limit` bytes into a temporary file, for as long as it is looked at.

    Refuses an empty stream and one above the limit, without reading further.
    """
    settings.FILES.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".taken-", dir=settings.FILES)
    try:
        with os.fdopen(handle, "wb") as file:
            fingerprint, size = _copied(stream, file, limit)
            file.flush()
            os.fsync(file.fileno())
        yield Taken(Path(name), fingerprint, size)
    finally:
        Path(name).unlink(missing_ok=True)


def _copied(stream: Stream, file: BinaryIO, limit: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > limit:
            raise too_big(limit)
        digest.update(chunk)
        file.write(chunk)
    if not size:
        raise invalid("file", "The file is empty. Choose another one.", "文件为空，请重新选择。")
    return digest.hexdigest(), size


def too_big(limit: int) -> Exception:
    """The refusal of a file above the limit, which is given in bytes."""
    most = f"{limit / 1024 / 1024:.0f} MB" if limit >= 1024 * 1024 else f"{limit / 1024:.0f} KB"
    return invalid(
        "file",
        f"The file is larger than {most}. Make it smaller or split it.",
        f"文件超过 {most}，请压缩或拆分后再上传。",
    )


def keep(taken: Taken) -> None:
    """Keep what was taken: renamed into its place in one step, so that half a file is never there."""
    place = place_of(taken.fingerprint)
    if place.exists():
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    os.replace(taken.path, place)
    folder = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def place_of(fingerprint: str) -> Path:
    """Where the file with this fingerprint lies."""
    if len(fingerprint) != 64 or set(fingerprint) - set("0123456789abcdef"):
        raise Absent
    return settings.FILES / fingerprint[:2] / fingerprint


def opened(fingerprint: str) -> BinaryIO:
    """The kept file, open for reading; raises Absent if it is not there."""
    place = place_of(fingerprint)
    if not place.exists():
        raise Absent
    return place.open("rb")
