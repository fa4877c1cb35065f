"""How the words two texts share and the nearness of their meaning become one figure.

Convex, not by ranks: on sentences an equal-weight fusion of ranks loses up to a third of the first places. The
fewer words are asked, the more the words themselves tell. Where the two texts are in one language the words are worth
as much as the meaning (most patents of the same class come first from .5 to .7); across languages there are few.
"""

from collections.abc import Iterable
from decimal import Decimal

from grandunion.engines.matching.pieces import ALL, NOTHING, STEP, Ground, mean_of

# The share of the words by how many terms are asked; a sentence of more terms leaves them one tenth.
SHARES = {0: Decimal("0.5"), 1: Decimal("0.5"), 2: Decimal("0.4"), 3: Decimal("0.35"), 4: Decimal("0.3")}
SENTENCE = Decimal("0.1")
ONE_LANGUAGE = Decimal("0.5")


def terms_of(words: Iterable[str]) -> int:
    """How many terms a text asks with: a Latin word is one, two overlapping pairs of characters are about one."""
    words = tuple(words)
    latin = sum(word.isascii() for word in words)
    return latin + (len(words) - latin + 1) // 2


def share_of_words(terms: int, *, is_one_language: bool = False) -> Decimal:
    """What the shared words count for beside the meaning, 0 to 1."""
    return ONE_LANGUAGE if is_one_language else SHARES.get(terms, SENTENCE)


def value_fused(words: Decimal | None, meaning: Decimal | None, share: Decimal) -> Decimal | None:
    """The value that `fused` gives, without its figures; `share` is that of the words."""
    if meaning is None:
        return None if words is None else words.quantize(STEP)
    meaning = min(max(meaning, NOTHING), ALL).quantize(STEP)
    return meaning if words is None else (share * words.quantize(STEP) + (1 - share) * meaning).quantize(STEP)


def fused(
    words: Decimal | None, meaning: Decimal | None, terms: int, *, is_one_language: bool = False
) -> tuple[Decimal | None, tuple[Ground, ...]]:
    """One value of shared words and nearness of meaning, with the figures it is made of.

    `is_one_language` where what met in meaning is in the language that asked. Where one of the two is not known the
    other stands alone; where neither is, there is no value.
    """
    share = share_of_words(terms, is_one_language=is_one_language)
    grounds = []
    if words is not None:
        grounds.append(Ground("words", share, words.quantize(STEP)))
    if meaning is not None:
        grounds.append(Ground("meaning", 1 - share, min(max(meaning, NOTHING), ALL).quantize(STEP)))
    return mean_of(grounds), tuple(grounds)
