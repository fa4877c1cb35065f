"""What every read shares: the one door to rows, and lists that can be filtered, sorted and exported."""

from grandunion.work.queries.base.listing import Column, Filter, Listing, Page, Question
from grandunion.work.queries.base.rows import (
    Held,
    access_of,
    along,
    by_code,
    held,
    one,
    opened,
    opened_of,
    reading_once,
    visible,
)

__all__ = [
    "Column",
    "Filter",
    "Held",
    "Listing",
    "Page",
    "Question",
    "access_of",
    "along",
    "by_code",
    "held",
    "one",
    "opened",
    "opened_of",
    "reading_once",
    "visible",
]
