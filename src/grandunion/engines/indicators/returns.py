"""Reads what is written into a form field by field, and asks about figures that differ much from last period's."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from grandunion.engines.indicators.wording import written
from grandunion.terms.returns import FieldType, FieldUse
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem

LARGEST = Decimal("1e15")
LONGEST = 4000
MYRIADS = {"万": Decimal(10**4), "亿": Decimal(10**8)}
YES, NO = frozenset({"yes", "true", "1", "y", "是", "有"}), frozenset({"no", "false", "0", "n", "否", "无"})
LANGUAGES = ("zh", "en")
Value = str | bool | Mapping[str, str]  # a number as exact text, yes or no, a text in one or both languages


@dataclass(frozen=True, slots=True)
class Field:
    """One thing a form asks. `places` are the digits after the point; `change_at_most` is a percentage."""

    code: str
    name: Text
    type: FieldType
    unit: Text | None = None
    places: int = 0
    least: Decimal | None = None
    most: Decimal | None = None
    is_required: bool = True
    indicator: str = ""
    use: FieldUse | None = None
    change_at_most: Decimal | None = None
    help: Text | None = None

    @property
    def is_figure(self) -> bool:
        return self.type in (FieldType.NUMBER, FieldType.MONEY)

    @property
    def keys(self) -> tuple[str, ...]:
        """The names under which its value is sent: two for a text, one in each language."""
        return tuple(f"{self.code}_{one}" for one in LANGUAGES) if self.type is FieldType.TEXT else (self.code,)


@dataclass(frozen=True, slots=True)
class Checked:
    """The sound values by code, what is wrong by the name it was sent under, and the codes still to be filled in."""

    values: Mapping[str, Value]
    problems: tuple[Problem, ...]
    missing: tuple[str, ...]


def checked(fields: Iterable[Field], sent: Mapping[str, object]) -> Checked:
    """What was sent under each field's keys, read as the field wants it; an empty one is no value.

    Numbers come as text (“1,200”, “3.5万”), int or Decimal; yes and no as bool or a word of either language.
    """
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    missing = []
    for field in fields:
        value, wrong = _read(field, sent)
        problems += wrong
        if value is not None:
            values[field.code] = value
        elif field.is_required and not wrong:
            missing.append(field.code)
    return Checked(values, tuple(problems), tuple(missing))


def missing(fields: Iterable[Field], values: Mapping[str, Value]) -> tuple[str, ...]:
    """The codes of required fields that have no value."""
    return tuple(field.code for field in fields if field.is_required and field.code not in values)


def number_of(value: object) -> Decimal | None:
    """A kept value as an exact number; None for what is no number."""
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        return None
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _read(field: Field, sent: Mapping[str, object]) -> tuple[Value | None, list[Problem]]:
    if field.type is FieldType.TEXT:
        return _text(field, sent)
    raw = sent.get(field.code)
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None, []
    value, wrong = _yes_no(raw) if field.type is FieldType.YES_NO else _number(field, raw)
    return value, [] if wrong is None else [Problem(field.code, wrong)]


def _text(field: Field, sent: Mapping[str, object]) -> tuple[Value | None, list[Problem]]:
    found, wrong = {}, []
    for language, key in zip(LANGUAGES, field.keys, strict=True):
        words = str(sent.get(key) or "").strip()
        if len(words) > LONGEST:
            wrong.append(Problem(key, Text(f"Write at most {LONGEST} characters.", f"不超过 {LONGEST} 个字符。")))
        elif "\x00" in words:
            wrong.append(Problem(key, Text("The text holds a broken character.", "文字中含有无效字符。")))
        elif words:
            found[language] = words
    return found or None, wrong


def _yes_no(raw: object) -> tuple[bool | None, Text | None]:
    word = str(raw).strip().lower()
    if word in YES or word in NO:
        return word in YES, None
    return None, Text("Write yes or no.", "请填写“是”或“否”。")


def _number(field: Field, raw: object) -> tuple[str | None, Text | None]:
    value = _amount(raw)
    shown = str(raw).strip()[:40]
    if value is None or abs(value) >= LARGEST:
        return None, Text(
            f"“{shown}” is not a number. Write digits only, like 1200.", f"“{shown}”不是数字，请只写数字，如 1200。"
        )
    exact = round(value, field.places)
    if exact != value:
        return None, _too_fine(field.places, shown)
    if field.least is not None and value < field.least:
        return None, Text(f"Not less than {field.least:f}.", f"不能小于 {field.least:f}。")
    if field.most is not None and value > field.most:
        return None, Text(f"Not more than {field.most:f}.", f"不能大于 {field.most:f}。")
    return f"{exact:f}", None


def _too_fine(places: int, shown: str) -> Text:
    if places == 0:
        return Text(f"“{shown}” is not a whole number.", f"“{shown}”不是整数。")
    return Text(f"At most {places} digits after the point.", f"小数点后最多 {places} 位。")


def _amount(raw: object) -> Decimal | None:
    """What somebody wrote as a number, with thousands marked or in 万 and 亿; None where it is none."""
    if isinstance(raw, bool):
        return None
    words = unicodedata.normalize("NFKC", str(raw)).replace(",", "").replace(" ", "").strip()
    factor = Decimal(1)
    if words and words[-1] in MYRIADS:
        factor, words = MYRIADS[words[-1]], words[:-1]
    try:
        value = Decimal(words) * factor
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def doubts(fields: Iterable[Field], values: Mapping[str, Value], before: Mapping[str, Value]) -> tuple[Problem, ...]:
    """Figures that differ from last period's by more than the form lets pass without a word."""
    found = []
    for field in fields:
        now, was = number_of(values.get(field.code)), number_of(before.get(field.code))
        if field.change_at_most is None or now is None or was is None or now == was:
            continue
        if was == 0:
            found.append(Problem(field.code, Text("last period's was 0", "上期为 0")))
            continue
        if (change := abs(now - was) / abs(was) * 100) > field.change_at_most:
            last = written(was)
            frame = Text(f"{change:,.0f} % {'more' if now > was else 'less'} than last period's {last.en}",
                         f"较上期 {last.zh} {'增加' if now > was else '减少'} {change:,.0f}%")  # fmt: skip
            found.append(Problem(field.code, frame))
    return tuple(found)


def gaps(fields: Iterable[Field], values: Mapping[str, Value], counted: Mapping[str, Decimal]) -> tuple[Problem, ...]:
    """Figures that differ from what the hub itself has counted; `counted` has the hub's figures by field."""
    found = []
    for field in fields:
        now, ours = number_of(values.get(field.code)), counted.get(field.code)
        if field.use is FieldUse.CHECKS and now is not None and ours is not None and now != ours:
            said = written(ours)
            found.append(Problem(field.code, Text(f"the hub counts {said.en}", f"平台统计为 {said.zh}")))
    return tuple(found)
