"""Words for needs and difficulties: categories, states, assignments, responses, outcomes."""

from grandunion.terms.text import Word


class NeedState(Word):
    """Where a need stands (internal names)."""

    DRAFT = "draft", "Draft", "草稿"
    RECEIVED = "received", "Received", "登记"
    TRIAGE = "triage", "Triage", "研判"
    DISPATCHED = "dispatched", "Dispatched", "分派"
    ANSWERED = "answered", "Answered", "已答复"
    RATED = "rated", "Rated", "评价"
    CALLED_BACK = "called_back", "Called back", "回访"
    CLOSED_SOLVED = "closed_solved", "Closed: solved", "销号（已解决）"
    CLOSED_PARTLY = "closed_partly", "Closed: partly solved", "办结（部分解决）"
    CLOSED_EXPLAINED = "closed_explained", "Closed: explained", "办结（解释说明）"
    CLOSED_UNSOLVED = "closed_unsolved", "Closed: unsolved", "办结（未解决）"
    REOPENED = "reopened", "Reopened", "重新办理"
    ESCALATED = "escalated", "Escalated", "提级办理"
    MERGED = "merged", "Merged into another need", "已并案"
    SPAM = "spam", "Spam", "无效信息"
    CANCELLED = "cancelled", "Cancelled by the applicant", "已撤销"


class DraftStep(Word):
    """How far the form of a need is filled."""

    CONTACT = "step_contact", "Contact", "联系人"
    COMPANY = "step_company", "Organisation", "单位信息"
    DESCRIPTION = "step_description", "Description", "需求描述"


class AssignmentState(Word):
    """What one assignee has done with a need."""

    WAITING = "waiting", "Waiting", "待接办"
    TAKING_CARE = "taking_care", "Taking care", "办理中"
    DONE_HELPED = "done_helped", "Helped", "已解决"
    DONE_NO_HELP_AVAILABLE = "done_no_help_available", "No help available", "暂无可用支持"
    DONE_NOT_REACHABLE = "done_not_reachable", "Not reachable", "无法联系"
    NOT_FOR_ME = "not_for_me", "Not our business", "非本单位职责"
    EXPIRED = "expired", "Expired", "已超期"


class ResponseState(Word):
    """Where somebody's response to a technology need stands."""

    SUBMITTED = "submitted", "Submitted", "已提交"
    QUALIFIED = "qualified", "Qualified", "符合条件"
    SHORTLISTED = "shortlisted", "Shortlisted", "入围"
    FINALIST = "finalist", "Finalist", "终选"
    SELECTED = "selected", "Selected", "已选定"
    DECLINED = "declined", "Declined", "未选中"


class Category(Word):
    """What a need is about, first level."""

    TECHNOLOGY = "technology", "Technology", "技术"
    TALENT = "talent", "Talent", "人才"
    FINANCING = "financing", "Financing", "融资"
    SUPPLY_CHAIN = "supply_chain", "Supply and industrial chain", "产业链供应链"
    MARKET_SCENARIO = "market_scenario", "Market and scenarios", "市场与场景"
    POLICY = "policy", "Policy", "政策"
    PREMISES = "premises", "Premises", "办公与厂房"
    PARK_FACILITIES = "park_facilities", "Park facilities", "园区配套"
    PLANNING_CONSTRUCTION = "planning_construction", "Planning and construction", "规划建设"
    IP_LEGAL = "ip_legal", "Intellectual property and law", "知识产权与法律"
    OTHER = "other", "Other", "其他"


class ApplicantType(Word):
    """Who states a need."""

    COMPANY = "company", "Company", "企业"
    PRE_COMPANY_TEAM = "pre_company_team", "Team before incorporation", "未注册团队"
    RESEARCHER = "researcher", "Researcher", "科研人员"
    STUDENT = "student", "Student", "学生"
    PARTNER = "partner", "Global partner", "全球合伙人"
    INVESTOR = "investor", "Investor", "投资机构"


class Urgency(Word):
    """How pressing a need is."""

    LOW = "low", "Can wait", "一般"
    NORMAL = "normal", "Normal", "正常"
    HIGH = "high", "Urgent", "紧急"
    CRITICAL = "critical", "Critical", "特急"


class Outcome(Word):
    """What came of a need."""

    SUPPORT_FOUND = "support_found", "Support found", "获得支持"
    ACTION_STARTED = "action_started", "Action started", "已启动行动"
    CHOICE_MADE = "choice_made", "A choice was made", "已作出决策"
    MONEY = "money", "Money obtained", "获得资金"
    PEOPLE_HIRED = "people_hired", "People hired", "招聘到人才"
    CONTRACT = "contract", "Contract concluded", "签订合同"


class CallbackResult(Word):
    """What the applicant said when called back."""

    SATISFIED = "satisfied", "Satisfied", "满意"
    PARTLY_SATISFIED = "partly_satisfied", "Partly satisfied", "基本满意"
    UNSATISFIED = "unsatisfied", "Unsatisfied", "不满意"
    NOT_REACHED = "not_reached", "Not reached", "未联系上"


class LimitUnit(Word):
    """What a limit of a service level is counted in."""

    WORKING_DAYS = "working_days", "working days", "个工作日"
    MINUTES = "minutes", "minutes of working time", "分钟（工作时间）"
    HOURS = "hours", "hours", "小时"
    DAYS = "days", "days", "天"


class Correction(Word):
    """What a clock does when the applicant has answered a question."""

    CONTINUE = "continue", "goes on", "继续计时"
    RESET = "reset", "starts anew", "重新计时"


class IssueState(Word):
    """Where a common problem stands."""

    OPEN = "open", "Collected", "已归集"
    IN_HAND = "in_hand", "Being solved", "解决中"
    ANSWERED = "answered", "Answered", "已答复"
    CLOSED = "closed", "Closed", "已办结"


class Stage(Word):
    """How far a company has come, as the routing of needs asks it; the borders are the house's own."""

    TEAM = "team", "Team before incorporation", "未注册团队"
    START_UP = "start_up", "Start-up (under three years)", "初创期（三年以内）"
    GROWTH = "growth", "Growing (three to ten years)", "成长期（三至十年）"
    MATURE = "mature", "Established (ten years and more)", "成熟期（十年以上）"


class QuestionKind(Word):
    """How a question of a subject is answered."""

    TEXT = "text", "Text", "文字"
    NUMBER = "number", "Number", "数字"
    YES_NO = "yes_no", "Yes or no", "是或否"
    CHOICE = "choice", "One of several", "单选"
    DAY = "day", "Day", "日期"


class WatchMeasure(Word):
    """What an office is measured by on the watch-list."""

    LATE = "late", "Share late", "超期率"
    EXPIRED = "expired", "Share nobody took on", "无人接办率"
    PASSED_ON = "passed_on", "Share passed on as not theirs", "退回率"
    SATISFACTION = "satisfaction", "Mean rating", "平均满意度"


CLOSED_NEED_STATES = frozenset(
    {
        NeedState.CLOSED_SOLVED,
        NeedState.CLOSED_PARTLY,
        NeedState.CLOSED_EXPLAINED,
        NeedState.CLOSED_UNSOLVED,
    }
)
OPEN_ASSIGNMENT_STATES = frozenset({AssignmentState.WAITING, AssignmentState.TAKING_CARE})


class NoteKind(Word):
    """Who a note on a need is for, or from whom it came."""

    INTERNAL = "internal", "Internal note", "内部备注"
    TO_APPLICANT = "to_applicant", "To the applicant", "致申请人"
    FROM_APPLICANT = "from_applicant", "From the applicant", "申请人来信"
    FROM_ANSWERER = "from_answerer", "From who answers", "承办方来信"
    HELD = "held", "Held letter", "留存的来信"


# The moves a prepared reply may make, and the places in its text that are filled.
REPLY_MOVES = frozenset(
    {"answer", "begin_triage", "cancel", "close_explained", "close_unsolved", "escalate", "mark_as_spam"}
)
REPLY_PLACES = frozenset({"number", "title", "contact", "applicant", "office", "due", "officer", "hub"})
