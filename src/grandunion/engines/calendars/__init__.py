"""Working time of the hub: opening hours, due moments, limits with pauses, and overlaps of half-open intervals."""

from grandunion.engines.calendars.limits import Run, as_known, due
from grandunion.engines.calendars.working import WorkingCalendar, first_overlap, overlaps

__all__ = ["Run", "WorkingCalendar", "as_known", "due", "first_overlap", "overlaps"]
