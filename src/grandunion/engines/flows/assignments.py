"""What an assignee does with a need, what responders do to a technology need, and what follows for the need.

Facts they read: see `ASSIGNMENT_FACTS` and `RESPONSE_FACTS`.
"""

from collections.abc import Iterable

from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.clocks import Clock
from grandunion.terms.needs import OPEN_ASSIGNMENT_STATES, NeedState
from grandunion.terms.needs import AssignmentState as S
from grandunion.terms.needs import ResponseState as R
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
HANDLER = STAFF | {Part.ASSIGNEE}
ASKER = STAFF | {Part.NEEDING, Part.OWNER}

ASSIGNMENT_FACTS = (Fact("answer", Text("answer", "答复")),)
RESPONSE_FACTS = (
    Fact("text", Text("response", "响应内容")),
    Fact("feedback", Text("feedback to the responder", "给响应方的反馈")),
)

ASSIGNMENT_STATES = (
    state(S.WAITING, Text("Passed on", "已转交"), Clock(working_days=1)),
    state(S.TAKING_CARE, Text("Being handled", "办理中"), Clock(working_days=10)),
    state(S.DONE_HELPED, Text("Answered", "已答复"), requires=("answer",), is_final=True),
    state(S.DONE_NO_HELP_AVAILABLE, Text("Answered", "已答复"), requires=("answer",), is_final=True),
    state(S.DONE_NOT_REACHABLE, is_final=True),
    state(S.NOT_FOR_ME, is_final=True, is_private=True),
    state(S.EXPIRED, is_final=True, is_private=True),
)
OPEN = (S.WAITING, S.TAKING_CARE)
DONE = (S.DONE_HELPED, S.DONE_NO_HELP_AVAILABLE, S.DONE_NOT_REACHABLE)
ASSIGNMENT_MOVES = (
    Move("take", Text("Take it on", "接办"), (S.WAITING,), S.TAKING_CARE, HANDLER),
    Move("help", Text("Helped", "已解决"), OPEN, S.DONE_HELPED, HANDLER, asks=("answer",)),
    Move(
        "find_no_help",
        Text("No help available", "暂无可用支持"),
        OPEN,
        S.DONE_NO_HELP_AVAILABLE,
        HANDLER,
        asks=("answer",),
    ),
    Move("find_unreachable", Text("Applicant not reachable", "无法联系申请人"), OPEN, S.DONE_NOT_REACHABLE, HANDLER),
    Move("pass_on", Text("Not our business", "非本单位职责"), OPEN, S.NOT_FOR_ME, HANDLER, needs_reason=True),
    Move("expire", Text("Let it expire", "超期终止"), OPEN, S.EXPIRED, STAFF | {Part.SYSTEM}),
    Move(
        "take_up_again",
        Text("Take up again", "重新接办"),
        (*DONE, S.NOT_FOR_ME, S.EXPIRED),
        S.TAKING_CARE,
        HANDLER,
        needs_reason=True,
    ),
)
ASSIGNMENT_FLOW = Flow(
    "assignment", Text("Assignment", "承办"), "ASG", S.WAITING, ASSIGNMENT_STATES, ASSIGNMENT_MOVES, ASSIGNMENT_FACTS
)

RUNNING = (R.SUBMITTED, R.QUALIFIED, R.SHORTLISTED, R.FINALIST)
RESPONSE_STATES = (
    state(R.SUBMITTED, is_private=True, requires=("text",)),
    state(R.QUALIFIED, is_private=True),
    state(R.SHORTLISTED, is_private=True, is_optional=True),
    state(R.FINALIST, is_private=True, is_optional=True),
    state(R.SELECTED, is_private=True, is_final=True),
    state(R.DECLINED, is_private=True, is_final=True, requires=("feedback",)),
)
RESPONSE_MOVES = (
    Move("qualify", Text("Qualify", "确认符合条件"), (R.SUBMITTED,), R.QUALIFIED, ASKER),
    Move("shortlist", Text("Shortlist", "列入入围名单"), (R.QUALIFIED,), R.SHORTLISTED, ASKER),
    Move("name_finalist", Text("Name a finalist", "列入终选"), (R.QUALIFIED, R.SHORTLISTED), R.FINALIST, ASKER),
    Move("select", Text("Select", "选定"), (R.QUALIFIED, R.SHORTLISTED, R.FINALIST), R.SELECTED, ASKER),
    Move("decline", Text("Decline with feedback", "不选并反馈"), RUNNING, R.DECLINED, ASKER, asks=("feedback",)),
)
RESPONSE_FLOW = Flow(
    "response",
    Text("Response to a technology need", "技术需求响应"),
    "RSP",
    R.SUBMITTED,
    RESPONSE_STATES,
    RESPONSE_MOVES,
    RESPONSE_FACTS,
)


def derived_state(assignment_states: Iterable[str]) -> NeedState:
    """Where a dispatched need stands, told from the states of all its assignments (their codes, in any order).

    One who helped answers the need, whoever is still at work; else it stays dispatched while anybody is; else any
    done assignment is an answer; and if nobody took it (not for me, expired, none) it is back on the desk, in triage.
    """
    states = frozenset(assignment_states)
    if S.DONE_HELPED in states:
        return NeedState.ANSWERED
    if states & OPEN_ASSIGNMENT_STATES:
        return NeedState.DISPATCHED
    return NeedState.ANSWERED if states & frozenset(DONE) else NeedState.TRIAGE
