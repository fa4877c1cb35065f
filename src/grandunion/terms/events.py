"""Words for events: meetings and roadshows, who registers, what is said there, and what follows from it."""

from grandunion.terms.text import Word


class EventState(Word):
    """Where an event stands, from the plan to the last thing it set going."""

    PLANNED = "planned", "Planned", "筹备中"
    REGISTRATION_OPEN = "registration_open", "Registration open", "报名中"
    CLOSED = "closed", "Registration closed", "报名截止"
    HELD = "held", "Held", "已举办"
    MINUTES_DRAFT = "minutes_draft", "Minutes drafted", "纪要起草"
    MINUTES_CONFIRMED = "minutes_confirmed", "Minutes confirmed", "纪要确认"
    ACTIONS_TRACKED = "actions_tracked", "Follow-up tracked", "事项跟踪"
    DONE = "done", "Everything settled", "全部办结"
    CANCELLED = "cancelled", "Called off", "已取消"


class EventKind(Word):
    """What sort of event it is."""

    MEETING = "meeting", "Meeting with enterprises", "企业座谈会"
    ROADSHOW = "roadshow", "Roadshow", "项目路演"
    MATCHMAKING = "matchmaking", "Matchmaking", "对接会"
    BRIEFING = "briefing", "Briefing or training", "宣讲培训"
    VISIT = "visit", "Visit", "走访调研"
    FORUM = "forum", "Forum", "论坛沙龙"
    OTHER = "other", "Other", "其他"


class RegistrationState(Word):
    """Where somebody's registration for an event stands."""

    PENDING = "pending", "Waiting for approval", "待审核"
    INVITED = "invited", "Invited", "已邀请"
    COMPLETE = "complete", "Registered", "报名成功"
    WAITLISTED = "waitlisted", "On the waiting list", "候补"
    REJECTED = "rejected", "Not admitted", "未通过"
    WITHDRAWN = "withdrawn", "Withdrawn", "已退出"
    ATTENDED = "attended", "Attended", "已签到"
    NO_SHOW = "no_show", "Did not come", "未到场"


class Attendance(Word):
    """In what part somebody comes."""

    ENTERPRISE = "enterprise", "Enterprise", "企业代表"
    OFFICIAL = "official", "Official", "领导嘉宾"
    SPEAKER = "speaker", "Speaker", "主讲人"
    INVESTOR = "investor", "Investor", "投资机构"
    EXPERT = "expert", "Expert", "专家"
    ORGANISER = "organiser", "Organiser", "会务"
    GUEST = "guest", "Guest", "参会人员"


class CameBy(Word):
    """By which way a registration came in."""

    ACCOUNT = "account", "With an account", "账号报名"
    PORTAL = "portal", "Public form", "公开报名"
    INVITATION = "invitation", "Invitation", "受邀"
    DESK = "desk", "Entered by the desk", "代为登记"
    FILE = "file", "File", "批量导入"


class StatementKind(Word):
    """What sort of thing somebody said; the first letter of each code is its key."""

    DIFFICULTY = "difficulty", "Difficulty", "困难"
    SUGGESTION = "suggestion", "Suggestion", "建议"
    PROGRESS = "progress", "Progress", "进展"
    COMMITMENT = "commitment", "Commitment", "承诺"


class ActionState(Word):
    """What became of something that was promised."""

    OPEN = "open", "Open", "办理中"
    DONE = "done", "Done", "已完成"
    DROPPED = "dropped", "Dropped", "已终止"


# Those who take a place; an invitation keeps one until it is answered.
SEATED = frozenset({RegistrationState.COMPLETE, RegistrationState.INVITED, RegistrationState.ATTENDED})
WAITING = frozenset({RegistrationState.PENDING, RegistrationState.WAITLISTED})
GONE = frozenset({RegistrationState.REJECTED, RegistrationState.WITHDRAWN})
MINUTED_STATES = frozenset(
    {EventState.MINUTES_DRAFT, EventState.MINUTES_CONFIRMED, EventState.ACTIONS_TRACKED, EventState.DONE}
)
