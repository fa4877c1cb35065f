"""How well somebody answers a need by what they wrote: the text part of experts among the candidates of a need."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from grandunion.engines.matching.pieces import NOTHING, STEP, Ground, Met, Part, mean_of
from grandunion.engines.matching.wording import NEAR, joined
from grandunion.terms.text import Text

FADING = 0.8  # each further text counts four fifths of the one before, so that a few near texts tell most
HALF = 0.08  # so near, the words answer half; one text that repeats the need word by word brings .2
WORDS = Decimal("0.7")  # the share of the words beside the meaning where all texts are in a language of the need
SHOWN, WORDS_SHOWN = 3, 5
LITTLE = 1e-9


@dataclass(frozen=True, slots=True)
class Question:
    """A need as texts are compared with it: its words with repeats (`terms`), and how each is written there."""

    words: tuple[str, ...]
    written: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """One text of somebody: its words with repeats, and how near it is to the need in meaning, if that is known.

    `is_readable`: it is in a language of the need, so that words can meet at all.
    """

    key: str
    title: Text
    words: tuple[str, ...]
    closeness: Decimal | None = None
    is_readable: bool = True


@dataclass(frozen=True, slots=True)
class _Row:
    """A text as a vector of length one, by its words."""

    weights: Mapping[str, float]
    length: float


class Shelf:
    """All texts of the candidates for one need: how rare each word is among them, and how near each text is.

    Texts are seen as by `library.Library`: a word weighs the root of its times, by how few of the texts have it. Only
    texts of the candidates count, so that nothing a reader may not see moves the figures.
    """

    def __init__(self, asked: Question, texts: Iterable[Written]) -> None:
        self.asked = asked
        self._texts = {one.key: one for one in texts}
        counts = Counter(word for one in self._texts.values() for word in set(one.words))
        most = len(self._texts) + 1
        self._rarity = {word: 1 + math.log(most / (times + 1)) for word, times in counts.items()}
        self._rarest = 1 + math.log(most)
        self._need = self._row(asked.words)
        self._near = {key: self._nearness(one) for key, one in self._texts.items()}

    def rarity(self, word: str) -> float:
        return self._rarity.get(word, self._rarest)

    def _row(self, words: tuple[str, ...]) -> _Row:
        weights = {word: math.sqrt(times) * self.rarity(word) for word, times in Counter(words).items()}
        return _Row(weights, math.sqrt(math.fsum(weight * weight for weight in weights.values())))

    def _nearness(self, one: Written) -> float:
        """The cosine of a text and the need."""
        row = self._row(one.words)
        shared = (weight * row.weights[word] for word, weight in self._need.weights.items() if word in row.weights)
        return math.fsum(shared) / max(row.length * self._need.length, LITTLE)

    def near(self, one: Written) -> float:
        """How near a text's words are to the need's, 0 to 1."""
        return self._near[one.key]

    def shared(self, one: Written) -> tuple[str, ...]:
        """What the need and a text both say, as the need writes it, the most telling first."""
        has = set(one.words)
        common = [word for word in dict.fromkeys(self.asked.words) if word in has]
        runs = sorted(joined(common), key=lambda run: -max(map(self.rarity, run[1])))
        return tuple(self.asked.written.get(text, text) for text, _ in runs)


def text_of(shelf: Shelf, texts: tuple[Written, ...], weight: Decimal) -> Part:
    """The text part of somebody who wrote these texts, all of which stand on the shelf.

    Words: what the texts that can be read share with the need, the nearest first, each next counting less. Meaning:
    the nearest text. The fewer of the texts are in a language of the need, the less the words count.
    """
    readable = [one for one in texts if one.is_readable and one.words]
    meant = [one for one in texts if one.closeness is not None]
    grounds = []
    share = (WORDS * len(readable) / len(texts)).quantize(STEP) if texts else NOTHING
    if readable and shelf.asked.words:
        grounds.append(Ground("words", share, words_of(sorted(map(shelf.near, readable), reverse=True))))
    if meant:
        nearest = max(one.closeness for one in meant)
        grounds.append(Ground("meaning", 1 - share, min(max(nearest, NOTHING), Decimal(1)).quantize(STEP)))
    if not grounds:
        return Part("text", weight, None, Text("no texts to compare", "没有可比较的文本"))
    said, met = _evidence(shelf, readable, meant)
    return Part("text", weight, mean_of(grounds), said, tuple(grounds), met)


def words_of(nearest: list[float]) -> Decimal:
    """What texts have in common with a need, the nearest first, as one figure from 0 to 1."""
    whole = (1 - FADING) * math.fsum(near * FADING**place for place, near in enumerate(nearest))
    return Decimal(str(round(whole * whole / (whole * whole + HALF * HALF), 4))).quantize(STEP)


def _evidence(shelf: Shelf, readable: list[Written], meant: list[Written]) -> tuple[Text, tuple[Met, ...]]:
    """The texts that met the need, with the words they share, and the nearest in meaning."""
    by_words = sorted((one for one in readable if shelf.near(one) > 0), key=lambda one: (-shelf.near(one), one.key))
    told = [(one, shelf.shared(one)[:WORDS_SHOWN]) for one in by_words[:SHOWN]]
    near = sorted((one for one in meant if one.closeness >= NEAR), key=lambda one: (-one.closeness, one.key))[:1]
    said = []
    if told:
        en = "; ".join(f"“{one.title.en}” ({', '.join(words)})" for one, words in told)
        zh = "；".join(f"“{one.title.zh}”（{'、'.join(words)}）" for one, words in told)
        said.append(Text(f"wrote {en}", f"相关成果与表述：{zh}"))
    said += [Text(f"close in meaning: “{one.title.en}”", f"含义相近：“{one.title.zh}”") for one in near]
    words = dict.fromkeys(word for _, some in told for word in some)
    titles = dict.fromkeys(one.title for one in (*(one for one, _ in told), *near))
    met = (*(Met(word, word) for word in list(words)[:WORDS_SHOWN]),
           *(Met("", title.zh, is_meaning=True) for title in list(titles)[:SHOWN]))  # fmt: skip
    if not said:
        return Text("no telling word in common", "没有共同的关键词"), met
    return Text("; ".join(one.en for one in said), "；".join(one.zh for one in said)), met
