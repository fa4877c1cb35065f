"""Imports: what a file would bring, before anything is written."""

from grandunion.work.queries.upkeep.imports.examining import Examination, examine
from grandunion.work.queries.upkeep.imports.kinds import KINDS, Kind, kind_of

__all__ = ["KINDS", "Examination", "Kind", "examine", "kind_of"]
