"""A target's parts come to the whole, however it is divided."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from grandunion.engines.indicators import divided, split, steps, summed
from grandunion.terms.targets import SplitMethod
from grandunion.terms.verdicts import Invalid

D = Decimal


@given(some.integers(0, 10**9), some.lists(some.integers(0, 50), min_size=1, max_size=12).filter(any))
def test_the_parts_of_any_split_come_to_the_whole(value: int, weights: list[int]) -> None:
    parts = split(D(value), [D(weight) for weight in weights])
    assert sum(parts) == value
    assert all(part == part.to_integral_value() and part >= 0 for part in parts)
    for weight, part in zip(weights, parts, strict=True):
        assert abs(part - D(value) * weight / sum(weights)) < 1


@pytest.mark.parametrize(
    ("method", "given_", "parts"),
    [
        (SplitMethod.EQUAL, [], [34, 33, 33]),
        (SplitMethod.WEIGHTED, [2, 1, 1], [50, 25, 25]),
        (SplitMethod.MANUAL, [60, 30, 5], [60, 30, 5]),
    ],
)
def test_a_target_is_split_equally_by_weights_or_by_hand(method: str, given_: list[int], parts: list[int]) -> None:
    assert divided(D(100), method, [D(one) for one in given_], 3) == tuple(D(part) for part in parts)


@pytest.mark.parametrize("given_", [[D(1), None, D(2)], [D(1), D(2)], [D(-1), D(2), D(3)], [D(0), D(0), D(0)]])
def test_weights_that_say_nothing_are_refused(given_: list[D | None]) -> None:
    with pytest.raises(Invalid):
        divided(D(100), SplitMethod.WEIGHTED, given_, 3)


def test_amounts_are_split_to_the_cent() -> None:
    assert split(D("100.01"), [D(1)] * 3) == (D("33.34"), D("33.34"), D("33.33"))


def test_what_is_missing_is_said() -> None:
    told = summed(D(100), [D(60), D(30)])
    assert (told.missing, told.is_whole) == (D(10), False)
    assert summed(D(100), []).is_whole
    assert summed(D(100), [D(60), D(50)]).missing == -10


def test_a_stock_comes_to_its_target_in_steps() -> None:
    assert steps(D(700), D(1000), 3) == (D(800), D(900), D(1000))
    assert steps(D(0), D(10), 1) == (D(10),)
