"""List pages and their exports, drawn from the one specification of columns."""

import csv
import io
from collections.abc import Iterable

import xlsxwriter
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

from grandunion.interfaces.kit import narrowing, tables
from grandunion.interfaces.kit.addresses import address
from grandunion.interfaces.kit.pages import page
from grandunion.interfaces.kit.tables import cell
from grandunion.interfaces.kit.tags import said
from grandunion.terms.sound import harmless
from grandunion.work.queries.base import Column, Listing, Question, listing


def show(
    request: HttpRequest, wanted: Listing, *, template: str = "kit/list.html", picking: str = "", **context: object
) -> HttpResponse:
    """The list as a page, or as a file when the address ends in format=csv or xlsx.

    `picking` is the id of the page's form to which the rows can be picked.
    """
    given = request.GET.dict()
    question = Question.of(wanted, given)
    if given.get("format") in EXPORTS:
        return EXPORTS[given["format"]](request, wanted, question)
    found, filters = listing.page(wanted, request.reader, question), narrowing.choices(request, wanted)
    own, chips, ways = (
        tables.beside_the_number(found.columns),
        narrowing.chips(request, filters, question),
        _ways(request, found),
    )
    return page(
        request, template, wanted.name, section=wanted.code, found=found, chips=chips, width=len(own), **ways,
        heads=tables.heads(request, own, question), body=tables.body(found, wanted, picking),
        filters=narrowing.form(filters, question, given, chips), total=narrowing.total(found, request.at),
        tools=narrowing.tools(request, wanted, found, (("Excel", ways["to_xlsx"]), ("CSV", ways["to_csv"]))),
        steps=narrowing.steps(ways["before"], ways["after"], found.page), **context,
    )  # fmt: skip


def _ways(request: HttpRequest, found: listing.Page) -> dict[str, str]:
    return {
        "before": address(request, page=found.page - 1) if found.page > 1 else "",
        "after": address(request, page=found.page + 1) if found.has_next else "",
        "to_csv": address(request, format="csv"),
        "to_xlsx": address(request, format="xlsx"),
    }


def _as_csv(request: HttpRequest, wanted: Listing, question: Question) -> HttpResponse:
    columns, rows = listing.everything(wanted, request.reader, question)
    line = csv.writer(_Echo())

    def lines() -> Iterable[bytes]:
        yield "\ufeff".encode()
        yield line.writerow([said(column.label) for column in columns]).encode()
        for _, values in rows:
            yield line.writerow([harmless(cell(c, v)) for c, v in zip(columns, values, strict=True)]).encode()

    response = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{wanted.code}.csv"'
    return response


def _as_xlsx(request: HttpRequest, wanted: Listing, question: Question) -> HttpResponse:
    columns, rows = listing.everything(wanted, request.reader, question)
    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept, {"constant_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(wanted.code)
        sheet.write_row(0, 0, [said(column.label) for column in columns], book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        for place, (_, values) in enumerate(rows, 1):
            for column, (spec, value) in enumerate(zip(columns, values, strict=True)):
                _write(sheet, place, column, spec, value)
    response = HttpResponse(
        kept.getvalue(), content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response["Content-Disposition"] = f'attachment; filename="{wanted.code}.xlsx"'
    return response


def _write(sheet: object, row: int, place: int, column: Column, value: object) -> None:
    """Amounts and counts as numbers, everything else as text (identifiers of 18 digits stay whole)."""
    if column.kind in ("money", "count", "figure") and value is not None:
        sheet.write_number(row, place, float(value))
    elif column.kind == "share" and value is not None:
        sheet.write_number(row, place, round(value * 100))
    else:
        sheet.write_string(row, place, harmless(cell(column, value)))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


EXPORTS = {"csv": _as_csv, "xlsx": _as_xlsx}
