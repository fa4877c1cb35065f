"""List pages and their exports, drawn from the one specification of columns."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from html import escape
from urllib.parse import urlencode

import xlsxwriter
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from grandunion.interfaces.kit.pages import page
from grandunion.interfaces.kit.tags import day, icon, language, moment, money, said
from grandunion.interfaces.kit.tones import tone
from grandunion.terms.text import Text, Word
from grandunion.work.queries import lists
from grandunion.work.queries.base import Column, Filter, Listing, Question, listing

SHAPES = dict.fromkeys(("money", "count"), ' class="num"') | dict.fromkeys(("day", "moment"), ' class="nowrap"')
Choices = list[tuple[str, Text]]
ARROWS = {(True, False): "arrow-down", (False, True): "arrow-up", (False, False): "chevrons-up-down"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def show(request: HttpRequest, wanted: Listing, *, template: str = "kit/list.html", **context: object) -> HttpResponse:
    """The list as a page, or as a file when the address ends in format=csv or xlsx."""
    question = Question.of(wanted, request.GET.dict())
    if request.GET.get("format") in EXPORTS:
        return EXPORTS[request.GET["format"]](request, wanted, question)
    found, filters = listing.page(wanted, request.reader, question), _filters(request, wanted)
    own = _beside_the_number(found.columns)
    return page(
        request, template, wanted.name, section=wanted.code, listing=wanted, found=found, question=question,
        heads=_heads(request, own, question), width=len(own), body=_body(found, wanted), filters=filters,
        chips=_chips(request, filters, question), all_columns=_pickable(request, wanted, found),
        **_steps(request, found),
        as_of=timezone.localtime(request.at), **context,
    )  # fmt: skip


def address(request: HttpRequest, **changes: object) -> str:
    """This list's address with some parameters changed (None takes one away); the page starts over."""
    given = {**request.GET.dict(), **changes}
    if "page" not in changes:
        given.pop("page", None)
    kept = {key: value for key, value in given.items() if value not in (None, "")}
    return f"?{urlencode(kept)}"


def cell(column: Column, value: object) -> str:
    """One value as a reader sees it."""
    if value is None or value == "":
        return ""
    writers: dict[str, Callable] = {"day": day, "moment": moment, "money": money}
    return writers.get(column.kind, said)(value)


def _heads(request: HttpRequest, columns: Iterable[Column], question: Question) -> SafeString:
    """The heads of the table, each of which sorts it where its column can be sorted by."""
    return mark_safe("".join(_head(request, one, question) for one in columns))  # noqa: S308 - escaped in `_head`


def _head(request: HttpRequest, column: Column, question: Question) -> str:
    is_down, is_up = question.order == f"-{column.code}", question.order == column.code
    text = escape(said(column.label))
    if column.sort:
        url = escape(address(request, order=f"-{column.code}" if is_up else column.code))
        text = f'<a class="sort" href="{url}">{text} {icon(ARROWS[is_down, is_up])}</a>'
    order = ' aria-sort="descending"' if is_down else ' aria-sort="ascending"' if is_up else ""
    return f'<th scope="col"{order}{SHAPES.get(column.kind, "")}>{text}</th>'


def _beside_the_number(columns: Iterable[Column]) -> list[Column]:
    """The columns with a cell of their own: the number stands under the title, where there is one."""
    columns = list(columns)
    has_title = any(column.kind == "title" for column in columns)
    return [column for column in columns if column.kind != "number" or not has_title]


def _body(found: listing.Page, wanted: Listing) -> SafeString:
    """The rows of the table; written in Python, for a template takes ten times as long over fifty rows."""
    if not found.columns:  # a reader from outside, of whom no column is meant: the numbers alone
        return mark_safe("".join(f"<tr>{_head_cell(wanted, number, number)}</tr>" for number, _ in found.rows))  # noqa: S308
    main = next((place for place, column in enumerate(found.columns) if column.kind == "title"), 0)
    head = _shown(found.columns[main], language())
    others = [(place, _drawn(column)) for place, column in enumerate(found.columns)
              if place != main and column.kind != "number"]  # fmt: skip
    rows = []
    for number, values in found.rows:
        cells = "".join([draw(values[place]) for place, draw in others])
        rows.append(f"<tr>{_head_cell(wanted, number, head(values[main]) or number)}{cells}</tr>")
    return mark_safe("".join(rows))  # noqa: S308 - every value above is escaped


def _head_cell(wanted: Listing, number: str, text: str) -> str:
    return (
        f'<th scope="row"><a class="cell-main" href="/w/{wanted.code}/{number}/">{text}</a>'
        f'<span class="cell-sub">{number}</span></th>'
    )


def _drawn(column: Column) -> Callable[[object], str]:
    """How a value of the column becomes a cell."""
    shown = _shown(column, language())
    begun = f'<td{SHAPES.get(column.kind, "")} data-label="{escape(said(column.label))}">'
    return lambda value: f"{begun}{shown(value)}</td>"


def _shown(column: Column, spoken: str) -> Callable[[object], str]:
    """How a value of the column is written, escaped; what kind of value it is is settled once for all rows."""
    if column.kind in ("title", "term"):
        return lambda value: escape(value.in_(spoken)) if value else ""
    if column.kind == "word":
        words = {word: _worded(column, word) for word in column.words}
        return lambda value: words.get(value) or escape(value or "")
    return lambda value: escape(cell(column, value))


def _worded(column: Column, word: Word) -> str:
    text = escape(said(word))
    return f'<span class="badge badge-{tone(word)}">{text}</span>' if column.code == "state" else text


def _filters(request: HttpRequest, wanted: Listing) -> list[dict]:
    shown = [one for one in wanted.filters if one.kind != "link" or request.GET.get(one.code)]
    terms = lists.choices(*(one.list_code for one in shown if one.words is None and one.list_code))
    return [
        {
            "code": one.code,
            "label": one.label,
            "kind": one.kind,
            "value": request.GET.get(one.code, ""),
            "choices": choices,
            "options": _options(choices, request.GET.get(one.code, "")),
        }
        for one in shown
        for choices in (_choices(one, terms),)
    ]


def _choices(one: Filter, terms: Mapping[str, Choices]) -> Choices:
    if one.words is not None:
        return [(word.value, word.text) for word in one.words]
    return terms.get(one.list_code, [])


def _options(choices: Choices, chosen: str) -> SafeString:
    spoken = language()
    options = [
        f'<option value="{escape(code)}"{" selected" if code == chosen else ""}>{escape(text.in_(spoken))}</option>'
        for code, text in choices
    ]
    return mark_safe("".join(options))  # noqa: S308 - every value above is escaped


def _chips(request: HttpRequest, filters: list[dict], question: Question) -> list[dict]:
    chips = [{"text": f"“{question.words}”", "url": address(request, q=None)}] if question.words else []
    for one in filters:
        if value := question.filters.get(one["code"]):
            names = dict(one["choices"])
            shown = ", ".join(said(names.get(code, code)) for code in value.split(","))
            chips.append({"text": f"{said(one['label'])}: {shown}", "url": address(request, **{one["code"]: None})})
    return chips


def _pickable(request: HttpRequest, wanted: Listing, found: listing.Page) -> SafeString:
    """A box to tick for every column there is."""
    shown = {column.code for column in found.columns}
    boxes = [
        f'<label><input type="checkbox" name="column" value="{escape(column.code)}"'
        f"{' checked' if column.code in shown else ''}> {escape(said(column.label))}</label>"
        for column in wanted.readable(request.reader)
    ]
    return mark_safe("".join(boxes))  # noqa: S308 - every value above is escaped


def _steps(request: HttpRequest, found: listing.Page) -> dict[str, str]:
    return {
        "before": address(request, page=found.page - 1) if found.page > 1 else "",
        "after": address(request, page=found.page + 1) if found.has_next else "",
        "to_csv": address(request, format="csv"),
        "to_xlsx": address(request, format="xlsx"),
    }


def harmless(value: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


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
    if column.kind in ("money", "count") and value is not None:
        sheet.write_number(row, place, float(value))
    else:
        sheet.write_string(row, place, harmless(cell(column, value)))


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, value: str) -> str:
        return value


EXPORTS = {"csv": _as_csv, "xlsx": _as_xlsx}


def badge(text: Text, tone: str = "neutral") -> SafeString:
    """A word in a coloured frame."""
    return format_html('<span class="badge badge-{}">{}</span>', tone, said(text))
