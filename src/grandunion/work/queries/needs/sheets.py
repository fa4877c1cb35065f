"""A table of notes: what its columns are called in either language, and how its rows and moments are read."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from grandunion.adapters.tables import open_table
from grandunion.terms.needs import NoteKind
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem, Refused, invalid

MOST_ROWS = 5000
# The heads of the export of a conversation are understood too: what it exports can be brought in elsewhere.
COLUMNS: Mapping[str, Text] = {
    "need": Text("Need", "需求"),
    "kind": Text("What", "事项"),
    "text": Text("Words", "内容"),
    "who": Text("Who", "人员"),
    "at": Text("When", "时间"),
}


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of a table with their numbers; every row that cannot be read is named at once."""
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[Problem] = []
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


def renamed(row: Mapping[str, str]) -> dict[str, str]:
    """A row by the names of our columns; a kind by its code."""
    heads = {head.strip().lower(): value for head, value in row.items() if head.strip()}
    found = {
        name: next((heads[one] for one in (name, text.en.lower(), text.zh) if heads.get(one)), "")
        for name, text in COLUMNS.items()
    }
    known = {spelling.lower(): one.value for one in NoteKind for spelling in (one.value, one.text.en, one.text.zh)}
    given = (heads.get("what", ""), heads.get("事项", ""), heads.get("kind", ""))
    found["kind"] = next((known[one.lower()] for one in given if one.lower() in known), found["kind"])
    return found


def moment(written: str) -> datetime:
    """A moment in the hub's time: 2026-03-31 14:00."""
    try:
        found = datetime.fromisoformat(written.strip().replace("/", "-"))
    except ValueError as error:
        raise invalid(
            "at",
            f"“{written}” is not a moment. Write it like 2026-03-31 14:00.",
            f"“{written}”不是时间，请写成 2026-03-31 14:00。",
        ) from error
    return found if timezone.is_aware(found) else timezone.make_aware(found)


def _at(number: int, why: Text) -> Text:
    return Text(f"Row {number}: {why.en}", f"第 {number} 行：{why.zh}")


def told(number: int, refused: Refused) -> list[Problem]:
    """What is wrong with a row, with its number."""
    said = [problem.text for problem in refused.problems] or [refused.reason]
    return [Problem("file", _at(number, one), number) for one in said]
