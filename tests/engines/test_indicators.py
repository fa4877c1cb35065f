"""Figures stand to targets, are said and compared as a planning officer would, and small cells stay hidden."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from grandunion.engines.indicators import (
    LEAST,
    Said,
    agreement,
    masked,
    met,
    progress,
    qualified,
    standing,
    worst,
    written,
)
from grandunion.terms.plans import Agreement, Operator, Qualifier, TargetState
from grandunion.terms.text import Text

NUMBERS = some.decimals(min_value=0, max_value=10**12, places=2)
SAYINGS = some.builds(Said, some.integers(1, 30).map(Decimal), some.sampled_from(Qualifier))


@pytest.mark.parametrize(
    ("value", "operator", "target", "is_met", "part"),
    [
        (7000, ">", 10000, False, "0.700"),
        (10000, ">", 10000, False, "0.999"),
        (10001, ">", 10000, True, "1.000"),
        (1000, "=", 1000, True, "1.000"),
        (1200, "=", 1000, True, "1.200"),
        (9999, ">=", 10000, False, "0.999"),
        (3, "<=", 4, True, "1.000"),
        (5, "<=", 4, False, "0.800"),
        (0, ">", 50, False, "0.000"),
        (None, ">", 50, None, None),
        (50, "", None, None, None),
    ],
)
def test_progress_is_the_part_of_the_target_that_is_reached(
    value: int | None, operator: str, target: int | None, is_met: bool | None, part: str | None
) -> None:
    figure, wanted = (None if number is None else Decimal(number) for number in (value, target))
    assert met(figure, operator, wanted) is is_met
    assert progress(figure, operator, wanted) == (None if part is None else Decimal(part))


@given(NUMBERS, some.sampled_from(Operator), NUMBERS)
def test_progress_never_says_all_before_the_target_is_met(value: Decimal, operator: str, target: Decimal) -> None:
    assert (progress(value, operator, target) >= 1) == met(value, operator, target)


def test_a_target_is_missed_only_after_its_deadline() -> None:
    last = date(2025, 12, 31)
    asked = Decimal(7000), ">", Decimal(10000), last
    assert standing(*asked, on=last) == TargetState.SHORT
    assert standing(*asked, on=date(2026, 1, 1)) == TargetState.MISSED
    assert standing(Decimal(10001), ">", Decimal(10000), last, date(2027, 1, 1)) == TargetState.MET
    assert standing(None, ">", Decimal(10000), last, date(2027, 1, 1)) == TargetState.UNKNOWN


@pytest.mark.parametrize(
    ("value", "qualifier", "en", "zh"),
    [
        ("10000", "nearly", "nearly 10,000", "近1万"),
        ("800", "over", "over 800", "800余"),
        ("70000", "over", "over 70,000", "超7万"),
        ("846", "exactly", "846", "846"),
        ("60", "at_least", "at least 60", "不少于60"),
        ("30000000000", "exactly", "30 billion", "300亿"),
        ("3000000", "exactly", "3 million", "300万"),
        ("12345", "exactly", "12,345", "12,345"),
        ("8.22", "exactly", "8.22", "8.22"),
        ("940000000.00", "exactly", "940 million", "9.4亿"),
    ],
)
def test_a_published_figure_is_said_as_each_language_says_it(value: str, qualifier: str, en: str, zh: str) -> None:
    assert qualified(Decimal(value), qualifier) == Text(en, zh)


@given(NUMBERS)
def test_writing_a_number_loses_nothing(value: Decimal) -> None:
    said = written(value)
    units = {" billion": 10**9, " million": 10**6, "亿": 10**8, "万": 10**4}
    for text in (said.en, said.zh):
        name = next((unit for unit in units if text.endswith(unit)), "")
        assert Decimal(text.removesuffix(name).replace(",", "")) * units.get(name, 1) == value


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((846, "exactly"), (800, "over"), Agreement.COMPATIBLE),
        ((846, "exactly"), (846, "exactly"), Agreement.SAME),
        ((10000, "nearly"), (10000, "over"), Agreement.CONTRADICT),
        ((36, "exactly"), (28, "exactly"), Agreement.CONTRADICT),
        ((60, "over"), (60, "exactly"), Agreement.CONTRADICT),
        ((60, "at_least"), (60, "exactly"), Agreement.COMPATIBLE),
        ((60, "over"), (70, "over"), Agreement.COMPATIBLE),
    ],
)
def test_figures_contradict_when_no_number_fits_both(one: tuple, other: tuple, expected: Agreement) -> None:
    assert agreement(Said(Decimal(one[0]), one[1]), Said(Decimal(other[0]), other[1])) == expected


def fits(number: Decimal, said: Said) -> bool:
    """The slow, obvious reading of a qualifier."""
    return {
        "exactly": number == said.value,
        "over": number > said.value,
        "at_least": number >= said.value,
        "nearly": said.value * 9 / 10 <= number < said.value,
    }[said.qualifier]


@given(SAYINGS, SAYINGS)
def test_the_slow_reading_agrees(one: Said, other: Said) -> None:
    tried = (Decimal(n) / 20 for n in range(20 * 32))
    can_both = any(fits(number, one) and fits(number, other) for number in tried)
    assert (agreement(one, other) == Agreement.CONTRADICT) == (not can_both)
    assert agreement(one, other) == agreement(other, one)


def test_the_worst_of_many_is_what_a_reader_is_warned_of() -> None:
    assert worst([Said(Decimal(9), "exactly")]) == Agreement.SAME
    assert worst([Said(Decimal(n), "exactly") for n in (9, 9)]) == Agreement.SAME
    assert worst([Said(Decimal(846), "exactly"), Said(Decimal(800), "over"), Said(Decimal(7), "exactly")]) == (
        Agreement.CONTRADICT
    )


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([12, 3, 40], {0, 1}),
        ([3, 2, 40], {0, 1}),
        ([1, 2, 40, 9], {0, 1, 3}),  # the sum less 49 would tell of three records together
        ([0, 5, 6], set()),
        ([4], {0}),
        ([0, 4], {1}),
        ([], set()),
    ],
)
def test_small_cells_are_hidden_and_cannot_be_worked_out(counts: list[int], hidden: set[int]) -> None:
    assert masked(counts) == hidden


@given(some.lists(some.integers(0, 30)))
def test_no_small_cell_is_ever_shown_nor_hidden_alone(counts: list[int]) -> None:
    hidden = masked(counts)
    assert all(count == 0 or count >= LEAST or place in hidden for place, count in enumerate(counts))
    assert len(hidden) != 1 or sum(counts) == counts[next(iter(hidden))]
    together = sum(counts[place] for place in hidden)  # what the sum less all that is shown tells
    assert not hidden or together >= LEAST or together == sum(counts)
