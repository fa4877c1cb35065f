"""What a table of people or of statements is called in its first row, and how it is read."""

from collections.abc import Mapping

from grandunion.terms.events import Attendance, StatementKind
from grandunion.terms.text import Text, Word

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
