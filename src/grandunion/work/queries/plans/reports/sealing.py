"""What a report says, figure by figure: as it is frozen on signing, and as the papers print it before."""

from collections.abc import Mapping
from datetime import date, datetime

from grandunion.engines.reporting import digest
from grandunion.records.plans import SourceDocument, WorkReport
from grandunion.terms.plans import IndicatorKind, IndicatorPeriod
from grandunion.terms.text import Text
from grandunion.terms.work_reports import SEALED_STATES, Basis
from grandunion.work.queries.plans.reports.body import Body, Chip, Line, Part, body
from grandunion.work.queries.plans.reports.values import told

FORM = "grandunion-report/1"
Content = Mapping[str, object]


def content(report: WorkReport, at: datetime, found: Body | None = None) -> Content:
    """What the report says: as it was frozen if it is signed, otherwise as it stands at this moment."""
    if report.state in SEALED_STATES:
        return report.frozen
    return composed(report, found or body(report, at))


def composed(report: WorkReport, found: Body) -> dict[str, object]:
    """The report with all its figures, definitions and sources, as plain JSON."""
    return {
        "form": FORM, "number": report.number, "scope": report.scope, "year": report.year,
        "area": report.area.code if report.area else "", "template": report.template,
        "title": both(report.title),
        "sections": [_section(part) for part in found.parts],
        "figures": [_figure(line, chip) for line in found.lines for chip in line.chips],
    }  # fmt: skip


def is_sound(report: WorkReport) -> bool:
    """Whether a signed report still is what was signed."""
    return bool(report.digest) and digest(report.frozen) == report.digest


def both(text: Text) -> dict[str, str]:
    """A saying as JSON keeps it."""
    return {"en": text.en, "zh": text.zh}


def _section(part: Part) -> dict[str, object]:
    lines = [_line(one) for one in part.lines]
    return {"code": part.section.code, "title": both(part.section.title), "sentences": lines}


def _line(line: Line) -> dict[str, object]:
    return {"key": line.key, "pattern": both(line.sentence.text), "text": both(line.text)}


def _figure(line: Line, chip: Chip) -> dict[str, object]:
    one = chip.binding
    indicator = one.indicator
    return {
        "key": f"{line.key}.{one.name}", "sentence": line.key, "name": one.name, "basis": one.basis,
        "indicator": indicator.code, "label": both(indicator.name), "definition": both(indicator.definition),
        "unit": both(_unit(chip)), "kind": IndicatorKind(indicator.indicator_kind).value,
        "period": IndicatorPeriod(indicator.period).value, "area": one.area.code if one.area else "",
        **told(chip.number.bound), "style": one.qualifier, "measure": {"en": one.measure_en, "zh": one.measure_zh},
        "said": both(chip.said), "kept_reason": one.kept_reason, **_origin(chip),
    }  # fmt: skip


def _unit(chip: Chip) -> Text:
    claim = chip.binding.claim
    return claim.unit if claim is not None and claim.unit.en else chip.binding.indicator.unit


def _origin(chip: Chip) -> dict[str, object]:
    """Where the number comes from: the claim or target with its document, or the hub's rule and day."""
    one = chip.binding
    if one.basis == Basis.FIGURE:
        figure = chip.figure
        rule = both(figure.rule) if figure is not None and figure.rule else None
        return {
            "code": one.indicator.code, "as_of": one.as_of.isoformat(), "since": _day(figure.since if figure else None),
            "rule": rule, "source": None, "wording": None,
        }  # fmt: skip
    row = one.claim or one.target
    until = row.as_of if one.basis == Basis.CLAIM else row.deadline
    return {
        "code": row.code, "as_of": _day(until) or (row.period if one.basis == Basis.CLAIM else ""), "since": None,
        "rule": None, "source": _source(chip.source), "wording": both(row.wording),
    }  # fmt: skip


def _source(source: SourceDocument) -> dict[str, object]:
    return {"code": source.code, "title": both(source.title)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
