"""Reads JSON lines and JSON lists: every row an object."""

import gzip
from collections.abc import Iterator
from pathlib import Path

import orjson

from grandunion.adapters.tables.limits import LONGEST_CELL, MOST_JSON, too_large, unreadable
from grandunion.terms.text import Text

LONGEST_LINE = 10 * 1024 * 1024


def lines(path: Path) -> Iterator[tuple[int, dict[str, object] | Text]]:
    """The objects of a file with one in each line, by line number."""
    with _opened(path) as file:
        for number, line in enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1):
            if number == 1:
                line = line.removeprefix(b"\xef\xbb\xbf")
            if line.strip():
                yield number, _object(line)


def items(path: Path) -> Iterator[tuple[int, dict[str, object] | Text]]:
    """The objects of a JSON list, or of the only list in a JSON object; the first is row 1."""
    with _opened(path) as file:
        content = file.read(MOST_JSON + 1)
    if len(content) > MOST_JSON:
        raise too_large(MOST_JSON)
    try:
        found = orjson.loads(content.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        raise unreadable(f"This is not JSON: {error}.", f"不是有效的 JSON：{error}。") from error
    if isinstance(found, dict):
        found = next((value for value in found.values() if isinstance(value, list)), None)
    if not isinstance(found, list):
        raise unreadable("The JSON holds no list of rows.", "JSON 中没有数据行列表。")
    for number, item in enumerate(found, 1):
        yield number, _cells(item) if isinstance(item, dict) else _no_object()


def _opened(path: Path) -> object:
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    return gzip.open(path, "rb") if is_packed else path.open("rb")


def _object(line: bytes) -> dict[str, object] | Text:
    try:
        found = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        return Text(f"The line is not JSON: {error}.", f"该行不是有效的 JSON：{error}。")
    return _cells(found) if isinstance(found, dict) else _no_object()


def _no_object() -> Text:
    return Text("A row is an object with named fields.", "每一行应为带字段名的对象。")


def _cells(found: dict[str, object]) -> dict[str, object]:
    return {name: _cell(value) for name, value in found.items()}


def _cell(value: object) -> object:
    """A text, a list of texts, or nothing; what is nested deeper becomes its own JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value[:LONGEST_CELL]
    if isinstance(value, list) and all(isinstance(item, str | int | float) for item in value):
        return [str(item) for item in value]
    if isinstance(value, list | dict):
        return orjson.dumps(value).decode()
    return str(value).lower() if isinstance(value, bool) else str(value)
