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
from grandunion.work.queries.plans.opening import Opened, records
from grandunion.work.queries.plans.targets import (
    Aim,
    Doubt,
    Published,
    aims_of,
    claims,
    doubts,
    plans,
)

__all__ = [
    "Aim", "Cell", "Doubt", "Figure", "History", "Opened", "Published", "aims_of", "claims", "doubts", "history",
    "indicator", "indicators", "plans", "records", "since", "value", "values",
]  # fmt: skip
