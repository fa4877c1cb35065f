"""Reads the first sheet of a workbook; what it would unpack to is proved before anything is parsed."""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import BinaryIO

from python_calamine import CalamineError, CalamineWorkbook

from grandunion.adapters.tables.limits import MOST_UNPACKED, STEEPEST, too_large, unreadable
from grandunion.terms.text import Text

MOST_ENTRIES = 2000
BLOCK = 1024 * 1024
LOCAL_HEADER = struct.Struct("<26xHH")  # lengths of name and extra field in a zip's local header
EXACT = 10**15  # whole numbers from here on have lost digits in a spreadsheet


def prove(path: Path) -> None:
    """Refuse a file that is no workbook, or that unpacks to far more than it is.

    The sizes a zip declares can lie, so every part is also unpacked once, block by block, and counted.
    """
    try:
        with zipfile.ZipFile(path) as packed:
            parts = packed.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise unreadable(
            "This is no Excel workbook (.xlsx). Save it anew in Excel.", "不是 Excel 工作簿（.xlsx），请用 Excel 另存。"
        ) from error
    limit = min(MOST_UNPACKED, max(STEEPEST * path.stat().st_size, BLOCK))
    if sum(part.file_size for part in parts) > limit or len(parts) > MOST_ENTRIES:
        raise too_large(limit)
    left = limit
    with path.open("rb") as file:
        for part in parts:
            left -= _size(file, part, left)


def _size(file: BinaryIO, part: zipfile.ZipInfo, most: int) -> int:
    """How many bytes a part really unpacks to; stops and refuses above `most`."""
    file.seek(part.header_offset)
    name, extra = LOCAL_HEADER.unpack(file.read(LOCAL_HEADER.size))
    file.seek(name + extra, 1)
    if part.compress_type != zipfile.ZIP_DEFLATED:
        return part.compress_size
    unpacking, size, left = zlib.decompressobj(-15), 0, part.compress_size
    try:
        while left > 0 and not unpacking.eof:
            block = file.read(min(BLOCK, left))
            left -= len(block) or left
            while block:
                size += len(unpacking.decompress(block, BLOCK))
                block = unpacking.unconsumed_tail
                if size > most:
                    raise too_large(most)
    except zlib.error as error:
        raise unreadable("The workbook is broken. Save it anew.", "工作簿已损坏，请重新保存。") from error
    return size


def header(path: Path) -> list[str]:
    """The first row of the first sheet."""
    return [str(cell) for cell in next(_cells(path), [])]


def rows(path: Path) -> Iterator[tuple[int, dict[str, object] | Text]]:
    """The rows below the header by their number, cells as text."""
    lines = _cells(path)
    columns = [str(cell).strip() or f"#{place}" for place, cell in enumerate(next(lines, []), 1)]
    for number, cells in enumerate(lines, 2):
        if any(cell not in ("", None) for cell in cells):
            yield number, texts(columns, cells)


def texts(columns: list[str], cells: list[object]) -> dict[str, object] | Text:
    """A row's cells as texts by column, or why they cannot be trusted."""
    said = {}
    for column, cell in zip(columns, cells, strict=False):
        if isinstance(cell, float | int) and not isinstance(cell, bool) and abs(cell) >= EXACT:
            return _lost(column)
        said[column] = cell if isinstance(cell, str) else _text(cell)
    return said


def _lost(column: str) -> Text:
    return Text(
        f"“{column}” stands there as a number and has lost its last digits. Make the column text and type it again.",
        f"“{column}”以数字格式保存，末位数字已丢失。请将该列设为文本格式后重新录入。",
    )


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _cells(path: Path) -> Iterator[list[object]]:
    try:
        book = CalamineWorkbook.from_path(str(path))
        yield from book.get_sheet_by_index(0).iter_rows()
    except (CalamineError, IndexError, ValueError) as error:
        raise unreadable(
            f"The workbook cannot be read: {error}. Save it anew in Excel.",
            f"无法读取工作簿：{error}。请用 Excel 重新保存。",
        ) from error
