"""Foresees a figure without a pipeline from how it changed month by month.

Method. The changes of the last full months are taken as draws of one distribution (a random walk with drift: Hyndman &
Athanasopoulos, Forecasting, 3rd ed., 5.2): what h months bring has their mean times h, and a variance of theirs times
h (1 + h ÷ n), the second part for the mean itself being known from n months only. The span is that of the normal.
"""

from collections.abc import Sequence
from dataclasses import replace
from statistics import mean, variance

from grandunion.engines.indicators.foreseeing import HIGH, LOW, Coming, Foreseen, Question, Trials, foreseen, unknown
from grandunion.terms.targets import ProjectionMethod
from grandunion.terms.text import Text

LEAST_MONTHS = 6
MONTH = 30.4375  # days
LEFT_OUT = 3  # months that the past is tried on


def trend(changes: Sequence[float], asked: Question) -> Foreseen:
    """The figure on the day asked for, from its changes in each full month past (oldest first; a flow's counts).

    Answers that it is not known for fewer than six months, or where nothing ever changed.
    """
    if len(changes) < LEAST_MONTHS:
        return unknown(
            Text("Too little data: {n} full months; it takes {least}.",
                 "数据不足：仅有 {n} 个完整月份，至少需要 {least} 个月。").fill(n=len(changes), least=LEAST_MONTHS)
        )  # fmt: skip
    if not any(changes):
        return unknown(Text("Nothing changed in the last months: there is no trend to go by.",
                            "近几个月没有变化，无趋势可循。"))  # fmt: skip
    months = (asked.until - max(asked.as_of, asked.since)).days / MONTH
    return replace(foreseen(ProjectionMethod.TREND, asked, _coming(changes, months)), trials=tried(changes))


def _coming(changes: Sequence[float], months: float) -> Coming:
    spread = variance(changes) * months * (1 + months / len(changes))
    return Coming(mean(changes) * months, spread, is_count=False)


def tried(changes: Sequence[float]) -> Trials:
    """The method on the past: each stretch of three months is foreseen from the months before it."""
    held, errors = 0, []
    for cut in range(LEAST_MONTHS, len(changes) - LEFT_OUT + 1):
        came = sum(changes[cut : cut + LEFT_OUT])
        expected = _coming(changes[:cut], LEFT_OUT)
        held += expected.quantile(LOW) <= came <= expected.quantile(HIGH)
        errors.append(abs(expected.mean - came))
    return Trials(len(errors), held, sum(errors) / len(errors) if errors else None)
