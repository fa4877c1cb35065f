"""Indicators and instalments as lines that people read and write."""

from collections.abc import Iterable

from grandunion.engines.trials import Line, as_line, plain
from grandunion.engines.trials import indicators as indicators_of
from grandunion.engines.trials import instalments as instalments_of
from grandunion.records.scenarios import Challenge, Instalment, Opportunity
from grandunion.terms.scenarios import Operator
from grandunion.work.queries.scenarios.rows import challenge_rows, opportunity_rows


def written(indicator: object) -> str:
    """A threshold as one writes it: ≥ 95 %."""
    return f"{Operator(indicator.operator).text.en} {plain(indicator.threshold)} {indicator.unit}".strip()


def lines_of(record: Opportunity | Challenge) -> str:
    """What a record asks for, one indicator a line, as its form takes it."""
    rows = opportunity_rows(record) if isinstance(record, Opportunity) else challenge_rows(record)
    return "\n".join(
        as_line(one.name_pair, Operator(one.operator), one.threshold, one.unit, one.test_pair,
                is_required=one.is_required)
        for one in rows.indicators
    )  # fmt: skip


def lines(wanted: Iterable[Line]) -> str:
    """Indicators just read, as the lines they are kept as."""
    return "\n".join(
        as_line(one.name, one.operator, one.threshold, one.unit, one.test, is_required=one.is_required)
        for one in wanted
    )


def instalment_lines(rows: Iterable[Instalment]) -> str:
    """Instalments, one a line."""
    said = (" / ".join(dict.fromkeys(part for part in (one.milestone_zh, one.milestone_en) if part)) for one in rows)
    return "\n".join(f"{name} | {one.amount} | {one.due_on}" for name, one in zip(said, rows, strict=True))


__all__ = ["indicators_of", "instalment_lines", "instalments_of", "lines", "lines_of", "written"]
