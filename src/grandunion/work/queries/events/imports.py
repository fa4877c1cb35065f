"""What a table of people or of statements is called in its first row, and how it is read."""

from collections.abc import Mapping
from pathlib import Path

from grandunion.adapters.tables import open_table
from grandunion.terms.events import Attendance, StatementKind
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Invalid, Problem

MOST_ROWS = 5000
PEOPLE: Mapping[str, Text] = {
    "organisation": Text("Organisation", "单位"),
    "name": Text("Name", "姓名"),
    "position": Text("Position", "职务"),
    "attends_as": Text("As", "身份"),
    "phone": Text("Telephone", "电话"),
    "email": Text("E-mail", "邮箱"),
    "attended": Text("Attended", "已签到"),
    "note": Text("Note", "备注"),
}
STATEMENTS: Mapping[str, Text] = {
    "organisation": Text("Organisation", "单位"),
    "speaker": Text("Speaker", "发言人"),
    "topic": Text("Topic", "议题"),
    "statement_kind": Text("Kind", "类别"),
    "text_zh": Text("Chinese", "中文内容"),
    "text_en": Text("English", "英文内容"),
}
WORDS: Mapping[str, type[Word]] = {"attends_as": Attendance, "statement_kind": StatementKind}


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with their numbers; every row that cannot be read is named at once."""
    rows, problems = [], []
    for number, row in open_table(path).rows():
        if isinstance(row, Text):
            problems.append(Problem("file", _at(number, row), number))
        else:
            rows.append((number, {str(k): "" if v is None else str(v).strip() for k, v in row.items()}))
        if len(rows) > MOST_ROWS:
            problems = [Problem("file", Text(f"At most {MOST_ROWS} rows at once.", f"每次最多 {MOST_ROWS} 行。"))]
            break
    if problems:
        raise Invalid(*problems)
    return rows


def _at(number: int, why: Text) -> Text:
    return Text(f"Row {number}: {why.en}", f"第 {number} 行：{why.zh}")


def renamed(row: Mapping[str, str], columns: Mapping[str, Text]) -> dict[str, str]:
    """A row by the names of our columns; its heads may be ours or their names in either language."""
    known = {name: name for name in columns}
    known |= {text.en.lower(): name for name, text in columns.items()}
    known |= {text.zh: name for name, text in columns.items()}
    found = {known.get(head.strip().lower(), head.strip()): value for head, value in row.items() if head.strip()}
    return {name: _coded(name, value) for name, value in found.items() if value != ""}


def _coded(name: str, value: str) -> str:
    """A code where the cell has its name in either language."""
    words = WORDS.get(name)
    if words is None:
        return value
    return next((one.value for one in words if value.lower() in (one.value, one.text.en.lower(), one.text.zh)), value)


def told(number: int, problems: tuple[Problem, ...], reason: Text) -> list[Problem]:
    """The problems of a row with its number."""
    if not problems:
        return [Problem("file", _at(number, reason), number)]
    return [Problem("file", _at(number, problem.text), number) for problem in problems]
