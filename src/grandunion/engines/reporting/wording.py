"""How a number stands in running text: 近万人 and nearly 10,000, 800余个 and over 800, 9家 and nine."""

from decimal import Decimal

from grandunion.terms.plans import Operator, Qualifier
from grandunion.terms.text import Text

# A round number is said in large units; one that is not round keeps its digits, for nothing is smoothed.
UNITS_ZH = ((Decimal(10) ** 8, Decimal(10) ** 6, "亿"), (Decimal(10) ** 4, Decimal(10) ** 3, "万"))
UNITS_EN = ((Decimal(10) ** 9, Decimal(10) ** 7, " billion"), (Decimal(10) ** 6, Decimal(10) ** 4, " million"))
SPELT = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
WHOLE_UNITS = {"1万": "万", "1亿": "亿"}  # nearly 10,000 is 近万, not 近1万
SMALL = Decimal(10_000)
AT_MOST = "<="
OF_TARGETS = {
    Operator.OVER.value: Qualifier.OVER.value,
    Operator.AT_LEAST.value: Qualifier.AT_LEAST.value,
    Operator.EXACTLY.value: Qualifier.EXACTLY.value,
    Operator.AT_MOST.value: AT_MOST,
}


def habit(value: Decimal, how: str, measure: Text, *, is_aim: bool = False) -> Text:
    """A number as each language is used to say it, with its measure word.

    `how` is a code of `Qualifier` (or of `Operator`, for a target); the Chinese measure word stands inside (800余个,
    60个以上), the English one behind. Of what is wanted (`is_aim`) Chinese says 超过60个, of what is there 60余个.
    """
    how = OF_TARGETS.get(how, how)
    return Text(_english(value, how, measure.en), _chinese(value, how, measure.zh, is_aim=is_aim))


def approximated(value: Decimal, how: str) -> tuple[Decimal, str]:
    """A counted value as it may be said: 846 as over 800, 9,600 as nearly 10,000; exactly where that would not be true.

    "Over" takes the round number below, "nearly" the one above if the value is at least nine tenths of it.
    """
    if how not in (Qualifier.OVER, Qualifier.NEARLY) or value < 10:
        return value, Qualifier.EXACTLY.value if how != Qualifier.AT_LEAST else how
    grain = Decimal(10) ** (value.adjusted())
    lower = value // grain * grain
    if lower == value:
        return value, Qualifier.EXACTLY.value
    if how == Qualifier.OVER:
        return lower, how
    upper = lower + grain
    return (upper, how) if value >= upper * Decimal("0.9") else (value, Qualifier.EXACTLY.value)


def plain(value: Decimal, language: str) -> str:
    """The exact number as running text writes it: 300万, 3 million; 7000 and 7,000; a small one spelt in English."""
    if language == "en" and value == value.to_integral_value() and 0 <= value < 10:
        return SPELT[int(value)]
    for size, grain, name in UNITS_EN if language == "en" else UNITS_ZH:
        if abs(value) >= size and value % grain == 0:
            return f"{_digits(value / size, language)}{name}"
    return _digits(value, language)


def _digits(value: Decimal, language: str) -> str:
    number = int(value) if value == value.to_integral_value() else value.normalize()
    return f"{number:,}" if language == "en" else f"{number:f}" if isinstance(number, Decimal) else str(number)


def _english(value: Decimal, how: str, measure: str) -> str:
    number = plain(value, "en")
    frame = {Qualifier.OVER: "over {n}", Qualifier.NEARLY: "nearly {n}", Qualifier.AT_LEAST: "at least {n}",
             AT_MOST: "at most {n}"}.get(how, "{n}")  # fmt: skip
    gap = "" if not measure or measure == "%" else " "
    return f"{frame.format(n=number)}{gap}{measure}"


def _chinese(value: Decimal, how: str, measure: str, *, is_aim: bool) -> str:
    number = plain(value, "zh")
    if how == Qualifier.NEARLY:
        return f"近{WHOLE_UNITS.get(number, number)}{measure}"
    if how == Qualifier.OVER:
        if is_aim:
            return f"超过{number}{measure}"
        return f"{number}余{measure}" if value < SMALL and value % 10 == 0 else f"超{number}{measure}"
    if how == Qualifier.AT_LEAST:
        return f"{number}{measure}以上" if measure and measure != "%" else f"不少于{number}{measure}"
    return f"不超过{number}{measure}" if how == AT_MOST else f"{number}{measure}"
