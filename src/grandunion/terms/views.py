"""Words for seeing figures: how a chart draws them, by what it cuts them, and how open data marks an observation."""

from grandunion.terms.text import Word


class ChartKind(Word):
    """How a block of a view shows its figures."""

    FIGURES = "figures", "Figures", "数字"
    BARS = "bars", "Bars", "条形图"
    COLUMNS = "columns", "Columns over time", "柱状图（按时间）"
    LINES = "lines", "Lines over time", "折线图（按时间）"
    PLACES = "places", "Map of areas", "片区图"
    FUNNEL = "funnel", "Funnel of the thread", "转化漏斗"


class Cut(Word):
    """By what a chart tells its figures apart."""

    NONE = "none", "Not told apart", "不分组"
    AREA = "area", "Area", "片区"
    FIELD = "field", "Field of technology", "技术领域"
    INDUSTRY = "industry", "Industry", "行业"
    UNIVERSITY = "university", "Source university", "来源高校"
    PARTNER = "partner", "Partner", "合伙人"
    MONTH = "month", "Month", "月份"
    YEAR = "year", "Year", "年份"


TIMES = (Cut.MONTH, Cut.YEAR)
# By what each shape can tell its figures apart.
CUTS: dict[ChartKind, tuple[Cut, ...]] = {
    ChartKind.FIGURES: (Cut.NONE,),
    ChartKind.BARS: (Cut.AREA, Cut.FIELD, Cut.INDUSTRY, Cut.UNIVERSITY, Cut.PARTNER),
    ChartKind.COLUMNS: TIMES,
    ChartKind.LINES: TIMES,
    ChartKind.PLACES: (Cut.AREA,),
    ChartKind.FUNNEL: (Cut.NONE,),
}
# How many indicators each shape can hold: from, to.
HOLDS: dict[ChartKind, tuple[int, int]] = {
    ChartKind.FIGURES: (1, 12),
    ChartKind.BARS: (1, 3),
    ChartKind.COLUMNS: (1, 2),
    ChartKind.LINES: (1, 4),
    ChartKind.PLACES: (1, 1),
    ChartKind.FUNNEL: (0, 0),
}


class ObservationStatus(Word):
    """What an observation of the open data is: codes of SDMX's list CL_OBS_STATUS."""

    NORMAL = "A", "Normal value", "正常值"
    PROVISIONAL = "P", "Provisional: the period has not ended", "暂定值（统计期未结束）"
    SUPPRESSED = "Q", "Suppressed: fewer than five records", "不予公布（不足 5 条记录）"
    NOT_COLLECTED = "L", "Not counted here; it may have been published elsewhere", "本系统未统计（可能另有发布）"


class Frequency(Word):
    """How often a figure of the open data stands: codes of SDMX's list CL_FREQ."""

    ANNUAL = "A", "Yearly", "年"
    MONTHLY = "M", "Monthly", "月"
