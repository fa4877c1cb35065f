"""What the numbers of a report rest on now: the claim, the target, or the hub's own count of a day."""

from collections import defaultdict
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
from grandunion.work.queries.plans.figures import Figure, value, values

Told = Mapping[str, object]


def figures_of(bindings: Iterable[Binding], at: datetime) -> dict[tuple, Figure]:
    """The hub's own counts that the bindings rest on: at most three questions for each day and area.

    A report says what the hub counts, whoever opens it: figures are read as the house reads them.
    """
    wanted: dict[tuple, set[str]] = defaultdict(set)
    areas = {}
    for one in bindings:
        if one.basis == Basis.FIGURE:
            wanted[one.as_of, one.area_id].add(one.indicator.code)
            areas[one.area_id] = one.area
    found = {}
    for (as_of, area), codes in wanted.items():
        for figure in values(as_of=as_of, reader=house(at), area=areas[area], codes=codes):
            found[figure.indicator.pk, as_of, area] = figure
    return found


def current(one: Binding, figures: Mapping[tuple, Figure]) -> Value:
    """What a binding rests on at this moment; nothing where it is gone or nothing counts it."""
    if one.basis != Basis.FIGURE:
        return of_claim(one.claim) if one.basis == Basis.CLAIM else of_target(one.target)
    figure = figures.get((one.indicator_id, one.as_of, one.area_id))
    return Value() if figure is None or figure.cell.value is None else Value(_bare(figure.cell.value))


def now_of(one: Binding, at: datetime) -> Value:
    """What one binding rests on at a moment."""
    return current(one, figures_of([one], at))


def counted(indicator: Indicator, as_of: date, area: Term | None, at: datetime) -> Value:
    """The hub's own count as of a day; nothing where nothing counts it."""
    cell = value(indicator, as_of=as_of, reader=house(at), area=area).cell
    return Value() if cell.value is None else Value(_bare(cell.value))


def of_claim(claim: Claim) -> Value:
    """A published figure with its qualifier."""
    return Value(_bare(claim.value), claim.qualifier)


def of_target(target: Target) -> Value:
    """What a target wants; of one in words, the words."""
    if target.value is None:
        return Value(words=Text(target.wording_en, target.wording_zh))
    return Value(_bare(target.value), target.operator)


def number_of(binding: Binding, as_now: Value | None = None) -> Number:
    """A binding as the number that stands in the text: with its value as last checked, or another."""
    return Number(
        name=binding.name, basis=binding.basis, bound=kept(binding.bound) if as_now is None else as_now,
        measure=Text(binding.measure_en, binding.measure_zh), style=binding.qualifier,
    )  # fmt: skip


def told(said: Value) -> dict[str, object]:
    """A value as JSON keeps it without loss."""
    number = None if said.value is None else f"{said.value:f}"
    words = {"en": said.words.en, "zh": said.words.zh} if said.words != NOTHING else None
    return {"value": number, "qualifier": said.qualifier, "words": words}


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


def _bare(number: Decimal) -> Decimal:
    """Without empty decimals, so that the same number is written the same."""
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize()
