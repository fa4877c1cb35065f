"""Opens a table by its ending: which format, packed or not, which encoding, which separator."""

import codecs
import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from grandunion.adapters.tables import objects, sheets
from grandunion.adapters.tables.limits import (
    LONGEST_CELL,
    MOST_BYTES,
    MOST_COLUMNS,
    STEEPEST,
    too_large,
    unreadable,
)
from grandunion.terms.text import Text

FORMATS = {".csv": "csv", ".tsv": "tsv", ".txt": "csv", ".xlsx": "xlsx", ".json": "json", ".jsonl": "jsonl"}
ENCODINGS = ("utf-8-sig", "gb18030")
SEPARATORS = (",", "\t", ";", "|")
BLOCK = 1024 * 1024
Cells = dict[str, object] | Text  # a row's cells, or why the row cannot be read


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table that can be read again and again; `columns` is empty where every row names its own."""

    path: Path
    format: str
    encoding: str = ""
    separator: str = ""
    columns: tuple[str, ...] = ()

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Row numbers as a spreadsheet counts them (the header is row 1) or lines, with the cells by column."""
        if self.format == "xlsx":
            return sheets.rows(self.path)
        if self.format == "jsonl":
            return objects.lines(self.path)
        if self.format == "json":
            return objects.items(self.path)
        return self._lines()

    def _lines(self) -> Iterator[tuple[int, Cells]]:
        header, width = self.columns, len(self.columns)
        for number, cells in _records(self.path, self.encoding, self.separator):
            if number == 1 or not any(cells):
                continue
            if len(cells) > width and any(cells[width:]):
                yield number, _too_wide(len(cells), width)
            else:
                yield number, dict(zip(header, cells, strict=False))


def _too_wide(count: int, width: int) -> Text:
    return Text(
        f"The row has {count} cells, the header {width}. Put texts with separators in quotes.",
        f"本行有 {count} 个单元格，表头只有 {width} 列；含分隔符的文字请加引号。",
    )


def format_of(name: str) -> str:
    """The format by a file name's ending, packed or not; refuses an ending that no reader knows."""
    suffix = Path(name.removesuffix(".gz")).suffix.lower()
    if suffix not in FORMATS:
        known = ", ".join(FORMATS)
        raise unreadable(
            f"Files of the kind “{suffix or name}” are not read. Write one of: {known}.",
            f"不支持“{suffix or name}”类型的文件，可用：{known}。",
        )
    return FORMATS[suffix]


def open_table(path: Path, *, format: str = "", name: str = "") -> TableFile:
    """The table in a file, its header read and its size checked; `name` is what the file was called.

    Raises Invalid with the sentence: wrong ending, neither UTF-8 nor GB18030, unpacks to too much, no header,
    a column named twice.
    """
    if not path.is_file():
        raise unreadable(f"There is no file “{path}”.", f"找不到文件“{path}”。")
    kind = format or format_of(name or path.name)
    if kind == "xlsx":
        sheets.prove(path)
        return TableFile(path, kind, columns=_proper(sheets.header(path)))
    if kind in ("json", "jsonl"):
        _measure(path)
        return TableFile(path, kind)
    encoding = _encoding(path)
    separator = "\t" if kind == "tsv" else _separator(path, encoding)
    header = next(_records(path, encoding, separator), (1, []))[1]
    return TableFile(path, kind, encoding, separator, _proper(header))


def unpacked(path: Path) -> BinaryIO:
    """The bytes of a file, gunzipped where they are packed."""
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_packed else path.open("rb")


def _blocks(path: Path) -> Iterator[bytes]:
    """The content block by block; refuses what unpacks to too much before it is all unpacked."""
    size, packed = 0, max(path.stat().st_size, 1)
    try:
        with unpacked(path) as file:
            while block := file.read(BLOCK):
                size += len(block)
                if size > MOST_BYTES or (size > 50 * BLOCK and size > STEEPEST * packed):
                    raise too_large(MOST_BYTES)
                yield block
    except (OSError, EOFError, zlib.error) as error:
        raise unreadable("The packed file is broken. Pack it again.", "压缩文件已损坏，请重新压缩。") from error


def _measure(path: Path) -> None:
    for _ in _blocks(path):
        pass


def _encoding(path: Path) -> str:
    """UTF-8 or GB18030 (UTF-16 where its mark says so), proved over the whole file."""
    start = next(_blocks(path), b"")[:2]
    wanted = ("utf-16",) if start in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ENCODINGS
    return next((encoding for encoding in wanted if _is_in(path, encoding)), "") or _neither()


def _neither() -> str:
    raise unreadable(
        "The file is neither UTF-8 nor GB18030. Save it as “CSV UTF-8”.",
        "文件既不是 UTF-8 也不是 GB18030 编码，请另存为“CSV UTF-8”。",
    )


def _is_in(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        for block in _blocks(path):
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(path: Path, encoding: str) -> str:
    """The sign that stands most often in the first line, outside quotes."""
    with unpacked(path) as file:
        first = TextIOWrapper(file, encoding=encoding).readline(100_000)
    plain = "".join(first.split('"')[::2])
    return max(SEPARATORS, key=plain.count)


def _records(path: Path, encoding: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    with unpacked(path) as file:
        text = TextIOWrapper(file, encoding=encoding, newline="")
        try:
            for number, cells in enumerate(csv.reader(text, delimiter=separator, strict=True), 1):
                yield number, cells
        except csv.Error as error:
            raise unreadable(
                f"Reading stopped after row {number}: a quotation mark is out of place, or a cell is longer than "
                f"{LONGEST_CELL:,} characters. Put texts that hold quotation marks in quotes and double them.",
                f"读到第 {number} 行后无法继续：引号位置有误，或单元格超过 {LONGEST_CELL:,} 个字符。"
                "含引号的文字请加引号，并将内部引号写成两个。",
                number + 1,
            ) from error


def _proper(header: list[str]) -> tuple[str, ...]:
    """The column names; refuses a missing header and a name that stands twice."""
    names = [str(name).strip() for name in header]
    while names and not names[-1]:
        names.pop()
    if not any(names):
        raise unreadable("The file has no header: name the columns in row 1.", "文件没有表头，请在第 1 行写明列名。")
    if len(names) > MOST_COLUMNS:
        raise unreadable(
            f"The file has {len(names)} columns; at most {MOST_COLUMNS} are read.",
            f"文件有 {len(names)} 列，最多读取 {MOST_COLUMNS} 列。",
        )
    twice = {name for name in names if name and names.count(name) > 1}
    if twice:
        said = sorted(twice)[0]
        raise unreadable(
            f"Two columns are called “{said}”. Rename one.", f"有两列同名“{said}”，请修改其中一列的名称。", 1, said
        )
    return tuple(name or f"#{place}" for place, name in enumerate(names, 1))
