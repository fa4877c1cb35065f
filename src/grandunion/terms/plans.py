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
