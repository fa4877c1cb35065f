"""How much two texts have in common: words weighed by how rarely the candidates use them."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from grandunion.engines.matching.pieces import STEP, Offer, Part, Wanted
from grandunion.terms.text import Text

FULL = 0.4  # a text that has four tenths of the wanted words' weight answers the need as well as texts do
SHOWN = 5
LITTLE = Decimal("0.4")


@dataclass(frozen=True, slots=True)
class Corpus:
    """In how many of the candidates each word stands."""

    counts: Counter
    size: int

    def weight(self, word: str) -> float:
        """A word that few candidates use tells more (inverse document frequency, smoothed)."""
        return 1 + math.log((self.size + 1) / (self.counts[word] + 1))


def corpus_of(offers: Iterable[Offer]) -> Corpus:
    """The word counts of a set of candidates."""
    counts: Counter = Counter()
    size = 0
    for offer in offers:
        counts.update(set(offer.words))
        size += 1
    return Corpus(counts, size)


def text_part(wanted: Wanted, offer: Offer, corpus: Corpus, weight: Decimal) -> Part:
    """How much of what is wanted the offer speaks of."""
    asked = dict.fromkeys(wanted.words)
    if not asked or not offer.words:
        return Part("text", weight, None, Text("no text to compare", "没有可比较的文本"))
    has = set(offer.words)
    shared = [word for word in asked if word in has]
    covered = sum(map(corpus.weight, shared)) / sum(map(corpus.weight, asked))
    value = Decimal(str(round(min(1.0, covered / FULL), 4))).quantize(STEP)
    return Part("text", weight, value, _evidence(shared, corpus, is_little=value < LITTLE))


def _evidence(shared: list[str], corpus: Corpus, *, is_little: bool) -> Text:
    if not shared:
        return Text("no telling word in common", "没有共同的关键词")
    runs = sorted(joined(shared), key=lambda run: -max(map(corpus.weight, run[1])))
    words = [word for word, _ in runs]
    en = ", ".join(f"“{word}”" for word in sorted(words, key=lambda word: not word.isascii())[:SHOWN])
    zh = "".join(f"“{word}”" for word in sorted(words, key=str.isascii)[:SHOWN])
    if is_little:
        return Text(f"they share little more than {en}", f"共同之处仅有{zh}等")
    return Text(f"both speak of {en}", f"都提到{zh}")


def joined(words: list[str]) -> list[tuple[str, list[str]]]:
    """Neighbouring pairs of Chinese characters put together again: 超导 and 导磁 and 磁体 read 超导磁体.

    Answers each reading with the words it is made of.
    """
    runs: list[tuple[str, list[str]]] = []
    for word in words:
        if runs and _goes_on(runs[-1][1][-1], word):
            text, pieces = runs[-1]
            runs[-1] = (text + word[-1], [*pieces, word])
        else:
            runs.append((word, [word]))
    return runs


def _goes_on(before: str, word: str) -> bool:
    return len(before) == len(word) == 2 and not word.isascii() and before[-1] == word[0]
