"""An amount of money: an exact decimal with its currency."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid

CURRENCIES = ("CNY", "USD", "EUR", "GBP", "JPY", "HKD", "SGD")
CENT = Decimal("0.01")
LARGEST = Decimal("1e15")
NAMES = {"CNY": Text("CNY", "人民币"), "USD": Text("USD", "美元"), "EUR": Text("EUR", "欧元")}


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """A decimal amount in one currency; amounts of different currencies never mix."""

    amount: Decimal
    currency: str = "CNY"

    def __add__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount + other.amount, self.currency)

    def __sub__(self, other: "Money") -> "Money":
        self._same(other)
        return Money(self.amount - other.amount, self.currency)

    def times(self, factor: Decimal) -> "Money":
        """The amount times a factor, rounded to the cent, halves away from zero."""
        return Money((self.amount * factor).quantize(CENT, ROUND_HALF_UP), self.currency)

    def said(self) -> Text:
        """The amount as each language writes it: 1.2 million / 120 万元."""
        unit = {"CNY": "元"}.get(self.currency, NAMES.get(self.currency, Text("", self.currency)).zh)
        return Text(f"{self.currency} {self.amount:,.2f}", f"{_in_myriads(self.amount)}{unit}")

    def _same(self, other: "Money") -> None:
        if self.currency != other.currency:
            raise ValueError(f"{self.currency} and {other.currency} do not add up")


def _in_myriads(amount: Decimal) -> str:
    """万 and 亿 as a Chinese reader expects them; small amounts with two places."""
    for size, name in ((Decimal(10) ** 8, "亿"), (Decimal(10) ** 4, "万")):
        if abs(amount) >= size:
            return f"{(amount / size).quantize(Decimal('0.0001')).normalize():f}{name}"
    return f"{amount:,.2f}"


def money(amount: object, currency: str = "CNY", field: str = "amount") -> Money:
    """Money from what somebody wrote; refuses with a sentence what is not an amount."""
    try:
        value = Decimal(str(amount).replace(",", "").replace("，", "").strip())
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite() or abs(value) >= LARGEST:
        raise invalid(
            field,
            f"“{amount}” is not an amount. Write it like 1200000.00.",
            f"“{amount}”不是金额，请写成 1200000.00 的形式。",
        )
    if currency not in CURRENCIES:
        raise invalid(
            field,
            f"“{currency}” is not a currency used here: write one of {', '.join(CURRENCIES)}.",
            f"“{currency}”不是可用币种，请填写其中之一：{'、'.join(CURRENCIES)}。",
        )
    return Money(value.quantize(CENT, ROUND_HALF_UP), currency)
