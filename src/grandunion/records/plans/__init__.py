"""Indicators, plans and their targets, published claims, and the documents they stand in."""

from grandunion.records.plans.claims import Claim, Disagreement
from grandunion.records.plans.definitions import Indicator, SourceDocument
from grandunion.records.plans.reports import (
    Binding,
    Erratum,
    ReportComment,
    ReportSection,
    ReportTemplate,
    Sentence,
    WorkReport,
)
from grandunion.records.plans.targets import Plan, Target

__all__ = [
    "Binding", "Claim", "Disagreement", "Erratum", "Indicator", "Plan", "ReportComment", "ReportSection",
    "ReportTemplate", "Sentence", "SourceDocument", "Target", "WorkReport",
]  # fmt: skip
