"""Counting rules as values: what a pack writes under `counts`, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from grandunion.terms.counting import Operator, Statistic


@dataclass(frozen=True, slots=True)
class Condition:
    """A field held against values; a field in time (state, recognition) holds for spans of days."""

    field: str
    operator: Operator
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Holds where one of its conditions does."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Dating:
    """By which day a record counts: the first known of these fields, or when it first (last) came to a state."""

    fields: tuple[str, ...] = ()
    state: str = ""
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """Which records count, by which day, on what conditions; what of them is told.

    `key` names the fields of which the first known one counts once; `amount` the field that is added up or of which
    the middle is taken; `since` another dating, from which to `on` the days are the amount.
    """

    record: str
    on: Dating
    where: tuple[Condition | AnyOf, ...] = ()
    key: tuple[str, ...] = ()
    statistic: Statistic = Statistic.COUNT
    amount: str = ""
    since: Dating | None = None


@dataclass(frozen=True, slots=True)
class Ratio:
    """One figure as a part of another, of a hundred; or (`is_per`) so much of one for each of the other."""

    of: str
    to: str
    is_per: bool = False


def read(written: Mapping[str, object]) -> Rule | Ratio | None:
    """The rule as the pack wrote it (already checked); None where nothing is written."""
    if not written:
        return None
    if "to" in written:
        return Ratio(str(written["of"]), str(written["to"]), is_per=bool(written.get("per", False)))
    return Rule(
        record=str(written["record"]),
        on=_dating(written["on"]),
        where=tuple(_clause(one) for one in written.get("where", ())),
        key=_names(written.get("key", ())),
        statistic=Statistic(written.get("statistic", Statistic.COUNT)),
        amount=str(written.get("amount", "")),
        since=_dating(written["days_from"]) if "days_from" in written else None,
    )


def conditions(rule: Rule) -> tuple[Condition, ...]:
    """Every condition of a rule, those within an `any` among them."""
    return tuple(
        one for clause in rule.where for one in (clause.conditions if isinstance(clause, AnyOf) else (clause,))
    )


def fields_of(rule: Rule) -> frozenset[str]:
    """Every field of the record that the rule reads."""
    datings = [one for one in (rule.on, rule.since) if one is not None]
    named = {name for dating in datings for name in dating.fields} | {one.field for one in conditions(rule)}
    if any(dating.state for dating in datings):
        named.add("state")
    return frozenset(named | set(rule.key) | ({rule.amount} if rule.amount else set()))


def _clause(written: Mapping[str, object]) -> Condition | AnyOf:
    if "any" in written:
        return AnyOf(tuple(_condition(one) for one in written["any"]))
    return _condition(written)


def _condition(written: Mapping[str, object]) -> Condition:
    ((operator, value),) = ((key, value) for key, value in written.items() if key != "field")
    values = tuple(value) if isinstance(value, list | tuple) else (value,)
    return Condition(str(written["field"]), Operator(operator), values)


def _dating(written: object) -> Dating:
    if isinstance(written, Mapping):
        ((which, state),) = written.items()
        return Dating(state=str(state), is_last=which == "last")
    return Dating(fields=_names(written))


def _names(written: object) -> tuple[str, ...]:
    return (
        (written,) if isinstance(written, str) else tuple(str(one) for one in written if isinstance(written, Sequence))
    )
