"""Words for the life of a target, how it is split among those who carry it, and how it is projected."""

from grandunion.terms.text import Word


class TargetStage(Word):
    """Where a target stands in its life; `TargetState` says how its figure stands on a day."""

    PROPOSED = "proposed", "Proposed", "拟定"
    ADOPTED = "adopted", "Adopted", "已下达"
    IN_PROGRESS = "in_progress", "In progress", "推进中"
    MET = "met", "Met", "已完成"
    MISSED = "missed", "Missed", "未完成"
    REVISED = "revised", "Revised, in progress", "已调整（推进中）"
    WITHDRAWN = "withdrawn", "Withdrawn", "已撤回"


RUNNING = (TargetStage.ADOPTED, TargetStage.IN_PROGRESS, TargetStage.REVISED)  # the clock decides these


class SplitMethod(Word):
    """How a target's value is divided among its children."""

    EQUAL = "equal", "Equally", "平均分配"
    WEIGHTED = "weighted", "By weights", "按权重分配"
    MANUAL = "manual", "By hand", "手工填写"


class SplitAlong(Word):
    """Along what a target is split."""

    AREA = "area", "Areas", "片区"
    DISTRICT = "district", "Districts", "区县"
    PARTNER = "partner", "Partners", "合伙人"
    YEAR = "year", "Years", "年度"


class ProjectionMethod(Word):
    """How the figure at the deadline is foreseen."""

    PIPELINE = "pipeline", "From the pipeline's own step rates and waiting times", "按各环节转化率与等待时间推算"
    TREND = "trend", "From the trend of the last months", "按近期月度变化趋势推算"
    UNKNOWN = "unknown", "Cannot be foreseen", "无法推算"
