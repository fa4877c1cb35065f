"""Government work reports: numbers in running text, numbers typed by hand, values that changed, and the seal."""

from grandunion.engines.reporting.sealing import FORM, RATIO, Finding, digest, number_of, prove, recounted
from grandunion.engines.reporting.sentences import Number, Piece, Value, change, faults, pieces, rendered
from grandunion.engines.reporting.typed import Typed, placed, typed_numbers
from grandunion.engines.reporting.wording import approximated, habit

__all__ = [
    "FORM", "RATIO", "Finding", "Number", "Piece", "Typed", "Value", "approximated", "change", "digest", "faults",
    "habit", "number_of", "pieces", "placed", "prove", "recounted", "rendered", "typed_numbers",
]  # fmt: skip
