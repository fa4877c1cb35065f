"""Indicators, plans and their targets, published claims, and the documents they stand in."""

from grandunion.records.plans.claims import Claim, Concept, Disagreement
from grandunion.records.plans.definitions import Definition, Indicator, SourceDocument
from grandunion.records.plans.ledger import Counted, Cursor
from grandunion.records.plans.reports import (
    Binding,
    Erratum,
    ReportComment,
    ReportSection,
    ReportStyle,
    ReportTemplate,
    Sentence,
    WorkReport,
)
from grandunion.records.plans.returns import Consent, Return, ReturnCycle, ReturnForm
from grandunion.records.plans.targets import Plan, Projection, Target, TargetRevision
from grandunion.records.plans.views import KeptView

__all__ = [
    "Binding", "Claim", "Concept", "Consent", "Counted", "Cursor", "Definition", "Disagreement", "Erratum",
    "Indicator", "KeptView", "Plan", "Projection", "ReportComment", "ReportSection", "ReportStyle", "ReportTemplate",
    "Return", "ReturnCycle", "ReturnForm", "Sentence", "SourceDocument", "Target", "TargetRevision", "WorkReport",
]  # fmt: skip
