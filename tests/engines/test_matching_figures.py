"""What of a text must be there for a figure to be found, judged against the search for figures itself."""

import random

from grandunion.engines.matching import measured, trace_of
from grandunion.engines.matching.measures import UNITS

WORDS = ("LM317", "GB/T 34670-2017", "h2o", "IEC-61508", "超导", "of", "ISO 9001", "Ab3.4-x", "２Ｎ５４０１")


def bare(text: str) -> bytes:
    """The letters and digits of a text, small and put together."""
    return "".join(sign for sign in text.lower() if sign.isascii() and sign.isalnum()).encode()


def written(dice: random.Random) -> str:
    """A measure as somebody may write it."""
    amount = dice.choice((f"{dice.randrange(10**6):,}", f"{dice.uniform(0, 5000):.{dice.randrange(4)}f}"))
    return f"{amount}{dice.choice(('', ' '))}{dice.choice(list(UNITS))}"


def test_every_figure_that_is_found_leaves_its_trace_in_the_text() -> None:
    dice = random.Random(4)  # noqa: S311 - texts, not secrets
    seen = 0
    for _ in range(4000):
        text = dice.choice((" ", "，", "/", "-")).join(
            dice.choice((written(dice), dice.choice(WORDS))) for _ in range(dice.randrange(1, 5))
        )
        for figure in measured(text):
            seen += 1
            assert trace_of(figure) in bare(text), (figure, text)
    assert seen > 4000


def test_the_trace_is_the_same_in_every_unit_of_ten() -> None:
    assert trace_of(measured("1.2 kV")[0]) == trace_of(measured("1200 V")[0]) == b"12"
    assert trace_of(measured("2 h")[0]) == b"", "minutes and hours are not tens of seconds: nothing can be ruled out"
    assert trace_of(measured("GB/T 34670-2017")[0]) == b"gbt34670"
