"""The life of a periodic return: asked for, filled in, submitted, reviewed, accepted or sent back, or waived.

Lateness is no state: a return that is overdue stands where it stood, and carries the mark. Facts it reads: `FACTS`.
"""

from grandunion.engines.flows.guards import at_least, is_false, is_true
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.returns import OPEN, WAITING
from grandunion.terms.returns import ReturnState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

REPORTER = frozenset({Part.OWNER})
REVIEWER = frozenset({Part.IN_CHARGE, Part.OFFICER, Part.PLANNER})
FACTS = (
    Fact("is_complete", Text("whether every required field is filled in", "必填项是否填写完整"), "yes/no"),
    Fact("is_explained", Text("whether large changes are explained", "异常变动是否已说明"), "yes/no"),
    Fact("is_own", Text("whether the person submitted it", "是否由本人报送"), "yes/no"),
    Fact("comments", Text("comments on its fields", "对各项的审核意见"), "number"),
)  # fmt: skip
COMPLETE = is_true(
    "is_complete",
    "Some fields are empty or not sound: they are named on the form.",
    "有必填项未填或填写有误，详见填报页面。",
)
EXPLAINED = is_true(
    "is_explained",
    "Some figures differ much from last period: say why in the remark.",
    "部分数据与上期相比变动较大，请在备注中说明原因。",
)
BY_ANOTHER = is_false(
    "is_own",
    "Whoever submitted a return does not accept it: ask a colleague.",
    "报送人不能审核自己的报表，请由同事办理。",
)
COMMENTED = at_least("comments", 1, "Say at one field at least what is to be corrected.", "请至少对一项填写修改意见。")
STATES = (
    state(S.DUE),
    state(S.DRAFT),
    state(S.SUBMITTED),
    state(S.IN_REVIEW),
    state(S.RETURNED),
    state(S.ACCEPTED, is_final=True),
    state(S.WAIVED, is_final=True),
)
MOVES = (
    Move("begin", Text("Begin to fill in", "开始填报"), (S.DUE,), S.DRAFT, REPORTER),
    Move("submit", Text("Submit", "报送"), OPEN, S.SUBMITTED, REPORTER, (COMPLETE, EXPLAINED)),
    Move("take_back", Text("Take back", "撤回"), (S.SUBMITTED,), S.DRAFT, REPORTER),
    Move("review", Text("Begin to review", "开始审核"), (S.SUBMITTED,), S.IN_REVIEW, REVIEWER, (BY_ANOTHER,)),
    Move("accept", Text("Accept", "审核通过"), WAITING, S.ACCEPTED, REVIEWER, (COMPLETE, BY_ANOTHER)),
    Move("send_back", Text("Send back with comments", "退回修改"), WAITING, S.RETURNED, REVIEWER, (COMMENTED,),
         asks=("comments",)),
    Move("reopen", Text("Open again for correction", "退回更正"), (S.ACCEPTED,), S.RETURNED, REVIEWER,
         needs_reason=True),
    Move("waive", Text("Waive", "免报"), OPEN, S.WAIVED, REVIEWER, needs_reason=True),
    Move("ask_again", Text("Ask for it after all", "恢复报送"), (S.WAIVED,), S.DUE, REVIEWER, needs_reason=True),
)  # fmt: skip
RETURN_FLOW = Flow("return", Text("Periodic return", "定期报表"), "RTN", S.DUE, STATES, MOVES, FACTS)
