"""Returns as tables: one as a form to fill in and send back, many of a form as rows; and both read again."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from django.db.models import Q, QuerySet

from grandunion.adapters.tables import open_table, writer_for
from grandunion.adapters.tables.books import harmless_cell
from grandunion.engines.indicators.returns import Field
from grandunion.records.plans import Return, ReturnForm
from grandunion.terms.readers import Reader
from grandunion.terms.returns import FieldType
from grandunion.terms.sound import unmarked
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem, invalid
from grandunion.work.queries.base.sheets import at_row
from grandunion.work.queries.plans.returns.comparing import Line
from grandunion.work.queries.plans.returns.forms import fields_of
from grandunion.work.queries.plans.returns.page import sheet, spread
from grandunion.work.queries.plans.returns.rows import visible_to

NUMBER, CODE, VALUE = "number", "code", "value"
HEADS = (
    NUMBER,
    CODE,
    "项目 item",
    "单位 unit",
    VALUE,
    "上期 last period",
    "平台统计 counted by the hub",
    "填写要求 rule",
)
LANGUAGES = {"zh": Text("in Chinese", "中文"), "en": Text("in English", "英文")}
YES_NO = Text("yes or no", "填“是”或“否”")
WHOLE = Text("whole number", "整数")
MUST, MAY = Text("required", "必填"), Text("may be left empty", "选填")
FIXED = (NUMBER, "reporter", "area", "period", "state")
REMARK = "remark"


def form_rows(record: Return, reader: Reader) -> list[Sequence[object]]:
    """One return as the rows of a spreadsheet, its head first: a line for each field, its value to be filled in."""
    found = sheet(record, reader)
    rows: list[Sequence[object]] = [HEADS]
    for field in found.fields:
        line = found.lines[field.code]
        rows += [_row(record, field, key, found.initial.get(key), line) for key in field.keys]
    remark = Text("Remark (why a figure differs much)", "备注（异常变动说明）")
    return [*rows, (record.number, REMARK, _both(remark), "", record.remark, "", "", _both(MAY))]


def _row(record: Return, field: Field, key: str, value: object, line: Line) -> Sequence[object]:
    name = _both(field.name)
    if field.type is FieldType.TEXT:
        name = f"{name}（{_both(LANGUAGES[key[-2:]])}）"
    unit = _both(field.unit) if field.unit else ""
    rule = "；".join(_both(part) for part in _rules(field))
    return (record.number, key, name, unit, value if value is not None else "", line.was.zh, line.counted.zh, rule)


def _rules(field: Field) -> Iterator[Text]:
    yield MUST if field.is_required else MAY
    if field.type is FieldType.YES_NO:
        yield YES_NO
    elif field.is_figure and field.places == 0:
        yield WHOLE
    if field.least is not None:
        yield Text(f"at least {field.least:f}", f"不小于 {field.least:f}")
    if field.most is not None:
        yield Text(f"at most {field.most:f}", f"不大于 {field.most:f}")


def read_form(path: Path, name: str, record: Return) -> dict[str, object]:
    """What a filled-in spreadsheet says for this return, by the names a form sends; refuses another return's.

    Every row that cannot be taken is named by its line.
    """
    known = {key for field in fields_of(record.form) for key in field.keys} | {REMARK}
    sent: dict[str, object] = {}
    problems = []
    for line, row in open_table(path, name=name).rows():
        wrong = _wrong(row, record, known)
        if wrong is not None:
            problems.append(Problem("file", at_row(line, wrong), line))
        elif not isinstance(row, Text):
            sent[str(row.get(CODE, "")).strip()] = _typed(row.get(VALUE, ""))
    if problems:
        raise Invalid(*problems)
    if not sent:
        raise invalid("file", "The file has no row to take.", "文件中没有可读取的行。")
    return sent


def _wrong(row: Mapping | Text, record: Return, known: set[str]) -> Text | None:
    if isinstance(row, Text):
        return row
    number, code = str(row.get(NUMBER) or "").strip(), str(row.get(CODE) or "").strip()
    if number != record.number:
        return Text(f"it belongs to {number or 'no return'}, not to {record.number}.",
                    f"该行属于 {number or '（空）'}，不是 {record.number}。")  # fmt: skip
    if code not in known:
        return Text(f"the form has no field “{code}”.", f"报表没有“{code}”这一项。")
    return None


def many_rows(form: ReturnForm, reader: Reader, *, period: str = "") -> Iterator[Sequence[object]]:
    """All returns of a form that the reader may read, as rows under a head of codes; `period` like 2026-Q3."""
    fields = fields_of(form)
    yield (*FIXED, *(key for field in fields for key in field.keys), REMARK)
    rows = _deep(reader).filter(form_code=form.code).select_related("form", "owner", "area")
    for row in rows.order_by("starts_on", "pk"):
        if period in ("", row.span.code):
            yield _line(row, fields)


def write_many(path: Path, form: ReturnForm, reader: Reader, *, period: str = "") -> int:
    """Write the same to a file (.csv, .xlsx); answers how many. Numbers stay text: none loses a digit."""
    rows = many_rows(form, reader, period=period)
    head = [str(code) for code in next(rows)]
    writer, count = writer_for(path, head, head, form.code), 0
    try:
        for row in rows:
            writer.write([harmless_cell("" if value is None else str(value)) for value in row])
            count += 1
    finally:
        writer.close()
    return count


def _deep(reader: Reader) -> QuerySet[Return]:
    """The returns of which the reader may read what was reported: their own, and those of an officer's areas."""
    if reader.reads_rows and reader.areas is None:
        return visible_to(reader)
    mine = Q(owner__in=reader.organisation_ids)
    if reader.reads_rows:
        mine |= Q(area__in=reader.areas) | Q(area=None)
    return visible_to(reader).filter(mine)


def _line(row: Return, fields: Sequence[Field]) -> Sequence[object]:
    spreads = {key: value for field in fields for key, value in spread(field, row.values.get(field.code)).items()}
    reporter = row.owner.name.zh if row.owner else ""
    return (row.number, reporter, row.area.code if row.area else "", row.span.code, row.state,
            *(spreads[key] for field in fields for key in field.keys), row.remark)  # fmt: skip


def read_many(path: Path) -> Iterator[tuple[int, str, dict[str, object]]]:
    """Rows as `many_rows` writes them: line, number of the return, what it says; empty cells say nothing."""
    for line, row in open_table(path).rows():
        if isinstance(row, Text):
            raise Invalid(Problem("file", row, line))
        number = str(row.get(NUMBER) or "").strip()
        sent = {key: _typed(value) for key, value in row.items() if key not in FIXED and value not in ("", None)}
        yield line, number, sent


def _typed(value: object) -> object:
    """A cell without the mark that keeps spreadsheets from taking it for a formula, as files of ours bear it."""
    return unmarked(value) if isinstance(value, str) else value


def _both(text: Text) -> str:
    return text.zh if text.zh == text.en else f"{text.zh} {text.en}"
