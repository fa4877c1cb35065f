"""Turns the facts of a record into the days on which it counts by a rule."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from grandunion.engines.indicators.rules import AnyOf, Condition, Dating, Rule
from grandunion.terms.counting import CLASSES, FieldKind, Operator, Statistic

# A record's facts: field → value (days for days and moments); fields in time → (code, since, until) each; `state` →
# where it stands, and `steps` → (day, state) in the order in which it came there. `came` and `stood`, where they are
# given, are what `came` and `stands` make of the steps: many rules ask for them.
Facts = Mapping[str, object]
Stretch = tuple[date, date | None]  # from a day up to, not including, another
BEGINNING = date.min
ALWAYS: tuple[Stretch, ...] = ((BEGINNING, None),)
NEVER: tuple[Stretch, ...] = ()
BY_START = itemgetter(0)
ONE, CENT = Decimal("1.00"), Decimal("0.01")


class Span(NamedTuple):
    """That a record counts on the days `since` … `until`, for the period in which `on` lies."""

    on: date
    since: date
    until: date | None
    amount: Decimal
    key: str


Evaluate = Callable[[Facts], list[Span]]
Quick = Callable[[Facts], Sequence[tuple]]
Test = Callable[[Facts], bool]
Timed = Callable[[Facts], Sequence[Stretch]]
Amount = Callable[[Facts, date], Decimal | None]
Day = Callable[[Facts], date | None]


@lru_cache(maxsize=1000)
def evaluator(rule: Rule) -> Evaluate:
    """What turns facts into the spans of this rule, oldest first."""
    quick = evaluator_of_many(rule)
    return lambda facts: [Span(*one) for one in quick(facts)]


@lru_cache(maxsize=1000)
def evaluator_of_many(rule: Rule) -> Quick:
    """The same as plain tuples, not to be changed; conditions that no day changes are asked first."""
    tests = [_test(clause) for clause in rule.where if not is_timed(rule, clause)]
    timed = [_timed(rule.record, clause) for clause in rule.where if is_timed(rule, clause)]
    amount, key = _amount(rule), _key(rule.key)
    if timed:
        return _guarded(tests, _on_days(_dates(rule.on), timed, amount, key))
    if rule.on.is_last:
        return _guarded(tests, _of_worth(_dates(rule.on), amount, key))
    day = _day(rule.on)
    if rule.key or rule.since or rule.statistic != Statistic.COUNT:
        return _guarded(tests, _of_a_day(day, amount, key))
    return _guarded(tests, _once(day))


def _once(day: Day) -> Quick:
    """What counts as one from its only day on; most figures are of this kind."""

    def spans(facts: Facts) -> Sequence[tuple]:
        on = day(facts)
        return ((on, on, None, ONE, ""),) if on else ()

    return spans


def _of_a_day(day: Day, amount: Amount, key: Callable[[Facts], str]) -> Quick:
    """What counts for its worth from its only day on."""

    def spans(facts: Facts) -> Sequence[tuple]:
        on = day(facts)
        worth = amount(facts, on) if on else None
        return () if worth is None else ((on, on, None, worth, key(facts)),)

    return spans


def _on_days(dates: Timed, timed: Sequence[Timed], amount: Amount, key: Callable[[Facts], str]) -> Quick:
    """What counts as long as all of these hold."""

    def spans(facts: Facts) -> list[tuple]:
        found = []
        for on, until in dates(facts):
            days: Sequence[Stretch] = ((on, until),)
            for clause in timed:
                days = both(days, clause(facts)) if days else NEVER
            if days and (worth := amount(facts, on)) is not None:
                found += [(on, since, end, worth, key(facts)) for since, end in days]
        return found

    return spans


def _of_worth(dates: Timed, amount: Amount, key: Callable[[Facts], str]) -> Quick:
    """What counts from its day on."""

    def spans(facts: Facts) -> list[tuple]:
        found = []
        for on, until in dates(facts):
            worth = amount(facts, on)
            if worth is not None:
                found.append((on, on, until, worth, key(facts)))
        return found

    return spans


def _guarded(tests: Sequence[Test], spans: Quick) -> Quick:
    """The spans of those that pass the tests."""
    if not tests:
        return spans
    if len(tests) == 1:
        (only,) = tests
        return lambda facts: spans(facts) if only(facts) else ()

    def passed(facts: Facts) -> Sequence[tuple]:
        for test in tests:
            if not test(facts):
                return ()
        return spans(facts)

    return passed


def is_timed(rule: Rule, clause: Condition | AnyOf) -> bool:
    """Whether the clause holds on some days and not on others."""
    if isinstance(clause, AnyOf):
        return any(is_timed(rule, one) for one in clause.conditions)
    return clause.operator == Operator.COME or CLASSES[rule.record].fields[clause.field].kind == FieldKind.SPANS


def stands(facts: Facts) -> list[tuple[str, date, date | None]]:
    """Where a record stood, from day to day; one that came without steps stands where it is."""
    if "stood" in facts:
        return facts["stood"]
    steps: Sequence[tuple[date, str]] = facts.get("steps") or ()
    if not steps:
        return [(str(facts.get("state") or ""), BEGINNING, None)]
    last_of_day = dict(steps)
    days = list(last_of_day)
    return [(last_of_day[day], day, following) for day, following in zip(days, [*days[1:], None], strict=True)]


def came(steps: Iterable[tuple[date, str]]) -> dict[str, list[date]]:
    """The days on which a record came to each state, each day once."""
    found: dict[str, list[date]] = {}
    for day, state in steps:
        if state not in found:
            found[state] = [day]
        elif found[state][-1] != day:
            found[state].append(day)
    return found


def both(one: Iterable[Stretch], other: Iterable[Stretch]) -> list[Stretch]:
    """The days that lie in both; each has its own oldest first and none twice."""
    found = []
    for since, until in one:
        for begin, end in other:
            start = begin if begin > since else since
            stop = end if until is None or (end is not None and end < until) else until
            if stop is None or start < stop:
                found.append((start, stop))
    return found


def either(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The days that lie in any, joined where they touch."""
    found: list[Stretch] = []
    for since, until in sorted(stretches, key=BY_START):
        if found and (found[-1][1] is None or since <= found[-1][1]):
            start, end = found[-1]
            found[-1] = (start, None if end is None or until is None else max(end, until))
        elif until is None or since < until:
            found.append((since, until))
    return found


def others(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The days that lie in none."""
    found, start = [], BEGINNING
    for since, until in either(stretches):
        if start < since:
            found.append((start, since))
        if until is None:
            return found
        start = until
    return [*found, (start, None)]


def tested(clause: Condition | AnyOf, facts: Facts) -> bool:
    """Whether a clause that no day changes holds."""
    return _test(clause)(facts)


def stretches(rule: Rule, clause: Condition | AnyOf, facts: Facts) -> Sequence[Stretch]:
    """The days on which a clause in time holds."""
    return _timed(rule.record, clause)(facts)


def reached(dating: Dating, facts: Facts) -> list[Stretch]:
    """The days a record counts by, each with the day on which another takes its place."""
    return _dates(dating)(facts)


def _test(clause: Condition | AnyOf) -> Test:
    if isinstance(clause, AnyOf):
        tests = [_test(one) for one in clause.conditions]
        return lambda facts: any(test(facts) for test in tests)
    name, values = clause.field, clause.values
    first = values[0] if values else True
    return {
        Operator.IS: lambda facts: facts[name] == first,
        Operator.IS_NOT: lambda facts: facts[name] != first,
        Operator.ONE_OF: lambda facts: facts[name] in values,
        Operator.NONE_OF: lambda facts: facts[name] not in values,
        Operator.KNOWN: lambda facts: (facts[name] not in (None, "")) is first,
        Operator.AT_LEAST: lambda facts: facts[name] is not None and facts[name] >= first,
        Operator.AT_MOST: lambda facts: facts[name] is not None and facts[name] <= first,
    }[clause.operator]


def _timed(record: str, clause: Condition | AnyOf) -> Timed:
    if isinstance(clause, AnyOf):
        timed = [_timed(record, one) for one in clause.conditions]
        return lambda facts: either(stretch for one in timed for stretch in one(facts))
    if clause.operator == Operator.COME:
        return _come(clause)
    if CLASSES[record].fields[clause.field].kind != FieldKind.SPANS:
        test = _test(clause)
        return lambda facts: ALWAYS if test(facts) else NEVER
    wanted, is_without = frozenset(clause.values), clause.operator in (Operator.IS_NOT, Operator.NONE_OF)
    coded = stands if clause.field == "state" else lambda facts: facts[clause.field]

    def holds(facts: Facts) -> Sequence[Stretch]:
        found = [(since, until) for code, since, until in coded(facts) if code in wanted]
        return others(found) if is_without else either(found) if len(found) > 1 else found

    return holds


def _come(clause: Condition) -> Timed:
    """From a day on (True), before it (False), or from it on where it is known at all ("or_unknown")."""
    name, wanted = clause.field, clause.values[0]

    def holds(facts: Facts) -> Sequence[Stretch]:
        day = facts[name]
        if day is None:
            return NEVER if wanted is True else ALWAYS
        return ((day, None),) if wanted is not False else ((BEGINNING, day),)

    return holds


def _dates(dating: Dating) -> Timed:
    """The days a record counts by, each with the day on which another takes its place."""
    if not dating.is_last:
        day = _day(dating)
        return lambda facts: [(on, None)] if (on := day(facts)) else []
    state = dating.state

    def reaches(facts: Facts) -> list[Stretch]:
        days = _came_to(facts, state) or []
        return list(zip(days, [*days[1:], None], strict=True)) if days else []

    return reaches


def _day(dating: Dating) -> Day:
    """The one day a record counts by: when it first came to a state, or the first of these days that is known."""
    state, names = dating.state, dating.fields
    if state:
        return lambda facts: days[0] if (days := _came_to(facts, state)) else None
    if len(names) == 1:
        (name,) = names
        return lambda facts: facts[name] or None
    return lambda facts: first_known(facts, names)


def _came_to(facts: Facts, state: str) -> list[date] | None:
    """The days on which a record came to a state."""
    known = facts["came"] if "came" in facts else came(facts.get("steps") or ())
    return known.get(state)


def first_known(facts: Facts, names: Sequence[str]) -> object:
    """The first of these fields that is known."""
    for name in names:
        if facts[name] not in (None, ""):
            return facts[name]
    return None


def _amount(rule: Rule) -> Amount:
    if rule.since is not None:
        return _lasting(rule.since)
    if rule.statistic == Statistic.COUNT:
        return lambda facts, on: ONE
    name = rule.amount
    return lambda facts, on: None if facts[name] is None else Decimal(facts[name]).quantize(CENT)


def _lasting(since: Dating) -> Amount:
    """The days since another day, the last of those that lie before."""
    if since.is_last:
        begun = _dates(since)

        def days(facts: Facts, on: date) -> Decimal | None:
            starts = [day for day, _ in begun(facts) if day <= on]
            return _so_many((on - starts[-1]).days) if starts else None

        return days
    first = _day(since)

    def days_of_one(facts: Facts, on: date) -> Decimal | None:
        start = first(facts)
        return _so_many((on - start).days) if start and start <= on else None

    return days_of_one


@lru_cache(maxsize=10_000)
def _so_many(days: int) -> Decimal:
    return Decimal(days).quantize(CENT)


def _key(names: Sequence[str]) -> Callable[[Facts], str]:
    if not names:
        return lambda facts: ""
    return lambda facts: str(first_known(facts, names) or "")[:60]
