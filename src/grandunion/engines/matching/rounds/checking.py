"""What cannot be a round: keys that are nobody's, loads that contradict each other, pairs forced too often."""

from collections import Counter
from collections.abc import Iterator

import numpy as np

from grandunion.engines.matching.rounds.pieces import FORBIDDEN, FORCED, STEPS, Member, Pair, RoundPlan
from grandunion.terms.text import Text
from grandunion.terms.verdicts import Problem

SHOWN = 20


def plan_problems(plan: RoundPlan) -> tuple[Problem, ...]:
    """What is wrong with members and slots, and who is forced into more meetings than they take."""
    return (*_doubled(plan), *_loads(plan), *_slots(plan), *_forced(plan))


def pair_problems(
    pairs: tuple[Pair, ...], first: np.ndarray, second: np.ndarray, worth: np.ndarray, constraint: np.ndarray
) -> tuple[Problem, ...]:
    """What is wrong with the pairs, the first twenty of each kind; the columns have −1 for a key that is nobody's."""
    wrong = (
        (
            (first < 0) | (second < 0),
            Text("{a} and {b}: one of the two is not in the round.", "{a}与{b}：其中一方不在本轮名单中。"),
        ),
        (
            (worth < 0) | (worth > STEPS),
            Text("{a} and {b}: the value has to lie between 0 and 1.", "{a}与{b}：分值应在 0 到 1 之间。"),
        ),
        (
            (constraint < FORBIDDEN) | (constraint > FORCED),
            Text("{a} and {b}: the constraint is −1, 0 or +1.", "{a}与{b}：约束只能为 −1、0 或 +1。"),
        ),
        (_is_repeated(first, second), Text("{a} and {b} stand in the list twice.", "{a}与{b}重复出现。")),
    )
    return tuple(
        Problem("pairs", text.fill(a=pairs[n].key_a, b=pairs[n].key_b))
        for is_wrong, text in wrong
        for n in np.flatnonzero(is_wrong)[:SHOWN]
    )


def _is_repeated(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    order = np.lexsort((second, first))
    again = np.zeros(len(order), bool)
    same = (np.diff(first[order]) == 0) & (np.diff(second[order]) == 0)
    again[order[1:][same]] = True
    return again


def _doubled(plan: RoundPlan) -> Iterator[Problem]:
    for field, keys in (
        ("members", [member.key for member in (*plan.firsts, *plan.seconds)]),
        ("slots", [slot.key for slot in plan.slots]),
    ):
        for key, times in Counter(keys).items():
            if times > 1:
                yield Problem(field, Text(f"{key} is there twice: give each its own key.", f"{key} 重复：编号须唯一。"))


def _loads(plan: RoundPlan) -> Iterator[Problem]:
    for member in (*plan.firsts, *plan.seconds):
        if not 0 <= member.min_load <= member.max_load:
            yield _problem(
                member,
                "{name}: the least number of meetings has to lie between 0 and the most.",
                "{name}：最少场次应在 0 与最多场次之间。",
            )


def _slots(plan: RoundPlan) -> Iterator[Problem]:
    known = {slot.key for slot in plan.slots}
    for slot in plan.slots:
        if slot.tables is not None and slot.tables < 0:
            said = Text("{name}: the number of tables cannot be below 0.", "{name}：洽谈桌数不能小于 0。")
            yield Problem("slots", said.fill(name=slot.name))
    for member in (*plan.firsts, *plan.seconds):
        if unknown := sorted(member.not_free - known):
            said = Text("{name}: there is no slot {slot}.", "{name}：没有时段 {slot}。")
            yield Problem("members", said.fill(name=member.name, slot=unknown[0]))


def _forced(plan: RoundPlan) -> Iterator[Problem]:
    forced = [pair for pair in plan.pairs if pair.constraint == FORCED]
    loads = Counter(key for pair in forced for key in (pair.key_a, pair.key_b))
    for member in (*plan.firsts, *plan.seconds):
        if loads[member.key] > member.max_load:
            yield _problem(
                member,
                "{name} is set down for {forced} fixed meetings but takes {most} at most.",
                "{name}已指定 {forced} 场会面，但最多只接受 {most} 场。",
                forced=loads[member.key],
                most=member.max_load,
            )


def _problem(member: Member, en: str, zh: str, **values: object) -> Problem:
    return Problem("members", Text(en, zh).fill(name=member.name, **values))
