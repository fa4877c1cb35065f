"""What a writer can put into a sentence, and what the planner should know about the figures of a report."""

from collections.abc import Iterable
from dataclasses import dataclass

from grandunion.engines.reporting import Number
from grandunion.records.plans import Claim, Indicator, Target, WorkReport
from grandunion.terms.plans import IndicatorKind
from grandunion.terms.readers import Reader
from grandunion.terms.text import Text
from grandunion.terms.work_reports import Basis
from grandunion.work.queries.plans.claims import Published
from grandunion.work.queries.plans.reconciling import reconciliation
from grandunion.work.queries.plans.reports.body import Body
from grandunion.work.queries.plans.reports.values import of_claim, of_target


@dataclass(frozen=True, slots=True)
class Choice:
    """Something a number can rest on: its basis with its code (“claim:province-…”), and what it says."""

    code: str
    text: Text


def choices(report: WorkReport) -> tuple[Choice, ...]:
    """Claims (the report's own level first), targets, then what the hub counts itself."""
    claims = sorted(_claims(), key=lambda one: (one.level != report.scope, one.pk))
    counted = Indicator.objects.filter(is_counted=True).order_by("position", "pk")
    return (
        *(Choice(f"claim:{one.code}", _of_claim(one)) for one in claims),
        *(Choice(f"target:{one.code}", _of_target(one)) for one in _targets()),
        *(Choice(f"figure:{one.code}", _of_figure(one)) for one in counted),
    )


def _claims() -> Iterable[Claim]:
    return Claim.objects.exclude(indicator=None).select_related("indicator", "source").order_by("pk")


def _targets() -> Iterable[Target]:
    return Target.objects.select_related("indicator", "plan").order_by("plan__position", "position", "pk")


def _of_claim(one: Claim) -> Text:
    said = Number("", Basis.CLAIM.value, of_claim(one), Text(one.unit_en, one.unit_zh)).said()
    frame = Text("Published: {name}: {said} ({source}, {time})", "已发布：{name}：{said}（{source}，{time}）")
    return frame.fill(name=one.indicator.name, said=said, source=one.source.code, time=one.as_of or one.period or "—")


def _of_target(one: Target) -> Text:
    said = Number("", Basis.TARGET.value, of_target(one)).said()
    name = one.plan.name if one.indicator.indicator_kind == IndicatorKind.TEXT else one.indicator.name
    return Text("Target: {name}: {said}", "目标：{name}：{said}").fill(name=name, said=said)


def _of_figure(one: Indicator) -> Text:
    return Text("Counted: {name}", "系统计算：{name}").fill(name=one.name)


@dataclass(frozen=True, slots=True)
class Note:
    """What the planner should know of figures: which, why they differ, the sentence, and what was published."""

    family: Text
    cause: Text
    sentence: Text
    claims: tuple[Published, ...]


def notes(body: Body, reader: Reader) -> tuple[Note, ...]:
    """Where published figures disagree that a report uses, or that speak of the same."""
    bound = [chip.binding for line in body.lines for chip in line.chips]
    claims = {one.claim_id for one in bound if one.claim_id}
    indicators = {one.indicator_id for one in bound if one.indicator.indicator_kind != IndicatorKind.TEXT}
    return tuple(
        Note(found.family, found.cause.text, found.sentence, found.claims)
        for found in reconciliation(reader=reader)
        if any(one.claim.pk in claims or one.claim.indicator_id in indicators for one in found.claims)
    )
