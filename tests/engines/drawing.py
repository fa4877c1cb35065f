"""Examples drawn cheaply: one draw for a choice, a list or an amount, where hypothesis would make several of each."""

from collections.abc import Sequence
from decimal import Decimal
from string import ascii_letters

from hypothesis import strategies as st

from grandunion.terms.money import Money


def one_of(*things: object) -> st.SearchStrategy:
    """Nothing half the time, or one of these."""
    return st.sampled_from([*[None] * len(things), *things])


def some_of(things: Sequence, most: int) -> st.SearchStrategy[tuple]:
    """Up to so many of these, in any order and any of them again: a word is drawn, each letter of which is one."""
    letters = ascii_letters[: len(things)]
    return st.text(letters, max_size=most).map(lambda word: tuple(things[letters.index(letter)] for letter in word))


def figures(most: int, places: int) -> st.SearchStrategy[Decimal]:
    """Decimals from nought to `most`."""
    return st.integers(0, most * 10**places).map(lambda number: Decimal(number).scaleb(-places))


MONEY = st.none() | st.builds(Money, figures(10**7, places=2), st.sampled_from(["CNY", "USD"]))
