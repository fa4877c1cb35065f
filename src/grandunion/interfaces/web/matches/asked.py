"""What a workbench's address says: the market, the weights, which candidates are ticked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode

from django.http import QueryDict

from grandunion.terms.matches import Market
from grandunion.terms.text import Text

PREFIX = "w_"  # before the code of a part: its weight
PICKED = 4  # compared side by side at most


@dataclass(frozen=True, slots=True)
class Asked:
    """The choices in an address; `weights` is None where those in force are meant."""

    market: Market | None = None
    weights: Mapping[str, str] | None = None
    picked: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: QueryDict) -> "Asked":
        """Read from the address or from a form; what is no market is no choice."""
        market = given.get("market", "")
        weights = {key[len(PREFIX) :]: value.strip() or "0" for key, value in given.items() if key.startswith(PREFIX)}
        picked = dict.fromkeys(number for number in given.getlist("with") if number.strip())
        return cls(Market(market) if Market.has(market) else None, weights or None, tuple(picked))

    def settled(self, in_force: Mapping[str, Decimal]) -> "Asked":
        """A part nobody spoke of counts as it does now; without weights where all are those in force after all."""
        if self.weights is None or all(_same(self.weights.get(c), w) for c, w in in_force.items()):
            return replace(self, weights=None)
        return replace(self, weights={code: hundredths(weight) for code, weight in in_force.items()} | self.weights)

    def pairs(self, *, picked: Iterable[str] = (), market: Market | None = None) -> list[tuple[str, str]]:
        """What to write into an address or into hidden fields."""
        chosen = market or self.market
        weights = [(f"{PREFIX}{code}", value) for code, value in (self.weights or {}).items()]
        first = [("market", chosen.value)] if chosen else []
        return [*first, *weights, *(("with", number) for number in picked)]

    def address(self, base: str, **changes: object) -> str:
        """The address that says the same again."""
        written = urlencode(self.pairs(**changes))
        return f"{base}?{written}" if written else base


def _same(given: str | None, weight: Decimal) -> bool:
    try:
        return given is None or Decimal(given or "0") == weight * 100
    except InvalidOperation:
        return False


def hundredths(weight: Decimal) -> str:
    """A weight as a person writes it: shares of a hundred."""
    return f"{(weight * 100).normalize():f}"


def shift(place: int, was: int | None) -> tuple[str, Text] | None:
    """How a place has changed under other weights: the tone, and the words."""
    if was is None:
        return None
    if was == place:
        return "neutral", Text("same place", "名次不变")
    if was > place:
        return "good", Text(f"up from {was}", f"由第 {was} 位上升")
    return "warn", Text(f"down from {was}", f"由第 {was} 位下降")
