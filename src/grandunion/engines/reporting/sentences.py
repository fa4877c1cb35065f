"""Sentences with numbers in them: their parts, their text in either language, and what is wrong with them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from grandunion.engines.reporting.typed import TOKEN, placed, typed_numbers
from grandunion.engines.reporting.wording import approximated, habit
from grandunion.terms.plans import Qualifier
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.work_reports import Basis, BoundChange, Fault

MISSING = "［?］"
LARGE = re.compile(r"^[A-Z](?=[a-z]|\s)")
FIRST = re.compile(r"^(\W*)([a-z])")


@dataclass(frozen=True, slots=True)
class Value:
    """What a number in the text rests on at one moment: its value and how exact it is (a code of `Qualifier`, for a
    target of `Operator`), or the words of a target that has none."""

    value: Decimal | None = None
    qualifier: str = Qualifier.EXACTLY.value
    words: Text = NOTHING

    @property
    def is_there(self) -> bool:
        """Whether there is anything to say."""
        return self.value is not None or bool(self.words.en or self.words.zh)


@dataclass(frozen=True, slots=True)
class Number:
    """A number bound into a sentence: its basis, the value as last checked, and how it is said.

    `style` is how a counted value is said (a code of `Qualifier`); claims and targets carry their own.
    """

    name: str
    basis: str
    bound: Value
    measure: Text = NOTHING
    style: str = Qualifier.EXACTLY.value

    def said(self) -> Text:
        """The number as each language says it; of a target in words, the words as they go on within a sentence."""
        if self.bound.value is None:
            words = self.bound.words
            said = Text(LARGE.sub(_small, words.en.rstrip(". ")), words.zh.rstrip("。 "))
            return said if self.bound.is_there else Text("[?]", MISSING)
        value, how = self.bound.value, self.bound.qualifier
        if self.basis == Basis.FIGURE:
            value, how = approximated(value, self.style)
        return habit(value, how, self.measure, is_aim=self.basis == Basis.TARGET)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: plain words, a bound number (`name`), or a number typed by hand (`is_typed`)."""

    text: str
    name: str = ""
    is_typed: bool = False
    is_justified: bool = False


def rendered(text: str, numbers: Mapping[str, Number], language: str) -> str:
    """The sentence with its numbers; an English one begins with a capital."""
    whole = TOKEN.sub(lambda found: _said(found.group(1), numbers, language), text)
    return _capital(whole) if language == "en" else whole


def pieces(
    text: str, numbers: Mapping[str, Number], language: str, justified: Collection[str] = ()
) -> tuple[Piece, ...]:
    """The sentence cut into words, bound numbers and numbers typed by hand."""
    marks = [(one.start(), one.end(), one.group(1), "") for one in TOKEN.finditer(text)]
    marks += [(one.start, one.end, "", one.text) for one in typed_numbers(text, language)]
    found, at = [], 0
    for start, end, name, typed in sorted(marks):
        if start > at:
            found.append(Piece(text[at:start]))
        said = _said(name, numbers, language) if name else text[start:end]
        if language == "en" and not found:
            said = _capital(said)
        found.append(Piece(said, name, bool(typed), typed in justified))
        at = end
    return (*found, Piece(text[at:])) if at < len(text) else tuple(found)


def faults(
    text: Text, numbers: Collection[str], changes: Mapping[str, BoundChange], justified: Collection[str]
) -> tuple[Fault, ...]:
    """What is wrong with a sentence: numbers typed by hand, values that changed, languages that do not agree.

    `numbers` are the names it may use, `changes` what became of each value since it was checked.
    """
    found = []
    typed = [one.text for language in ("zh", "en") for one in typed_numbers(text.in_(language), language)]
    if any(one not in justified for one in typed):
        found.append(Fault.TYPED)
    if any(change in (BoundChange.CHANGED, BoundChange.GONE) for change in changes.values()):
        found.append(Fault.STALE)
    zh, en = set(placed(text.zh)), set(placed(text.en))
    if not text.zh.strip() or not text.en.strip() or zh != en or not zh <= set(numbers):
        found.append(Fault.GAP)
    return tuple(found)


def change(bound: Value, current: Value, kept: Value | None) -> BoundChange:
    """What has become of a value since it was last checked; one kept with a reason is stale again when it moves on."""
    if _same(bound, current):
        return BoundChange.SAME
    if not current.is_there:
        return BoundChange.GONE
    return BoundChange.KEPT if kept is not None and _same(kept, current) else BoundChange.CHANGED


def _same(one: Value, other: Value) -> bool:
    if one.value is None or other.value is None:
        return one.value is other.value and one.words == other.words
    return (one.value, one.qualifier) == (other.value, other.qualifier)


def _said(name: str, numbers: Mapping[str, Number], language: str) -> str:
    return numbers[name].said().in_(language) if name in numbers else MISSING


def _small(found: re.Match) -> str:
    return found.group().lower()


def _capital(text: str) -> str:
    return FIRST.sub(lambda found: found.group(1) + found.group(2).upper(), text, count=1)
