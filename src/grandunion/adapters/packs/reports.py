"""The templates of work reports: for each level and year its sentences, and what each number in them rests on."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from grandunion.adapters.packs.desk import Desk, nearest
from grandunion.adapters.packs.facts import (
    code,
    day,
    one_of,
    pair,
    read_row,
    refers,
    rows,
    text,
    verified,
    whole,
)
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.text import Text

PLACED = re.compile(r"\{([^{}]*)\}")
NAME = re.compile(r"[a-z][a-z0-9_]{0,39}")
BASES = ("claim", "figure", "target")


@dataclass(frozen=True, slots=True)
class ReportNumber:
    """One number of a sentence and its basis: a claim, an indicator counted by the hub (`figure`), or a target."""

    name: Annotated[str, text()]
    claim: Annotated[str, refers("claims", required=False)]
    figure: Annotated[str, refers("indicators", required=False)]
    target: Annotated[str, refers("targets", required=False)]
    area: Annotated[str, refers("areas", required=False)]
    as_of: Annotated[date | None, day()]
    qualifier: Annotated[Qualifier, one_of(Qualifier, required=False, empty=Qualifier.EXACTLY)]
    measure_zh: Annotated[str, text(required=False)]
    measure_en: Annotated[str, text(required=False)]


@dataclass(frozen=True, slots=True)
class ReportSentence:
    """A sentence in both languages; `{name}` stands where a number goes."""

    text: Annotated[Text, pair("")]
    numbers: Annotated[tuple[ReportNumber, ...], rows(ReportNumber)]


@dataclass(frozen=True, slots=True)
class ReportSection:
    """A part of the report."""

    code: Annotated[str, code()]
    title: Annotated[Text, pair()]
    sentences: Annotated[tuple[ReportSentence, ...], rows(ReportSentence, required=True)]


@dataclass(frozen=True, slots=True)
class ReportTemplate:
    """What a level's report of a year begins with; without `year` it serves every year."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    scope: Annotated[Scope, one_of(Scope)]
    area: Annotated[str, refers("areas", required=False)]
    year: Annotated[int | None, whole()]
    sections: Annotated[tuple[ReportSection, ...], rows(ReportSection, required=True)]
    source: Annotated[str, refers("sources", required=False)]
    verified_on: Annotated[date | None, verified()]


def read_report(sheet: Node, desk: Desk) -> ReportTemplate:
    """One template; numbers that rest on nothing, on two things, or stand in one language only are mistakes."""
    found = read_row(ReportTemplate, sheet, desk, "reports")
    for section in (sheet.get("sections") or Node([], sheet.file, sheet.line)).rows():
        sentences = section.get("sentences")
        for row in sentences.rows() if sentences else ():
            _check_sentence(row, desk)
    return found


def _check_sentence(row: Node, desk: Desk) -> None:
    numbers = row.get("numbers")
    known = {}
    for each in numbers.rows() if numbers else ():
        known[_written(each, "name")] = each
        _check_number(each, desk)
    texts = {language: set(PLACED.findall(_written(row, language))) for language in ("zh", "en")}
    for language, placed in texts.items():
        node = row.get(language) or row
        for name in sorted(placed - known.keys()):
            en, zh = nearest(name, list(known))
            desk.complain(node, f"{language}: {{{name}}} is not among the sentence's numbers. {en}",
                          f"{language}：语句的 numbers 中没有 {{{name}}}。{zh}")  # fmt: skip
    for name, each in known.items():
        for language, placed in texts.items():
            if name not in placed:
                desk.complain(each, f"“{name}” does not stand in the sentence's {language}. Write {{{name}}} there.",
                              f"{language} 语句中没有引用“{name}”，请写入 {{{name}}}。")  # fmt: skip


def _check_number(row: Node, desk: Desk) -> None:
    given = [basis for basis in BASES if _written(row, basis)]
    if len(given) != 1:
        desk.complain(row, "Write one of claim, figure and target.", "claim、figure、target 须且只能填写一项。")
    if not NAME.fullmatch(_written(row, "name")):
        desk.complain(row.get("name") or row, "name: small letters, digits and _ only.",
                      "name：只能使用小写字母、数字和下划线。")  # fmt: skip


def _written(row: Node, key: str) -> str:
    node = row.get(key)
    return str(node.value) if node is not None and node.value is not None else ""
