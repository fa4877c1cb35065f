"""The rows of a table that somebody sent, with every row that cannot be read named at once."""

from pathlib import Path

from grandunion.adapters.tables import open_table
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem, Refused

MOST_ROWS = 5000


def rows_of(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows with their numbers, every value as text; Invalid, row by row, where some cannot be read."""
    rows: list[tuple[int, dict[str, str]]] = []
    problems: list[Problem] = []
    for number, row in open_table(path).rows():
        if isinstance(row, Text):
            problems.append(Problem("file", at_row(number, row), number))
        else:
            rows.append((number, {str(k): "" if v is None else str(v).strip() for k, v in row.items()}))
        if len(rows) > MOST_ROWS:
            problems = [Problem("file", Text(f"At most {MOST_ROWS} rows at once.", f"每次最多 {MOST_ROWS} 行。"))]
            break
    if problems:
        raise Invalid(*problems)
    return rows


def told(number: int, refused: Refused) -> list[Problem]:
    """What is wrong with a row, with its number."""
    said = [problem.text for problem in refused.problems] or [refused.reason]
    return [Problem("file", at_row(number, one), number) for one in said]


def at_row(number: int, why: Text) -> Text:
    """What is wrong, with the row in which it is."""
    return Text(f"Row {number}: {why.en}", f"第 {number} 行：{why.zh}")
