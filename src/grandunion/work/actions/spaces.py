"""Keeps what is known of an area, out of the pack."""

from collections.abc import Mapping

from grandunion.records.lists import Term
from grandunion.records.spaces import Area


def put_area(term: Term, values: Mapping[str, object]) -> tuple[Area, bool]:
    """Create an area's facts (district, land_km2, is_open, summaries, source) or bring them up to date."""
    return Area.objects.update_or_create(term=term, defaults=dict(values))
