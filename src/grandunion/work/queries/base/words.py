"""Finding rows by words without an index: for tables that stay short."""

from functools import reduce
from operator import or_

from django.db.models import Q

MOST_WORDS = 8


def containing(words: str, *paths: str) -> Q:
    """The rows of which each word stands in one of these columns."""
    found = Q()
    for word in words.split()[:MOST_WORDS]:
        found &= reduce(or_, (Q(**{f"{path}__icontains": word}) for path in paths))
    return found
