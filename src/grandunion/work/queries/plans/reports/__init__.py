"""Reads work reports: the list, one report with its live numbers, last year's beside it, its papers and evidence."""

from grandunion.work.queries.plans.reports.body import Body, Chip, Line, Part, body
from grandunion.work.queries.plans.reports.comparing import Compared, compared
from grandunion.work.queries.plans.reports.evidence import evidence, proofs_of, public_evidence, refuse_file, verify
from grandunion.work.queries.plans.reports.papers import MEDIA, WRITERS, File, paper, report_file
from grandunion.work.queries.plans.reports.picking import Choice, Note, choices, notes
from grandunion.work.queries.plans.reports.rows import (
    LISTING,
    awaiting,
    before,
    comments,
    errata,
    get,
    published,
    sentence,
    signers,
    template,
    templates,
    visible_to,
    wrote,
)
from grandunion.work.queries.plans.reports.sealing import composed, content, is_sound
from grandunion.work.queries.plans.reports.styles import Place, place, places, style_bytes, style_of
from grandunion.work.queries.plans.reports.table import figure_rows

__all__ = [
    "LISTING", "MEDIA", "WRITERS", "Body", "Chip", "Choice", "Compared", "File", "Line", "Note", "Part", "Place",
    "awaiting", "before", "body", "choices", "comments", "compared", "composed", "content", "errata", "evidence",
    "figure_rows", "get", "is_sound", "notes", "paper", "place", "places", "proofs_of", "public_evidence", "published",
    "refuse_file", "report_file", "sentence", "signers",
    "style_bytes", "style_of", "template", "templates", "verify", "visible_to", "wrote",
]  # fmt: skip
