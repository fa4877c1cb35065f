"""Reads plans: figures as of any day, the rows behind them, targets, and what was published."""

from grandunion.work.queries.plans.claims import (
    Doubt,
    Published,
    claim,
    claims,
    claims_for,
    doubts,
    said_by,
    said_when,
)
from grandunion.work.queries.plans.figures import (
    Cell,
    Figure,
    History,
    history,
    indicator,
    indicators,
    since,
    value,
    values,
)
from grandunion.work.queries.plans.opening import Opened, project_of, records
from grandunion.work.queries.plans.reconciling import Disagreed, reconciliation
from grandunion.work.queries.plans.rollup import Rolled, rollup
from grandunion.work.queries.plans.targets import (
    Aim,
    Line,
    aims,
    aims_of,
    overview,
    plan,
    plans,
    target,
    targets_for,
    wanted_of,
)

__all__ = [
    "Aim", "Cell", "Disagreed", "Doubt", "Figure", "History", "Line", "Opened", "Published", "Rolled", "aims",
    "aims_of", "claim", "claims", "claims_for", "doubts", "history", "indicator", "indicators", "overview",
    "plan", "plans", "project_of", "reconciliation", "records", "rollup", "said_by", "said_when", "since",
    "target", "targets_for", "value", "values", "wanted_of",
]  # fmt: skip
