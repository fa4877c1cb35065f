"""Keeps indicators, plans, targets, published claims and their documents, out of the pack."""

from collections.abc import Iterable, Mapping

from grandunion.records.plans import Claim, Disagreement, Indicator, Plan, SourceDocument, Target

Values = Mapping[str, object]


def put_document(code: str, values: Values) -> tuple[SourceDocument, bool]:
    """Create a published document or bring it up to date; answers it and whether it is new."""
    return SourceDocument.objects.update_or_create(code=code, defaults=dict(values))


def put_indicator(code: str, values: Values) -> tuple[Indicator, bool]:
    """Create an indicator's definition or bring it up to date."""
    return Indicator.objects.update_or_create(code=code, defaults=dict(values))


def put_plan(code: str, values: Values) -> tuple[Plan, bool]:
    """Create a plan or bring it up to date; `source` is its document."""
    return Plan.objects.update_or_create(code=code, defaults=dict(values))


def put_target(code: str, values: Values) -> tuple[Target, bool]:
    """Create a plan's target or bring it up to date; codes of targets are unique in the hub."""
    return Target.objects.update_or_create(code=code, defaults=dict(values))


def put_claim(code: str, values: Values) -> tuple[Claim, bool]:
    """Create a published figure or bring it up to date."""
    return Claim.objects.update_or_create(code=code, defaults=dict(values))


def put_disagreement(code: str, values: Values, claims: Iterable[Claim]) -> tuple[Disagreement, bool]:
    """Create a disagreement with its claims or bring it up to date."""
    row, is_new = Disagreement.objects.update_or_create(code=code, defaults=dict(values))
    row.claims.set(claims)
    return row, is_new
