"""Words for indicators, targets and published figures."""

from grandunion.terms.text import Word


class IndicatorKind(Word):
    """What sort of figure an indicator is."""

    STOCK = "stock", "Stock on a day", "存量"
    FLOW = "flow", "Flow in a period", "流量"
    RATIO = "ratio", "Ratio", "比率"
    TEXT = "text", "In words", "定性"


class Direction(Word):
    """Which way is better."""

    UP = "up", "More is better", "越高越好"
    DOWN = "down", "Less is better", "越低越好"
    NONE = "none", "Neither", "无方向"


class IndicatorPeriod(Word):
    """Over which time an indicator counts."""

    MONTH = "month", "Month", "月"
    QUARTER = "quarter", "Quarter", "季"
    HALF = "half", "Half year", "半年"
    YEAR = "year", "Year", "年"
    CUMULATIVE = "cumulative", "Cumulative", "累计"
    MOMENT = "moment", "At a moment", "时点"


class Scope(Word):
    """Whose figure it is."""

    HUB = "hub", "Hub", "园区整体"
    AREA = "area", "Area", "片区"
    PARTNER = "partner", "Partner", "合伙人"
    DISTRICT = "district", "District", "区级"
    CITY = "city", "City", "市级"
    PROVINCE = "province", "Province", "省级"
    OPERATOR = "operator", "Operator", "运营公司"
    PRESS = "press", "Press", "媒体"


class Qualifier(Word):
    """How exact a published figure claims to be."""

    EXACTLY = "exactly", "exactly", "恰为"
    OVER = "over", "over", "超过"
    NEARLY = "nearly", "nearly", "近"
    AT_LEAST = "at_least", "at least", "不少于"


class Operator(Word):
    """How a target compares the figure with its value."""

    AT_LEAST = ">=", "at least", "不少于"
    OVER = ">", "more than", "超过"
    EXACTLY = "=", "exactly", "等于"
    AT_MOST = "<=", "at most", "不多于"


class CountingRule(Word):
    """How an indicator is counted from the records."""

    ENTERPRISES_LANDED = "enterprises_landed", "Landed projects with a company", "已落地且有企业的项目数"
    TECHNOLOGY_ENTERPRISES_LANDED = (
        "technology_enterprises_landed",
        "Different companies of landed projects",
        "落地项目对应的不同企业数",
    )
    PROJECTS_LANDED = "projects_landed", "Landed projects", "已落地项目数"
    ACHIEVEMENTS_DISCLOSED = "achievements_disclosed", "Achievements disclosed", "披露成果数"
    ACHIEVEMENTS_EVALUATED = "achievements_evaluated", "Achievements evaluated", "评价成果数"
    NEEDS_RECEIVED = "needs_received", "Needs received", "登记需求数"
    NEEDS_CLOSED_SOLVED = "needs_closed_solved", "Needs closed as solved", "已解决销号需求数"
    MATCHES_ACCEPTED = "matches_accepted", "Matches accepted by both sides", "双方接受的撮合数"
    CONTRACTS_REGISTERED = "contracts_registered", "Technology contracts registered", "登记技术合同数"
    CONTRACT_VALUE_TOTAL = "contract_value_total", "Value of registered contracts", "登记合同成交额"
    CONTRACT_VALUE_TECHNICAL = (
        "contract_value_technical",
        "Technical part of registered contracts",
        "登记合同技术交易额",
    )
    ORGANISATIONS_IN_HUB = (
        "organisations_in_hub",
        "Enterprises, institutions and service institutions in the hub",
        "入驻企业、研发机构与服务机构数",
    )
    HIGH_TECH_ENTERPRISES = "high_tech_enterprises", "High-tech enterprises in the hub", "入驻高新技术企业数"
    LISTED_AND_UNICORNS = (
        "listed_and_unicorns",
        "Listed companies and unicorns in the hub",
        "上市企业与独角兽数",
    )
    TEAMS_BEFORE_INCORPORATION = "teams_before_incorporation", "Teams before incorporation", "未注册团队数"


class TargetState(Word):
    """How a target stands on a day."""

    MET = "met", "Met", "已达到"
    SHORT = "short", "Not reached yet", "尚未达到"
    MISSED = "missed", "Missed", "到期未达到"
    UNKNOWN = "unknown", "Unknown", "无法判断"


class Agreement(Word):
    """How two published figures for the same thing stand to each other."""

    SAME = "same", "They say the same", "一致"
    COMPATIBLE = "compatible", "Both can be true", "可以同时成立"
    CONTRADICT = "contradict", "They cannot both be true", "互相矛盾"
