"""Reads plans: figures as of any day, the rows behind them, targets, and what was published."""

from grandunion.terms.targets import RUNNING
from grandunion.work.queries.plans import claim_columns
from grandunion.work.queries.plans.claims import (
    Doubt,
    Published,
    claim,
    claims,
    claims_for,
    doubts,
    period,
    published,
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
from grandunion.work.queries.plans.pages import (
    CLAIMS,
    TargetPage,
    claimed_years,
    documents,
    regions_with_areas,
    rolled_of_plan,
    target_page,
    who_may_carry,
)
from grandunion.work.queries.plans.reconciling import Disagreed, reconciliation
from grandunion.work.queries.plans.rollup import Rolled, rollup
from grandunion.work.queries.plans.splits import Parts, children, parts_of, revisions, target_facts, whose
from grandunion.work.queries.plans.targets import (
    Aim,
    Line,
    aims,
    aims_of,
    aims_of_plan,
    figure_of_target,
    known_plans,
    overview,
    plan,
    plans,
    said_number,
    target,
    targets_for,
    wanted_of,
)

__all__ = [
    "CLAIMS", "RUNNING", "Aim", "Cell", "Cut", "Disagreed", "Doubt", "Figure", "History", "Line", "Opened",
    "Parts", "Published", "Rolled", "TargetPage", "achievement_of", "aims", "aims_of", "aims_of_plan", "by",
    "children", "claim", "claim_columns", "claimed_years", "claims", "claims_for", "documents", "doubts",
    "due_targets", "event_of", "figure_of_target", "foresee", "history", "indicator", "indicators",
    "known_plans", "overview", "parts_of", "period", "plan", "plans", "project_of", "published",
    "reconciliation", "records", "regions_with_areas", "revisions", "rolled_of_plan", "rollup", "said_by",
    "said_number", "said_when", "series", "since", "target", "target_facts", "target_page", "targets_for",
    "value", "values", "waiting", "wanted_of", "who_may_carry", "whose",
]  # fmt: skip
