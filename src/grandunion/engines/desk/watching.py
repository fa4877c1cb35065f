"""Which offices are watched: what they did with needs, held against published thresholds."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from grandunion.terms.needs import WatchMeasure
from grandunion.terms.text import Text


@dataclass(frozen=True, slots=True)
class Figures:
    """What an office did in a period, as counts of assignments; `scores` are the ratings 1–5 of needs it answered."""

    asked: int
    late: int  # answered after they were due, or still open though due
    expired: int
    passed_on: int
    scores: tuple[int, ...] = ()

    def of(self, measure: WatchMeasure) -> tuple[Decimal | None, int]:
        """The measure (shares from 0 to 1, satisfaction from 1 to 5; None of nothing) and how many it rests on."""
        if measure is WatchMeasure.SATISFACTION:
            count = len(self.scores)
            return (Decimal(sum(self.scores)) / count if count else None), count
        counts = {WatchMeasure.LATE: self.late, WatchMeasure.EXPIRED: self.expired,
                  WatchMeasure.PASSED_ON: self.passed_on}  # fmt: skip
        return (Decimal(counts[measure]) / self.asked if self.asked else None), self.asked


@dataclass(frozen=True, slots=True)
class Threshold:
    """A published threshold: from `value` on (satisfaction: from it downwards) an office is watched.

    It says nothing of an office with fewer than `minimum` cases.
    """

    code: str
    measure: WatchMeasure
    value: Decimal
    minimum: int

    @property
    def said(self) -> Text:
        """From where on an office is watched."""
        border = _said(self.measure, self.value)
        if self.measure is WatchMeasure.SATISFACTION:
            return Text(f"{border} and below", f"不高于 {border}")
        return Text(f"{border} and above", f"不低于 {border}")


@dataclass(frozen=True, slots=True)
class Crossing:
    """What a threshold says of an office: crossed or not, or None where there is too little to say."""

    threshold: Threshold
    value: Decimal | None
    count: int
    is_crossed: bool | None

    @property
    def says(self) -> Text:
        """The sentence for the page."""
        name = self.threshold.measure.text
        if self.is_crossed is None:
            few = Text(
                f"{self.count} of at least {self.threshold.minimum}",
                f"{self.count} 件，不足 {self.threshold.minimum} 件",
            )
            return Text(f"{name.en}: too few to say ({few.en})", f"{name.zh}：样本不足（{few.zh}）")
        found, border = (_said(self.threshold.measure, value) for value in (self.value, self.threshold.value))
        return Text(f"{name.en}: {found} (threshold {border}, {self.count} cases)",
                    f"{name.zh}：{found}（阈值 {border}，共 {self.count} 件）")  # fmt: skip


def judged(figures: Figures, thresholds: Iterable[Threshold]) -> tuple[Crossing, ...]:
    """What every threshold says of the office, in the order published. An office is watched if any is crossed."""
    return tuple(_crossing(figures, threshold) for threshold in thresholds)


def _crossing(figures: Figures, threshold: Threshold) -> Crossing:
    value, count = figures.of(threshold.measure)
    if value is None or count < threshold.minimum:
        return Crossing(threshold, value, count, None)
    is_low = threshold.measure is WatchMeasure.SATISFACTION
    return Crossing(threshold, value, count, value <= threshold.value if is_low else value >= threshold.value)


def _said(measure: WatchMeasure, value: Decimal | None) -> str:
    if value is None:
        return "–"
    return f"{value:.1f}" if measure is WatchMeasure.SATISFACTION else f"{value * 100:.0f}%"
