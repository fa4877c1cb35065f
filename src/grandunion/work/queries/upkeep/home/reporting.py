"""The cards of returns and work reports: what one is to fill in, and what waits for one's review or signature."""

from collections.abc import Iterator

from grandunion.terms.readers import Reader
from grandunion.terms.returns import WAITING, Lateness, ReturnState
from grandunion.terms.roles import Role
from grandunion.terms.text import Text
from grandunion.terms.work_reports import WorkReportState
from grandunion.work.queries.plans import reports, returns
from grandunion.work.queries.upkeep.home.pieces import Card, Face, Line, card

OWED = Face("owed", Text("Returns to fill in", "待填报的报表"), "file-text", "returns/",
            Text("No return waits for you.", "没有待您填报的报表。"))  # fmt: skip
REVIEW = Face("returns", Text("Returns to review", "待审核的报表"), "file-text", "returns/?turn=review",
              Text("No return waits for review.", "没有待审核的报表。"))  # fmt: skip

REPORTS = Face("work-reports", Text("Work reports to go on with", "待办理的工作报告"), "file-text", "work-reports/",
               Text("No work report waits for you.", "没有待您办理的工作报告。"))  # fmt: skip
NEXT = {
    WorkReportState.DRAFTED: Text("to be finished", "待完成起草"),
    WorkReportState.NUMBERS_CHECKED: Text("to be reviewed", "待复核"),
    WorkReportState.REVIEWED: Text("to be signed by you", "待您签发"),
    WorkReportState.SIGNED: Text("to be published", "待发布"),
}


def signing(reader: Reader) -> Iterator[Card]:
    """Reports to finish, to review, to sign and to publish; who signs none of them sees no card."""
    found = card(REPORTS, reports.awaiting(reader), _report)
    if found.total or reader.has(Role.PLANNER):
        yield found


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


def _report(row: object) -> Line:
    state = WorkReportState(row.state)
    return Line("work-reports", row.number, row.title, state.text, NEXT[state], code=row.state)


def _submitted(row: object) -> Line:
    who = row.owner or row.area
    return Line("returns", row.number, row.title, ReturnState(row.state).text, who and who.name, code=row.state)
