"""How well somebody answers a need by what they wrote: the text part of experts among the candidates of a need."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from grandunion.engines.matching.pieces import NOTHING, STEP, Ground, Met, Part, mean_of
from grandunion.engines.matching.topics import Topics
from grandunion.engines.matching.wording import LITTLE, NEAR, joined
from grandunion.terms.text import LANGUAGES, Text

FADING = 0.85  # each further text counts so much of the one before: a few near texts tell most, and more is never less
HALF = 0.045  # so near, the words answer half; one text that repeats the need word by word brings .15
WORDS = Decimal("0.8")  # the share of the words beside the meaning where all texts are in a language of the need
TOPICS = 2 / 3  # of how near a text is, where topics are known; then the meaning tells of unreadable texts alone
KNOWN = 0.3  # a need of which topics know less is compared without them
BY_TOPICS = 0.2  # so near, a text that shares no word with the need is named
SHOWN, WORDS_SHOWN = 3, 5
NEAREST = Decimal("0.25")  # from here on the nearest text is named where no words have met
USUAL, BESIDE, PULL = 0.06, 20, 0.7  # how near texts usually are, as if of so many texts; a need near to all is pulled
USUAL_BY_TOPICS = 0.1
SAME = 1 - 1e-5


@dataclass(frozen=True, slots=True)
class Question:
    """A need as texts are compared with it: its words with repeats (`terms`), how each is written, its languages."""

    words: tuple[str, ...]
    written: Mapping[str, str]
    languages: frozenset[str] = frozenset(LANGUAGES)


@dataclass(frozen=True, slots=True)
class Written:
    """One text of somebody: its words with repeats, its languages, and how near it is to the need in meaning.

    Words can meet only where a text and the need have a language in common; the nearness may not be known.
    """

    key: str
    title: Text
    words: tuple[str, ...]
    closeness: Decimal | None = None
    languages: frozenset[str] = frozenset(LANGUAGES)


class Shelf:
    """All texts of the candidates, made ready once: how rare each word is among them, and in which texts it stands.

    Texts are seen as by `library.Library`: a word weighs the root of its times, by how few of the texts have it. Only
    texts of the candidates count, so that nothing a reader may not see moves the figures.
    """

    def __init__(self, texts: Iterable[Written]) -> None:
        texts = tuple({one.key: one for one in texts}.values())
        counts = Counter(word for one in texts for word in set(one.words))
        self.size, self.words = len(texts), {one.key: one.words for one in texts}
        self._rarity = {word: 1 + math.log((self.size + 1) / (times + 1)) for word, times in counts.items()}
        self._standing: dict[str, list[tuple[str, float]]] = {}
        for one in texts:
            for word, weight in self.weights(one.words).items():
                self._standing.setdefault(word, []).append((one.key, weight))

    def rarity(self, word: str) -> float:
        """What a word weighs; one that no text has is the rarest."""
        return self._rarity.get(word) or 1 + math.log(self.size + 1)

    def weights(self, words: tuple[str, ...]) -> dict[str, float]:
        """A text as a vector of length one, by its words."""
        found = {word: math.sqrt(times) * self.rarity(word) for word, times in Counter(words).items()}
        length = math.sqrt(math.fsum(weight * weight for weight in found.values()))
        return {word: weight / length for word, weight in found.items()}

    def near(self, words: tuple[str, ...]) -> dict[str, float]:
        """How near each text is to these words: cosines, of those texts that share any."""
        met: dict[str, list[float]] = {}
        for word, weight in self.weights(words).items():
            for key, theirs in self._standing.get(word, ()):
                met.setdefault(key, []).append(weight * theirs)
        return {key: math.fsum(products) for key, products in met.items()}


class Compared:
    """One need beside a shelf: how near each text is, and how near texts usually are to this need.

    A text is near by the words it shares with the need and, where topics know the need, twice as much by its topics.
    Of few texts it is not known what is usual; the house's own experience stands beside them.
    """

    def __init__(self, shelf: Shelf, asked: Question, topics: Topics | None = None) -> None:
        self.shelf, self.asked = shelf, asked
        self.has_topics = topics is not None and topics.seen(asked.words).known >= KNOWN
        self._sharing = self._near = shelf.near(asked.words)
        if self.has_topics:
            self._near = _mixed(self._sharing, shelf, asked, topics)
        usual = USUAL_BY_TOPICS if self.has_topics else USUAL
        squares = math.fsum(near * near for near in self._near.values() if near < SAME) + BESIDE * usual * usual
        self.half = HALF * (math.sqrt(squares / (shelf.size + BESIDE)) / usual) ** PULL

    def near(self, one: Written) -> float:
        """How near a text is to the need by its words and topics, 0 to 1."""
        return self._near.get(one.key, 0.0)

    def tells(self, one: Written) -> bool:
        """Whether a text may be named as evidence: it shares words with the need, or its topics are near."""
        return self._sharing.get(one.key, 0.0) > 0 or self.near(one) >= BY_TOPICS

    def shared(self, one: Written) -> tuple[str, ...]:
        """What the need and a text both say, as the need writes it, the most telling first."""
        has = set(one.words)
        common = [word for word in dict.fromkeys(self.asked.words) if word in has]
        runs = sorted(joined(common), key=lambda run: -sum(map(self.shelf.rarity, run[1])))
        return tuple(self.asked.written.get(text, text) for text, _ in runs)


def _mixed(near: Mapping[str, float], shelf: Shelf, asked: Question, topics: Topics) -> dict[str, float]:
    need = topics.seen(asked.words)
    return {
        key: (1 - TOPICS) * near.get(key, 0.0) + TOPICS * topics.near(need, topics.seen(words))
        for key, words in shelf.words.items()
    }


def text_of(compared: Compared, texts: tuple[Written, ...], weight: Decimal) -> Part:
    """The text part of somebody who wrote these texts, all of which stand on the shelf compared.

    Words (with topics, where they are known): how near the texts that can be read are to the need, the nearest first,
    each next counting less. Meaning: the nearest text. The fewer of the texts are in a language of the need, the less
    the words count.
    """
    readable = [one for one in texts if one.words and one.languages & compared.asked.languages]
    meant = [one for one in texts if one.closeness is not None]
    grounds = []
    telling = Decimal(1) if compared.has_topics else WORDS
    share = (telling * len(readable) / len(texts)).quantize(STEP) if texts else NOTHING
    if readable and compared.asked.words:
        value = words_of(sorted(map(compared.near, readable), reverse=True), compared.half)
        grounds.append(Ground("topics" if compared.has_topics else "words", share, value))
    if meant and share < 1:
        nearest = max(one.closeness for one in meant)
        grounds.append(Ground("meaning", 1 - share, min(max(nearest, NOTHING), Decimal(1)).quantize(STEP)))
    if not grounds:
        return Part("text", weight, None, Text("no texts to compare", "没有可比较的文本"))
    value = mean_of(grounds)
    said, met = _evidence(compared, readable, meant, is_little=value < LITTLE)
    return Part("text", weight, value, said, tuple(grounds), met)


def words_of(nearest: list[float], half: float = HALF) -> Decimal:
    """What texts have in common with a need, the nearest first, as one figure from 0 to 1; at `half` it is .5."""
    whole = (1 - FADING) * math.fsum(near * FADING**place for place, near in enumerate(nearest))
    return Decimal(str(round(whole * whole / (whole * whole + half * half), 4))).quantize(STEP)


def _evidence(
    compared: Compared, readable: list[Written], meant: list[Written], *, is_little: bool
) -> tuple[Text, tuple[Met, ...]]:  # fmt: skip
    """The texts that met the need, with the words they share, and the nearest in meaning."""
    best = sorted(filter(compared.tells, readable), key=lambda one: (-compared.near(one), one.key))
    told = [(one, compared.shared(one)[:WORDS_SHOWN]) for one in best[:SHOWN]]
    least = NEAR if told else NEAREST
    near = sorted((one for one in meant if one.closeness >= least), key=lambda one: (-one.closeness, one.key))[:1]
    said = []
    if told:
        en = "; ".join(f"“{one.title.en}”{_in_brackets(words, ', ', ' ({})', _is_han)}" for one, words in told)
        zh = "；".join(f"“{one.title.zh}”{_in_brackets(words, '、', '（{}）', str.isascii)}" for one, words in told)
        opening = Text("nothing nearer than ", "较相关的仅有") if is_little else Text("wrote ", "相关成果与表述：")
        said.append(Text(f"{opening.en}{en}", f"{opening.zh}{zh}"))
    said += [Text(f"close in meaning: “{one.title.en}”", f"含义相近：“{one.title.zh}”") for one in near]
    words = dict.fromkeys(word for _, some in told for word in some)
    titles = dict.fromkeys(one.title for one in (*(one for one, _ in told), *near))
    found = (*(Met(word, word) for word in list(words)[:WORDS_SHOWN]),
             *(Met("", title.zh, is_meaning=True) for title in list(titles)[:SHOWN]))  # fmt: skip
    if not said:
        return Text("little in common", "共同之处很少"), ()
    return Text("; ".join(one.en for one in said), "；".join(one.zh for one in said)), found


def _in_brackets(words: tuple[str, ...], comma: str, brackets: str, last: Callable[[str], bool]) -> str:
    """The words that met, those of the other language last; nothing where only the topics did."""
    return brackets.format(comma.join(sorted(words, key=last))) if words else ""


def _is_han(word: str) -> bool:
    return not word.isascii()
