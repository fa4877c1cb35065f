"""The indicators of a pack with their dated definitions, and whether they make sense together."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Annotated

from grandunion.adapters.packs.counts import Counts, CountsKind, measure
from grandunion.adapters.packs.desk import Desk
from grandunion.adapters.packs.facts import code, day, one_of, pair, refers, rows, whole
from grandunion.adapters.packs.sheets import Node
from grandunion.terms.counting import Measure, measure_of, measure_written
from grandunion.terms.plans import Direction, IndicatorKind, IndicatorPeriod, Scope
from grandunion.terms.text import Text

FOREVER = date.max


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an indicator meant from one day to another, before its present definition."""

    version: Annotated[int, whole(required=True)]
    valid_from: Annotated[date | None, day()]
    valid_until: Annotated[date | None, day()]
    kind: Annotated[IndicatorKind, one_of(IndicatorKind)]
    period: Annotated[IndicatorPeriod, one_of(IndicatorPeriod)]
    unit: Annotated[Text, pair()]
    definition: Annotated[Text, pair()]
    counts: Annotated[Counts | None, CountsKind(is_required=False)]
    why: Annotated[Text | None, pair(required=False)]


@dataclass(frozen=True, slots=True)
class Indicator:
    """A figure and how it is counted; `counts` is empty where the records cannot tell it."""

    code: Annotated[str, code()]
    name: Annotated[Text, pair()]
    definition: Annotated[Text, pair()]
    unit: Annotated[Text, pair()]
    kind: Annotated[IndicatorKind, one_of(IndicatorKind)]
    direction: Annotated[Direction, one_of(Direction, required=False, empty=Direction.UP)]
    scope: Annotated[Scope, one_of(Scope)]
    period: Annotated[IndicatorPeriod, one_of(IndicatorPeriod)]
    counts: Annotated[Counts | None, CountsKind(is_required=False)]
    why: Annotated[Text | None, pair(required=False)]
    why_uncounted: Annotated[Text | None, pair(required=False)]
    double_count: Annotated[Text | None, pair(required=False)]
    owner: Annotated[Text | None, pair(required=False)]
    version: Annotated[int, whole(empty=1)]
    valid_from: Annotated[date | None, day()]
    valid_until: Annotated[date | None, day()]
    earlier: Annotated[tuple[Meaning, ...], rows(Meaning)]
    source: Annotated[str, refers("sources", required=False)]
    verified_on: Annotated[date | None, day()]

    @property
    def meanings(self) -> tuple["Meaning | Indicator", ...]:
        """Its definitions, the present one last."""
        return *self.earlier, self


def check_indicators(indicators: Sequence[Indicator], desk: Desk) -> None:
    """Every indicator has a rule or says why not; rules, units and validity fit together."""
    known = {one.code: one for one in indicators}
    for one in indicators:
        place = desk.codes["indicators"][one.code]
        _check_told(one, place, desk)
        _check_validity(one, place, desk)
        for meaning in one.meanings:
            if meaning.counts is not None:
                _check_rule(meaning, known, desk)
    _check_circles(known, desk)


def _check_told(one: Indicator, place: Node, desk: Desk) -> None:
    if (one.counts is None) == (one.why_uncounted is None):
        desk.complain(
            place,
            "Write either `counts`, or `why_uncounted_zh` and `why_uncounted_en`.",
            "请填写 counts，或填写 why_uncounted_zh 与 why_uncounted_en，二者择一。",
        )


def _check_validity(one: Indicator, place: Node, desk: Desk) -> None:
    versions = [meaning.version for meaning in one.meanings]
    if len(set(versions)) != len(versions):
        desk.complain(place, "Two definitions have the same version.", "两个定义的版本号相同。")
    spans = sorted((each.valid_from or date.min, each.valid_until or FOREVER) for each in one.meanings)
    if any(until <= since for since, until in spans):
        desk.complain(place, "A definition ends before it begins.", "定义的失效日早于生效日。")
    for (_, until), (since, _) in pairwise(spans):
        if since < until:
            desk.complain(
                place,
                f"Two definitions are valid on {since}. End the earlier one there with valid_until.",
                f"{since} 有两个定义同时有效，请用 valid_until 结束前一定义。",
            )


def _check_rule(meaning: Meaning | Indicator, known: Mapping[str, Indicator], desk: Desk) -> None:
    counts = meaning.counts
    if counts.is_ratio != (meaning.kind is IndicatorKind.RATIO):
        desk.complain(counts.node, "A ratio, and only a ratio, has of: and to:.", "只有比率指标才填写 of 与 to。")
    elif counts.is_ratio:
        _check_ratio(meaning, known, desk)
    elif (found := measure(counts.rule)) is not measure_of(meaning.unit):
        unit = meaning.unit
        desk.complain(
            counts.node,
            f"What is counted is {found.text.en.lower()}, and the unit is “{unit.en}”. Write the unit that fits.",
            f"计算结果为{found.text.zh}，而单位为“{unit.zh}”，请填写相符的单位。",
        )
    is_moment = meaning.period is IndicatorPeriod.MOMENT
    if meaning.kind in (IndicatorKind.STOCK, IndicatorKind.FLOW) and is_moment != (meaning.kind is IndicatorKind.STOCK):
        desk.complain(
            counts.node,
            "A stock holds at a moment; a flow needs a period (month, quarter, half, year, cumulative).",
            "存量指标的统计期为 moment；流量指标须填写统计期。",
        )


def _check_ratio(meaning: Meaning | Indicator, known: Mapping[str, Indicator], desk: Desk) -> None:
    rule, node = meaning.counts.rule, meaning.counts.node
    of, to = (known[str(rule[name])].unit for name in ("of", "to"))
    if rule.get("per"):
        return
    if measure_of(of) is not measure_of(to):
        desk.complain(
            node,
            f"“{of.en}” and “{to.en}” are different units. Write per: true if so much of one for each other is meant.",
            f"“{of.zh}”与“{to.zh}”单位不同；如确为“每……”之比，请填写 per: true。",
        )
    if measure_of(meaning.unit) is not Measure.SHARE:
        desk.complain(node, "A ratio's unit is percent.", "比率的单位应为 %。")


def _check_circles(known: Mapping[str, Indicator], desk: Desk) -> None:
    """No ratio leads back to itself."""
    for one in known.values():
        seen, ahead = {one.code}, _parts(one)
        while ahead:
            code_ = ahead.pop()
            if code_ == one.code:
                desk.complain(
                    one.counts.node if one.counts else desk.codes["indicators"][one.code],
                    f"The ratio “{one.code}” is made of itself. Change of: or to:.",
                    f"比率“{one.code}”循环引用自身，请修改 of 或 to。",
                )
                break
            if code_ not in seen and code_ in known:
                seen.add(code_)
                ahead += _parts(known[code_])


def _parts(one: Indicator) -> list[str]:
    ratios = [meaning.counts.rule for meaning in one.meanings if meaning.counts is not None and meaning.counts.is_ratio]
    return [str(rule[name]) for rule in ratios for name in ("of", "to")]


def check_published(units: Iterable[tuple[str, Text, Text]], desk: Desk) -> None:
    """A published figure measures what its indicator does; `units` are (claim, its unit, its indicator's)."""
    for claim, unit, wanted in units:
        if unit.zh and measure_written(unit.zh) is not measure_of(wanted):
            desk.complain(
                desk.codes["claims"][claim],
                f"The unit “{unit.en}” does not measure what its indicator does (“{wanted.en}”).",
                f"单位“{unit.zh}”与指标单位“{wanted.zh}”不是同一类。",
            )
