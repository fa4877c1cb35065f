"""Says a score as a technology manager would: what speaks for it, what against, what is not known."""

from collections.abc import Iterable

from grandunion.engines.matching.pieces import Part, Score
from grandunion.engines.matching.wording import LITTLE
from grandunion.terms.text import Text

GOOD, FAIR, POOR = 60, 35, LITTLE * 100
STRONGEST = 3
NAMES = {
    "text": Text("description", "文本描述"),
    "classification": Text("field", "领域"),
    "maturity": Text("maturity", "成熟度"),
    "budget": Text("price", "价格"),
    "freshness": Text("date", "更新时间"),
    "place": Text("area", "片区"),
}


def sentence(score: Score) -> Text:
    """One sentence for the person who decides; an excluded pair says why it is excluded."""
    if score.excluded is not None:
        return score.excluded
    known = [part for part in score.parts if part.value is not None]
    strong = sorted((part for part in known if part.value * 100 >= POOR), key=lambda part: -part.share)[:STRONGEST]
    weak = [part for part in known if part.value * 100 < POOR]
    missing = [part for part in score.parts if part.value is None]
    opening = _opening(score)
    said = (
        [Text(f"{opening.en}{_join(strong, 'en')}", f"{opening.zh}{_join(strong, 'zh')}")] if strong else [_nothing()]
    )
    if weak:
        said.append(Text(f"But: {_join(weak, 'en')}", f"但{_join(weak, 'zh')}"))
    if missing:
        names = [NAMES[part.code] for part in missing]
        said.append(Text(f"Not known: {', '.join(n.en for n in names)}", f"尚不清楚：{'、'.join(n.zh for n in names)}"))
    return Text(". ".join(text.en for text in said) + ".", "。".join(text.zh for text in said) + "。")


def _opening(score: Score) -> Text:
    value = score.value * 100
    if value >= GOOD:
        return Text("Worth introducing: ", "建议对接：")
    return Text("Worth a look: ", "可以一看：") if value >= FAIR else Text("Far-fetched: ", "关联较弱：")


def _nothing() -> Text:
    return Text("Little speaks for it", "缺少匹配依据")


def _join(parts: Iterable[Part], language: str) -> str:
    return ("; " if language == "en" else "；").join(part.evidence.in_(language) for part in parts)
