"""What the pages of events call things: fields, deeds in the time line, the phases."""

from collections.abc import Mapping

from grandunion.terms.events import ActionState, EventKind, EventState, RegistrationState, StatementKind
from grandunion.terms.secrecy import Level
from grandunion.terms.text import Text, Word

S = EventState
PHASES: tuple[tuple[Text, tuple[EventState, ...]], ...] = (
    (Text("Planning", "筹备"), (S.PLANNED,)),
    (Text("Registration", "报名"), (S.REGISTRATION_OPEN, S.CLOSED)),
    (Text("Held", "举办"), (S.HELD,)),
    (Text("Minutes", "纪要"), (S.MINUTES_DRAFT, S.MINUTES_CONFIRMED)),
    (Text("Follow-up", "跟踪"), (S.ACTIONS_TRACKED,)),
    (Text("Settled", "办结"), (S.DONE, S.CANCELLED)),
)
FIELDS: Mapping[str, Text] = {
    "state": Text("State", "状态"),
    "level": Text("Open to", "公开范围"),
    "event_kind": Text("Kind", "类型"),
    "starts_at": Text("Begins", "开始时间"),
    "ends_at": Text("Ends", "结束时间"),
    "capacity": Text("Places", "名额"),
    "registration": Text("Registration", "报名编号"),
    "registration_state": Text("Registration's state", "报名状态"),
    "registrations": Text("Registrations", "报名人数"),
    "statement": Text("Statement no.", "发言序号"),
    "statement_kind": Text("Kind of statement", "发言类别"),
    "agenda": Text("Points", "议程项数"),
    "need": Text("Need", "需求"),
    "action": Text("Action", "承诺事项"),
}
WORDS: Mapping[str, type[Word]] = {
    "state": EventState, "level": Level, "event_kind": EventKind, "registration_state": RegistrationState,
    "statement_kind": StatementKind,
}  # fmt: skip
VERBS: Mapping[str, Text] = {
    "event.planned": Text("planned the event", "筹备活动"),
    "event.edited": Text("changed the event", "修改活动"),
    "event.agenda": Text("wrote the agenda", "编写议程"),
    "event.opened": Text("opened registration", "开放报名"),
    "event.closed": Text("closed registration", "截止报名"),
    "event.registered": Text("registered somebody", "登记报名"),
    "event.invited": Text("invited somebody", "发出邀请"),
    "event.accepted": Text("accepted an invitation", "接受邀请"),
    "event.admitted": Text("admitted somebody", "通过报名"),
    "event.queued": Text("put somebody on the waiting list", "列入候补"),
    "event.promoted": Text("moved somebody up from the waiting list", "候补递补"),
    "event.rejected": Text("did not admit somebody", "未予通过"),
    "event.withdrawn": Text("took a registration back", "退出报名"),
    "event.attended": Text("checked somebody in", "签到"),
    "event.unattended": Text("undid a check-in", "撤销签到"),
    "event.missed": Text("somebody did not come", "未到场"),
    "event.held": Text("said that it was held", "确认已举办"),
    "event.minuted": Text("wrote a statement down", "录入发言"),
    "event.reworded": Text("corrected a statement", "修改发言"),
    "event.struck": Text("struck a statement out", "删除发言"),
    "event.summarised": Text("wrote the summary", "编写会议概况"),
    "event.drafted": Text("drafted the minutes", "起草纪要"),
    "event.confirmed": Text("confirmed the minutes", "确认纪要"),
    "event.corrected": Text("reopened the minutes for correction", "更正纪要"),
    "event.raised": Text("turned a difficulty into a need", "困难转为需求"),
    "event.promised": Text("made a commitment an action", "承诺列为事项"),
    "event.settled": Text("said why nothing follows", "说明无需跟进"),
    "event.tracked": Text("began the follow-up", "转入事项跟踪"),
    "event.resumed": Text("took the follow-up up again", "恢复跟踪"),
    "event.done": Text("said that all is settled", "确认全部办结"),
    "event.cancelled": Text("called the event off", "取消活动"),
    "event.replanned": Text("planned it anew", "重新筹备"),
    "event.reminded": Text("reminded whoever is registered", "活动提醒"),
    "event.purged": Text("forgot names and contacts", "清除个人信息"),
    "event.imported": Text("took a file in", "导入文件"),
    "access.given": Text("let somebody open the event", "开放查阅"),
}
ACTION_FIELDS: Mapping[str, Text] = {
    "state": Text("State", "状态"), "due_on": Text("Due", "期限"), "result": Text("Result", "办理结果"),
    "owner": Text("By whom", "责任单位"),
}  # fmt: skip
ACTION_VERBS: Mapping[str, Text] = {
    "action.opened": Text("took the promise up", "列为承诺事项"),
    "action.edited": Text("changed it", "修改"),
    "action.reminded": Text("reminded: it is due soon", "到期提醒"),
    "action.overdue": Text("warned: it is overdue", "逾期提醒"),
    "action.done": Text("said that it is done", "办结"),
    "action.dropped": Text("dropped it", "终止"),
    "action.resumed": Text("took it up again", "恢复办理"),
}
TONES: Mapping[str, str] = {
    S.PLANNED: "neutral", S.REGISTRATION_OPEN: "good", S.CLOSED: "info", S.HELD: "progress",
    S.MINUTES_DRAFT: "progress", S.MINUTES_CONFIRMED: "progress", S.ACTIONS_TRACKED: "gold", S.DONE: "good",
    S.CANCELLED: "neutral",
}  # fmt: skip
KIND_TONES: Mapping[str, str] = {
    StatementKind.DIFFICULTY: "bad", StatementKind.SUGGESTION: "info", StatementKind.PROGRESS: "good",
    StatementKind.COMMITMENT: "gold",
}  # fmt: skip
ACTION_TONES: Mapping[str, str] = {
    ActionState.OPEN: "progress", ActionState.DONE: "good", ActionState.DROPPED: "neutral",
}  # fmt: skip
R = RegistrationState
PERSON_TONES: Mapping[str, str] = {
    R.PENDING: "info", R.INVITED: "info", R.COMPLETE: "good", R.WAITLISTED: "warn", R.REJECTED: "bad",
    R.WITHDRAWN: "neutral", R.ATTENDED: "good", R.NO_SHOW: "bad",
}  # fmt: skip
KINDS = tuple((kind, Text(f"{kind.value[0].upper()} · {kind.text.en}", f"{kind.value[0].upper()} · {kind.text.zh}"))
              for kind in StatementKind)  # fmt: skip
