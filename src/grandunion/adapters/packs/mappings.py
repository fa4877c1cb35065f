"""Reads mapping files: how the columns of somebody's file become the fields of a record."""

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from grandunion.adapters.packs.desk import Desk, nearest
from grandunion.adapters.packs.facts import flag, one, pair, read_row, strings, text
from grandunion.adapters.packs.problems import BrokenSheet, PackProblem
from grandunion.adapters.packs.sheets import Node, read_sheet
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem

KINDS = ("organisations", "persons", "achievements", "needs", "scenarios", "capabilities", "challenges", "offers",
         "events", "projects")  # fmt: skip
FORMATS = ("csv", "tsv", "xlsx", "json", "jsonl")
TARGETS: dict[str, str] = {
    "organisations": (
        "name_zh name_en short_name_zh short_name_en aliases kind status credit_code ror stock_symbol country "
        "region city area website industry summary_zh summary_en founded_on size registered_capital "
        "staff_count labels level source_ref"
    ),
    "persons": ("name_zh name_en title_zh title_en affiliation orcid expertise email phone level source_ref"),
    "achievements": (
        "title_zh title_en kind abstract_public_zh abstract_public_en keywords owner_name state level trl "
        "industry field channel source_ref"
    ),
    "needs": (
        "title_zh title_en text_zh text_en category subject org_name applicant_type budget currency due_on "
        "field industry trl_wanted modes_wanted finance_round instruments_wanted contact_name contact_phone "
        "contact_email area urgency headcount acceptance_criteria attempts_so_far details state level source_ref"
    ),
    "offers": (
        "title_zh title_en text_zh text_en keywords terms partners_excluded kind offered_by person field industry "
        "area trl_min trl_max amount_min amount_max currency stages instruments licence_kinds regions space_kind "
        "square_metres starts_on ends_on quota valid_until state level source_ref"
    ),
    "scenarios": (
        "title_zh title_en pain_zh pain_en domain field area offered_by org_name demand_type budget currency "
        "procurement_route safety_permit permit_note openness base_data base_site base_permits starts_on ends_on "
        "indicators state level source_ref"
    ),
    "capabilities": (
        "title_zh title_en text_zh text_en references_zh references_en domain field area offered_by trl weeks "
        "amount_min amount_max currency conditions valid_until state level source_ref"
    ),
    "challenges": (
        "title_zh title_en text_zh text_en field industry area offered_by org_name budget enterprise_share "
        "fiscal_share currency months conditions_zh conditions_en exemption indicators state level source_ref"
    ),
    "events": (
        "title_zh title_en text_zh text_en place_zh place_en kind starts_at ends_at organiser area capacity keep_until "
        "state level source_ref"
    ),
    "projects": (
        "title_zh title_en summary_zh summary_en state owner_name university field area route trl_at_entry "
        "trl_now level source_ref"
    ),
}
# name → what must stand after the colon: "" nothing, "n" a whole number, "t" any text, "?" text or nothing
CONVERTERS: dict[str, str] = {
    "strip": "",
    "first_of": "",
    "split": "t",
    "join": "t",
    "lookup": "t",
    "date": "?",
    "number": "",
    "money": "?",
    "boolean": "",
    "prefix": "t",
    "truncate": "n",
    "drop_longer": "n",
    "json_pairs": "t",
    "region": "",
}
CONDITIONS = ("empty", "equals", "not_equals", "in", "not_in", "matches")


@dataclass(frozen=True, slots=True)
class MappingSource:
    """Where the rows come from."""

    kind: Annotated[str, text()]
    licence: Annotated[str, text()]
    as_of: Annotated[str, text(required=False)]
    name: Annotated[Text, pair()]
    publishable: Annotated[bool, flag()]


@dataclass(frozen=True, slots=True)
class Converter:
    """One named step: `split:,` has the name split and the argument a comma."""

    name: str
    argument: str = ""


@dataclass(frozen=True, slots=True)
class FieldRule:
    """How one target is filled: the first column that has something (or, `takes_all`, all that have)."""

    target: str
    columns: tuple[str, ...]
    takes_all: bool = False
    converters: tuple[Converter, ...] = ()
    default: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """A second file, given as `--join NAME=FILE`: its row with the same key fills further fields."""

    name: str
    on: str
    with_: str
    fields: tuple[FieldRule, ...]


@dataclass(frozen=True, slots=True)
class Skip:
    """A row is left out, and counted, when the condition holds of the column."""

    column: str
    condition: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mapping:
    """A whole mapping file."""

    name: str
    kind: str
    format: str
    key: tuple[str, ...]
    source: MappingSource
    constants: dict[str, str]
    fields: tuple[FieldRule, ...]
    joins: tuple[Join, ...]
    skip: tuple[Skip, ...]
    tables: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Head:
    """The plain keys of a mapping file."""

    kind: Annotated[str, text()]
    format: Annotated[str, text(required=False)]
    key: Annotated[tuple[str, ...], strings()]
    source: Annotated[MappingSource, one(MappingSource, required=True)]


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file, read anew when the file has changed. Raises Invalid with every mistake (file and line)."""
    facts = path.stat() if path.exists() else None
    return _read(path, (facts.st_mtime_ns, facts.st_size) if facts else ())


@lru_cache(maxsize=100)
def _read(path: Path, stamp: tuple[int, ...]) -> Mapping:
    desk = Desk()
    mapping = open_mapping(path, desk)
    found = desk.mistakes()
    if found:
        raise Invalid(*(Problem(f"{item.file}:{item.line}", item.said(), item.line) for item in found))
    return mapping


def check_mapping(path: Path) -> tuple[PackProblem, ...]:
    """Every mistake of a mapping file, by line."""
    desk = Desk()
    open_mapping(path, desk)
    return desk.mistakes()


def open_mapping(path: Path, desk: Desk) -> Mapping:
    """The mapping as far as it can be read; mistakes go to the desk."""
    try:
        sheet = read_sheet(path, path.name)
    except BrokenSheet as broken:
        desk.problems.append(broken.problem)
        sheet = Node({}, path.name, 1)
    plain = {key: node for key, node in sheet.value.items() if key in ("kind", "format", "key", "source")}
    head = read_row(Head, Node(plain, sheet.file, sheet.line), desk)
    refuse_unknown(sheet, ("kind", "format", "key", "source", "constants", "fields", "joins", "skip", "tables"), desk)
    targets = tuple(TARGETS.get(head.kind, "").split())
    known(head.kind, KINDS, sheet.get("kind") or sheet, desk)
    known(head.format or "csv", FORMATS, sheet.get("format") or sheet, desk)
    tables = {name: plain_pairs(node) for name, node in pairs_of(sheet, "tables")}
    return Mapping(
        name=path.stem,
        kind=head.kind,
        format=head.format,
        key=tuple(known(target, targets, sheet.get("key"), desk) for target in head.key),
        source=head.source,
        constants=constants_of(sheet, targets, desk),
        fields=rules_of(sheet, targets, tables, desk),
        joins=tuple(join_of(node, targets, tables, desk) for node in rows_of(sheet, "joins")),
        skip=tuple(skip_of(node, desk) for node in rows_of(sheet, "skip")),
        tables=tables,
    )


def rules_of(row: Node, targets: tuple[str, ...], tables: dict, desk: Desk) -> tuple[FieldRule, ...]:
    return tuple(
        rule_of(known(target, targets, node, desk), node, tables, desk) for target, node in pairs_of(row, "fields")
    )


def rule_of(target: str, node: Node, tables: dict, desk: Desk) -> FieldRule:
    """`target: column`, or a row with `from`, `via` and `default`."""
    if not isinstance(node.value, dict):
        return FieldRule(target, words_of(node))
    refuse_unknown(node, ("from", "from_all", "via", "default"), desk)
    first, every, default = node.get("from"), node.get("from_all"), node.get("default")
    if (first is None) == (every is None):
        desk.complain(
            node,
            f"{target}: write “from” or “from_all”, and the columns.",
            f"{target}：请填写 from 或 from_all 及列名。",
        )
    steps = tuple(converter_of(step, tables, desk) for step in rows_of(node, "via"))
    columns = words_of(every or first)
    return FieldRule(target, columns, every is not None, steps, str(default.value) if default else "")


def converter_of(node: Node, tables: dict, desk: Desk) -> Converter:
    name, _, argument = str(node.value).partition(":")
    known(name, tuple(CONVERTERS), node, desk)
    wanted = CONVERTERS.get(name, "?")
    if (wanted in "tn" and wanted and not argument) or (wanted == "n" and not argument.isdigit()):
        desk.complain(node, f"{name} needs its argument. Write {name}:…", f"{name} 需要参数，请写成 {name}:…。")
    if not wanted and argument:
        desk.complain(node, f"{name} takes no argument.", f"{name} 不带参数。")
    if name == "lookup":
        known(argument, tuple(tables), node, desk)
    return Converter(name, argument)


def join_of(node: Node, targets: tuple[str, ...], tables: dict, desk: Desk) -> Join:
    refuse_unknown(node, ("name", "on", "with", "fields"), desk)
    name, on, with_ = (str((node.get(key) or Node("", node.file, node.line)).value) for key in ("name", "on", "with"))
    if not name or not on:
        desk.complain(node, "A join needs `name` and `on`.", "join 需填写 name 与 on。")
    return Join(name, on, with_ or on, rules_of(node, targets, tables, desk))


def skip_of(node: Node, desk: Desk) -> Skip:
    """`{column: status, in: [withdrawn]}`."""
    refuse_unknown(node, ("column", *CONDITIONS), desk)
    column = node.get("column")
    condition = next((key for key in CONDITIONS if node.get(key) is not None), "")
    if column is None or not condition:
        desk.complain(
            node,
            f"A skip has `column` and one of {', '.join(CONDITIONS)}.",
            f"skip 需填写 column 和 {'、'.join(CONDITIONS)} 之一。",
        )
        return Skip("", "empty")
    values = words_of(node.get(condition))
    if condition == "matches":
        prove_pattern(values[0], node, desk)
    return Skip(str(column.value), condition, values)


def prove_pattern(pattern: str, node: Node, desk: Desk) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        desk.complain(node, f"“{pattern}” is not a pattern: {error}.", f"“{pattern}”不是有效的匹配式：{error}。")


def constants_of(sheet: Node, targets: tuple[str, ...], desk: Desk) -> dict[str, str]:
    return {known(key, targets, node, desk): str(node.value) for key, node in pairs_of(sheet, "constants")}


def known(word: str, words: tuple[str, ...], node: Node, desk: Desk) -> str:
    """The word, after a complaint if nobody knows it."""
    if word not in words:
        en, zh = nearest(word, words)
        desk.complain(node, f"“{word}” is not known here. {en}", f"此处不认识“{word}”。{zh}")
    return word


def refuse_unknown(node: Node, words: tuple[str, ...], desk: Desk) -> None:
    for key, inner in node.value.items() if isinstance(node.value, dict) else ():
        known(key, words, inner, desk)


def pairs_of(node: Node, key: str) -> list[tuple[str, Node]]:
    found = node.get(key)
    return list(found.value.items()) if found is not None and isinstance(found.value, dict) else []


def rows_of(node: Node, key: str) -> list[Node]:
    found = node.get(key)
    if found is None:
        return []
    return found.rows() if isinstance(found.value, list) else [found]


def words_of(node: Node | None) -> tuple[str, ...]:
    if node is None:
        return ()
    return tuple(str(child.value) for child in node.rows()) if node.rows() else (str(node.value),)


def plain_pairs(node: Node) -> dict[str, str]:
    return {key: str(inner.value) for key, inner in node.value.items()} if isinstance(node.value, dict) else {}
