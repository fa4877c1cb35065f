"""Reads plans: figures as of any day, the rows behind them, targets, and what was published."""

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
from grandunion.work.queries.plans.targets import (
    Aim,
    Doubt,
    Line,
    Published,
    aims_of,
    claims,
    doubts,
    overview,
    plans,
    wanted_of,
)

__all__ = [
    "Aim", "Cell", "Doubt", "Figure", "History", "Line", "Opened", "Published", "aims_of", "claims", "doubts",
    "history", "indicator", "indicators", "overview", "plans", "project_of", "records", "since", "value", "values",
    "wanted_of",
]  # fmt: skip
