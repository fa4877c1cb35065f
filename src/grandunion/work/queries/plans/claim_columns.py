"""What a table of published figures is called in its first row, and how a row of it is read."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from grandunion.records.plans import Indicator, SourceDocument
from grandunion.terms.claims import Abroad, ClaimStage, Language, Medium, Thing
from grandunion.terms.plans import Qualifier, Scope
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.events import imports
from grandunion.work.queries.lists import terms

COLUMNS: Mapping[str, Text] = {
    "indicator": Text("Indicator", "指标"),
    "source": Text("Source", "来源"),
    "level": Text("Level", "发布层级"),
    "area": Text("Area", "片区"),
    "qualifier": Text("Qualifier", "限定词"),
    "value": Text("Value", "数值"),
    "unit_zh": Text("Chinese unit", "中文单位"),
    "unit_en": Text("English unit", "英文单位"),
    "period": Text("Period", "统计期"),
    "as_of": Text("As of", "截至日期"),
    "wording_zh": Text("Chinese wording", "中文原文"),
    "wording_en": Text("English wording", "英文原文"),
    "original": Text("Original", "原文语言"),
    "place": Text("Page", "页码"),
    "thing": Text("What it counts", "计数对象"),
    "stage": Text("Stage", "阶段"),
    "medium": Text("Measured of", "面积口径"),
    "abroad": Text("Where", "境内外"),
    "whole": Text("Of which whole", "所属总体"),
}  # fmt: skip
WORDS: Mapping[str, type[Word]] = {
    "level": Scope, "qualifier": Qualifier, "original": Language, "thing": Thing, "stage": ClaimStage, "medium": Medium,
    "abroad": Abroad,
}  # fmt: skip


def read(row: Mapping[str, str]) -> dict[str, object]:
    """A row as the values of a claim: its heads and its codes may be ours, or their names in either language."""
    found: dict[str, object] = dict(imports.renamed(row, COLUMNS))
    if unknown := found.keys() - COLUMNS.keys():
        name = sorted(unknown)[0]
        raise invalid("file", f"There is no column “{name}”.", f"没有“{name}”这一列。")
    for name, words in WORDS.items():
        if name in found:
            found[name] = _code(words, str(found[name]), name)
    found["indicator"] = _indicator(str(found.get("indicator", "")))
    found["source"] = _source(str(found.get("source", "")))
    if "area" in found:
        found["area"] = _area(str(found["area"]))
    found["value"] = _number(str(found.get("value", "")))
    if "as_of" in found:
        found["as_of"] = _day(str(found["as_of"]))
    return found


def _code(words: type[Word], written: str, name: str) -> str:
    for one in words:
        if written.lower() in (one.value, one.text.en.lower(), one.text.zh):
            return one.value
    label = COLUMNS[name]
    raise invalid(name, f"{label.en}: “{written}” is not known. Write one of: {', '.join(words.codes())}.",
                  f"{label.zh}：没有“{written}”，请填写：{'、'.join(word.text.zh for word in words)}。")  # fmt: skip


def _indicator(written: str) -> str:
    for one in Indicator.objects.only("code", "name_zh", "name_en"):
        if written and written in (one.code, one.name_zh, one.name_en):
            return one.code
    raise invalid("indicator", f"“{written}” is no indicator: write its code or its name.",
                  f"没有“{written}”这一指标，请填写指标代码或名称。")  # fmt: skip


def _source(written: str) -> str:
    for one in SourceDocument.objects.only("code", "title_zh", "title_en"):
        if written and written in (one.code, one.title_zh, one.title_en):
            return one.code
    raise invalid("source", f"“{written}” is no document that is known here: write its code or its title.",
                  f"没有“{written}”这一文件，请填写文件代码或标题。")  # fmt: skip


def _area(written: str) -> str:
    for one in terms("areas"):
        if written in (one.code, one.name_zh, one.name_en):
            return one.code
    raise invalid("area", f"There is no area “{written}”.", f"没有“{written}”这一片区。")


def _number(written: str) -> Decimal:
    try:
        return Decimal(written.replace(",", "").replace("，", ""))
    except InvalidOperation as error:
        raise invalid("value", f"“{written}” is no number.", f"“{written}”不是数字。") from error


def _day(written: str) -> date:
    try:
        return date.fromisoformat(written[:10])
    except ValueError as error:
        raise invalid("as_of", f"Write the day like 2026-03-31, not “{written}”.",
                      f"请将日期写成 2026-03-31 的形式，而不是“{written}”。") from error  # fmt: skip
