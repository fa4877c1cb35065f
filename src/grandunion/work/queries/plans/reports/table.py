"""Every figure of a report as a row: what it says, what it means, how it is counted, where it was read."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from grandunion.records.plans import WorkReport
from grandunion.terms.plans import IndicatorKind, IndicatorPeriod, Operator, Qualifier
from grandunion.terms.readers import Reader
from grandunion.terms.text import NOTHING, Text
from grandunion.terms.work_reports import Basis
from grandunion.work.queries.plans.reports.comparing import text
from grandunion.work.queries.plans.reports.rows import errata
from grandunion.work.queries.plans.reports.sealing import content

HEAD = (
    "key", "指标", "Indicator", "文中表述", "In the text (en)", "数值", "表述", "Qualifier", "单位", "Unit",
    "依据", "Rests on", "代码", "性质", "Kind", "统计期", "Period", "起", "截至", "片区", "定义", "Definition",
    "计算规则", "Counting rule", "来源", "Source", "保留原值的理由", "勘误", "Erratum",
)  # fmt: skip


def figure_rows(report: WorkReport, reader: Reader) -> Iterator[Sequence[object]]:
    """The head, then a row for each figure in its order; both languages side by side."""
    yield HEAD
    corrected = {row.figure: row for row in errata(report)}  # the latest of each figure
    for one in content(report, reader.at)["figures"]:
        row = corrected.get(str(one["key"]))
        now, why = (row.now, row.reason) if row else (NOTHING, NOTHING)
        told = Text(f"{now.en}: {why.en}", f"{now.zh}：{why.zh}") if row else NOTHING
        yield (*_row(one), told.zh, told.en)


def _row(one: Mapping[str, object]) -> Sequence[object]:
    label, said, unit, meant, rule = (text(one[name]) for name in ("label", "said", "unit", "definition", "rule"))
    basis, how = Basis(one["basis"]).text, _how(str(one["qualifier"]))
    kind, period = IndicatorKind(one["kind"]).text, IndicatorPeriod(one["period"]).text
    source = text(one["source"]["title"]) if one["source"] else NOTHING
    return (
        one["key"], label.zh, label.en, said.zh, said.en, None if one["value"] is None else Decimal(one["value"]),
        how.zh, how.en, unit.zh, unit.en, basis.zh, basis.en, one["code"], kind.zh, kind.en, period.zh, period.en,
        one["since"] or "", one["as_of"] or "", one["area"], meant.zh, meant.en, rule.zh, rule.en, source.zh, source.en,
        one["kept_reason"],
    )  # fmt: skip


def _how(code: str) -> Text:
    if Qualifier.has(code):
        return Qualifier(code).text
    return Operator(code).text if Operator.has(code) else Text(code, code)
