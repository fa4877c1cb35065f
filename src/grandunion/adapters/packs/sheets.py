"""Reads YAML and TOML files into values that remember their line."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

import yaml

from grandunion.adapters.packs.problems import BrokenSheet, PackProblem
from grandunion.terms.text import Text

LARGEST_SHEET = 4_000_000  # bytes; the largest list of a real pack has 30,000
TAG = "tag:yaml.org,2002:"
HEADER = re.compile(r"\s*\[\[?\s*([\w.\-\" ]+?)\s*\]\]?\s*(#.*)?$")
ASSIGNMENT = re.compile(r"\s*([\w\-]+)\s*=")


@dataclass(frozen=True, slots=True)
class Node:
    """A value of a file with its line: a plain value, a dict of Nodes or a list of Nodes."""

    value: object
    file: str
    line: int

    def get(self, key: str) -> "Node | None":
        """The value under a key, or None when there is none or nothing is written there."""
        found = self.value.get(key) if isinstance(self.value, dict) else None
        return found if found is not None and found.value is not None else None

    def rows(self) -> list["Node"]:
        """The values of a list; nothing for anything else."""
        return self.value if isinstance(self.value, list) else []


def read_sheet(path: Path, name: str) -> Node:
    """The content of one file; `name` is what messages call it. Raises BrokenSheet."""
    try:
        if path.stat().st_size > LARGEST_SHEET:
            raise broken(name, 1, "The file is larger than 4 MB. Split it.", "文件超过 4 MB，请拆分。")
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise broken(
            name, 1, "The file is not UTF-8. Save it as UTF-8.", "文件不是 UTF-8 编码，请另存为 UTF-8。"
        ) from error
    return read_toml(text, name) if path.suffix == ".toml" else read_yaml(text, name)


def broken(name: str, line: int, en: str, zh: str) -> BrokenSheet:
    return BrokenSheet(PackProblem(name, line, Text(en, zh)))


def read_yaml(text: str, name: str) -> Node:
    """A YAML text as Nodes: no tags, no anchors, no key twice."""
    try:
        top = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = getattr(error, "problem", None) or "it cannot be read"
        line = mark.line + 1 if mark else 1
        raise broken(name, line, f"This is not YAML: {what}.", f"YAML 格式错误：{what}。") from error
    return _node(top, name, set()) if top is not None else Node({}, name, 1)


def _node(node: yaml.Node, name: str, seen: set[int]) -> Node:
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise broken(
            name,
            line,
            "Anchors and aliases are not used here. Write the value out.",
            "此处不使用锚点与别名，请直接写出内容。",
        )
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return Node(dict(_pairs(node, name, seen)), name, line)
    if isinstance(node, yaml.SequenceNode):
        return Node([_node(child, name, seen) for child in node.value], name, line)
    return Node(_scalar(node, name, line), name, line)


def _pairs(node: yaml.MappingNode, name: str, seen: set[int]) -> Iterator[tuple[str, Node]]:
    keys: set[str] = set()
    for key, value in node.value:
        line = key.start_mark.line + 1
        if not isinstance(key, yaml.ScalarNode):
            raise broken(name, line, "A key is one word.", "键必须是一个单词。")
        if key.value in keys:
            raise broken(
                name,
                line,
                f"“{key.value}” stands here twice. Delete one.",
                f"“{key.value}”重复出现，请删除其中一个。",
            )
        keys.add(key.value)
        found = _node(value, name, seen)
        yield key.value, Node(found.value, name, line)


def _scalar(node: yaml.ScalarNode, name: str, line: int) -> object:
    kind, text = node.tag.removeprefix(TAG), node.value
    try:
        match kind:
            case "null":
                return None
            case "int" | "float":
                return _number(text)
            case "bool":
                return {"true": True, "false": False}.get(text.lower(), text)
            case "timestamp":
                return date.fromisoformat(text)
            case "str":
                return text
    except (ValueError, InvalidOperation) as error:
        raise broken(
            name,
            line,
            f"“{text}” is not a {kind}. Put it in quotes if it is text.",
            f"“{text}”不是有效的值；如为文字请加引号。",
        ) from error
    raise broken(name, line, f"The tag {node.tag} is not used here.", f"此处不使用标签 {node.tag}。")


def _number(text: str) -> int | Decimal | str:
    """A number as written; a code with a leading zero (01) stays text."""
    if re.fullmatch(r"-?(0|[1-9][\d_]*)", text):
        return int(text)
    return Decimal(text.replace("_", "")) if re.fullmatch(r"-?(0|[1-9][\d_]*)\.\d+", text) else text


def read_toml(text: str, name: str) -> Node:
    """A TOML text as Nodes; lines are found by reading headers and keys again."""
    try:
        content = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found.group(1)) if found else 1
        raise broken(name, line, f"This is not TOML: {error}.", f"TOML 格式错误：{error}。") from error
    return _from_toml(content, (), _toml_lines(text), name, 1)


def _toml_lines(text: str) -> dict[tuple[str, ...], int]:
    lines: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := HEADER.match(line):
            table = tuple(part.strip(' "') for part in header.group(1).split("."))
            lines.setdefault(table, number)
        elif key := ASSIGNMENT.match(line):
            lines.setdefault((*table, key.group(1)), number)
    return lines


def _from_toml(value: object, path: tuple[str, ...], lines: dict, name: str, above: int) -> Node:
    line = lines.get(path, above)
    if isinstance(value, dict):
        value = {key: _from_toml(inner, (*path, key), lines, name, line) for key, inner in value.items()}
    elif isinstance(value, list):
        value = [_from_toml(inner, path, lines, name, line) for inner in value]
    return Node(value, name, line)
