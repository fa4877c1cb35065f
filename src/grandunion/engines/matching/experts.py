"""Which expert knows what a need is about: their own texts against it, with the passages that met it best."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import fmean

import numpy as np

from grandunion.engines.matching.library import Asked, Library, against, together
from grandunion.engines.matching.pieces import STEP, Ground, Met, Part, Score, confidence_of, value_of
from grandunion.terms.text import Text

# How these were found, and on which experts, is told in benchmarks/matching/experts.py.
WEIGHTS = {"words": Decimal("0.32"), "topics": Decimal("0.63"), "meaning": Decimal("0.05")}
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Writing:
    """One text of an expert (an achievement, a paper, an answer given): its index words with repeats, in order.

    `closeness` is how near it is to the need in meaning, 0 to 1; None where meaning cannot be asked.
    """

    key: str
    title: str
    words: tuple[str, ...]
    closeness: float | None = None


@dataclass(frozen=True, slots=True)
class Expert:
    """A person with the texts they stand for."""

    key: str
    writings: tuple[Writing, ...]


def ranked(words: tuple[str, ...], experts: Iterable[Expert], library: Library) -> tuple[tuple[Expert, Score], ...]:
    """The experts for a need, the best first, at equal value the surer, then by key.

    `words` are the index words of the need with repeats.
    """
    asked = library.ask(words)
    scored = [(expert, score(asked, expert, library)) for expert in experts]
    return tuple(sorted(scored, key=lambda pair: (-pair[1].value, -pair[1].confidence, pair[0].key)))


def score(asked: Asked, expert: Expert, library: Library) -> Score:
    """How well an expert's texts meet a need, as three parts of 0 to 1.

    Words and topics: the root of the mean square of how near the expert's texts are to the need, against the same
    over all texts of the library; topics are known from 500 texts on. Meaning: the same mean of the closenesses that
    came with the texts. What is not known lowers the confidence only, and so does an expert without texts.
    """
    found = library.near(asked, (one.words for one in expert.writings))
    values = [against(together(near), usual) for near, usual in zip(found, asked.usual, strict=True)]
    is_known = bool(expert.writings) and bool(asked.words)
    parts = (
        _words(asked.words, expert.writings, found[0], values[0], library) if is_known else _unknown("words"),
        _topics(expert.writings, found[1:], values[1:]) if is_known and values[1:] else _unknown("topics"),
        _meaning(expert.writings),
    )
    return Score(value_of(parts), confidence_of(parts), parts)


def _unknown(code: str) -> Part:
    return Part(code, WEIGHTS[code], None, Text("no texts to compare", "没有可比较的文本"))


def _words(
    asked: tuple[str, ...], writings: tuple[Writing, ...], near: np.ndarray, value: float, library: Library
) -> Part:
    met = tuple(
        Met(", ".join(shared), one.title)
        for one in _best(writings, near)
        if (shared := library.shared(asked, one.words))
    )
    if not met:
        return _part("words", value, Text("no telling word in common", "没有共同的关键词"))
    en = "; ".join(f"“{one.found}” ({one.asked})" for one in met)
    zh = "；".join(f"《{one.found}》（{one.asked}）" for one in met)
    return _part("words", value, Text(f"wrote {en}", f"相关文本：{zh}"), met=met)


def _topics(writings: tuple[Writing, ...], near: list[np.ndarray], values: list[float]) -> Part:
    best = _best(writings, np.mean(near, axis=0))[0]
    grounds = tuple(
        Ground(f"depth_{number}", Decimal(1), _exact(value)) for number, value in enumerate(values, start=1)
    )
    said = Text(f"works on such topics: “{best.title}”", f"研究方向相近：《{best.title}》")
    return _part("topics", fmean(float(ground.value) for ground in grounds), said, grounds, (Met("", best.title),))


def _meaning(writings: tuple[Writing, ...]) -> Part:
    known = [one for one in writings if one.closeness is not None]
    if not known:
        return Part("meaning", WEIGHTS["meaning"], None, Text("meaning not compared", "未作语义比较"))
    near = np.clip([one.closeness for one in known], 0, 1)
    best = _best(tuple(known), near)[0]
    said = Text(f"nearest in meaning: “{best.title}”", f"语义最接近：《{best.title}》")
    return _part("meaning", together(near), said, met=(Met("", best.title, is_meaning=True),))


def _best(writings: tuple[Writing, ...], near: np.ndarray) -> list[Writing]:
    order = sorted(zip(near.tolist(), writings, strict=True), key=lambda pair: (-pair[0], pair[1].key))
    return [one for _, one in order[:SHOWN]]


def _part(code: str, value: float, said: Text, grounds: tuple[Ground, ...] = (), met: tuple[Met, ...] = ()) -> Part:
    return Part(code, WEIGHTS[code], _exact(value), said, grounds, met)


def _exact(value: float) -> Decimal:
    return Decimal(str(round(min(1.0, max(0.0, value)), 4))).quantize(STEP)
