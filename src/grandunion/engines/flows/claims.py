"""The life of an entered claim: a second person compares it with its source and confirms it, or sends it back."""

from grandunion.engines.flows.guards import is_true
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.claims import ClaimState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.PLANNER, Part.OFFICER, Part.SYSTEM})

FACTS = (Fact("is_second_person", Text("somebody else entered it", "由他人录入"), "bool"),)
SECOND = is_true(
    "is_second_person",
    "Whoever entered a figure does not confirm it: ask a colleague to compare it with the source.",
    "录入人不能复核自己录入的数据，请由另一位同事对照原文复核。",
)

STATES = (state(S.ENTERED, is_private=True), state(S.CONFIRMED, is_final=True),
          state(S.REJECTED, is_final=True, is_private=True))  # fmt: skip
MOVES = (
    Move("confirm", Text("Confirm", "复核通过"), (S.ENTERED,), S.CONFIRMED, STAFF, (SECOND,)),
    Move("reject", Text("Send back", "退回"), (S.ENTERED, S.CONFIRMED), S.REJECTED, STAFF, needs_reason=True),
    Move("enter_again", Text("Enter again", "重新提交复核"), (S.REJECTED,), S.ENTERED, STAFF),
)

CLAIM_FLOW = Flow("claim", Text("Published figure", "已发布数据"), "CLM", S.ENTERED, STATES, MOVES, FACTS)
