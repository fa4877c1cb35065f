"""Brings the figures up to the last entry of the journal before a door shows them."""

from django.http import HttpRequest

from grandunion.terms.text import Text
from grandunion.work.actions.plans import ledger


def kept(request: HttpRequest) -> ledger.Kept:
    """How far the figures are, once what happened lately is counted; a long backlog is the worker's."""
    return ledger.keep_up_for_a_page(at=request.at)


def until(how_far: ledger.Kept) -> Text | None:
    """Until when the figures hold, where entries are still to be counted; None where all are."""
    if not how_far.behind:
        return None
    frame = Text("Figures hold until {at}; {n} later entries are still being counted.",
                 "数据统计至 {at}，另有 {n} 条后续记录正在计入。")  # fmt: skip
    return frame.fill(at=how_far.at.strftime("%Y-%m-%d %H:%M"), n=how_far.behind)
