"""What the clock does to plans: one line for each of its parts."""

from datetime import datetime

from grandunion.terms.readers import Reader
from grandunion.work.actions.plans.returns import clocks


def run_due(by: Reader, at: datetime, limit: int = 200) -> int:
    """Do what is due in each part, in this order; answers how many deeds were done."""
    return clocks.run_due(by, at, limit)
