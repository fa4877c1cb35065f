"""Who may do what to a common problem."""

from grandunion.engines.flows.issues import ISSUE_FLOW
from grandunion.engines.flows.pieces import Move
from grandunion.records.needs import Issue
from grandunion.terms.needs import IssueState
from grandunion.terms.readers import Reader
from grandunion.terms.verdicts import Verdict, no
from grandunion.work.permissions.base import Standing, managing, parts, staff_only
from grandunion.work.queries import needs


def standing(reader: Reader, issue: Issue, **given: object) -> Standing:
    """The facts of the problem with what a form brought, and what the reader is to it."""
    return Standing({**needs.issue_facts(issue), **given}, parts(reader, issue))


def offers(reader: Reader, issue: Issue) -> tuple[tuple[Move, Verdict], ...]:
    """The moves the flow offers the reader."""
    stand = standing(reader, issue)
    return ISSUE_FLOW.offers(issue.state, stand.facts, stand.parts)


def may_collect(reader: Reader) -> Verdict:
    """Officers collect common problems."""
    return staff_only(reader)


def may_edit(reader: Reader, issue: Issue) -> Verdict:
    """Officers of its area correct one that is not closed."""
    if issue.state == IssueState.CLOSED:
        return no("This problem is closed. Take it up again to change it.", "该问题已办结，如需修改请先重新办理。")
    return managing(reader, issue)
