"""Learns what each reason counts for on a market from what came of past suggestions, within narrow guards.

The method: a logistic regression of the outcome on the parts, without negative weights, pulled to the weights in
force (ridge); a spoken reason for declining moves the pull towards its part. One step changes no weight by more
than a tenth, and it is only proposed if it ranks held-out later decisions clearly better. Nothing is overwritten: the
answer carries both sets, and the house may go back to the earlier one.
Source: Hoerl and Kennard 1970 (ridge); decisions are split by time, since suggestions are made by earlier weights.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from grandunion.engines.matching.learning_fitting import Sample, fitted, ranking, surety, within
from grandunion.engines.matching.learning_reasons import (
    NEUTRAL,
    PART_OF,
    Contradiction,
    is_spoken_for,
)
from grandunion.terms.text import Text
from grandunion.terms.verdicts import YES, Verdict, no

LEAST, LEAST_OF_EACH, LEAST_HELD = 80, 20, 5  # decisions; of each outcome; of each outcome among the held-out
HELD_SHARE = 0.3  # the latest decisions, on which the effect is measured
MOST_CHANGE = 0.10  # of any weight in one step
SURE = 1.0  # standard errors by which the held-out ranking has to be better
SPOKEN = 0.5  # how far the pull moves if every decision named a part
PLACES = Decimal("0.0001")
GOOD, BAD = ("success", "introduced"), ("declined", "failed")


@dataclass(frozen=True, slots=True)
class Decision:
    """What came of one suggestion: the values of its parts at that time (None: unknown), and how it ended.

    `outcome` is success, introduced (both sides accepted, still open), declined or failed; `reason` a
    DeclineReason or FailReason code.
    """

    key: str
    on: date
    values: Mapping[str, Decimal | None]
    outcome: str
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Quality:
    """How well a set of weights ranks the held-out decisions.

    `auc`: how often a good outcome stands above a bad one; `precision`: share of good ones in the top quarter.
    """

    auc: Decimal
    precision: Decimal


@dataclass(frozen=True, slots=True)
class Counts:
    """The decisions: learned from, held out, good and bad among both, and left aside because they tell nothing."""

    learned: int
    held: int
    good: int
    bad: int
    aside: int


@dataclass(frozen=True, slots=True)
class PartChange:
    """What became of one weight: `named` is how many declined or failed for a reason that speaks of it."""

    code: str
    before: Decimal
    after: Decimal
    named: int
    why: Text


@dataclass(frozen=True, slots=True)
class Learned:
    """The answer: whether to propose `weights`, which equal `before` where the verdict is no."""

    verdict: Verdict
    before: Mapping[str, Decimal]
    weights: Mapping[str, Decimal]
    changes: tuple[PartChange, ...]
    counts: Counts
    quality_before: Quality | None = None
    quality_after: Quality | None = None
    contradictions: tuple[Contradiction, ...] = ()


def learn(decisions: Iterable[Decision], weights: Mapping[str, Decimal]) -> Learned:
    """Better weights of one market from its past decisions, or the present ones with the reason why not.

    `weights` name every part of the market; they are taken in proportion and answered as shares that add up to
    1, in ten-thousandths. The same decisions have the same answer in whatever order they come.
    """
    before = shares(weights)
    ordered = sorted(decisions, key=lambda one: (one.on, one.key))
    told = [one for one in ordered if tells(one)]
    first, held = _split(told)
    counts = Counts(len(first), len(held), _good(told), len(told) - _good(told), len(ordered) - len(told))
    if not (verdict := _enough(told, held)):
        return Learned(verdict, before, before, (), counts)
    sample, check = (_sample(part, before) for part in (first, held))
    named = _named(first, before)
    target = _pulled(before, first)
    start = _array(before)
    found = within(fitted(sample, target), start, MOST_CHANGE)
    after = _rounded(before, found)
    old, new = (_quality(check, one) for one in (before, after))
    verdict = _better(before, after, old, new, surety(check, *(_array(one) for one in (before, after))))
    kept = after if verdict else before
    changes = tuple(_change(code, before[code], after[code], named.get(code, 0)) for code in before)
    return Learned(verdict, before, kept, changes, counts, old, new, _contradictions(first, before))


def shares(weights: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """Weights as shares that add up to 1, in ten-thousandths."""
    total = sum(weights.values(), Decimal(0))
    return _rounded(weights, np.array([float(weight / total) for weight in weights.values()]))


def tells(decision: Decision) -> bool:
    """Whether the outcome says anything about the fit; a need that is solved elsewhere says nothing."""
    return decision.outcome in GOOD or (decision.outcome in BAD and decision.reason not in NEUTRAL)


def _split(told: list[Decision]) -> tuple[list[Decision], list[Decision]]:
    held = round(len(told) * HELD_SHARE)
    return told[: len(told) - held], told[len(told) - held :]


def _good(decisions: list[Decision]) -> int:
    return sum(one.outcome in GOOD for one in decisions)


def _enough(told: list[Decision], held: list[Decision]) -> Verdict:
    good, held_good = _good(told), _good(held)
    if len(told) < LEAST or min(good, len(told) - good) < LEAST_OF_EACH:
        return no(
            f"Too little to learn from: {len(told)} decisions, {good} of them good; at least {LEAST} are needed, "
            f"{LEAST_OF_EACH} good and {LEAST_OF_EACH} not.",
            f"可供学习的数据不足：共 {len(told)} 条结果，其中成功 {good} 条；至少需要 {LEAST} 条，"
            f"成功与未成各不少于 {LEAST_OF_EACH} 条。",
        )
    if min(held_good, len(held) - held_good) < LEAST_HELD:
        return no(
            f"The latest decisions are too much alike to try new weights on: {held_good} good, "
            f"{len(held) - held_good} not; at least {LEAST_HELD} of each are needed.",
            f"最近的结果过于单一，无法检验新权重：成功 {held_good} 条，未成 {len(held) - held_good} 条；"
            f"各至少需要 {LEAST_HELD} 条。",
        )
    return YES


def _sample(decisions: list[Decision], codes: Iterable[str]) -> Sample:
    """The decisions in arrays; an introduction that is still open and one that failed later count half."""
    values = [[_number(one.values.get(code)) for code in codes] for one in decisions]
    good = [one.outcome in GOOD for one in decisions]
    heft = [1.0 if one.outcome in ("success", "declined") else 0.5 for one in decisions]
    return Sample(np.array(values), np.array(good), np.array(heft))


def _number(value: Decimal | None) -> float:
    return float("nan") if value is None else float(value)


def _named(decisions: list[Decision], codes: Iterable[str]) -> dict[str, int]:
    parts = [PART_OF.get(one.reason) for one in decisions if one.outcome in BAD]
    return {code: parts.count(code) for code in codes}


def _pulled(before: Mapping[str, Decimal], decisions: list[Decision]) -> np.ndarray:
    """The weights in force, moved towards the parts that were named and did fit badly."""
    spoken = np.array([sum(is_spoken_for(one, code) for one in decisions) for code in before], float)
    pull = SPOKEN * spoken / len(decisions)
    start = _array(before)
    return (start + pull) / (1 + pull.sum())


def _contradictions(decisions: list[Decision], codes: Iterable[str]) -> tuple[Contradiction, ...]:
    found = [Contradiction.of(code, [one for one in decisions if one.outcome in BAD]) for code in codes]
    return tuple(one for one in found if one is not None)


def _rounded(codes: Iterable[str], found: np.ndarray) -> dict[str, Decimal]:
    """Ten-thousandths that add up to 1 exactly: the remainder goes to those cut off the most."""
    steps = np.floor(found * 10_000 + 1e-9).astype(int)
    order = np.argsort(-(found * 10_000 - steps), kind="stable")
    steps[order[: 10_000 - int(steps.sum())]] += 1
    return {code: (Decimal(int(step)) * PLACES).quantize(PLACES) for code, step in zip(codes, steps, strict=True)}


def _array(weights: Mapping[str, Decimal]) -> np.ndarray:
    return np.array([float(weight) for weight in weights.values()])


def _quality(check: Sample, weights: Mapping[str, Decimal]) -> Quality:
    auc, precision = ranking(check, _array(weights))
    return Quality(Decimal(str(round(auc, 4))), Decimal(str(round(precision, 4))))


def _better(before: Mapping, after: Mapping, old: Quality, new: Quality, sure: float) -> Verdict:
    if before == after:
        return no("The decisions agree with the weights in force.", "历史结果与现行权重一致，无需调整。")
    if sure < SURE or new.precision < old.precision:
        return no(
            f"Other weights would not clearly rank the latest decisions better: {new.auc} against {old.auc}, "
            f"in the top quarter {new.precision} against {old.precision}.",
            f"新权重对最近结果的排序并无明显改善：{new.auc}（现行 {old.auc}），"
            f"前四分之一命中率 {new.precision}（现行 {old.precision}）。",
        )
    return YES


def _change(code: str, before: Decimal, after: Decimal, named: int) -> PartChange:
    if before == after:
        why = Text("stays as it is", "保持不变")
    elif after > before:
        why = Text("told good from bad more than it counted for", "区分成败的作用大于现有权重")
    else:
        why = Text("told good from bad less than it counted for", "区分成败的作用小于现有权重")
    if named:
        why = Text("{why}; named {named} times when declining", "{why}；谢绝时提及 {named} 次").fill(
            why=why, named=named
        )
    return PartChange(code, before, after, named, why)
