"""The life of a common problem: collected from many needs, solved for all of them, answered once.

Facts it reads: see `FACTS`.
"""

from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.needs import IssueState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
FACTS = (Fact("title", Text("title", "标题")), Fact("answer", Text("answer", "答复")))
STATES = (
    state(S.OPEN, requires=("title",)),
    state(S.IN_HAND),
    state(S.ANSWERED, requires=("answer",)),
    state(S.CLOSED, is_final=True),
)
UNSOLVED = (S.OPEN, S.IN_HAND)
MOVES = (
    Move("start", Text("Begin to solve it", "启动解决"), (S.OPEN,), S.IN_HAND, STAFF),
    Move("answer", Text("Answer for all its needs", "统一答复"), UNSOLVED, S.ANSWERED, STAFF, asks=("answer",)),
    Move("close", Text("Close", "办结"), (S.ANSWERED,), S.CLOSED, STAFF),
    Move("drop", Text("Close without an answer", "不再处理"), UNSOLVED, S.CLOSED, STAFF, needs_reason=True),
    Move("reopen", Text("Take up again", "重新办理"), (S.ANSWERED, S.CLOSED), S.IN_HAND, STAFF, needs_reason=True),
)
ISSUE_FLOW = Flow("issue", Text("Common problem", "共性问题"), "CMI", S.OPEN, STATES, MOVES, FACTS)
