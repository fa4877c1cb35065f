"""What the numbers of a report rest on now: the claim, the target, or the hub's own count of a day."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal

from grandunion.engines.reporting import Number, Value
from grandunion.records.lists import Term
from grandunion.records.plans import Binding, Claim, Indicator, Target
from grandunion.terms.plans import Qualifier
from grandunion.terms.readers import house
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.work_reports import Basis
from grandunion.work.queries.plans.figures import value as figure_of

Told = Mapping[str, object]


def current(bindings: Iterable[Binding], at: datetime) -> dict[int, Value]:
    """The value of each binding at this moment; a figure that several sentences use is counted once.

    A report says what the hub counts, whoever opens it: figures are read as the house reads them.
    """
    figures: dict[tuple, Value] = {}
    found = {}
    for one in bindings:
        if one.basis != Basis.FIGURE:
            found[one.pk] = of_claim(one.claim) if one.basis == Basis.CLAIM else of_target(one.target)
            continue
        key = (one.indicator_id, one.as_of, one.area_id)
        if key not in figures:
            figures[key] = counted(one.indicator, one.as_of, one.area, at)
        found[one.pk] = figures[key]
    return found


def counted(indicator: Indicator, as_of: date, area: Term | None, at: datetime) -> Value:
    """The hub's own count as of a day; nothing where nothing counts it."""
    cell = figure_of(indicator, as_of=as_of, reader=house(at), area=area).cell
    return Value() if cell.value is None else Value(_bare(cell.value))


def of_claim(claim: Claim) -> Value:
    """A published figure with its qualifier."""
    return Value(_bare(claim.value), claim.qualifier)


def of_target(target: Target) -> Value:
    """What a target wants; of one in words, the words."""
    if target.value is None:
        return Value(words=Text(target.wording_en, target.wording_zh))
    return Value(_bare(target.value), target.operator)


def number_of(binding: Binding, value: Value | None = None) -> Number:
    """A binding as the number that stands in the text: with its value as last checked, or another."""
    return Number(
        name=binding.name, basis=binding.basis, bound=kept(binding.bound) if value is None else value,
        measure=Text(binding.measure_en, binding.measure_zh), style=binding.qualifier,
    )  # fmt: skip


def told(value: Value) -> dict[str, object]:
    """A value as JSON keeps it without loss."""
    number = None if value.value is None else f"{value.value:f}"
    words = {"en": value.words.en, "zh": value.words.zh} if value.words != NOTHING else None
    return {"value": number, "qualifier": value.qualifier, "words": words}


def kept(told_: Told | None) -> Value:
    """A value out of JSON; nothing where none was kept."""
    if not told_:
        return Value()
    words = told_.get("words") or {}
    number = told_.get("value")
    return Value(
        None if number is None else Decimal(str(number)), str(told_.get("qualifier") or Qualifier.EXACTLY.value),
        Text(words.get("en", ""), words.get("zh", "")) if words else NOTHING,
    )  # fmt: skip


def _bare(value: Decimal) -> Decimal:
    """Without empty decimals, so that the same number is written the same."""
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()
