"""The life of a round: drafted, assigned, published to those who take part, held, or called off."""

from grandunion.engines.flows.guards import at_least
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.roles import Part
from grandunion.terms.rounds import RoundState as S
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER, Part.SYSTEM})

FACTS = (
    Fact("needing", Text("participants of the needing side", "需求方参与者数"), "int"),
    Fact("offering", Text("participants of the offering side", "供给方参与者数"), "int"),
    Fact("meetings", Text("meetings assigned", "已编排会谈数"), "int"),
)
TWO_SIDES = (
    at_least("needing", 1, "Nobody of the needing side takes part yet: add participants.", "请先添加需求方参与者。"),
    at_least("offering", 1, "Nobody of the offering side takes part yet: add participants.", "请先添加供给方参与者。"),
)
HAS_MEETINGS = at_least("meetings", 1, "No meeting is assigned: assign the round first.", "尚未编排会谈，请先编排。")

STATES = (
    state(S.DRAFT, is_private=True),
    state(S.ASSIGNED, is_private=True),
    state(S.PUBLISHED),
    state(S.FINISHED, is_final=True),
    state(S.CANCELLED, is_final=True, is_private=True),
)
MOVES = (
    Move("assign", Text("Assign", "编排"), (S.DRAFT,), S.ASSIGNED, STAFF, TWO_SIDES),
    Move("assign_anew", Text("Assign anew", "重新编排"), (S.ASSIGNED,), S.ASSIGNED, STAFF, TWO_SIDES),
    Move("publish", Text("Publish", "发布"), (S.ASSIGNED,), S.PUBLISHED, STAFF, (HAS_MEETINGS,)),
    Move("finish", Text("Finish", "结束"), (S.PUBLISHED,), S.FINISHED, STAFF),
    Move(
        "cancel",
        Text("Call off", "取消"),
        (S.DRAFT, S.ASSIGNED, S.PUBLISHED),
        S.CANCELLED,
        STAFF,
        needs_reason=True,
    ),
    Move("reopen", Text("Plan anew", "重新策划"), (S.CANCELLED,), S.DRAFT, STAFF, needs_reason=True),
)

ROUND_FLOW = Flow("round", Text("Round", "专场撮合"), "RND", S.DRAFT, STATES, MOVES, FACTS)
