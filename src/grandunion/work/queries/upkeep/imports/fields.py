"""Checks one value for one column of a record; what does not fit is said in a sentence."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from decimal import Decimal
from typing import NamedTuple

import orjson
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from grandunion.engines.trials import Line
from grandunion.engines.trials import indicators as read_indicators
from grandunion.terms.text import Word
from grandunion.terms.verdicts import Invalid
from grandunion.work.queries.upkeep.imports.converting import Unfit, day, money, number
from grandunion.work.queries.upkeep.imports.references import References

LONGEST_INDICATORS = 20_000
LONGEST_ANSWERS, MOST_ANSWERS = 20_000, 40
Check = Callable[[object, References], object]
# Registers hold addresses that are true and yet against the rules of host names (an underscore in one of 5,234).
IS_ADDRESS = re.compile(r"https?://[^\s/?#.\"'<>]+\.[^\s\"'<>]+", re.I)


class Field(NamedTuple):
    """One target: the column it fills, and how its value is checked."""

    column: str
    check: Check


def text(longest: int = 0) -> Check:
    """A text, not longer than its column; lists are joined."""

    def check(value: object, _: References) -> str:
        said = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
        if "\x00" in said:
            raise Unfit("The text holds a broken character.", "文字中含有无效字符。")
        if longest and len(said) > longest:
            raise Unfit(
                f"{len(said)} characters; at most {longest} fit.", f"共 {len(said)} 个字符，最多 {longest} 个。"
            )
        return said

    return check


def word(words: type[Word], only: tuple[Word, ...] = ()) -> Check:
    """A code of a list of words; its name in either language is understood too."""
    taken = only or tuple(words)
    known = {spelling.casefold(): one.value for one in taken for spelling in (one.value, one.text.zh, one.text.en)}
    codes = [one.value for one in taken]

    def check(value: object, _: References) -> str:
        code = known.get(str(value).strip().casefold())
        if code is None:
            raise Unfit(f"“{value}” is not one of: {', '.join(codes)}.", f"“{value}”不在可选范围：{'、'.join(codes)}。")
        return code

    return check


def several(words: type[Word]) -> Check:
    """Several codes of a list of words; their names in either language are understood too."""
    one = word(words)

    def check(value: object, refers: References) -> list[str]:
        found = value if isinstance(value, list) else str(value).replace("；", ";").split(";")
        return list(dict.fromkeys(one(item, refers) for item in map(str, found) if item.strip()))

    return check


def term(list_code: str) -> Check:
    """A code of one of the hub's lists; answers the term's id."""

    def check(value: object, refers: References) -> int:
        found = refers.terms[list_code].get(str(value).strip())
        if found is None:
            raise Unfit(f"“{value}” is not a code of the list “{list_code}”.", f"“{value}”不在“{list_code}”列表中。")
        return found

    return check


def owner(value: object, refers: References) -> int:
    """The organisation of exactly this name; answers its id."""
    found = refers.organisation(str(value))
    if found is None:
        raise Unfit(
            f"There is no organisation “{value}”, or several. Import organisations first.",
            f"没有名为“{value}”的单位，或有多家同名单位，请先导入单位。",
        )
    return found


def person(value: object, refers: References) -> int:
    """The person of this number, or the only one of exactly this name; answers the id."""
    found = refers.person(str(value))
    if found is None:
        raise Unfit(
            f"There is no person “{value}”, or several of that name: write the number.",
            f"没有“{value}”这一人员，或有多人同名，请填写人员编号。",
        )
    return found


def official(read: Callable[[str], str]) -> Check:
    """An official identifier, its check character proved."""

    def check(value: object, _: References) -> str:
        try:
            return read(str(value))
        except Invalid as wrong:
            raise Unfit(wrong.reason.en, wrong.reason.zh) from wrong

    return check


def a_day(value: object, _: References) -> date:
    return value if isinstance(value, date) else day(str(value))


def a_moment(value: object, _: References) -> datetime:
    """A moment in the hub's time: a day and an hour, like 2026-03-31 14:00."""
    written = str(value).strip().replace("T", " ")
    hour = re.fullmatch(r"(\S+)(?: (\d{1,2}:\d{2})(?::00)?)?", written)
    if hour is None:
        raise Unfit(
            f"“{value}” is not a moment. Write it like 2026-03-31 14:00.",
            f"“{value}”不是时间，请写成 2026-03-31 14:00。",
        )
    try:
        at = time.fromisoformat((hour[2] or "00:00").zfill(5))
    except ValueError as error:
        raise Unfit(f"“{hour[2]}” is not a time of day.", f"“{hour[2]}”不是有效的钟点。") from error
    return timezone.make_aware(datetime.combine(a_day(hour[1], _), at))


def an_amount(value: object, _: References) -> Decimal:
    found = value if isinstance(value, Decimal) else money(str(value))
    if not 0 <= found < 10**16:
        raise Unfit(f"“{value}” is not an amount from 0 up.", f"“{value}”应为不小于 0 的金额。")
    return found.quantize(Decimal("0.01"))


def whole(least: int, most: int) -> Check:
    """A whole number in a range."""

    def check(value: object, _: References) -> int:
        found = value if isinstance(value, Decimal) else number(str(value))
        if found != int(found) or not least <= found <= most:
            raise Unfit(
                f"“{value}” is not a whole number from {least} to {most}.", f"“{value}”应为 {least} 至 {most} 的整数。"
            )
        return int(found)

    return check


def mail(value: object, _: References) -> str:
    try:
        validate_email(str(value))
    except ValidationError as error:
        raise Unfit(f"“{value}” is not an e-mail address.", f"“{value}”不是有效的电子邮箱。") from error
    return str(value)


def address(value: object, _: References) -> str:
    """A web address; one without http:// gets it."""
    written = str(value).strip()
    given = written if "://" in written else f"http://{written}"
    if not IS_ADDRESS.fullmatch(given):
        raise Unfit(f"“{value}” is not a web address.", f"“{value}”不是有效的网址。")
    return text(300)(given, _)


def texts(longest: int) -> Check:
    """Several names; those too long for their column are refused."""
    one = text(longest)

    def check(value: object, refers: References) -> tuple[str, ...]:
        found = value if isinstance(value, list) else str(value).replace("；", ";").split(";")
        return tuple(dict.fromkeys(one(item.strip(), refers) for item in found if item.strip()))

    return check


def terms(list_code: str) -> Check:
    """Several codes of a list; answers their ids."""
    one = term(list_code)

    def check(value: object, refers: References) -> tuple[int, ...]:
        found = value if isinstance(value, list) else str(value).replace("；", ";").split(";")
        return tuple(dict.fromkeys(one(item, refers) for item in found if item.strip()))

    return check


def codes(list_code: str) -> Check:
    """Several codes of a list, kept as codes."""
    one = term(list_code)

    def check(value: object, refers: References) -> list[str]:
        found = value if isinstance(value, list) else str(value).replace("；", ";").split(";")
        wanted = list(dict.fromkeys(str(item).strip() for item in found if str(item).strip()))
        for code in wanted:
            one(code, refers)
        return wanted

    return check


def as_told(value: object, _: References) -> object:
    """Answers to a subject's questions, a cell or an object; what fits is seen once the subject is known."""
    written = text(LONGEST_ANSWERS)(value, _).strip()
    if not written.startswith("{"):
        return written
    try:
        found = orjson.loads(written)
    except ValueError as error:
        raise Unfit("The answers are no sound JSON object.", "补充信息不是有效的 JSON 对象。") from error
    if len(found) > MOST_ANSWERS:
        raise Unfit(f"At most {MOST_ANSWERS} answers are taken.", f"最多 {MOST_ANSWERS} 项回答。")
    return {text(60)(name, _): one for name, one in found.items()}


def indicators(value: object, _: References) -> tuple[Line, ...]:
    """What must be reached, one a line or with semicolons between, as people write it: accuracy ≥ 95 %."""
    written = str(value).replace("；", "\n").replace(";", "\n")
    if len(written) > LONGEST_INDICATORS:
        raise Unfit("The indicators are too long.", "指标内容过长。")
    try:
        return read_indicators(text()(written, _))
    except Invalid as wrong:
        raise Unfit(wrong.problems[0].text.en, wrong.problems[0].text.zh) from wrong
