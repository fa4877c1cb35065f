"""The life of a target: proposed, adopted, in progress, met or missed when its deadline is over, or revised."""

from grandunion.engines.flows.guards import given, is_true
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.roles import Part
from grandunion.terms.targets import RUNNING
from grandunion.terms.targets import TargetStage as S
from grandunion.terms.text import Text

PLANNERS = frozenset({Part.PLANNER, Part.SYSTEM})
CLOCK = frozenset({Part.SYSTEM})

FACTS = (
    Fact("is_measured", Text("operator and value, or words", "比较方式和数值，或文字表述"), "bool"),
    Fact("deadline", Text("deadline", "期限"), "date"),
    Fact("is_over", Text("the deadline is over", "期限已过"), "bool"),
    Fact("is_met", Text("the figure reaches the target", "实际值达到目标"), "bool"),
    Fact("is_known", Text("the figure is known", "实际值已知"), "bool"),
    Fact("is_summed", Text("the parts come to the whole", "分解值之和等于目标值"), "bool"),
)
MEASURED = is_true("is_measured", "Say what is wanted: an operator and a value, or words.",
                   "请填写目标值和比较方式，或文字表述。")  # fmt: skip
SUMMED = is_true(
    "is_summed",
    "Its parts do not come to the whole: correct the split first (the page says what is missing).",
    "分解值之和与目标值不一致，请先调整分解（页面列有差额）。",
)
OVER = is_true("is_over", "Its deadline is not over yet.", "期限尚未到。")
MET = is_true("is_met", "The figure does not reach the target.", "实际值未达到目标。")
KNOWN = is_true("is_known", "The figure is not known: nothing counts it.", "实际值未知：系统未计算该指标。")
DATED = given("deadline", "Name the deadline first.", "请先填写期限。")

STATES = (
    state(S.PROPOSED, is_private=True),
    state(S.ADOPTED),
    state(S.IN_PROGRESS),
    state(S.MET, is_final=True),
    state(S.MISSED, is_final=True),
    state(S.REVISED),
    state(S.WITHDRAWN, is_final=True, is_private=True),
)
MOVES = (
    Move("adopt", Text("Adopt", "下达"), (S.PROPOSED,), S.ADOPTED, PLANNERS, (MEASURED, SUMMED)),
    Move("begin", Text("Begin", "启动"), (S.ADOPTED,), S.IN_PROGRESS, PLANNERS, (SUMMED,)),
    Move("revise", Text("Revise", "调整目标"), (*RUNNING, S.MISSED), S.REVISED, PLANNERS, needs_reason=True),
    Move("meet", Text("Found met", "认定完成"), RUNNING, S.MET, CLOCK, (DATED, OVER, KNOWN, MET)),
    Move("miss", Text("Found missed", "认定未完成"), RUNNING, S.MISSED, CLOCK, (DATED, OVER, KNOWN)),
    Move("reopen", Text("Judge anew", "重新认定"), (S.MET, S.MISSED), S.IN_PROGRESS, PLANNERS, needs_reason=True),
    Move("withdraw", Text("Withdraw", "撤回"), (S.PROPOSED, S.ADOPTED), S.WITHDRAWN, PLANNERS, needs_reason=True),
    Move("propose", Text("Propose anew", "重新拟定"), (S.WITHDRAWN,), S.PROPOSED, PLANNERS, needs_reason=True),
)  # fmt: skip

TARGET_FLOW = Flow("target", Text("Target", "规划目标"), "TGT", S.PROPOSED, STATES, MOVES, FACTS)
