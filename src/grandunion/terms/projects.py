"""Words for transfer projects: phases, states, routes, reasons for loss."""

from grandunion.terms.text import Word


class Phase(Word):
    """The five phases of a transfer project."""

    DISCOVERY = "discovery", "Discovery", "发现"
    EVALUATION = "evaluation", "Evaluation", "评估"
    MATCHING = "matching", "Matching", "撮合"
    LANDING = "landing", "Landing", "落地"
    FOLLOW_UP = "follow_up", "Follow-up", "跟踪"


class ProjectState(Word):
    """Where a transfer project stands, over all phases and on the side track."""

    LEAD = "lead", "Lead", "线索"
    CONTACTED = "contacted", "Contacted", "已接触"
    QUALIFIED = "qualified", "Qualified", "已核实"
    TRIAGE = "triage", "Triage", "初筛"
    DUE_DILIGENCE = "due_diligence", "Due diligence", "尽调"
    POC = "poc", "Proof of concept", "概念验证"
    EVALUATED = "evaluated", "Passed evaluation", "评估通过"
    PROFILE_READY = "profile_ready", "Profile ready", "画像完成"
    MATCHING = "matching", "Matching", "撮合"
    INTRODUCED = "introduced", "Introduced", "已对接"
    NEGOTIATING = "negotiating", "Negotiating", "谈判"
    TERM_SHEET = "term_sheet", "Term sheet", "意向"
    CONTRACT_SIGNED = "contract_signed", "Contract signed", "合同签订"
    CONTRACT_REGISTERED = "contract_registered", "Contract registered", "合同登记"
    COMPANY_REGISTERED = "company_registered", "Company registered", "公司注册"
    SPACE_ASSIGNED = "space_assigned", "Space assigned", "入驻"
    FIRST_FUNDING = "first_funding", "First funding", "首笔资金"
    LANDED = "landed", "Landed", "已落地"
    MONTH_3 = "month_3", "Three-month visit", "三个月回访"
    MONTH_6 = "month_6", "Six-month visit", "六个月回访"
    MONTH_12 = "month_12", "Twelve-month visit", "十二个月回访"
    CHECK = "check", "Yearly check", "年度检查"
    GROWING = "growing", "Growing", "成长良好"
    AT_RISK = "at_risk", "At risk", "存在风险"
    STALLED = "stalled", "Stalled", "停滞"
    GRADUATED = "graduated", "Graduated", "毕业"
    EXITED = "exited", "Exited", "退出"
    FAILED = "failed", "Failed", "终止"
    ON_HOLD = "on_hold", "On hold", "暂缓"
    LOST = "lost", "Lost", "流失"


class Route(Word):
    """By which way the achievement becomes a business."""

    LICENCE = "licence", "Licence", "许可"
    TRANSFER = "transfer", "Transfer", "转让"
    START_UP = "start_up", "Start-up", "创办企业"
    JOINT_RD = "joint_rd", "Joint research and development", "联合研发"
    OPEN_CHALLENGE = "open_challenge", "Open challenge", "揭榜挂帅"


class LossReason(Word):
    """Why a project was lost: a counted reason."""

    PRICE_TOO_HIGH = "price_too_high", "Too expensive", "价格过高"
    NO_DEMAND = "no_demand", "No demand", "缺乏需求"
    IMMATURE = "immature", "Not mature", "技术不成熟"
    TEAM_SPLIT = "team_split", "Team split up", "团队解散"
    APPROVAL_DELAY = "approval_delay", "Approval took too long", "审批延误"
    WENT_ELSEWHERE = "went_elsewhere", "Went elsewhere", "落地他处"
    OTHER = "other", "Other", "其他"


class FounderType(Word):
    """Who leads the team."""

    FACULTY = "faculty", "Faculty", "教师"
    STUDENT = "student", "Student", "学生"
    ALUMNI = "alumni", "Alumni", "校友"
    EXTERNAL = "external", "External", "外部人员"


class ManagerType(Word):
    """Where a project's technology manager works."""

    UNIVERSITY = "university", "University", "高校"
    MARKET = "market", "Market", "市场机构"


class PocResult(Word):
    """What a proof of concept showed."""

    GO = "go", "Go on", "继续推进"
    PIVOT = "pivot", "Change direction", "调整方向"
    STOP = "stop", "Stop", "停止"


class RiskLevel(Word):
    """How endangered a project is."""

    LOW = "low", "Low", "低"
    MEDIUM = "medium", "Medium", "中"
    HIGH = "high", "High", "高"


class InteractionKind(Word):
    """How the hub was in touch with a project."""

    VISIT = "visit", "Visit", "走访"
    MEETING = "meeting", "Meeting", "会议"
    CALL = "call", "Call", "电话"
    MESSAGE = "message", "Message", "信息"
    OTHER = "other", "Other", "其他"


class SourceRegion(Word):
    """Where a project comes from."""

    DOMESTIC = "domestic", "Domestic", "国内"
    OVERSEAS = "overseas", "Overseas", "海外"


SIDE_STATES = frozenset({ProjectState.ON_HOLD, ProjectState.LOST})
