"""The import of organisations out of a CSV file, checked, journaled and indexed, next to a bare insert of the rows."""

import csv
import hashlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from django.db import connection, transaction

from grandunion.adapters.rows import new_ids, quoted
from grandunion.records.parties import Organisation
from grandunion.terms.identifiers import credit_check
from grandunion.terms.readers import Reader
from grandunion.work.actions.upkeep import imports
from grandunion.work.queries.upkeep import mappings
from grandunion.work.queries.upkeep.imports import examine

ROUNDS = 3
HEADS = ["source_ref", "credit_code", "name_zh", "name_en", "kind", "country", "city", "industry", "founded_on",
         "staff_count", "registered_capital", "website"]  # fmt: skip
PLACES = ("安徽", "合肥", "上海", "杭州", "苏州", "深圳", "北京", "武汉")
TRADES = (
    "量子科技",
    "智能装备",
    "生物医药",
    "新型材料",
    "清洁能源",
    "半导体",
    "信息技术",
    "医疗器械",
    "机器人",
    "航空航天",
)
FORMS = ("有限公司", "股份有限公司", "有限责任公司")
SIGNS = "国盾本源启科中创新光谷云智芯星河远景华彩辰禾航天蓝鲸赤羽"


@dataclass(frozen=True, slots=True)
class Rates:
    """Rows a second of CPU time of this process, and by the clock."""

    cpu: float
    wall: float


def measure(count: int, folder: Path, by: Reader) -> dict[str, Rates]:
    """The checked import and the bare insert of `count` rows, in turns, each over fresh rows."""
    checked, bare = [], []
    for turn in range(ROUNDS):
        path = folder / f"import-{turn}.csv"
        rows = _rows(count, turn)
        _write(path, rows)
        bare.append(_timed(partial(_insert, *_prepared(rows)), count))
        _take_away()
        checked.append(_timed(partial(_import, path, by), count))
        path.unlink()
    return {"checked import": _middle(checked), "bare insert": _middle(bare)}


def _timed(deed: Callable[[], object], count: int) -> Rates:
    began, began_cpu = time.perf_counter(), time.process_time()
    deed()
    return Rates(count / (time.process_time() - began_cpu), count / (time.perf_counter() - began))


def _middle(rates: list[Rates]) -> Rates:
    return Rates(median(rate.cpu for rate in rates), median(rate.wall for rate in rates))


def _rows(count: int, turn: int) -> list[tuple]:
    """Rows as a file has them; every turn other companies, with codes whose check digit is right."""
    found = []
    for place in range(count):
        n = turn * count + place
        code = f"91340100MA{n:07d}"
        sign = SIGNS[n % 27] + SIGNS[n // 27 % 27] + SIGNS[n // 729 % 27]
        name = f"{PLACES[n % 8]}{sign}{TRADES[n // 8 % 10]}{FORMS[n % 3]}"
        found.append(
            (f"S{n}", code + credit_check(code), name, f"Imported {n} Ltd", "enterprise", "CN", "Hefei", "industries-7",
             f"20{10 + n % 15}-0{1 + n % 9}-1{n % 10}", str(5 + n % 900), str((1 + n % 900) * 10000),
             f"https://www.company-{n}.example")
        )  # fmt: skip
    return found


def _write(path: Path, rows: list[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(HEADS)
        lines.writerows(rows)


def _import(path: Path, by: Reader) -> None:
    """What `grandunion import organisations FILE` does, without its terminal."""
    mapping = mappings.mapping_of("template", "organisations")
    found = examine(mappings.table_of(path, mapping), mapping, by, is_template=True)
    if not found.is_sound:
        raise RuntimeError(f"{found.bad} bad rows: {found.problems[:3]}")
    fingerprint = hashlib.sha256(path.read_bytes()).hexdigest()
    batch = imports.write(found, imports.Sent(path.name, fingerprint), by=by, at=by.at)
    if batch.added != len(path.read_text("utf-8").splitlines()) - 1:
        raise RuntimeError(f"only {batch.added} rows came in")


def _prepared(rows: list[tuple], at: str = "2026-01-01 00:00:00+00:00") -> tuple[str, list[tuple]]:
    """The statement and its values, made before the clock starts: every column of the table, defaults written out."""
    table = Organisation._meta
    fields = [field for field in table.concrete_fields if not field.primary_key and not field.name.endswith("_at")]
    defaults = {field.column: field.get_db_prep_save(field.get_default(), connection) for field in fields}
    defaults |= {"created_at": at, "updated_at": at, "level": "members", "source_kind": "raw"}
    full = [(pk, *{**defaults, **_named(row)}.values())
            for pk, row in zip(new_ids(Organisation, len(rows)), rows, strict=True)]  # fmt: skip
    columns = ", ".join(quoted(name) for name in ("id", *defaults))
    marks = ", ".join(["%s"] * (1 + len(defaults)))
    return f"INSERT INTO {quoted(table.db_table)} ({columns}) VALUES ({marks})", full  # noqa: S608 - names of the model


def _named(row: tuple) -> dict[str, object]:
    names = ("source_ref", "credit_code", "name_zh", "name_en", "organisation_kind", "country", "city")
    more = {"founded_on": row[8], "staff_count": int(row[9]), "registered_capital": row[10], "website": row[11]}
    return {**dict(zip(names, row, strict=False)), **more, "number": f"RAW-{row[0]}"}


def _insert(sql: str, rows: list[tuple]) -> None:
    """One `executemany` into the same table with the same indexes, in one transaction; nothing is checked."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _take_away() -> None:
    """The bare rows go again, untimed: the import finds the world as it was."""
    Organisation.objects.unscoped("the bare rows of the benchmark").filter(source_kind="raw").delete()
