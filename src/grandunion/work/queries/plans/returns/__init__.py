"""Reads periodic returns: forms, what is owed, one with what it is compared with, and what was reported in sum."""

from grandunion.work.queries.plans.returns.comparing import Line, counted_by_hub, lines
from grandunion.work.queries.plans.returns.consents import agreed, asking, consents, holding, of_organisation, own
from grandunion.work.queries.plans.returns.forms import fields_of, form, forms, instructions_of, schedule_of
from grandunion.work.queries.plans.returns.listing import RETURNS
from grandunion.work.queries.plans.returns.owed import Owed, owed_by, owing
from grandunion.work.queries.plans.returns.page import ReturnPage, Sheet, due_said, lateness, page, sheet, spread
from grandunion.work.queries.plans.returns.reported import (
    Reported,
    Sum,
    Summary,
    lately,
    reported,
    said,
    spans,
    summary,
)
from grandunion.work.queries.plans.returns.rows import before, facts, get, values_of, visible_to
from grandunion.work.queries.plans.returns.sheets import form_rows, many_rows, read_form, read_many, write_many

__all__ = [
    "RETURNS", "Line", "Owed", "Reported", "ReturnPage", "Sheet", "Sum", "Summary", "agreed", "asking", "before",
    "consents", "counted_by_hub", "due_said", "facts", "fields_of", "form", "form_rows", "forms", "get",
    "holding", "instructions_of", "lately", "lateness", "lines", "many_rows", "of_organisation", "owed_by", "owing",
    "own", "page", "read_form", "read_many", "reported", "said", "schedule_of", "sheet", "spans", "spread",
    "summary", "values_of", "visible_to", "write_many",
]  # fmt: skip
