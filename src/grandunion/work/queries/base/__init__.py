"""What every read shares: the one door to rows, and lists that can be filtered, sorted and exported."""

from grandunion.work.queries.base.listing import Column, Filter, Listing, Page, Question
from grandunion.work.queries.base.rows import access_of, one, visible

__all__ = ["Column", "Filter", "Listing", "Page", "Question", "access_of", "one", "visible"]
