"""Proves that the hub is whole: the journal's chain, the index, the files, the database, the pack, the settings."""

import hashlib
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from django.core import checks as django_checks
from django.db import connection

from grandunion.adapters import files, index
from grandunion.adapters.packs import check_pack, find_pack
from grandunion.records.achievements import Achievement
from grandunion.records.documents import Document
from grandunion.records.matches import Offer
from grandunion.records.needs import Need
from grandunion.records.parties import Organisation, Person
from grandunion.records.plans import Return, WorkReport
from grandunion.records.projects import Project
from grandunion.terms.text import Text, listed
from grandunion.terms.verdicts import Absent
from grandunion.work.queries import journal
from grandunion.work.queries.lists import hub
from grandunion.work.queries.plans.evaluating import drift
from grandunion.work.queries.upkeep import meaning

SOUND_SQLITE = (3, 51, 3)  # versions before lose acknowledged writes in rare races of the WAL
INDEXED = (Organisation, Person, Achievement, Need, Offer, Project, Return, WorkReport)
NAMED = 5  # of what is wrong in many places
BLOCK = 1024 * 1024
WITHOUT_TLS = {"security.W004", "security.W008", "security.W012", "security.W016"}
OUR_OWN = {"security.W002"}  # our own middleware forbids frames, by the content security policy


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what was looked at, what is wrong (nothing: all is well), and whether that is only a warning."""

    about: Text
    wrong: Text | None = None
    is_warning: bool = False


def findings() -> Iterator[Finding]:
    """Every check of the hub, one after the other; nothing is written."""
    yield _journal()
    yield from _database()
    for record in INDEXED:
        yield _indexed(record)
    if meaning.is_on():
        yield from meant()
    yield _files()
    yield _pack()
    yield _figures()
    yield from _settings()


def _figures() -> Finding:
    """Whether the ledger of figures is what a full count would write."""
    about, found = Text("figures", "指标台账"), drift()
    if not found:
        return Finding(about)
    named = listed(one.definition.indicator.name for one in found[:NAMED])
    said = Text("{n} differ from a full count ({named}). Mend: grandunion figures recount",
                "有 {n} 项与全量计算不一致（{named}），请执行 grandunion figures recount 修正")  # fmt: skip
    return Finding(about, said.fill(n=len(found), named=named))


def _journal() -> Finding:
    about = Text("journal", "日志链")
    broken = journal.first_broken()
    if broken is None:
        return Finding(about)
    return Finding(about, Text(f"The chain breaks at entry {broken}: restore the last sound backup.",
                               f"日志链在第 {broken} 条断裂，请恢复最近一次完好的备份。"))  # fmt: skip


def _database() -> Iterator[Finding]:
    if connection.vendor != "sqlite":
        return
    about = Text("database", "数据库")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA integrity_check(5)")
        faults = [row[0] for row in cursor.fetchall() if row[0] != "ok"]
        cursor.execute("PRAGMA foreign_key_check")
        faults += [f"{row[0]} {row[1]}" for row in cursor.fetchmany(5)]
    yield Finding(about, Text(f"Damaged: {faults[0]}", f"已损坏：{faults[0]}") if faults else None)
    if sqlite3.sqlite_version_info < SOUND_SQLITE:
        yield Finding(Text("SQLite version", "SQLite 版本"), Text(
            f"SQLite {sqlite3.sqlite_version} is older than 3.51.3 and has a known fault with several processes. "
            "One web process is safe; use PostgreSQL (GRANDUNION_DATABASE_URL) where the hub is shared by more.",
            f"SQLite {sqlite3.sqlite_version} 低于 3.51.3，多进程同时写入时存在已知缺陷。单个网站进程可安全使用；"
            "多进程共用请改用 PostgreSQL（GRANDUNION_DATABASE_URL）。",
        ), is_warning=True)  # fmt: skip


def _indexed(record: type) -> Finding:
    """The index has words for every record, and for none that is gone or lives on in another."""
    rows = record.objects.unscoped("every row is compared, nobody reads its content")
    wanted = set((rows.exclude(status="merged") if record is Organisation else rows).values_list("pk", flat=True))
    odd = wanted ^ index.kept_ids(record.kind)
    about = Text(f"index: {record.kind}", f"索引：{record.kind}")
    if not odd:
        return Finding(about)
    return Finding(about, Text(f"{len(odd)} records and their index entries differ (first id {min(odd)}).",
                               f"有 {len(odd)} 条记录与索引不一致（首个编号 {min(odd)}）。"))  # fmt: skip


def meant() -> Iterator[Finding]:
    """The index of meaning has the texts of every record, its files what the database says; what waits is no fault."""
    standing = meaning.standing()
    if standing.missing:
        yield Finding(Text("sentence model", "语义模型"), standing.missing, is_warning=True)
    for record in meaning.MEANT:
        about, found = Text(f"meaning: {record.kind}", f"语义索引：{record.kind}"), meaning.differing(record)
        yield Finding(about) if not found.count else Finding(about, Text(
            f"{found.count} records and their texts in the index differ (first id {found.first}). "
            "Run: grandunion meaning refill",
            f"有 {found.count} 条记录与语义索引中的文本不一致（首个编号 {found.first}），"
            "请运行：grandunion meaning refill",
        ))  # fmt: skip
    wrong = [*meaning.problems(meaning.KINDS)]
    about = Text("meaning: files", "语义索引：文件")
    yield Finding(about) if not wrong else Finding(about, Text(
        f"{wrong[0].en} Run: grandunion meaning mend", f"{wrong[0].zh}请运行：grandunion meaning mend",
    ))  # fmt: skip


def _files() -> Finding:
    about = Text("files", "文件")
    marks = (
        Document.objects.unscoped("every row is compared, nobody reads its content")
        .filter(removed_at=None)
        .values_list("fingerprint", flat=True)
        .distinct()
    )
    wrong = [mark for mark in marks.order_by("fingerprint") if not _is_whole(mark)]
    if not wrong:
        return Finding(about)
    return Finding(about, Text(f"{len(wrong)} files are missing or changed (first {wrong[0][:12]}…).",
                               f"有 {len(wrong)} 个文件缺失或被改动（首个 {wrong[0][:12]}…）。"))  # fmt: skip


def _is_whole(mark: str) -> bool:
    place = files.place_of(mark)
    if not place.is_file():
        return False
    digest = hashlib.sha256()
    with place.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest() == mark


def _pack() -> Finding:
    about = Text("pack", "包")
    code = hub().code
    try:
        mistakes = [problem for problem in check_pack(find_pack(code)) if not problem.is_note]
    except Absent as absent:
        return Finding(about, absent.reason, is_warning=True)
    return Finding(about, mistakes[0].said() if mistakes else None)


def _settings() -> Iterator[Finding]:
    """What Django thinks of the settings on a machine that serves people."""
    about = Text("settings", "设置")
    found = [one for one in _said_by_django() if one.id not in OUR_OWN]
    if any(one.id in WITHOUT_TLS for one in found):
        yield Finding(about, Text(
            "The hub is served without TLS. Behind a proxy that has it, set GRANDUNION_TLS=1.",
            "平台未启用 TLS。如前置代理已启用，请设置 GRANDUNION_TLS=1。",
        ), is_warning=True)  # fmt: skip
    for one in (one for one in found if one.id not in WITHOUT_TLS):
        yield Finding(about, Text(f"{one.msg} ({one.id})", f"{one.msg}（{one.id}）"),
                      is_warning=one.level < django_checks.ERROR)  # fmt: skip
    if not found:
        yield Finding(about)


def _said_by_django() -> Iterator[django_checks.CheckMessage]:
    """But for the addresses: they are of the code, the same on every machine (a test checks them), and load slowly."""
    for check in django_checks.registry.registry.get_checks(include_deployment_checks=True):
        if django_checks.Tags.urls not in check.tags:
            yield from check(app_configs=None, databases=None)
