"""The cards of periodic returns: what one is to fill in, and what waits for one's review."""

from collections.abc import Iterator

from grandunion.terms.readers import Reader
from grandunion.terms.returns import WAITING, Lateness, ReturnState
from grandunion.terms.text import Text
from grandunion.work.queries.plans import returns
from grandunion.work.queries.upkeep.home.pieces import Card, Face, Line, card

OWED = Face("owed", Text("Returns to fill in", "待填报的报表"), "file-text", "returns/",
            Text("No return waits for you.", "没有待您填报的报表。"))  # fmt: skip
REVIEW = Face("returns", Text("Returns to review", "待审核的报表"), "file-text", "returns/?turn=review",
              Text("No return waits for review.", "没有待审核的报表。"))  # fmt: skip


def reporting(reader: Reader) -> Iterator[Card]:
    """What the reader is to report, the most urgent first; most people report nothing, and see no card."""
    if reader.organisation_ids or (reader.is_officer and reader.areas):
        rows = returns.owing(reader).select_related("owner", "area").order_by("due_at", "pk")
        found = card(OWED, rows, lambda row: _owed(row, reader))
        if found.total:
            yield found


def reviewing(reader: Reader) -> Iterator[Card]:
    """What was submitted and nobody has decided on, the oldest first."""
    rows = returns.visible_to(reader).filter(state__in=WAITING).select_related("owner", "area")
    yield card(REVIEW, rows.order_by("submitted_at", "pk"), _submitted)


def _owed(row: object, reader: Reader) -> Line:
    state, due = ReturnState(row.state), returns.due_said(row.due_at, reader.at)
    late = returns.lateness(row) is not Lateness.ON_TIME
    return Line("returns", row.number, row.title, state.text, due, late, row.state, "fill/")


def _submitted(row: object) -> Line:
    who = row.owner or row.area
    return Line("returns", row.number, row.title, ReturnState(row.state).text, who and who.name, code=row.state)
