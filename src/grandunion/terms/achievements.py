"""Words for achievements: kinds, states, wishes, protection and evaluation."""

from grandunion.terms.text import Word


class AchievementState(Word):
    """Where a disclosed achievement stands (internal names)."""

    DRAFT = "draft", "Draft", "草稿"
    SUBMITTED = "submitted", "Disclosed", "已披露"
    SCREENING = "screening", "Formal screening", "形式审查"
    MORE_INFO = "more_info", "More information wanted", "待补正"
    EVALUATING = "evaluating", "Being evaluated", "评价中"
    EVALUATED = "evaluated", "Evaluated", "已评价"
    IN_LIBRARY = "in_library", "In the library", "入库"
    NOT_PURSUED = "not_pursued", "Not pursued for now", "暂不转化"
    RELEASED_TO_INVENTOR = "released_to_inventor", "Released to the inventor", "放弃并归还"
    RIGHTS_REVIEW = "rights_review", "Rights and disposal under review", "赋权/处置审批"
    PUBLIC_NOTICE = "public_notice", "In public notice", "公示"
    DISPOSABLE = "disposable", "Free to transfer", "可转化"
    LINKED_TO_PROJECT = "linked_to_project", "In a project", "已进入项目"
    TRANSFORMED = "transformed", "Transformed", "已转化"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤回"
    ARCHIVED = "archived", "Archived", "已归档"


class AchievementKind(Word):
    """What kind of result was achieved."""

    INVENTION = "invention", "Invention", "发明"
    UTILITY_MODEL = "utility_model", "Utility model", "实用新型"
    DESIGN = "design", "Design", "外观设计"
    SOFTWARE = "software", "Software", "软件"
    IC_LAYOUT = "ic_layout", "Integrated-circuit layout", "集成电路布图设计"
    PLANT_VARIETY = "plant_variety", "Plant variety", "植物新品种"
    NEW_DRUG = "new_drug", "New drug", "新药"
    BIOLOGICAL_MATERIAL = "biological_material", "Biological material", "生物材料"
    DATA = "data", "Data set", "数据"
    KNOW_HOW = "know_how", "Know-how", "技术秘密"
    STANDARD = "standard", "Standard", "标准"
    PAPER_BASED = "paper_based", "Research result in papers", "论文类成果"


class Mode(Word):
    """How the owner wishes to transfer the achievement."""

    TRANSFER = "transfer", "Transfer", "转让"
    LICENCE_EXCLUSIVE = "licence_exclusive", "Exclusive licence", "独占许可"
    LICENCE_SOLE = "licence_sole", "Sole licence", "排他许可"
    LICENCE_ORDINARY = "licence_ordinary", "Ordinary licence", "普通许可"
    IN_KIND_CAPITAL = "in_kind_capital", "Capital in kind", "作价入股"
    JOINT_DEVELOPMENT = "joint_development", "Joint development", "合作开发"
    SELF_COMPANY = "self_company", "Own company", "自行创办企业"
    USE_FIRST = "use_first", "Use first, transfer later", "先用后转"


class Channel(Word):
    """How the hub came to know of the achievement."""

    TASK_FORCE_VISIT = "task_force_visit", "Visit of the task force", "专班走访"
    DISCLOSURE = "disclosure", "Disclosed by the inventor", "发明人披露"
    ALUMNI = "alumni", "Through alumni", "校友推荐"
    OVERSEAS_CENTRE = "overseas_centre", "Through an overseas centre", "海外创新中心"
    CONTEST = "contest", "From a contest", "赛事"
    PARTNER = "partner", "Through a global partner", "全球合伙人推荐"
    IMPORT = "import", "Imported", "数据导入"


class Confidentiality(Word):
    """How secret the content of an achievement is."""

    OPEN = "open", "Open", "公开"
    RESTRICTED = "restricted", "Restricted", "限制公开"
    SECRET = "secret", "Secret", "保密"


class IpType(Word):
    """A right of intellectual property."""

    INVENTION_PATENT = "invention_patent", "Invention patent", "发明专利"
    UTILITY_MODEL = "utility_model", "Utility model patent", "实用新型专利"
    DESIGN = "design", "Design patent", "外观设计专利"
    SOFTWARE_COPYRIGHT = "software_copyright", "Software copyright", "软件著作权"
    IC_LAYOUT = "ic_layout", "Integrated-circuit layout right", "集成电路布图设计专有权"
    PLANT_VARIETY = "plant_variety", "Plant variety right", "植物新品种权"
    NEW_DRUG = "new_drug", "New drug approval", "国家新药"
    TRADE_SECRET = "trade_secret", "Trade secret", "商业秘密"
    OTHER = "other", "Other right", "其他知识产权"


class IpClass(Word):
    """The class in which the recognition rules count a right."""

    CLASS_ONE = "class_1", "Class I", "I 类"
    CLASS_TWO = "class_2", "Class II", "II 类"


class PatentStatus(Word):
    """The status of a patent (CERIF vocabulary)."""

    IN_PREPARATION = "in_preparation", "In preparation", "准备中"
    FILED = "filed", "Filed", "已申请"
    UNDER_EXAMINATION = "under_examination", "Under examination", "审查中"
    PUBLISHED = "published", "Published", "已公布"
    GRANTED = "granted", "Granted", "已授权"
    ABANDONED = "abandoned", "Abandoned", "已放弃"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤回"
    LAPSED = "lapsed", "Lapsed", "已失效"
    EXPIRED = "expired", "Expired", "期限届满"
    REVOKED = "revoked", "Revoked", "被宣告无效"
    REISSUED = "reissued", "Reissued", "重新授权"


class InventorRole(Word):
    """What an inventor did."""

    LEAD = "lead", "Lead inventor", "第一完成人"
    CONTRIBUTOR = "contributor", "Contributor", "参与完成人"


class DisclosureKind(Word):
    """How something was made public before protection."""

    PAPER = "paper", "Paper", "论文"
    CONFERENCE = "conference", "Conference", "会议报告"
    THESIS = "thesis", "Thesis", "学位论文"
    EXHIBITION = "exhibition", "Exhibition", "展览展示"
    ONLINE = "online", "On the internet", "网络公开"
    USE = "use", "Sale or public use", "销售或公开使用"
    OTHER = "other", "Other", "其他"


class PriorPublication(Word):
    """The answer to the question whether the achievement was made public already."""

    NONE = "none", "Not made public", "未公开"
    PLANNED = "planned", "Planned", "计划公开"
    DONE = "done", "Made public", "已公开"


class Recommendation(Word):
    """What a reviewer recommends."""

    YES = "yes", "Pursue", "建议转化"
    MAYBE = "maybe", "Pursue with conditions", "有条件转化"
    NO = "no", "Do not pursue", "不建议转化"


class Criterion(Word):
    """What reviewers score."""

    MARKET = "market", "Market", "市场"
    NOVELTY = "novelty", "Novelty", "新颖性"
    TEAM = "team", "Team", "团队"
    FIT = "fit", "Fit with the hub", "与片区契合度"


class Readiness(Word):
    """The nine technology readiness levels (wording of levels 5 to 9 in Chinese is customary, not verified)."""

    ONE = "1", "1 Basic principles observed", "1 基本原理清晰"
    TWO = "2", "2 Concept formulated", "2 技术概念和应用设想明确"
    THREE = "3", "3 Proof of concept by analysis or experiment", "3 应用设想通过可行性论证"
    FOUR = "4", "4 Components validated in the laboratory", "4 部件通过实验室环境验证"
    FIVE = "5", "5 Components validated in a relevant environment", "5 部件通过模拟使用环境验证"
    SIX = "6", "6 Prototype shown in a relevant environment", "6 原型通过模拟使用环境验证"
    SEVEN = "7", "7 Prototype shown in operation", "7 原型通过典型使用环境验证"
    EIGHT = "8", "8 System completed and qualified", "8 实际系统完成试验与验证"
    NINE = "9", "9 System proven in operation", "9 实际系统通过任务考验"


class ValueDimension(Word):
    """The five dimensions of an achievement's value (科技成果五元价值)."""

    SCIENTIFIC = "scientific", "Scientific value", "科学价值"
    TECHNICAL = "technical", "Technical value", "技术价值"
    ECONOMIC = "economic", "Economic value", "经济价值"
    SOCIAL = "social", "Social value", "社会价值"
    CULTURAL = "cultural", "Cultural value", "文化价值"


# As the recognition rules for high-tech enterprises count them; rights not named count in neither class.
IP_CLASSES = {
    IpType.INVENTION_PATENT: IpClass.CLASS_ONE,
    IpType.IC_LAYOUT: IpClass.CLASS_ONE,
    IpType.PLANT_VARIETY: IpClass.CLASS_ONE,
    IpType.NEW_DRUG: IpClass.CLASS_ONE,
    IpType.UTILITY_MODEL: IpClass.CLASS_TWO,
    IpType.DESIGN: IpClass.CLASS_TWO,
    IpType.SOFTWARE_COPYRIGHT: IpClass.CLASS_TWO,
}
