"""Which known organisation a text means, with its reasons, or that none is meant for sure."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from grandunion.engines.matching.identity.reading import CODES, Figures, readings
from grandunion.engines.matching.identity.registry import Registry
from grandunion.engines.matching.pieces import STEP, Part, Score, confidence_of, value_of
from grandunion.terms.text import Text

# Fitted on one half of 3,000 affiliations of papers and checked on the other (benchmarks/matching/affiliation.py).
WEIGHTS = {
    "name": Decimal("0.29"),
    "together": Decimal("0.19"),
    "alone": Decimal("0.06"),
    "lead": Decimal("0.01"),
    "country": Decimal("0.10"),
    "city": Decimal("0.03"),
    "kind": Decimal("0.16"),
    "only": Decimal("0.02"),
    "school": Decimal("0.03"),
    "rare": Decimal("0.05"),
    "longest": Decimal("0.06"),
}
SURE = Decimal("0.86")  # from here on an answer is given
SHOWN = 5
GOOD = Decimal("0.5")
SAID = {  # what speaks for a name, and what against it
    "name": (Text("the whole name is there", "名称完整出现"), Text("only part of the name is there", "名称仅部分出现")),
    "together": (Text("its words stand together", "用词连续出现"), Text("its words stand apart", "用词分散出现")),
    "alone": (Text("it stands by itself", "名称单独成段"), Text("it stands among other words", "夹杂在其他用词之中")),
    "lead": (Text("no other name is nearer", "没有更接近的名称"), Text("other names are nearer", "其他名称更接近")),
    "country": (Text("same country", "国家一致"), Text("another country is named", "文中写的是另一国家")),
    "city": (Text("its city is named", "所在城市一致"), Text("its city is not named", "未提及所在城市")),
    "kind": (Text("by its own name", "以全称出现"), Text("by its short name only", "仅以简称出现")),
    "only": (Text("nobody else is called so", "无同名单位"), Text("others are called the same", "存在同名单位")),
    "school": (Text("a school or university", "为高校"), Text("not a school or university", "非高校")),
    "rare": (Text("a telling name", "名称有辨识度"), Text("a name of common words", "名称用词常见")),
    "longest": (Text("no longer name fits", "无更长名称相符"), Text("a longer name fits too", "另有更长名称相符")),
}  # fmt: skip
UNSAID = Text("nothing is said of it", "未提及")


@dataclass(frozen=True, slots=True)
class Found:
    """One organisation that may be meant: its key, the name by which it was found, and the score of its parts."""

    key: str
    name: str
    score: Score


@dataclass(frozen=True, slots=True)
class Answer:
    """Who is meant (None where nobody is sure enough), the likeliest in order, and the reason in a sentence."""

    best: Found | None
    ranked: tuple[Found, ...]
    reason: Text


def answer(text: str, registry: Registry, sure: Decimal = SURE) -> Answer:
    """Find who is meant by a name or an address line of at most 2,000 signs, in English or Chinese.

    Every value is the weighted mean of its parts (0 to 1) and can be worked out again from them; an answer is given
    from `sure` on, otherwise `best` is None and `reason` says what is nearest.
    """
    ranked = _ranked(text, registry)
    if not ranked:
        return Answer(None, (), Text("No known organisation has a word in common.", "没有与之相关的已知单位。"))
    first = ranked[0]
    if first.score.value >= sure:
        return Answer(first, ranked, sentence(first))
    return Answer(
        None, ranked,
        Text(f"Nobody for sure; the nearest is {first.name}.", f"无法确定；最接近的是{first.name}。"),
    )  # fmt: skip


def sentence(meant: Found) -> Text:
    """Why this one, in a sentence: what speaks for it, then what speaks against it."""
    known = [part for part in meant.score.parts if part.value is not None]
    good = [part.evidence for part in sorted(known, key=lambda part: -part.share) if part.value >= GOOD][:3]
    poor = [part.evidence for part in sorted(known, key=lambda part: -part.weight) if part.value < GOOD][:2]
    en, zh = ", ".join(t.en for t in good), "，".join(t.zh for t in good)
    if poor:
        en, zh = f"{en}; but {', '.join(t.en for t in poor)}", f"{zh}；但{'，'.join(t.zh for t in poor)}"
    return Text(f"{meant.name}: {en}.", f"{meant.name}：{zh}。")


def _ranked(text: str, registry: Registry) -> tuple[Found, ...]:
    best: dict[int, tuple[float, int, Figures]] = {}
    for at, found in [*readings(text, registry), *_shortened(text, registry)]:
        owner, value = registry.names[at].owner, _mean(found)
        if owner not in best or value > best[owner][0]:
            best[owner] = (value, at, found)
    meant = [
        Found(registry.known[owner].key, registry.names[at].said, score(found))
        for owner, (_, at, found) in best.items()
    ]
    return tuple(sorted(meant, key=lambda one: (-one.score.value, one.key)))[:SHOWN]


def _shortened(text: str, registry: Registry) -> Iterable[tuple[int, Figures]]:
    """A short Chinese name stands for the long one as far as nobody else could be called so."""
    found = registry.shortened(text)
    bearers = len({registry.names[at].owner for at in found})
    for at in found:
        school = float(registry.known[registry.names[at].owner].is_school)
        alone = 1 / bearers
        yield at, (1.0, alone, 1.0, alone, None, None, alone / 2, alone, school, 1.0, 1.0)


def _mean(found: Figures) -> float:
    known = [(weight, value) for weight, value in zip(FLOATS, found, strict=True) if value is not None]
    return sum(weight * value for weight, value in known) / sum(weight for weight, _ in known)


def score(found: Figures) -> Score:
    """The figures of a name as a score of named parts."""
    parts = tuple(_part(code, value) for code, value in zip(CODES, found, strict=True))
    return Score(value_of(parts), confidence_of(parts), parts)


def _part(code: str, value: float | None) -> Part:
    if value is None:
        return Part(code, WEIGHTS[code], None, UNSAID)
    exact = Decimal(str(round(value, 4))).quantize(STEP)
    return Part(code, WEIGHTS[code], exact, SAID[code][exact < GOOD])


FLOATS = tuple(float(WEIGHTS[code]) for code in CODES)
