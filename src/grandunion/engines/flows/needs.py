"""The life of a need: register, dispatch, handle, rate, call back, close.

Facts it reads: see `FACTS`. The desk may dispatch at once or answer itself without dispatching. A need is closed as
solved only if the applicant says so, by a rating of three or more or when called back; it is reopened only if the
applicant is not satisfied. The clocks here are the house's own and short on purpose; a pack's preset replaces them.
"""

from collections.abc import Iterable

from grandunion.engines.flows.pieces import Fact, Facts, Guard, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.clocks import Clock
from grandunion.terms.needs import CallbackResult
from grandunion.terms.needs import NeedState as S
from grandunion.terms.roles import Part
from grandunion.terms.text import Text
from grandunion.terms.verdicts import invalid

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER})
APPLICANT = frozenset({Part.OWNER})
HOUSE = STAFF | {Part.SYSTEM}
GOOD_SCORE = 3
PLEASED = frozenset({CallbackResult.SATISFIED, CallbackResult.PARTLY_SATISFIED})

FACTS = (
    Fact("contact", Text("contact", "联系人"), "anything that names them"),
    Fact("title", Text("title", "标题")),
    Fact("text", Text("description", "需求描述")),
    Fact("category", Text("category", "类别"), "Category"),
    Fact("assignees", Text("who shall answer", "承办方"), "a collection: assignments waiting, taken or new"),
    Fact("answer", Text("answer", "答复")),
    Fact("satisfaction_score", Text("rating", "满意度评分"), "int 1–5"),
    Fact("callback_result", Text("result of the call back", "回访结果"), "CallbackResult"),
    Fact("outcome", Text("outcome", "办理成效"), "Outcome"),
    Fact("merged_into", Text("need it is merged into", "并入的需求"), "anything that names it"),
)


def _is_pleased(facts: Facts) -> bool:
    result, score = facts.get("callback_result"), facts.get("satisfaction_score")
    is_well_rated = isinstance(score, int) and score >= GOOD_SCORE
    return result in PLEASED or (is_well_rated and result != CallbackResult.UNSATISFIED)


def _is_displeased(facts: Facts) -> bool:
    result, score = facts.get("callback_result"), facts.get("satisfaction_score")
    return result == CallbackResult.UNSATISFIED or (isinstance(score, int) and score < GOOD_SCORE)


READS = ("satisfaction_score", "callback_result")
APPLICANT_PLEASED = Guard(
    "applicant_pleased",
    Text(
        "The applicant has not said that it is solved: call back, or close it as partly solved or unsolved.",
        "申请人尚未确认问题已解决：请先回访，或按部分解决、未解决办结。",
    ),
    _is_pleased,
    READS,
)
APPLICANT_DISPLEASED = Guard(
    "applicant_displeased",
    Text(
        "A need is reopened only when the applicant is not satisfied: record a rating of 1 or 2.",
        "仅在申请人不满意时重新办理：请记录 1 分或 2 分的评价。",
    ),
    _is_displeased,
    READS,
)

IN_HAND = Text("Being handled", "办理中")
CLOSED = Text("Closed", "已办结")
STATES = (
    state(S.DRAFT, is_private=True),
    state(S.RECEIVED, Text("Received", "已登记"), Clock(working_days=1), ("contact", "title", "text")),
    state(S.TRIAGE, IN_HAND, Clock(working_days=1)),
    state(S.DISPATCHED, IN_HAND, Clock(working_days=15), ("category", "assignees")),
    state(S.ANSWERED, Text("Answered", "已答复"), Clock(working_days=5), ("category", "answer")),
    state(S.RATED, Text("Rated", "已评价"), Clock(working_days=5), ("satisfaction_score",), is_optional=True),
    state(S.CALLED_BACK, Text("Called back", "已回访"), Clock(working_days=5), ("callback_result",)),
    state(S.CLOSED_SOLVED, CLOSED, requires=("outcome",), is_final=True),
    state(S.CLOSED_PARTLY, CLOSED, requires=("outcome",), is_final=True),
    state(S.CLOSED_EXPLAINED, CLOSED, is_final=True),
    state(S.CLOSED_UNSOLVED, CLOSED, is_final=True),
    state(S.REOPENED, IN_HAND, Clock(working_days=1)),
    state(S.ESCALATED, IN_HAND, Clock(working_days=2)),
    state(S.MERGED, Text("Handled with another need", "并案办理"), requires=("merged_into",), is_final=True),
    state(S.SPAM, CLOSED, is_final=True, is_private=True),
    state(S.CANCELLED, Text("Cancelled", "已撤销"), is_final=True),
)

DESK = (S.RECEIVED, S.TRIAGE, S.REOPENED, S.ESCALATED)
HEARD = (S.RATED, S.CALLED_BACK)
CLOSED_STATES = (S.CLOSED_SOLVED, S.CLOSED_PARTLY, S.CLOSED_EXPLAINED, S.CLOSED_UNSOLVED)
MOVES = (
    Move("submit", Text("Hand in", "提交"), (S.DRAFT,), S.RECEIVED, STAFF | APPLICANT),
    Move("begin_triage", Text("Begin triage", "开始研判"), (S.RECEIVED, S.REOPENED), S.TRIAGE, STAFF),
    Move("dispatch", Text("Dispatch", "分派"), DESK, S.DISPATCHED, STAFF, asks=("category", "assignees")),
    Move("take_back", Text("Take back to the desk", "收回研判"), (S.DISPATCHED,), S.TRIAGE, HOUSE),
    Move(
        "answer",
        Text("Answer", "答复"),
        (*DESK, S.DISPATCHED),
        S.ANSWERED,
        HOUSE | {Part.ASSIGNEE},
        asks=("category", "answer"),
    ),
    Move("rate", Text("Rate", "评价"), (S.ANSWERED,), S.RATED, STAFF | APPLICANT, asks=("satisfaction_score",)),
    Move(
        "call_back", Text("Call back", "回访"), (S.ANSWERED, S.RATED), S.CALLED_BACK, STAFF, asks=("callback_result",)
    ),
    Move(
        "close_solved",
        Text("Close: solved", "销号（已解决）"),
        HEARD,
        S.CLOSED_SOLVED,
        STAFF,
        (APPLICANT_PLEASED,),
        ("outcome",),
    ),
    Move(
        "close_partly",
        Text("Close: partly solved", "办结（部分解决）"),
        HEARD,
        S.CLOSED_PARTLY,
        STAFF,
        asks=("outcome",),
    ),
    Move(
        "close_explained",
        Text("Close: explained", "办结（解释说明）"),
        HEARD,
        S.CLOSED_EXPLAINED,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "close_unsolved",
        Text("Close: unsolved", "办结（未解决）"),
        HEARD,
        S.CLOSED_UNSOLVED,
        STAFF,
        needs_reason=True,
    ),
    Move(
        "reopen",
        Text("Reopen", "重新办理"),
        (*HEARD, *CLOSED_STATES),
        S.REOPENED,
        STAFF | APPLICANT,
        (APPLICANT_DISPLEASED,),
        asks=("satisfaction_score",),
        needs_reason=True,
    ),
    Move(
        "escalate",
        Text("Escalate", "提级办理"),
        (S.RECEIVED, S.TRIAGE, S.DISPATCHED, S.REOPENED, S.ESCALATED),
        S.ESCALATED,
        HOUSE,
        needs_reason=True,
    ),
    Move(
        "merge",
        Text("Merge into another need", "并案"),
        (S.RECEIVED, S.TRIAGE, S.DISPATCHED),
        S.MERGED,
        STAFF,
        asks=("merged_into",),
    ),
    Move("separate", Text("Separate again", "解除并案"), (S.MERGED,), S.TRIAGE, STAFF, needs_reason=True),
    Move("mark_as_spam", Text("Mark as spam", "标记为无效信息"), (S.RECEIVED, S.TRIAGE), S.SPAM, STAFF),
    Move("restore", Text("Not spam", "恢复为有效需求"), (S.SPAM,), S.RECEIVED, STAFF),
    Move(
        "cancel",
        Text("Cancel the need", "撤销需求"),
        (S.DRAFT, *DESK, S.DISPATCHED, S.ANSWERED),
        S.CANCELLED,
        STAFF | APPLICANT,
        needs_reason=True,
    ),
)

# Which state each step of a service level limits; a matter that is raised one level is the complex one.
STEP_STATES = {
    "contact": S.RECEIVED,
    "verify": S.RECEIVED,
    "dispatch": S.RECEIVED,
    "plan": S.TRIAGE,
    "answer": S.TRIAGE,
    "solve": S.DISPATCHED,
    "solve_complex": S.ESCALATED,
}

NEED_FLOW = Flow("need", Text("Need", "需求"), "NED", S.DRAFT, STATES, MOVES, FACTS)


def service_preset(limits: Iterable[tuple[str, int, str]]) -> dict[str, dict[str, object]]:
    """The preset for `NEED_FLOW.with_preset` of a service level given as (step, number, unit).

    Steps are the keys of `STEP_STATES`; units are working_days, minutes (of working time), hours and days (both
    round the clock). Refuses an unknown step or unit, and two steps that limit the same state.
    """
    preset: dict[str, dict[str, object]] = {}
    for step, number, unit in limits:
        lengths = {
            "working_days": {"working_days": number},
            "minutes": {"working_minutes": number},
            "hours": {"hours": number},
            "days": {"hours": number * 24},
        }
        if step not in STEP_STATES or STEP_STATES[step] in preset or unit not in lengths:
            raise invalid(
                step,
                f"“{step}” within {number} {unit} does not fit. Write each of {', '.join(STEP_STATES)} once, in one of "
                f"{', '.join(lengths)}; of contact, verify and dispatch only one, of plan and answer only one.",
                f"“{step}”（{number} {unit}）不符合要求：步骤须为 {'、'.join(STEP_STATES)} 之一且不重复，"
                f"单位为 {'、'.join(lengths)}；contact、verify、dispatch 只能选一，plan、answer 只能选一。",
            )
        preset[STEP_STATES[step]] = {"clock": lengths[unit]}
    return preset
