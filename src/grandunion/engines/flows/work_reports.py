"""The life of a government work report: drafted, numbers checked, reviewed by a second person, signed, published.

Nothing passes with a number typed by hand that nobody answers for, with a value that has changed, or with one
language missing. Facts: see the table.
"""

from grandunion.engines.flows.guards import at_least, at_most, is_true
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.roles import Part
from grandunion.terms.text import Text
from grandunion.terms.work_reports import WorkReportState as S

WRITERS = frozenset({Part.PLANNER, Part.SYSTEM})
SIGNERS = WRITERS | {Part.OFFICER, Part.IN_CHARGE, Part.GRANTEE}

WORK_REPORT_FACTS = (
    Fact("sentences", Text("sentences", "语句数"), "int"),
    Fact("typed", Text("numbers typed by hand without a reason", "未说明理由的手工数字"), "int"),
    Fact("stale", Text("sentences whose value has changed", "数据已变化的语句"), "int"),
    Fact("gaps", Text("sentences that the two languages do not both say", "中英文不一致的语句"), "int"),
    Fact("open_comments", Text("comments not yet settled", "未处理的批注"), "int"),
    Fact("is_second_person", Text("whether a second person reads it", "是否由第二人复核"), "bool"),
    Fact("is_signer", Text("whether the named signer signs", "是否为指定签发人"), "bool"),
)
SOUND = (
    at_least("sentences", 1, "Write at least one sentence first.", "请先编写至少一条语句。"),
    at_most(
        "typed", 0, "Bind every number typed by hand to a value, or say why it stays.",
        "请将手工录入的数字绑定到数据，或说明保留理由。",
    ),
    at_most(
        "stale", 0, "Some values have changed: take the new one, or keep the old one with a reason.",
        "部分数据已变化：请采用新值，或说明理由后保留原值。",
    ),
    at_most(
        "gaps", 0, "Each sentence is written in both languages, with the same numbers.",
        "每条语句须有中英文，且引用的数字一致。",
    ),
)  # fmt: skip
SETTLED = at_most("open_comments", 0, "Settle every comment first.", "请先处理全部批注。")
SECOND = is_true(
    "is_second_person",
    "A second person reviews it: ask a colleague, for you wrote it yourself.",
    "须由第二人复核：本报告由您起草，请由同事复核。",
)
SIGNER = is_true(
    "is_signer",
    "Only the named signer signs, who stands under “Who”; where nobody does, name somebody there first.",
    "仅“人员”一栏中的拟签发人可以签发；尚未指定的，请先指定。",
)

WORK_REPORT_STATES = (
    state(S.DRAFTED, is_private=True),
    state(S.NUMBERS_CHECKED, is_private=True),
    state(S.REVIEWED, is_private=True),
    state(S.SIGNED, is_private=True),
    state(S.PUBLISHED, is_final=True),
    state(S.DROPPED, is_private=True, is_final=True),
)
WORK_REPORT_MOVES = (
    Move("check", Text("Numbers are checked", "完成数据核对"), (S.DRAFTED,), S.NUMBERS_CHECKED, WRITERS, SOUND),
    Move(
        "review", Text("Reviewed", "通过复核"), (S.NUMBERS_CHECKED,), S.REVIEWED, WRITERS, (*SOUND, SETTLED, SECOND),
    ),
    Move("sign", Text("Sign", "签发"), (S.REVIEWED,), S.SIGNED, SIGNERS, (*SOUND, SIGNER)),
    Move("publish", Text("Publish", "发布"), (S.SIGNED,), S.PUBLISHED, WRITERS),
    Move(
        "send_back", Text("Send back to the draft", "退回修改"), (S.NUMBERS_CHECKED, S.REVIEWED), S.DRAFTED, SIGNERS,
        needs_reason=True,
    ),
    Move(
        "drop", Text("Drop", "终止"), (S.DRAFTED, S.NUMBERS_CHECKED, S.REVIEWED), S.DROPPED, WRITERS, needs_reason=True,
    ),
    Move("take_up", Text("Take up again", "恢复起草"), (S.DROPPED,), S.DRAFTED, WRITERS, needs_reason=True),
)  # fmt: skip
WORK_REPORT_FLOW = Flow(
    "work_report", Text("Work report", "工作报告"), "RPT", S.DRAFTED, WORK_REPORT_STATES, WORK_REPORT_MOVES,
    WORK_REPORT_FACTS,
)  # fmt: skip
