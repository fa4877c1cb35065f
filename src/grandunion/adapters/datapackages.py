"""Writes tables as a Data Package (Frictionless, v1): CSV files with a description of every column, in one zip."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

UNSAFE = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would take what begins so for a formula
EPOCH = (1980, 1, 1, 0, 0, 0)  # of every file in the zip: the same figures are the same bytes


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it is called in both languages, its type as Table Schema names it."""

    name: str
    title: str
    kind: str = "string"  # string | number | date
    is_required: bool = False
    one_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """One resource: its columns, its rows, what makes a row unique, and which columns name rows of other tables."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Sequence[Sequence[object]]
    key: tuple[str, ...] = ()
    refers: Mapping[str, tuple[str, str]] | None = None  # column → (table, its column)


def packed(described: Mapping[str, object], tables: Iterable[Table], readme: str) -> bytes:
    """The zip: datapackage.json, one CSV for each table, and a page that says what it is."""
    files = {f"data/{table.name}.csv": _csv(table) for table in tables}
    resources = [_resource(table, files[f"data/{table.name}.csv"]) for table in tables]
    package = {"profile": "tabular-data-package", **described, "resources": resources}
    whole = {
        "datapackage.json": json.dumps(package, ensure_ascii=False, indent=2).encode(),
        "README.md": readme.encode(),
        **files,
    }
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            archive.writestr(entry, content)
    return kept.getvalue()


def _csv(table: Table) -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    for row in table.rows:
        writer.writerow(_text(value, column) for value, column in zip(row, table.columns, strict=True))
    return kept.getvalue().encode()


def _text(value: object, column: Column) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    text = str(value)
    return f"'{text}" if column.kind == "string" and text.startswith(UNSAFE) else text


def _resource(table: Table, content: bytes) -> dict[str, object]:
    schema: dict[str, object] = {"fields": [_field(column) for column in table.columns], "missingValues": [""]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.refers:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": its}}
            for column, (other, its) in table.refers.items()
        ]
    return {
        "profile": "tabular-data-resource", "name": table.name, "title": table.title,
        "path": f"data/{table.name}.csv", "format": "csv", "mediatype": "text/csv", "encoding": "utf-8",
        "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}", "schema": schema,
    }  # fmt: skip


def _field(column: Column) -> dict[str, object]:
    constraints: dict[str, object] = {"required": True} if column.is_required else {}
    if column.one_of:
        constraints["enum"] = list(column.one_of)
    extra = {"constraints": constraints} if constraints else {}
    return {"name": column.name, "title": column.title, "type": column.kind, **extra}
