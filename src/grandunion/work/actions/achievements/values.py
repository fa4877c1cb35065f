"""What may be written into an achievement: checks of plain values before they reach the table."""

from collections.abc import Mapping
from decimal import Decimal

from grandunion.records.achievements import Achievement
from grandunion.terms.achievements import (
    AchievementKind,
    Channel,
    Confidentiality,
    Mode,
    PriorPublication,
    ValueDimension,
)
from grandunion.terms.identifiers import holds_citizen_number
from grandunion.terms.text import Text, Word
from grandunion.terms.verdicts import Invalid, Problem

WORDS: dict[str, type[Word]] = {
    "achievement_kind": AchievementKind,
    "prior_publication": PriorPublication,
    "confidentiality": Confidentiality,
    "channel": Channel,
}
MAY_BE_EMPTY = {"prior_publication"}
TEXTS = (
    "title_zh", "title_en", "keywords", "abstract_public_zh", "abstract_public_en", "abstract_confidential",
    "problem", "solution", "advantages", "limitations", "applications", "third_party_material",
    "export_control_check", "partners_excluded", "owner_name",
)  # fmt: skip
OTHERS = (
    "is_service_achievement", "trl", "innovation_degree", "advancement_degree", "five_values", "industry",
    "emerging_industry", "field", "modes_wanted", "price_min", "price_max", "found_by", "found_on", "owner",
    "area", "source_kind", "source_ref", "source_note",
)  # fmt: skip
EDITABLE = frozenset((*WORDS, *TEXTS, *OTHERS))


def cleaned(values: Mapping[str, object], before: Achievement | None = None) -> dict[str, object]:
    """The values as the table takes them; refuses what it cannot take, field by field."""
    if strangers := values.keys() - EDITABLE:
        raise TypeError(f"not fields of an achievement that one writes: {sorted(strangers)}")
    found = {name: value.strip() if isinstance(value, str) else value for name, value in values.items()}
    problems = [*_words(found), *_numbers(found), *_private(found), *_titles(found, before), *_prices(found, before)]
    if problems:
        raise Invalid(*problems)
    return found


def _words(values: Mapping[str, object]) -> list[Problem]:
    found = [
        _problem(name, f"Choose one of: {', '.join(words.codes())}.", f"请选择：{'、'.join(words.codes())}。")
        for name, words in WORDS.items()
        if name in values and not words.has(values[name]) and not (values[name] == "" and name in MAY_BE_EMPTY)
    ]
    if not all(Mode.has(code) for code in values.get("modes_wanted", ())):
        found.append(_problem("modes_wanted", "Choose from the ways of transfer listed.", "请从所列转化方式中选择。"))
    if not all(ValueDimension.has(code) for code in values.get("five_values", ())):
        found.append(_problem("five_values", "The five dimensions of value are fixed.", "五元价值的维度是固定的。"))
    return found


def _numbers(values: Mapping[str, object]) -> list[Problem]:
    trl = values.get("trl")
    if trl is not None and not 1 <= trl <= 9:
        return [_problem("trl", "A technology readiness level is 1 to 9.", "技术成熟度等级为 1 至 9。")]
    return []


def _private(values: Mapping[str, object]) -> list[Problem]:
    return [
        _problem(
            name,
            "A citizen's identity number stands here. Take it out: the hub does not keep such numbers.",
            "此处包含公民身份号码，请删除：平台不保存此类号码。",
        )
        for name in TEXTS
        if isinstance(values.get(name), str) and holds_citizen_number(values[name])
    ]


def _titles(values: Mapping[str, object], before: Achievement | None) -> list[Problem]:
    zh, en = (values.get(name, getattr(before, name, "")) for name in ("title_zh", "title_en"))
    if zh or en:
        return []
    return [_problem("title_zh", "Write a title in one language at least.", "请至少填写一种语言的成果名称。")]


def _prices(values: Mapping[str, object], before: Achievement | None) -> list[Problem]:
    least, most = (values.get(name, getattr(before, name, None)) for name in ("price_min", "price_max"))
    if isinstance(least, Decimal) and isinstance(most, Decimal) and most < least:
        return [_problem("price_max", "The highest price is below the lowest.", "最高价格低于最低价格。")]
    return []


def _problem(field: str, en: str, zh: str) -> Problem:
    return Problem(field, Text(en, zh))
