"""What the clock does to plans: one line for each of its parts."""

from datetime import datetime

from grandunion.terms.readers import Reader
from grandunion.work.actions.plans import judging, ledger, views
from grandunion.work.actions.plans.returns import clocks


def run_due(by: Reader, at: datetime, limit: int = 200) -> int:
    """Do what is due in each part, in this order; answers how many deeds were done."""
    followed = ledger.keep_up(at=at).followed + ledger.check_nightly(at=at)
    followed += judging.judge_due(by=by, at=at, limit=limit) + judging.foresee_due(by=by, at=at)
    return followed + clocks.run_due(by, at, limit) + views.run_due(by=by, at=at, limit=limit)
