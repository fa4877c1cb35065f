"""The life of an event, of a registration for it, and of what was promised there.

An event is done when all it set going is settled: the minutes are confirmed by a second person, every difficulty
has become a need or is said why not, every commitment is an action that was done or dropped. Facts: see the tables.
"""

from grandunion.engines.flows.guards import at_least, at_most, is_true
from grandunion.engines.flows.pieces import Fact, Move, state
from grandunion.engines.flows.table import Flow
from grandunion.terms.events import ActionState as A
from grandunion.terms.events import EventState as S
from grandunion.terms.events import RegistrationState as R
from grandunion.terms.roles import Part
from grandunion.terms.text import Text

STAFF = frozenset({Part.IN_CHARGE, Part.OFFICER, Part.SYSTEM})
THEIRS = STAFF | {Part.OWNER}  # whoever registered

EVENT_FACTS = (
    Fact("place", Text("place", "地点")),
    Fact("retain_until", Text("day until which personal details are kept", "个人信息保存期限"), "date"),
    Fact("has_begun", Text("whether it has begun", "是否已开始"), "bool"),
    Fact("statements", Text("statements in the minutes", "纪要发言条数"), "int"),
    Fact("is_second_person", Text("whether a second person reads the minutes", "是否由第二人核对"), "bool"),
    Fact("loose_difficulties", Text("difficulties without a need", "尚未转为需求的困难"), "int"),
    Fact("loose_commitments", Text("commitments without an action", "尚未立项的承诺"), "int"),
    Fact("open_actions", Text("actions still open", "未办结的承诺事项"), "int"),
    Fact("open_needs", Text("needs still open", "未办结的需求"), "int"),
)
BEGUN = is_true("has_begun", "It has not begun yet.", "活动尚未开始。")
MINUTED = at_least("statements", 1, "Enter at least one statement first.", "请先录入至少一条发言。")
SECOND = is_true(
    "is_second_person",
    "A second person confirms the minutes: ask a colleague, for you wrote them yourself.",
    "纪要须由第二人确认：本纪要由您起草，请由同事核对确认。",
)
NO_LOOSE_ENDS = (
    at_most(
        "loose_difficulties", 0, "Turn each difficulty into a need, or say why not.",
        "请将每项困难转为需求，或说明不转的理由。",
    ),
    at_most(
        "loose_commitments", 0, "Make each commitment an action, or say why not.",
        "请将每项承诺列为办理事项，或说明不列的理由。",
    ),
)  # fmt: skip
SETTLED = (
    at_most("open_actions", 0, "Some actions are still open.", "仍有承诺事项未办结。"),
    at_most("open_needs", 0, "Some of the needs it raised are still open.", "会上提出的需求尚未全部办结。"),
)

EVENT_STATES = (
    state(S.PLANNED, is_private=True),
    state(S.REGISTRATION_OPEN, requires=("place", "retain_until")),
    state(S.CLOSED, requires=("place", "retain_until")),
    state(S.HELD),
    state(S.MINUTES_DRAFT, S.HELD.text),
    state(S.MINUTES_CONFIRMED, S.HELD.text),
    state(S.ACTIONS_TRACKED, S.HELD.text),
    state(S.DONE, S.HELD.text, is_final=True),
    state(S.CANCELLED, is_final=True),
)
BEFORE = (S.PLANNED, S.REGISTRATION_OPEN, S.CLOSED)
EVENT_MOVES = (
    Move("open", Text("Open registration", "开放报名"), (S.PLANNED,), S.REGISTRATION_OPEN, STAFF),
    Move("close", Text("Close registration", "截止报名"), (S.REGISTRATION_OPEN,), S.CLOSED, STAFF),
    Move("close_list", Text("Invited guests only", "仅限受邀参加"), (S.PLANNED,), S.CLOSED, STAFF),
    Move("open_again", Text("Open registration again", "重新开放报名"), (S.CLOSED,), S.REGISTRATION_OPEN, STAFF),
    Move("hold", Text("It was held", "确认已举办"), (S.REGISTRATION_OPEN, S.CLOSED), S.HELD, STAFF, (BEGUN,)),
    Move("draft", Text("Draft the minutes", "起草纪要"), (S.HELD,), S.MINUTES_DRAFT, STAFF, (MINUTED,)),
    Move(
        "confirm", Text("Confirm the minutes", "确认纪要"), (S.MINUTES_DRAFT,), S.MINUTES_CONFIRMED, STAFF,
        (MINUTED, SECOND),
    ),
    Move(
        "correct", Text("Correct the minutes", "更正纪要"), (S.MINUTES_CONFIRMED, S.ACTIONS_TRACKED), S.MINUTES_DRAFT,
        STAFF, needs_reason=True,
    ),
    Move(
        "track", Text("Follow up", "转入事项跟踪"), (S.MINUTES_CONFIRMED,), S.ACTIONS_TRACKED, STAFF, NO_LOOSE_ENDS,
    ),
    Move("finish", Text("All is settled", "全部办结"), (S.ACTIONS_TRACKED,), S.DONE, STAFF, (*NO_LOOSE_ENDS, *SETTLED)),
    Move("follow_on", Text("Follow up again", "恢复跟踪"), (S.DONE,), S.ACTIONS_TRACKED, STAFF, needs_reason=True),
    Move("cancel", Text("Call off", "取消活动"), BEFORE, S.CANCELLED, STAFF, needs_reason=True),
    Move("plan_anew", Text("Plan anew", "重新筹备"), (S.CANCELLED,), S.PLANNED, STAFF, needs_reason=True),
)  # fmt: skip
EVENT_FLOW = Flow("event", Text("Event", "活动"), "EVT", S.PLANNED, EVENT_STATES, EVENT_MOVES, EVENT_FACTS)

REGISTRATION_FACTS = (
    Fact("name", Text("name", "姓名")),
    Fact("has_place", Text("whether a place is free", "是否有名额"), "bool"),
    Fact("has_begun", Text("whether the event has begun", "活动是否已开始"), "bool"),
    Fact("is_door_open", Text("whether people are checked in now", "是否已开放签到"), "bool"),
)
PLACE = is_true(
    "has_place", "Every place is taken: put them on the waiting list.", "名额已满，请列入候补。"
)  # fmt: skip
DOOR = is_true("is_door_open", "The event is not there to come to (yet).", "活动尚未开放签到或已取消。")
REGISTRATION_STATES = (
    state(R.PENDING),
    state(R.INVITED),
    state(R.COMPLETE, requires=("name",)),
    state(R.WAITLISTED),
    state(R.REJECTED, is_final=True),
    state(R.WITHDRAWN, is_final=True),
    state(R.ATTENDED, is_final=True, requires=("name",)),
    state(R.NO_SHOW, is_final=True),
)
REGISTRATION_MOVES = (
    Move("invite", Text("Invite", "邀请"), (R.PENDING,), R.INVITED, STAFF, (PLACE,)),
    Move("accept", Text("Accept the invitation", "接受邀请"), (R.INVITED,), R.COMPLETE, THEIRS, asks=("name",)),
    Move("approve", Text("Admit", "通过"), (R.PENDING, R.WAITLISTED), R.COMPLETE, STAFF, (PLACE,)),
    Move("queue", Text("Put on the waiting list", "列入候补"), (R.PENDING,), R.WAITLISTED, STAFF),
    Move(
        "reject", Text("Do not admit", "不予通过"), (R.PENDING, R.WAITLISTED), R.REJECTED, STAFF, needs_reason=True,
    ),
    Move(
        "withdraw", Text("Withdraw", "退出"), (R.PENDING, R.INVITED, R.COMPLETE, R.WAITLISTED), R.WITHDRAWN, THEIRS,
    ),
    Move(
        "attend", Text("Check in", "签到"), (R.PENDING, R.INVITED, R.COMPLETE, R.WAITLISTED, R.NO_SHOW), R.ATTENDED,
        STAFF, (DOOR,),
    ),
    Move("undo_attend", Text("Undo the check-in", "撤销签到"), (R.ATTENDED,), R.COMPLETE, STAFF),
    Move(
        "miss", Text("Did not come", "未到场"), (R.COMPLETE, R.INVITED), R.NO_SHOW, STAFF,
        (is_true("has_begun", "It has not begun yet.", "活动尚未开始。"),),
    ),
)  # fmt: skip
REGISTRATION_FLOW = Flow(
    "registration",
    Text("Registration for an event", "活动报名"),
    "REG",
    R.PENDING,
    REGISTRATION_STATES,
    REGISTRATION_MOVES,
    REGISTRATION_FACTS,
)

ACTION_FACTS = (Fact("result", Text("result", "办理结果")),)
ACTION_STATES = (
    state(A.OPEN),
    state(A.DONE, is_final=True, requires=("result",)),
    state(A.DROPPED, is_final=True),
)
DOER = STAFF | {Part.OWNER}
ACTION_MOVES = (
    Move("finish", Text("Done", "办结"), (A.OPEN,), A.DONE, DOER, asks=("result",)),
    Move("drop", Text("Drop", "终止"), (A.OPEN,), A.DROPPED, STAFF, needs_reason=True),
    Move("take_up", Text("Take up again", "恢复办理"), (A.DONE, A.DROPPED), A.OPEN, STAFF, needs_reason=True),
)
ACTION_FLOW = Flow("action", Text("Action", "承诺事项"), "ACT", A.OPEN, ACTION_STATES, ACTION_MOVES, ACTION_FACTS)
