"""Turns the cells of a row into the targets of its mapping: the closed list of converters, made once per file."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import lru_cache

import orjson

from grandunion.adapters.packs.mappings import Converter, FieldRule, Skip
from grandunion.adapters.packs.mappings import Mapping as ImportMapping
from grandunion.terms.text import Text
from grandunion.work.queries.upkeep.imports.references import References

Cells = Mapping[str, object]
Step = Callable[[object], object]
SPACES = re.compile(r"[\s\u3000]+")
MONEY = re.compile(r"^[^\d\-.]*(-?[\d,，\s]*\.?\d+)\s*(万|亿|million|billion|[mkb])?[^\d]*$", re.I)
TIMES = {"万": 10**4, "亿": 10**8, "million": 10**6, "billion": 10**9, "k": 10**3, "m": 10**6, "b": 10**9}
TRUE, FALSE = {"true", "yes", "1", "是", "y", "t"}, {"false", "no", "0", "否", "n", "f"}
SIGNS = {"\\n": "\n", "\\t": "\t"}


class Unfit(Exception):
    """A cell cannot be converted; the sentence says why."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.text = Text(en, zh)


def rule(wanted: FieldRule, tables: Mapping[str, Mapping[str, str]], refers: References) -> Callable[[Cells], object]:
    """A function from a row's cells to the value of one target; empty is "" or None."""
    steps = [STEPS[one.name](one, tables, refers) for one in wanted.converters]
    columns, default, takes_all = wanted.columns, wanted.default, wanted.takes_all
    if len(columns) == 1 and not steps and not takes_all:
        (column,) = columns
        return lambda cells: cells.get(column) or default

    def value(cells: Cells) -> object:
        found: object = [cells[c] for c in columns if cells.get(c)] if takes_all else ""
        if not takes_all:
            for column in columns:
                if found := cells.get(column, ""):
                    break
        for step in steps:
            if found in ("", None, []):
                break
            found = step(found)
        return found if found or found not in ("", None, []) else default

    return value


def each(step: Step) -> Step:
    """The step over a text, or over every item of a list."""
    return lambda value: [step(item) for item in value] if isinstance(value, list) else step(value)


def _strip(*_: object) -> Step:
    return each(lambda value: SPACES.sub(" ", value).strip() if isinstance(value, str) else value)


def _first_of(*_: object) -> Step:
    return lambda value: next((item for item in value if item), "") if isinstance(value, list) else value


def _split(one: Converter, *_: object) -> Step:
    sign = SIGNS.get(one.argument, one.argument)

    def split(value: object) -> list[str]:
        texts = value if isinstance(value, list) else [value]
        return [part for text in texts for part in (part.strip() for part in str(text).split(sign)) if part]

    return split


def _join(one: Converter, *_: object) -> Step:
    sign = SIGNS.get(one.argument, one.argument)
    return lambda value: sign.join(str(item) for item in value if item) if isinstance(value, list) else value


def _lookup(one: Converter, tables: Mapping, _: References) -> Step:
    table = tables[one.argument]
    return each(lambda value: table.get(str(value).strip(), ""))


def _date(one: Converter, *_: object) -> Step:
    return lambda value: day(str(value), one.argument)


@lru_cache(maxsize=20_000)
def day(written: str, form: str = "") -> date:
    """A day as ISO (a time behind it is left off), with slashes or points, in Chinese, or in `form`."""
    text = written.strip()
    try:
        if form:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        plain = text.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-")
        year, month, rest = plain.split("-", 2)
        return date(int(year), int(month), int(re.split(r"[T ]", rest.strip())[0] or 1))
    except ValueError as error:
        raise Unfit(
            f"“{text}” is not a day. Write it like 2026-03-31.", f"“{text}”不是日期，请写成 2026-03-31 的形式。"
        ) from error


def _number(*_: object) -> Step:
    return lambda value: number(str(value))


def number(written: str) -> Decimal:
    """A whole or decimal number, with or without thousands signs."""
    try:
        found = Decimal(re.sub(r"[,，\s]", "", written))
        if found.is_finite():
            return found
    except InvalidOperation:
        pass
    raise Unfit(f"“{written}” is not a number.", f"“{written}”不是数字。")


def _money(*_: object) -> Step:
    return lambda value: money(str(value))


def money(written: str) -> Decimal:
    """An exact amount: 1,200,000.00 · €1.2 million · 120 万元."""
    found = MONEY.match(written.strip())
    if not found:
        raise Unfit(f"“{written}” is not an amount of money.", f"“{written}”不是金额。")
    return number(found.group(1)) * TIMES.get((found.group(2) or "").lower(), 1)


def _boolean(*_: object) -> Step:
    def yes(value: object) -> bool:
        text = str(value).strip().lower()
        if text not in TRUE | FALSE:
            raise Unfit(f"“{value}” is neither yes nor no.", f"“{value}”不是“是”或“否”。")
        return text in TRUE

    return yes


def _prefix(one: Converter, *_: object) -> Step:
    return each(lambda value: f"{one.argument}{value}")


def _truncate(one: Converter, *_: object) -> Step:
    longest = int(one.argument)
    return each(lambda value: value if len(value) <= longest else value[: longest - 1] + "…")


def _drop_longer(one: Converter, *_: object) -> Step:
    longest = int(one.argument)
    return each(lambda value: value if len(value) <= longest else "")


def _json_pairs(one: Converter, *_: object) -> Step:
    def values(value: object) -> list[str]:
        try:
            pairs = orjson.loads(str(value))
            return [str(text) for language, text in pairs if language == one.argument and text]
        except (orjson.JSONDecodeError, TypeError, ValueError) as error:
            raise Unfit(f"“{value}” is no JSON list of pairs.", f"“{value}”不是 JSON 成对列表。") from error

    return values


def _region(_one: Converter, _tables: Mapping, refers: References) -> Step:
    return each(lambda value: refers.region(str(value)))


STEPS: dict[str, Callable[..., Step]] = {
    "strip": _strip, "first_of": _first_of, "split": _split, "join": _join, "lookup": _lookup, "date": _date,
    "number": _number, "money": _money, "boolean": _boolean, "prefix": _prefix, "truncate": _truncate,
    "drop_longer": _drop_longer, "json_pairs": _json_pairs, "region": _region,
}  # fmt: skip


def skips(mapping: ImportMapping) -> Callable[[Cells], bool]:
    """Whether a row is left out by any of the mapping's conditions."""
    conditions = [(skip.column, _condition(skip)) for skip in mapping.skip]

    def is_left_out(cells: Cells) -> bool:
        return any(holds(_plain(cells.get(column, ""))) for column, holds in conditions)

    return is_left_out


def _plain(value: object) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value if value is not None else "").strip()


def _condition(skip: Skip) -> Callable[[str], bool]:
    values = set(skip.values)
    pattern = re.compile(skip.values[0]) if skip.condition == "matches" else None
    return {
        "empty": lambda value: (not value) == (skip.values != ("False",)),
        "equals": lambda value: value in values,
        "in": lambda value: value in values,
        "not_equals": lambda value: value not in values,
        "not_in": lambda value: value not in values,
        "matches": lambda value: bool(pattern and pattern.search(value)),
    }[skip.condition]
