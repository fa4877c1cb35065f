"""Makes one file of the whole hub, database and files, with a manifest that proves every byte; and puts it back."""

import contextlib
import hashlib
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path

from django.conf import settings
from django.db import connection

from grandunion.terms.text import Text
from grandunion.terms.verdicts import Refused

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE, POSTGRESQL = "hub.sqlite3", "hub.pgdump"
BLOCK = 1024 * 1024
BESIDE = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds: when it was made, and every part by name with its fingerprint (SHA-256) and size."""

    made_at: str
    database: str
    parts: dict[str, tuple[str, int]]

    def written(self) -> bytes:
        """The manifest as it stands in the backup."""
        parts = {name: {"sha256": mark, "size": size} for name, (mark, size) in self.parts.items()}
        plain = {"format": FORMAT, "made_at": self.made_at, "database": self.database, "parts": parts}
        return json.dumps(plain, indent=1, sort_keys=True).encode()


def refused(en: str, zh: str) -> Refused:
    return Refused(Text(en, zh))


def make(target: Path, at: datetime) -> Manifest:
    """Write a backup to `target` (.tar, or .tar.gz), in one step: half a backup is never there.

    The database is copied by its own means (VACUUM INTO, pg_dump), never by copying its file while it lives.
    """
    if target.exists():
        raise refused(f"“{target}” is there already. Choose another name.", f"“{target}”已存在，请另取文件名。")
    if not target.parent.is_dir():
        raise refused(f"There is no folder “{target.parent}”.", f"目录“{target.parent}”不存在。")
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
        database = _copy_database(Path(folder))
        parts = {database.name: database, **_files()}
        manifest = Manifest(
            at.isoformat(), database.name, {name: (fingerprint(p), p.stat().st_size) for name, p in parts.items()}
        )
        packed = Path(folder) / "packed"
        _pack(packed, manifest, parts, is_small=target.suffix in (".gz", ".tgz"))
        packed.replace(target)
    return manifest


def _copy_database(folder: Path) -> Path:
    if connection.vendor == "sqlite":
        copy = folder / SQLITE
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(copy)])
        return copy
    copy = folder / POSTGRESQL
    _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={copy}")
    return copy


def _postgresql(program: str, *options: str) -> None:
    """Run one of PostgreSQL's own programs on the hub's database; the password goes by the environment."""
    found = shutil.which(program)
    if found is None:
        raise refused(f"{program} is not on this machine. Install PostgreSQL's client programs.",
                      f"本机没有 {program}，请安装 PostgreSQL 客户端程序。")  # fmt: skip
    names = connection.settings_dict
    given = {"PGHOST": names["HOST"], "PGPORT": names["PORT"], "PGUSER": names["USER"], "PGPASSWORD": names["PASSWORD"]}
    known = {key: str(value) for key, value in given.items() if value}
    ran = subprocess.run(  # noqa: S603 - a program of PostgreSQL, options of our own
        [found, *options, f"--dbname={names['NAME']}"], env={**os.environ, **known}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    if ran.returncode:
        raise refused(
            f"{program} failed: {ran.stderr.strip()[:500]}", f"{program} 执行失败：{ran.stderr.strip()[:500]}"
        )


def _files() -> dict[str, Path]:
    """The kept files by their name in the backup; what is still being taken is left out."""
    folder = settings.FILES
    found = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith("."))
    return {f"files/{path.relative_to(folder).as_posix()}": path for path in found}


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pack(packed: Path, manifest: Manifest, parts: dict[str, Path], *, is_small: bool) -> None:
    handle = os.open(packed, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        with tarfile.open(fileobj=file, mode="w:gz" if is_small else "w") as tar:
            head = tarfile.TarInfo(MANIFEST)
            head.size = len(manifest.written())
            tar.addfile(head, BytesIO(manifest.written()))
            for name, path in parts.items():
                tar.add(path, name, recursive=False)
        file.flush()
        os.fsync(file.fileno())


def prove(source: Path) -> Manifest:
    """The manifest of a backup after every part was read and its fingerprint compared. Raises Refused."""
    seen: dict[str, tuple[str, int]] = {}
    manifest = None
    with _opened(source) as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() else None
            if content is None:
                raise refused(f"“{member.name}” does not belong in a backup.", f"备份中不应包含“{member.name}”。")
            if manifest is None:
                manifest = _manifest(member.name, content.read(BLOCK * 64))
                continue
            seen[member.name] = (_read(content), member.size)
    if manifest is None:
        raise refused("The backup is empty.", "备份文件为空。")
    for name in sorted(seen.keys() | manifest.parts.keys()):
        if seen.get(name) != manifest.parts.get(name):
            raise refused(f"“{name}” is not what the manifest says: this backup is damaged.",
                          f"“{name}”与清单不符：该备份已损坏。")  # fmt: skip
    return manifest


@contextlib.contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:*") as tar:
            yield tar
    except (tarfile.TarError, OSError, EOFError) as error:
        raise refused(f"“{source}” cannot be read as a backup.", f"“{source}”不是可读取的备份文件。") from error


def _manifest(name: str, content: bytes) -> Manifest:
    try:
        plain = json.loads(content)
        if name != MANIFEST or plain["format"] != FORMAT:
            raise KeyError(name)
        parts = {str(part): (str(row["sha256"]), int(row["size"])) for part, row in plain["parts"].items()}
        return Manifest(str(plain["made_at"]), str(plain["database"]), parts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise refused("This is no backup of a hub: it has no manifest.", "这不是平台备份：缺少清单。") from error


def _read(content: object) -> str:
    digest = hashlib.sha256()
    while block := content.read(BLOCK):
        digest.update(block)
    return digest.hexdigest()


def restore(source: Path, *, at: datetime, is_replacing: bool = False) -> Manifest:
    """Put a proved backup in the place of the hub; what was there is kept beside it under a name with the moment."""
    manifest = prove(source)
    is_sqlite = manifest.database == SQLITE
    if is_sqlite != (connection.vendor == "sqlite"):
        raise refused("The backup is of the other kind of database. Set GRANDUNION_DATABASE_URL accordingly.",
                      "备份的数据库类型与当前配置不同，请相应设置 GRANDUNION_DATABASE_URL。")  # fmt: skip
    connection.close()
    with tempfile.TemporaryDirectory(prefix=".restore-", dir=_home()) as folder:
        _unpack(source, Path(folder).resolve())
        if is_sqlite:
            _put_sqlite(Path(folder) / SQLITE, at, is_replacing=is_replacing)
        else:
            _put_postgresql(Path(folder) / POSTGRESQL, at, is_replacing=is_replacing)
        _put_files(Path(folder) / "files", at)
        shutil.rmtree(settings.MEANING_FOLDER, ignore_errors=True)  # made anew from the database that was put back
    return manifest


def _unpack(source: Path, folder: Path) -> None:
    """Write the parts of a proved backup below a folder, and nowhere else."""
    with _opened(source) as tar:
        for member in tar:
            place = (folder / member.name).resolve()
            content = tar.extractfile(member)
            if not place.is_relative_to(folder) or content is None:
                raise refused(f"“{member.name}” does not belong in a backup.", f"备份中不应包含“{member.name}”。")
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("wb") as file:
                shutil.copyfileobj(content, file, BLOCK)


def _home() -> Path:
    settings.HOME.mkdir(parents=True, exist_ok=True)
    return settings.HOME


def _put_sqlite(copy: Path, at: datetime, *, is_replacing: bool) -> None:
    place = Path(connection.settings_dict["NAME"])
    if place.exists():
        if not is_replacing:
            raise _occupied()
        _refuse_if_busy(place)
        aside = place.with_name(f"{place.name}.before-{at:%Y%m%dT%H%M%S}")
        place.rename(aside)
        for ending in BESIDE:
            beside = place.with_name(place.name + ending)
            if beside.exists():
                beside.rename(aside.with_name(aside.name + ending))
    os.replace(copy, place)


def _occupied() -> Refused:
    return refused("There is a hub here already. Add --replace; what is there is kept beside it.",
                   "此处已有平台数据。如需替换请加 --replace，原有数据会保留在旁。")  # fmt: skip


def _refuse_if_busy(place: Path) -> None:
    """A hub that is being served is not replaced under the feet of its people."""
    try:
        with contextlib.closing(sqlite3.connect(place, timeout=0)) as other:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
            other.execute("BEGIN EXCLUSIVE")
            other.rollback()
    except sqlite3.OperationalError as error:
        raise refused("The hub is being served. Stop it first.", "平台正在运行，请先停止服务。") from error
    except sqlite3.DatabaseError:
        return  # what is broken may be replaced


def _put_postgresql(copy: Path, at: datetime, *, is_replacing: bool) -> None:
    is_there = bool(connection.introspection.table_names())
    if is_there and not is_replacing:
        raise _occupied()
    connection.close()
    if is_there:
        aside = _home() / f"{POSTGRESQL}.before-{at:%Y%m%dT%H%M%S}"
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={aside}")
    cleaning = ("--clean", "--if-exists") if is_replacing else ()
    _postgresql("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *cleaning, str(copy))


def _put_files(folder: Path, at: datetime) -> None:
    place = settings.FILES
    if place.exists() and any(place.iterdir()):
        place.rename(place.with_name(f"{place.name}.before-{at:%Y%m%dT%H%M%S}"))
    elif place.exists():
        place.rmdir()
    if folder.is_dir():
        os.replace(folder, place)
    else:
        place.mkdir(parents=True)
