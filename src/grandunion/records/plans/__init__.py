"""Indicators, plans and their targets, published claims, and the documents they stand in."""

from grandunion.records.plans.claims import Claim, Disagreement
from grandunion.records.plans.definitions import Indicator, SourceDocument
from grandunion.records.plans.targets import Plan, Target

__all__ = ["Claim", "Disagreement", "Indicator", "Plan", "SourceDocument", "Target"]
