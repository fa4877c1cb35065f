"""An answer of the workbench as plain values, every figure with what it is made of, for programs and the console."""

from collections.abc import Mapping

from grandunion.engines.matching import NAMES, Part
from grandunion.terms.matches import Market
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid
from grandunion.work.queries.matches.bench import Bench, Line, Record, markets_for
from grandunion.work.queries.matches.weights import as_kept, plan_of

MOST_WEIGHTS = 40


def explained(record: Record, found: Bench, weights: Mapping[str, object] | None = None) -> dict[str, object]:
    """The answer with the weights that counted; sayings stay Text, figures Decimal."""
    return {
        "number": record.number,
        "market": found.market,
        "markets": found.markets,
        "weights": as_kept(plan_of(found.market, weights).weights),
        "is_reweighed": found.is_changed,
        "compared": found.compared,
        "items": [_line(one) for one in found.lines],
        "excluded": [_line(one) for one in found.excluded],
        "notes": found.missing,
    }


def _line(one: Line) -> dict[str, object]:
    score = one.score
    rulings = [{"code": r.code, "sign": r.sign, "reason": r.reason, "asks": r.asks} for r in score.rulings]
    return {
        "place": one.place, "was": one.was, "kind": one.kind, "number": one.number, "title": one.title,
        "owner": one.owner, "value": score.value, "confidence": score.confidence, "sentence": one.sentence,
        "parts": [_part(part) for part in score.parts], "constraints": rulings, "excluded": score.excluded,
        "asks": score.asks,
    }  # fmt: skip


def _part(part: Part) -> dict[str, object]:
    return {
        "code": part.code, "name": NAMES[part.code], "weight": part.weight, "value": part.value,
        "evidence": part.evidence,
        "grounds": [{"code": one.code, "weight": one.weight, "value": one.value} for one in part.grounds],
        "met": [{"asked": one.asked, "found": one.found, "is_meaning": one.is_meaning} for one in part.met],
    }  # fmt: skip


def market_from(code: str, record: Record) -> Market | None:
    """The market asked for by its code, None where none is; refuses one on which the record does not stand."""
    if not code:
        return None
    known = {one.value: one for one in markets_for(record)}
    if code not in known:
        said = Text(f"It stands on: {', '.join(known)}.", f"可选类型：{'、'.join(known)}。")
        raise invalid("market", said.en, said.zh)
    return known[code]


def weights_from(written: str) -> dict[str, str] | None:
    """Weights as they are typed, `part:weight` with commas between; None where nothing is."""
    if not written:
        return None
    pairs = [one.partition(":") for one in written.split(",")]
    if len(pairs) > MOST_WEIGHTS or any(not weight.strip() for _, _, weight in pairs):
        raise invalid("weights", "Write weights like text:40,maturity:20.", "请按 text:40,maturity:20 的格式填写权重。")
    return {part.strip(): weight.strip() for part, _, weight in pairs}
