"""Workbooks of several sheets: read and written whole, each sheet a table under its header."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineError, CalamineWorkbook

from grandunion.adapters.tables import sheets
from grandunion.adapters.tables.limits import MOST_COLUMNS, unreadable
from grandunion.terms.sound import harmless
from grandunion.terms.text import Text

Rows = list[dict[str, str]]
MOST_ROWS = 100_000


def read_book(path: Path) -> dict[str, Rows]:
    """Every sheet by its name in small letters: rows of texts under the header, empty rows left out.

    Raises Invalid for what is no workbook, unpacks to too much, or has lost digits, with the row.
    """
    sheets.prove(path)
    try:
        book = CalamineWorkbook.from_path(str(path))
        found = {name: list(book.get_sheet_by_name(name).iter_rows()) for name in book.sheet_names}
    except (CalamineError, ValueError) as error:
        raise unreadable("The workbook cannot be read. Save it anew in Excel.",
                         "无法读取工作簿，请用 Excel 重新保存。") from error  # fmt: skip
    return {name.strip().lower(): _rows(name, lines) for name, lines in found.items()}


def _rows(sheet: str, lines: Sequence[Sequence[object]]) -> Rows:
    if len(lines) > MOST_ROWS or (lines and len(lines[0]) > MOST_COLUMNS):
        raise unreadable(f"The sheet {sheet} is too large.", f"工作表 {sheet} 过大。")
    columns = [str(cell).strip() for cell in lines[0]] if lines else []
    found = []
    for number, cells in enumerate(lines[1:], 2):
        if any(cell not in ("", None) for cell in cells):
            said = sheets.texts(columns, cells)
            if isinstance(said, Text):
                raise unreadable(said.en, said.zh, number, sheet)
            found.append(said)
    return found


def write_book(target: object, tables: Mapping[str, tuple[Sequence[str], Iterable[Mapping[str, str]]]]) -> None:
    """Write each table on a sheet of its name: its columns in bold, its rows as texts; `target` is a path or a file."""
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True})
        for name, (columns, rows) in tables.items():
            sheet = book.add_worksheet(name[:31])
            sheet.freeze_panes(1, 0)
            sheet.write_row(0, 0, columns, bold)
            for place, row in enumerate(rows, 1):
                for column, key in enumerate(columns):
                    sheet.write_string(place, column, harmless_cell(row.get(key, "")))


def harmless_cell(value: str) -> str:
    """A cell that no spreadsheet takes for a formula; a plain negative number is none."""
    return value if value.removeprefix("-").replace(".", "", 1).isdigit() else harmless(value)
