"""Writes tables: CSV, XLSX and JSON lines, the last with a Frictionless description beside it."""

import csv
import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import orjson
import xlsxwriter
from django.utils import timezone

from grandunion.adapters.tables.limits import unreadable
from grandunion.terms.sound import harmless

ENDINGS = (".csv", ".xlsx", ".jsonl")


class Writer(Protocol):
    """What takes rows one by one."""

    def write(self, values: Sequence[object]) -> None:
        """One row: texts, numbers, days, moments, or nothing."""

    def close(self) -> None:
        """The file is whole after this."""


def writer_for(path: Path, codes: Sequence[str], labels: Sequence[str], title: str) -> Writer:
    """A writer by the file's ending: codes name the fields in JSON, labels head the columns elsewhere."""
    if path.suffix == ".csv":
        return Csv(path, labels)
    if path.suffix == ".xlsx":
        return Xlsx(path, labels, title)
    if path.suffix == ".jsonl":
        return Jsonl(path, codes, labels, title)
    known = ", ".join(ENDINGS)
    raise unreadable(
        f"“{path.name}”: write a name that ends in one of {known}.", f"“{path.name}”：文件名应以 {known} 之一结尾。"
    )


def said(value: object) -> str:
    """A value as text; a moment to the minute, in the hub's time."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return value.isoformat() if isinstance(value, date) else str(value)


class Csv:
    """UTF-8 with the mark by which Excel knows it."""

    def __init__(self, path: Path, labels: Sequence[str]) -> None:
        self.file = path.open("w", encoding="utf-8-sig", newline="")
        self.lines = csv.writer(self.file)
        self.lines.writerow([harmless(label) for label in labels])

    def write(self, values: Sequence[object]) -> None:
        # A negative number is no formula; a text that begins with a minus sign may be one.
        self.lines.writerow([harmless(v) if isinstance(v, str) else said(v) for v in values])

    def close(self) -> None:
        self.file.close()


class Xlsx:
    """A workbook of one sheet; long numbers stay text."""

    def __init__(self, path: Path, labels: Sequence[str], title: str) -> None:
        self.book = xlsxwriter.Workbook(path, {"constant_memory": True, "strings_to_formulas": False})
        self.sheet = self.book.add_worksheet(title[:31])
        self.sheet.freeze_panes(1, 0)
        self.sheet.write_row(0, 0, labels, self.book.add_format({"bold": True}))
        self.row = 0

    def write(self, values: Sequence[object]) -> None:
        self.row += 1
        for column, value in enumerate(values):
            if isinstance(value, int | float | Decimal):
                self.sheet.write_number(self.row, column, float(value))
            elif value not in (None, ""):
                self.sheet.write_string(self.row, column, harmless(said(value))[:32_767])

    def close(self) -> None:
        self.book.close()


class Jsonl:
    """One object a line, exact decimals as text, and `datapackage.json` beside it (Frictionless Data Package 1)."""

    def __init__(self, path: Path, codes: Sequence[str], labels: Sequence[str], title: str) -> None:
        self.codes, self.file, self.count = tuple(codes), path.open("wb"), 0
        fields = [{"name": code, "title": label, "type": "any"} for code, label in zip(codes, labels, strict=True)]
        resource = {
            "name": path.stem.lower().replace("_", "-").replace(" ", "-"), "path": path.name, "title": title,
            "format": "jsonl", "mediatype": "application/jsonl", "encoding": "utf-8", "schema": {"fields": fields},
        }  # fmt: skip
        described = {"profile": "data-package", "name": resource["name"], "title": title, "resources": [resource]}
        beside = path.with_name("datapackage.json")
        beside.write_text(json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8")

    def write(self, values: Sequence[object]) -> None:
        row = {c: str(v) if isinstance(v, Decimal) else v for c, v in zip(self.codes, values, strict=True)}
        self.file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))

    def close(self) -> None:
        self.file.close()
