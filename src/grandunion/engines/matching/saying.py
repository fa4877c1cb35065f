"""Says a score as a technology manager would: what speaks for it, what against, what is not known."""

from collections.abc import Iterable

from grandunion.engines.matching.markets import PARTS
from grandunion.engines.matching.pieces import Part, Score
from grandunion.engines.matching.wording import LITTLE
from grandunion.terms.text import Text, listed

GOOD, FAIR, POOR = 60, 35, LITTLE * 100
STRONGEST, UNKNOWN = 3, 3
NAMES = PARTS


def sentence(score: Score) -> Text:
    """One sentence for the person who decides; an excluded pair says why, and what to confirm."""
    if score.excluded is not None:
        asks = score.asks
        return (
            score.excluded if asks is None else Text(f"{score.excluded.en} {asks.en}", f"{score.excluded.zh}{asks.zh}")
        )
    known = [part for part in score.parts if part.value is not None]
    strong = sorted((part for part in known if part.value * 100 >= POOR), key=lambda part: -part.share)[:STRONGEST]
    weak = [part for part in known if part.value * 100 < POOR]
    opening = _opening(score)
    said = [_after(opening, strong)] if strong else [_nothing()]
    if weak:
        said.append(Text(f"But: {_join(weak, 'en')}", f"但{_join(weak, 'zh')}"))
    if missing := [part for part in score.parts if part.value is None]:
        said.append(_unknown(missing))
    return Text(". ".join(text.en for text in said) + ".", "。".join(text.zh for text in said) + "。")


def _after(opening: Text, strong: list[Part]) -> Text:
    return Text(f"{opening.en}{_join(strong, 'en')}", f"{opening.zh}{_join(strong, 'zh')}")


def _unknown(missing: list[Part]) -> Text:
    """The heaviest of what is not known, by name."""
    heaviest = sorted(missing, key=lambda part: -part.weight)[:UNKNOWN]
    names = listed(PARTS[part.code] for part in missing if part in heaviest)
    return Text("Not known: {names}", "尚不清楚：{names}").fill(names=names)


def _opening(score: Score) -> Text:
    """How warmly it is recommended; where the texts have nothing in common, it says that only the rest fits."""
    value = score.value * 100
    text = next((part for part in score.parts if part.code == "text" and part.value is not None), None)
    if value >= FAIR and text is not None and text.value < LITTLE and not text.met:
        return Text("Only the conditions fit: ", "仅条件相符：")
    if value >= GOOD:
        return Text("Worth introducing: ", "建议对接：")
    return Text("Worth a look: ", "可以一看：") if value >= FAIR else Text("Far-fetched: ", "关联较弱：")


def _nothing() -> Text:
    return Text("Little speaks for it", "缺少匹配依据")


def _join(parts: Iterable[Part], language: str) -> str:
    return ("; " if language == "en" else "；").join(part.evidence.in_(language) for part in parts)
