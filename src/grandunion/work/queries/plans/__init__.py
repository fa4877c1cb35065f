"""Reads plans: figures as of any day, the rows behind them, targets, and what was published."""

from grandunion.work.queries.plans import claim_columns
from grandunion.work.queries.plans.claims import (
    Doubt,
    Published,
    claim,
    claims,
    claims_for,
    doubts,
    period,
    said_by,
    said_when,
    waiting,
)
from grandunion.work.queries.plans.figures import (
    Cell,
    Cut,
    Figure,
    History,
    by,
    history,
    indicator,
    indicators,
    series,
    since,
    value,
    values,
)
from grandunion.work.queries.plans.foreseeing import due_targets, foresee
from grandunion.work.queries.plans.opening import Opened, achievement_of, event_of, project_of, records
from grandunion.work.queries.plans.reconciling import Disagreed, reconciliation
from grandunion.work.queries.plans.rollup import Rolled, rollup
from grandunion.work.queries.plans.splits import Parts, children, parts_of, revisions, target_facts, whose
from grandunion.work.queries.plans.targets import (
    Aim,
    Line,
    aims,
    aims_of,
    figure_of_target,
    overview,
    plan,
    plans,
    target,
    targets_for,
    wanted_of,
)

__all__ = [
    "Aim", "Cell", "Cut", "Disagreed", "Doubt", "Figure", "History", "Line", "Opened", "Parts", "Published",
    "Rolled", "achievement_of", "aims", "aims_of", "by", "children", "claim", "claim_columns", "claims",
    "claims_for", "doubts", "due_targets", "event_of", "figure_of_target", "foresee", "history", "indicator",
    "indicators", "overview", "parts_of", "period", "plan", "plans", "project_of", "reconciliation", "records",
    "revisions", "rollup", "said_by", "said_when", "series", "since", "target", "target_facts", "targets_for",
    "value", "values", "waiting", "wanted_of", "whose",
]  # fmt: skip
