"""The few kinds of guard that the tables use again and again."""

from collections.abc import Iterable
from decimal import Decimal

from grandunion.engines.flows.pieces import Facts, Guard, is_filled
from grandunion.terms.text import Text

Number = int | Decimal


def at_least(fact: str, least: Number, en: str, zh: str) -> Guard:
    """The number is known and not below `least`."""

    def holds(facts: Facts) -> bool:
        value = facts.get(fact)
        return isinstance(value, Number) and value >= least

    return Guard(f"{fact}_at_least_{least}", Text(en, zh), holds, (fact,))


def at_most(fact: str, most: Number, en: str, zh: str) -> Guard:
    """The number is known and not above `most`."""

    def holds(facts: Facts) -> bool:
        value = facts.get(fact)
        return isinstance(value, Number) and value <= most

    return Guard(f"{fact}_at_most_{most}", Text(en, zh), holds, (fact,))


def equals(fact: str, value: object, en: str, zh: str) -> Guard:
    """The fact is known and has just this value."""
    return Guard(f"{fact}_is_{value}", Text(en, zh), lambda facts: facts.get(fact) == value, (fact,))


def is_true(fact: str, en: str, zh: str) -> Guard:
    """The fact is yes; no and unknown both stop."""
    return Guard(fact, Text(en, zh), lambda facts: facts.get(fact) is True, (fact,))


def is_false(fact: str, en: str, zh: str) -> Guard:
    """The fact is no; yes and unknown both stop."""
    return Guard(f"not_{fact}", Text(en, zh), lambda facts: facts.get(fact) is False, (fact,))


def one_of(fact: str, values: Iterable[str], en: str, zh: str) -> Guard:
    """The fact is one of these codes."""
    allowed = frozenset(values)
    return Guard(f"{fact}_named", Text(en, zh), lambda facts: facts.get(fact) in allowed, (fact,))


def given(fact: str, en: str, zh: str) -> Guard:
    """The fact is filled in."""
    return Guard(f"{fact}_given", Text(en, zh), lambda facts: is_filled(facts.get(fact)), (fact,))
