"""Indicators and instalments as people write them, one a line, read into their parts and written back."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from grandunion.terms.scenarios import Operator
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Invalid, Problem

SIGNS = {"≥": Operator.AT_LEAST, ">=": Operator.AT_LEAST, "≤": Operator.AT_MOST, "<=": Operator.AT_MOST,
         ">": Operator.MORE_THAN, "<": Operator.LESS_THAN, "=": Operator.EQUAL}  # fmt: skip
NUMBER = r"[+-]?\d{1,12}(?:,\d{3})*(?:\.\d{1,6})?(?![\d.,]|[eE][+-]?\d)"
LINE = re.compile(rf"(?P<name>[^≥≤<>=|]+?)\s*(?P<sign>>=|<=|≥|≤|>|<|=)\s*(?P<number>{NUMBER})\s*(?P<unit>[^|]*)")
HAN = re.compile(r"[\u3400-\u9fff]")
OPTIONAL = re.compile(r"^\s*(?:\(optional\)|（参考）|\(参考\)|（optional）)\s*", re.IGNORECASE)
WIDE = str.maketrans({"＞": ">", "＜": "<", "＝": "=", "｜": "|", "／": "/", "，": ","})
LONGEST, LONGEST_UNIT, LONGEST_TEST, MOST = 200, 40, 500, 40


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator as it was written."""

    name: Text
    operator: Operator
    threshold: Decimal
    unit: str
    test: Text
    is_required: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment as it was written."""

    milestone: Text
    amount: Decimal
    due_on: date


def indicators(written: str, field: str = "indicators") -> tuple[Line, ...]:
    """Indicators out of lines like “识别准确率 / Accuracy ≥ 95 % | 第三方检测 / third-party test”.

    The Chinese and the English name stand on either side of “ / ” (one alone is enough); what comes after “|” is how
    it is tested; “(optional)” or “（参考）” at the start makes it one that does not decide. Raises Invalid with one
    problem for each line that cannot be read.
    """
    return _each(written, field, _indicator)


def _each(written: str, field: str, read: object) -> tuple:
    found, problems = [], []
    lines = [line.strip() for line in written.translate(WIDE).splitlines() if line.strip()]
    if len(lines) > MOST:
        raise Invalid(Problem(field, Text(f"At most {MOST} lines.", f"最多 {MOST} 行。")))
    for number, line in enumerate(lines, 1):
        one = read(line)
        if isinstance(one, Text):
            where = Text(f"Line {number}: {one.en}", f"第 {number} 行：{one.zh}")
            problems.append(Problem(field, where))
        else:
            found.append(one)
    if problems:
        raise Invalid(*problems)
    return tuple(found)


def _indicator(line: str) -> Line | Text:
    """One line read, or what is wrong with it."""
    is_required, line = not OPTIONAL.match(line), OPTIONAL.sub("", line)
    head, _, test = line.partition("|")
    read = LINE.fullmatch(head.strip())
    if read is None:
        return Text(
            "write it like “Accuracy ≥ 95 % | how it is tested”.",
            "请写成“识别准确率 ≥ 95 % | 检测方法”的形式。",
        )
    name, unit, test = read["name"].strip(), read["unit"].strip(), test.strip()
    if len(name) > LONGEST or len(unit) > LONGEST_UNIT or len(test) > LONGEST_TEST:
        return Text("it is too long.", "内容过长。")
    number = Decimal(read["number"].replace(",", ""))
    return Line(pair(name), SIGNS[read["sign"]], number, unit, pair(test), is_required)


def pair(written: str) -> Text:
    """Chinese and English on either side of “ / ”; one alone goes to the language it is written in."""
    first, mark, second = (part.strip() for part in written.partition(" / "))
    if not mark:
        return Text("", first) if HAN.search(first) else Text(first, "")
    return Text(second, first) if HAN.search(first) or not HAN.search(second) else Text(first, second)


def instalments(written: str, field: str = "instalments") -> tuple[Part, ...]:
    """Instalments out of lines like “样机通过测试 / Prototype passes | 1,200,000 | 2026-12-31”; raises Invalid."""
    return _each(written, field, _instalment)


def _instalment(line: str) -> Part | Text:
    parts = [part.strip() for part in line.split("|")]
    wrong = Text(
        "write it like “Prototype passes | 1200000 | 2026-12-31”.",
        "请写成“样机通过测试 | 1200000 | 2026-12-31”的形式。",
    )
    if len(parts) != 3 or not parts[0] or len(parts[0]) > LONGEST:
        return wrong
    try:
        amount, due_on = Decimal(parts[1].replace(",", "")), date.fromisoformat(parts[2])
    except (InvalidOperation, ValueError):
        return wrong
    if not amount.is_finite() or not 0 < amount < Decimal("1e15") or amount != amount.quantize(Decimal("0.01")):
        return wrong
    return Part(pair(parts[0]), amount, due_on)


def as_line(name: Text, operator: Operator, threshold: Decimal, unit: str, test: Text, *, is_required: bool) -> str:
    """An indicator as a line that reads back as the same."""
    head = f"{_joined(name)} {operator.text.en} {plain(threshold)} {unit}".strip()
    tail = f" | {_joined(test)}" if test.zh or test.en else ""
    return f"{'' if is_required else '（参考）'}{head}{tail}"


def _joined(text: Text) -> str:
    return " / ".join(dict.fromkeys(part for part in (text.zh, text.en) if part))


def plain(number: Decimal) -> str:
    """A number without zeros that say nothing: 95, 0.5, 1200."""
    return f"{number.normalize():f}"


def as_lines(lines: Iterable[str]) -> str:
    """Lines as one text."""
    return "\n".join(lines)
