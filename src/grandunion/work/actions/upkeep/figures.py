"""Mends the ledger of figures where it differs from a full count."""

from datetime import datetime

from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Forbidden, require
from grandunion.work.actions import journal
from grandunion.work.actions.base import atomic
from grandunion.work.actions.plans import ledger
from grandunion.work.actions.upkeep.subjects import Hub
from grandunion.work.permissions import upkeep as permissions


@atomic
def recount(*, by: Reader, at: datetime) -> tuple[int, int]:
    """Count everything anew and mend what differs; answers how many lines were closed and opened.

    What was known before stays known as of then; that it was mended stands in the journal.
    """
    require(permissions.may_load_pack(by), Forbidden)
    closed, opened = ledger.recount(at=at)
    if closed or opened:
        journal.note("figures.recounted", Hub("figures"), by=by, at=at,
                     changes={"lines": (closed, opened)})  # fmt: skip
        ledger.keep_up(at=at)
    return closed, opened
