"""Keeps a file that somebody has sent until it is imported or a day has passed, under a token nobody guesses."""

import hashlib
import json
import re
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from django.conf import settings

from grandunion.terms.verdicts import Absent, invalid

KEPT_FOR = timedelta(days=1)
TOKEN = re.compile(r"[A-Za-z0-9_-]{20,60}")
FACTS, CONTENT, JOINED = "facts.json", "content", "joined"
CHUNK = 256 * 1024


class Stream(Protocol):
    """Anything that can be read from its beginning."""

    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Upload:
    """A kept file: where it lies, its fingerprint (SHA-256), and what was said with it."""

    token: str
    path: Path
    joined: Path | None
    fingerprint: str
    facts: Mapping[str, str]


def keep(file: Stream, facts: Mapping[str, str], *, limit: int, at: datetime, joined: Stream | None = None) -> str:
    """Keep a file of at most `limit` bytes with its facts, and throw away what is older than a day."""
    _sweep(at)
    token = secrets.token_urlsafe(24)
    folder = _room() / token
    folder.mkdir(mode=0o700)
    try:
        mark = _write(file, folder / CONTENT, limit)
        if joined is not None:
            _write(joined, folder / JOINED, limit)
        plain = {**facts, "fingerprint": mark, "at": at.isoformat()}
        (folder / FACTS).write_text(json.dumps(plain), "utf-8")
    except BaseException:
        shutil.rmtree(folder)
        raise
    return token


def _room() -> Path:
    room = settings.HOME / "uploads"
    room.mkdir(parents=True, exist_ok=True, mode=0o700)
    return room


def _write(file: Stream, place: Path, limit: int) -> str:
    digest, size = hashlib.sha256(), 0
    with place.open("wb") as kept:
        while chunk := file.read(CHUNK):
            size += len(chunk)
            if size > limit:
                megabytes = limit // (1024 * 1024)
                raise invalid("file", f"The file is larger than {megabytes} MB. Split it, or import it on the machine.",
                              f"文件超过 {megabytes} MB，请拆分，或在服务器上用命令导入。")  # fmt: skip
            digest.update(chunk)
            kept.write(chunk)
    if not size:
        raise invalid("file", "The file is empty.", "文件为空。")
    return digest.hexdigest()


def opened(token: str, at: datetime) -> Upload:
    """What is kept under a token; Absent when there is nothing or its day has passed."""
    folder = _room() / token if TOKEN.fullmatch(token) else None
    if folder is None or not (folder / FACTS).is_file():
        raise Absent
    facts = json.loads((folder / FACTS).read_text("utf-8"))
    if datetime.fromisoformat(facts["at"]) + KEPT_FOR < at:
        raise Absent
    joined = folder / JOINED
    return Upload(token, folder / CONTENT, joined if joined.is_file() else None, facts["fingerprint"], facts)


def forget(token: str) -> None:
    """Throw a kept file away."""
    if TOKEN.fullmatch(token):
        shutil.rmtree(_room() / token, ignore_errors=True)


def _sweep(at: datetime) -> None:
    for folder in _room().iterdir():
        if TOKEN.fullmatch(folder.name) and datetime.fromtimestamp(folder.stat().st_mtime, at.tzinfo) + KEPT_FOR < at:
            shutil.rmtree(folder, ignore_errors=True)
