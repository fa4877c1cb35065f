"""The life of a match: suggested, sent to both sides, introduced by mutual consent, met, and what came of it.

Facts it reads: see `FACTS`. Contact details are shown from `introduced` on and not before: that state is entered
only when both sides have consented. The side that views or accepts second moves nothing; its consent is a fact.
"""

from grandunion.engines.flows.guards import is_false, is_true
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.clocks import Clock
from grandunion.terms.matches import MatchState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
SIDES = frozenset({Part.OFFERING, Part.NEEDING})
HOUSE = STAFF | {Part.SYSTEM}

FACTS = (
    Fact("has_conflict", Text("conflict of interest", "是否存在利益冲突"), "bool"),
    Fact("has_offering_consent", Text("consent of the offering side", "供给方是否同意"), "bool"),
    Fact("has_needing_consent", Text("consent of the needing side", "需求方是否同意"), "bool"),
    Fact("decline_reason", Text("reason for declining", "谢绝原因"), "DeclineReason"),
    Fact("success_kind", Text("what came of it", "撮合结果"), "SuccessKind"),
    Fact("fail_reason", Text("why it failed", "未成原因"), "FailReason"),
)

NO_CONFLICT = is_false(
    "has_conflict",
    "A conflict of interest stands between the two sides: decline this match.",
    "双方存在利益冲突，请谢绝该撮合。",
)
OFFERING_CONSENTS = is_true(
    "has_offering_consent", "The offering side has to accept first: ask it.", "供给方尚未同意，请先征求其意见。"
)
NEEDING_CONSENTS = is_true(
    "has_needing_consent", "The needing side has to accept first: ask it.", "需求方尚未同意，请先征求其意见。"
)

# How long somebody is waited for before they are reminded: the house's own.
WEEK, FORTNIGHT, MONTH = Clock(working_days=5), Clock(working_days=10), Clock(working_days=20)
STATES = (
    state(S.SUGGESTED, is_private=True),
    state(S.SENT, Text("New suggestion", "新推荐"), WEEK, is_private=True),
    state(S.VIEWED, Text("Waiting for an answer", "等待答复"), WEEK, is_private=True),
    state(S.INTERESTED, Text("Waiting for the other side", "等待对方答复"), WEEK, is_private=True),
    state(S.DECLINED, requires=("decline_reason",), is_final=True, is_private=True),
    state(S.INTRODUCED, None, FORTNIGHT, is_private=True),
    state(S.MEETING, None, MONTH, is_private=True),
    state(S.NEGOTIATING, None, MONTH, is_private=True),
    state(S.SUCCESS, requires=("success_kind",), is_final=True, is_private=True),
    state(S.FAILED, requires=("fail_reason",), is_final=True, is_private=True),
)

BEFORE = (S.SUGGESTED, S.SENT, S.VIEWED)
AFTER = (S.INTRODUCED, S.MEETING, S.NEGOTIATING)
MOVES = (
    Move("send", Text("Send to both sides", "推送双方"), (S.SUGGESTED,), S.SENT, HOUSE, (NO_CONFLICT,)),
    Move("view", Text("View", "查看"), (S.SENT,), S.VIEWED, SIDES | {Part.SYSTEM}),
    Move("accept", Text("Accept", "有意向"), BEFORE, S.INTERESTED, STAFF | SIDES, (NO_CONFLICT,)),
    Move(
        "decline",
        Text("Decline", "谢绝"),
        (*BEFORE, S.INTERESTED),
        S.DECLINED,
        STAFF | SIDES,
        asks=("decline_reason",),
    ),
    Move(
        "introduce",
        Text("Introduce", "安排对接"),
        (S.INTERESTED,),
        S.INTRODUCED,
        HOUSE,
        (NO_CONFLICT, OFFERING_CONSENTS, NEEDING_CONSENTS),
    ),
    Move("meet", Text("Record a meeting", "记录洽谈"), (S.INTRODUCED,), S.MEETING, STAFF | SIDES),
    Move("negotiate", Text("Begin negotiating", "开始谈判"), (S.INTRODUCED, S.MEETING), S.NEGOTIATING, STAFF | SIDES),
    Move("succeed", Text("Record success", "确认成功"), AFTER, S.SUCCESS, STAFF | SIDES, asks=("success_kind",)),
    Move("fail", Text("Record failure", "确认未成"), AFTER, S.FAILED, STAFF | SIDES, asks=("fail_reason",)),
    Move("revive", Text("Suggest again", "重新推荐"), (S.DECLINED, S.FAILED), S.SUGGESTED, STAFF, needs_reason=True),
)

MATCH_FLOW = Flow("match", Text("Match", "撮合"), "MAT", S.SUGGESTED, STATES, MOVES, FACTS)
