"""A table that is no list of records, as a file: CSV or a spreadsheet."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

import xlsxwriter
from django.http import HttpResponse

from grandunion.terms.sound import harmless

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Rows = Iterable[Sequence[object]]


def as_csv(name: str, rows: Rows) -> HttpResponse:
    """The rows as CSV that Excel reads as UTF-8; the first is the head."""
    kept = io.StringIO()
    kept.write("\ufeff")
    csv.writer(kept).writerows([_text(value) for value in row] for row in rows)
    return _file(kept.getvalue().encode(), f"{name}.csv", "text/csv; charset=utf-8")


def as_xlsx(name: str, rows: Rows) -> HttpResponse:
    """The rows as a spreadsheet, numbers as numbers."""
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.freeze_panes(1, 1)
        for place, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, int | Decimal):
                    sheet.write_number(place, column, float(value))
                else:
                    sheet.write_string(place, column, _text(value), None if place else bold)
    return _file(kept.getvalue(), f"{name}.xlsx", SPREADSHEET)


def _text(value: object) -> str:
    return "" if value is None else harmless(str(value))


def _file(content: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


WRITERS: Mapping[str, Callable[[str, Rows], HttpResponse]] = MappingProxyType({"csv": as_csv, "xlsx": as_xlsx})
